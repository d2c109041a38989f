"""Above the list while conversations are picked: how many, all that fit, and what can be done to them."""

from collections.abc import Awaitable, Callable, Collection

from nicegui import ui

from leader24.i18n import _
from leader24.pages import bulk_words
from leader24.pages.bulk_acts import BulkActs
from leader24.pages.bulk_work import Work
from leader24.pages.conversation_list import ConversationList
from leader24.pages.forms import box, button, icon_button, mark, tagged
from leader24.pages.recount import Recount
from leader24.services.members import Actor

OnAll = Callable[[], Awaitable[list[int]]]


class BulkBar:
    """`place` is marked while one picks. `on_all` gives all that fit the member's filter and search, loaded or not.
    Built when one first picks.

    What leaves his list is picked no longer, so that nothing happens to what he does not see."""

    def __init__(self, me: Actor, place: ui.element, work: Work, *, on_all: OnAll) -> None:
        self._me, self._place, self._work, self._on_all = me, place, work, on_all
        self._list: ConversationList | None = None
        self._picked: dict[int, None] = {}  # in the order in which they were picked
        self.is_picking = False  # also with nothing picked yet
        self._again = Recount(self._offer_all, "how many could be picked now")
        with box("l24-bulk", "section") as self._bar:
            self._bar.props["aria-label"] = _("Selected conversations")
        self._bar.set_visibility(False)

    def serve(self, rows: ConversationList) -> None:
        self._list = rows
        rows.on_pick(self._take, self.end)

    def begin(self) -> None:
        """With nothing picked yet, where there is no mouse to point at a row with."""
        if self._list:
            self.is_picking = True
            self._list.begin_picking()
            self._show()

    def end(self) -> None:
        if self._list and self.is_picking:
            self.is_picking = False
            self._picked.clear()
            self._list.end_picking()
            self._show()

    def forget(self, number: int) -> None:
        """It has left the list."""
        if self._list and number in self._picked:
            del self._picked[number]
            self._list.unpick(number)
            self._show()
            if not self._picked:
                self.end()

    def keep_only(self, ids: Collection[int]) -> None:
        """So much has changed that it is not told one by one: these still fit."""
        fitting = frozenset(ids)
        if self._list and not fitting.issuperset(self._picked):
            self._picked = {number: None for number in self._picked if number in fitting}
            self._list.pick(self._picked)
            self._show()
            if not self._picked:
                self.end()

    def recount(self) -> None:
        """Something has changed: how many could be picked now?"""
        if self._picked:
            self._again.after_change()

    def _build(self) -> None:
        with self._bar:
            with box("l24-bulk-head"):
                icon_button("close", _("End the selection"), self.end)
                self._count = tagged("b")
                self._count.props["role"] = "status"
                with button("", self._pick_all, classes="l24-chip") as self._all:
                    self._all_text = tagged("span")
            with box("l24-bulk-acts"):
                BulkActs(self._me, self._work, picked=lambda: list(self._picked))

    async def _take(self, ids: Collection[int], is_picked: bool) -> None:
        is_first = not self._picked
        self.is_picking = True
        for number in ids:
            if is_picked:
                self._picked[number] = None
            else:
                self._picked.pop(number, None)
        if not self._picked:
            self.end()
            return
        self._show()
        if is_first:
            await self._offer_all()

    async def _offer_all(self) -> None:
        """Counting comes after the picking itself."""
        count = len(await self._on_all())
        if self._picked:
            self._all_text.set_text(bulk_words.all_matching(count))
            self._all.set_visibility(count > len(self._picked))

    async def _pick_all(self) -> None:
        self._picked = dict.fromkeys(await self._on_all())
        if self._list:
            self._list.pick(self._picked)
        self._show()
        self._all.set_visibility(False)

    def _show(self) -> None:
        if not self._bar.default_slot.children:
            self._build()
        mark(self._place, "picking", self.is_picking)
        self._bar.set_visibility(self.is_picking)
        count = len(self._picked)
        self._count.set_text(bulk_words.picked(count) if count else _("Select conversations"))
        if not count:
            self._all.set_visibility(False)
