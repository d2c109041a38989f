"""What a visitor's browser loads of the widget, in his language and with the names of business and agent in it."""

import json
import re
from hashlib import sha256
from html import escape
from pathlib import Path
from string import Template

from leader24.pages import rows
from leader24.services.preferences import Preferences

FOLDER = Path(__file__).parent.parent / "widget"
FILES = {
    path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir() if path.suffix in {".js", ".css", ".html"}
}
TEXTS: dict[str, dict[str, dict[str, str]]] = {
    path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted((FOLDER / "texts").glob("*.json"))
}
VERSION = sha256("".join(FILES[name] for name in sorted(FILES)).encode()).hexdigest()[:10]
_COMMENT_LINES = re.compile(r"^ *(//.*|/\*\*[\s\S]*?\*/)\n", re.MULTILINE)
RIGHT_TO_LEFT = {"ar", "fa", "he", "ur"}

Words = dict[str, str]

PAGE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}


def snippet(server: str, key: str) -> str:
    """The line that an owner copies into his website."""
    return f'<script src="{escape(server)}/widget.js?key={escape(key)}" async></script>'


def language_of(accepted: str) -> str:
    """The first of the languages that a browser accepts in which we have texts."""
    wanted = (part.strip()[:2].lower() for part in accepted.split(","))
    return next((code for code in wanted if code in TEXTS), "en")


def words_of(part: str, code: str, chosen: Preferences) -> Words:
    """The texts of a part of the widget, with the names of business and agent in them; {name} is for the browser."""
    texts, unnamed = TEXTS[code][part], TEXTS[code]["unnamed"]
    if not chosen.business_name:
        texts = {name: unnamed.get(name, text) for name, text in texts.items()}
    business, agent = rows.isolated(chosen.business_name), rows.isolated(chosen.agent_name)
    names = {"business": business, "agent": agent, "name": "{name}"}
    return {name: text.format(**names) for name, text in texts.items()}


def filled(page: str, code: str, words: Words, **more: str) -> str:
    """An HTML page with its words escaped; `more` is HTML already."""
    escaped = {name: escape(word) for name, word in words.items()}
    return Template(FILES[page]).substitute(escaped, lang=code, version=VERSION, **more)


def sites(chosen: Preferences, server: str) -> list[str]:
    """The origins that may show the widget. Our own always; on one's own machine people type either of its names."""
    ours = {server, server.replace("//localhost:", "//127.0.0.1:"), server.replace("//127.0.0.1:", "//localhost:")}
    return sorted(ours.union(chosen.widget_sites))


def loader(chosen: Preferences, server: str) -> str:
    """All that is needed until the chat is opened, in one file."""
    texts = {code: words_of("loader", code, chosen) for code in TEXTS}
    settings = {"key": chosen.widget_key, "server": server, "sites": sites(chosen, server), "texts": texts}
    style = json.dumps(_without_indents(FILES["bubble.css"]))
    script = _without_indents(_COMMENT_LINES.sub("", FILES["loader.js"]))
    return script.replace("__CSS__", style).replace("__SETTINGS__", json.dumps(settings))


def panel(chosen: Preferences, site: str, lang: str) -> str:
    code, language = language_of(lang), re.match(r"[a-z]{2,3}(?![a-z])", lang)
    words = words_of("panel", code, chosen)
    settings = {
        "key": chosen.widget_key,
        "site": site,
        "lang": code,
        "language": language[0] if language else "",
        "words": words,
    }
    return filled(
        "panel.html",
        code,
        words,
        dir="rtl" if lang[:2] in RIGHT_TO_LEFT else "ltr",
        initial=escape(rows.initials(chosen.agent_name, None)[:1]),
        replies="".join(f'<button type="button">{escape(reply)}</button>' for reply in words["quick"].split("|")),
        settings=json.dumps(settings).replace("<", "\\u003c"),
    )


def panel_headers(chosen: Preferences, server: str) -> dict[str, str]:
    may_frame = " ".join(sites(chosen, server))
    return PAGE_HEADERS | {
        "Content-Security-Policy": (
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
            f"base-uri 'none'; form-action 'none'; frame-ancestors {may_frame}"
        ),
        # A site that isolates itself (COEP) may show only what says that it may be shown.
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Cross-Origin-Embedder-Policy": "require-corp",
    }


def _without_indents(text: str) -> str:
    return re.sub(r"^ +", "", text, flags=re.MULTILINE)
