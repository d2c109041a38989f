// One <li> a row, keyed, so that focus and scroll position survive every update. Only the rows near the visible part
// stand in the page; padding stands for the others, so all rows have one height.

const SPARE = 12; // rows kept above and below the visible ones
const NEAR_END = 20; // rows left when the next page is asked for
const LONG_PRESS = 450, STILL = 10; // milliseconds, and pixels that a finger may move meanwhile
const TYPING = 'input:not([type=checkbox]), textarea, select, [contenteditable], .q-dialog, .l24-menu';
const TICK = 20000; // milliseconds between two looks at the clock
const HOUR = 60; // minutes, in which a time is told as so many ago

export default {
  props: ['rows', 'turn', 'labels', 'open', 'waits', 'more', 'day_end'],
  template: `
<div class="l24-rows" :class="{busy, picking}" :aria-busy="busy" tabindex="-1" @scroll.passive="look"
     @pointerdown.passive="press" @pointermove.passive="drag" @pointerup.passive="release" @pointercancel.passive="release"
     @click.capture="swallow" @contextmenu="held && $event.preventDefault()" @keydown.x="pickActive"
     @keydown.down.prevent="move(1)" @keydown.up.prevent="move(-1)" @keydown.j="move(1)" @keydown.k="move(-1)"
     @keydown.home.prevent="move(-1e9)" @keydown.end.prevent="move(1e9)">
  <div class="l24-new" role="status"><button v-if="fresh.length" type="button" @click="top"><i class="ms" aria-hidden="true">arrow_upward</i>{{ newWords }}</button></div>
  <ul v-if="rows.length" ref="list" role="list" :aria-label="labels.list"
      :style="{paddingTop: from * height + 'px', paddingBottom: (rows.length - to) * height + 'px'}">
    <li v-for="(r, i) in shown" :key="r.id" v-memo="[r, r.id === selected, r.id === stop, from + i, time(r), picked.has(r.id), picking]"
        class="l24-row" :class="{on: r.id === selected, unread: r.unread, picked: picked.has(r.id)}" :data-id="r.id"
        :aria-posinset="from + i + 1" aria-setsize="-1">
      <input type="checkbox" class="l24-pick ms" :checked="picked.has(r.id)" :aria-label="r.pick"
             :tabindex="picking && r.id === stop ? 0 : -1" @focus="active = r.id" @click="tick(r.id, $event.shiftKey)">
      <span class="l24-avatar" :class="r.tone" aria-hidden="true">{{ r.initials }}
        <span class="l24-source" :class="r.source"><i class="ms">{{ r.source_icon }}</i></span></span>
      <a :href="r.href" :aria-label="r.label" :aria-current="r.id === selected ? 'true' : null"
         :tabindex="r.id === stop ? 0 : -1" @focus="active = r.id" @click.exact.prevent="choose(r.id)"
         @click.shift.exact="chooseTo($event, r.id)"
         ><b>{{ r.name }}</b> <span class="l24-title">{{ r.title }}</span></a>
      <time :title="r.when">{{ time(r) }}</time>
      <span class="l24-preview"><template v-for="p in r.preview"><mark v-if="p.map">{{ p[0] }}</mark><template v-else>{{ p }}</template></template></span>
      <span class="l24-meta">
        <span class="l24-status" :class="r.status_tone"><i class="ms" aria-hidden="true">{{ r.status_icon }}</i>{{ r.status }}</span>
        <span v-if="r.attention" class="l24-attention" :title="r.attention"><i class="ms" aria-hidden="true">priority_high</i></span>
        <span v-for="t in r.tags" class="l24-tag">{{ t }}</span>
        <span v-if="r.more_tags" class="l24-tag more">{{ r.more_tags }}</span>
        <span class="l24-score" :class="r.band">{{ r.score }}</span>
      </span>
    </li>
  </ul>
  <ul v-if="skeletons" class="l24-skeletons" aria-hidden="true"><li v-for="i in skeletons" :key="i"><span></span><b></b><i></i><i></i></li></ul>
</div>`,
  data() {
    return {
      selected: this.open, active: null, waiting: false, over: !this.more, busy: this.waits, height: 90, from: 0,
      to: Math.min(2 * SPARE, this.rows.length), now: Date.now(), midnight: this.day_end, fresh: [],
      picked: new Set(), picking: false, held: null, last: null,
    };
  },
  computed: {
    shown() { return this.rows.slice(this.from, this.to); },
    stop() { return (this.shown.find((r) => r.id === this.active) ?? this.shown[0])?.id; },
    newWords() { return this.labels.new[Math.min(this.fresh.length, this.labels.new.length) - 1]; },
    skeletons() { return this.rows.length ? (this.waiting ? 2 : 0) : (this.busy ? 8 : 0); },
  },
  watch: {
    rows() {
      this.waiting = this.busy = false;
      this.over = !this.more;
      this.active = null;
      this.fresh = [];
      this.$el.scrollTop = 0;
      this.look();
    },
  },
  created() {
    this.minutes = new Intl.NumberFormat(this.labels.language, { style: 'unit', unit: 'minute', unitDisplay: 'short' });
  },
  mounted() {
    this.look();
    this.clock = setInterval(this.strike, TICK);
    addEventListener('resize', this.look);
    addEventListener('popstate', this.navigate);
    addEventListener('keydown', this.shortcut, true);
  },
  unmounted() {
    clearInterval(this.clock);
    removeEventListener('resize', this.look);
    removeEventListener('popstate', this.navigate);
    removeEventListener('keydown', this.shortcut, true);
  },
  methods: {
    change(turn, method, args) { return turn === this.turn && this[method](...args); },
    async look() {
      const box = this.$el, step = SPARE / 2;
      this.height = this.$refs.list?.firstElementChild?.offsetHeight || this.height;
      if (box.scrollTop < this.height && this.fresh.length) this.fresh = [];
      const first = Math.floor(box.scrollTop / this.height / step) * step;
      const last = first + Math.ceil(box.clientHeight / this.height) + step + SPARE;
      const from = Math.max(0, first - SPARE), to = Math.min(last, this.rows.length);
      if (last > this.rows.length - NEAR_END && this.rows.length && !this.waiting && !this.over) {
        this.waiting = true;
        this.$emit('more');
      }
      if (from === this.from && to === this.to) return;
      const focused = box.contains(document.activeElement);
      Object.assign(this, { from, to });
      await this.$nextTick();
      if (focused && !box.contains(document.activeElement)) box.focus({ preventScroll: true });
    },
    strike() {
      this.now = Date.now();
      if (this.now / 1000 < this.midnight) return;
      this.midnight = Infinity; // until the next one is told
      this.$emit('day');
    },
    time(row) {
      const passed = Math.floor((this.now / 1000 - row.at) / 60);
      return passed < 1 ? this.labels.now : passed < HOUR ? this.minutes.format(passed) : row.time;
    },
    navigate() { this.$emit('navigate', location.pathname); },
    shortcut(event) {
      if (event.target.matches?.('.l24-search input')) this.leaveSearch(event);
      const isOver = event.target.closest?.(TYPING) || document.querySelector('.q-dialog, .l24-menu');
      if (isOver || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'Escape' && this.picking) {
        event.stopImmediatePropagation();
        this.$emit('unpick');
      } else if (event.key === '/') {
        event.preventDefault();
        document.querySelector('.l24-search input')?.focus();
      } else if ('jk'.includes(event.key) && !this.$el.contains(event.target)) {
        event.preventDefault();
        this.move(event.key === 'j' ? 1 : -1); // from wherever on the page
      }
    },
    leaveSearch(event) {
      const leaves = event.key === 'Escape' ? !event.target.value : ['Enter', 'ArrowDown'].includes(event.key);
      if (!leaves || event.isComposing) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      (this.link(this.stop) ?? this.$el).focus();
    },
    index(id) { return this.rows.findIndex((r) => r.id === id); },
    link(id) { return this.$el.querySelector(`[data-id="${id}"] a`); },
    async move(step) {
      const at = Math.max(0, Math.min(this.index(this.active ?? this.selected) + step, this.rows.length - 1));
      const box = this.$el, top = at * this.height, bottom = top + this.height;
      if (top < box.scrollTop) box.scrollTop = top;
      if (bottom > box.scrollTop + box.clientHeight) box.scrollTop = bottom - box.clientHeight;
      await this.look();
      this.link(this.rows[at]?.id)?.focus({ preventScroll: true });
    },
    top() { this.move(-1e9); },
    focus() { this.$el.focus({ preventScroll: true }); },
    choose(id) {
      if (this.picking && this.touched) return this.tick(id);
      this.selected = id;
      this.$emit('select', id);
    },
    select(id) {
      if (id === null) {
        this.active = this.selected ?? this.active;
        setTimeout(() => this.keepFocus(), 60); // when what was open is hidden
      }
      this.selected = id;
    },
    wait(busy) {
      this.busy = busy;
      if (!busy) this.waiting = false;
    },
    append(rows, more) {
      const known = new Set(this.rows.map((r) => r.id));
      this.rows.push(...rows.filter((r) => !known.has(r.id)));
      this.waiting = false;
      this.over = !more;
      this.look();
    },
    async renew(rows, more, midnight) {
      Object.assign(this, { now: Date.now(), midnight, waiting: false, over: !more });
      const { first, offset } = this.place(), anchor = this.rows[first]?.id;
      this.rows.splice(0, this.rows.length, ...rows);
      await this.$nextTick();
      if (this.$el.scrollTop && this.index(anchor) >= 0) this.$el.scrollTop = this.index(anchor) * this.height + offset;
      await this.look();
    },
    async put(row, index) {
      this.now = Date.now();
      const box = this.$el, focused = document.activeElement === this.link(row.id), { first, offset } = this.place();
      const anchor = box.scrollTop && this.rows.slice(first).find((r) => r.id !== row.id)?.id;
      const below = anchor && this.index(anchor) - first, old = this.index(row.id);
      const isNew = old < 0 || row.at > this.rows[old].at;
      if (isNew && index >= 0 && index < first && !this.fresh.includes(row.id)) this.fresh.push(row.id);
      if (old >= 0) this.rows.splice(old, 1);
      if (index >= 0) this.rows.splice(index, 0, row);
      await this.$nextTick();
      if (anchor) box.scrollTop = (this.index(anchor) - below) * this.height + offset;
      await this.look();
      if (focused) (this.link(row.id) ?? box).focus({ preventScroll: true });
    },
    place() {
      const first = Math.floor(this.$el.scrollTop / this.height);
      return { first, offset: this.$el.scrollTop - first * this.height };
    },
    // ---- several at once ----
    tick(id, isRange = false) {
      const on = !this.picked.has(id), at = this.index(id), from = isRange ? this.index(this.last) : -1;
      const [first, end] = from < 0 ? [at, at] : [Math.min(at, from), Math.max(at, from)];
      const ids = this.rows.slice(first, end + 1).map((r) => r.id);
      this.last = id;
      for (const each of ids) on ? this.picked.add(each) : this.picked.delete(each);
      this.picking = true;
      this.$emit('pick', { ids, on });
    },
    chooseTo(event, id) {
      if (!this.picking) return; // then it opens a window
      event.preventDefault();
      this.tick(id, true);
    },
    pickActive(event) {
      if (event.ctrlKey || event.metaKey || event.altKey || this.index(this.active) < 0) return;
      event.preventDefault();
      this.tick(this.active, event.shiftKey);
    },
    press(event) {
      this.touched = event.pointerType === 'touch';
      this.held = null;
      const id = Number(event.target.closest('.l24-row')?.dataset.id);
      if (!this.touched || !id) return;
      this.start = [event.clientX, event.clientY];
      this.timer = setTimeout(() => { this.held = id; this.tick(id); navigator.vibrate?.(10); }, LONG_PRESS);
    },
    drag(event) {
      if (this.start && Math.hypot(event.clientX - this.start[0], event.clientY - this.start[1]) > STILL) this.release();
    },
    release() {
      clearTimeout(this.timer);
      this.start = null;
    },
    swallow(event) {
      if (this.held === null) return;
      this.held = null; // the click that ends a long press opens nothing
      event.preventDefault();
      event.stopPropagation();
    },
    beginPicking() { this.picking = true; },
    endPicking() {
      this.picked.clear();
      this.picking = false;
      this.last = null;
      setTimeout(() => this.keepFocus(), 60); // when the bar that was clicked is hidden
    },
    keepFocus() {
      if (document.activeElement === document.body) (this.link(this.stop) ?? this.$el).focus({ preventScroll: true });
    },
    pick(ids) {
      this.picked = new Set(ids);
      this.picking = true;
    },
    unpick(ids) {
      for (const id of ids) this.picked.delete(id);
    },
  },
};
