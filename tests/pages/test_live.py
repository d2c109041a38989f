"""News for the open inboxes."""

import asyncio
from collections.abc import AsyncIterator, Set

import pytest
from nicegui import core

from leader24 import changes
from leader24.pages import live
from leader24.pages.live import News


class Inbox:
    """Hears news."""

    member_id = 1

    def __init__(self) -> None:
        self.news: asyncio.Queue[int] = asyncio.Queue()
        self.many: asyncio.Queue[Set[int]] = asyncio.Queue()

    def hear(self, news: News) -> None:
        self.news.put_nowait(news.conversation_id)

    async def hear_many(self, conversation_ids: Set[int]) -> None:
        self.many.put_nowait(conversation_ids)


@pytest.fixture
async def inbox(database: object, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Inbox]:
    monkeypatch.setattr(core, "loop", asyncio.get_running_loop())
    changes.start()
    end, inbox = live.start(), Inbox()
    live.join(inbox)
    yield inbox
    live.leave(inbox)
    end()
    changes.stop()


async def test_what_changes_is_told_one_by_one(inbox: Inbox) -> None:
    changes.publish(7)
    assert await asyncio.wait_for(inbox.news.get(), 30) == 7
    assert inbox.many.empty()


async def test_of_very_much_at_once_an_inbox_hears_only_which(inbox: Inbox) -> None:
    for number in range(1, live.MANY + 2):
        changes.publish(number)
    assert await asyncio.wait_for(inbox.many.get(), 30) == set(range(1, live.MANY + 2))
    assert inbox.news.empty()
