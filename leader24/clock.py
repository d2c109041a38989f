"""The time, from one place: tests and the example inbox set it, nobody sleeps for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

_shift: ContextVar[timedelta] = ContextVar("shift", default=timedelta())


def now() -> datetime:
    """The moment in UTC, aware."""
    return datetime.now(UTC) + _shift.get()


@contextmanager
def shifted(by: timedelta) -> Iterator[None]:
    """Inside, in this thread or task, it is so much later (or earlier, if negative)."""
    token = _shift.set(_shift.get() + by)
    try:
        yield
    finally:
        _shift.reset(token)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Inside, in this thread or task, it is this moment, and time goes on from there."""
    with shifted(moment - now()):
        yield
