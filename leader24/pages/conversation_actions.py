"""What a member does to the conversation that is open, from wherever on the page."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from nicegui import ui

from leader24.i18n import _
from leader24.models import Status
from leader24.pages import dialogs, words
from leader24.pages.contact_form import ContactForm
from leader24.services import contacts, conversations, notes, suggestions, tags, titles
from leader24.services.cards import NoteCard
from leader24.services.detail import Detail
from leader24.services.members import Actor
from leader24.services.suggestions import Suggestion
from leader24.services.tags import TagRow

Then = Callable[[], Awaitable[None]]


class Actions:
    """`shown` is the open conversation as it was read last; without one nothing is done. `place` is a part of the page
    that stays: what one clicked may be gone when there is something to say."""

    def __init__(self, me: Actor, place: ui.element, *, on_back: Then, on_next: Callable[[], Then]) -> None:
        self.me = me
        self.shown: Detail | None = None
        self._place, self._on_back, self._on_next = place, on_back, on_next

    async def set_status(self, status: Status, is_next: bool = False) -> None:
        if self.shown is None:
            return
        go_on = self._on_next() if is_next else None  # what is next now: it may leave the list
        await asyncio.to_thread(conversations.change_status, self.me.id, self.shown.id, status)
        self.tell(_("Status set to {status}").format(status=words.status(status)))
        if go_on:
            await go_on()

    async def take_title(self, title: str) -> None:
        if self.shown:
            shown = self.shown
            change = await asyncio.to_thread(titles.change, self.me.id, shown.id, title, shown.title)
            self.title_changed(shown.id, change)

    def title_changed(self, number: int, change: titles.Change) -> None:
        self.tell(_("Title changed"), partial(titles.put_back, self.me.id, number, change))

    async def dismiss(self, review_id: int, what: Suggestion) -> None:
        if self.shown:
            verb = partial(suggestions.dismiss, self.me.id, self.shown.id, review_id, what)
            await asyncio.to_thread(verb)
            self.tell(_("Suggestion dismissed"), partial(verb, is_so=False))

    def edit_contact(self) -> None:
        if self.shown:
            number = self.shown.id
            ContactForm(self.me, number, self.shown.contact, partial(self._contact_edited, number))

    def _contact_edited(self, number: int, change: contacts.Change) -> None:
        self.tell(_("Contact saved"), partial(contacts.put_back, self.me.id, number, change))

    async def add_tag(self) -> None:
        if self.shown is None:
            return
        number, has = self.shown.id, {tag.id for tag in self.shown.tags}
        known = await asyncio.to_thread(tags.known, self.me.id)

        async def put(name: str) -> None:
            tag = await asyncio.to_thread(tags.add, self.me.id, number, name)
            said = _("Tag {tag} added").format(tag=tag.name)
            self.tell(said, partial(tags.remove, self.me.id, number, tag.id) if tag.id not in has else None)

        dialogs.add_tag([tag for tag in known if tag.id not in has], put)

    async def remove_tag(self, tag: TagRow) -> None:
        if self.shown:
            number = self.shown.id
            await asyncio.to_thread(tags.remove, self.me.id, number, tag.id)
            self.tell(_("Tag {tag} removed").format(tag=tag.name), partial(tags.add, self.me.id, number, tag.name))

    async def add_note(self) -> None:
        if self.shown:
            await dialogs.add_note(self.me, self.shown.id, self._note_added)

    def _note_added(self, note: int) -> None:
        self.tell(_("Note added"), partial(notes.remove, self.me.id, note))

    def edit_note(self, note: NoteCard) -> None:
        def edited(before: str, after: str) -> None:
            self.tell(_("Note saved"), partial(notes.edit, self.me.id, note.id, before, after))

        dialogs.edit_note(self.me, note, edited)

    async def remove_note(self, note: NoteCard) -> None:
        removed = await asyncio.to_thread(notes.remove, self.me.id, note.id)
        self.tell(_("Note deleted"), partial(notes.put_back, self.me.id, removed) if removed else None)

    async def mark_unread(self) -> None:
        if self.shown:
            number = self.shown.id
            await asyncio.to_thread(conversations.mark_unread, self.me.id, number)
            self.tell(_("Marked as unread"), partial(conversations.mark_read, self.me.id, number))

    def tell(self, text: str, _take_back: Callable[[], Any] | None = None) -> None:
        with self._place:
            ui.notify(text, type="positive")
