"""The dialogs that make a one-time link: to invite somebody, and for somebody's new password."""

import asyncio
from collections.abc import Awaitable, Callable
from urllib.parse import urlencode

from nicegui import ui

from leader24.i18n import _
from leader24.models import Role
from leader24.pages import words
from leader24.pages.forms import Options, box, button, dialog, tagged
from leader24.services.refusals import Refused

# Without https browsers give no clipboard; the older way works there, and leaves the link selected where it does not.
COPY = """async (event) => {
  const link = event.currentTarget.closest('.l24-once').querySelector('code');
  try {
    await navigator.clipboard.writeText(link.textContent);
    emit(true);
  } catch {
    getSelection().selectAllChildren(link);
    emit(document.execCommand('copy'));
  }
}"""


def invite(make: Callable[[Role], str], server: str, on_made: Callable[[], Awaitable[None]]) -> None:
    """`make` gives the token of an invitation as that."""

    async def make_link() -> None:
        content.clear()  # at once: a second click makes no second link
        token = await asyncio.to_thread(make, Role(role.value))
        with content:
            tagged("p", _("Send this link to the person you invite:"))
            works = _("It works once, for one person, within 7 days, and is shown only now.")
            _link_once(f"{server}/join?{urlencode({'link': token})}", works, shown)
        await on_made()

    shown, panel = dialog(_("Invite somebody"))
    with panel, box("l24-dialog-content") as content:
        meanings = {each.value: (words.role(each), words.role_meaning(each)) for each in (Role.MEMBER, Role.OWNER)}
        role = Options(_("What may this person do?"), meanings, Role.MEMBER)
        _buttons(shown, _("Make the link"), make_link)


def new_password(name: str, make: Callable[[], str], server: str) -> None:
    """`make` gives the token of a link by which a password is chosen."""

    async def make_link() -> None:
        content.clear()
        try:
            token = await asyncio.to_thread(make)
        except Refused as problem:
            shown.close()
            ui.notify(words.refused(problem.code), type="negative")
            return
        with content:
            tagged("p", _("Send this link to {name}:").format(name=name))
            works = _("It works once, within 24 hours, and is shown only now.")
            _link_once(f"{server}/reset?{urlencode({'link': token})}", works, shown)

    shown, panel = dialog(_("New password for {name}").format(name=name))
    with panel, box("l24-dialog-content") as content:
        text = _("You make a link, and {name} chooses a new password with it. Until then the old password works.")
        tagged("p", text.format(name=name))
        tagged("p", _("An earlier link stops working."))
        _buttons(shown, _("Make the link"), make_link)


def _buttons(shown: ui.dialog, verb: str, on_click: Callable[[], Awaitable[None]]) -> None:
    with box("l24-buttons"):
        button(_("Cancel"), shown.close)
        button(verb, on_click, classes="l24-button primary")


def _link_once(link: str, works: str, shown: ui.dialog) -> None:
    def copied(is_copied: bool) -> None:
        said.text = _("Copied") if is_copied else _("The link is selected: copy it with Ctrl+C or a long press.")

    shown.props("persistent")  # a click beside it would lose the link
    with box("l24-once"):
        tagged("code", link)
        with box("l24-tags"):
            copy = button(_("Copy the link"), symbol="content_copy", classes="l24-button primary")
            said = tagged("span")
            said.props["role"] = "status"
    copy.on("click", lambda event: copied(bool(event.args)), js_handler=COPY)
    tagged("p", works)
    tagged("p", _("Whoever has the link can use it, so send it by a way that you trust."))
    with box("l24-buttons"):
        button(_("Done"), shown.close)
    copy.run_method("focus")
