"""Doing things at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from threading import Barrier
from typing import TypeVar

Result = TypeVar("Result")


def at_once(number: int, work: Callable[[int], Result]) -> list[Result]:
    """`work(0)`, `work(1)` … in so many threads that start together and share the test's clock."""
    start = Barrier(number)

    def begin(which: int) -> Result:
        start.wait()
        return work(which)

    with ThreadPoolExecutor(number) as pool:
        return [each.result() for each in [pool.submit(copy_context().run, begin, n) for n in range(number)]]
