"""One conversation that is in progress, live: what was said, when its review comes, and what a member may do."""

import asyncio
from collections.abc import Awaitable, Callable, Set
from contextlib import suppress
from dataclasses import replace

from nicegui import background_tasks, ui

from leader24.i18n import _
from leader24.pages import drafting, history_rows, rows, words
from leader24.pages.composer import Composer
from leader24.pages.forms import box, button, icon, icon_button, tagged
from leader24.pages.message_history import MessageHistory
from leader24.pages.review_now import ReviewNow
from leader24.services import conversations, detail
from leader24.services.conversations import Gone
from leader24.services.detail import Detail
from leader24.services.members import Actor

FOCUS_NAME = "setTimeout(() => document.querySelector('.l24-peek-thread h2').focus(), 60)"


class PeekThread(ui.element):
    """It stays when the review comes while one reads or writes, and then says that the conversation is in the list."""

    def __init__(
        self, me: Actor, *, on_back: Callable[[], Awaitable[None]], on_open: Callable[[int], Awaitable[None]]
    ) -> None:
        super().__init__("section")
        self.classes("l24-peek-thread")
        self.props["aria-label"] = _("Conversation")
        self._me, self._on_open = me, on_open
        self._shown: Detail | None = None
        self._wanted: int | None = None
        self._turn = asyncio.Lock()  # one refresh at a time, or an older state could be shown last
        with self:
            with box("l24-peek-bar") as self._bar:
                icon_button("arrow_back", _("Back to all in progress"), on_back, classes="l24-button l24-back")
                with box("l24-names"):
                    self._name = tagged("h2")
                    self._name.props["tabindex"] = "-1"
                    self._about = tagged("small")
                self._review_now = ReviewNow(me)
            with box("l24-notice") as self._listed:
                self._listed.props["role"] = "status"
                tagged("span", _("It has been reviewed and is in the list now."))
                button(_("Open it there"), self._open, classes="l24-chip")
            self._history = MessageHistory(on_earlier=self._earlier, on_seen=self._seen)
            self._composer = Composer(me)
            self._instead = box("l24-empty")
        self.hide()

    async def show(self, number: int | None) -> None:
        self._wanted = number
        if number is None:
            self.hide()
            return
        try:
            shown = await asyncio.to_thread(detail.of, self._me.id, number, even_hidden=True)
            begun = await drafting.begun(self._me.id, number)
        except Gone:
            self._show_instead("search_off", _("This conversation is no longer there."))
            return
        if self._wanted != number:  # another was chosen meanwhile
            return
        self._history.show(_rows(shown.history, shown), more=shown.history.has_earlier)
        self._composer.show(shown, begun)
        self._show_head(shown)
        self._set_visible(True)
        ui.run_javascript(FOCUS_NAME)
        await self._seen()

    def hide(self) -> None:
        self._wanted = None
        self._show_instead("visibility", _("Choose a conversation to look into it."))

    def hear(self, numbers: Set[int]) -> None:
        if self._wanted in numbers:
            background_tasks.create(self._refresh(), name=f"refresh of conversation {self._wanted} in progress")

    async def _refresh(self) -> None:
        async with self._turn:
            was = self._shown
            if was is None:
                return
            since = was.history.first_seq
            try:
                now = await asyncio.to_thread(detail.of, self._me.id, was.id, since=since, even_hidden=True)
            except Gone:
                with self.client:
                    self._show_instead("search_off", _("This conversation is no longer there."))
                return
            with self.client:
                if self._shown is was and now != was:
                    self._history.update_to(_rows(now.history, now))
                    self._composer.update_to(now)
                    self._show_head(now)

    async def _seen(self) -> None:
        """Once it is listed, whoever has read it here has read it there."""
        if self._shown:
            with suppress(Gone):
                await asyncio.to_thread(conversations.mark_read, self._me.id, self._shown.id)

    async def _earlier(self) -> None:
        shown = self._shown
        if shown:
            first = shown.history.first_seq
            more = await asyncio.to_thread(detail.earlier, self._me.id, shown.id, first, even_hidden=True)
            if self._shown is shown:
                history = detail.History(more.lines + shown.history.lines, more.has_earlier)
                self._shown = replace(shown, history=history)
                self._history.prepend(_rows(more, shown), more=more.has_earlier)

    async def _open(self) -> None:
        if self._shown:
            await self._on_open(self._shown.id)

    def _show_head(self, shown: Detail) -> None:
        self._shown = shown
        contact = shown.contact
        phone = rows.number(contact.phone) if contact.phone and contact.name else ""
        self._name.set_text(rows.who(contact.name, contact.phone))
        self._about.set_text(" · ".join(filter(None, [words.source(shown.source), phone])))
        self._review_now.show(shown)
        self._listed.set_visibility(shown.review is not None)

    def _show_instead(self, symbol: str, text: str) -> None:
        self._shown = None
        self._composer.hide()
        self._set_visible(False)
        self._instead.clear()
        with self._instead:
            icon(symbol)
            tagged("p", text)

    def _set_visible(self, is_shown: bool) -> None:
        for part in (self._bar, self._history, self._composer):
            part.set_visibility(is_shown)
        self._instead.set_visibility(not is_shown)
        if not is_shown:
            self._listed.set_visibility(False)


def _rows(history: detail.History, shown: Detail) -> list[rows.Row]:
    return history_rows.history(history.lines, who=rows.who(shown.contact.name, shown.contact.phone))
