// A native field that owns its text: Vue would put back the server's older text whenever the page changes elsewhere.
// What is typed while the server is away would be gone when the page comes back; `keep` names it in this tab's memory.

export default {
  props: { value: String, lines: Boolean, keep: String },
  emits: ['typed'],
  template: `
<textarea v-if="lines" :value="text" @input="type"></textarea>
<input v-else :value="text" @input="type">`,
  data() { return { text: this.value }; },
  watch: { value(value) { this.text = value; } },
  computed: { memory() { return `l24:${this.keep}`; } },
  mounted() {
    const kept = this.keep && sessionStorage.getItem(this.memory);
    if (kept === null || kept === undefined || kept === '') return;
    sessionStorage.removeItem(this.memory);
    this.text = kept;
    this.tell();
  },
  methods: {
    type(event) {
      this.text = event.target.value;
      this.tell();
      if (this.keep) this.remember();
    },
    tell() { this.$emit('typed', this.text.replace(/\p{Surrogate}/gu, '\ufffd')); }, // the server reads no half characters
    remember() {
      if (window.socket?.connected) sessionStorage.removeItem(this.memory);
      else sessionStorage.setItem(this.memory, this.text);
    },
    set(text) {
      this.text = text;
      if (this.keep) sessionStorage.removeItem(this.memory);
    },
    async focus() {
      await new Promise((resolve) => setTimeout(resolve, 60)); // a dialog takes the focus when it opens
      this.$el.focus();
    },
  },
};
