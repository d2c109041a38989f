// Where a part of the page is drawn anew and takes the focused element away, the focus goes to what stands nearest
// instead of to the top of the page. What lies over the page looks after its own.

const OVER = '.q-dialog--modal, .l24-menu:not([class*=leave-active])'; // what is just closing is over it no more
const FOCUSABLE = 'a[href], button:not([disabled]), input, textarea, select, summary, [tabindex="0"]';

export default {
  template: '<span hidden></span>',
  mounted() {
    this.last = null;
    this.around = [];
    this.isAway = false;
    this.observer = new MutationObserver(() => this.mend());
    this.observer.observe(document.body, { childList: true, subtree: true });
    document.addEventListener('focusin', this.remember);
  },
  unmounted() {
    this.observer.disconnect();
    document.removeEventListener('focusin', this.remember);
  },
  methods: {
    remember(event) {
      if (event.target.closest(OVER)) return;
      this.isAway = Boolean(event.target.closest('.l24-toast')); // which is gone after its one click
      if (this.isAway) return;
      this.last = event.target;
      this.around = [];
      for (let each = this.last.parentElement; each && each !== document.body; each = each.parentElement) this.around.push(each);
    },
    mend() {
      if (!this.last || document.activeElement !== document.body || document.querySelector(OVER)) return;
      if (this.last.isConnected) {
        if (this.isAway) this.last.focus();
        this.isAway = false;
        return;
      }
      this.last = null;
      const near = this.around.filter((each) => each.isConnected);
      near.flatMap((each) => [...each.querySelectorAll(FOCUSABLE)]).find((each) => each.checkVisibility())?.focus();
    },
  },
};
