"""The list: its rows, its pages, its orders, and what of it is searched for."""

from datetime import UTC, datetime

import pytest

from leader24 import db
from leader24.models import Author, Conversation, Member, Source, Status
from leader24.services import conversations, list_rows, listing, messages, notes, tags
from leader24.services.filters import Filter
from leader24.services.list_rows import Attention
from leader24.services.orders import Sort
from tests import factories
from tests.times import later

pytestmark = pytest.mark.usefixtures("database")

SAME = datetime(2026, 1, 1, tzinfo=UTC)


def ids(member: Member, chosen: Filter | None = None, sort: Sort = Sort.NEWEST) -> list[int]:
    return [row.id for row in listing.listed(member.id, chosen or Filter(), sort=sort)]


def test_a_row_says_who_wrote_what_when_and_how_it_was_judged(ana: Member) -> None:
    stored = factories.received(name="Maria", phone="+393472201234", source=Source.WHATSAPP)
    factories.answered(stored.conversation_id, "The oak chair\nis €148.")
    factories.reviewed(stored.conversation_id, title="Oak chairs")
    tags.add(ana.id, stored.conversation_id, "kitchen")
    row = listing.listed(ana.id, Filter())[0]
    assert (row.contact_name, row.phone, row.title, row.source) == (
        "Maria",
        "+393472201234",
        "Oak chairs",
        Source.WHATSAPP,
    )
    assert (row.preview, row.last_author) == ("The oak chair is €148.", Author.AGENT)
    assert (row.status, row.score, row.not_rated, row.tags) == (Status.INFO_ONLY, 80, None, ("kitchen",))
    assert (row.version, row.is_unread, row.note_count, row.attention) == (2, True, 0, ())


def test_the_most_recent_message_comes_first(ana: Member) -> None:
    made = [factories.listed() for _ in range(3)]
    assert ids(ana) == made[::-1]


def test_the_list_goes_on_where_the_page_before_ended_also_among_equal_times(
    ana: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PAGE", 5)
    made = [factories.listed() for _ in range(8)]
    with db.write() as session:
        for conversation_id in made:
            session.get_one(Conversation, conversation_id).last_message_at = SAME
    first = listing.listed(ana.id, Filter())
    second = listing.listed(ana.id, Filter(), after=first[-1].key)
    assert [row.id for row in first + second] == made[::-1] and len(second) == 3
    assert listing.listed(ana.id, Filter(), after=second[-1].key) == []


def test_filters_combine(ana: Member) -> None:
    quote = factories.listed(source=Source.WHATSAPP)
    factories.listed(source=Source.WIDGET)
    factories.reviewed(quote, status=Status.QUOTE_REQUEST)
    assert ids(ana, Filter(frozenset({Status.QUOTE_REQUEST}))) == [quote]
    assert ids(ana, Filter(frozenset({Status.QUOTE_REQUEST}), Source.WHATSAPP)) == [quote]
    assert ids(ana, Filter(frozenset({Status.QUOTE_REQUEST}), Source.WIDGET)) == []
    assert len(ids(ana, Filter(frozenset({Status.QUOTE_REQUEST, Status.INFO_ONLY})))) == 2


def test_hidden_conversations_are_in_no_list_and_no_count(ana: Member) -> None:
    hidden = factories.received().conversation_id
    assert ids(ana) == [] and list_rows.listed_ids(ana.id, [hidden]) == []
    assert listing.still_listed([hidden]) == [] and list_rows.row_for_all(hidden) is None
    assert conversations.overview_for_all().total == 0


def test_rows_come_in_the_order_in_which_they_are_asked_for(ana: Member) -> None:
    made = [factories.listed() for _ in range(3)]
    wanted = [made[1], 999, made[2], made[0]]
    assert [row.id for row in list_rows.listed_ids(ana.id, wanted)] == [made[1], made[2], made[0]]


def test_the_row_for_all_is_read_by_nobody(ana: Member) -> None:
    conversation_id = factories.listed()
    conversations.mark_read(ana.id, conversation_id)
    row = list_rows.row_for_all(conversation_id)
    assert row and row.is_unread


def test_tags_of_a_row_stand_in_the_order_of_their_names(ana: Member) -> None:
    conversation_id = factories.listed()
    for name in ("zebra", "Ämter", "kitchen"):
        tags.add(ana.id, conversation_id, name)
    assert listing.listed(ana.id, Filter())[0].tags == ("kitchen", "zebra", "Ämter")


def test_of_many_that_a_search_has_found_the_list_shows_what_fits(ana: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [factories.listed() for _ in range(4)]
    factories.reviewed(made[1], status=Status.SPAM)
    spam = Filter(frozenset({Status.SPAM}))
    for few in (500, 2):
        monkeypatch.setattr(listing, "FEW", few)
        assert [row.id for row in listing.listed(ana.id, Filter(), among=made[:3])] == made[2::-1]
        assert [row.id for row in listing.listed(ana.id, spam, among=made[:3])] == [made[1]]
        assert listing.listed(ana.id, spam, among=made[2:]) == listing.listed(ana.id, spam, among=[]) == []


def test_the_unread_are_looked_for_no_further_than_asked(ana: Member, ben: Member) -> None:
    made = [factories.listed() for _ in range(4)]
    factories.received()
    conversations.mark_read(ana.id, made[0])
    assert listing.unread_ids(ana.id, 100) == made[:0:-1] and listing.unread_ids(ben.id, 100) == made[::-1]
    assert listing.unread_ids(ben.id, 2) == made[:1:-1]


def test_notes_show_in_the_row(ana: Member) -> None:
    noted, other = factories.listed(), factories.listed()
    with_note = Filter(has_note=True)
    first, second = notes.add(ana.id, noted, "Call her."), notes.add(ana.id, noted, "Called her.")
    assert ids(ana, with_note) == [noted] and list_rows.listed_ids(ana.id, [noted])[0].note_count == 2
    notes.remove(ana.id, first)
    assert ids(ana, with_note) == [noted]
    notes.remove(ana.id, second)
    assert ids(ana, with_note) == [] and ids(ana) == [other, noted]


def test_a_tag_s_conversations_are_those_that_carry_it_now(ana: Member) -> None:
    made = [factories.listed() for _ in range(3)]
    oak = tags.add(ana.id, made[0], "oak").id
    wood = tags.add(ana.id, made[1], "wood").id
    tags.add(ana.id, made[0], "wood")
    assert ids(ana, Filter(tags=frozenset({oak, wood}))) == [made[1], made[0]]
    assert ids(ana, Filter(tags=frozenset({oak, wood}), has_all_tags=True)) == [made[0]]
    tags.remove(ana.id, made[0], oak)
    assert ids(ana, Filter(tags=frozenset({oak}))) == []
    assert ids(ana, Filter(tags=frozenset({999}))) == []


# Who waits, and what needs a member.


def attention(conversation_id: int) -> tuple[Attention, ...]:
    row = list_rows.row_for_all(conversation_id)
    assert row
    return row.attention


def writes(conversation_id: int, text: str = "Hello?") -> datetime:
    """The customer, again."""
    stored = factories.received(text, sender=factories.sender_of(conversation_id))
    return stored.at


def waiting_since(conversation_id: int) -> datetime | None:
    return factories.conversation(conversation_id).waiting_since


def test_a_customer_waits_from_his_first_message_that_nobody_has_answered(ana: Member) -> None:
    conversation_id = factories.listed()
    assert waiting_since(conversation_id) is None
    first = writes(conversation_id)
    with later(minutes=5):
        writes(conversation_id)
    assert waiting_since(conversation_id) == first
    factories.answered(conversation_id)
    assert waiting_since(conversation_id) is None
    again = writes(conversation_id)
    assert waiting_since(conversation_id) == again
    messages.reply(ana.id, conversation_id, "Good morning!")
    assert waiting_since(conversation_id) is None


def test_an_unanswered_message_needs_a_member_once_the_agent_will_not_answer() -> None:
    conversation_id = factories.listed()
    writes(conversation_id)
    assert attention(conversation_id) == ()
    with db.write() as session:
        session.get_one(Conversation, conversation_id).answer_due_at = None  # as when a member takes over
    assert attention(conversation_id) == (Attention.UNANSWERED,)


def test_who_was_promised_a_person_waits_until_a_member_writes(ana: Member) -> None:
    conversation_id = factories.listed()
    asked = writes(conversation_id)
    factories.answered(conversation_id, "A colleague will reply.", wants_person=True)
    factories.reviewed(conversation_id)
    since = waiting_since(conversation_id)
    assert since and since >= asked and Attention.PERSON in attention(conversation_id)
    writes(conversation_id)
    factories.answered(conversation_id, "A colleague will reply.")
    assert waiting_since(conversation_id) == since
    messages.reply(ana.id, conversation_id, "Here I am.")
    assert (waiting_since(conversation_id), attention(conversation_id)) == (None, ())


def test_who_asked_for_a_person_waits_also_if_only_the_review_has_noticed() -> None:
    conversation_id = factories.listed()
    factories.reviewed(conversation_id, wants_person=True)
    assert Attention.PERSON in attention(conversation_id)


@pytest.mark.parametrize("status", sorted(conversations.SETTLED))
def test_whoever_sets_a_closing_status_leaves_nobody_waiting_until_the_customer_writes_again(
    ana: Member, status: Status
) -> None:
    conversation_id = factories.listed()
    factories.reviewed(conversation_id, wants_person=True)
    conversations.change_status(ana.id, conversation_id, status)
    assert (waiting_since(conversation_id), attention(conversation_id)) == (None, ())
    again = writes(conversation_id)
    assert waiting_since(conversation_id) == again
    factories.answered(conversation_id)
    assert (waiting_since(conversation_id), attention(conversation_id)) == (None, ())


@pytest.mark.parametrize("status", sorted(conversations.SETTLED))
def test_a_review_that_finds_nothing_open_ends_the_wait_for_an_answer_but_not_for_a_person(status: Status) -> None:
    thanks, promised = factories.listed(), factories.listed()
    for conversation_id in (thanks, promised):
        writes(conversation_id)
    factories.answered(promised, "A colleague will reply.", wants_person=True)
    for conversation_id in (thanks, promised):
        factories.reviewed(conversation_id, status=status)
    assert waiting_since(thanks) is None
    assert Attention.PERSON in attention(promised)


def test_who_waited_waits_again_when_a_closing_status_is_taken_back(ana: Member) -> None:
    person, unanswered, nobody = factories.listed(), factories.listed(), factories.listed()
    factories.reviewed(person, wants_person=True)
    first = writes(unanswered)
    writes(unanswered)
    for conversation_id in (person, unanswered, nobody):
        conversations.change_status(ana.id, conversation_id, Status.CONTACTED)
        conversations.change_status(ana.id, conversation_id, Status.OPPORTUNITY)
    assert Attention.PERSON in attention(person)
    assert (waiting_since(unanswered), waiting_since(nobody)) == (first, None)


def test_poor_answers_and_failed_reviews_need_a_member(ana: Member) -> None:
    poor, fair, late = factories.listed(), factories.listed(), factories.listed()
    with db.write() as session:
        session.get_one(Conversation, poor).score = 39
        session.get_one(Conversation, fair).score = 40
        session.get_one(Conversation, late).review_problem = "timeout"
    assert (attention(poor), attention(fair), attention(late)) == ((Attention.POOR,), (), (Attention.REVIEW,))
    assert ids(ana, Filter(needs_attention=True)) == [late, poor]


def test_a_message_makes_a_conversation_unread_for_everybody(ana: Member, ben: Member) -> None:
    conversation_id = factories.listed()
    for member in (ana, ben):
        conversations.mark_read(member.id, conversation_id)
    assert ids(ana, Filter(is_unread=True)) == ids(ben, Filter(is_unread=True)) == []
    writes(conversation_id)
    assert ids(ana, Filter(is_unread=True)) == ids(ben, Filter(is_unread=True)) == [conversation_id]


def test_ids_that_contain_each_other_are_not_mixed_up(ana: Member) -> None:
    """Member 1 has read what member 11 has not."""
    others = [factories.member(f"Member{number}") for number in range(12)]
    conversation_id = factories.listed()
    conversations.mark_read(others[-1].id, conversation_id)
    assert ids(others[-1], Filter(is_unread=True)) == []
    assert all(ids(member, Filter(is_unread=True)) == [conversation_id] for member in (ana, *others[:-1]))
