"""What an owner types into settings, read and checked: one reader for each field."""

import re
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from leader24 import i18n, written
from leader24.services import plain_text
from leader24.services.refusals import Refused

LONGEST_NAME, LONGEST_TEXT = 100, 8000
DAYS = 7


def read(name: str, typed: Any) -> Any:
    """The value of this field of the preferences. Raises Refused; its code begins with the field's name."""
    return _READERS[name](typed)


def day(line: Any) -> str:
    """The hours of one day. Raises Refused."""
    spans = [part for part in re.split(r"[,;\s]+", re.sub(r"\s*[-–—]\s*", "–", str(line).strip())) if part]
    times = [_time(each) for span in spans for each in _ends(span)]
    if len(times) > 8 or any(later <= earlier for earlier, later in pairwise(times)):
        raise Refused("hours")
    return ", ".join(f"{begin}–{end}" for begin, end in zip(times[::2], times[1::2], strict=True))


def _line(code: str, longest: int, *, may_be_empty: bool = True) -> Callable[[Any], str]:
    def line(typed: Any) -> str:
        text = plain_text.line(str(typed))
        if not text and not may_be_empty:
            raise Refused(f"{code}_empty")
        return _short(text, longest, code)

    return line


def _text(code: str) -> Callable[[Any], str]:
    return lambda typed: _short(plain_text.lines(str(typed)), LONGEST_TEXT, code)


def _short(text: str, longest: int, code: str) -> str:
    if len(text) > longest:
        raise Refused(f"{code}_long")
    return text


def _one_of(code: str, known: Callable[[], Any]) -> Callable[[Any], str]:
    def one_of(typed: Any) -> str:
        if typed not in known():
            raise Refused(code)
        return str(typed)

    return one_of


def _as(code: str, reader: Callable[[str], Any]) -> Callable[[Any], Any]:
    """As the environment reads the same."""

    def read_as(typed: Any) -> Any:
        try:
            return reader(_short(str(typed).strip(), 500, code))
        except ValueError:
            raise Refused(code) from None

    return read_as


def _number(code: str, most: int) -> Callable[[Any], int]:
    def number(typed: Any) -> int:
        text = str(typed).strip()
        if not text.isdecimal() or not text.isascii() or len(text) > 9 or int(text) > most:
            raise Refused(code)
        return int(text)

    return number


def _days(typed: Any) -> timedelta:
    days = _number("new_conversation_after", 3650)(typed)
    if not days:
        raise Refused("new_conversation_after")
    return timedelta(days=days)


def _comma(reader: Callable[[str], timedelta]) -> Callable[[str], timedelta]:
    """Italians write 2,5."""
    return lambda text: reader(text.replace(",", "."))


def _hours(typed: Any) -> tuple[str, ...]:
    """Seven lines from Monday on, such as "9-13, 15.30-19"; an empty one is a day off."""
    lines = tuple(map(day, typed))
    if len(lines) != DAYS:
        raise Refused("hours")
    return lines


def _ends(span: str) -> list[str]:
    ends = span.split("–")
    if len(ends) != 2:
        raise Refused("hours")
    return ends


def _time(text: str) -> str:
    """ "9" and "9.30" are what people write."""
    found = re.fullmatch(r"([01]?\d|2[0-4])(?:[:.h]([0-5]\d))?", text, re.ASCII)
    if not found or (found[1] == "24" and found[2] not in (None, "00")):
        raise Refused("hours")
    return f"{int(found[1]):02}:{found[2] or '00'}"


def _sites(typed: Any) -> tuple[str, ...]:
    """The websites that may show the widget, one in each line."""
    return tuple(dict.fromkeys(_site(line.strip()) for line in str(typed).splitlines() if line.strip()))


def _site(address: str) -> str:
    try:
        parts = urlsplit(address)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        raise Refused("widget_sites") from None
    host = parts.hostname or ""
    is_plain = re.fullmatch(r"[a-z0-9.-]+", host) and not parts.username
    if parts.scheme not in ("http", "https") or not is_plain or len(address) > 200:
        raise Refused("widget_sites")
    return f"{parts.scheme}://{host}{port}"


_READERS: dict[str, Callable[[Any], Any]] = {
    "business_name": _line("business_name", LONGEST_NAME),
    "description": _text("description"),
    "language": _one_of("language", lambda: i18n.CODES),
    "time_zone": _one_of("time_zone", available_timezones),
    "hours": _hours,
    "review_after": _as("review_after", _comma(written.minutes)),
    "new_conversation_after": _days,
    "agent_name": _line("agent_name", 60, may_be_empty=False),
    "instructions": _text("instructions"),
    "ai_calls_a_day": _number("ai_calls_a_day", 1_000_000),
    "openai_api_key": _as("openai_api_key", written.key),
    "openai_base_url": _as("openai_base_url", written.address),
    "model": _line("model", LONGEST_NAME, may_be_empty=False),
    "twilio_account_sid": _as("twilio_account_sid", written.account),
    "twilio_auth_token": _as("twilio_auth_token", written.key),
    "twilio_whatsapp_from": _as("twilio_whatsapp_from", written.sender),
    "widget_sites": _sites,
    "are_first_steps_dismissed": bool,
}
