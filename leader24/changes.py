"""News for the open pages: "conversation N changed", "these sign-ins have ended".

The first change of a conversation is told at once, further ones of the same moment together, so that a burst of
messages costs the pages little. Subscribers are called on the event loop that `start` was called on.
"""

import asyncio
import time
from collections.abc import Callable, Collection, Sequence
from contextvars import Context
from itertools import count
from typing import Final

PAUSE: Final = 0.3  # seconds between two calls about the same conversation
AT_ONCE, BREATH = 500, 0.01  # of many changes, and the seconds between

Listener = Callable[[int], None]
EndListener = Callable[[frozenset[str], bool], None]

_numbers = count(1)
_last = 0  # of the changes so far

_listeners: list[Listener] = []
_end_listeners: list[EndListener] = []
_loop: asyncio.AbstractEventLoop | None = None
_resting: dict[int, bool] = {}  # conversations told lately, and whether there is more to tell


def start() -> None:
    """Call from the running event loop."""
    global _loop
    _loop = asyncio.get_running_loop()


def stop() -> None:
    global _loop
    _loop = None
    _resting.clear()


def subscribe(listener: Listener) -> Callable[[], None]:
    """Returns how to end it."""
    _listeners.append(listener)
    return lambda: _listeners.remove(listener) if listener in _listeners else None


def last() -> int:
    """Another one than before if something has changed since."""
    return _last


def publish(conversation_id: int) -> None:
    """From any thread, after the commit."""
    global _last
    _last = next(_numbers)
    if _loop and not _loop.is_closed():
        # In a context of its own: what is told of must not go by the time that a story was set to.
        _loop.call_soon_threadsafe(_tell, conversation_id, context=Context())


def publish_many(conversation_ids: Sequence[int]) -> None:
    """As `publish`, from a thread other than the loop's: a little at a time, so that a thousand stop nobody."""
    for begin in range(0, len(conversation_ids), AT_ONCE):
        if begin:
            time.sleep(BREATH)  # the loop has a moment for its pages before the next ones
        for conversation_id in conversation_ids[begin : begin + AT_ONCE]:
            publish(conversation_id)


def on_end(listener: EndListener) -> Callable[[], None]:
    """Hears which sign-ins have ended, by their hashes, and whether they go on. Returns how to end it."""
    _end_listeners.append(listener)
    return lambda: _end_listeners.remove(listener) if listener in _end_listeners else None


def end(token_hashes: Collection[str], *, goes_on: bool = False) -> None:
    """From any thread, after the commit. `goes_on`: that browser is being given a new sign-in in its place."""
    if token_hashes and _loop and not _loop.is_closed():
        for listener in _end_listeners:
            _loop.call_soon_threadsafe(listener, frozenset(token_hashes), goes_on)


def _tell(conversation_id: int) -> None:
    if conversation_id in _resting:
        _resting[conversation_id] = True
        return
    _resting[conversation_id] = False
    loop = asyncio.get_running_loop()
    loop.call_later(PAUSE, _wake, conversation_id)
    for listener in _listeners:
        loop.call_soon(listener, conversation_id)  # each on its own: one that fails keeps the news from nobody


def _wake(conversation_id: int) -> None:
    if _resting.pop(conversation_id, False):
        _tell(conversation_id)
