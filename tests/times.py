"""Time in tests: it is set, never slept."""

from contextlib import AbstractContextManager
from datetime import timedelta

from leader24 import clock


def later(**span: float) -> AbstractContextManager[None]:
    """Inside, so much more time has passed: `with later(minutes=10):`."""
    return clock.shifted(timedelta(**span))
