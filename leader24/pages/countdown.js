// The time that is left until a moment, or what is to be said once it is over.

export default {
  props: ['until', 'now', 'soon', 'labels'],
  emits: ['over'],
  template: `<span class="l24-countdown" role="timer" :class="{soon: left <= soon * 1000, over: left <= 0}">{{ words }}</span>`,
  data() {
    // By the server's clock; the browser's may be wrong. What is sent again later still says the time of then.
    return { ahead: Date.now() - this.now, time: Date.now() };
  },
  computed: {
    left() { return this.until - this.time + this.ahead; },
    words() {
      const seconds = Math.floor(this.left / 1000), minutes = Math.floor(seconds / 60);
      if (this.left <= 0) return this.labels.over;
      const text = minutes >= 60 ? this.labels.hours : this.labels.minutes;
      return text.replace('{hours}', Math.floor(minutes / 60)).replace('{minutes}', minutes % 60)
        .replace('{seconds}', String(seconds % 60).padStart(2, '0'));
    },
  },
  watch: {
    left(left, before) { if (left <= 0 && before > 0) this.$emit('over'); },
  },
  mounted() { this.timer = setInterval(() => (this.time = Date.now()), 1000); },
  unmounted() { clearInterval(this.timer); },
};
