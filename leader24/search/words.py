"""How text becomes words: the same when it is indexed, sought and shown."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise
from zlib import crc32

WORD = re.compile(r"\w+")
LONGEST_WORD = 40
START_LENGTHS = (2, 3)


def fold(text: str) -> str:
    """Case, accents and width taken away: "Caffè" and "ＣＡＦＦＥ" become "caffe"."""
    if text.isascii():
        return text.lower()
    letters = (c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return "".join(letters).casefold()


def words_of(text: str) -> list[str]:
    return [word[:LONGEST_WORD] for word in WORD.findall(fold(text))]


def starts_of(words: Iterable[str]) -> set[str]:
    return {word[:length] for word in words for length in START_LENGTHS if len(word) >= length}


def pairs_of(words: Sequence[str]) -> set[str]:
    """Neighbouring words in 65,536 buckets: phrases are nearly decided by them, at a tenth of the size of positions."""
    return {f"{crc32(f'{a} {b}'.encode()) & 0xFFFF:04x}" for a, b in pairwise(words)}


def one_typo_away(word: str, alphabet: str) -> set[str]:
    """Every word one letter left out, added, swapped or mistaken; the first letter is taken as right."""
    cuts = [(word[:i], word[i:]) for i in range(1, len(word) + 1)]
    left_out = {a + b[1:] for a, b in cuts if b}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    mistaken = {a + c + b[1:] for a, b in cuts if b for c in alphabet}
    added = {a + c + b for a, b in cuts for c in alphabet}
    return (left_out | swapped | mistaken | added) - {word}
