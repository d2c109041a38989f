// Where a member writes: a reply to the customer or a note for the team, two texts that never mix. They are kept here
// while they are typed, whatever the server sends; only another conversation brings others. This tab's memory keeps them
// until the server surely has them as drafts: it may go at any moment, and the page come back without them.

const SHOW_COUNT = 0.8; // of the limit
const KINDS = ['reply', 'note'];
const SURELY_KEPT = 3000; // milliseconds after the last key

export default {
  props: ['number', 'texts', 'closed', 'limits', 'labels'],
  emits: ['typed', 'submit'],
  template: `
<div class="l24-composer" :class="mode">
  <div class="l24-modes" role="group" :aria-label="labels.group">
    <button v-for="kind in kinds" type="button" :aria-pressed="kind === mode ? 'true' : 'false'" @click="choose(kind)">
      <i class="ms" aria-hidden="true">{{ kind === 'note' ? 'edit_note' : 'reply' }}</i><span>{{ labels[kind].mode }}</span><span
        v-if="kind !== mode && written[kind].trim()" class="l24-draft">{{ labels.draft }}</span></button>
  </div>
  <p v-if="shut" class="l24-shut"><i class="ms" aria-hidden="true">lock_clock</i><span>{{ closed }}</span></p>
  <textarea v-if="!shut || text" ref="text" rows="2" :value="text" :readonly="shut || busy" :maxlength="limits.typed"
    :aria-label="labels[mode].name" :placeholder="labels[mode].placeholder" :aria-describedby="ids.hint + ' ' + ids.count"
    :aria-invalid="tooLong ? 'true' : null" @input="type" @keydown.enter="enter" @keydown.esc.stop="leave"></textarea>
  <div v-if="!shut" class="l24-foot">
    <small :id="ids.hint"><span class="keys">{{ labels[mode].keys }}</span><span class="touch">{{ labels[mode].touch }}</span></small>
    <small :id="ids.count" class="l24-length" :class="{over: tooLong}">{{ length }}</small>
    <button type="button" class="l24-button primary" :aria-disabled="ready ? null : 'true'"
      @mousedown.prevent @click="submit">
      {{ busy ? labels[mode].busy : labels[mode].send }}</button>
  </div>
  <p role="alert" class="l24-error">{{ problems[mode] }}</p>
</div>`,
  data() {
    return { kinds: KINDS, mode: 'reply', written: { ...this.texts }, sending: {}, problems: {} };
  },
  computed: {
    ids() { return { hint: `hint${this.$.uid}`, count: `count${this.$.uid}` }; },
    text() { return this.written[this.mode]; },
    most() { return this.limits[this.mode]; },
    shut() { return this.mode === 'reply' && !!this.closed; },
    busy() { return !!this.sending[this.mode]; },
    tooLong() { return this.text.trim().length > this.most; },
    ready() { return !this.busy && !this.tooLong && !!this.text.trim(); },
    length() {
      const length = this.text.trim().length, count = (number) => number.toLocaleString(document.documentElement.lang);
      const used = this.labels.length.replace('{count}', count(length)).replace('{most}', count(this.most));
      const parts = this.mode === 'reply' && length > this.limits.message && !this.tooLong ? this.labels.parts : '';
      return [length > SHOW_COUNT * this.most ? used : '', parts].filter(Boolean).join(' · ');
    },
  },
  watch: { number() { this.begin(); } },
  created() { this.timers = {}; },
  mounted() {
    this.begin();
    addEventListener('keydown', this.shortcut);
  },
  unmounted() { removeEventListener('keydown', this.shortcut); },
  methods: {
    begin() {
      this.written = { ...this.texts };
      this.sending = {};
      this.problems = {};
      KINDS.forEach(this.recall);
      const last = sessionStorage.getItem(this.memory('mode'));
      this.mode = KINDS.includes(last) ? last : this.written.note && !this.written.reply ? 'note' : 'reply';
    },
    memory(kind, number = this.number) { return `l24:${kind} ${number}`; },
    recall(kind) {
      const kept = this.number && sessionStorage.getItem(this.memory(kind));
      if (!kept) return;
      this.written[kind] = kept;
      this.tell('typed', kind);
      this.forgetSoon(this.memory(kind));
    },
    tell(event, kind) {
      const text = this.written[kind].replace(/\p{Surrogate}/gu, '\ufffd'); // the server reads no half characters
      this.$emit(event, { number: this.number, kind, text });
    },
    type(event) {
      this.written[this.mode] = event.target.value;
      this.problems[this.mode] = '';
      this.tell('typed', this.mode);
      sessionStorage.setItem(this.memory(this.mode), this.text);
      this.forgetSoon(this.memory(this.mode));
    },
    forgetSoon(name) {
      clearTimeout(this.timers[name]);
      this.timers[name] = setTimeout(() => {
        if (window.socket?.connected) sessionStorage.removeItem(name);
        else this.forgetSoon(name);
      }, SURELY_KEPT);
    },
    enter(event) {
      const byButton = matchMedia('(pointer: coarse)').matches && !event.ctrlKey && !event.metaKey; // phones have no Shift+Enter
      if (event.shiftKey || event.isComposing || event.keyCode === 229 || byButton) return;
      event.preventDefault();
      this.submit();
    },
    submit() {
      if (!this.ready || this.shut) return;
      this.sending[this.mode] = true; // a second Enter must not send it a second time
      this.problems[this.mode] = '';
      this.$refs.text.focus();
      this.tell('submit', this.mode);
    },
    settle(number, kind, problem) {
      if (!problem) sessionStorage.removeItem(this.memory(kind, number));
      if (number !== this.number) return; // another conversation is open by now
      this.sending[kind] = false;
      this.problems[kind] = problem;
      if (problem) return;
      this.written[kind] = '';
    },
    async choose(kind) {
      this.mode = kind;
      sessionStorage.setItem(this.memory('mode'), kind);
      await this.$nextTick();
      (this.$refs.text ?? this.$el.querySelector('[aria-pressed=true]')).focus();
    },
    leave() { this.$el.closest('section')?.querySelector('.l24-scroll')?.focus(); },
    shortcut(event) {
      const typing = event.target.closest?.('input, textarea, select, [contenteditable], .q-dialog');
      if (event.key !== 'r' || typing || event.ctrlKey || event.metaKey || event.altKey || !this.$el.offsetParent) return;
      event.preventDefault();
      this.choose('reply');
    },
  },
};
