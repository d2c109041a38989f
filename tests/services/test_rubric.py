"""How the score comes from labels, and what is not rated."""

from datetime import UTC, datetime

import pytest

from leader24.models import Author, Source
from leader24.services import rubric
from leader24.services.rubric import Band, Cap, Dimension, Grade, NotRated
from leader24.services.transcript import Line, Transcript

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
ENOUGH = "one two three four five six seven eight nine ten"


def grades(**points: int) -> tuple[Grade, ...]:
    return tuple(Grade(Dimension(name), given, 1, "quote", "reason") for name, given in points.items())


def talk(*lines: tuple[Author, str]) -> Transcript:
    said = tuple(Line(seq, author, text, NOON) for seq, (author, text) in enumerate(lines, start=1))
    return Transcript(1, Source.WIDGET, said)


def test_the_weights_make_a_hundred() -> None:
    assert set(rubric.WEIGHTS) == set(Dimension) and sum(rubric.WEIGHTS.values()) == 100


@pytest.mark.parametrize(
    ("given", "score"),
    [
        ({"understood": 5, "resolved": 5, "correct": 5, "clear": 5, "tone": 5}, 100),
        ({"understood": 0, "resolved": 0, "correct": 0, "clear": 0, "tone": 0}, 0),
        ({"understood": 5, "resolved": 0, "correct": 5, "clear": 5, "tone": 5}, 70),
        ({"understood": 4, "resolved": 3, "correct": 5, "clear": 2, "tone": 1}, 67),
        ({"resolved": 4}, 80),
        ({"resolved": 5, "tone": 1}, 80),
    ],
)
def test_the_score_is_the_weighted_mean_of_what_was_graded(given: dict[str, int], score: int) -> None:
    assert rubric.score(grades(**given), ()) == score


def test_no_virtue_lifts_the_score_above_the_lowest_limit() -> None:
    perfect = grades(understood=5, resolved=5, correct=5, clear=5, tone=5)
    assert [rubric.score(perfect, (cap,)) for cap in Cap] == [20, 40, 50, 60]
    assert rubric.score(perfect, (Cap.UNANSWERED, Cap.HARM)) == 20
    assert rubric.score(grades(resolved=0), (Cap.UNANSWERED,)) == 0


def test_without_a_grade_there_is_no_score() -> None:
    assert rubric.score((), (Cap.HARM,)) is None


@pytest.mark.parametrize(
    ("score", "band"),
    [
        (100, Band.GOOD),
        (80, Band.GOOD),
        (79, Band.FAIR),
        (60, Band.FAIR),
        (59, Band.WEAK),
        (40, Band.WEAK),
        (39, Band.POOR),
        (0, Band.POOR),
        (None, Band.NOT_RATED),
    ],
)
def test_bands(score: int | None, band: Band) -> None:
    assert rubric.band(score) is band


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (((Author.CUSTOMER, ENOUGH),), NotRated.NO_AGENT),
        (((Author.CUSTOMER, ENOUGH), (Author.MEMBER, ENOUGH)), NotRated.NO_AGENT),
        (((Author.AGENT, ENOUGH),), NotRated.NO_CUSTOMER),
        (((Author.CUSTOMER, "Hello"), (Author.AGENT, "Hello, how can I help?")), NotRated.TOO_SHORT),
        (((Author.CUSTOMER, "Hello"), (Author.AGENT, ENOUGH)), None),
    ],
)
def test_what_cannot_be_rated_says_why(lines: tuple[tuple[Author, str], ...], reason: NotRated | None) -> None:
    assert rubric.why_not_rated(talk(*lines)) is reason


@pytest.mark.parametrize(
    ("seq", "quote", "is_true"),
    [
        (2, "the oak chair is €148", True),
        (2, "THE OAK\n chair", True),
        (1, "the oak chair is €148", False),
        (3, "the oak chair", False),
        (2, "the oak chair is €99", False),
        (2, " ", False),
    ],
)
def test_only_grades_whose_quote_stands_in_the_message_that_they_cite_count(
    seq: int, quote: str, is_true: bool
) -> None:
    transcript = talk((Author.CUSTOMER, "How much?"), (Author.AGENT, "The oak  chair is €148."))
    grade = Grade(Dimension.CORRECT, 5, seq, quote, "reason")
    assert rubric.with_true_quotes((grade,), transcript) == ((grade,) if is_true else ())
