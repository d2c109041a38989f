"""Who is writing at this moment."""

import asyncio
from collections.abc import Iterator

import pytest

from leader24.models import Author
from leader24.pages import writers

MEMBER = Author.MEMBER


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writers, "LASTS", 0.2)
    monkeypatch.setattr(writers, "PAUSE", 0.1)
    monkeypatch.setattr(writers, "_writers", {})


@pytest.fixture
def heard() -> Iterator[list[tuple[int, Author]]]:
    heard: list[tuple[int, Author]] = []
    end = writers.subscribe(lambda *place: heard.append(place))
    yield heard
    end()


def name(conversation_id: int) -> str | None:
    writer = writers.who(conversation_id, MEMBER)
    return writer.name if writer else None


async def test_it_is_over_by_itself(heard: list[tuple[int, Author]]) -> None:
    writers.note(1, MEMBER, "Marta")
    assert name(1) == "Marta" and name(2) is None and writers.who(1, Author.CUSTOMER) is None
    await asyncio.sleep(0.3)
    assert name(1) is None and heard == [(1, MEMBER)] * 2


async def test_quick_keys_are_told_once_and_lasting_ones_go_on(heard: list[tuple[int, Author]]) -> None:
    for _ in range(10):
        writers.note(1, MEMBER, "Marta")
    await asyncio.sleep(0)
    assert heard == [(1, MEMBER)]
    for _ in range(3):
        await asyncio.sleep(0.12)
        writers.note(1, MEMBER, "Marta")
        assert name(1) == "Marta"
    await asyncio.sleep(0.3)
    assert name(1) is None


async def test_what_is_sent_is_written_no_more(heard: list[tuple[int, Author]]) -> None:
    writers.end(1, MEMBER)
    writers.note(1, MEMBER, "Marta")
    writers.end(1, MEMBER)
    await asyncio.sleep(0)
    assert name(1) is None and heard == [(1, MEMBER)] * 2
    writers.note(1, MEMBER, "Ben")
    assert name(1) == "Ben"
