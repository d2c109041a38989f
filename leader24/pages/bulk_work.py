"""What is being done to many conversations: how far it is, and when it is done, the way back."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

from nicegui import ui

from leader24.i18n import _
from leader24.pages import bulk_words, undo
from leader24.pages.forms import box, tagged
from leader24.services import bulk
from leader24.services.bulk import OnProgress, Run

Said = Callable[[int], str]  # what was done to so many


class Work:
    """Goes on if the page is left, and then nobody is told."""

    def __init__(self) -> None:
        self._client = ui.context.client
        self._turn = asyncio.Lock()  # one after another, or the bar would show both
        with box("l24-bulk-progress") as self._shown:
            self._text = tagged("span")
            self._text.props["role"] = "status"
            self._bar = ui.element("progress")
            self._bar.props["aria-label"] = _("Progress")
        self._shown.set_visibility(False)

    async def do(self, run: Run, said: Said) -> None:
        """Offers to take back what was done also where it failed halfway; raises what made it fail."""
        try:
            await self._follow(run.do, len(run.ids))
        finally:
            if not self._client.is_deleted:
                with self._shown:
                    self._tell(run, said)

    def _tell(self, run: Run, said: Said) -> None:
        left = bulk_words.is_gone(run.left) if run.left else ""
        if run.changes:
            undo.offer(" ".join(filter(None, [said(len(run.changes)), left])), partial(self._take_back, run))
        else:
            undo.say(left or _("Nothing to change: it is so already."))

    async def _take_back(self, run: Run) -> str:
        count = len(run.changes)
        await self._follow(run.take_back, count)
        if not run.left:
            return _("Undone")
        if run.left == count:
            return _("This was changed meanwhile. Nothing was undone.")
        return bulk_words.was_changed(run.left)

    async def _follow(self, verb: Callable[[OnProgress], Awaitable[None]], count: int) -> None:
        """What is done at once needs no bar."""
        async with self._turn:
            self._show(count, 0)
            self._shown.set_visibility(count > bulk.CHUNK)
            try:
                await verb(partial(self._show, count))
            finally:
                if not self._client.is_deleted:
                    self._shown.set_visibility(False)

    def _show(self, count: int, done: int) -> None:
        if not self._client.is_deleted:
            with self._shown:
                self._text.set_text(_("{done} of {count}. It goes on if you leave.").format(done=done, count=count))
                self._bar.props.update({"max": count, "value": done})
