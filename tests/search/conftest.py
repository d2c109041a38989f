from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from leader24.search import Entry, Index
from tests.search.shop import Database, index_of

Indexed = Callable[..., Index]
Found = Callable[..., list[int]]


@pytest.fixture
def indexed(tmp_path: Path) -> Iterator[Indexed]:
    """An index of these conversations, closed after the test."""
    with ExitStack() as stack:
        yield lambda *entries: stack.enter_context(closing(index_of(tmp_path, Database(*entries))))


@pytest.fixture
def found(indexed: Indexed) -> Found:
    """The ids that a text finds among these conversations."""

    def search(text: str, *entries: Entry, limit: int = 30, **filters: object) -> list[int]:
        return [hit.id for hit in indexed(*entries).search(text, limit, **filters).hits]  # type: ignore[arg-type]

    return search
