// The scroller is a reversed column around one list in natural order: offset 0 is the end, so the browser itself
// follows the end and keeps its place when earlier messages are added above.

const NEAR_TOP = 600; // pixels left above when earlier messages are asked for
const SETTLED = 4; // frames after which all that came near has its height
const FAR = 1000; // pixels from the end at which a way back to it is offered

export default {
  props: ['rows', 'turn', 'more', 'unread', 'labels'],
  emits: ['earlier', 'first-unread', 'seen'],
  template: `
<div class="l24-history">
  <button v-if="above" type="button" class="l24-button l24-to-unread" @click="toUnread"><i class="ms"
    aria-hidden="true">arrow_upward</i>{{ labels.unread }}</button>
  <div ref="box" class="l24-scroll" role="region" tabindex="0" :aria-label="labels.history" @scroll.passive="look">
    <div class="l24-messages">
      <button v-if="older" type="button" class="l24-button l24-earlier"
        @click="$emit('earlier')">{{ labels.earlier }}</button>
      <ol v-if="rows.length" role="list">
        <li v-for="m in rows" :key="m.id" v-memo="[m, m.id === marked, unfolded.includes(m.id)]" :id="'m' + m.id"
            :class="[m.kind, {marked: m.id === marked}]" :tabindex="m.id === marked ? -1 : null">
          <span class="l24-text" dir="auto"><template v-for="p in pieces(m)"><a v-if="p.href" :href="p.href"
            class="l24-out" dir="ltr" target="_blank" rel="noopener noreferrer nofollow" :title="opens(p.href)">{{
            p.href }}</a><template v-else>{{ p }}</template></template></span>
          <button v-if="m.rest?.length" type="button" class="l24-textlink l24-unfold" @click="fold(m.id)"
            :aria-expanded="unfolded.includes(m.id) ? 'true' : 'false'">{{
            unfolded.includes(m.id) ? labels.less : labels.all }}</button>
          <span v-if="m.place" class="l24-part"><i class="ms" aria-hidden="true">location_on</i>
            <span><b>{{ m.place.name }}</b><span>{{ m.place.where }}</span></span>
            <a :href="m.place.href" class="l24-out" target="_blank" rel="noopener noreferrer"
              :title="opens(m.place.href)">{{ labels.map }}</a></span>
          <template v-for="f in m.files" :key="f.id">
            <a v-if="f.as === 'image'" :href="f.href" class="l24-image" target="_blank" rel="noopener"
              :title="labels.larger"><img :src="f.href" :alt="f.label" loading="lazy" decoding="async"></a>
            <audio v-else-if="f.as === 'audio'" :src="f.href" :aria-label="f.label" controls preload="none"></audio>
            <video v-else-if="f.as === 'video'" :src="f.href" :aria-label="f.label" controls playsinline
              preload="metadata"></video>
            <span v-if="!['image', 'audio'].includes(f.as)" class="l24-part" :class="f.as"><i class="ms"
              aria-hidden="true">{{ f.icon }}</i><span><b>{{ f.name }}</b><span>{{ f.about }}</span></span>
              <a v-if="f.href" :href="f.href" download :aria-label="f.download">{{ labels.download }}</a></span>
          </template>
          <small v-if="m.meta">{{ m.meta }}<i v-if="m.icon" class="ms" aria-hidden="true">{{ m.icon }}</i></small>
          <small v-if="m.problem" class="l24-problem">{{ m.problem }}</small>
        </li>
      </ol>
    </div>
  </div>
  <button v-if="far" type="button" class="l24-button l24-to-end" :aria-label="labels.newest" :title="labels.newest"
    @click="toEnd"><i class="ms" aria-hidden="true">arrow_downward</i>{{ fresh || '' }}</button>
  <div class="l24-spoken" aria-live="polite">{{ spoken }}</div>
</div>`,
  data() {
    return {
      marked: null, waiting: false, spoken: '', older: this.more, unfolded: [],
      above: false, met: false, far: false, fresh: 0, unseen: false,
    };
  },
  watch: {
    async rows() {
      await this.begin();
      setTimeout(this.keepFocus, 60); // when what had the focus is hidden, if it is
    },
  },
  mounted() {
    this.begin();
    document.addEventListener('visibilitychange', this.tellSeen);
  },
  unmounted() { document.removeEventListener('visibilitychange', this.tellSeen); },
  methods: {
    change(turn, method, args) { return turn === this.turn && this[method](...args); },
    async begin() {
      Object.assign(this, {
        marked: null, waiting: false, older: this.more, unfolded: [], above: false, met: false, far: false, fresh: 0,
      });
      await this.$nextTick();
      const divider = document.getElementById('munread');
      this.$refs.box.scrollTop = 0;
      for (let frame = 0; divider?.isConnected && frame < SETTLED; frame++) {
        divider.scrollIntoView({ block: 'start' });
        await new Promise(requestAnimationFrame); // what came near has its true height then
      }
      this.look();
    },
    pieces(m) { return m.rest?.length && this.unfolded.includes(m.id) ? m.text.concat(m.rest) : m.text; },
    fold(id) {
      this.unfolded = this.unfolded.includes(id) ? this.unfolded.filter((each) => each !== id) : [...this.unfolded, id];
    },
    opens(href) {
      try {
        return this.labels.opens.replace('{host}', new URL(href).host);
      } catch {
        return null; // what only looks like an address
      }
    },
    look() {
      const box = this.$refs.box;
      if (!box.clientHeight) return;
      this.far = -box.scrollTop > FAR;
      if (box.scrollTop > -8) this.fresh = 0;
      this.lookForUnread(box);
      if (!this.older || this.waiting || box.scrollHeight - box.clientHeight + box.scrollTop > NEAR_TOP) return;
      this.waiting = true;
      this.$emit('earlier');
    },
    lookForUnread(box) {
      if (!this.unread || this.met || !this.rows.length) return;
      const first = document.getElementById('m' + this.unread);
      this.met = !!first && first.getBoundingClientRect().top >= box.getBoundingClientRect().top - 8;
      this.above = !this.met;
    },
    toUnread() {
      if (document.getElementById('m' + this.unread)) this.jump(this.unread);
      else this.$emit('first-unread');
    },
    toEnd() {
      this.$refs.box.scrollTop = 0;
      this.$refs.box.focus({ preventScroll: true });
    },
    tellSeen() {
      if (!this.unseen || document.visibilityState !== 'visible') return;
      this.unseen = false;
      this.$emit('seen');
    },
    keepFocus() {
      if (document.activeElement === document.body) this.$refs.box.focus({ preventScroll: true });
    },
    async prepend(rows, more) {
      const days = new Set(rows.filter((r) => r.kind === 'day').map((r) => r.id));
      if (days.has(this.rows[0]?.id)) this.rows.shift();
      const known = new Set(this.rows.map((r) => r.id));
      this.rows.unshift(...rows.filter((r) => !known.has(r.id)));
      this.older = more;
      await this.$nextTick();
      this.waiting = false;
      this.look();
    },
    async merge(changed, news) {
      const box = this.$refs.box, height = box.scrollHeight, end = box.scrollTop > -8, old = box.scrollTop;
      for (const row of changed) this.rows.splice(this.rows.findIndex((r) => r.id === row.id), 1, row);
      this.rows.push(...news);
      const said = news.filter((r) => !['day', 'unread'].includes(r.kind));
      this.spoken = said.map((r) => r.text.map((p) => p.href ?? p).join('')).join('\n');
      await this.$nextTick();
      box.scrollTop = end ? 0 : old - (box.scrollHeight - height);
      if (!end) this.fresh += said.filter((r) => r.kind !== 'activity').length;
      this.unseen = this.unseen || said.length > 0;
      this.tellSeen();
      this.look();
    },
    async jump(id, quote) {
      const row = this.rows.find((r) => r.id === id);
      if (row?.rest?.length && !this.unfolded.includes(id)) this.unfolded.push(id);
      this.marked = id;
      await this.$nextTick();
      const line = document.getElementById('m' + id);
      if (!line) return;
      const range = quote ? rangeOf(line.querySelector('.l24-text'), quote) : null;
      if (range) CSS.highlights?.set('l24-quote', new Highlight(range));
      else CSS.highlights?.delete('l24-quote');
      this.center(line, range);
      line.focus({ preventScroll: true });
      requestAnimationFrame(() => this.center(line, range)); // what came near has its true height now
    },
    center(line, range) {
      const box = this.$refs.box.getBoundingClientRect();
      line.scrollIntoView({ block: 'center' });
      const place = (range ?? line).getBoundingClientRect();
      if (place.top < box.top || place.bottom > box.bottom) this.$refs.box.scrollTop += place.top - box.top - 40;
    },
  },
};

// Where the element says this, however the spaces between the words are.
function rangeOf(element, quote) {
  const words = quote.split(/\s+/).filter(Boolean).map((word) => word.replace(/[.*+?^$()[\]{}|\\]/g, '\\$&'));
  const found = words.length && new RegExp(words.join('\\s+'), 'iu').exec(element.textContent);
  if (!found) return null;
  const range = document.createRange(), nodes = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let begin = found.index, end = begin + found[0].length, started = false;
  while (nodes.nextNode()) {
    const { currentNode: node } = nodes, { length } = node;
    if (!started && begin < length) {
      range.setStart(node, begin);
      started = true;
    }
    if (started && end <= length) {
      range.setEnd(node, end);
      return range;
    }
    begin -= length;
    end -= length;
  }
  return null;
}
