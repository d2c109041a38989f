"""What the log leaves out: phone numbers, email addresses and the query strings of addresses."""

import logging
import re
from types import TracebackType

AS_IT_STANDS = {"stands": True}  # as `extra` of a line that is meant to be read whole, such as the set-up link

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
            record.message = redacted(record.message)
        return super().formatMessage(record)

    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        return redacted(super().formatException(ei))

    def formatStack(self, stack_info: str) -> str:
        return redacted(super().formatStack(stack_info))


def _masked(found: re.Match[str]) -> str:
    digits = [sign for sign in found[0] if sign.isdecimal()]
    plus = "+" if found[0].startswith("+") else ""
    return f"{plus}{''.join(digits[:2])}…{''.join(digits[-2:])}"
