"""News for the open pages."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import pytest

from leader24 import changes, clock


class Page:
    """Hears news."""

    def __init__(self) -> None:
        self.heard: asyncio.Queue[int] = asyncio.Queue()
        self.leave: Callable[[], None] = changes.subscribe(self.heard.put_nowait)

    async def next(self) -> int:
        return await asyncio.wait_for(self.heard.get(), timeout=5)


@pytest.fixture
async def page(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Page]:
    monkeypatch.setattr(changes, "PAUSE", 0.02)
    changes.start()
    page = Page()
    yield page
    page.leave()
    changes.stop()


async def turn() -> None:
    """Let the loop do what is waiting."""
    for _ in range(3):
        await asyncio.sleep(0)


async def test_a_change_is_told_at_once(page: Page) -> None:
    changes.publish(7)
    await turn()
    assert page.heard.get_nowait() == 7


async def test_a_burst_is_told_as_its_first_change_and_once_more(page: Page) -> None:
    for _ in range(100):
        changes.publish(7)
    await turn()
    assert page.heard.qsize() == 1
    assert [await page.next(), await page.next()] == [7, 7]
    changes.publish(8)
    assert await page.next() == 8 and page.heard.empty()


async def test_other_conversations_do_not_wait_for_a_busy_one(page: Page) -> None:
    for conversation_id in (7, 7, 8, 9):
        changes.publish(conversation_id)
    await turn()
    assert [page.heard.get_nowait() for _ in range(3)] == [7, 8, 9]


async def test_a_change_in_a_thread_is_heard_in_the_loop(page: Page) -> None:
    await asyncio.to_thread(changes.publish, 7)
    assert await page.next() == 7


async def test_who_has_left_hears_nothing_and_may_leave_twice(page: Page) -> None:
    staying = Page()
    page.leave()
    page.leave()
    changes.publish(7)
    assert await staying.next() == 7 and page.heard.empty()
    staying.leave()


async def test_a_page_that_leaves_when_it_hears_keeps_the_news_from_nobody(page: Page) -> None:
    leaving = changes.subscribe(lambda _: leaving())
    staying = Page()
    changes.publish(7)
    assert await staying.next() == 7
    staying.leave()


async def test_a_page_that_fails_keeps_the_news_from_nobody(page: Page) -> None:
    def failing(_: int) -> None:
        raise ZeroDivisionError

    asyncio.get_running_loop().set_exception_handler(lambda loop, context: None)
    ends = [changes.subscribe(failing), (staying := Page()).leave]
    changes.publish(7)
    assert await staying.next() == 7
    for end in ends:
        end()


def test_without_pages_a_change_is_told_to_nobody() -> None:
    changes.publish(7)


async def test_after_the_end_nothing_is_told(page: Page) -> None:
    changes.stop()
    changes.publish(7)
    await turn()
    assert page.heard.empty()


async def test_many_changes_are_told_a_little_at_a_time(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "AT_ONCE", 2)
    await asyncio.to_thread(changes.publish_many, [5, 4, 3, 2, 1])
    assert [await page.next() for _ in range(5)] == [5, 4, 3, 2, 1]


async def test_news_go_by_the_time_of_who_hears_them(page: Page) -> None:
    told: list[timedelta] = []
    leave = changes.subscribe(lambda _: told.append(clock.now() - begun))
    begun = clock.now()
    with clock.shifted(timedelta(days=-2)):
        changes.publish(7)
    await page.next()
    leave()
    assert abs(told[0]) < timedelta(hours=1)
