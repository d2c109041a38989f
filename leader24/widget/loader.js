// @ts-check
// Served as /widget.js?key=…: the server puts the public settings in place of __SETTINGS__ and bubble.css in place of __CSS__.
// Nothing is requested or stored before the visitor opens the chat.
(() => {
  const settings = __SETTINGS__;
  const tag = 'leader24-chat';
  if (document.querySelector(tag)) return;
  if (!settings.sites.includes(location.origin)) {
    console.warn(`The chat is not shown: ${location.origin} is not among the websites that may show it.`);
    return;
  }

  const lang = (document.documentElement.lang || navigator.language).toLowerCase();
  const words = settings.texts[lang.slice(0, 2)] ?? settings.texts.en;
  const memory = `leader24:${settings.key}`;
  const patience = 10_000; // ms until we say that the panel does not come

  const host = document.createElement(tag);
  const region = make('section', { ariaLabel: words.region });
  const teaser = make('button', { className: 'teaser', textContent: words.teaser, onclick: () => open() });
  const dismiss = make('button', { className: 'dismiss', ariaLabel: words.dismiss, textContent: '×', onclick: dismissTeaser });
  const notice = make('p', { role: 'status' });
  const bubble = make('button', { className: 'bubble', onclick: () => (isOpen() ? close() : open()) });
  const drawing = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  const badge = make('b', { hidden: true });
  /** @type {HTMLIFrameElement | undefined} */
  let panel;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let alarm;
  let title = document.title;
  let unread = 0;

  mount();
  if (recall(sessionStorageOf) === 'open') open({ focus: false });
  else if (recall(localStorageOf)) load();

  function mount() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(__CSS__);
    const root = host.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [sheet];
    bubble.append(icon(), badge);
    if (!recall(sessionStorageOf)) region.append(teaser, dismiss);
    region.append(notice, bubble);
    root.append(region);
    describe();
    region.addEventListener('keydown', (event) => event.key === 'Escape' && isOpen() && close());
    addEventListener('message', hear);
    stayOn();
  }

  // Beside <body>, not in it: single-page sites replace the body, and an iframe that is moved loses its page.
  function stayOn() {
    const attach = () => host.isConnected || document.documentElement.append(host);
    attach();
    new MutationObserver(attach).observe(document, { childList: true });
    new MutationObserver(attach).observe(document.documentElement, { childList: true });
  }

  function open({ focus = true } = {}) {
    load();
    hideTeaser();
    region.classList.add('open');
    remember(sessionStorageOf, 'open');
    describe();
    show(focus);
    if (!isReady()) wait();
  }

  /** @param {boolean} focus */
  function show(focus) {
    if (isReady()) say({ l24: 'show', page: location.href.replace(location.hash, ''), focus });
    else if (panel) panel.dataset.focus = String(focus);
  }

  // Until the panel is there the bubble stays, also on phones: nobody is caught behind a page that does not load.
  function wait() {
    clearTimeout(alarm);
    notice.textContent = words.opening;
    alarm = setTimeout(() => (notice.textContent = words.unreachable), patience);
  }

  function close() {
    region.classList.remove('open');
    remember(sessionStorageOf, 'closed');
    describe();
    if (isReady()) say({ l24: 'hide' });
    else unload();
    bubble.focus();
  }

  function load() {
    if (panel) return;
    const query = new URLSearchParams({ key: settings.key, site: location.origin, lang });
    panel = make('iframe', { title: words.region, src: `${settings.server}/widget/panel?${query}` });
    region.prepend(panel);
  }

  // So that opening again tries again.
  function unload() {
    clearTimeout(alarm);
    notice.textContent = '';
    panel?.remove();
    panel = undefined;
  }

  function welcome() {
    clearTimeout(alarm);
    notice.textContent = '';
    region.classList.add('ready');
    if (isOpen()) show(panel?.dataset.focus === 'true');
  }

  /** @param {object} message */
  function say(message) {
    panel?.contentWindow?.postMessage(message, settings.server);
  }

  /** @param {MessageEvent} event */
  function hear({ origin, source, data }) {
    if (origin !== settings.server || !panel || source !== panel.contentWindow) return;
    if (data.l24 === 'ready') welcome();
    if (data.l24 === 'close') close();
    if (data.l24 === 'talking') remember(localStorageOf, '1');
    if (data.l24 === 'unread') count(data.count);
  }

  /** @param {number} count */
  function count(count) {
    if (!unread) title = document.title;
    if (unread || count) document.title = count ? `(${count}) ${title}` : title;
    unread = count;
    badge.hidden = !count;
    badge.textContent = count > 99 ? '99+' : String(count);
    describe();
  }

  function describe() {
    bubble.ariaExpanded = String(isOpen());
    drawing.setAttribute('d', isOpen() ? 'M6 6l12 12M18 6L6 18' : 'M4 5h16v11H9l-5 4z');
    bubble.ariaLabel = isOpen() ? words.close : unread ? `${words.open} (${unread} ${words.unread})` : words.open;
  }

  function isOpen() {
    return region.classList.contains('open');
  }

  function isReady() {
    return region.classList.contains('ready');
  }

  function dismissTeaser() {
    hideTeaser();
    remember(sessionStorageOf, 'closed');
    bubble.focus();
  }

  function hideTeaser() {
    teaser.remove();
    dismiss.remove();
  }

  function sessionStorageOf() { return sessionStorage; }
  function localStorageOf() { return localStorage; }

  // Touching blocked storage throws, so each touch stands in its own try.
  /** @param {() => Storage} storage */
  function recall(storage) {
    try { return storage().getItem(memory); } catch { return null; }
  }

  /** @param {() => Storage} storage @param {string} value */
  function remember(storage, value) {
    try { storage().setItem(memory, value); } catch { /* the chat works, only a new page starts closed */ }
  }

  /**
   * @template {keyof HTMLElementTagNameMap} T
   * @param {T} name @param {Partial<HTMLElementTagNameMap[T]>} properties
   */
  function make(name, properties) {
    return Object.assign(document.createElement(name), properties);
  }

  // Built node by node: innerHTML is refused where a site requires Trusted Types.
  function icon() {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('viewBox', '0 0 24 24');
    svg.setAttribute('aria-hidden', 'true');
    svg.append(drawing);
    return svg;
  }
})();
