"""Whose turn it is to write. SQLite lets one writer in and is unfair to those who wait, so ours wait here."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """One at a time. Where somebody waits for the answer (a customer, a member, Twilio) he goes before work that
    nobody looks at; among equals it is first come, first served."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._is_taken = False
        self._awaited = deque[threading.Event]()
        self._patient = deque[threading.Event]()

    @contextmanager
    def turn(self, *, can_wait: bool, seconds: float) -> Iterator[bool]:
        """Whether it came within that time; if not, nothing may be written."""
        is_mine = self._take(self._patient if can_wait else self._awaited, seconds)
        try:
            yield is_mine
        finally:
            if is_mine:
                self._give_on()

    def _take(self, queue: deque[threading.Event], seconds: float) -> bool:
        with self._lock:
            if not self._is_taken:
                self._is_taken = True
                return True
            called = threading.Event()
            queue.append(called)
        called.wait(seconds)
        with self._lock:
            if not called.is_set():  # it may have been called in the moment after the time was up
                queue.remove(called)
            return called.is_set()

    def _give_on(self) -> None:
        """To the next one himself: were it only free, whoever comes back first could take it again and again."""
        with self._lock:
            queue = self._awaited or self._patient
            if queue:
                queue.popleft().set()
            else:
                self._is_taken = False
