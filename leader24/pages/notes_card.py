"""The team's notes on a conversation: one's own can be edited and deleted."""

from functools import partial

from nicegui import ui

from leader24.i18n import _
from leader24.pages import times
from leader24.pages.conversation_actions import Actions
from leader24.pages.forms import box, button, icon_button, tagged
from leader24.pages.rows import isolated
from leader24.services.cards import NoteCard

FOLDED_AT = 400  # characters of a note that are shown before one asks for all of it


def draw(notes: tuple[NoteCard, ...], actions: Actions) -> None:
    for note in notes:
        with box("l24-note"):
            _text(note.text)
            with box("l24-note-foot"):
                tagged("small", _about(note))
                if note.is_mine:
                    icon_button("edit", _("Edit the note"), partial(actions.edit_note, note), classes="l24-small")
                    remove = partial(actions.remove_note, note)
                    icon_button("delete", _("Delete the note"), remove, classes="l24-small")


def _text(text: str) -> None:
    if len(text) <= FOLDED_AT:
        tagged("span", text)
        return
    shown = tagged("span", f"{text[:FOLDED_AT].rstrip()}…")
    button(_("Show the whole note"), classes="l24-textlink").on(
        "click", lambda event: _unfold(shown, event.sender, text)
    )


def _unfold(shown: ui.label, asked_by: ui.element, text: str) -> None:
    shown.set_text(text)
    asked_by.set_visibility(False)


def _about(note: NoteCard) -> str:
    edited = _("edited {when}").format(when=times.full(note.edited_at)) if note.edited_at else ""
    return " · ".join(filter(None, [isolated(note.author), times.full(note.at), edited]))
