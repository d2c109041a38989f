// A native field that owns its text: Vue would put back the server's older text whenever the page changes elsewhere.

export default {
  props: { value: String, lines: Boolean },
  emits: ['typed'],
  template: `
<textarea v-if="lines" :value="text" @input="type"></textarea>
<input v-else :value="text" @input="type">`,
  data() { return { text: this.value }; },
  watch: { value(value) { this.text = value; } },
  methods: {
    type(event) {
      this.text = event.target.value;
      this.$emit('typed', this.text);
    },
    set(text) { this.text = text; },
    async focus() {
      await new Promise((resolve) => setTimeout(resolve, 60)); // a dialog takes the focus when it opens
      this.$el.focus();
    },
  },
};
