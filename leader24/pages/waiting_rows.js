// Conversations in progress: few and short-lived, so all of them stand in the page. The time that is left is counted here.

export default {
  props: ['rows', 'turn', 'labels', 'now'],
  emits: ['select'],
  template: `
<ul v-if="rows.length" class="l24-waiting" role="list" :aria-label="labels.list">
  <li v-for="r in rows" :key="r.id" :class="{on: r.id === selected, late: r.reason}" :data-id="r.id">
    <span class="l24-avatar" :class="r.tone" aria-hidden="true">{{ r.initials }}
      <span class="l24-source" :class="r.source"><i class="ms">{{ r.source_icon }}</i></span></span>
    <a :href="r.href" :aria-current="r.id === selected ? 'true' : null" @click.exact.prevent="choose(r.id)"
      ><b>{{ r.name }}</b> <span class="l24-hidden">{{ r.source_name }}</span></a>
    <time>{{ r.time }}</time>
    <span class="l24-preview">{{ r.preview }}</span>
    <span class="l24-left"><i class="ms" aria-hidden="true">schedule</i>{{ left(r) }}</span>
    <span v-if="r.answering" class="l24-about"><i class="ms" aria-hidden="true">front_hand</i>{{ r.answering }}</span>
    <span v-if="r.listed" class="l24-about"><i class="ms" aria-hidden="true">list</i>{{ r.listed }}</span>
    <span v-if="r.reason" class="l24-problem"><i class="ms" aria-hidden="true">error</i>{{ r.reason }}</span>
  </li>
</ul>`,
  data() { return { selected: null, ahead: Date.now() - this.now, time: Date.now() }; },
  mounted() { this.timer = setInterval(() => (this.time = Date.now()), 1000); },
  unmounted() { clearInterval(this.timer); },
  methods: {
    left(row) {
      const seconds = Math.floor((row.due - this.time + this.ahead) / 1000);
      if (row.running || seconds < 0) return this.labels.running;
      const text = this.labels.left.replace('{minutes}', Math.floor(seconds / 60));
      return text.replace('{seconds}', String(seconds % 60).padStart(2, '0'));
    },
    choose(id) { this.$emit('select', id); },
    select(id) { this.selected = id; },
  },
};
