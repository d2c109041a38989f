"""What others write, as it can be stored and read. It stays what it was: nothing is escaped here, as nothing that shows
it takes it for markup."""

import re
import unicodedata

NO_SIGHT = {"Cc", "Cf", "Cs", "Mn", "Me", "Zs", "Zl", "Zp"}  # controls, marks without a letter, spaces
BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters and signs, says Unicode, and yet there is nothing to see
# They turn over whatever stands behind them, or end what should keep them apart from it.
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def storable(text: str) -> str:
    """Without what JSON can carry but no database keeps: NUL and halves of surrogate pairs."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def lines(text: str) -> str:
    """What may have several lines; empty where nothing of it can be seen."""
    text = storable(text).strip()
    return "" if is_blank(text) else text


def line(text: str) -> str:
    """What stands among other words, such as a name: in one line, and without what would turn those over."""
    text = "".join(" " if unicodedata.category(each) == "Cc" else each for each in storable(text))
    text = " ".join(without_turning(text).split())
    return "" if is_blank(text) else text


def without_turning(text: str) -> str:
    return TURNING.sub("", text)


def is_blank(text: str) -> bool:
    return all(each in BLANKS or unicodedata.category(each) in NO_SIGHT for each in text)
