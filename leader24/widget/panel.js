// @ts-check
// The chat panel. Two promises: what the visitor wrote stays in the outbox until the server gave it a number,
// and what the server numbered is shown once, in the order of the numbers.

const HISTORY_PAUSE = 15_000; // ms between polls while hidden, or where streams are blocked
const FIRST_BYTE = 5_000; // a stream that says nothing for so long is being buffered on its way
const SILENCE = 50_000; // two heartbeats and a half
const LONGEST_TYPING = 20_000; // an agent that has not answered by then is not shown as writing
const MEMBER_TYPING = 8_000; // a member is said to be writing again and again while he is
const OWN_TYPING = 3_000; // ms between two words of ours that the visitor is writing
const LONGEST_REFUSAL = 60; // seconds after which we ask again, whatever the server advised
// Not with characters that nobody sees or that turn it over: it would look like another address.
const LINK = /(https?:\/\/[^\s<>"\u200b-\u200f\u202a-\u202e\u2060-\u2069]*[^\s<>".,;:!?)'’”\u200b-\u200f\u202a-\u202e\u2060-\u2069])/;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc]/;
const ANSWERS = '.agent[data-seq], .member[data-seq]';

class TooMany extends Error {
  /** @param {number} wait seconds */
  constructor(wait) {
    super();
    this.wait = wait;
  }
}

const settings = JSON.parse(byId('settings').textContent ?? '');
const { key, site, language, words } = settings;
const locale = navigator.language.startsWith(settings.lang) ? navigator.language : settings.lang; // en-GB has other clocks than en-US
const log = byId('log');
const greeting = byId('greeting');
const typing = byId('typing');
const text = /** @type {HTMLTextAreaElement} */ (byId('text'));

/** @type {Map<string, HTMLElement>} */
const shown = new Map();
const box = openBox();
let page = '';
let visible = false;
let cursor = 0; // moved by stream and poll only: an answer to POST may run ahead of messages not seen yet
let seen = Number(box.get('seen'));
let newest = Date.now();
let sending = false;
let held = false;
let following = false;
let streamable = true;
/** @type {AbortController | undefined} */
let connection;
/** @type {Set<() => void>} */
const sleepers = new Set();
/** @type {ReturnType<typeof setTimeout> | undefined} */
let typingEnd;
let typed = 0;

start();

function start() {
  addEventListener('message', hear);
  addEventListener('storage', agreeWithOtherTabs);
  addEventListener('online', reconnect);
  addEventListener('offline', showNotice);
  document.addEventListener('visibilitychange', reconnect);
  document.addEventListener('keydown', (event) => event.key === 'Escape' && say({ l24: 'close' }));
  byId('close').addEventListener('click', () => say({ l24: 'close' }));
  byId('quick').addEventListener('click', choose);
  byId('composer').addEventListener('submit', submit);
  text.addEventListener('keydown', submitOnEnter);
  text.addEventListener('input', sayTyping);
  outbox().forEach(({ waiting }) => show(waiting));
  markDays();
  showNotice();
  flush();
  follow();
  say({ l24: 'ready' });
}

// ---- the site around us ----

/** @param {object} message */
function say(message) {
  parent.postMessage(message, site);
}

/** @param {MessageEvent} event */
function hear({ origin, source, data }) {
  if (origin !== site || source !== parent) return;
  visible = data.l24 === 'show';
  if (!visible) return;
  page = data.page;
  if (data.focus) focusOn(text);
  log.scrollTop = log.scrollHeight;
  countUnread();
}

/** Not the text where that would raise a keyboard over half of the screen. @param {HTMLElement} field */
function focusOn(field) {
  (matchMedia('(pointer: coarse)').matches ? byId('panel') : field).focus();
}

function countUnread() {
  const answers = [...log.querySelectorAll(ANSWERS)].map(seqOf);
  if (visible && !document.hidden) {
    seen = Math.max(seen, ...answers);
    if (answers.length) box.set('seen', String(seen));
  }
  say({ l24: 'unread', count: answers.filter((seq) => seq > seen).length });
}

// ---- writing ----

/** @param {Event} event */
function submit(event) {
  event.preventDefault();
  if (text.value.trim()) write(text.value.trim());
  text.value = '';
  text.focus();
}

/** @param {KeyboardEvent} event */
function submitOnEnter(event) {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) submit(event);
}

/** To whoever answers; whether it gets there matters to nobody. */
function sayTyping() {
  if (!cursor || !text.value.trim() || Date.now() < typed + OWN_TYPING) return;
  typed = Date.now();
  request('/widget/typing', { method: 'POST' }).catch(() => {});
}

/** @param {Event} event */
function choose({ target }) {
  if (target instanceof HTMLButtonElement) write(target.textContent ?? '');
  focusOn(text);
}

/** @param {string} words */
function write(words) {
  const waiting = { id: random(12), text: words, at: new Date().toISOString(), page };
  newest = Math.max(newest + 1, Date.now());
  box.set(`out:${newest}:${waiting.id}`, JSON.stringify(waiting));
  show(waiting);
  log.scrollTop = log.scrollHeight;
  say({ l24: 'talking' });
  flush();
}

/** One entry per message, so that two tabs never overwrite each other. */
function outbox() {
  return box.names('out:').sort().flatMap((name) => {
    const entry = box.get(name); // gone when another tab delivered it meanwhile
    return entry ? [{ name, waiting: /** @type {Waiting} */ (JSON.parse(entry)) }] : [];
  });
}

/** One at a time keeps the order; whatever fails is tried again, as the server stores each id once. */
async function flush() {
  if (sending) return;
  sending = true;
  for (let failures = 0, next; (next = outbox()[0]); ) {
    try {
      await deliver(next.name, next.waiting);
      failures = 0;
      hold(false);
    } catch (problem) {
      hold(problem instanceof TooMany);
      await pause(problem instanceof TooMany ? problem.wait * 1000 : backoff(failures++));
    }
  }
  sending = false;
}

/** @param {string} name @param {Waiting} waiting */
async function deliver(name, waiting) {
  const answer = await request('/widget/messages', {
    method: 'POST',
    body: JSON.stringify({ key, language, id: waiting.id, text: waiting.text, page: waiting.page.slice(0, 2000) }),
    signal: AbortSignal.timeout(10_000),
  });
  if (answer.status === 429) throw new TooMany(Math.min(LONGEST_REFUSAL, Number(answer.headers.get('Retry-After'))));
  if (answer.status >= 500) throw new Error('later');
  if (answer.ok) expectAnswer(await answer.json());
  else refuse(waiting);
  box.remove(name);
  follow();
}

/** Not where one is there already, nor where a person answers. @param {Message} message */
function expectAnswer(message) {
  show(message);
  typed = 0;
  const last = [...log.querySelectorAll(ANSWERS)].at(-1);
  if (message.answering && !(last && seqOf(last) > message.seq)) showTyping(words.typing, '', LONGEST_TYPING);
}

/** @param {string} spoken @param {string} written @param {number} ms */
function showTyping(spoken, written, ms) {
  byId('dots').ariaLabel = spoken;
  byId('writer').textContent = written;
  keepingAtEnd(() => (typing.hidden = false));
  clearTimeout(typingEnd);
  typingEnd = setTimeout(() => (typing.hidden = true), ms);
}

// ---- reading ----

/** Streams while someone looks, polls while hidden (six streams would use up the browser's connections) or where streams are blocked. */
async function follow() {
  if (following || !box.get('token')) return;
  following = true;
  for (let failures = 0; following; ) {
    try {
      following = await poll();
      if (!following) return;
      log.ariaLive = 'polite'; // history is not news: screen readers hear only what comes after it
      failures = 0;
      if (streamable && !document.hidden) await stream();
      else await pause(HISTORY_PAUSE);
    } catch {
      await pause(backoff(failures++));
    }
  }
}

/**
 * False where the server does not know us: our first message is still on its way, or all was deleted.
 * @returns {Promise<boolean>}
 */
async function poll() {
  const answer = await request(`/widget/messages?after=${cursor}`, { signal: AbortSignal.timeout(10_000) });
  if (answer.status === 401) cursor = 0;
  if (answer.status === 401) return false;
  if (!answer.ok) throw new Error('later');
  const news = await answer.json();
  news.forEach(receive);
  return news.length ? poll() : true; // there may be more than one answer holds
}

async function stream() {
  const abort = (connection = new AbortController());
  let alarm = setTimeout(() => { streamable = false; abort.abort(); }, FIRST_BYTE);
  try {
    const answer = await request('/widget/events', { headers: { 'Last-Event-ID': String(cursor) }, signal: abort.signal });
    if (!answer.ok || !answer.body) throw new Error('later');
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let rest = ''; ; ) {
      const { done, value } = await reader.read();
      if (done) return await pause(backoff(0));
      clearTimeout(alarm);
      alarm = setTimeout(() => abort.abort(), SILENCE);
      const events = (rest + value).split('\n\n');
      rest = events.pop() ?? '';
      events.forEach(hearEvent);
    }
  } finally {
    clearTimeout(alarm);
  }
}

/** @param {string} event */
function hearEvent(event) {
  const data = JSON.parse(event.match(/^data: (.*)$/m)?.[1] ?? 'null');
  if (data === null) return;
  if (!event.startsWith('event: typing')) receive(data);
  else if (data) showMember(data);
  else typing.hidden = true;
}

/** @param {string} name */
function showMember(name) {
  const who = words.member_typing.replace('{name}', () => name); // a function, as $& in a name would mean something
  showTyping(who, who, MEMBER_TYPING);
}

/** @param {Message} message */
function receive(message) {
  cursor = Math.max(cursor, message.seq);
  if (message.author !== 'customer') typing.hidden = true;
  show(message);
  countUnread();
}

function reconnect() {
  showNotice();
  if (document.hidden) connection?.abort();
  else streamable = true;
  wake();
  flush();
  follow();
  countUnread();
}

/** @param {StorageEvent} event */
function agreeWithOtherTabs({ key: name, newValue }) {
  if (name === box.path('seen')) seen = Number(newValue);
  else if (name?.startsWith(box.path('out:')) && newValue) show(JSON.parse(newValue));
  else if (name?.startsWith(box.path('out:'))) follow(); // delivered by the other tab, so that the server knows us now
}

/** @param {boolean} because */
function hold(because) {
  held = because;
  showNotice();
}

function showNotice() {
  const words = navigator.onLine ? (held ? settings.words.too_many : '') : settings.words.offline;
  if (byId('notice').textContent !== words) byId('notice').textContent = words;
}

/** @param {string} path @param {RequestInit} options */
function request(path, { headers, ...options }) {
  return fetch(path, { cache: 'no-store', ...options, headers: { Authorization: `Bearer ${token()}`, ...headers } });
}

/** Made here and not by the server, so that even the first message can be sent again without starting a second conversation. */
function token() {
  if (!box.get('token')) box.set('token', random(32));
  return box.get('token');
}

/** Ends early when the browser is online or looked at again. @param {number} ms */
async function pause(ms) {
  const rise = await new Promise((resolve) => {
    const timer = setTimeout(() => resolve(rise), ms);
    const rise = () => { clearTimeout(timer); resolve(rise); };
    sleepers.add(rise);
  });
  sleepers.delete(rise);
}

function wake() {
  sleepers.forEach((rise) => rise());
}

/** @param {number} failures */
function backoff(failures) {
  return Math.min(30_000, 500 * 2 ** failures) * (0.5 + Math.random() / 2);
}

// ---- showing ----

/** @param {Message | Waiting} message */
function show(message) {
  const item = shown.get(message.id) ?? draw(message);
  if ('seq' in message) number(item, message);
  byId('quick').hidden = true;
}

/** @param {Message | Waiting} message */
function draw(message) {
  const item = document.createElement('div');
  const words = document.createElement('p');
  words.dir = 'auto';
  words.append(...withLinks(message.text));
  item.className = `message ${'author' in message ? message.author : 'customer'}`;
  item.append(words, document.createElement('small'));
  item.dataset.at = message.at;
  item.dataset.name = 'name' in message ? message.name : '';
  shown.set(message.id, item);
  place(item);
  describe(item);
  return item;
}

/** @param {HTMLElement} item @param {Message} message */
function number(item, message) {
  if (item.dataset.seq) return;
  item.dataset.seq = String(message.seq);
  item.dataset.at = message.at;
  place(item);
  describe(item);
}

/** Before the first one with a higher number; what still waits comes last. @param {HTMLElement} item */
function place(item) {
  const others = /** @type {HTMLElement[]} */ ([...log.querySelectorAll('[data-at]')]).filter((other) => other !== item);
  const next = others.find((other) => seqOf(other) > seqOf(item)) ?? typing;
  if (item.nextElementSibling === next) return; // moving it would make it news a second time
  keepingAtEnd(() => log.insertBefore(item, next));
  markDays();
}

/** Who reads the end stays there; who scrolled up is left alone. @param {() => unknown} change */
function keepingAtEnd(change) {
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
  change();
  if (atEnd) log.scrollTop = log.scrollHeight;
}

/** @param {Element} item */
function seqOf(item) {
  return Number(/** @type {HTMLElement} */ (item).dataset.seq ?? Infinity);
}

function markDays() {
  const items = /** @type {NodeListOf<HTMLElement>} */ (log.querySelectorAll('[data-at]'));
  let last = (greeting.dataset.day = items[0] ? dayOf(items[0]) : words.today);
  for (const item of items) {
    const day = dayOf(item);
    if (day === last) delete item.dataset.day;
    else item.dataset.day = last = day;
  }
}

/** @param {HTMLElement} item */
function dayOf(item) {
  const day = new Date(item.dataset.at ?? '').toLocaleDateString(locale, { day: 'numeric', month: 'long' });
  return day === new Date().toLocaleDateString(locale, { day: 'numeric', month: 'long' }) ? words.today : day;
}

/** @param {HTMLElement} item */
function describe(item) {
  const time = new Date(item.dataset.at ?? '').toLocaleTimeString(locale, { timeStyle: 'short' });
  const mine = item.dataset.seq ? `${words.sent} ${time}` : words.waiting;
  caption(item, item.classList.contains('customer') ? mine : `${authorOf(item)} · ${time}`);
}

/** Always said of an AI that it is one. @param {HTMLElement} item */
function authorOf({ dataset: { name }, classList }) {
  const called = name && isolated(name);
  return classList.contains('agent') ? `${called || words.agent}, ${words.role}` : called || words.team;
}

/** So that it turns nothing over that stands beside it. @param {string} name */
function isolated(name) {
  return RIGHT_TO_LEFT.test(name) ? `\u2068${name}\u2069` : name;
}

/** @param {Waiting} waiting */
function refuse(waiting) {
  const item = shown.get(waiting.id);
  if (item) caption(item, words.refused);
}

/** @param {HTMLElement} item @param {string} words */
function caption(item, words) {
  const line = item.lastElementChild;
  if (line && line.textContent !== words) line.textContent = words;
}

/** @param {string} words */
function withLinks(words) {
  return words.split(LINK).map((part, index) => (index % 2 ? link(part) : part));
}

/** @param {string} address */
function link(address) {
  return Object.assign(document.createElement('a'), { href: address, textContent: address, target: '_blank', rel: 'noopener noreferrer nofollow' });
}

// ---- what this browser keeps, from the first message on ----

/** localStorage, or this page's memory where storage is blocked: the chat then lives as long as the page. */
function openBox() {
  const memory = new Map();
  /** @param {string} name */
  const path = (name) => `leader24:${key}:${name}`;
  const storage = usableStorage();
  return {
    path,
    /** @param {string} name @returns {string | null} */
    get: (name) => (storage ? storage.getItem(path(name)) : memory.get(path(name)) ?? null),
    /** @param {string} name @param {string} value */
    set: (name, value) => (storage ? storage.setItem(path(name), value) : memory.set(path(name), value)),
    /** @param {string} name */
    remove: (name) => (storage ? storage.removeItem(path(name)) : memory.delete(path(name))),
    /** @param {string} prefix */
    names: (prefix) =>
      (storage ? Object.keys(storage) : [...memory.keys()])
        .filter((name) => name.startsWith(path(prefix)))
        .map((name) => name.slice(path('').length)),
  };
}

function usableStorage() {
  try { return localStorage; } catch { return undefined; }
}

/** getRandomValues, as randomUUID is missing on sites without https. @param {number} bytes */
function random(bytes) {
  const letters = String.fromCharCode(...crypto.getRandomValues(new Uint8Array(bytes)));
  return btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** @param {string} id */
function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}
