"""Where a conversation matched: the kind of text, and the passage with its matching words marked."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from leader24.search.entries import Text
from leader24.search.phones import number_of
from leader24.search.query import Query, Term
from leader24.search.words import LONGEST_WORD, fold, words_of

BEFORE, AFTER = 50, 110  # letters around the first mark
WRITTEN_WORD = re.compile(r"\w[\w\u0300-\u036f]*")  # some write an accent as a letter of its own

Mark = tuple[int, int, str]  # beginning, end, sought word


@dataclass(frozen=True, slots=True)
class Passage:
    """`marks` are beginnings and ends within the excerpt."""

    text: Text
    excerpt: str
    marks: tuple[tuple[int, int], ...]


def passage(query: Query, texts: Iterable[Text]) -> Passage | None:
    """From the text with most of the sought words; of equals the first."""
    marked = [(text, marks) for text in texts if (marks := _marks(query, text))]
    if not marked:
        return None
    return _excerpt(*max(marked, key=lambda pair: len({word for _, _, word in pair[1]})))


def has_phrase(term: Term, texts: Iterable[Text]) -> bool:
    sought = f" {' '.join(term.words)} "
    return any(sought in f" {' '.join(words_of(text.text))} " for text in texts if term.words[0] in fold(text.text))


def _marks(query: Query, text: Text) -> list[Mark]:
    """Words are compared folded and marked as they are written; those of a phrase only where it stands."""
    if text.kind == "phone":
        number = number_of(text.text)
        found = [fragment for term in query.wanted for fragment in term.fragments if fragment in number]
        return [(0, len(text.text), found[0])] if found else []
    terms = [term for term in query.wanted if not term.is_phrase or has_phrase(term, [text])]
    whole = {word for term in terms for word in term.words}
    starts = tuple(term.words[-1] for term in terms if term.is_start)
    folded = fold(text.text)
    if not any(word in folded for word in whole):
        return []
    written = ((match, fold(match.group())[:LONGEST_WORD]) for match in WRITTEN_WORD.finditer(text.text))
    return [(m.start(), m.end(), word) for m, word in written if word in whole or word.startswith(starts or (" ",))]


def _excerpt(text: Text, marks: list[Mark]) -> Passage:
    begin = max(0, marks[0][0] - BEFORE)
    end = min(len(text.text), begin + BEFORE + AFTER)
    inside = tuple((first - begin, last - begin) for first, last, _ in marks if last <= end)
    return Passage(text, text.text[begin:end], inside)
