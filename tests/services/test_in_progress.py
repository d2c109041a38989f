"""Conversations that no review has seen yet, and those whose review is late: nothing is invisible."""

from datetime import timedelta

import pytest

from leader24.models import Member
from leader24.services import conversations, detail, in_progress, listing, messages, notes, reviews, takeovers
from leader24.services.conversations import Gone
from leader24.services.filters import Filter
from leader24.services.seams import Unavailable
from tests import factories
from tests.fakes.fake_ai import FakeAi
from tests.times import later

pytestmark = pytest.mark.usefixtures("database")


def fails(conversation_id: int) -> None:
    reviews.review(reviews.claim(conversation_id), FakeAi(Unavailable("timeout")), FakeAi())


def waiting(member: Member) -> dict[int, in_progress.Row]:
    return {row.id: row for row in in_progress.waiting(member.id).rows}


def test_a_hidden_conversation_is_there_with_its_clock(ben: Member) -> None:
    stored = factories.received("How much?", name="Maria")
    row = waiting(ben)[stored.conversation_id]
    assert (row.contact_name, row.preview, row.is_hidden, row.problem) == ("Maria", "How much?", True, None)
    assert row.review_at == stored.at + timedelta(minutes=10) and not row.is_late
    assert listing.listed(ben.id, Filter()) == []


def test_reviewed_it_is_there_no_more(ben: Member) -> None:
    number = factories.received().conversation_id
    factories.reviewed(number)
    assert waiting(ben) == {} and len(listing.listed(ben.id, Filter())) == 1


def test_taken_over_it_stays_hidden_with_the_same_clock(ben: Member) -> None:
    stored = factories.received()
    takeovers.take_over(ben.id, stored.conversation_id)
    row = waiting(ben)[stored.conversation_id]
    assert (row.answered_by, row.is_hidden, row.review_at) == ("Ben", True, stored.at + timedelta(minutes=10))


def test_a_failed_review_is_there_with_its_reason_hidden_or_listed(ben: Member) -> None:
    hidden, listed = factories.received().conversation_id, factories.listed()
    for number in hidden, listed:
        fails(number)
    rows = waiting(ben)
    assert [(rows[n].problem, rows[n].is_late, rows[n].is_hidden) for n in (hidden, listed)] == [
        ("timeout", True, True),
        ("timeout", True, False),
    ]
    now = conversations.overview(ben.id).in_progress
    assert (now.hidden, now.delayed, now.problem) == (1, 2, "timeout")
    factories.reviewed(listed)
    assert listed not in waiting(ben) and conversations.overview(ben.id).in_progress.delayed == 1


def test_a_review_that_never_began_is_late_too(ben: Member) -> None:
    number = factories.received().conversation_id
    with later(minutes=11):
        assert not waiting(ben)[number].is_late
    with later(minutes=13):
        assert waiting(ben)[number].is_late
        now = conversations.overview(ben.id).in_progress
        assert (now.hidden, now.delayed, now.problem) == (1, 1, None)


def test_those_that_are_late_come_first_then_the_newest(ben: Member) -> None:
    first, second, third = (factories.received().conversation_id for _ in range(3))
    fails(second)
    assert list(waiting(ben)) == [second, third, first]


def test_of_very_many_the_first_are_there_and_all_are_counted(ben: Member) -> None:
    for _ in range(4):
        factories.received()
    found = in_progress.waiting(ben.id, limit=3)
    assert (len(found.rows), found.total) == (3, 4)


def test_a_hidden_conversation_can_be_read_whole_where_one_asks_for_it(ben: Member) -> None:
    number = factories.received("How much?").conversation_id
    factories.answered(number)
    with pytest.raises(Gone):
        detail.of(ben.id, number)
    with pytest.raises(Gone):
        detail.earlier(ben.id, number, 2)
    shown = detail.of(ben.id, number, even_hidden=True)
    assert [line.text for line in shown.history.lines] == ["How much?", "The oak chair is €148."]
    assert [line.text for line in detail.earlier(ben.id, number, 2, even_hidden=True).lines] == ["How much?"]


def test_a_note_on_a_hidden_conversation_is_there_and_found_nowhere_else(ben: Member) -> None:
    number = factories.received().conversation_id
    note = notes.add(ben.id, number, "She haggles.")
    notes.edit(ben.id, note, "She haggles a lot.")
    assert [each.text for each in detail.of(ben.id, number, even_hidden=True).notes] == ["She haggles a lot."]
    notes.remove(ben.id, note)
    assert detail.of(ben.id, number, even_hidden=True).notes == ()


def test_a_reply_from_here_sets_the_clock_anew_as_any_message_does(ben: Member) -> None:
    number = factories.received().conversation_id
    with later(minutes=5):
        reply = messages.reply(ben.id, number, "Hello!")
    assert waiting(ben)[number].review_at == reply.at + timedelta(minutes=10)
