"""How well the agent answered: labels and quotes come from a reviewer, the number comes from here."""

from dataclasses import dataclass
from enum import StrEnum

from leader24.models import Author
from leader24.services.transcript import Transcript

VERSION = 1
MOST_POINTS = 5
FEWEST_WORDS = 10


class Dimension(StrEnum):
    UNDERSTOOD = "understood"
    RESOLVED = "resolved"
    CORRECT = "correct"
    CLEAR = "clear"
    TONE = "tone"


WEIGHTS = {
    Dimension.UNDERSTOOD: 20,
    Dimension.RESOLVED: 30,
    Dimension.CORRECT: 25,
    Dimension.CLEAR: 15,
    Dimension.TONE: 10,
}


class Cap(StrEnum):
    """Something so wrong that no other virtue lifts the score above a limit."""

    HARM = "harm"  # an invented promise, an insult, another customer's data
    IGNORED_PERSON = "ignored_person"
    WRONG_LANGUAGE = "wrong_language"
    UNANSWERED = "unanswered"


LIMITS = {Cap.HARM: 20, Cap.IGNORED_PERSON: 40, Cap.WRONG_LANGUAGE: 50, Cap.UNANSWERED: 60}


class NotRated(StrEnum):
    """Why there is nothing to grade."""

    NO_AGENT = "no_agent"
    UNSENT = "unsent"
    NO_CUSTOMER = "no_customer"
    TOO_SHORT = "too_short"
    SPAM = "spam"
    NO_EVIDENCE = "no_evidence"


class Band(StrEnum):
    GOOD = "good"
    FAIR = "fair"
    WEAK = "weak"
    POOR = "poor"
    NOT_RATED = "not_rated"


LOWEST = {Band.GOOD: 80, Band.FAIR: 60, Band.WEAK: 40, Band.POOR: 0}  # score of each band, the best first


@dataclass(frozen=True, slots=True)
class Grade:
    """0 to 5 points for one dimension, with a passage of message `seq` that shows why. `reason` is a short sentence in
    the business's language."""

    dimension: Dimension
    points: int
    seq: int
    quote: str
    reason: str


def score(grades: tuple[Grade, ...], caps: tuple[Cap, ...]) -> int | None:
    """The weighted mean as 0 to 100, held under the lowest limit; dimensions without a grade do not count."""
    weight = sum(WEIGHTS[grade.dimension] for grade in grades)
    if not weight:
        return None
    mean = sum(WEIGHTS[grade.dimension] * grade.points for grade in grades) / (weight * MOST_POINTS)
    return min([round(100 * mean), *(LIMITS[cap] for cap in caps)])


def band(score: int | None) -> Band:
    if score is None:
        return Band.NOT_RATED
    return next((name for name, lowest in LOWEST.items() if score >= lowest), Band.POOR)


def why_not_rated(transcript: Transcript) -> NotRated | None:
    """What anyone can see without understanding the talk."""
    by_agent = transcript.by(Author.AGENT)
    if not by_agent:
        return NotRated.NO_AGENT
    if all(line.is_unsent for line in by_agent):
        return NotRated.UNSENT
    if not transcript.by(Author.CUSTOMER):
        return NotRated.NO_CUSTOMER
    if sum(len(line.text.split()) for line in transcript.lines) < FEWEST_WORDS:
        return NotRated.TOO_SHORT
    return None


def with_true_quotes(grades: tuple[Grade, ...], transcript: Transcript) -> tuple[Grade, ...]:
    """Those grades whose quote really stands in the agent's or customer's message that it cites."""
    texts = {line.seq: _plain(line.text) for line in transcript.lines}
    return tuple(g for g in grades if _plain(g.quote) and _plain(g.quote) in texts.get(g.seq, ""))


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
