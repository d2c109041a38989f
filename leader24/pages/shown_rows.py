"""The rows that a list shows, in its order, and where a row that has changed belongs among them."""

from dataclasses import dataclass, field, replace

from leader24.pages.shown import Shown
from leader24.services.finder import Found
from leader24.services.list_rows import ConversationRow, Key
from leader24.services.orders import place

OUT = -1


@dataclass
class ShownRows:
    """`next` is where the following page begins; None where all is shown. `turn` counts how often all were replaced."""

    shown: Shown
    rows: list[ConversationRow] = field(default_factory=list)
    next: Key | None = None
    turn: int = 0

    def replace(self, found: Found) -> None:
        self.rows, self.next = list(found.rows), found.next
        self.turn += 1

    def append(self, found: Found) -> None:
        known = {row.id for row in self.rows}
        self.rows += [row for row in found.rows if row.id not in known]
        self.next = found.next

    def find(self, number: int | None) -> ConversationRow | None:
        return next((row for row in self.rows if row.id == number), None)

    def put(self, number: int, row: ConversationRow | None) -> int | None:
        """Take in how it is now. Returns where it stands, OUT where it does no longer, None where nothing changes."""
        before = self.find(number)
        fitting = row if row and self.fits(row) else None
        at = self._place_in_search(before, fitting) if self.shown.typed else self._place(number, fitting)
        if before is None and at == OUT:
            return None
        self.rows = [each for each in self.rows if each.id != number]
        if fitting and at != OUT:
            self.rows.insert(at, fitting)
        return at

    def fits(self, row: ConversationRow) -> bool:
        """What is just being read stays among the unread until another one is opened."""
        is_read_now = row.id == self.shown.open and self.find(row.id) is not None
        return self.shown.filter.fits(replace(row, is_unread=row.is_unread or is_read_now))

    def _place(self, number: int, row: ConversationRow | None) -> int:
        """By the order of the list; what belongs below all that is loaded is loaded later."""
        if row is None:
            return OUT
        others = [each for each in self.rows if each.id != number]
        mine = place(self.shown.sort, row)
        at = next((i for i, each in enumerate(others) if mine < place(self.shown.sort, each)), len(others))
        return OUT if at == len(others) and self.next else at

    def _place_in_search(self, before: ConversationRow | None, row: ConversationRow | None) -> int:
        """A search keeps its order; what it has not found does not come by itself."""
        return self.rows.index(before) if before and row else OUT
