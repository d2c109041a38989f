from collections.abc import Callable

import pytest

from leader24.services import rubric
from leader24.services.rubric import Band, Cap, Dimension
from tests.services.test_offline_reviewer import NEGOZIO, SHOP, review, score, talk

Said = tuple[str, ...]

SUNDAY: Said = (
    "customer: Hello, are you open on Sunday morning?",
    "agent: Hello! Yes, on Sundays we are open from 9 to 13.",
    "customer: Great. And how much is a haircut for a child?",
    "agent: A haircut for a child costs 18 €. Would you like to book it?",
)
DELIVERY: Said = (
    "customer: I ordered a lamp last week, when will it be delivered?",
    "agent: Thank you for writing. Your lamp leaves our warehouse tomorrow and will be delivered on Thursday.",
    "customer: Can I also return it if it does not fit?",
    "agent: Of course. You can return the lamp within 30 days, we send you the label by email.",
)
CENA: Said = (
    "customer: Buonasera, avete piatti senza glutine?",
    "agent: Buonasera! Sì, quasi tutti i nostri piatti ci sono anche senza glutine.",
    "customer: Si può cenare all'aperto con il cane?",
    "agent: Certo, in giardino i cani sono benvenuti. Vuole prenotare un tavolo?",
)
DENTISTA: Said = (
    "customer: Salve, quanto costa una pulizia dei denti?",
    "agent: Buongiorno, la pulizia dei denti costa 70 €.",
    "customer: Avete posto giovedì pomeriggio?",
    "agent: Sì, giovedì pomeriggio abbiamo posto alle 15:30 e alle 17. Quale preferisce?",
)
GOOD = (SUNDAY, DELIVERY, CENA, DENTISTA)
ITALIAN = (CENA, DENTISTA)


def with_answers(said: Said, *answers: str) -> Said:
    """The same talk with other words of the agent at its end."""
    return (*said[: -2 * len(answers)], *_interleaved(said[-2 * len(answers) :: 2], answers))


def _interleaved(asked: Said, answers: Said) -> Said:
    return tuple(line for pair in zip(asked, answers, strict=True) for line in pair)


def did_not_know(said: Said) -> Said:
    words = "Mi dispiace, non lo so." if said in ITALIAN else "I'm sorry, I don't know."
    return with_answers(said, f"agent: {words}")


def swapped(said: Said) -> Said:
    other = {SUNDAY: DELIVERY, DELIVERY: SUNDAY, CENA: DENTISTA, DENTISTA: CENA}[said]
    return with_answers(said, other[1], other[3])


def in_another_language(said: Said) -> Said:
    english, italian = "Yes, you can do that with us at any time.", "Sì, da noi lo può fare quando vuole, anche oggi."
    return with_answers(said, f"agent: {english if said in ITALIAN else italian}")


def rude(said: Said) -> Said:
    words = "Non è un problema mio, la smetta di chiedere." if said in ITALIAN else "Not my problem, stop asking."
    return (*said[:-1], f"{said[-1]} {words}")


def unanswered(said: Said) -> Said:
    return said[:-1]


def ignoring_the_wish_for_a_person(said: Said) -> Said:
    wish = "Vorrei parlare con una persona" if said in ITALIAN else "I want to talk to a person"
    return (*said, f"customer: {wish}", f"{said[1]} ")


def repeated(said: Said) -> Said:
    return with_answers(said, said[1])


def with_a_placeholder(said: Said) -> Said:
    return (*said[:-1], f"{said[-1]} Ciao {{name}}!")


def with_another_price(said: Said) -> Said:
    asked, answer = (
        ("Quanto costa la lampada?", "La lampada costa")
        if said in ITALIAN
        else (
            "How much is the lamp?",
            "The lamp costs",
        )
    )
    return (*said, f"customer: {asked}", f"agent: {answer} 40 €.", f"customer: {asked}", f"agent: {answer} 65 €.")


DAMAGES = (
    did_not_know,
    swapped,
    in_another_language,
    rude,
    unanswered,
    ignoring_the_wish_for_a_person,
    repeated,
    with_a_placeholder,
    with_another_price,
)


@pytest.mark.parametrize("said", GOOD)
def test_good_answers_are_good(said: Said) -> None:
    assert rubric.band(score(review(*said))) is Band.GOOD


@pytest.mark.parametrize("said", GOOD)
@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_damaged_answers_fall_into_a_lower_band(said: Said, damage: Callable[[Said], Said]) -> None:
    good, bad = score(review(*said)), score(review(*damage(said)))
    assert good is not None and bad is not None
    assert bad <= good - 15
    assert rubric.band(bad) is not Band.GOOD


@pytest.mark.parametrize(
    ("damage", "cap"),
    [
        (in_another_language, Cap.WRONG_LANGUAGE),
        (unanswered, Cap.UNANSWERED),
        (ignoring_the_wish_for_a_person, Cap.IGNORED_PERSON),
    ],
)
@pytest.mark.parametrize("said", GOOD)
def test_grave_faults_cap_the_score(said: Said, damage: Callable[[Said], Said], cap: Cap) -> None:
    assert review(*said).caps == ()
    assert cap in review(*damage(said)).caps


def test_an_insult_leaves_next_to_nothing() -> None:
    verdict = review(*SUNDAY, "customer: And on Monday?", "agent: On Monday too. Are you stupid?")
    assert verdict.caps == (Cap.HARM,)
    assert score(verdict) == 20


@pytest.mark.parametrize("said", [*GOOD, *(damage(said) for said in GOOD for damage in DAMAGES)])
def test_every_grade_quotes_the_message_that_it_cites(said: Said) -> None:
    transcript = talk(*said)
    texts = {line.seq: line.text for line in transcript.lines}
    for grade in review(*said).grades:
        assert grade.quote and grade.quote in texts[grade.seq]
        assert 0 <= grade.points <= rubric.MOST_POINTS


def test_reasons_are_in_the_language_of_the_business() -> None:
    english = {grade.dimension: grade.reason for grade in review(*did_not_know(CENA)).grades}
    assert english[Dimension.RESOLVED] == "The customer's last question was not answered."
    italian = review(*did_not_know(CENA), business=NEGOZIO)
    reasons = {grade.dimension: grade.reason for grade in italian.grades}
    assert reasons[Dimension.RESOLVED] == "L'ultima domanda del cliente non ha avuto risposta."


def test_an_honest_hand_over_is_better_than_a_dead_end() -> None:
    honest = with_answers(SUNDAY, "agent: I don't know that, sorry. A colleague will reply here.")
    assert (score(review(*honest)) or 0) >= (score(review(*did_not_know(SUNDAY))) or 0) + 10


def test_a_promise_to_look_into_it_is_a_next_step() -> None:
    verdict = review(
        "customer: I was charged twice for order 8841, please refund one",
        "agent: I'm sorry about that. I'll check and get back to you by tomorrow.",
    )
    assert rubric.band(score(verdict)) is Band.GOOD


def test_not_knowing_one_detail_does_not_spoil_the_answer() -> None:
    verdict = review(
        "customer: Are you open on Sunday and on Easter Monday?",
        "agent: On Sunday we are open from 9 to 13. I don't know about Easter Monday yet.",
    )
    assert rubric.band(score(verdict)) is Band.GOOD


def test_the_same_price_written_otherwise_is_no_contradiction() -> None:
    asked = "customer: How much is the lamp?"
    verdict = review(asked, "agent: The lamp costs 40 €.", asked, "agent: As written, the lamp costs 40,00 €.")
    assert {grade.dimension: grade.points for grade in verdict.grades}[Dimension.CORRECT] == 4


def test_prices_of_different_things_do_not_contradict_each_other() -> None:
    verdict = review(
        "customer: How much is the small lamp?",
        "agent: The small lamp costs 40 €.",
        "customer: And the other lamp?",
        "agent: That lamp costs 65 €.",
    )
    assert Dimension.CORRECT in {grade.dimension for grade in verdict.grades if grade.points >= 4}


def test_a_promise_that_nobody_can_keep_is_not_taken_for_correct() -> None:
    verdict = review(
        "customer: Will the cream help against my wrinkles?",
        "agent: Yes, the cream helps against wrinkles, results are guaranteed.",
    )
    assert {grade.dimension: grade.points for grade in verdict.grades}[Dimension.CORRECT] == 2


def test_shouting_costs_points() -> None:
    shouted = with_answers(SUNDAY, "agent: A HAIRCUT FOR A CHILD COSTS 18 €. WOULD YOU LIKE TO BOOK IT?")
    assert (score(review(*shouted)) or 0) < (score(review(*SUNDAY)) or 0)


def test_what_a_member_wrote_is_not_graded() -> None:
    rude_member = (*SUNDAY, "customer: Really?", "member: Read it again and stop asking.")
    assert score(review(*rude_member)) == score(review(*SUNDAY))


def test_a_question_that_a_member_left_open_is_not_held_against_the_agent() -> None:
    verdict = review(*SUNDAY, "member: Hello, Marco here.", "customer: Can I bring my dog?")
    assert Cap.UNANSWERED not in verdict.caps


def test_a_language_that_the_rules_do_not_know_is_not_called_misunderstood() -> None:
    verdict = review(
        "customer: Haben Sie am Sonntag geöffnet und kann ich bei Ihnen bezahlen?",
        "agent: Ja, wir freuen uns auf Ihren Besuch. Einen schönen Tag!",
        business=SHOP,
    )
    assert Dimension.UNDERSTOOD not in {grade.dimension for grade in verdict.grades}


ASKED = "customer: Do you also repair old clocks?"
PASSED_ON = "agent: I have passed this on; a colleague will reply here."


def test_passing_a_question_on_is_weak() -> None:
    passed_on, answered = review(ASKED, PASSED_ON), review(ASKED, "agent: Yes, we repair old clocks of every kind.")
    assert rubric.band(score(passed_on)) is Band.WEAK
    assert (score(passed_on) or 0) <= (score(answered) or 0) - 20
    reasons = {grade.dimension: grade.reason for grade in passed_on.grades}
    assert reasons[Dimension.RESOLVED] == "The request was only passed on or put off, not answered."
    assert Dimension.UNDERSTOOD not in reasons


def test_passing_on_whoever_asks_for_a_person_is_right() -> None:
    assert rubric.band(score(review("customer: Can I talk to a real person, please?", PASSED_ON))) is Band.GOOD


@pytest.mark.parametrize(
    "closing",
    ["I'll wait for the written quote by email.", "I will think about it.", "Attendo il preventivo.", "A sabato!"],
)
def test_a_closing_word_leaves_no_question_open(closing: str) -> None:
    said = ("customer: How much is the oak table?", "agent: The oak table costs 900 €. I'll send you a written quote.")
    assert review(*said, f"customer: {closing}").caps == ()
    assert score(review(*said, f"customer: {closing}")) == score(review(*said))
