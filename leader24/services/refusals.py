"""What was typed cannot be taken."""

from collections.abc import Mapping


class Refused(Exception):
    """`code` says why, for the page: see pages/words.py. Nothing was stored; what was typed is still there."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Overtaken(Exception):
    """Somebody changed it after it was shown. `now` is what stands there, by field; `by` is who wrote it, "" where
    it was no member. Nothing was stored; what was typed is still there."""

    def __init__(self, now: Mapping[str, str], by: str) -> None:
        super().__init__(", ".join(now))
        self.now, self.by = dict(now), by
