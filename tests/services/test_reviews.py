"""When a conversation is reviewed, what the review changes, and what happens when it fails."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from leader24 import clock, db
from leader24.models import Contact, Conversation, Member, Review, SetBy, Status
from leader24.rounds import Rounds
from leader24.services import conversations, detail, listing, messages, reviews
from leader24.services.filters import Filter
from leader24.services.finder import Finder
from leader24.services.rubric import NotRated
from leader24.services.seams import Business, Misconfigured, Unavailable, Verdict
from leader24.services.transcript import Transcript
from tests import factories
from tests.factories import VERDICT
from tests.fakes.fake_ai import FakeAi
from tests.threads import at_once
from tests.times import later

pytestmark = pytest.mark.usefixtures("database")

OFFLINE = replace(VERDICT, reviewer="offline", title="Made offline")


class Interrupted(FakeAi):
    """While it reads, something happens."""

    def __init__(self, meanwhile: Callable[[], object]) -> None:
        super().__init__()
        self.meanwhile = meanwhile

    def review(self, transcript: Transcript, business: Business) -> Verdict:
        self.meanwhile()
        return super().review(transcript, business)


class Broken(FakeAi):
    """Fails in a way that nobody foresaw."""

    def review(self, transcript: Transcript, business: Business) -> Verdict:
        raise ZeroDivisionError


def round_of(ai: FakeAi, stand_in: FakeAi | None = None) -> int:
    """One look of the timer; how many were due."""
    claims = reviews.claim_due()
    for claim in claims:
        reviews.review_safely(claim, ai, stand_in or FakeAi(OFFLINE))
    return len(claims)


def rounds_until_quiet(ai: FakeAi, within: timedelta) -> int:
    """The timer's looks, each when the next conversation is due; how many there were."""
    end, looks = clock.now() + within, 0
    while (due := next_due()) and due <= end:
        with clock.at(max(due, clock.now())):
            looks += round_of(ai)
    return looks


def at_next_due() -> AbstractContextManager[None]:
    """Inside, it is the moment at which the next conversation is due."""
    due_at = next_due()
    assert due_at
    return clock.at(due_at)


def next_due() -> datetime | None:
    with db.read() as session:
        return session.scalar(select(Conversation.due_at).order_by(Conversation.due_at).limit(1))


def due_in(conversation_id: int, since: datetime) -> timedelta:
    due_at = factories.conversation(conversation_id).due_at
    assert due_at
    return due_at - since


def kept(conversation_id: int) -> list[Review]:
    with db.read() as session:
        query = select(Review).where(Review.conversation_id == conversation_id).order_by(Review.id)
        return list(session.scalars(query))


def is_hidden(conversation_id: int) -> bool:
    return factories.conversation(conversation_id).reviewed_at is None


# When.


def test_a_new_conversation_is_hidden_and_counted_as_in_progress(ana: Member) -> None:
    factories.received()
    assert listing.listed(ana.id, Filter()) == []
    overview = conversations.overview_for_all()
    assert (overview.total, overview.in_progress.hidden, overview.in_progress.delayed) == (0, 1, 0)


def test_it_is_reviewed_ten_minutes_after_its_last_message_and_then_listed(ana: Member) -> None:
    stored = factories.received()
    with later(minutes=9, seconds=50):
        assert round_of(FakeAi()) == 0
    with later(minutes=10):
        assert round_of(FakeAi()) == 1
    assert [row.id for row in listing.listed(ana.id, Filter())] == [stored.conversation_id]
    overview = conversations.overview_for_all()
    assert (overview.total, overview.in_progress.hidden) == (1, 0)


@pytest.mark.parametrize("author", ["customer", "agent", "member"])
def test_the_clock_starts_again_with_a_message_of_any_author(author: str, ben: Member) -> None:
    stored = factories.received(sender="maria")
    with later(minutes=8):
        if author == "customer":
            factories.received(sender="maria")
        elif author == "agent":
            factories.answered(stored.conversation_id)
        else:
            messages.reply(ben.id, stored.conversation_id, "Hello!")
    with later(minutes=17, seconds=50):
        assert round_of(FakeAi()) == 0
    with later(minutes=18, seconds=1):
        assert round_of(FakeAi()) == 1


def test_a_lively_conversation_is_reviewed_an_hour_after_its_first_unreviewed_message() -> None:
    stored = factories.received(sender="maria")
    for minute in range(5, 60, 5):
        with later(minutes=minute):
            assert round_of(FakeAi()) == 0
            factories.received(sender="maria")
    assert due_in(stored.conversation_id, stored.at) == timedelta(hours=1)
    with later(minutes=60):
        assert round_of(FakeAi()) == 1
    assert not is_hidden(stored.conversation_id)


def test_the_hour_begins_anew_after_a_review() -> None:
    conversation_id = factories.listed()
    with later(hours=5):
        again = factories.received("And in walnut?", sender=factories.sender_of(conversation_id))
    assert due_in(conversation_id, again.at) == timedelta(minutes=10)


def test_a_hand_over_makes_the_review_due_at_once() -> None:
    stored = factories.received()
    factories.answered(stored.conversation_id, "A colleague will write to you.", wants_person=True)
    assert round_of(FakeAi()) == 1
    assert not is_hidden(stored.conversation_id)


def test_who_asked_for_a_person_does_not_wait_longer_for_writing_again() -> None:
    stored = factories.received(sender="maria")
    factories.answered(stored.conversation_id, wants_person=True)
    factories.received("Hello?", sender="maria")
    assert round_of(FakeAi()) == 1


def test_after_the_review_of_a_hand_over_the_usual_pause_holds_again() -> None:
    stored = factories.received(sender="maria")
    factories.answered(stored.conversation_id, wants_person=True)
    round_of(FakeAi())
    again = factories.received("Thanks!", sender="maria")
    assert due_in(stored.conversation_id, again.at) == timedelta(minutes=10)


def test_a_reviewed_conversation_rests_until_someone_writes() -> None:
    conversation_id = factories.listed()
    assert factories.conversation(conversation_id).due_at is None
    with later(days=300):
        assert round_of(FakeAi()) == 0


def test_the_timer_reviews_what_is_due(database: Path, tmp_path: Path) -> None:
    ai = FakeAi()
    rounds = Rounds(ai, FakeAi(OFFLINE), lambda: None, Finder(tmp_path / "index"))
    ids = [factories.received().conversation_id for _ in range(25)]
    with later(minutes=10):
        asyncio.run(rounds.review())
    assert not any(is_hidden(id) for id in ids) and len(ai.reviewed) == 25


# What.


def test_a_review_sets_title_status_score_and_time() -> None:
    conversation_id = factories.received().conversation_id
    factories.reviewed(conversation_id, title="Six chairs", status=Status.QUOTE_REQUEST)
    conversation = factories.conversation(conversation_id)
    assert (conversation.title, conversation.status, conversation.status_set_by) == (
        "Six chairs",
        Status.QUOTE_REQUEST,
        SetBy.AI,
    )
    assert (conversation.score, conversation.not_rated) == (80, None)
    assert conversation.reviewed_at and clock.now() - conversation.reviewed_at < timedelta(seconds=5)


def test_a_review_reads_the_whole_conversation_and_knows_what_is_new() -> None:
    conversation_id = factories.listed("How much is the oak chair?")
    factories.received("And in walnut?", sender=factories.sender_of(conversation_id))
    ai = FakeAi()
    with later(minutes=10):
        round_of(ai)
    transcript = ai.reviewed[0]
    assert [line.text for line in transcript.lines] == [
        "How much is the oak chair?",
        "The oak chair is €148.",
        "And in walnut?",
    ]
    assert (transcript.reviewed_to, transcript.version) == (2, 3)


def test_without_a_score_the_reason_is_kept() -> None:
    conversation_id = factories.received().conversation_id
    factories.reviewed(conversation_id, not_rated=NotRated.SPAM)
    assert (factories.conversation(conversation_id).score, kept(conversation_id)[0].not_rated) == (None, "spam")


def test_a_review_without_any_grade_is_not_rated_for_want_of_evidence() -> None:
    conversation_id = factories.received().conversation_id
    factories.reviewed(conversation_id, grades=())
    conversation = factories.conversation(conversation_id)
    assert (conversation.score, conversation.not_rated) == (None, NotRated.NO_EVIDENCE)


def test_every_review_is_kept() -> None:
    conversation_id = factories.listed()
    factories.received("And in walnut?", sender=factories.sender_of(conversation_id))
    factories.reviewed(conversation_id, title="Chairs in walnut")
    assert [(review.title, review.covers) for review in kept(conversation_id)] == [
        ("Oak chairs", 2),
        ("Chairs in walnut", 3),
    ]


def test_a_message_during_a_review_voids_it_and_the_clock_starts_again() -> None:
    stored = factories.received(sender="maria")
    interrupted = Interrupted(lambda: factories.received("One more thing", sender="maria"))
    with later(minutes=10):
        round_of(interrupted)
        now = clock.now()
    assert kept(stored.conversation_id) == [] and is_hidden(stored.conversation_id)
    assert timedelta(minutes=9, seconds=50) < due_in(stored.conversation_id, now) <= timedelta(minutes=10)


def test_a_failure_after_such_a_message_does_not_move_the_clock_either() -> None:
    stored = factories.received(sender="maria")
    interrupted = Interrupted(lambda: factories.received("One more thing", sender="maria"))
    interrupted.verdict = Unavailable("timeout")
    with later(minutes=10):
        round_of(interrupted)
        now = clock.now()
    assert due_in(stored.conversation_id, now) > timedelta(minutes=9, seconds=50)
    assert factories.conversation(stored.conversation_id).review_problem is None


def test_a_members_status_outranks_the_ai_whose_suggestion_is_shown_beside_it(ana: Member) -> None:
    conversation_id = factories.listed()
    conversations.change_status(ana.id, conversation_id, Status.CONTACTED)
    factories.reviewed(conversation_id, status=Status.FOLLOW_UP)
    shown = detail.of(ana.id, conversation_id)
    assert shown.status is Status.CONTACTED
    assert shown.suggested.status is Status.FOLLOW_UP


def test_a_suggestion_that_agrees_is_none(ana: Member) -> None:
    conversation_id = factories.listed()
    conversations.change_status(ana.id, conversation_id, Status.CONTACTED)
    factories.reviewed(conversation_id, status=Status.CONTACTED)
    assert detail.of(ana.id, conversation_id).suggested.status is None


def test_a_members_status_set_during_a_review_outranks_it_too(ana: Member) -> None:
    conversation_id = factories.listed()
    claim = reviews.claim(conversation_id)
    conversations.change_status(ana.id, conversation_id, Status.CONTACTED)
    assert reviews.save(claim, replace(VERDICT, status=Status.SPAM), 0.1)
    assert factories.conversation(conversation_id).status is Status.CONTACTED


def test_a_members_title_outranks_the_ai_whose_own_stays_in_the_history() -> None:
    conversation_id = factories.listed()
    with db.write() as session:
        conversation = session.get_one(Conversation, conversation_id)
        conversation.title, conversation.title_set_by = "Maria's kitchen", SetBy.MEMBER
    factories.reviewed(conversation_id, title="Kitchen chairs")
    assert factories.conversation(conversation_id).title == "Maria's kitchen"
    assert kept(conversation_id)[-1].title == "Kitchen chairs"


def test_the_language_of_a_contact_is_filled_in_but_never_overwritten() -> None:
    ids = [factories.received(language=language).conversation_id for language in ("", "de")]
    for conversation_id in ids:
        factories.reviewed(conversation_id, language="it")
    with db.read() as session:
        contacts = [session.get_one(Contact, factories.conversation(id).contact_id) for id in ids]
        assert [contact.language for contact in contacts] == ["it", "de"]


def test_a_review_leaves_an_activity_that_says_by_whom_and_what_it_changed(ana: Member) -> None:
    conversation_id = factories.received().conversation_id
    factories.reviewed(conversation_id, status=Status.OPPORTUNITY)
    happened = [line for line in detail.of(ana.id, conversation_id).history.lines if not line.seq]
    assert [line.kind for line in happened] == ["reviewed"]
    assert happened[0].details and happened[0].details["reviewer"] == "fake"
    assert happened[0].details["status"] == "Opportunity"


# When it fails.


def test_failures_are_tried_again_with_growing_pauses() -> None:
    stored = factories.received()
    pauses = []
    for _ in range(5):
        with at_next_due():
            round_of(FakeAi(Unavailable("timeout")))
            pauses.append(round(due_in(stored.conversation_id, clock.now()).total_seconds()))
    assert pauses == [30, 60, 120, 240, 480]
    assert is_hidden(stored.conversation_id)


def test_the_problem_of_a_hidden_conversation_is_shown_above_the_list() -> None:
    factories.received()
    with at_next_due():
        round_of(FakeAi(Unavailable("quota")))
    in_progress = conversations.overview_for_all().in_progress
    assert (in_progress.hidden, in_progress.delayed, in_progress.problem) == (1, 1, "quota")


def test_a_review_that_succeeds_after_all_ends_the_problem() -> None:
    stored = factories.received()
    with at_next_due():
        round_of(FakeAi(Unavailable("timeout")))
    with at_next_due():
        round_of(FakeAi())
    conversation = factories.conversation(stored.conversation_id)
    assert (conversation.review_problem, conversation.review_attempts, conversation.due_at) == (None, 0, None)


def test_after_six_failures_the_offline_reviewer_stands_in() -> None:
    stored = factories.received()
    looks = rounds_until_quiet(FakeAi(Unavailable("timeout")), within=timedelta(minutes=30))
    assert looks == 6
    assert [review.reviewer for review in kept(stored.conversation_id)] == ["offline"]
    assert not is_hidden(stored.conversation_id)


@pytest.mark.parametrize("code", ["key", "model", "cap"])
def test_where_it_will_not_get_better_by_itself_the_offline_reviewer_stands_in_at_once(code: str) -> None:
    stored = factories.received()
    with at_next_due():
        round_of(FakeAi(Misconfigured(code)))
    assert [review.reviewer for review in kept(stored.conversation_id)] == ["offline"]
    assert factories.conversation(stored.conversation_id).review_problem == code


def test_what_was_reviewed_offline_is_reviewed_again_when_the_provider_is_back() -> None:
    stored = factories.received()
    with at_next_due():
        round_of(FakeAi(Misconfigured("key")))
    with at_next_due():
        round_of(FakeAi())
    assert [review.reviewer for review in kept(stored.conversation_id)] == ["offline", "fake"]
    conversation = factories.conversation(stored.conversation_id)
    assert (conversation.title, conversation.review_problem, conversation.due_at) == ("Oak chairs", None, None)


def test_the_offline_reviewer_stands_in_once_and_the_provider_is_asked_at_least_every_hour() -> None:
    stored = factories.received()
    looks = rounds_until_quiet(FakeAi(Misconfigured("key")), within=timedelta(hours=10))
    assert 12 < looks < 20
    assert [review.reviewer for review in kept(stored.conversation_id)] == ["offline"]


def test_a_lively_conversation_is_not_hidden_longer_than_an_hour_by_a_provider_that_fails() -> None:
    """Every message counts the failures anew; the hour counts all the same."""
    stored = factories.received(sender="maria")
    failing = FakeAi(Unavailable("connection"))
    for minute in range(1, 61):
        with later(minutes=minute):
            round_of(failing)
            if minute % 12 == 0 and minute < 60:
                factories.received(sender="maria")
    assert not is_hidden(stored.conversation_id)


def test_an_error_that_nobody_foresaw_hides_nothing_for_ever() -> None:
    stored = factories.received()
    rounds_until_quiet(Broken(), within=timedelta(hours=1))
    assert [review.reviewer for review in kept(stored.conversation_id)] == ["offline"]


def test_a_conversation_whose_review_kills_the_process_hides_nothing_for_ever() -> None:
    stored = factories.received()
    for _ in range(6):
        with at_next_due():
            assert reviews.claim_due()
    with at_next_due():
        round_of(FakeAi())
    assert [review.reviewer for review in kept(stored.conversation_id)] == ["offline"]
    with at_next_due():
        round_of(FakeAi())
    assert [review.reviewer for review in kept(stored.conversation_id)] == ["offline", "fake"]


def test_one_conversation_that_cannot_be_reviewed_does_not_stop_the_others() -> None:
    ids = [factories.received(text).conversation_id for text in ("poison", "Hello")]

    class Choking(FakeAi):
        def review(self, transcript: Transcript, business: Business) -> Verdict:
            if transcript.lines[0].text == "poison":
                raise ZeroDivisionError
            return super().review(transcript, business)

    with later(minutes=10):
        round_of(Choking())
    assert [is_hidden(id) for id in ids] == [True, False]


def test_a_process_that_ends_during_a_review_leaves_it_to_the_next_one() -> None:
    stored = factories.received()
    with later(minutes=10):
        assert len(reviews.claim_due()) == 1
        assert reviews.claim_due() == []
    with later(minutes=13, seconds=1):
        assert round_of(FakeAi()) == 1
    assert not is_hidden(stored.conversation_id)


def test_two_who_claim_at_once_never_get_the_same() -> None:
    ids = {factories.received().conversation_id for _ in range(30)}
    with later(minutes=10):
        claims = at_once(4, lambda _: reviews.claim_due())
        claims.append(reviews.claim_due())
    taken = [claim.conversation_id for each in claims for claim in each]
    assert len(taken) == len(set(taken)) and set(taken) == ids


def test_review_again_now_does_not_wait_until_it_is_due() -> None:
    conversation_id = factories.listed()
    reviews.review_safely(reviews.claim(conversation_id), FakeAi(replace(VERDICT, title="Again")), FakeAi(OFFLINE))
    conversation = factories.conversation(conversation_id)
    assert (conversation.title, conversation.due_at, len(kept(conversation_id))) == ("Again", None, 2)


def test_review_again_now_that_fails_keeps_what_was_known() -> None:
    conversation_id = factories.listed()
    reviews.review_safely(reviews.claim(conversation_id), FakeAi(Misconfigured("key")), FakeAi(OFFLINE))
    conversation = factories.conversation(conversation_id)
    assert (conversation.title, conversation.review_problem) == ("Oak chairs", "key")
    assert [review.reviewer for review in kept(conversation_id)] == ["fake"]
