"""Whose turn it is to write. SQLite lets one writer in and is unfair to those who wait, so ours wait here."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """One at a time. Where somebody waits for the answer (a customer, a member, Twilio) he goes before work that
    nobody looks at; among equals it is first come, first served, more or less."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._is_taken = False
        self._awaited = 0

    @contextmanager
    def turn(self, *, can_wait: bool, seconds: float) -> Iterator[bool]:
        """Whether it came within that time; if not, nothing may be written."""
        is_mine = self._take(can_wait, seconds)
        try:
            yield is_mine
        finally:
            if is_mine:
                self._give_back()

    def _take(self, can_wait: bool, seconds: float) -> bool:
        with self._changed:
            self._awaited += not can_wait
            try:
                is_mine = self._changed.wait_for(lambda: self._is_free(can_wait), seconds)
            finally:
                self._awaited -= not can_wait
            self._is_taken = self._is_taken or is_mine
            return is_mine

    def _is_free(self, can_wait: bool) -> bool:
        return not self._is_taken and not (can_wait and self._awaited)

    def _give_back(self) -> None:
        with self._changed:
            self._is_taken = False
            self._changed.notify_all()
