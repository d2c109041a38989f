"""The daily cap on calls to the AI provider."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from leader24 import clock, db
from leader24.models import Author, Review
from leader24.services import agents, budget, preferences, reviews
from leader24.services.budget import Capped
from leader24.services.seams import Answer, Misconfigured
from tests import factories
from tests.factories import VERDICT
from tests.fakes.fake_ai import FakeAi
from tests.threads import at_once
from tests.times import later

pytestmark = pytest.mark.usefixtures("database")

NOON = datetime(2030, 5, 1, 12, tzinfo=UTC)


def allow(calls: int) -> None:
    with db.write() as session:
        preferences.store(session, ai_calls_a_day=calls)
    preferences.forget()


def test_calls_are_counted_by_day() -> None:
    with clock.at(NOON):
        budget.take()
        budget.take()
        assert budget.used_today() == 2
        with later(hours=12):
            assert budget.used_today() == 0
            budget.take()
            assert budget.used_today() == 1


def test_beyond_the_cap_no_call_is_made_until_the_next_day() -> None:
    allow(1)
    with clock.at(NOON):
        budget.take()
        with pytest.raises(Misconfigured, match="cap"):
            budget.take()
        assert budget.used_today() == 1
        with later(hours=12):
            budget.take()


def test_of_calls_at_the_same_moment_no_more_than_the_cap_are_made() -> None:
    allow(5)

    def try_one(_: int) -> bool:
        try:
            budget.take()
        except Misconfigured:
            return False
        return True

    with clock.at(NOON):
        assert sum(at_once(8, try_one)) == 5 == budget.used_today()


def test_answers_and_reviews_share_the_budget_and_the_offline_ones_stand_in_beyond_it() -> None:
    allow(1)
    stored, model = factories.received(), FakeAi()
    stand_in = FakeAi(VERDICT, Answer("A person will reply.", wants_person=False))
    with clock.at(NOON):
        with later(seconds=2):
            agents.answer_safely(agents.claim_due()[0], Capped(model), stand_in)
        with later(minutes=11):
            reviews.review_safely(reviews.claim_due()[0], Capped(model), stand_in)
    assert (len(model.answered), len(model.reviewed)) == (1, 0)
    assert len(stand_in.reviewed) == 1
    assert factories.conversation(stored.conversation_id).review_problem == "cap"
    assert factories.texts(stored.conversation_id, Author.AGENT) == ["Sure."]


def test_the_next_day_the_provider_reviews_again() -> None:
    allow(1)
    factories.received()
    with clock.at(NOON):
        budget.take()
        with later(minutes=10):
            reviews.review_safely(reviews.claim_due()[0], Capped(FakeAi()), FakeAi())
        with later(hours=12):
            model = FakeAi()
            reviews.review_safely(reviews.claim_due()[0], Capped(model), FakeAi())
    assert len(model.reviewed) == 1
    with db.read() as session:
        assert session.scalar(select(func.count(Review.id))) == 2
