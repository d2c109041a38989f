"""Answers as whoever compares them sees them."""

import re

from httpx import Response

# Of the moment, or of what was asked: names of pages, of kept forms, of links, and times.
PASSING = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<=again=)[\w-]+|(?<=link=)[\w%-]*|[\w-]{43}")
PASSING_HEADERS = {"date", "content-length", "etag", "last-modified"}

Told = tuple[int, dict[str, str], str]


def told(answer: Response, *asked: str) -> Told:
    """Status, headers and text without what differs from one answer to the next anyway, and without these words."""
    headers = {name: _plain(value, asked) for name, value in answer.headers.items() if name not in PASSING_HEADERS}
    if "set-cookie" in headers:
        headers["set-cookie"] = re.sub(r"=[^;]*", "=", headers["set-cookie"], count=1)
    return answer.status_code, headers, _plain(answer.text, asked)


def _plain(text: str, asked: tuple[str, ...]) -> str:
    for word in filter(None, asked):
        text = text.replace(word, "…")
    return PASSING.sub("…", text)
