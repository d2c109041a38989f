"""What people type, made fit to be stored and sent."""

import re

from leader24.services import plain_text

# Control characters but for new lines and tabs, and the halves that are left where an emoji was cut in two.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def clean(typed: str) -> str:
    """Without what nobody meant to type, and without empty ends; empty where nothing of it can be seen."""
    return plain_text.lines(fit(typed))


def fit(typed: str) -> str:
    """Without what nobody meant to type."""
    return _UNFIT.sub("", typed.replace("\r\n", "\n"))


def pieces(text: str, longest: int) -> list[str]:
    """The text in order in as few pieces as will do, none longer than that: cut between paragraphs, else lines, else
    sentences, else words, and only where there is nothing else anywhere."""
    found = []
    while len(text) > longest:
        end = _cut(text[: longest + 1], longest)
        found.append(text[:end].rstrip())
        text = text[end:].lstrip()
    return [*found, text]


def _cut(text: str, longest: int) -> int:
    """Where the first piece ends; not so early that the cut alone would double the number of pieces."""
    for between in ("\n\n", "\n", ". ", " "):
        end = text.rfind(between, longest // 2)
        if end >= 0:
            return min(end + len(between), longest)
    return longest
