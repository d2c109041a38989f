"""Files that customers send: noted with their message, fetched once, and shown to whoever may see the conversation."""

from collections.abc import Iterator

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import InvalidRequestError

from leader24 import changes, db
from leader24.models import Attachment, Conversation, Member, Message, Source
from leader24.services import attachments, bin, detail, downloads, messages, preferences
from leader24.services.attachments import AttachmentRow
from leader24.services.conversations import Gone
from leader24.services.downloads import File
from leader24.services.messages import Stored
from leader24.services.twilio_client import Media
from tests import factories
from tests.fakes.fake_twilio import ACCOUNT, TOKEN, FakeTwilio, elsewhere, file
from tests.fakes.files import HTML, JPEG, PDF
from tests.fakes.server import Reply
from tests.threads import at_once
from tests.times import later

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def set_up(database: object) -> None:
    preferences.use_defaults(twilio_account_sid=ACCOUNT, twilio_auth_token=TOKEN)


@pytest.fixture
def twilio() -> Iterator[FakeTwilio]:
    with FakeTwilio() as twilio:
        yield twilio


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    told: list[int] = []
    monkeypatch.setattr(changes, "publish", told.append)
    return told


def sent(*urls: str, content_type: str = "image/jpeg", text: str = "", **more: str) -> Stored:
    media = tuple(Media(url, content_type) for url in urls)
    return factories.received(text, source=Source.WHATSAPP, media=media, **more)


def fetched(twilio: FakeTwilio) -> int:
    """What is due by now; how many."""
    claims = attachments.claim_due()
    for claim in claims:
        attachments.fetch_safely(claim, lambda url: downloads.fetch(url, twilio.address))
    return len(claims)


def rows(conversation_id: int) -> tuple[AttachmentRow, ...]:
    """Of its first message."""
    with db.read() as session:
        return attachments.of_messages(session, conversation_id, 1, 1).get(1, ())


def row(stored: Stored) -> AttachmentRow:
    (only,) = rows(stored.conversation_id)
    return only


def test_what_came_with_a_message_is_noted_with_it_and_fetched_afterwards(
    twilio: FakeTwilio, ana: Member, told: list[int]
) -> None:
    stored = sent(twilio.keeps(file(JPEG, name="kitchen.jpg")), twilio.keeps(file(PDF, "application/pdf")))
    first, second = rows(stored.conversation_id)
    assert (first.content_type, first.is_fetched, first.problem) == ("image/jpeg", False, None)
    assert twilio.asked == []
    told.clear()
    assert fetched(twilio) == 2 and told == [stored.conversation_id] * 2
    first, second = rows(stored.conversation_id)
    assert (first.name, first.size, first.found_type, first.is_fetched) == (
        "kitchen.jpg",
        len(JPEG),
        "image/jpeg",
        True,
    )
    assert (second.name, second.found_type) == ("", "application/pdf")
    assert attachments.content(ana.id, first.id, 0, 10_000) == JPEG
    assert attachments.content(ana.id, second.id, 1, 3) == b"PDF"
    with later(days=2):
        assert fetched(twilio) == 0
    assert len(twilio.asked) == 2


def test_a_repeated_message_brings_its_files_once(twilio: FakeTwilio) -> None:
    arrival = factories.arrival("", media=(Media(twilio.keeps(file(JPEG)), "image/jpeg"),))
    stored, again = messages.receive([arrival, arrival])
    assert stored.id == again.id and len(rows(stored.conversation_id)) == 1


def test_messages_are_read_without_their_files(twilio: FakeTwilio, ana: Member) -> None:
    stored = sent(twilio.keeps(file(JPEG)))
    fetched(twilio)
    with db.read() as session:
        attachment = session.scalars(select(Attachment)).one()
        with pytest.raises(InvalidRequestError):
            _ = attachment.content
    line = detail.of(ana.id, stored.conversation_id, even_hidden=True).history.lines[0]
    assert [each.found_type for each in line.attachments] == ["image/jpeg"]


def test_a_file_is_what_its_first_bytes_say(twilio: FakeTwilio) -> None:
    stored = sent(twilio.keeps(file(HTML, "image/jpeg")))
    fetched(twilio)
    assert (row(stored).content_type, row(stored).found_type) == ("image/jpeg", "application/octet-stream")


@pytest.mark.parametrize(
    ("reply", "problem"),
    [
        (Reply(404, b""), "gone"),
        (elsewhere("http://169.254.169.254/latest/meta-data"), "refused"),
        (file(b"x" * 101), "too_large"),
    ],
)
def test_what_will_never_come_is_given_up_at_once(
    monkeypatch: pytest.MonkeyPatch, twilio: FakeTwilio, told: list[int], reply: Reply, problem: str
) -> None:
    monkeypatch.setattr(downloads, "LARGEST", 100)
    stored = sent(twilio.keeps(reply))
    told.clear()
    assert fetched(twilio) == 1
    assert (row(stored).problem, row(stored).is_fetched, told) == (problem, False, [stored.conversation_id])
    with later(days=2):
        assert fetched(twilio) == 0


def test_what_fails_comes_later(twilio: FakeTwilio, told: list[int]) -> None:
    stored = sent(twilio.keeps(Reply(500, b""), Reply(503, b""), file(JPEG)))
    told.clear()
    assert (fetched(twilio), fetched(twilio)) == (1, 0)
    with later(seconds=31):
        assert (fetched(twilio), fetched(twilio)) == (1, 0)
        assert (row(stored).is_fetched, row(stored).problem, told) == (False, None, [])
    with later(minutes=3):
        assert fetched(twilio) == 1
    assert row(stored).is_fetched and told == [stored.conversation_id]


@pytest.mark.parametrize(("status", "problem"), [(500, "unreachable"), (403, "refused")])
def test_after_a_day_it_is_given_up(twilio: FakeTwilio, status: int, problem: str) -> None:
    stored = sent(twilio.keeps(Reply(status, b"")))
    hours = 0.0
    while row(stored).problem is None:
        with later(hours=hours):
            fetched(twilio)
        hours += 0.25
    assert 20 < hours < 30 and row(stored).problem == problem
    assert len(twilio.asked) == len(attachments.PAUSES) + 1
    with later(days=9):
        assert fetched(twilio) == 0


def test_after_a_kill_it_is_fetched_when_the_lease_is_over(twilio: FakeTwilio) -> None:
    stored = sent(twilio.keeps(file(JPEG)))
    assert len(attachments.claim_due()) == 1  # and then the power goes
    with later(minutes=4):
        assert fetched(twilio) == 0
    with later(minutes=6):
        assert fetched(twilio) == 1
    assert row(stored).is_fetched


def test_whatever_kills_us_each_time_is_given_up_too(told: list[int]) -> None:
    stored = sent("https://api.twilio.example/1")
    told.clear()
    for attempt in range(len(attachments.PAUSES) + 1):
        with later(minutes=6 * attempt):
            assert len(attachments.claim_due()) == 1
    with later(days=1):
        assert attachments.claim_due() == []
    assert row(stored).problem == "unreachable" and told == [stored.conversation_id]


def test_a_late_attempt_stores_nothing_over_a_later_one(twilio: FakeTwilio) -> None:
    stored = sent(twilio.keeps(file(JPEG)))
    (late,) = attachments.claim_due()
    with later(minutes=6):
        fetched(twilio)
    attachments.fetch_safely(late, lambda url: File(PDF, "late.pdf"))
    assert (row(stored).found_type, row(stored).name) == ("image/jpeg", "")


def test_a_late_attempt_that_fails_leaves_it_to_the_later_one(twilio: FakeTwilio) -> None:
    stored = sent(twilio.keeps(Reply(404, b""), file(JPEG)))
    (late,) = attachments.claim_due()
    with later(minutes=6):
        (second,) = attachments.claim_due()
        for claim in (late, second):
            attachments.fetch_safely(claim, lambda url: downloads.fetch(url, twilio.address))
    assert row(stored).is_fetched


def test_of_two_rounds_one_takes_it(twilio: FakeTwilio) -> None:
    sent(twilio.keeps(file(JPEG)))
    assert sorted(map(len, at_once(2, lambda _: attachments.claim_due()))) == [0, 1]


def test_an_error_of_ours_stops_no_other_file(twilio: FakeTwilio) -> None:
    first, second = sent(twilio.keeps(file(JPEG))), sent(twilio.keeps(file(JPEG)))

    def fail_first(url: str) -> File:
        if url.endswith("ME0"):
            raise RuntimeError
        return File(JPEG, "")

    for claim in attachments.claim_due():
        attachments.fetch_safely(claim, fail_first)
    assert (row(first).is_fetched, row(second).is_fetched) == (False, True)


# Who sees it.


def test_a_file_is_seen_with_its_conversation(twilio: FakeTwilio, ana: Member, ben: Member) -> None:
    stored = sent(twilio.keeps(file(JPEG)))
    with pytest.raises(Gone):
        attachments.row(ana.id, row(stored).id)  # not fetched yet
    fetched(twilio)
    attachment_id = row(stored).id
    assert attachments.row(ben.id, attachment_id).size == len(JPEG)  # in progress, where everybody may look
    factories.reviewed(stored.conversation_id)
    bin.delete(ana.id, stored.conversation_id)
    with pytest.raises(Gone):
        attachments.row(ana.id, attachment_id)
    with pytest.raises(Gone):
        attachments.content(ana.id, attachment_id, 0, 10)
    bin.restore(ana.id, stored.conversation_id)
    assert attachments.content(ben.id, attachment_id, 0, 3) == JPEG[:3]
    with pytest.raises(Gone):
        attachments.row(ana.id, 999)


def test_files_go_with_their_conversation(twilio: FakeTwilio, ana: Member) -> None:
    stored = sent(twilio.keeps(file(JPEG)), sender="whatsapp:+393472201234")
    fetched(twilio)
    factories.reviewed(stored.conversation_id)
    bin.delete(ana.id, stored.conversation_id)
    with later(days=31):
        bin.purge()
    with db.read() as session:
        for table in (Conversation, Message, Attachment):
            assert session.scalar(select(func.count()).select_from(table)) == 0
