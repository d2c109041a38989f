"""What is still in progress, beside the list: every hidden conversation with its clock, every review that is late with
its reason. It has addresses of its own, so that the browser's back leads out of it."""

import asyncio
from collections.abc import Awaitable, Callable, Set

from nicegui import background_tasks, ui

from leader24.i18n import _, n_
from leader24.pages.forms import box, button, icon, icon_button, tagged
from leader24.pages.live_strip import when_reviewed
from leader24.pages.peek_thread import PeekThread
from leader24.pages.waiting_rows import WaitingRows
from leader24.services import in_progress
from leader24.services.in_progress import Found
from leader24.services.members import Actor

FOCUS_HEAD = "setTimeout(() => document.querySelector('.l24-peek h2').focus(), 60)"

Go = Callable[[int | None], Awaitable[None]]


class Peek(ui.element):
    """Built when it opens for the first time. `on_go` leads to one of the conversations, or to all of them; `on_open`
    to one that is in the list; `on_close` back to the list."""

    def __init__(
        self,
        me: Actor,
        root: ui.element,
        *,
        on_go: Go,
        on_open: Callable[[int], Awaitable[None]],
        on_close: Callable[[], Awaitable[None]],
    ) -> None:
        super().__init__("section")
        self.classes("l24-peek")
        self.props["aria-label"] = _("Conversations in progress")
        self._me, self._root = me, root
        self._on_go, self._on_open, self._on_close = on_go, on_open, on_close
        self._listed: set[int] = set()
        self._limit = in_progress.PAGE
        self._is_reading = self._is_stale = False
        self._thread: PeekThread | None = None

    @property
    def is_open(self) -> bool:
        return "peek" in self._root.classes

    async def show(self, number: int | None) -> None:
        if self._thread is None:
            with self:
                self._thread = self._build()
        self._root.classes(add="peek")
        self._root.classes(add="peek-open") if number is not None else self._root.classes(remove="peek-open")
        await self._read()
        self._rows.select(number)
        await self._thread.show(number)
        if number is None:
            ui.run_javascript(FOCUS_HEAD)

    def hide(self) -> None:
        self._root.classes(remove="peek peek-open")
        if self._thread:
            self._thread.hide()

    def hear(self, numbers: Set[int]) -> None:
        """What changed; it may be what is shown, or come to it."""
        if self.is_open and self._thread:
            self._thread.hear(numbers)
            background_tasks.create(self._read_again(), name="refresh of what is in progress")

    def _build(self) -> PeekThread:
        with box("l24-peek-list"):
            with box("l24-peek-head"):
                with box():
                    tagged("h2", _("Conversations in progress")).props["tabindex"] = "-1"
                    what = _("What is not in the list yet, and reviews that are late.")
                    tagged("p", f"{what} {when_reviewed()}")
                icon_button("close", _("Back to the list"), self._on_close)
            self._rows = WaitingRows(self._choose)
            self._more = button("", self._show_more)
            with box("l24-empty") as self._nothing:
                icon("task_alt")
                tagged("p", _("Nothing is in progress. Every conversation is in the list, and no review is late."))
        self.on("keydown.escape", lambda: self._on_close(), args=[])
        return PeekThread(self._me, on_back=lambda: self._on_go(None), on_open=self._on_open)

    async def _choose(self, number: int) -> None:
        await (self._on_open(number) if number in self._listed else self._on_go(number))

    async def _show_more(self) -> None:
        self._limit += in_progress.PAGE
        await self._read()

    async def _read_again(self) -> None:
        """One at a time; what changes meanwhile is read afterwards."""
        self._is_stale = True
        if self._is_reading:
            return
        self._is_reading = True
        try:
            while self._is_stale and self.is_open:
                self._is_stale = False
                await self._read()
        finally:
            self._is_reading = False

    async def _read(self) -> None:
        found = await asyncio.to_thread(in_progress.waiting, self._me.id, self._limit)
        with self.client:
            self._show_rows(found)

    def _show_rows(self, found: Found) -> None:
        self._listed = {row.id for row in found.rows if not row.is_hidden}
        self._rows.show(found.rows)
        self._nothing.set_visibility(not found.rows)
        rest = found.total - len(found.rows)
        self._more.set_visibility(rest > 0)
        with self._more.clear():
            tagged("span", n_("Show {count} more", "Show {count} more", rest))
