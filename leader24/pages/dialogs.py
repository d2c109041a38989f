"""The dialogs over a conversation: to edit a note, and to add a tag. Each is built when it opens."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

from leader24.i18n import _
from leader24.pages import words
from leader24.pages.forms import Field, box, button, dialog
from leader24.services import drafts, notes, tags
from leader24.services.cards import NoteCard
from leader24.services.conversations import Gone
from leader24.services.members import Actor
from leader24.services.refusals import Overtaken, Refused
from leader24.services.tags import TagRow

SUGGESTED = 12  # tags

OnTag = Callable[[str], Awaitable[None]]  # raises Refused


def edit_note(me: Actor, note: NoteCard, on_edited: Callable[[str, str], None]) -> None:
    """One's own. `on_edited` is told the text before and after."""
    was = note.text

    async def save() -> None:
        nonlocal was
        try:
            await asyncio.to_thread(notes.edit, me.id, note.id, field.value, was)
        except Refused as problem:
            field.complain(words.refused(problem.code))
        except Overtaken as problem:
            was = problem.now["note"]
            says = _("You have changed this note elsewhere meanwhile. It says now: “{text}”. Save again to replace it.")
            field.complain(says.format(text=was))
        except Gone:
            field.complain(_("This note is no longer there. What you typed can be added as a new one."))
        else:
            shown.close()
            on_edited(was, field.value.strip())

    shown, panel = dialog(_("Edit the note"))
    with panel:
        field = _note_field(note.text, f"edited note {note.id}")
        with box("l24-buttons"):
            button(_("Cancel"), shown.close)
            button(_("Save note"), save, classes="l24-button primary")
    field.input.run_method("focus")


def add_tag(known: list[TagRow], on_tag: OnTag) -> None:
    """`known` are those that the conversation does not have; a new name makes a new one."""

    async def put(name: str) -> None:
        try:
            await on_tag(name)
        except Refused as problem:
            field.complain(words.refused(problem.code))
            return
        shown.close()

    def suggest(typed: str) -> None:
        fitting = [tag for tag in known if typed.strip().casefold() in tag.name.casefold()]
        suggestions.clear()
        with suggestions:
            for tag in fitting[:SUGGESTED]:
                button(tag.name, partial(put, tag.name), classes="l24-chip")

    shown, panel = dialog(_("Add a tag"))
    with panel:
        hint = _("Choose one below, or write a new one.")
        field = Field(_("Name of the tag"), hint=hint, most=tags.LONGEST, on_change=suggest)
        field.input.on("keydown.enter", lambda: put(field.value), args=[])
        suggestions = box("l24-suggestions")
        suggest("")
        with box("l24-buttons"):
            button(_("Cancel"), shown.close)
            button(_("Add tag"), lambda: put(field.value), classes="l24-button primary")
    field.input.run_method("focus")


def _note_field(text: str, keep: str, on_change: Callable[[str], Awaitable[None]] | None = None) -> Field:
    hint = _("Only your team sees notes, never the customer.")
    field = Field(_("Note"), value=text, kind="textarea", hint=hint, most=notes.LONGEST, keep=keep, on_change=on_change)
    field.input.props["maxlength"] = drafts.MOST_TYPED
    return field
