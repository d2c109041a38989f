"""What members see of conversations, and how they sort them."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from leader24 import changes, clock, db
from leader24.models import Activity, Author, Conversation, Member, SetBy, Status
from leader24.services import conversations, listing, messages, notes
from leader24.services.conversations import Gone
from leader24.services.filters import Filter
from leader24.services.refusals import Overtaken
from tests import factories
from tests.threads import at_once
from tests.times import later

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The conversations of which pages were told that they changed."""
    heard: list[int] = []
    monkeypatch.setattr(changes, "publish", heard.append)
    return heard


def happened(conversation_id: int, kind: str) -> list[Activity]:
    query = select(Activity).where(Activity.conversation_id == conversation_id, Activity.kind == kind)
    with db.read() as session:
        return list(session.scalars(query.order_by(Activity.id)))


# Status.


def test_a_members_choice_of_status_is_his_and_is_noted(ana: Member, told: list[int]) -> None:
    conversation_id = factories.listed()
    told.clear()
    conversations.change_status(ana.id, conversation_id, Status.CONTACTED)
    conversation = factories.conversation(conversation_id)
    assert (conversation.status, conversation.status_set_by) == (Status.CONTACTED, SetBy.MEMBER)
    activity = happened(conversation_id, "status_changed")[0]
    assert (activity.member_id, activity.details) == (ana.id, {"from": "Info Only", "to": "Contacted"})
    assert told == [conversation_id]


def test_choosing_the_status_that_a_member_chose_already_does_nothing(ana: Member, told: list[int]) -> None:
    conversation_id = factories.listed()
    conversations.change_status(ana.id, conversation_id, Status.CONTACTED)
    told.clear()
    conversations.change_status(ana.id, conversation_id, Status.CONTACTED)
    assert len(happened(conversation_id, "status_changed")) == 1 and told == []


def test_choosing_the_status_that_the_ai_set_makes_it_the_members(ana: Member) -> None:
    conversation_id = factories.listed()
    conversations.change_status(ana.id, conversation_id, Status.INFO_ONLY)
    assert factories.conversation(conversation_id).status_set_by is SetBy.MEMBER


def test_the_status_of_a_hidden_or_unknown_conversation_cannot_be_changed(ana: Member) -> None:
    for conversation_id in (factories.received().conversation_id, 999):
        with pytest.raises(Gone):
            conversations.change_status(ana.id, conversation_id, Status.SPAM)


def test_of_sixty_changes_by_each_of_eight_members_at_once_none_is_lost() -> None:
    conversation_id = factories.listed()
    members = [factories.member(f"Member{number}") for number in range(8)]
    statuses = list(Status)

    def work(which: int) -> None:
        for turn in range(60):
            if turn % 2:
                notes.add(members[which].id, conversation_id, f"note {turn} of {which}")
            else:
                status = statuses[(which + turn // 2) % len(statuses)]
                conversations.change_status(members[which].id, conversation_id, status)

    before = factories.conversation(conversation_id).revision
    at_once(8, work)
    assert len(happened(conversation_id, "note_added")) == 240
    assert factories.conversation(conversation_id).revision == before + 240
    changed = happened(conversation_id, "status_changed")
    assert changed[0].details["from"] == Status.INFO_ONLY
    assert [each.details["from"] for each in changed[1:]] == [each.details["to"] for each in changed[:-1]]
    assert factories.conversation(conversation_id).status == changed[-1].details["to"]


# Unread.


def test_unread_is_each_members_own(ana: Member, ben: Member) -> None:
    conversation_id = factories.listed()
    conversations.mark_read(ana.id, conversation_id)
    assert not listing.listed(ana.id, Filter())[0].is_unread
    assert listing.listed(ben.id, Filter())[0].is_unread
    assert factories.read_to(conversation_id) == {ana.id: 2}


def test_marking_read_what_is_read_does_nothing(ana: Member, told: list[int]) -> None:
    conversation_id = factories.listed()
    conversations.mark_read(ana.id, conversation_id)
    told.clear()
    conversations.mark_read(ana.id, conversation_id)
    assert told == []


def test_what_is_read_in_one_tab_is_not_unread_again_by_a_slower_one(
    ana: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation_id = factories.listed()
    write = db.write

    @contextmanager
    def delayed() -> Iterator[Session]:
        """The other tab shows a newer message, just before the slow one writes."""
        monkeypatch.setattr(db, "write", write)
        factories.received("And in walnut?", sender=factories.sender_of(conversation_id))
        conversations.mark_read(ana.id, conversation_id)
        with write() as session:
            yield session

    monkeypatch.setattr(db, "write", delayed)
    conversations.mark_read(ana.id, conversation_id)
    assert factories.read_to(conversation_id) == {ana.id: 3}


def test_who_has_read_a_conversation_while_it_was_hidden_has_read_it_in_the_list(ana: Member, ben: Member) -> None:
    conversation_id = factories.received().conversation_id
    conversations.mark_read(ana.id, conversation_id)
    factories.reviewed(conversation_id)
    assert [listing.listed(each.id, Filter())[0].is_unread for each in (ana, ben)] == [False, True]


def test_one_has_read_what_one_answers(ana: Member, ben: Member) -> None:
    conversation_id = factories.listed()
    messages.reply(ana.id, conversation_id, "I will call you.")
    assert [listing.listed(each.id, Filter())[0].is_unread for each in (ana, ben)] == [False, True]


# Above the list.


def test_the_newest_problem_of_hidden_conversations_is_told() -> None:
    for problem in ("timeout", "quota"):
        conversation_id = factories.received().conversation_id
        with db.write() as session, later(minutes=1 if problem == "quota" else 0):
            conversation = session.get_one(Conversation, conversation_id)
            conversation.review_problem, conversation.due_at = problem, clock.now()
    factories.received()
    in_progress = conversations.overview_for_all().in_progress
    assert (in_progress.hidden, in_progress.delayed, in_progress.problem) == (3, 2, "quota")


def test_a_listed_conversation_whose_next_review_failed_is_counted_above_the_list_too() -> None:
    conversation_id = factories.listed()
    with db.write() as session:
        session.get_one(Conversation, conversation_id).review_problem = "timeout"
    in_progress = conversations.overview_for_all().in_progress
    assert (in_progress.hidden, in_progress.delayed, in_progress.problem) == (0, 1, "timeout")


def test_a_members_reply_shows_in_the_list_at_once(ana: Member) -> None:
    conversation_id = factories.listed()
    messages.reply(ana.id, conversation_id, "I will call you.")
    row = listing.listed(ana.id, Filter())[0]
    assert (row.preview, row.last_author, row.status) == ("I will call you.", Author.MEMBER, Status.IN_PROGRESS)


# Taken back.


def test_a_status_is_put_back_with_who_had_set_it(ana: Member) -> None:
    conversation_id = factories.listed()
    change = conversations.change_status(ana.id, conversation_id, Status.SPAM)
    assert change and conversations.change_status(ana.id, conversation_id, Status.SPAM) is None
    conversations.put_status_back(ana.id, change)
    conversation = factories.conversation(conversation_id)
    assert (conversation.status, conversation.status_set_by) == (Status.INFO_ONLY, SetBy.AI)
    assert [each.details["to"] for each in happened(conversation_id, "status_changed")] == ["Spam", "Info Only"]


def test_a_status_that_somebody_chose_meanwhile_stays_and_is_said_to_be_his(ana: Member, ben: Member) -> None:
    conversation_id = factories.listed()
    change = conversations.change_status(ana.id, conversation_id, Status.SPAM)
    conversations.change_status(ben.id, conversation_id, Status.CONTACTED)
    assert change
    with pytest.raises(Overtaken) as overtaken:
        conversations.put_status_back(ana.id, change)
    assert (overtaken.value.by, overtaken.value.now) == ("Ben", {"status": "Contacted"})
    assert factories.conversation(conversation_id).status is Status.CONTACTED


def test_marked_as_unread_it_is_so_from_the_customers_last_message_on(ana: Member, ben: Member) -> None:
    conversation_id = factories.listed("Hello", "How much?")
    for member in (ana, ben):
        conversations.mark_read(member.id, conversation_id)
    conversations.mark_unread(ana.id, conversation_id)
    assert factories.read_to(conversation_id) == {ana.id: 1, ben.id: 3}
    conversations.mark_unread(ana.id, conversation_id)
    assert factories.read_to(conversation_id) == {ana.id: 1, ben.id: 3}
