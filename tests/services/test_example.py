"""The example inbox, looked at where members look: in the list, in a conversation, in the tables."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Row, func, select, true

from leader24 import clock, db
from leader24.models import (
    Activity,
    Author,
    Contact,
    Conversation,
    Delivery,
    Knowledge,
    Member,
    Message,
    Note,
    Record,
    Review,
    SetBy,
    Source,
    Status,
    Tag,
)
from leader24.services import (
    agents,
    conversations,
    detail,
    example,
    listing,
    messages,
    preferences,
    reviews,
    rubric,
    tags,
)
from leader24.services.filters import Filter
from leader24.services.list_rows import ConversationRow
from leader24.services.messages import Arrival
from leader24.services.offline import OfflineAgent, OfflineReviewer
from leader24.services.orders import Sort, place
from leader24.services.rights import Forbidden
from leader24.services.rubric import Band
from leader24.services.transcript import Line, Transcript

Rows = dict[str, list[Row[Any]]]


@pytest.fixture
def listed(ana: Member) -> list[ConversationRow]:
    example.load(ana.id)
    return listing.listed(ana.id, Filter())


def review_what_is_due() -> None:
    for claim in reviews.claim_due():
        reviews.review(claim, OfflineReviewer(), OfflineReviewer())


def write_to_us(number: str, text: str, *, is_example: bool = False) -> int:
    arrival = Arrival(Source.WHATSAPP, f"whatsapp:{number}", f"first from {number}", text, is_example=is_example)
    (stored,) = messages.receive([arrival])
    return stored.conversation_id


def answer_to(question: str) -> str:
    asked = Transcript(0, Source.WIDGET, (Line(1, Author.CUSTOMER, question, clock.now()),))
    given = OfflineAgent().respond(asked, preferences.current().business, agents.known_facts())
    return "" if given.wants_person else given.text


def all_rows() -> Rows:
    """But for the activities that say that it was loaded and taken away."""
    shown = Activity.kind.in_(["example_loaded", "example_unloaded"])
    with db.read() as session:
        return {
            table.name: [
                *session.execute(
                    select(table).where(~shown if table is Activity.__table__ else true()).order_by(*table.primary_key)
                )
            ]
            for table in Record.metadata.sorted_tables
        }


def moments() -> list[datetime]:
    """Every time that the example has left anywhere."""
    columns = (
        Contact.created_at,
        Conversation.created_at,
        Conversation.last_message_at,
        Conversation.reviewed_at,
        Message.received_at,
        Review.created_at,
        Note.created_at,
        Activity.created_at,
    )
    with db.read() as session:
        return [at for column in columns for at in session.scalars(select(column)) if at is not None]


def test_all_ten_statuses_are_in_the_list(listed: list[ConversationRow]) -> None:
    assert {row.status for row in listed} == set(Status)


def test_most_statuses_were_chosen_by_the_review(listed: list[ConversationRow]) -> None:
    with db.read() as session:
        by_ai = session.scalar(select(func.count()).where(Conversation.status_set_by == SetBy.AI)) or 0
        by_member = session.scalar(select(func.count()).where(Conversation.status_set_by == SetBy.MEMBER)) or 0
    assert by_ai > len(listed) / 2
    assert by_member == 2


def test_a_differing_suggestion_waits_to_be_accepted(ana: Member, listed: list[ConversationRow]) -> None:
    assert any(detail.of(ana.id, row.id).suggested.status for row in listed)


def test_there_is_always_one_in_progress(ana: Member, listed: list[ConversationRow]) -> None:
    """Also after the review of what was written a moment ago."""
    with clock.shifted(timedelta(hours=1)):
        review_what_is_due()
        assert {row.status for row in listing.listed(ana.id, Filter())} == set(Status)


def test_both_sources_and_both_languages_are_there(ana: Member, listed: list[ConversationRow]) -> None:
    assert {row.source for row in listed} == set(Source)
    assert {"en", "it"} <= {detail.of(ana.id, row.id).contact.language for row in listed}


def test_scores_spread_from_good_to_poor(listed: list[ConversationRow]) -> None:
    assert {rubric.band(row.score) for row in listed} == set(Band)


def test_one_conversation_is_still_hidden_and_appears_by_itself(ana: Member, listed: list[ConversationRow]) -> None:
    assert conversations.overview_for_all().in_progress.hidden == 1
    with clock.shifted(timedelta(minutes=10)):
        review_what_is_due()
    assert conversations.overview_for_all().in_progress.hidden == 0
    assert len(listing.listed(ana.id, Filter())) == len(listed) + 1


def test_some_conversations_are_long_and_some_short(listed: list[ConversationRow]) -> None:
    lengths = sorted(row.version for row in listed)
    assert lengths[0] <= 4
    assert lengths[-3] >= 11


def test_the_newest_is_on_top(listed: list[ConversationRow]) -> None:
    assert listed == sorted(listed, key=lambda row: place(Sort.NEWEST, row))


def test_some_are_read_and_some_are_not(listed: list[ConversationRow]) -> None:
    assert {row.is_unread for row in listed} == {True, False}


def test_members_have_tagged_and_noted(listed: list[ConversationRow]) -> None:
    assert len({tag for row in listed for tag in row.tags}) >= 5
    with db.read() as session:
        assert session.scalar(select(func.count()).select_from(Note)) in range(3, 10)


@pytest.mark.parametrize("hour", [0, 9, 23])
@pytest.mark.parametrize("zone", ["Europe/Rome", "America/New_York"])
def test_nothing_lies_in_the_future(ana: Member, hour: int, zone: str) -> None:
    with db.write() as session:
        preferences.store(session, time_zone=zone)
    preferences.forget()
    with clock.at(datetime(2026, 10, 26, hour, 1, tzinfo=UTC)):
        example.load(ana.id)
        assert timedelta() < clock.now() - max(moments())
        assert clock.now() - min(moments()) < timedelta(days=3)


def test_a_review_covers_what_was_said_before_it(listed: list[ConversationRow]) -> None:
    seen = select(Message.received_at).where(
        Message.conversation_id == Review.conversation_id, Message.seq == Review.covers
    )
    with db.read() as session:
        pairs = session.execute(select(Review.created_at, seen.scalar_subquery())).all()
    assert len(pairs) > len(listed)
    for reviewed_at, said_at in pairs:
        assert timedelta() <= reviewed_at - said_at < timedelta(minutes=11)


def test_a_conversation_reads_in_the_order_in_which_it_happened(ana: Member, listed: list[ConversationRow]) -> None:
    for row in listed:
        lines = detail.of(ana.id, row.id).history.lines
        assert [line.seq for line in lines if line.seq] == list(range(1, row.version + 1))
        assert lines[0].seq == 1


def test_nothing_is_sent_to_anybody(listed: list[ConversationRow]) -> None:
    with db.read() as session:
        deliveries = set(session.scalars(select(Message.delivery).distinct()))
        answers_due = session.scalar(select(func.count()).where(Conversation.answer_due_at.is_not(None)))
    assert deliveries == {None, Delivery.SENT}
    assert answers_due == 0


def test_nothing_waits_for_the_timer_but_what_was_said_just_now(listed: list[ConversationRow]) -> None:
    assert reviews.claim_due() == []
    assert agents.claim_due() == []


def test_real_customers_are_not_told_what_an_invented_shop_says(listed: list[ConversationRow]) -> None:
    assert agents.known_facts() == ()


def test_where_the_business_is_the_shop_its_agent_answers_so(ana: Member, listed: list[ConversationRow]) -> None:
    example.adopt_answers(ana.id)
    assert "Tuesday to Saturday" in answer_to("What are your opening hours?")
    assert "five years" in answer_to("How long is the warranty?")
    assert "Delivery is free" in answer_to("Do you deliver?")
    assert "due persone" in answer_to("Montate i mobili?")
    assert "cinque anni" in answer_to("Quanto dura la garanzia?")
    assert "prendere le misure" in answer_to("Fate cucine su misura?")


def test_loading_twice_changes_nothing(ana: Member, listed: list[ConversationRow]) -> None:
    before = all_rows()
    assert example.load(ana.id) == 0
    assert all_rows() == before


def test_of_two_who_load_it_at_once_only_one_does(ana: Member) -> None:
    with ThreadPoolExecutor(2) as both:
        loaded = list(both.map(example.load, [ana.id, ana.id]))
    assert sorted(loaded) == [0, len(listing.listed(ana.id, Filter())) + 1]


def test_it_can_come_back(ana: Member, listed: list[ConversationRow]) -> None:
    example.unload(ana.id)
    assert not example.is_loaded()
    assert example.load(ana.id) == len(listed) + 1
    assert example.is_loaded()


def test_only_an_owner_brings_it_in_and_takes_it_away(ana: Member, ben: Member) -> None:
    with pytest.raises(Forbidden):
        example.load(ben.id)
    assert not example.is_loaded()
    example.load(ana.id)
    with pytest.raises(Forbidden):
        example.unload(ben.id)
    assert example.is_loaded()


def test_unloading_leaves_what_is_not_its_own(ana: Member) -> None:
    real = write_to_us("+393000000999", "Buongiorno, fate anche letti in rovere su misura?")
    reviews.review(reviews.claim(real), OfflineReviewer(), OfflineReviewer())
    tags.add(ana.id, real, "office")
    with db.write() as session:
        session.add(Tag(name="VIP", folded="vip", colour="blue"))
        session.add(Knowledge(question="Do you make beds?", answer="Yes, in oak and ash."))
    before = all_rows()

    loaded = example.load(ana.id)
    removed = example.unload(ana.id)

    assert all_rows() == before
    assert real not in removed
    assert len(removed) == loaded


def test_unloading_what_was_never_loaded_changes_nothing(ana: Member) -> None:
    write_to_us("+393000000999", "Buongiorno!")
    before = all_rows()
    assert example.unload(ana.id) == []
    assert all_rows() == before


def test_a_load_that_broke_off_can_be_taken_away(ana: Member) -> None:
    before = all_rows()
    half = write_to_us("+393000000184", "Good morning!", is_example=True)
    assert example.is_loaded()
    assert example.load(ana.id) == 0
    assert example.unload(ana.id) == [half]
    assert all_rows() == before
