"""Conversations of an invented shop, and a stand-in for the database that holds them."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from leader24.search import Entry, Index, Text, create, switch

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
PHONE = "+393472209184"


def conversation(
    id: int, *messages: str, title: str = "", phone: str = PHONE, at: datetime | None = None, revision: int = 1
) -> Entry:
    texts = (Text("title", title), *(Text("message", message, number) for number, message in enumerate(messages)))
    return Entry(id, revision, texts, (phone,) if phone else (), at or NINE + timedelta(minutes=id))


def many() -> Iterator[Entry]:
    """A source for rebuilds."""
    print("This line is none of the rebuild's own.")
    return (conversation(number, f"hello word{number}") for number in range(450))


class Database:
    def __init__(self, *entries: Entry) -> None:
        self.entries = {entry.id: entry for entry in entries}

    def read(self, ids: list[int]) -> dict[int, Iterable[Text]]:
        return {id: iter(self.entries[id].texts) for id in ids if id in self.entries}


def index_of(root: Path, database: Database) -> Index:
    switch(root, create(root, database.entries.values()))
    return Index(root, database.read)
