"""Which conversations a query means: sets of them as whole numbers, see segments.py."""

import string
from collections.abc import Sequence
from itertools import islice

from leader24.search.entries import Text
from leader24.search.passages import has_phrase
from leader24.search.query import Query, Term
from leader24.search.segments import Segment
from leader24.search.words import one_typo_away, pairs_of

View = list[tuple[Segment, int]]  # every segment with those of its conversations that are meant
Variants = dict[str, dict[str, int]]  # for a word: words that it may stand for, with the number of conversations

MOST_VARIANTS = 20
SHORTEST_FORGIVEN = 3
LETTERS = string.ascii_lowercase + string.digits


def matching(view: View, query: Query, variants: Variants) -> View:
    return [(segment, _in_segment(segment, live, query, variants)) for segment, live in view]


def count(view: View) -> int:
    return sum(bits.bit_count() for _, bits in view)


def variants_of(view: View, query: Query) -> Variants:
    """Words one typo away that there are: for each word that there is not or, if there is none such, for each."""
    words = {word for term in query.wanted if not term.is_phrase for word in term.words}
    words = {word for word in words if len(word) >= SHORTEST_FORGIVEN}
    unknown = {word for word in words if not _conversations(view, word)}
    found = {word: _known(view, one_typo_away(word, LETTERS)) for word in sorted(unknown or words)}
    return {word: known for word, known in found.items() if known}


def has_phrases(query: Query) -> bool:
    return any(term.is_phrase for term in query.wanted + query.unwanted)


def phrases_fit(query: Query, texts: Sequence[Text]) -> bool:
    """Segments know words and neighbours but not their order; the texts decide."""
    wanted = [term for term in query.wanted if term.is_phrase]
    unwanted = [term for term in query.unwanted if term.is_phrase]
    return all(has_phrase(term, texts) for term in wanted) and not any(has_phrase(term, texts) for term in unwanted)


def _in_segment(segment: Segment, bits: int, query: Query, variants: Variants) -> int:
    for term in query.wanted:
        bits &= _with_term(segment, term, variants)
    for term in query.unwanted:
        if not term.is_phrase:
            bits &= ~_with_term(segment, term, {})
    return bits


def _with_term(segment: Segment, term: Term, variants: Variants) -> int:
    bits = segment.everything
    for word in term.words[:-1] if term.is_start else term.words:
        bits &= _with_word(segment, "words", word, variants)
    if term.is_start:
        bits &= _with_word(segment, "starts", term.words[-1], variants)
    for pair in pairs_of(term.words) if term.is_phrase else ():
        bits &= segment.having("pairs", pair)
    for fragment in term.fragments:
        bits |= segment.having("phones", fragment)
    return bits


def _with_word(segment: Segment, field: str, word: str, variants: Variants) -> int:
    bits = segment.having(field, word)
    for variant in variants.get(word, ()):
        bits |= segment.having("words", variant)
    return bits


def _known(view: View, words: set[str]) -> dict[str, int]:
    known = islice((word for word in sorted(words) if any(segment.knows(word) for segment, _ in view)), MOST_VARIANTS)
    counted = {word: _conversations(view, word) for word in known}
    return {word: number for word, number in counted.items() if number}


def _conversations(view: View, word: str) -> int:
    return sum((segment.having("words", word) & live).bit_count() for segment, live in view)
