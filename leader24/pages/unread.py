"""How many conversations each member who looks has not read, kept in step with the news.

A count asks the database about all conversations; the news is about one. So the few that a member has not read are
remembered, and of very many only that they are many.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from leader24.services import listing
from leader24.services.list_rows import ConversationRow

MANY = 100  # counted up to here; beyond it is said that there are more than 99


@dataclass(slots=True)
class Unread:
    _ids: dict[int, set[int] | None] = field(default_factory=dict)  # None: many

    def after(self, news: Mapping[int, ConversationRow | None], members: Set[int]) -> dict[int, int]:
        """For each of these members, now that these rows are so."""
        self._ids = {member: self._after(news, member) for member in members}
        return {member: MANY if ids is None else len(ids) for member, ids in self._ids.items()}

    def forget(self) -> None:
        """More has changed than is told."""
        self._ids.clear()

    def _after(self, news: Mapping[int, ConversationRow | None], member: int) -> set[int] | None:
        unread = {number for number, row in news.items() if row and member not in row.read_by}
        ids = self._ids.get(member)
        if member not in self._ids or (ids is None and len(unread) < len(news)):  # many, of which some may be read now
            ids = set(listing.unread_ids(member, MANY))
        elif ids is not None:
            ids = ids - news.keys() | unread
        return ids if ids is not None and len(ids) < MANY else None
