// Keys that do something on the whole page, while nobody types and nothing lies over it.

const TYPING = 'input:not([type=checkbox]), textarea, select, [contenteditable]';
const OVER = '.q-dialog--modal, .l24-menu:not([class*=leave-active])'; // what is just closing is over it no more
const PATIENCE = 600; // milliseconds in which what a key opens may come; until then further letters are not for the page

export default {
  props: ['keys', 'opening'],
  emits: ['key'],
  template: '<span hidden></span>',
  data() { return { until: 0 }; },
  mounted() { addEventListener('keydown', this.press, true); },
  unmounted() { removeEventListener('keydown', this.press, true); },
  methods: {
    press(event) {
      if (event.ctrlKey || event.metaKey || event.altKey || !window.socket?.connected) return; // and nothing later
      if (event.target.closest?.(TYPING) || document.querySelector(OVER)) {
        this.until = 0;
        return;
      }
      if (performance.now() < this.until && event.key.length === 1) {
        event.preventDefault();
        event.stopPropagation();
        return;
      }
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      if (event.repeat || !this.keys.includes(key)) return;
      event.preventDefault();
      if (this.opening.includes(key)) this.until = performance.now() + PATIENCE;
      this.$emit('key', key);
    },
  },
};
