"""The time, from one place."""

import asyncio
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest

from leader24 import clock
from tests.times import later

NOON = datetime(2030, 5, 1, 12, tzinfo=UTC)


def test_it_is_now_in_utc() -> None:
    before = datetime.now(UTC)
    assert before <= clock.now() <= datetime.now(UTC) and clock.now().tzinfo is UTC


def test_it_can_be_any_moment_and_goes_on_from_there() -> None:
    with clock.at(NOON):
        first, second = clock.now(), clock.now()
    assert NOON <= first <= second < NOON + timedelta(seconds=5)
    assert clock.now() < NOON


def test_shifts_add_up_and_end_with_their_block() -> None:
    with clock.at(NOON):
        with later(hours=1), later(hours=-3):
            assert abs(clock.now() - NOON + timedelta(hours=2)) < timedelta(seconds=5)
        with pytest.raises(ZeroDivisionError), later(days=1):
            raise ZeroDivisionError
        assert clock.now() - NOON < timedelta(seconds=5)


async def test_work_that_a_coroutine_gives_to_a_thread_has_its_time() -> None:
    with clock.at(NOON):
        assert await asyncio.to_thread(clock.now) >= NOON


async def test_two_tasks_have_their_own_time() -> None:
    async def year(moment: datetime) -> int:
        with clock.at(moment):
            await asyncio.sleep(0)
            return clock.now().year

    years = [2030, 2040]
    assert await asyncio.gather(*(year(datetime(each, 5, 1, tzinfo=UTC)) for each in years)) == years


def test_a_thread_of_its_own_has_the_real_time() -> None:
    seen: list[datetime] = []
    with clock.at(NOON):
        thread = Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()
    assert seen[0] < NOON
