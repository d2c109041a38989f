"""The last requests to the WhatsApp webhooks whose signature was wrong, so that an owner sees why nothing arrives.
In memory only, and never what they said."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime

from leader24 import clock, db
from leader24.services import rights
from leader24.services.rights import Right

KEPT = 20


@dataclass(frozen=True, slots=True)
class Rejection:
    at: datetime
    expected_url: str
    parameters: tuple[str, ...]
    reason: str  # a code: see pages/words.py


_last: deque[Rejection] = deque(maxlen=KEPT)
_count = 0


def note(expected_url: str, parameters: list[str], reason: str) -> None:
    global _count
    _count += 1
    _last.appendleft(
        Rejection(clock.now(), expected_url[:300], tuple(sorted(name[:60] for name in parameters))[:60], reason)
    )


def last(member_id: int) -> tuple[Rejection, ...]:
    """The newest first."""
    with db.read() as session:
        rights.check(session, member_id, Right.RUN)
    return tuple(_last)


def count() -> int:
    """Since the start."""
    return _count
