"""The dialogs over a conversation: add a note, add a tag, change the status. Each is built when it opens."""

import asyncio
from functools import partial
from typing import Any

from nicegui import ui

from leader24.i18n import _
from leader24.models import Status
from leader24.pages import words
from leader24.pages.forms import Field, box, button, dialog, icon, tagged
from leader24.pages.rows import STATUS_TONES, isolated
from leader24.services import conversations, drafts, notes, tags
from leader24.services.members import Actor
from leader24.services.refusals import Refused

SUGGESTED = 8  # tags
TYPING_PAUSE = 0.3  # seconds after the last key until the draft is kept


async def add_note(me: Actor, number: int) -> None:
    """What is typed is kept as a draft until it is saved or emptied, also when the page or the server goes."""
    draft = await asyncio.to_thread(drafts.of_note, me.id, number)
    keys = 0

    async def keep(text: str) -> None:
        """Only after the last of several quick keys."""
        nonlocal keys
        keys += 1
        key = keys
        await asyncio.sleep(TYPING_PAUSE)
        if key == keys:
            await asyncio.to_thread(drafts.keep_note, me.id, number, text)

    async def save() -> None:
        nonlocal keys
        keys += 1  # what is still to be kept is kept no more
        try:
            await asyncio.to_thread(notes.add, me.id, number, field.value)
        except Refused as problem:
            field.complain(words.refused(problem.code))
            return
        await asyncio.to_thread(drafts.forget_note, me.id, number)
        shown.close()
        ui.notify(_("Note added"), type="positive")

    shown, panel = dialog(_("Add a note"))
    with panel:
        hint = _("Only your team sees notes, never the customer.")
        field = Field(_("Note"), value=draft, kind="textarea", hint=hint, on_change=keep, keep=f"note {number}")
        field.input.props["maxlength"] = notes.MOST_TYPED
        with box("l24-buttons"):
            button(_("Cancel"), shown.close)
            button(_("Save note"), save, classes="l24-button primary")
    field.input.run_method("focus")


def add_tag(me: Actor, number: int, has: set[int]) -> None:
    async def put(name: str) -> None:
        try:
            tag = await asyncio.to_thread(tags.add, me.id, number, name)
        except Refused as problem:
            field.complain(words.refused(problem.code))
            return
        shown.close()
        ui.notify(_("Tag {tag} added").format(tag=isolated(tag.name)), type="positive")

    shown, panel = dialog(_("Add a tag"))
    with panel:
        field = Field(_("Name of the tag"), hint=_("Choose one below, or write a new one."))
        field.input.on("keydown.enter", lambda: put(field.value), args=[])
        with box("l24-suggestions"):
            for tag in [each for each in tags.known(me.id) if each.id not in has][:SUGGESTED]:
                button(tag.name, partial(put, tag.name), classes="l24-chip")
        with box("l24-buttons"):
            button(_("Cancel"), shown.close)
            button(_("Add tag"), lambda: put(field.value), classes="l24-button primary")
    field.input.run_method("focus")


def change_status(me: Actor, number: int, current: Status) -> None:
    async def choose(status: Status) -> None:
        await asyncio.to_thread(conversations.change_status, me.id, number, status)
        shown.close()
        ui.notify(_("Status set to {status}").format(status=words.status(status)), type="positive")

    shown, panel = dialog(_("Change the status"))
    with panel:
        tagged("p", _("Your choice stands until someone changes it; the AI will not."))
        with box("l24-choices") as choices:
            choices.props["role"] = "group"
            for status in Status:
                _status_choice(status, status is current, partial(choose, status))
        with box("l24-buttons"):
            button(_("Cancel"), shown.close)


def _status_choice(status: Status, is_current: bool, on_click: Any) -> None:
    with ui.element("button").on("click", on_click, args=[]) as choice:
        choice.props.update({"type": "button", "aria-pressed": "true" if is_current else "false"})
        with box(f"icon {STATUS_TONES[status]}", "span"):
            icon(words.STATUS_ICONS[status])
        with box("", "span"):
            tagged("span", words.status(status))
            tagged("small", words.status_meaning(status))
        if is_current:
            icon("check")
