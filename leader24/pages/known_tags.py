"""The tags that there are, as a page knows them."""

import asyncio
from dataclasses import dataclass, field, replace

from leader24.services import tags
from leader24.services.filters import Filter
from leader24.services.members import Actor
from leader24.services.tags import TagRow


@dataclass
class KnownTags:
    me: Actor
    rows: list[TagRow] = field(default_factory=list)

    @property
    def names(self) -> dict[int, str]:
        return {tag.id: tag.name for tag in self.rows}

    async def renew(self) -> bool:
        """Read them anew; whether there are others than before."""
        before, self.rows = self.rows, await asyncio.to_thread(tags.by_name, self.me.id)
        return self.rows != before

    def without_unknown(self, chosen: Filter) -> tuple[Filter, list[int]]:
        """The filter without those that there are not (any more), and those."""
        unknown = chosen.tags.difference(self.names)
        return replace(chosen, tags=chosen.tags - unknown), sorted(unknown)
