"""A member answers instead of the agent, and gives the conversation back."""

import pytest
from sqlalchemy import select

from leader24 import clock, db
from leader24.models import Activity, Author, Member, Source
from leader24.services import agents, detail, messages, preferences, takeovers, team
from leader24.services.conversations import Gone
from leader24.services.seams import Answer
from leader24.services.takeovers import Answerer, TakenOver
from tests import factories
from tests.threads import at_once
from tests.times import later

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def number() -> int:
    """A hidden conversation in which the customer waits for an answer."""
    return factories.received("How much?", sender="maria").conversation_id


def answered_by(conversation_id: int) -> int | None:
    return factories.conversation(conversation_id).taken_over_by_id


def happened(conversation_id: int) -> list[tuple[str, int | None, dict[str, object]]]:
    query = select(Activity).where(Activity.conversation_id == conversation_id).order_by(Activity.id)
    with db.read() as session:
        return [(each.kind, each.member_id, each.details) for each in session.scalars(query)]


def is_answered(conversation_id: int) -> bool:
    """By the agent, a minute later."""
    with later(minutes=1):
        return conversation_id in [claim.conversation_id for claim in agents.claim_due()]


def test_whoever_takes_over_silences_the_agent(ben: Member, number: int) -> None:
    takeovers.take_over(ben.id, number)
    assert answered_by(number) == ben.id and not is_answered(number)
    factories.received("Hello?", sender="maria")
    assert not is_answered(number)
    assert happened(number) == [("taken_over", ben.id, {})]


def test_a_listed_conversation_can_be_taken_over_too(ben: Member) -> None:
    number = factories.listed()
    takeovers.take_over(ben.id, number)
    assert detail.of(ben.id, number).progress.answered_by == Answerer(ben.id, "Ben")


def test_an_answer_that_was_on_its_way_is_not_kept(ben: Member, number: int) -> None:
    with later(minutes=1):
        (claim,) = agents.claim_due()
        takeovers.take_over(ben.id, number)
        assert not agents.save(claim, Answer("Sure.", wants_person=False))


def test_a_second_time_nothing_happens(ben: Member, number: int) -> None:
    takeovers.take_over(ben.id, number)
    takeovers.take_over(ben.id, number)
    takeovers.give_back(ben.id, number)
    takeovers.give_back(ben.id, number)
    assert [kind for kind, _, _ in happened(number)] == ["taken_over", "given_back"]


def test_taking_over_does_not_touch_the_clock_of_the_review(ben: Member, number: int) -> None:
    before = factories.conversation(number)
    takeovers.take_over(ben.id, number)
    after = factories.conversation(number)
    assert (after.due_at, after.reviewed_at) == (before.due_at, None)


def test_given_back_the_agent_answers_what_is_still_unanswered(ben: Member, number: int) -> None:
    takeovers.take_over(ben.id, number)
    with later(hours=1):
        before = clock.now()
        takeovers.give_back(ben.id, number)
        due_at = factories.conversation(number).answer_due_at
        assert due_at and due_at >= before + preferences.current().answer_after
        assert is_answered(number)
    assert happened(number)[-1] == ("given_back", ben.id, {})


def test_given_back_after_a_reply_the_agent_waits_for_the_customer(ben: Member, number: int) -> None:
    messages.reply(ben.id, number, "€148.")
    takeovers.give_back(ben.id, number)
    assert not is_answered(number)
    factories.received("And in walnut?", sender="maria")
    assert is_answered(number)


def test_nothing_invented_is_answered_when_it_is_given_back(ben: Member) -> None:
    number = factories.received(is_example=True).conversation_id
    takeovers.take_over(ben.id, number)
    takeovers.give_back(ben.id, number)
    assert not is_answered(number)


def test_given_back_when_whatsapp_is_closed_the_agent_waits_for_the_customer(ben: Member) -> None:
    number = factories.received(source=Source.WHATSAPP).conversation_id
    takeovers.take_over(ben.id, number)
    with later(hours=25):
        takeovers.give_back(ben.id, number)
        assert not is_answered(number)
    assert not factories.conversation(number).wants_person


def test_whoever_replies_has_taken_over(ben: Member, number: int) -> None:
    messages.reply(ben.id, number, "€148.")
    assert answered_by(number) == ben.id
    lines = detail.of(ben.id, number, even_hidden=True).history.lines
    assert [line.kind if not line.seq else line.text for line in lines] == ["How much?", "taken_over", "€148."]


def test_from_another_member_it_is_taken_only_knowingly(ana: Member, ben: Member, number: int) -> None:
    takeovers.take_over(ana.id, number)
    for verb in (
        lambda: takeovers.take_over(ben.id, number),
        lambda: takeovers.give_back(ben.id, number),
        lambda: messages.reply(ben.id, number, "€148."),
    ):
        with pytest.raises(TakenOver) as refused:
            verb()
        assert refused.value.by == Answerer(ana.id, "Ana")
    assert factories.texts(number, Author.MEMBER) == [] and answered_by(number) == ana.id

    takeovers.take_over(ben.id, number, instead_of=ana.id)
    assert happened(number)[-1] == ("taken_over", ben.id, {"from": "Ana"})
    messages.reply(ana.id, number, "€148.", instead_of=ben.id)
    assert answered_by(number) == ana.id


def test_whoever_meant_to_take_it_from_one_hears_that_it_is_anothers_by_now(
    ana: Member, ben: Member, number: int
) -> None:
    carla = factories.member("Carla")
    takeovers.take_over(carla.id, number)
    with pytest.raises(TakenOver) as refused:
        takeovers.take_over(ben.id, number, instead_of=ana.id)
    assert refused.value.by == Answerer(carla.id, "Carla")


def test_of_many_at_once_one_takes_over(number: int) -> None:
    members = [factories.member(f"Member{each}") for each in range(6)]

    def try_it(which: int) -> bool:
        try:
            takeovers.take_over(members[which].id, number)
        except TakenOver:
            return False
        return True

    assert at_once(6, try_it).count(True) == 1
    assert len(happened(number)) == 1


def test_a_member_who_is_disabled_holds_up_nobody(ana: Member, ben: Member, number: int) -> None:
    takeovers.take_over(ben.id, number)
    team.disable(ana.id, ben.id)
    assert answered_by(number) is None and is_answered(number)
    assert happened(number)[-1] == ("given_back", ana.id, {})


def test_what_is_gone_can_be_neither_taken_nor_given(ben: Member) -> None:
    for verb in takeovers.take_over, takeovers.give_back:
        with pytest.raises(Gone):
            verb(ben.id, 999)
