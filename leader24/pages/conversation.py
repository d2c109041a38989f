"""One conversation: its bar and its history, and what stands beside them."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from nicegui import background_tasks, ui

from leader24.db import DatabaseUnavailable
from leader24.i18n import _
from leader24.pages import binned, drafting, history_rows, instead, rows
from leader24.pages.composer import Composer
from leader24.pages.conversation_actions import Actions
from leader24.pages.conversation_bar import ConversationBar
from leader24.pages.conversation_side import ConversationSide
from leader24.pages.forms import box
from leader24.pages.message_history import MessageHistory
from leader24.pages.shortcuts import Shortcut
from leader24.services import bin, conversations, detail
from leader24.services.conversations import Gone
from leader24.services.detail import Detail
from leader24.services.members import Actor

QUICK = 0.2  # seconds; what takes longer shows that something is coming
AGAIN = 5.0  # seconds until what could not be read is read again

Then = Callable[[], Awaitable[None]]


class ConversationPane:
    """Two columns of the inbox: shown anew when another conversation opens, kept true while this one changes.

    `on_open` opens another one, `on_next` says how the next of the list is opened, as the list is now."""

    def __init__(
        self,
        me: Actor,
        root: ui.element,
        *,
        on_back: Then,
        on_open: Callable[[int], Awaitable[None]],
        on_next: Callable[[], Then],
    ) -> None:
        self._me, self._root, self._on_back = me, root, on_back
        self._shown: Detail | None = None
        self._wanted: int | None = None
        self._read_to = 0  # of the open conversation, when it was opened
        self._turn = asyncio.Lock()  # one refresh at a time, or an older state could be shown last
        with box("l24-thread", "section") as thread:
            thread.props["aria-label"] = _("Conversation")
            self._actions = Actions(me, thread, on_back=on_back, on_next=on_next, on_note=self._write_note)
            self._bar = ConversationBar(self._actions, on_back=on_back, on_details=self._open_side)
            self._instead = box("l24-empty")
            self._history = MessageHistory(
                on_earlier=self._earlier, on_first_unread=self._to_first_unread, on_seen=self._seen
            )
            self._composer = Composer(me)
        self._side = ConversationSide(self._actions, on_jump=self._jump, on_open=on_open, on_close=self._leave_side)
        self.hide()

    async def show(self, number: int) -> None:
        """Open it; if it cannot be seen, say so in its place."""
        self._wanted = number
        reading = asyncio.create_task(asyncio.to_thread(detail.of, self._me.id, number))
        done, _late = await asyncio.wait({reading}, timeout=QUICK)
        if not done and self._wanted == number:
            self._show_instead(instead.loading)
        try:
            shown = await reading
        except Gone:
            await self._show_gone(number)
        except DatabaseUnavailable:
            self._show_instead(lambda: instead.failed(lambda: self.show(number)), number)
        else:
            await self._show(number, shown)

    def hide(self) -> None:
        self._wanted = None
        self._show_instead(instead.nothing_chosen)
        self._root.classes(remove="open side-open")

    def hear(self, number: int) -> None:
        if self._wanted == number:
            background_tasks.create(self._refresh(), name=f"refresh of conversation {number}")

    def shortcuts(self) -> list[Shortcut]:
        return [
            Shortcut("s", _("Change the status"), self._if_open(lambda: self._bar.status.open())),
            Shortcut("t", _("Add a tag"), self._if_open(self._actions.add_tag)),
            Shortcut("n", _("Add a note"), self._if_open(self._actions.add_note)),
            Shortcut("r", _("Reply")),
            Shortcut("u", _("Mark as unread"), self._if_open(self._actions.mark_unread), opens=False),
            Shortcut("Escape", _("Back to the list"), self._if_open(self._leave), opens=False),
        ]

    def close_side(self) -> None:
        """Where it lies over the conversation."""
        self._root.classes(remove="side-open")

    async def _show(self, number: int, shown: Detail) -> None:
        if self._wanted != number:  # another was chosen meanwhile
            return
        self._keep(shown)
        begun = await drafting.begun(self._me.id, number)
        if self._shown is not shown:
            return
        self._read_to = shown.read_to
        unread = shown.read_to + 1 if shown.read_to < shown.version else 0
        lines = self._rows(shown.history, shown)
        self._history.show(lines, more=shown.history.has_earlier, unread=unread)
        self._bar.show(shown)
        self._side.show(shown)
        self._composer.show(shown, begun)
        self._set_visible(True)
        self._root.classes(add="open", remove="side-open")
        await asyncio.to_thread(conversations.mark_read, self._me.id, number)

    async def _refresh(self) -> None:
        async with self._turn:
            was = self._shown
            if was is None:
                await self._appear()
                return
            try:
                now = await asyncio.to_thread(detail.of, self._me.id, was.id, since=was.history.first_seq)
            except Gone:
                with self._root:
                    await self._show_gone(was.id)
            except DatabaseUnavailable:
                await asyncio.sleep(AGAIN)
                self.hear(was.id)
            else:
                with self._root:
                    self._update(was, replace(now, read_to=was.read_to))

    async def _appear(self) -> None:
        """What could not be seen yet may now."""
        if self._wanted:
            with self._root:
                await self.show(self._wanted)

    def _update(self, was: Detail, now: Detail) -> None:
        if self._shown is not was:  # earlier messages came meanwhile
            self.hear(was.id)
            return
        if now == was:
            return
        self._keep(now)
        self._history.update_to(self._rows(now.history, now))
        if replace(now, history=was.history) != was:
            self._bar.show(now)
            self._side.show(now)
            self._composer.update_to(now)

    def _rows(self, history: detail.History, shown: Detail) -> list[rows.Row]:
        who = rows.who(shown.contact.name, shown.contact.phone)
        return history_rows.history(history.lines, self._read_to, who)

    async def _seen(self) -> None:
        if self._shown:
            await asyncio.to_thread(conversations.mark_read, self._me.id, self._shown.id)

    async def _earlier(self) -> None:
        shown = self._shown
        if shown:
            more = await asyncio.to_thread(detail.earlier, self._me.id, shown.id, shown.history.first_seq)
            self._prepend(shown, more)

    async def _to_first_unread(self) -> None:
        await self._jump(self._read_to + 1)

    async def _jump(self, seq: int, quote: str = "") -> None:
        """To that message, loading what lies between."""
        shown = self._shown
        if shown and seq < shown.history.first_seq:
            first = shown.history.first_seq
            self._prepend(shown, await asyncio.to_thread(detail.earlier, self._me.id, shown.id, first, seq))
        self._leave_side()
        self._history.jump(seq, quote)

    def _prepend(self, asked: Detail, more: detail.History) -> None:
        """To what is shown by now, which may be newer than what was asked for more of."""
        shown = self._shown
        if shown and (shown.id, shown.history.first_seq) == (asked.id, asked.history.first_seq):
            history = detail.History(more.lines + shown.history.lines, more.has_earlier)
            self._keep(replace(shown, history=history))
            self._history.prepend(self._rows(more, shown), more=more.has_earlier)

    def _write_note(self) -> None:
        self._leave_side()
        self._composer.write_note()

    def _open_side(self) -> None:
        """As a page of its own in the browser's history: back closes it."""
        if not self._is_side_open:
            ui.navigate.history.push("#details")
            self._root.classes(add="side-open")

    def _leave_side(self) -> None:
        if self._is_side_open:
            ui.navigate.back()
            self.close_side()

    @property
    def _is_side_open(self) -> bool:
        return "side-open" in self._root.classes

    async def _leave(self) -> None:
        """One step back."""
        if self._is_side_open:
            self._leave_side()
        else:
            await self._on_back()

    def _if_open(self, verb: Callable[[], object]) -> Callable[[], object]:
        return lambda: verb() if self._wanted else None

    def _keep(self, shown: Detail | None) -> None:
        self._shown = self._actions.shown = shown

    def _show_instead(self, draw: Callable[[], object], number: int | None = None) -> None:
        """In place of a conversation. Perhaps not for ever: it is still wanted, unless another is by now."""
        if number and number != self._wanted:
            return
        self._keep(None)
        self._composer.hide()
        self._root.classes(add="open", remove="side-open")
        self._set_visible(False)
        with self._instead:
            draw()

    async def _show_gone(self, number: int) -> None:
        deletion = await asyncio.to_thread(bin.found, self._me.id, number)
        if deletion:
            self._show_instead(lambda: binned.show(self._me, number, deletion, self._on_back), number)
        else:
            self._show_instead(lambda: instead.gone(self._on_back), number)

    def _set_visible(self, is_shown: bool) -> None:
        for part in (self._bar, self._history, self._composer, self._side):
            part.set_visibility(is_shown)
        self._instead.clear()
        self._instead.set_visibility(not is_shown)
