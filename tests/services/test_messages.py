"""What customers write is stored, once, in the right conversation."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from leader24 import changes, clock, db
from leader24.models import Author, Contact, Conversation, Delivery, Identity, Member, Message, SetBy, Source, Status
from leader24.services import conversations, listing, messages, preferences
from leader24.services.conversations import Gone
from leader24.services.filters import Filter
from leader24.services.refusals import Refused
from tests import factories
from tests.threads import at_once
from tests.times import later

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The conversations of which pages were told that they changed."""
    heard: list[int] = []
    monkeypatch.setattr(changes, "publish", heard.append)
    yield heard


def count(table: type[Message] | type[Conversation] | type[Contact] | type[Identity]) -> int:
    with db.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def message(message_id: int) -> Message:
    with db.read() as session:
        return session.get_one(Message, message_id)


def status_of(conversation_id: int) -> tuple[Status, SetBy]:
    conversation = factories.conversation(conversation_id)
    return conversation.status, conversation.status_set_by


def set_by_member(member: Member, conversation_id: int, status: Status) -> None:
    conversations.change_status(member.id, conversation_id, status)


def test_a_first_message_makes_contact_and_conversation() -> None:
    stored = factories.received("Ciao", name="Maria", phone="+393472201234", language="it", page="https://oak.example/")
    conversation = factories.conversation(stored.conversation_id)
    assert (stored.is_new, stored.seq, stored.author, stored.text) == (True, 1, Author.CUSTOMER, "Ciao")
    assert (conversation.version, conversation.preview, conversation.last_author) == (1, "Ciao", Author.CUSTOMER)
    with db.read() as session:
        contact = session.get_one(Contact, conversation.contact_id)
        assert (contact.name, contact.phone, contact.language) == ("Maria", "+393472201234", "it")
    assert message(stored.id).page == "https://oak.example/"


def test_a_repeated_delivery_changes_nothing() -> None:
    arrival = factories.arrival("How much?")
    first = messages.receive([arrival])[0]
    before = factories.conversation(first.conversation_id)
    with later(minutes=5):
        again = messages.receive([arrival])[0]
    after = factories.conversation(first.conversation_id)
    assert (again.id, again.is_new) == (first.id, False)
    assert count(Message) == count(Conversation) == count(Contact) == 1
    assert (after.version, after.due_at, after.last_message_at) == (
        before.version,
        before.due_at,
        before.last_message_at,
    )


def test_a_repeat_is_not_told_to_the_pages(told: list[int]) -> None:
    arrival = factories.arrival()
    first = messages.receive([arrival])[0]
    messages.receive([arrival])
    assert told == [first.conversation_id]


def test_a_message_given_twice_in_one_batch_is_stored_once() -> None:
    arrival = factories.arrival()
    stored = messages.receive([arrival, arrival])
    assert stored[0].id == stored[1].id and [each.is_new for each in stored] == [True, False]


def test_the_same_delivery_in_eight_threads_is_stored_once() -> None:
    arrival = factories.arrival()
    stored = at_once(8, lambda _: messages.receive([arrival])[0])
    assert len({each.id for each in stored}) == 1 and sum(each.is_new for each in stored) == 1
    assert count(Message) == count(Conversation) == count(Contact) == count(Identity) == 1


def test_eight_messages_at_once_of_one_customer_are_numbered_without_gaps() -> None:
    at_once(8, lambda number: factories.received(f"part {number}", sender="visitor"))
    assert count(Conversation) == 1
    with db.read() as session:
        assert list(session.scalars(select(Message.seq).order_by(Message.seq))) == [1, 2, 3, 4, 5, 6, 7, 8]
        assert session.scalars(select(Conversation.version)).one() == 8


def test_the_same_names_on_two_sources_are_two_people() -> None:
    both = [factories.received(sender="one", external_id="one", source=source) for source in Source]
    assert both[0].conversation_id != both[1].conversation_id and count(Contact) == 2


def test_a_visitor_who_types_a_known_phone_is_not_merged_with_its_owner() -> None:
    for source in Source:
        factories.received(source=source, phone="+393472201234")
    assert count(Contact) == 2


def test_a_message_within_thirty_days_continues_the_conversation() -> None:
    first = factories.received(sender="maria")
    with later(days=29, hours=23):
        second = factories.received(sender="maria")
    assert (second.conversation_id, second.seq) == (first.conversation_id, 2)


def test_a_message_after_thirty_days_of_silence_begins_a_new_conversation() -> None:
    first = factories.received(sender="maria")
    with later(days=30, seconds=1):
        second = factories.received(sender="maria")
    assert second.conversation_id != first.conversation_id and second.seq == 1
    assert count(Contact) == 1


def test_silence_counts_from_the_last_message_of_any_author() -> None:
    first = factories.received(sender="maria")
    with later(days=20):
        factories.answered(first.conversation_id)
    with later(days=45):
        assert factories.received(sender="maria").conversation_id == first.conversation_id


def test_how_much_silence_is_enough_can_be_set() -> None:
    with db.write() as session:
        preferences.store(session, new_conversation_after=timedelta(days=1))
    preferences.forget()
    first = factories.received(sender="maria")
    with later(days=1, seconds=1):
        assert factories.received(sender="maria").conversation_id != first.conversation_id


def test_a_further_message_goes_to_the_newest_conversation() -> None:
    factories.received(sender="maria")
    with later(days=31):
        second = factories.received(sender="maria")
        assert factories.received(sender="maria").conversation_id == second.conversation_id


def test_a_name_that_comes_later_fills_an_empty_one_and_replaces_none() -> None:
    first = factories.received(sender="maria")
    factories.received(sender="maria", name="Maria")
    factories.received(sender="maria", name="Someone")
    with db.read() as session:
        contact = session.get_one(Contact, factories.conversation(first.conversation_id).contact_id)
        assert contact.name == "Maria"


def test_a_zero_byte_is_left_out_of_the_text() -> None:
    assert factories.received("a\x00b").text == "ab"


def test_the_preview_is_one_short_line() -> None:
    stored = factories.received("line one\n\n  line two " + "x" * 500)
    preview = factories.conversation(stored.conversation_id).preview
    assert preview.startswith("line one line two xxx") and len(preview) == 200


def test_a_new_message_leaves_a_reviewed_conversation_listed_and_moves_it_up(ana: Member) -> None:
    older, newer = factories.listed(), factories.listed()
    assert [row.id for row in listing.listed(ana.id, Filter())] == [newer, older]
    factories.received("And in walnut?", sender=factories.sender_of(older))
    rows = listing.listed(ana.id, Filter())
    assert [row.id for row in rows] == [older, newer] and rows[0].preview == "And in walnut?"


def test_a_new_message_is_unread_for_every_member(ana: Member, ben: Member) -> None:
    conversation_id = factories.listed()
    for member in ana, ben:
        conversations.mark_read(member.id, conversation_id)
        assert not listing.listed(member.id, Filter())[0].is_unread
    factories.received("And in walnut?", sender=factories.sender_of(conversation_id))
    for member in ana, ben:
        assert listing.listed(member.id, Filter())[0].is_unread


def test_a_status_of_the_ai_becomes_in_progress_until_the_next_review() -> None:
    conversation_id = factories.listed()
    assert status_of(conversation_id) == (Status.INFO_ONLY, SetBy.AI)
    factories.received("And in walnut?", sender=factories.sender_of(conversation_id))
    assert status_of(conversation_id) == (Status.IN_PROGRESS, SetBy.SYSTEM)
    factories.reviewed(conversation_id, status=Status.QUOTE_REQUEST)
    assert status_of(conversation_id) == (Status.QUOTE_REQUEST, SetBy.AI)


def test_a_status_of_a_member_stands_when_a_message_comes(ana: Member) -> None:
    conversation_id = factories.listed()
    set_by_member(ana, conversation_id, Status.CONTACTED)
    factories.received("And in walnut?", sender=factories.sender_of(conversation_id))
    assert status_of(conversation_id) == (Status.CONTACTED, SetBy.MEMBER)


def test_a_customers_message_asks_for_an_answer_after_a_short_pause() -> None:
    stored = factories.received()
    conversation = factories.conversation(stored.conversation_id)
    assert conversation.answer_due_at == stored.at + preferences.current().answer_after


def test_a_members_reply_is_a_message_and_makes_the_agents_answer_needless(ben: Member) -> None:
    conversation_id = factories.received().conversation_id
    reply = messages.reply(ben.id, conversation_id, "I am looking into it.")
    assert (reply.author, reply.author_name, reply.seq) == (Author.MEMBER, "Ben", 2)
    assert factories.conversation(conversation_id).answer_due_at is None


def test_a_member_may_reply_to_a_conversation_that_is_still_hidden(ben: Member) -> None:
    stored = factories.received()
    assert messages.reply(ben.id, stored.conversation_id, "Hello!").seq == 2


def test_a_reply_to_nothing_says_so(ben: Member) -> None:
    with pytest.raises(Gone):
        messages.reply(ben.id, 999, "Hello!")


def test_a_reply_to_whatsapp_waits_to_be_sent_and_one_to_the_widget_is_there_already(ben: Member) -> None:
    deliveries = {}
    for source in Source:
        stored = factories.received(source=source)
        deliveries[source] = message(messages.reply(ben.id, stored.conversation_id, "Hello!").id).delivery
    assert deliveries == {Source.WHATSAPP: Delivery.READY, Source.WIDGET: Delivery.SENT}


def test_an_example_contact_is_never_answered_nor_sent_anything(ben: Member) -> None:
    stored = factories.received(source=Source.WHATSAPP, is_example=True)
    assert factories.conversation(stored.conversation_id).answer_due_at is None
    assert message(messages.reply(ben.id, stored.conversation_id, "Hello!").id).delivery is Delivery.SENT


def test_a_long_reply_goes_to_whatsapp_in_pieces_and_to_the_widget_as_it_is(ben: Member) -> None:
    text = "word " * 700
    lengths = {}
    for source in Source:
        number = factories.received(source=source).conversation_id
        messages.reply(ben.id, number, text)
        lengths[source] = [len(each) for each in factories.texts(number, Author.MEMBER)]
    assert lengths == {Source.WHATSAPP: [1599, 1599, 299], Source.WIDGET: [3499]}


@pytest.mark.parametrize(("text", "code"), [(" \x00\n", "reply_empty"), ("x" * 4001, "reply_long")])
def test_a_reply_that_cannot_be_sent_is_refused_and_nothing_is_kept(ben: Member, text: str, code: str) -> None:
    number = factories.received().conversation_id
    with pytest.raises(Refused, match=code):
        messages.reply(ben.id, number, text)
    conversation = factories.conversation(number)
    assert (conversation.version, conversation.taken_over_by_id) == (1, None)


def test_what_nobody_meant_to_type_is_left_out_of_a_reply(ben: Member) -> None:
    number = factories.received().conversation_id
    assert messages.reply(ben.id, number, " Hello\x00 \ud83d\r\nthere ").text == "Hello \nthere"


def test_a_visitor_sees_all_that_was_said_with_him_and_nothing_else() -> None:
    mine, other = factories.received("mine", sender="me"), factories.received("other", sender="other")
    factories.answered(mine.conversation_id, "Yours.")
    with later(days=31):
        factories.received("mine again", sender="me")
    identity = messages.identity_of(Source.WIDGET, "me")
    assert identity
    assert [each.text for each in messages.of_identity(identity, 0)] == ["mine", "Yours.", "mine again"]
    assert [each.text for each in messages.of_identity(identity, mine.id)] == ["Yours.", "mine again"]
    assert messages.conversation_of(identity) not in (mine.conversation_id, other.conversation_id, None)


def test_who_never_wrote_is_nobody() -> None:
    assert messages.identity_of(Source.WIDGET, "nobody") is None
    assert messages.conversation_of(999) is None and messages.of_identity(999, 0) == []


def test_the_moment_is_when_we_received_it() -> None:
    before = clock.now()
    assert before <= factories.received().at <= clock.now()
