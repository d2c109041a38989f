"""What every page has: the language and theme of who looks at it, the navigation, and words when something fails."""

import asyncio
import copy
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import cast

from fastapi import Request, Response
from fastapi.responses import PlainTextResponse
from nicegui import Client, app, ui
from nicegui.language import Language

from leader24 import i18n
from leader24.db import DatabaseUnavailable
from leader24.i18n import _
from leader24.models import Role
from leader24.pages import open_pages, rows, words
from leader24.pages.forms import MenuButton, box, go, icon, tagged
from leader24.pages.open_pages import COOKIE
from leader24.pages.undo import Toasts
from leader24.pages.unread import MANY
from leader24.services import members, sign_ins
from leader24.services.conversations import Binned, Gone
from leader24.services.members import Actor
from leader24.services.refusals import Overtaken
from leader24.services.rights import Forbidden
from leader24.services.tags import TagGone

CSS = Path(__file__).with_name("theme.css")
CSS_URL = f"/_leader24/theme-{sha256(CSS.read_bytes()).hexdigest()[:10]}.css"
STYLESHEET = f'<link rel="stylesheet" href="{CSS_URL}">'
A_YEAR = 365 * 86400
PATIENCE = 30.0  # seconds that a page may take
QUASAR = {"en": "en-US"}  # what NiceGUI calls a language, where it is not its code
THEMES = {"system": None, "light": False, "dark": True}

log = logging.getLogger(__name__)


def install() -> None:
    """Once, before the first page."""
    app.add_static_file(local_file=CSS, url_path=CSS_URL, max_cache_age=A_YEAR)
    app.config.quasar_config["loadingBar"]["skipHijack"] = True  # no unnamed progress bar for each request
    (ui.page.__init__.__kwdefaults__ or {})["response_timeout"] = PATIENCE  # NiceGUI answers 500 after three
    app.on_page_exception(_failed_page)
    app.add_exception_handler(404, _missing_page)
    open_pages.install()
    i18n.follow(_language_of_page)


def actor(request: Request) -> Actor:
    """Who looks at the page; the guard has let nobody else come so far."""
    found: Actor = request.state.actor
    return found


@contextmanager
def frame(title: str, me: Actor, active: str) -> Iterator[None]:
    """The page around its content."""
    speak(me.language, title, me.theme)
    with box("l24-app"):
        with box("l24-nav", "nav") as navigation:
            navigation.props["aria-label"] = _("Main")
            logo("/")
            _link("forum", _("Conversations"), "/", active)
            if me.role is Role.OWNER:
                _link("smart_toy", _("AI agent"), "/agent", active)
            _link("settings", _("Settings"), "/settings", active)
            _me(me)
        yield
        Toasts()


@contextmanager
def gate(title: str, language: str) -> Iterator[None]:
    """The page around a form for those who are not signed in."""
    speak(language, title, "system")
    with box("l24-gate"):
        yield


def speak(language: str, title: str, theme: str) -> None:
    """Set language, title and theme of the page that is being built."""
    client = ui.context.client
    page = copy.copy(client.page)  # the page is everybody's
    page.language = cast(Language, QUASAR.get(language, language))
    page.dark = THEMES[theme]
    client.page = page
    ui.page_title(f"{title} · Leader24")
    ui.add_head_html(STYLESHEET)
    ui.on_exception(tell)


def retitle(title: str, unread: int) -> None:
    """In the browser's tab, with how many conversations a member has not read."""
    count = f"({unread if unread < MANY else f'{MANY - 1}+'}) " if unread else ""
    ui.page_title(f"{count}{title} · Leader24")


def tell(error: Exception) -> None:
    """In words, on the page where it happened; what was typed is still there."""
    if isinstance(error, Forbidden):
        words = _("You may not do that (any more). Reload the page.")
    elif isinstance(error, Binned):
        words = _("This conversation is in the bin.")
    elif isinstance(error, Gone):
        words = _("This conversation is no longer there.")
    elif isinstance(error, Overtaken):
        words = _("Somebody has changed this meanwhile. Look at it, and try again.")
    elif isinstance(error, TagGone):
        words = _("This tag is no longer there. Reload the page.")
    elif isinstance(error, DatabaseUnavailable):
        words = _("The data cannot be written at the moment. Nothing is lost; try again.")
    else:
        words = _("That did not work. It is noted in the server's log; try again.")
    ui.notify(words, type="negative", multi_line=True)


def theme_names() -> dict[str, str]:
    return {"system": _("Like the system"), "light": _("Light"), "dark": _("Dark")}


def logo(href: str = "") -> None:
    with box("l24-logo", "a" if href else "div") as mark:
        if href:
            mark.props["href"] = href
        tagged("i", "24").props["aria-hidden"] = "true"
        tagged("span", "Leader24", "l24-word")


def _link(symbol: str, text: str, href: str, active: str) -> None:
    with box("l24-link", "a") as link:
        link.props["href"] = href
        link.props["title"] = text
        if href == active:
            link.props["aria-current"] = "page"
        icon(symbol)
        tagged("span", text, "l24-word")


def _me(me: Actor) -> None:
    about = _("My account, language, theme, sign out")
    with MenuButton(about, lambda menu: _my_menu(menu, me), "l24-me"):
        tagged("span", rows.initials(me.name, None), "l24-avatar cont").props["aria-hidden"] = "true"
        with box("l24-word", "span"):
            tagged("b", me.name)
            tagged("small", words.role(me.role))
        tagged("span", about, "l24-hidden")


def _my_menu(menu: MenuButton, me: Actor) -> None:
    def choose(**chosen: str) -> None:
        members.choose(me.id, **chosen)
        ui.navigate.reload()

    tagged("p", _("Language"))
    for code, name in i18n.LANGUAGES.items():
        menu.item(name, partial(choose, language=code), is_chosen=code == me.language)
    tagged("p", _("Theme"))
    for theme, name in theme_names().items():
        menu.item(name, partial(choose, theme=theme), is_chosen=theme == me.theme)
    box("", "hr")
    menu.item(_("My account"), lambda: ui.navigate.to("/settings/account"), symbol="person")
    token = ui.context.client.request.cookies.get(COOKIE, "")
    menu.item(_("Sign out"), lambda: asyncio.to_thread(sign_ins.sign_out, token), symbol="logout")


def _language_of_page() -> str:
    """By the request, which is there before anything of the page, its title too, is built."""
    try:
        request = ui.context.client.request
    except RuntimeError:  # outside of any page
        return i18n.DEFAULT
    me = getattr(request.state, "actor", None)
    return me.language if me else i18n.best(request.headers.get("accept-language", ""))


def _failed_page(error: Exception) -> None:
    """Says nothing of the error itself: it may hold what is not for everybody."""
    log.error("page failed", exc_info=error)
    ui.add_head_html(STYLESHEET)
    _apology(_("This page could not be shown."), _("Nothing is lost. The reason is in the server's log."))


async def _missing_page(request: Request, _error: Exception) -> Response:
    """NiceGUI's own would write the whole address, with what was searched for, into the log."""
    me: Actor | None = getattr(request.state, "actor", None)
    if me is None:
        return PlainTextResponse("Nothing is here.", 404)
    with Client(ui.page(""), request=request) as client:
        speak(me.language, _("Not found"), me.theme)
        _apology(_("There is no such page."), _("The address may be mistyped, or what it led to was deleted."))
    return client.build_response(request, 404)


def _apology(title: str, text: str) -> None:
    with box("l24-gate"), box("l24-panel"):
        tagged("h1", title)
        tagged("p", text)
        go("/", _("Back to the conversations"))
