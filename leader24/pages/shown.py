"""What a member chose to see. All of it stands in the address, so that it survives a reload and can be sent on."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from fastapi import Request

from leader24.models import Source, Status
from leader24.services.conversations import Filter

LONGEST_TYPED = 300  # a little more than a search may have, so that it can be said that it is too long


@dataclass
class Shown:
    filter: Filter = field(default_factory=Filter)
    typed: str = ""
    open: int | None = None

    @classmethod
    def of(cls, request: Request, number: str) -> "Shown":
        """What in the address makes no sense is left out."""
        query = request.query_params
        statuses = frozenset(Status(each) for each in query.getlist("status") if each in set(Status))
        source = query.get("source", "")
        chosen = Filter(statuses, Source(source) if source in set(Source) else None)
        return cls(chosen, query.get("q", "")[:LONGEST_TYPED], number_in(number))

    @property
    def address(self) -> str:
        pairs = [("status", status.value) for status in Status if status in self.filter.statuses]
        pairs += [("source", self.filter.source.value)] if self.filter.source else []
        pairs += [("q", self.typed)] if self.typed else []
        path = f"/conversations/{self.open}" if self.open else "/"
        return f"{path}?{urlencode(pairs)}" if pairs else path


def number_in(text: str) -> int | None:
    """The conversation's number, if it can be one."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else None
