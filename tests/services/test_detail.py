"""One conversation as a member reads it."""

import pytest

from leader24 import db
from leader24.models import Author, Conversation, Delivery, Member, Message, Source, Status
from leader24.services import conversations, detail, messages, notes, tags, twilio_client
from leader24.services.conversations import Gone
from leader24.services.rubric import Cap, Dimension, Grade
from leader24.services.twilio_client import Place
from tests import factories
from tests.fakes.fake_twilio import inbound, with_files
from tests.times import later

pytestmark = pytest.mark.usefixtures("database", "pieces_of_ten")

PDF = "application/pdf"


@pytest.fixture
def pieces_of_ten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(detail, "MESSAGES", 10)


def long_talk(length: int) -> int:
    """The id of a reviewed conversation of so many messages, a minute apart."""
    conversation_id = 0
    for number in range(1, length + 1):
        with later(minutes=number):
            conversation_id = factories.received(f"message {number}", sender="maria").conversation_id
    with later(minutes=length + 1):
        factories.reviewed(conversation_id)
    return conversation_id


def said(history: detail.History) -> list[str]:
    return [line.text for line in history.lines if line.seq]


def happened(history: detail.History) -> list[str]:
    return [line.kind for line in history.lines if not line.seq]


def test_it_shows_who_said_what_in_order(ana: Member) -> None:
    conversation_id = factories.listed("Hello", "How much is the chair?")
    messages.reply(ana.id, conversation_id, "I will call you.")
    lines = [line for line in detail.of(ana.id, conversation_id).history.lines if line.seq]
    assert [(line.seq, line.author, line.author_name, line.text) for line in lines] == [
        (1, Author.CUSTOMER, "", "Hello"),
        (2, Author.CUSTOMER, "", "How much is the chair?"),
        (3, Author.AGENT, "Sofia", "The oak chair is €148."),
        (4, Author.MEMBER, "Ana", "I will call you."),
    ]


def test_it_shows_how_far_a_message_came_and_why_not_further(ana: Member) -> None:
    conversation_id = factories.listed(source=Source.WHATSAPP)
    with db.write() as session:
        message = session.get_one(Message, 2)
        message.delivery, message.delivery_problem = Delivery.FAILED, "63016"
    line = next(line for line in detail.of(ana.id, conversation_id).history.lines if line.seq == 2)
    assert (line.delivery, line.problem) == (Delivery.FAILED, "63016")


def test_it_shows_what_happened_where_it_happened(ana: Member) -> None:
    conversation_id = factories.listed("Hello", sender="maria")
    with later(minutes=1):
        conversations.change_status(ana.id, conversation_id, Status.CONTACTED)
    with later(minutes=2):
        factories.received("And in walnut?", sender="maria")
    lines = detail.of(ana.id, conversation_id).history.lines
    assert [line.text or line.kind for line in lines] == [
        "Hello",
        "The oak chair is €148.",
        "reviewed",
        "status_changed",
        "And in walnut?",
    ]
    assert lines[3].author_name == "Ana" and lines[2].author_name == ""


def test_a_long_history_comes_in_pieces_without_gap_or_repeat(ana: Member) -> None:
    conversation_id = long_talk(25)
    newest = detail.of(ana.id, conversation_id).history
    middle = detail.earlier(ana.id, conversation_id, newest.first_seq)
    oldest = detail.earlier(ana.id, conversation_id, middle.first_seq)
    assert [len(said(each)) for each in (oldest, middle, newest)] == [5, 10, 10]
    assert said(oldest) + said(middle) + said(newest) == [f"message {number}" for number in range(1, 26)]
    assert [each.has_earlier for each in (newest, middle, oldest)] == [True, True, False]


def test_what_happened_is_shown_in_one_piece_only(ana: Member) -> None:
    conversation_id = long_talk(15)
    for minute in (2.5, 12.5):
        with later(minutes=minute):
            conversations.change_status(ana.id, conversation_id, Status.SPAM if minute < 10 else Status.CONTACTED)
    newest = detail.of(ana.id, conversation_id).history
    oldest = detail.earlier(ana.id, conversation_id, newest.first_seq)
    assert happened(oldest) == ["status_changed"]
    assert happened(newest) == ["status_changed", "reviewed"]


def test_a_page_that_shows_more_gets_all_of_it_again(ana: Member) -> None:
    conversation_id = long_talk(15)
    history = detail.of(ana.id, conversation_id, since=4).history
    assert len(said(history)) == 12 and history.has_earlier
    assert said(detail.of(ana.id, conversation_id, since=1).history)[0] == "message 1"


def test_it_shows_the_contact(ana: Member) -> None:
    conversation_id = factories.listed(name="Maria", phone="+393472201234", language="it")
    contact = detail.of(ana.id, conversation_id).contact
    assert (contact.name, contact.phone, contact.email, contact.language) == ("Maria", "+393472201234", None, "it")


def test_it_shows_the_newest_review_with_its_rubric(ana: Member) -> None:
    conversation_id = factories.listed()
    grades = (Grade(Dimension.TONE, 2, 2, "€148", "Curt."),)
    factories.reviewed(conversation_id, grades=grades, caps=(Cap.UNANSWERED,), customer_wants="Six chairs.")
    review = detail.of(ana.id, conversation_id).review
    assert review and (review.reviewer, review.score) == ("fake", 40)
    assert (review.grades, review.caps) == (grades, (Cap.UNANSWERED,))
    assert (review.customer_wants, review.what_happened, review.covers) == ("Six chairs.", "The agent answered.", 2)


def test_it_shows_why_the_review_is_late(ana: Member) -> None:
    conversation_id = factories.listed()
    with db.write() as session:
        session.get_one(Conversation, conversation_id).review_problem = "quota"
    assert detail.of(ana.id, conversation_id).problem == "quota"


def test_it_shows_tags_and_notes_and_which_are_mine(ana: Member, ben: Member) -> None:
    conversation_id = factories.listed()
    tags.add(ana.id, conversation_id, "kitchen")
    notes.add(ana.id, conversation_id, "Called her.")
    notes.add(ben.id, conversation_id, "She called back.")
    shown = detail.of(ben.id, conversation_id)
    assert [tag.name for tag in shown.tags] == ["kitchen"]
    assert [(note.text, note.author, note.is_mine) for note in shown.notes] == [
        ("Called her.", "Ana", False),
        ("She called back.", "Ben", True),
    ]


def test_what_is_hidden_or_unknown_is_not_shown(ana: Member) -> None:
    for conversation_id in (factories.received().conversation_id, 999):
        with pytest.raises(Gone):
            detail.of(ana.id, conversation_id)
        with pytest.raises(Gone):
            detail.earlier(ana.id, conversation_id, 10)


def test_a_location_and_files_stand_apart_from_the_text(ana: Member) -> None:
    place = {"Latitude": "45.69", "Longitude": "9.67", "Label": "Showroom", "Address": "Via dell'Abete 14"}
    files = with_files(("https://api.twilio.example/1", "image/jpeg"), ("https://api.twilio.example/2", PDF))
    line = shown_of(ana, "Here it is", Body="Here it is", **place, **files)
    assert line.text == "Here it is"
    assert line.place == Place(45.69, 9.67, "Showroom · Via dell'Abete 14")
    assert [each.content_type for each in line.attachments] == ["image/jpeg", PDF]


@pytest.mark.parametrize("latitude", ["", "north", "nan", "91", "1e400"])
def test_a_place_that_is_none_is_left_to_the_text(ana: Member, latitude: str) -> None:
    line = shown_of(ana, "📍 Showroom", Body="", Latitude=latitude, Longitude="9.67")
    assert (line.text, line.place) == ("📍 Showroom", None)


def test_a_message_whose_form_is_not_kept_shows_what_stood_for_it(ana: Member) -> None:
    line = shown_of(ana, "📎 image/jpeg")
    assert (line.text, line.attachments) == ("📎 image/jpeg", ())


def shown_of(member: Member, text: str, **form: str) -> detail.Line:
    """A message of WhatsApp that came by this form."""
    raw = inbound(text) | form if form else None
    media = twilio_client.contents(raw).media if raw else ()
    stored = factories.received(text, source=Source.WHATSAPP, raw=raw, media=media)
    factories.reviewed(stored.conversation_id)
    return next(line for line in detail.of(member.id, stored.conversation_id).history.lines if line.seq)


def test_messages_stay_in_their_order_where_the_clock_was_set_back(ana: Member) -> None:
    with later(minutes=30):
        stored = factories.received("first", sender="maria")
    factories.received("second", sender="maria")
    factories.reviewed(stored.conversation_id)
    assert said(detail.of(ana.id, stored.conversation_id).history) == ["first", "second"]


def test_it_shows_how_far_one_has_read(ana: Member, ben: Member) -> None:
    conversation_id = factories.listed("Hello", "Are you there?")
    conversations.mark_read(ana.id, conversation_id)
    assert detail.of(ana.id, conversation_id).read_to == 3
    conversations.mark_unread(ana.id, conversation_id)
    conversations.mark_unread(ana.id, conversation_id)
    conversations.mark_unread(ben.id, conversation_id)
    assert detail.of(ana.id, conversation_id).read_to == 1, "the customer's last message is unread"
    assert detail.of(ben.id, conversation_id).read_to == 0
    conversations.mark_read(ana.id, conversation_id)
    assert detail.of(ana.id, conversation_id).read_to == 3


def test_it_shows_the_other_conversations_of_the_same_person(ana: Member) -> None:
    conversation_id = factories.listed("Hello", sender="maria", title="Chairs")
    with later(days=40):
        second = factories.listed("Hello again", sender="maria", title="Tables")
    with later(days=80):
        hidden = factories.received("And again", sender="maria").conversation_id
    factories.listed("Somebody else")
    assert hidden not in (conversation_id, second)
    assert [(other.id, other.title) for other in detail.of(ana.id, conversation_id).others] == [(second, "Tables")]
    assert [other.id for other in detail.of(ana.id, second).others] == [conversation_id]


def test_earlier_reviews_can_be_opened(ana: Member) -> None:
    conversation_id = factories.listed(title="First")
    with later(minutes=10):
        factories.reviewed(conversation_id, title="Second", reviewer="offline")
    shown = detail.of(ana.id, conversation_id)
    assert shown.review and shown.review.title == "Second"
    (earlier,) = shown.earlier_reviews
    assert earlier.reviewer == "fake"
    assert detail.review(ana.id, conversation_id, earlier.id).title == "First"
    with pytest.raises(Gone):
        detail.review(ana.id, factories.listed(), earlier.id)


def test_on_whatsapp_it_says_where_replies_go_whatever_the_contact_says(ana: Member) -> None:
    conversation_id = factories.listed(sender="whatsapp:+393472201234", source=Source.WHATSAPP, phone="+390351")
    assert detail.of(ana.id, conversation_id).contact.whatsapp == "+393472201234"
    hides_his = factories.listed(sender="whatsapp:IT.1349", source=Source.WHATSAPP)
    assert detail.of(ana.id, hides_his).contact.whatsapp is None
