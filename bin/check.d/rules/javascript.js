// What rules/javascript.yaml finds, each below its name, and what it lets pass; bin/check compares.

export function show(node, text, name) {
  // ruleid: no-html-from-text
  node.innerHTML = text;
  // ruleid: no-html-from-text
  node.innerHTML += text;
  // ruleid: no-html-from-text
  node.outerHTML = `<b>${text}</b>`;
  // ruleid: no-html-from-text
  node["innerHTML"] = text;
  // ruleid: no-html-from-text
  node.srcdoc = text;
  // ruleid: no-html-from-text
  Object.assign(node, { innerHTML: text });
  // ruleid: no-html-from-text
  node.insertAdjacentHTML("beforeend", text);
  // ruleid: no-html-from-text
  node.setHTMLUnsafe(text);
  // ruleid: no-html-from-text
  node.append(document.createRange().createContextualFragment(text));
  // ruleid: no-html-from-text
  document.write(text);
  // ruleid: no-html-from-text
  window.document.writeln(text);
  // ruleid: no-html-from-text
  node.setAttribute("onclick", text);
  // ok: no-html-from-text
  node.textContent = text;
  // ok: no-html-from-text
  node.setAttribute("title", text);

  // ruleid: no-code-from-text
  eval(text);
  // ruleid: no-code-from-text
  window.eval(text);
  // ruleid: no-code-from-text
  new Function(text)();
  // ruleid: no-code-from-text
  Function("text", text)(text);
  // ruleid: no-code-from-text
  setTimeout("show()", 10);
  // ruleid: no-code-from-text
  setInterval(`show(${text})`, 10);
  // ok: no-code-from-text
  setTimeout(() => show(node, text, name), 10);
}

export const row = {
  // ruleid: no-html-by-vue
  template: `<b v-html="text"></b>`,
};
// ok: no-html-by-vue
export const other = { template: "<b>{{ text }}</b>" };
