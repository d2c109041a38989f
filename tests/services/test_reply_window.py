"""WhatsApp's 24 hours."""

from datetime import datetime, timedelta

import pytest

from leader24 import db
from leader24.models import Author, Member, Source
from leader24.services import agents, in_progress, messages, notes, reviews
from leader24.services.conversations import there
from leader24.services.refusals import Refused
from leader24.services.seams import Answer
from tests import factories
from tests.fakes.fake_ai import FakeAi
from tests.times import later

pytestmark = pytest.mark.usefixtures("database")

DAY = timedelta(hours=24)


def reply_until(conversation_id: int) -> datetime | None:
    with db.read() as session:
        return in_progress.of(session, there(session, conversation_id)).reply_until


def test_it_closes_a_day_after_the_customers_last_message(ben: Member) -> None:
    stored = factories.received(source=Source.WHATSAPP, sender="maria")
    assert reply_until(stored.conversation_id) == stored.at + DAY
    with later(hours=5):
        factories.answered(stored.conversation_id)
        messages.reply(ben.id, stored.conversation_id, "I will call you.")
    assert reply_until(stored.conversation_id) == stored.at + DAY
    with later(hours=23):
        again = factories.received(source=Source.WHATSAPP, sender="maria")
    assert reply_until(stored.conversation_id) == again.at + DAY


def test_a_chat_on_the_website_is_open_for_ever(ben: Member) -> None:
    stored = factories.received(source=Source.WIDGET)
    assert reply_until(stored.conversation_id) is None
    with later(days=20):
        assert messages.reply(ben.id, stored.conversation_id, "Are you still there?").seq == 2


def test_afterwards_a_reply_is_refused_and_a_note_is_not(ben: Member) -> None:
    conversation_id = factories.listed(source=Source.WHATSAPP)
    with later(hours=23, minutes=59):
        messages.reply(ben.id, conversation_id, "In time.")
    with later(hours=24, seconds=1):
        with pytest.raises(Refused, match="window_closed"):
            messages.reply(ben.id, conversation_id, "Too late.")
        notes.add(ben.id, conversation_id, "Call her instead.")
    assert factories.texts(conversation_id, Author.MEMBER) == ["In time."]


def test_a_message_opens_it_again(ben: Member) -> None:
    stored = factories.received(source=Source.WHATSAPP, sender="maria")
    with later(days=2):
        factories.received(source=Source.WHATSAPP, sender="maria")
        assert messages.reply(ben.id, stored.conversation_id, "Welcome back.").seq == 3


def test_a_message_in_a_new_conversation_opens_the_old_one_too(ben: Member) -> None:
    stored = factories.received(source=Source.WHATSAPP, sender="maria")
    with later(days=40):
        new = factories.received(source=Source.WHATSAPP, sender="maria")
        assert new.conversation_id != stored.conversation_id
        assert messages.reply(ben.id, stored.conversation_id, "About your old question.").seq == 2


def test_an_answer_of_the_agent_that_comes_too_late_is_left_to_a_person_unasked(ben: Member) -> None:
    ai, conversation_id = FakeAi(), factories.received(source=Source.WHATSAPP).conversation_id
    with later(hours=25):
        assert agents.claim_due() == [] and ai.answered == []
        assert agents.claim_due() == []
        conversation = factories.conversation(conversation_id)
        assert conversation.answer_due_at is None and conversation.wants_person
        assert [claim.conversation_id for claim in reviews.claim_due()] == [conversation_id]


def test_an_answer_that_is_ready_too_late_is_not_sent(ben: Member) -> None:
    conversation_id = factories.received(source=Source.WHATSAPP).conversation_id
    with later(hours=23, minutes=59):
        (claim,) = agents.claim_due()
    with later(hours=24, minutes=1):
        assert not agents.save(claim, Answer("Sure.", wants_person=False))
    assert factories.texts(conversation_id, Author.AGENT) == []
    assert factories.conversation(conversation_id).wants_person
