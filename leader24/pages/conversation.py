"""One conversation: its head and its history, and what stands beside them."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from nicegui import background_tasks, ui

from leader24.i18n import _
from leader24.pages import dialogs, drafting, rows, words
from leader24.pages.answering import AnsweringMark
from leader24.pages.composer import Composer
from leader24.pages.conversation_side import ConversationSide
from leader24.pages.forms import box, button, icon, icon_button, tagged
from leader24.pages.message_history import MessageHistory
from leader24.services import conversations, detail
from leader24.services.conversations import Gone
from leader24.services.detail import Detail
from leader24.services.members import Actor


class ConversationPane:
    """Two columns of the inbox: shown anew when another conversation opens, kept true while this one changes."""

    def __init__(self, me: Actor, root: ui.element, *, on_back: Callable[[], Awaitable[None]]) -> None:
        self._me, self._root, self._on_back = me, root, on_back
        self._shown: Detail | None = None
        self._wanted: int | None = None
        self._turn = asyncio.Lock()  # one refresh at a time, or an older state could be shown last
        with box("l24-thread", "section") as thread:
            thread.props["aria-label"] = _("Conversation")
            with box("l24-bar") as self._bar:
                self._build_bar()
            self._instead = box("l24-empty")
            labels = {
                "history": _("Messages"),
                "earlier": _("Load earlier messages"),
                "all": _("Show the whole message"),
            }
            self._history = MessageHistory(labels, on_earlier=self._earlier)
            self._composer = Composer(me)
        self._side = ConversationSide(
            me, on_jump=self._jump, on_close=self._close_side, on_add_tag=self._add_tag, on_add_note=self._add_note
        )
        self.hide()

    async def show(self, number: int) -> None:
        """Open it; if it cannot be seen, say so in its place."""
        self._wanted = number
        try:
            shown = await asyncio.to_thread(detail.of, self._me.id, number)
            begun = await drafting.begun(self._me.id, number)
        except Gone:
            self._show_gone()
            return
        if self._wanted != number:  # another was chosen meanwhile
            return
        self._shown = shown
        self._history.show(rows.history(shown.history.lines), more=shown.history.has_earlier)
        self._show_bar(shown)
        self._side.show(shown)
        self._composer.show(shown, begun)
        self._set_visible(True)
        self._root.classes(add="open")
        await asyncio.to_thread(conversations.mark_read, self._me.id, number)

    def hide(self) -> None:
        self._wanted = self._shown = None
        self._composer.hide()
        self._root.classes(remove="open side-open")
        self._set_visible(False)
        with self._instead:
            icon("chat_bubble")
            tagged("p", _("Choose a conversation to read it."))

    def hear(self, number: int) -> None:
        if self._wanted == number:
            background_tasks.create(self._refresh(), name=f"refresh of conversation {number}")

    async def _refresh(self) -> None:
        async with self._turn:
            was = self._shown
            if was is None:
                await self._appear()
                return
            with self._root:
                try:
                    now = await asyncio.to_thread(detail.of, self._me.id, was.id, since=was.history.first_seq)
                except Gone:
                    self._show_gone()
                    return
                if self._shown is was and now != was:
                    self._update(was, now)
            if now.version != was.version:
                await asyncio.to_thread(conversations.mark_read, self._me.id, now.id)

    async def _appear(self) -> None:
        """What could not be seen yet may now."""
        if self._wanted:
            with self._root:
                await self.show(self._wanted)

    def _update(self, was: Detail, now: Detail) -> None:
        self._shown = now
        self._history.update_to(rows.history(now.history.lines))
        if replace(now, history=was.history) != was:
            self._show_bar(now)
            self._side.show(now)
            self._composer.update_to(now)

    async def _earlier(self) -> None:
        shown = self._shown
        if shown:
            more = await asyncio.to_thread(detail.earlier, self._me.id, shown.id, shown.history.first_seq)
            self._prepend(shown, more)

    async def _jump(self, seq: int) -> None:
        """To that message, loading what lies between."""
        shown = self._shown
        if shown and seq < shown.history.first_seq:
            first = shown.history.first_seq
            self._prepend(shown, await asyncio.to_thread(detail.earlier, self._me.id, shown.id, first, seq))
        self._close_side()
        self._history.jump(seq)

    def _prepend(self, shown: Detail, more: detail.History) -> None:
        if self._shown is shown:
            history = detail.History(more.lines + shown.history.lines, more.has_earlier)
            self._shown = replace(shown, history=history)
            self._history.prepend(rows.history(more.lines), more=more.has_earlier)

    def _build_bar(self) -> None:
        """Once, so that the focus stays where it is whatever changes."""
        icon_button("arrow_back", _("Back to the list"), self._on_back, classes="l24-button l24-back")
        with box("l24-names"):
            self._title = tagged("h2")
            self._about = tagged("small")
            self._answering = AnsweringMark(self._me)
        with button("", self._change_status) as self._status:
            self._status_icon = icon("")
            self._status_text = tagged("span")
            icon("expand_more")
        self._status.props["title"] = _("Change the status")
        button(_("Tag"), self._add_tag, symbol="sell")
        button(_("Note"), self._add_note, symbol="edit_note")
        icon_button("info", _("Review and contact"), self._open_side, classes="l24-button l24-details")

    def _show_bar(self, shown: Detail) -> None:
        contact = shown.contact
        who = rows.who(contact.name, contact.phone)
        phone = rows.number(contact.phone).replace(" ", "\u00a0") if contact.phone else ""  # in one piece
        about = [rows.isolated(who), words.source(shown.source), phone if contact.name else ""]
        self._title.set_text(shown.title or who)
        self._about.set_text(" · ".join(filter(None, about)))
        self._answering.show(shown.progress.answered_by)
        self._status_icon.set_text(words.STATUS_ICONS[shown.status])
        self._status_text.set_text(words.status(shown.status))

    def _change_status(self) -> None:
        if self._shown:
            dialogs.change_status(self._me, self._shown.id, self._shown.status)

    def _add_tag(self) -> None:
        if self._shown:
            dialogs.add_tag(self._me, self._shown.id, {tag.id for tag in self._shown.tags})

    def _add_note(self) -> None:
        self._close_side()
        self._composer.write_note()

    def _open_side(self) -> None:
        self._root.classes(add="side-open")

    def _close_side(self) -> None:
        self._root.classes(remove="side-open")

    def _show_gone(self) -> None:
        """Perhaps not for ever: it is still wanted."""
        self._shown = None
        self._composer.hide()
        self._root.classes(add="open", remove="side-open")
        self._set_visible(False)
        with self._instead:
            icon("search_off")
            tagged("h2", _("This conversation is not here"))
            tagged("p", _("It was deleted, or it has not been reviewed yet and will appear in the list by itself."))
            button(_("Back to the list"), self._on_back)

    def _set_visible(self, is_shown: bool) -> None:
        for part in (self._bar, self._history, self._composer, self._side):
            part.set_visibility(is_shown)
        self._instead.clear()
        self._instead.set_visibility(not is_shown)
