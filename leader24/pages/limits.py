"""How much a stranger may send, so that nobody floods the inbox or runs up the costs of the AI."""

from dataclasses import dataclass
from math import ceil

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from leader24 import clock


@dataclass(frozen=True, slots=True)
class Limits:
    messages: RateLimitItem  # of one visitor
    newcomers: RateLimitItem  # from one network address
    requests: RateLimitItem  # from one network address
    keys: RateLimitItem  # of one visitor: how often he may say that he is writing


USUAL = Limits(
    messages=RateLimitItemPerMinute(20),
    newcomers=RateLimitItemPerHour(60),
    requests=RateLimitItemPerMinute(300, multiples=10),
    keys=RateLimitItemPerMinute(40),
)


class TooMany(Exception):
    """`wait`: seconds after which it is worth asking again."""

    def __init__(self, wait: int) -> None:
        super().__init__(wait)
        self.wait = wait


class Allowance:
    """One limit, counted for each visitor or address in the memory of this process."""

    def __init__(self, limit: RateLimitItem) -> None:
        self._limit = limit
        # The library's moving window keeps every name for ever, and looks at all of them again and again.
        self._window = SlidingWindowCounterRateLimiter(MemoryStorage())

    def spend(self, who: str) -> None:
        """Raises TooMany, and then counts nothing."""
        if not self._window.hit(self._limit, who):
            raise self._refusal(who)

    def check(self, who: str) -> None:
        """Raises TooMany where nothing is left to spend."""
        if not self._window.test(self._limit, who):
            raise self._refusal(who)

    def note(self, who: str) -> None:
        """Counts what has happened already."""
        self._window.hit(self._limit, who)

    def _refusal(self, who: str) -> TooMany:
        reset_at = self._window.get_window_stats(self._limit, who).reset_time
        return TooMany(max(1, ceil(reset_at - clock.now().timestamp())))
