// A title that becomes a field where it stands. The field is the browser's: news from elsewhere leave it alone.

export default {
  props: ['number', 'title', 'instead', 'labels', 'most'],
  emits: ['save'],
  template: `
<div class="l24-title-field">
  <template v-if="!editing">
    <h2 dir="auto" @click="clicked">{{ title || instead }}</h2>
    <button ref="pencil" type="button" class="l24-small" :aria-label="labels.edit" :title="labels.edit"
      @click="edit"><i class="ms" aria-hidden="true">edit</i></button>
  </template>
  <form v-else @submit.prevent="save">
    <input ref="field" v-model="typed" dir="auto" autocomplete="off" :aria-label="labels.title"
      :aria-invalid="problem ? 'true' : 'false'" aria-describedby="l24-title-hint" @keydown.esc.stop.prevent="cancel"
      @blur="left">
    <small id="l24-title-hint"><span role="alert" class="l24-error">{{ problem }}</span> <span v-if="!problem">{{ labels.hint
      }}</span> <span :class="{'l24-error': typed.length > most}">{{ count }}</span></small>
  </form>
</div>`,
  data() { return { editing: false, typed: '', shown: '', problem: '', saving: false }; },
  computed: {
    count() { return this.typed.length > this.most * 0.8 ? `${this.typed.length} / ${this.most}` : ''; },
  },
  watch: {
    number() { this.editing = false; },
  },
  methods: {
    clicked() { if (getSelection().isCollapsed) this.edit(); },
    async edit() {
      Object.assign(this, { editing: true, typed: this.title, shown: this.title, problem: '', saving: false });
      await this.$nextTick();
      this.$refs.field.select();
    },
    save() {
      if (this.saving) return;
      if (this.typed === this.shown) return this.done();
      this.saving = true;
      this.problem = '';
      this.$emit('save', { typed: this.typed, shown: this.shown });
    },
    left() { if (this.editing && document.hasFocus() && !this.problem) this.save(); },
    cancel() { this.done(); },
    async done() {
      const had = this.$el.contains(document.activeElement);
      this.editing = false;
      await this.$nextTick();
      if (had) this.$refs.pencil.focus();
    },
    // What is wrong; `now` is what stands there, which the next attempt is to replace.
    complain(problem, now) {
      Object.assign(this, { problem, saving: false, shown: now ?? this.shown });
      this.$refs.field?.focus();
    },
  },
};
