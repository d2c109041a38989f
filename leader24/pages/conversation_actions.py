"""What a member does to the conversation that is open, from wherever on the page."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

from nicegui import ui

from leader24.i18n import _
from leader24.models import Status
from leader24.pages import dialogs, undo, words
from leader24.pages.contact_form import ContactForm
from leader24.services import bin, contacts, conversations, notes, suggestions, tags, titles
from leader24.services.cards import NoteCard
from leader24.services.detail import Detail
from leader24.services.members import Actor
from leader24.services.suggestions import Suggestion
from leader24.services.tags import TagRow

Then = Callable[[], Awaitable[None]]


class Actions:
    """`shown` is the open conversation as it was read last; without one nothing is done. `place` is a part of the page
    that stays: what one clicked may be gone when there is something to say. Nearly all of it can be taken back."""

    def __init__(
        self, me: Actor, place: ui.element, *, on_back: Then, on_next: Callable[[], Then], on_note: Callable[[], None]
    ) -> None:
        self.me = me
        self.shown: Detail | None = None
        self._place, self._on_back, self._on_next, self._on_note = place, on_back, on_next, on_note

    async def set_status(self, status: Status, is_next: bool = False) -> None:
        if self.shown is None:
            return
        go_on = self._on_next() if is_next else None  # what is next now: it may leave the list
        change = await asyncio.to_thread(conversations.change_status, self.me.id, self.shown.id, status)
        said = _("Status set to {status}").format(status=words.status(status))
        self._tell(said, partial(conversations.put_status_back, self.me.id, change) if change else None)
        if go_on:
            await go_on()

    async def take_title(self, title: str) -> None:
        if self.shown:
            shown = self.shown
            change = await asyncio.to_thread(titles.change, self.me.id, shown.id, title, shown.title)
            self.title_changed(shown.id, change)

    def title_changed(self, number: int, change: titles.Change) -> None:
        self._tell(_("Title changed"), partial(titles.put_back, self.me.id, number, change))

    async def dismiss(self, review_id: int, what: Suggestion) -> None:
        if self.shown:
            verb = partial(suggestions.dismiss, self.me.id, self.shown.id, review_id, what)
            await asyncio.to_thread(verb)
            self._tell(_("Suggestion dismissed"), partial(verb, is_so=False))

    def edit_contact(self) -> None:
        if self.shown:
            number = self.shown.id
            ContactForm(self.me, number, self.shown.contact, partial(self._contact_edited, number))

    def _contact_edited(self, number: int, change: contacts.Change) -> None:
        self._tell(_("Contact saved"), partial(contacts.put_back, self.me.id, number, change))

    async def add_tag(self) -> None:
        if self.shown is None:
            return
        number, has = self.shown.id, {tag.id for tag in self.shown.tags}
        known = await asyncio.to_thread(tags.known, self.me.id)

        async def put(name: str) -> None:
            tag = await asyncio.to_thread(tags.add, self.me.id, number, name)
            said = _("Tag {tag} added").format(tag=tag.name)
            self._tell(said, partial(tags.remove, self.me.id, number, tag.id) if tag.id not in has else None)

        dialogs.add_tag([tag for tag in known if tag.id not in has], put)

    async def remove_tag(self, tag: TagRow) -> None:
        if self.shown:
            number = self.shown.id
            await asyncio.to_thread(tags.remove, self.me.id, number, tag.id)
            said = _("Tag {tag} removed").format(tag=tag.name)
            self._tell(said, partial(tags.put_back, self.me.id, number, tag.id))

    def add_note(self) -> None:
        if self.shown:
            self._on_note()

    def edit_note(self, note: NoteCard) -> None:
        def edited(before: str, after: str) -> None:
            self._tell(_("Note saved"), partial(notes.edit, self.me.id, note.id, before, after))

        dialogs.edit_note(self.me, note, edited)

    async def remove_note(self, note: NoteCard) -> None:
        removed = await asyncio.to_thread(notes.remove, self.me.id, note.id)
        self._tell(_("Note deleted"), partial(notes.put_back, self.me.id, removed) if removed else None)

    async def mark_unread(self) -> None:
        if self.shown:
            number = self.shown.id
            await asyncio.to_thread(conversations.mark_unread, self.me.id, number)
            self._tell(_("Marked as unread"), partial(conversations.mark_read, self.me.id, number))

    async def delete(self) -> None:
        """Into the bin. The list first: there is nothing to look at any more."""
        if self.shown:
            number = self.shown.id
            await self._on_back()
            await asyncio.to_thread(bin.delete, self.me.id, number)
            self._tell(_("Moved to the bin for 30 days"), partial(bin.restore, self.me.id, number))

    def _tell(self, text: str, take_back: Callable[[], object] | None) -> None:
        with self._place:
            if take_back:
                undo.offer(text, take_back)
            else:
                undo.say(text)
