"""What the offline reviewer makes of customers who have no answer yet."""

import pytest

from leader24.models import Source, Status
from leader24.services import outbox, preferences, reviews, rubric
from leader24.services.offline import OfflineReviewer
from leader24.services.rubric import Band, Cap, Dimension, NotRated
from leader24.services.seams import NotSent, Unconfirmed, Verdict
from tests import factories
from tests.services.test_offline_reviewer import review, score

CHAIRS = "customer: How much are 6 chairs?"
SEDIE = "customer: Quanto costano 6 sedie?"
PASSED_ON = "agent: I have passed this on; a colleague will reply here."
PASSATA = "agent: Ho passato la richiesta; un collega risponderà qui."
GREETING = "agent: Hello! I am Sofia from Oak & Linen. How can I help you?"
SALUTO = "agent: Buongiorno! Sono Sofia di Oak & Linen. Come posso aiutarla?"
LEFT_WAITING = ((CHAIRS, PASSED_ON), (SEDIE, PASSATA))


def points(verdict: Verdict) -> dict[Dimension, int]:
    return {grade.dimension: grade.points for grade in verdict.grades}


def reason(verdict: Verdict, dimension: Dimension = Dimension.RESOLVED) -> str:
    return next(grade.reason for grade in verdict.grades if grade.dimension is dimension)


@pytest.mark.parametrize(
    "said",
    [
        *LEFT_WAITING,
        ("customer: I need 6 chairs, price please", PASSED_ON),
        ("customer: Do you also repair old clocks?", PASSED_ON),
        ("customer: I would like to book a table for four on Saturday", PASSED_ON),
        ("customer: Could you send me a quote for 40 chairs?", PASSED_ON),
        (CHAIRS, "agent: Your message is with our team. A person will reply here as soon as possible."),
        (CHAIRS, "agent: I don't know, I am sorry. I will let you know."),
        (CHAIRS, "agent: One moment, let me check."),
        ("customer: Avete la taglia 42 di queste scarpe?", "agent: Verifico e le faccio sapere."),
        ("customer: Is there a lift?", "agent: We have received your message and will reply as soon as possible."),
        ("customer: C'è l'ascensore?", "agent: Abbiamo ricevuto la sua richiesta. Verrà ricontattato al più presto."),
        ("customer: Spedite in Norvegia?", "agent: Purtroppo non lo so, qualcuno le risponderà al più presto."),
        ("customer: La piscina è calda?", "agent: Non ne sono certo, un collega le saprà dire."),
        ("customer: Quanto pesa il tavolo?", "agent: Non lo so, la farò ricontattare da chi lo sa."),
    ],
)
def test_whoever_is_only_put_off_has_no_answer(said: tuple[str, ...]) -> None:
    verdict = review(*said)
    assert points(verdict)[Dimension.RESOLVED] <= 1
    assert reason(verdict) == "The request was only passed on or put off, not answered."
    assert rubric.band(score(verdict)) is Band.WEAK


@pytest.mark.parametrize(
    "said",
    [
        ("customer: Can I talk to a real person, please?", PASSED_ON),
        ("customer: Vorrei parlare con una persona", PASSATA),
        ("customer: Vorrei parlare con qualcuno", "agent: Certo, la faccio richiamare da un collega."),
        ("customer: My lamp arrived broken", PASSED_ON),
        ("customer: Can someone call me please", "agent: Of course. A colleague will call you."),
        (
            "customer: We need 12 oak desks for our office",
            "agent: I have passed your request for 12 oak desks on to a colleague, who will write to you here.",
        ),
        ("customer: Is the blue lamp back?", "agent: Not yet. I will let you know as soon as it arrives."),
    ],
)
def test_a_hand_over_is_right_where_it_was_asked_for_or_says_what_is_handed_over(said: tuple[str, ...]) -> None:
    assert rubric.band(score(review(*said))) is Band.GOOD


@pytest.mark.parametrize("said", LEFT_WAITING)
@pytest.mark.parametrize(
    "again", ["hello?", "Are you there?", "??", "C'è nessuno?", "I am still waiting", "nessuno mi ha risposto"]
)
def test_whoever_asks_again_in_vain_lowers_the_score(said: tuple[str, ...], again: str) -> None:
    waiting = review(*said, f"customer: {again}")
    assert (score(waiting) or 0) <= (score(review(*said)) or 0) - 10
    assert reason(waiting) == "The customer had to ask again and still has no answer."
    assert said[0].removeprefix("customer: ") in waiting.what_happened


@pytest.mark.parametrize("said", LEFT_WAITING)
def test_whoever_asks_the_same_again_still_waits(said: tuple[str, ...]) -> None:
    again = review(*said, said[0], "agent: Your message is with our team. A person will reply here.")
    assert (score(again) or 0) < (score(review(*said)) or 0)


@pytest.mark.parametrize(("said", "greeting"), [(LEFT_WAITING[0], GREETING), (LEFT_WAITING[1], SALUTO)])
def test_greeting_anew_while_a_question_is_open_is_poor(said: tuple[str, ...], greeting: str) -> None:
    for waited in ((said[0], greeting), (*said, "customer: hello?", greeting)):
        verdict = review(*waited)
        assert rubric.band(score(verdict)) is Band.POOR
        assert verdict.status is Status.QUOTE_REQUEST
        assert reason(verdict, Dimension.UNDERSTOOD) == (
            "The agent only greeted, while the customer waited for an answer."
        )


def test_a_greeting_leaves_a_question_open() -> None:
    verdict = review("customer: Is there parking near the shop?", GREETING)
    assert (verdict.status, verdict.caps) == (Status.FOLLOW_UP, (Cap.UNANSWERED,))
    assert verdict.to_do_next == "Answer: “Is there parking near the shop?”"


def test_an_answer_makes_good_for_the_wait() -> None:
    verdict = review(CHAIRS, PASSED_ON, "customer: hello?", "agent: Sorry for the wait! 6 chairs cost 600 €.")
    assert verdict.caps == ()
    assert (score(verdict) or 0) > (score(review(CHAIRS, PASSED_ON)) or 0) + 10


def test_an_answer_of_a_member_ends_the_wait() -> None:
    taken_over = (CHAIRS, PASSED_ON, "member: Hello, Marco here. I am asking the workshop.")
    assert score(review(*taken_over, "customer: hello?")) == score(review(*taken_over))


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("How do I wash the sweater?", "By hand at 30 degrees, and dry it flat."),
        ("Come si arriva da voi in treno?", "Scenda alla stazione Garibaldi, poi cinque minuti a piedi."),
        ("I'm thinking about getting solar panels", "Great idea. We do a free survey of the roof."),
    ],
)
def test_an_answer_in_other_words_is_not_called_wrong(asked: str, answer: str) -> None:
    verdict = review(f"customer: {asked}", f"agent: {answer}")
    assert rubric.band(score(verdict)) is Band.FAIR
    assert "nobody can tell by rules" in reason(verdict)


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("A che ora chiudete la sera in estate, dopo luglio?", "Alle 19."),
        ("What is the phone number of your shop in Rome?", "Call +39 06 5550199."),
        ("How many seats does the big hall upstairs have in all?", "120 seats."),
        ("Do you have any other sofas like this one?", "There is also the Iseo."),
    ],
)
def test_a_short_answer_is_an_answer(asked: str, answer: str) -> None:
    assert points(review(f"customer: {asked}", f"agent: {answer}"))[Dimension.RESOLVED] == 5


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("Are you open on Sundays?", "We are a family business since 1970."),
        ("What are your hours?", "We are a family business since 1970."),
        ("Quali sono gli orari di apertura?", "Vendiamo mobili fatti a mano."),
        ("Posso portare il cane?", "La colazione è servita alle 7."),
    ],
)
def test_an_answer_to_another_question_is_poor(asked: str, answer: str) -> None:
    assert rubric.band(score(review(f"customer: {asked}", f"agent: {answer}"))) is Band.POOR


def test_the_same_answer_to_the_same_question_is_no_fault() -> None:
    said = ("customer: Where is the show?", "agent: At Via Roma 1, behind the church.")
    other = ("customer: And where is the other show?", said[1])
    assert "twice" not in " ".join(grade.reason for grade in review(*said, *other).grades)


class Failing:
    """A Channel that does not get through."""

    def __init__(self, problem: Exception) -> None:
        self.problem = problem

    def send(self, to: str, text: str, reference: str) -> str:
        raise self.problem


def review_of_an_answer(problem: Exception) -> Verdict:
    """Of a conversation on WhatsApp whose only answer met that problem on its way."""
    stored = factories.received("Hello, how much is the oak chair with armrests?", source=Source.WHATSAPP)
    factories.answered(stored.conversation_id, "The oak chair with armrests costs 148 €.")
    outbox.send_ready(Failing(problem))
    transcript = reviews.transcript_of(stored.conversation_id, stored.seq + 1)
    return OfflineReviewer().review(transcript, preferences.current().business)


@pytest.mark.usefixtures("database")
def test_an_answer_that_never_arrived_earns_nothing() -> None:
    verdict = review_of_an_answer(NotSent("outside_window"))
    assert (verdict.not_rated, verdict.grades) == (NotRated.UNSENT, ())
    assert verdict.status is Status.QUOTE_REQUEST
    assert "did not reach the customer: “The oak chair with armrests costs 148 €.”" in verdict.what_happened


@pytest.mark.usefixtures("database")
def test_an_answer_that_may_have_arrived_counts() -> None:
    verdict = review_of_an_answer(Unconfirmed())
    assert rubric.band(score(verdict)) is Band.GOOD


@pytest.mark.parametrize(
    "answer", ["Our oak chairs are very beautiful.", "Our chairs are lovely! A colleague will tell you the price."]
)
def test_a_price_question_without_a_price_is_not_answered(answer: str) -> None:
    verdict = review("customer: How much are 6 oak chairs?", f"agent: {answer}")
    assert points(verdict)[Dimension.RESOLVED] == 1
    assert rubric.band(score(verdict)) is not Band.GOOD
    named = review("customer: How much are 6 oak chairs?", "agent: It depends on the seat. Which one would you like?")
    assert points(named)[Dimension.RESOLVED] >= 3
