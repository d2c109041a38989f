// What was just done, for some seconds, and the way back: by its button, or by z while nobody types. Who points at it or
// has the focus in it is reading: then the clock stands still.

const TYPING = 'input:not([type=checkbox]), textarea, select, [contenteditable]';

export default {
  props: ['text', 'action', 'seconds'],
  emits: ['undo', 'gone'],
  template: `
<div class="l24-toast" @mouseenter="stop" @mouseleave="go" @focusin="stop" @focusout="go">
  <span>{{ text }}</span>
  <button v-if="action" type="button" aria-keyshortcuts="z" :disabled="taken" @click="undo"
    >{{ action }}<kbd aria-hidden="true">z</kbd></button>
</div>`,
  data() { return { taken: false, left: this.seconds * 1000, since: 0, timer: 0 }; },
  mounted() {
    this.go();
    addEventListener('keydown', this.press);
  },
  unmounted() {
    this.stop();
    removeEventListener('keydown', this.press);
  },
  methods: {
    go() {
      clearTimeout(this.timer);
      this.since = performance.now();
      this.timer = setTimeout(() => this.$emit('gone'), this.left);
    },
    stop() {
      clearTimeout(this.timer);
      this.left = Math.max(this.left - (performance.now() - this.since), 2000);
    },
    undo() {
      if (this.taken) return;
      this.taken = true;
      this.$emit('undo');
    },
    press(event) {
      const isNewest = this.$el === [...document.querySelectorAll('.l24-toast:has(button:enabled)')].at(-1);
      const isOver = event.target.closest?.(TYPING) || document.querySelector('.q-dialog');
      if (event.key.toLowerCase() !== 'z' || event.altKey || event.shiftKey || isOver || !isNewest || !this.action) return;
      event.preventDefault();
      event.stopImmediatePropagation(); // the older ones wait for the next z
      this.undo();
    },
  },
};
