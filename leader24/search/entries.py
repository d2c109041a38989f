"""A conversation as it is to be found."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple


class Text(NamedTuple):
    kind: str  # title, contact, message, summary, note, tag, phone
    text: str
    id: int | None = None  # of the message or note, to jump to


@dataclass(frozen=True, slots=True)
class Entry:
    """`revision` is compared with the database to see what is behind; `last_message_at` is aware."""

    id: int
    revision: int
    texts: tuple[Text, ...]
    phones: tuple[str, ...]
    last_message_at: datetime
