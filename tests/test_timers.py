"""Work that is done again and again."""

import asyncio
from threading import Barrier, Lock

import pytest

from leader24 import timers


async def test_work_is_done_again_and_again_until_it_is_cancelled() -> None:
    times, enough = 0, asyncio.Event()

    async def work() -> None:
        nonlocal times
        times += 1
        if times == 3:
            enough.set()

    timer = asyncio.create_task(timers.every(0, work))
    await asyncio.wait_for(enough.wait(), 5)
    timer.cancel()
    with pytest.raises(asyncio.CancelledError):
        await timer


async def test_a_run_that_fails_is_noted_and_the_next_one_comes(caplog: pytest.LogCaptureFixture) -> None:
    again = asyncio.Event()

    async def work() -> None:
        if caplog.records:
            again.set()
        raise ZeroDivisionError

    timer = asyncio.create_task(timers.every(0, work))
    await asyncio.wait_for(again.wait(), 5)
    timer.cancel()
    assert caplog.messages[0] == "work failed"


async def test_two_runs_of_the_same_never_overlap() -> None:
    running = most = times = 0
    enough = asyncio.Event()

    async def work() -> None:
        nonlocal running, most, times
        running, times = running + 1, times + 1
        most = max(most, running)
        await asyncio.sleep(0)
        running -= 1
        if times == 5:
            enough.set()

    timer = asyncio.create_task(timers.every(0, work))
    await asyncio.wait_for(enough.wait(), 5)
    timer.cancel()
    assert most == 1


async def test_all_that_is_claimed_is_worked_off_until_nothing_is_due() -> None:
    claims, done = [[1, 2], [3], []], list[int]()
    await timers.work_off(lambda: claims.pop(0), done.append, at_once=2)
    assert sorted(done) == [1, 2, 3] and claims == []


async def test_so_many_are_worked_on_at_once_and_no_more() -> None:
    both, lock = Barrier(2, timeout=5), Lock()
    running = most = 0
    claims = [[1, 2, 3, 4], []]

    def work(_: int) -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        both.wait()
        with lock:
            running -= 1
        both.wait()

    await timers.work_off(lambda: claims.pop(0), work, at_once=2)
    assert most == 2


async def test_one_that_fails_does_not_stop_the_others() -> None:
    claims, done = [[0, 1, 2]], list[int]()

    def work(number: int) -> None:
        done.append(6 // number)

    with pytest.raises(ZeroDivisionError):
        await timers.work_off(lambda: claims.pop(0), work, at_once=1)
    assert sorted(done) == [3, 6]
