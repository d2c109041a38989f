"""Who is writing at this moment, for those who wait for it. In memory only, and for some seconds after a key."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from leader24.models import Author

LASTS = 6.0  # seconds after the last key
PAUSE = 2.0  # seconds; it is not told more often

Listener = Callable[[int, Author], None]
Place = tuple[int, Author]  # in which conversation, on which side of it


@dataclass(frozen=True, slots=True)
class Writer:
    """`at`: by the clock of the event loop."""

    name: str
    at: float


_writers: dict[Place, Writer] = {}
_listeners: list[Listener] = []


def note(conversation_id: int, author: Author, name: str = "") -> None:
    """At any key, on the event loop."""
    loop, place = asyncio.get_running_loop(), (conversation_id, author)
    known = _writers.get(place)
    if known and known.name == name and loop.time() < known.at + PAUSE:
        return
    _writers[place] = writer = Writer(name, loop.time())
    loop.call_later(LASTS, _expire, place, writer)
    _tell(place)


def end(conversation_id: int, author: Author) -> None:
    """It was sent, or given up."""
    if (conversation_id, author) in _writers:
        _end((conversation_id, author))


def who(conversation_id: int, author: Author) -> Writer | None:
    return _writers.get((conversation_id, author))


def subscribe(listener: Listener) -> Callable[[], None]:
    """Hears of every beginning, going on and end. Returns how to end it."""
    _listeners.append(listener)
    return lambda: _listeners.remove(listener) if listener in _listeners else None


def _expire(place: Place, writer: Writer) -> None:
    """Unless he has gone on."""
    if _writers.get(place) is writer:
        _end(place)


def _end(place: Place) -> None:
    del _writers[place]
    _tell(place)


def _tell(place: Place) -> None:
    loop = asyncio.get_running_loop()
    for listener in _listeners:
        loop.call_soon(listener, *place)  # each on its own: one that fails keeps it from nobody
