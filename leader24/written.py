"""Values as people write them, in the environment or in the browser: read, or a ValueError saying what is allowed."""

import re
from datetime import timedelta
from urllib.parse import SplitResult, urlsplit

LONGEST_MODEL = 100
NAME = re.compile(r"[\w.-]+|[0-9a-f:.]+")  # of a machine, or its address


def origin(text: str) -> str:
    parts = web(text)
    if parts.path.strip("/") or parts.query or parts.fragment or parts.username is not None:
        raise ValueError("an address without a path, such as https://chat.example.com")
    if not parts.netloc.isascii():
        raise ValueError("an international address in the form that begins with xn--, as browsers send it")
    return f"{parts.scheme}://{parts.netloc.lower()}"  # as browsers write it in Origin


def address(text: str) -> str:
    if text:
        web(text)
    return text.rstrip("/")


def web(text: str) -> SplitResult:
    message = "an address that begins with http:// or https://"
    try:
        parts = urlsplit(text)
        is_web = parts.scheme in ("http", "https") and bool(NAME.fullmatch(parts.hostname or "")) and parts.port != 0
    except ValueError:  # a port that is no number, a bracket that stays open
        raise ValueError(message) from None
    if not is_web:
        raise ValueError(message)
    return parts


def minutes(text: str) -> timedelta:
    message = "minutes from 0.01 to 1440, fractions with a point"
    try:
        minutes = float(text)
    except ValueError:
        raise ValueError(message) from None
    if not 0.01 <= minutes <= 1440:
        raise ValueError(message)
    return timedelta(minutes=minutes)


def key(text: str) -> str:
    """As a header can carry it."""
    if not text.isascii() or not text.isprintable() or " " in text:
        raise ValueError("letters, digits and signs of ASCII, without spaces")
    return text


def model(text: str) -> str:
    if len(text) > LONGEST_MODEL or not text.isprintable():
        raise ValueError(f"a name of up to {LONGEST_MODEL} characters, in one line")
    return text


def account(text: str) -> str:
    if text and not re.fullmatch(r"AC[0-9a-fA-F]{32}", text):
        raise ValueError("AC and 32 hexadecimal digits, as Twilio's console shows it")
    return text


def sender(text: str) -> str:
    number = text.removeprefix("whatsapp:").replace(" ", "")
    if text and not re.fullmatch(r"\+[1-9]\d{6,14}", number):
        raise ValueError("a number with its country code, such as +14155238886")
    return f"whatsapp:{number}" if text else ""
