"""What the log leaves out: phone numbers, email addresses, the query strings of addresses, and what would make one line
two or one endless."""

import logging
import re
from types import TracebackType

AS_IT_STANDS = {"stands": True}  # as `extra` of a line that is meant to be read whole, such as the set-up link

LONGEST = 2000  # characters of a message; open pages may send some, those for strangers too

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_PHONE = re.compile(r"\+\d[\d\s().\-/]{4,}\d|(?<![\w.])\d{7,}(?!\w)|(?<![\w.])\d{2,4}(?:[ .\-/]\d{2,4}){2,}(?![\w.])")
_EMAIL = re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")
_QUERY = re.compile(r"\?[\w.~%\-\[\]]+=[^\s\"'<>]*")


def redacted(text: str) -> str:
    """Of a phone number the first and the last two digits stay, so that one can tell whether two lines are about the
    same one."""
    return _PHONE.sub(_masked, _EMAIL.sub("…@…", _QUERY.sub("?…", text)))


class Formatter(logging.Formatter):
    """For whatever reaches the log, our own lines and those of libraries, tracebacks too."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        if not getattr(record, "stands", False):
            record.message = redacted(_on_one_line(record.message))
        return super().formatMessage(record)

    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        return redacted(super().formatException(ei))

    def formatStack(self, stack_info: str) -> str:
        return redacted(super().formatStack(stack_info))


def _on_one_line(text: str) -> str:
    """Nobody writes a line of his own into the log, or takes over the terminal that shows it."""
    text = _CONTROL.sub(" ", text)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _masked(found: re.Match[str]) -> str:
    digits = [sign for sign in found[0] if sign.isdecimal()]
    plus = "+" if found[0].startswith("+") else ""
    return f"{plus}{''.join(digits[:2])}…{''.join(digits[-2:])}"
