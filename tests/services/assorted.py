"""Conversations that differ in all that a list is filtered and sorted by; always the same."""

import random
from datetime import UTC, datetime, timedelta

from leader24 import clock, db
from leader24.models import Conversation, ConversationTag, Source, Status, Tag
from tests import factories

TAGS = 3
ZONE = "Pacific/Auckland"  # far from UTC, so that days begin elsewhere


def assorted(count: int, readers: list[int]) -> list[int]:
    """So many listed ones, among them some of one moment, and one that is hidden; the ids of the listed."""
    chance = random.Random(24)
    made = [factories.listed(source=chance.choice(list(Source))) for _ in range(count)]
    factories.received()
    with db.write() as session:
        session.add_all(
            Tag(id=number, name=f"tag {number}", folded=f"tag {number}", colour="blue") for number in range(1, TAGS + 1)
        )
        for conversation_id in made:
            _vary(chance, session.get_one(Conversation, conversation_id), readers)
            for tag in chance.sample(range(1, TAGS + 1), chance.randrange(TAGS + 1)):
                session.add(ConversationTag(conversation_id=conversation_id, tag_id=tag))
    return made


def _vary(chance: random.Random, conversation: Conversation, readers: list[int]) -> None:
    hours = chance.choice((0, 1, 5, 20, 30, 100, 160, 400, 700, 900))
    at = clock.now().replace(minute=0, second=0, microsecond=0) - timedelta(hours=hours)
    conversation.last_message_at = at
    conversation.status = chance.choice((Status.SPAM, Status.CONTACTED, Status.OPPORTUNITY))
    conversation.score = chance.choice((None, 0, 39, 40, 59, 60, 79, 80, 100))
    conversation.waiting_since = chance.choice((None, at, at - timedelta(hours=3)))
    conversation.waits_for_person = conversation.waiting_since is not None and chance.random() < 0.5
    conversation.answer_due_at = chance.choice((None, datetime(2030, 1, 1, tzinfo=UTC)))
    conversation.review_problem = chance.choice((None, None, None, "timeout"))
    conversation.note_count = chance.choice((0, 0, 1, 3))
    conversation.read_by = frozenset(reader for reader in readers if chance.random() < 0.5)
