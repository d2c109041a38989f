"""The agent answers once, unless someone else has the word."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from leader24 import clock, db
from leader24.models import Activity, Author, Delivery, Member, Message, Source
from leader24.rounds import Rounds
from leader24.services import agents, detail, messages, preferences, takeovers
from leader24.services.finder import Finder
from leader24.services.refusals import Refused
from leader24.services.seams import Answer, Business, Fact, Misconfigured, Unavailable
from leader24.services.transcript import Transcript
from tests import factories
from tests.fakes.fake_ai import FakeAi
from tests.threads import at_once
from tests.times import later

pytestmark = pytest.mark.usefixtures("database")

OFFLINE = Answer("A person will reply.", wants_person=True)


class Interrupted(FakeAi):
    """While it thinks, something happens."""

    def __init__(self, meanwhile: Callable[[], object]) -> None:
        super().__init__()
        self.meanwhile = meanwhile

    def respond(self, transcript: Transcript, business: Business, facts: tuple[Fact, ...]) -> Answer:
        self.meanwhile()
        return super().respond(transcript, business, facts)


class Broken(FakeAi):
    """Fails in a way that nobody foresaw."""

    def respond(self, transcript: Transcript, business: Business, facts: tuple[Fact, ...]) -> Answer:
        raise ZeroDivisionError


def round_of(ai: FakeAi) -> int:
    """One look of the timer; how many were due."""
    claims = agents.claim_due()
    for claim in claims:
        agents.answer_safely(claim, ai, FakeAi(answer=OFFLINE))
    return len(claims)


def answers(conversation_id: int) -> list[str]:
    return factories.texts(conversation_id, Author.AGENT)


def test_the_agent_answers_after_a_short_pause() -> None:
    stored = factories.received()
    with later(seconds=1):
        assert round_of(FakeAi()) == 0
    with later(seconds=2):
        assert round_of(FakeAi()) == 1
    assert answers(stored.conversation_id) == ["Sure."]


def test_a_burst_is_answered_as_a_whole_once() -> None:
    ai, stored = FakeAi(), factories.received("Hello", sender="maria")
    for second, text in enumerate(("I need", "six chairs"), start=1):
        with later(seconds=second):
            factories.received(text, sender="maria")
            assert round_of(ai) == 0
    with later(seconds=5):
        assert round_of(ai) == 1
        assert round_of(ai) == 0
    assert [line.text for line in ai.answered[0].lines] == ["Hello", "I need", "six chairs"]
    assert answers(stored.conversation_id) == ["Sure."]


def test_an_answer_is_signed_with_the_agents_name_and_goes_out_by_the_source(ana: Member) -> None:
    preferences.change(ana.id, agent_name="Marta", instructions="Be brief.")
    delivery = {}
    for source in Source:
        stored = factories.received(source=source)
        factories.answered(stored.conversation_id)
        with db.read() as session:
            query = select(Message).where(Message.conversation_id == stored.conversation_id, Message.seq == 2)
            message = session.scalars(query).one()
        assert message.author_name == "Marta"
        delivery[source] = message.delivery
    assert delivery == {Source.WHATSAPP: Delivery.READY, Source.WIDGET: Delivery.SENT}


def test_the_agent_knows_what_it_was_taught_and_told(ana: Member) -> None:
    told: list[tuple[Business, tuple[Fact, ...]]] = []

    class Curious(FakeAi):
        def respond(self, transcript: Transcript, business: Business, facts: tuple[Fact, ...]) -> Answer:
            told.append((business, facts))
            return super().respond(transcript, business, facts)

    preferences.change(ana.id, agent_name="Marta", instructions="Be brief.")
    agents.teach(ana.id, "Do you deliver?", "Yes, within 50 km.")
    factories.received()
    with later(seconds=2):
        round_of(Curious())
    business, facts = told[0]
    assert (business.agent_name, business.instructions) == ("Marta", "Be brief.")
    assert [(fact.question, fact.answer) for fact in facts] == [("Do you deliver?", "Yes, within 50 km.")]


def test_two_rounds_at_the_same_moment_answer_once() -> None:
    stored = factories.received()
    with later(seconds=2):
        at_once(4, lambda _: round_of(FakeAi()))
    assert answers(stored.conversation_id) == ["Sure."]


def test_two_who_hold_the_same_claim_store_one_answer() -> None:
    stored = factories.received()
    with later(seconds=2):
        claim = agents.claim_due()[0]
        kept = at_once(4, lambda number: agents.save(claim, Answer(f"answer {number}", wants_person=False)))
    assert sum(kept) == 1 and len(answers(stored.conversation_id)) == 1


def test_a_process_that_ends_before_the_answer_is_stored_leaves_it_to_the_next_one() -> None:
    stored = factories.received()
    with later(seconds=2):
        assert len(agents.claim_due()) == 1
        assert agents.claim_due() == []
    with later(minutes=2, seconds=3):
        assert round_of(FakeAi()) == 1
    assert answers(stored.conversation_id) == ["Sure."]


def test_an_answer_is_discarded_when_the_customer_wrote_meanwhile_and_a_new_one_is_due() -> None:
    stored = factories.received(sender="maria")
    with later(seconds=2):
        round_of(Interrupted(lambda: factories.received("In walnut, please", sender="maria")))
        assert answers(stored.conversation_id) == []
    with later(seconds=4, milliseconds=500):
        ai = FakeAi()
        assert round_of(ai) == 1
    assert [line.text for line in ai.answered[0].lines][-1] == "In walnut, please"
    assert answers(stored.conversation_id) == ["Sure."]


def test_an_answer_is_discarded_when_a_member_replied_meanwhile_and_none_is_due(ben: Member) -> None:
    stored = factories.received()
    with later(seconds=2):
        round_of(Interrupted(lambda: messages.reply(ben.id, stored.conversation_id, "I am here.")))
    with later(hours=1):
        assert round_of(FakeAi()) == 0
    assert factories.texts(stored.conversation_id)[1:] == ["I am here."]


def test_where_a_member_has_taken_over_the_agent_is_silent(ben: Member) -> None:
    stored = factories.received(sender="maria")
    takeovers.take_over(ben.id, stored.conversation_id)
    with later(seconds=2):
        assert round_of(FakeAi()) == 0
    factories.received("Hello?", sender="maria")
    with later(hours=1):
        assert round_of(FakeAi()) == 0
    assert answers(stored.conversation_id) == []


def test_an_answer_is_discarded_when_a_member_took_over_meanwhile(ben: Member) -> None:
    stored = factories.received()
    with later(seconds=2):
        round_of(Interrupted(lambda: takeovers.take_over(ben.id, stored.conversation_id)))
    assert answers(stored.conversation_id) == []


def test_example_contacts_are_never_answered() -> None:
    factories.received(is_example=True)
    with later(hours=1):
        assert round_of(FakeAi()) == 0


def test_a_hand_over_is_noted_and_makes_the_review_due_at_once(ana: Member) -> None:
    stored = factories.received()
    with later(seconds=2):
        round_of(FakeAi(answer=Answer("A colleague will write to you.", wants_person=True)))
        due_at = factories.conversation(stored.conversation_id).due_at
        assert due_at and due_at <= clock.now()
    factories.reviewed(stored.conversation_id)
    assert "handed_over" in [line.kind for line in detail.of(ana.id, stored.conversation_id).history.lines]


def test_a_failure_is_tried_again_soon_and_then_the_offline_agent_answers() -> None:
    stored, failing = factories.received(), FakeAi(answer=Unavailable("timeout"))
    with later(seconds=2):
        assert round_of(failing) == 1
        assert answers(stored.conversation_id) == []
    with later(seconds=8):
        assert round_of(failing) == 1
    assert answers(stored.conversation_id) == ["A person will reply."]


def test_where_it_will_not_get_better_by_itself_the_offline_agent_answers_at_once() -> None:
    stored = factories.received()
    with later(seconds=2):
        round_of(FakeAi(answer=Misconfigured("key")))
    assert answers(stored.conversation_id) == ["A person will reply."]


def test_an_error_that_nobody_foresaw_leaves_no_customer_without_an_answer() -> None:
    stored = factories.received()
    for minute in (1, 4, 7):
        with later(minutes=minute):
            assert round_of(Broken()) == 1
    assert answers(stored.conversation_id) == ["A person will reply."]


def test_a_failure_after_a_newer_message_does_not_delay_its_answer() -> None:
    factories.received(sender="maria")
    slow = Interrupted(lambda: factories.received("In walnut, please", sender="maria"))
    slow.answer = Unavailable("timeout")
    with later(seconds=2):
        round_of(slow)
    with later(seconds=4, milliseconds=500):
        assert round_of(FakeAi()) == 1


def test_the_timer_answers_what_is_due(tmp_path: Path) -> None:
    ids = [factories.received().conversation_id for _ in range(25)]
    rounds = Rounds(FakeAi(), FakeAi(answer=OFFLINE), lambda: None, Finder(tmp_path / "index"))
    with later(seconds=2):
        asyncio.run(rounds.answer())
    assert [answers(id) for id in ids] == [["Sure."]] * 25


def test_an_entry_of_knowledge_can_be_changed_and_taken_away(ana: Member) -> None:
    agents.teach(ana.id, "Do you deliver?", "Yes.")
    known = agents.known_facts()[0]
    agents.teach(ana.id, " Do you deliver? ", "Within 50 km.", known.id)
    assert agents.known_facts() == (Fact(known.id, "Do you deliver?", "Within 50 km."),)
    agents.teach(ana.id, "Do you deliver?", "Within 50 km.", known.id)
    agents.unteach(ana.id, known.id)
    agents.unteach(ana.id, known.id)
    assert agents.known_facts() == ()
    with db.read() as session:
        told = session.scalars(select(Activity.kind).order_by(Activity.id)).all()
    assert told == ["knowledge_changed", "knowledge_changed", "knowledge_removed"]


@pytest.mark.parametrize(
    ("question", "answer", "code"),
    [
        (" \x00", "Yes.", "question_empty"),
        ("Do you?", "\n", "answer_empty"),
        ("x" * 301, "Yes.", "question_long"),
        ("Do you?", "x" * 2001, "answer_long"),
    ],
)
def test_knowledge_that_cannot_be_taken_is_refused(ana: Member, question: str, answer: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        agents.teach(ana.id, question, answer)
    assert agents.known_facts() == ()


@pytest.mark.parametrize(
    ("name", "instructions", "code"),
    [("", "", "agent_name_empty"), ("x" * 61, "", "agent_name_long"), ("Marta", "x" * 8001, "instructions_long")],
)
def test_instructions_that_cannot_be_taken_are_refused(ana: Member, name: str, instructions: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        preferences.change(ana.id, agent_name=name, instructions=instructions)
    assert preferences.current().agent_name == "Sofia"


def test_an_answer_starts_the_clock_of_the_review_anew() -> None:
    stored = factories.received()
    with later(minutes=3):
        factories.answered(stored.conversation_id)
        due_at = factories.conversation(stored.conversation_id).due_at
        assert due_at and due_at - clock.now() > timedelta(minutes=9, seconds=50)
