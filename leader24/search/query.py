"""What a member types into the bar, as terms that the index understands."""

import re
from dataclasses import dataclass

from leader24.search.phones import fragments_of
from leader24.search.words import words_of

LONGEST_QUERY = 500
MOST_TERMS = 12
SHORTEST_START = 2
QUOTES = str.maketrans("“”„«»", '"' * 5)
TERM = re.compile(
    r"""
    (?P<minus>(?<!\S)-)?
    (?:
        "(?P<phrase>[^"]*)"?
        | (?P<number>[+(]{0,2}\d[\d\s()./‐‑–-]*\d)(?!\w)
        | (?P<word>\w+)(?P<star>\*?)
    )
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Term:
    """All words must be there (adjacent in a phrase), or else one of the phone fragments."""

    words: tuple[str, ...]
    is_phrase: bool = False
    is_start: bool = False  # the last word may go on
    fragments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...]


def parse(text: str) -> Query:
    """Never fails; what is not understood is ignored. The last word, unless ended by a space, may go on."""
    text = text[:LONGEST_QUERY].translate(QUOTES)
    wanted: list[Term] = []
    unwanted: list[Term] = []
    for match in TERM.finditer(text):
        term = _term(match, is_last=match.end() == len(text))
        if term.words and len(wanted) + len(unwanted) < MOST_TERMS:
            (unwanted if match["minus"] else wanted).append(term)
    return Query(tuple(wanted), tuple(unwanted))


def _term(match: re.Match[str], is_last: bool) -> Term:
    if match["phrase"] is not None:
        words = _first_words(match["phrase"])
        return Term(words, is_phrase=len(words) > 1)
    words = _first_words(match["word"] or match["number"])
    goes_on = bool(match["star"]) or (is_last and not match["minus"])
    is_start = goes_on and bool(words) and len(words[-1]) >= SHORTEST_START
    return Term(words, is_start=is_start, fragments=fragments_of(match["number"] or ""))


def _first_words(text: str) -> tuple[str, ...]:
    return tuple(words_of(text)[:MOST_TERMS])
