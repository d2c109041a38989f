"""Texts that would run, call home or break a page wherever one is taken for more than text, and a watch for it."""

import json
from typing import Any

from playwright.sync_api import BrowserContext, Frame, Page, Request

from leader24.services import plain_text
from tests.fakes import fake_openai
from tests.fakes.fake_openai import Call, completion, sensible_form
from tests.fakes.server import Reply

EVIL = "https://evil.example"

TEXTS = {
    "script": "</script><script>pwned=1</script>",
    "image": "<img src=x onerror=pwned=1>",
    "svg": "<svg/onload=pwned=1>",
    "pixel": f'<img src="{EVIL}/pixel">',
    "style": f"<style>@import url({EVIL}/s);*{{background:url({EVIL}/b)}}</style>",
    "css": f"red;background:url({EVIL}/c)",
    "link": "javascript:pwned=1",
    "data": "data:text/html,<script>pwned=1</script>",
    "markdown": f"![x]({EVIL}/m) [y](javascript:pwned=1)",
    "vue": "{{ constructor.constructor('pwned=1')() }}",
    "attribute": "\"' onfocus=pwned=1 autofocus x='",
    "props": 'a" :title="pwned=1" v-html="1" @click="pwned=1"',
    "template": "${pwned=1} `${pwned=1}` %s %(x)s {0} {name} {count}",
    "backslash": '\\";pwned=1;//\\u003cb\\u003e \\n',
    "entities": "&lt;b&gt; &amp;amp; &#x3C;i&#x3E; &nbsp;",
    "comment": "--> <!--<textarea></title><plaintext>",
    "frame": f"<iframe srcdoc='<script>top.pwned=1</script>'></iframe><base href={EVIL}>",
    "refresh": f"<meta http-equiv=refresh content=0;url={EVIL}>",
    "turning": "\u202eabc\u202d \u2067def\u2069\u2069\u202e ghi\u200f",
    "arabic": "مرحبا (1) <b>",
    "unseen": "\u200b\u200d\ufeff\u2060\u3164",
    "emoji": "👩‍👩‍👧🏳️‍🌈👍🏽 é e\u0301",
    "marks": "Z" + "\u0351\u0323\u035b" * 12 + "algo",
    "word": "W" * 3000,
    "nul": "nul\x00byte",
    "lines": "a\r\nb\tc\u2028d\u0085e\x1b[31m",
}
WIDE = "W" * 40
NAME = f"\"'><img src=x onerror=pwned=1>{{{{pwned=1}}}}\u202e{WIDE}"  # as long as the names of most things may be
MANY = "\n".join(text for name, text in TEXTS.items() if name != "word")

# In every frame, before anything else in it runs.
TRAP = """
Object.defineProperty(window, 'pwned', { set() { console.error('it ran in ' + location.href); } });
addEventListener('securitypolicyviolation', (e) => console.error(e.violatedDirective + ' ' + e.blockedURI));
"""

FAULTS = """() => {
  const page = document.documentElement, found = [];
  const made = 'img, object, embed, base, iframe, plaintext, [onerror], [onload], [onfocus], [autofocus], [v-html], ' +
    'meta[http-equiv=refresh], a[href^="javascript:"], a[href^="data:"]';
  for (const each of document.querySelectorAll(made)) found.push('became an element: ' + each.outerHTML);
  const clips = (each) => each && (getComputedStyle(each).overflowX !== 'visible' || clips(each.parentElement));
  for (const each of document.querySelectorAll('body *')) {
    const { right, width } = each.getBoundingClientRect(), name = `${each.tagName}.${each.className}`;
    if (!width || each.closest('.l24-hidden, .l24-spoken, .q-notifications, [class*=leave-active]')) continue;
    if (right > page.clientWidth + 1 && !clips(each.parentElement)) found.push(`sticks out by ${right}: ${name}`);
    const scrolls = ['auto', 'scroll'].includes(getComputedStyle(each).overflowX);
    const isWide = each.scrollWidth > each.clientWidth + 1;
    if (scrolls && isWide && !each.matches('.l24-sections, .l24-filters')) found.push('scrolls sideways: ' + name);
  }
  const heights = [...document.querySelectorAll('.l24-row')].map((each) => each.offsetHeight);
  if (new Set(heights).size > 1) found.push('rows of several heights: ' + heights);
  if (page.scrollWidth > page.clientWidth) found.push('the page scrolls sideways');
  return found;
}"""


class Watch:
    """Over all pages of a browser. `wrongs`: what ran, what was asked of another server, and errors of any kind."""

    def __init__(self, context: BrowserContext, server: str) -> None:
        self.wrongs: list[str] = []
        self._own = (f"{server}/", "data:", "blob:")
        context.add_init_script(TRAP)
        context.on("request", self._look)
        context.on("weberror", lambda error: self.wrongs.append(str(error.error)))
        context.on("console", lambda said: self.wrongs.append(said.text) if said.type == "error" else None)
        context.on("page", lambda page: page.on("dialog", self._dismiss))

    def _look(self, request: Request) -> None:
        if not request.url.startswith(self._own):
            self.wrongs.append(f"a request to {request.url}")

    def _dismiss(self, dialog: Any) -> None:
        self.wrongs.append(f"a dialog: {dialog.message}")
        dialog.dismiss()


def faults(page: Page | Frame) -> list[str]:
    """What a text has done to the page as it stands."""
    return list(page.evaluate(FAULTS))


def shown(text: str) -> str:
    """To be compared: without white space, of which a page shows what it likes, and NUL, which is stored nowhere."""
    return "".join(text.replace("\x00", "").split())


def named(text: str) -> str:
    """As a name is kept."""
    return plain_text.line(text)[:100]


def parrots(call: Call) -> Reply:
    """Fills in what the customer wrote wherever words of the model's own are asked for."""
    said = {row["role"]: row["text"] for row in fake_openai.lines(call)}
    form = sensible_form(call)
    if "reply" in form:
        return completion(json.dumps(form | {"reply": said["customer"][:1400]}))
    grade = {"n": form["grades"]["tone"]["n"], "quote": said.get("agent", "")[:200], "reason": said["customer"]}
    words = dict.fromkeys(("title", "customer_wants", "what_happened", "to_do_next", "status_reason"), said["customer"])
    grades = {name: level | grade for name, level in form["grades"].items()}
    return completion(json.dumps(form | words | {"grades": grades, "is_spam": False, "status": "Info Only"}))
