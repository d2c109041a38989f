"""A conversation as the agent and the reviewer read it."""

from dataclasses import dataclass
from datetime import datetime

from leader24.models import Author, Source


@dataclass(frozen=True, slots=True)
class Line:
    seq: int
    author: Author
    text: str
    at: datetime
    is_unsent: bool = False  # ours, and the customer certainly never got it


@dataclass(frozen=True, slots=True)
class Transcript:
    """All messages in their order; `reviewed_to` is the seq up to which an earlier review has seen them, or 0."""

    conversation_id: int
    source: Source
    lines: tuple[Line, ...]
    reviewed_to: int = 0

    def by(self, author: Author) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.author is author)

    @property
    def version(self) -> int:
        return self.lines[-1].seq if self.lines else 0
