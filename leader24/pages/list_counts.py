"""How many conversations there are of what a page shows, counted for its head; nobody waits for it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from leader24.db import DatabaseUnavailable
from leader24.pages.shown import Shown
from leader24.services import counts, listing
from leader24.services.counts import Counts
from leader24.services.filters import Filter
from leader24.services.finder import Finder
from leader24.services.members import Actor
from leader24.services.refusals import Refused

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ListCounts:
    """What is counted is None if it cannot be, or if the page shows something else by then."""

    me: Actor
    finder: Finder
    shown: Shown

    async def of_choices(self) -> Counts | None:
        return await self._of(counts.of)

    async def fitting(self) -> int | None:
        return await self._of(listing.count)

    async def _of(self, count: Callable[[int, Filter, list[int] | None], T]) -> T | None:
        asked = self.shown.query
        try:
            found = await asyncio.to_thread(self.finder.all, self.shown.typed) if self.shown.typed else None
            counted = await asyncio.to_thread(count, self.me.id, self.shown.filter, found)
        except (Refused, DatabaseUnavailable):
            return None
        return counted if asked == self.shown.query else None
