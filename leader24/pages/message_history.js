// The scroller is a reversed column around one list in natural order: offset 0 is the end, so the browser itself
// follows the end and keeps its place when earlier messages are added above.

const NEAR_TOP = 600; // pixels left above when earlier messages are asked for

export default {
  props: ['rows', 'more', 'labels'],
  template: `
<div class="l24-history" role="region" tabindex="0" :aria-label="labels.history" @scroll.passive="ask">
  <div class="l24-messages">
    <button v-if="older" class="l24-button l24-earlier" @click="$emit('earlier')">{{ labels.earlier }}</button>
    <ol v-if="rows.length" role="list">
      <li v-for="m in rows" :key="m.id" v-memo="[m, m.id === marked, unfolded.includes(m.id)]" :id="'m' + m.id"
          :class="[m.kind, {marked: m.id === marked}]">
        <span class="l24-text" dir="auto"><template v-for="p in unfolded.includes(m.id) ? m.text.concat(m.rest) : m.text"><a v-if="p.href" :href="p.href" target="_blank"
          rel="noopener noreferrer nofollow">{{ p.href }}</a><template v-else>{{ p }}</template></template></span>
        <button v-if="m.rest?.length && !unfolded.includes(m.id)" class="l24-button l24-unfold"
          @click="unfolded.push(m.id)">{{ labels.all }}</button>
        <small v-if="m.meta">{{ m.meta }}<i v-if="m.icon" class="ms" aria-hidden="true">{{ m.icon }}</i></small>
        <small v-if="m.problem" class="l24-problem">{{ m.problem }}</small>
      </li>
    </ol>
  </div>
  <div class="l24-spoken" aria-live="polite">{{ spoken }}</div>
</div>`,
  data() { return { marked: null, waiting: false, spoken: '', older: this.more, unfolded: [] }; },
  watch: {
    rows() {
      this.marked = null;
      this.waiting = false;
      this.older = this.more;
      this.$nextTick(() => (this.$el.scrollTop = 0));
    },
  },
  methods: {
    ask() {
      const box = this.$el;
      if (!this.older || this.waiting || box.scrollHeight - box.clientHeight + box.scrollTop > NEAR_TOP) return;
      this.waiting = true;
      this.$emit('earlier');
    },
    async prepend(rows, more) {
      const days = new Set(rows.filter((r) => r.kind === 'day').map((r) => r.id));
      if (days.has(this.rows[0]?.id)) this.rows.shift();
      const known = new Set(this.rows.map((r) => r.id));
      this.rows.unshift(...rows.filter((r) => !known.has(r.id)));
      this.older = more;
      await this.$nextTick();
      this.waiting = false;
    },
    async merge(changed, news) {
      const box = this.$el, height = box.scrollHeight, end = box.scrollTop > -8, old = box.scrollTop;
      for (const row of changed) this.rows.splice(this.rows.findIndex((r) => r.id === row.id), 1, row);
      this.rows.push(...news);
      this.spoken = news.filter((r) => r.kind !== 'day').map((r) => r.text.map((p) => p.href ?? p).join('')).join('\n');
      await this.$nextTick();
      box.scrollTop = end ? 0 : old - (box.scrollHeight - height);
    },
    async jump(id) {
      this.marked = id;
      await this.$nextTick();
      document.getElementById('m' + id)?.scrollIntoView({ block: 'center' });
    },
  },
};
