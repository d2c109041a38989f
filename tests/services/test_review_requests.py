"""A member asks for a review now."""

import pytest
from sqlalchemy import select

from leader24 import db
from leader24.models import Activity, Member
from leader24.services import detail, review_requests, reviews
from leader24.services.conversations import Gone
from leader24.services.refusals import Refused
from leader24.services.seams import Misconfigured
from tests import factories
from tests.fakes.fake_ai import FakeAi
from tests.times import later

pytestmark = pytest.mark.usefixtures("database")


def round_of(ai: FakeAi) -> int:
    claims = reviews.claim_due()
    for claim in claims:
        reviews.review_safely(claim, ai, FakeAi())
    return len(claims)


def asked(conversation_id: int) -> int:
    query = select(Activity).where(Activity.conversation_id == conversation_id, Activity.kind == "review_asked")
    with db.read() as session:
        return len(session.scalars(query).all())


def test_a_hidden_conversation_is_reviewed_by_the_next_round(ben: Member) -> None:
    number = factories.received().conversation_id
    assert round_of(FakeAi()) == 0
    review_requests.ask(ben.id, number)
    assert round_of(FakeAi()) == 1
    assert factories.conversation(number).reviewed_at


def test_a_listed_conversation_is_reviewed_again(ben: Member) -> None:
    number = factories.listed()
    before = factories.conversation(number).reviewed_at
    review_requests.ask(ben.id, number)
    assert round_of(FakeAi()) == 1
    after = factories.conversation(number).reviewed_at
    assert before and after and after > before


def test_while_it_is_being_reviewed_nothing_happens(ben: Member) -> None:
    number = factories.received().conversation_id
    claim = reviews.claim(number)
    assert detail.of(ben.id, number, even_hidden=True).progress.is_being_reviewed
    review_requests.ask(ben.id, number)
    assert reviews.claim_due() == [] and asked(number) == 0
    reviews.review(claim, FakeAi(), FakeAi())
    assert not detail.of(ben.id, number).progress.is_being_reviewed


def test_what_is_due_already_needs_no_asking(ben: Member) -> None:
    number = factories.received().conversation_id
    review_requests.ask(ben.id, number)
    review_requests.ask(ben.id, number)
    assert asked(number) == 1


def test_not_again_within_some_seconds(ana: Member, ben: Member) -> None:
    number = factories.received().conversation_id
    review_requests.ask(ben.id, number)
    assert round_of(FakeAi()) == 1
    with pytest.raises(Refused, match="review_again"):
        review_requests.ask(ana.id, number)
    with later(seconds=16):
        review_requests.ask(ana.id, number)
        assert round_of(FakeAi()) == 1


def test_a_failure_says_why_and_can_be_asked_for_again(ben: Member) -> None:
    number = factories.listed()
    review_requests.ask(ben.id, number)
    round_of(FakeAi(Misconfigured("key")))
    shown = detail.of(ben.id, number)
    assert (shown.problem, shown.progress.is_being_reviewed) == ("key", False)
    with later(seconds=16):
        review_requests.ask(ben.id, number)
        assert round_of(FakeAi()) == 1
    assert detail.of(ben.id, number).problem is None


def test_a_review_that_a_message_made_void_does_not_hold_up_another(ben: Member) -> None:
    number = factories.received(sender="maria").conversation_id
    reviews.claim(number)
    factories.received("And in walnut?", sender="maria")
    review_requests.ask(ben.id, number)
    assert round_of(FakeAi()) == 1


def test_a_review_that_a_crash_cut_off_does_not_hold_up_another_for_ever(ben: Member) -> None:
    number = factories.received().conversation_id
    reviews.claim(number)
    with later(minutes=2):
        assert detail.of(ben.id, number, even_hidden=True).progress.is_being_reviewed
    with later(minutes=4):
        assert not detail.of(ben.id, number, even_hidden=True).progress.is_being_reviewed
        assert round_of(FakeAi()) == 1


def test_of_what_is_gone_nobody_asks_for_a_review(ben: Member) -> None:
    with pytest.raises(Gone):
        review_requests.ask(ben.id, 999)
