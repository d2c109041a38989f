"""Until when a customer may be written to. WhatsApp lets a business answer freely for 24 hours after the customer's
last message and refuses what comes later; only his next message opens it again."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from leader24 import clock
from leader24.models import Author, Conversation, Message, Source
from leader24.services.refusals import Refused

STAYS_OPEN = timedelta(hours=24)


def closes_at(session: Session, conversation: Conversation) -> datetime | None:
    """None where a reply may come at any time."""
    if conversation.source is not Source.WHATSAPP:
        return None
    newest = (
        select(Conversation.id)
        .where(Conversation.identity_id == conversation.identity_id)
        .order_by(Conversation.last_message_at.desc(), Conversation.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    written = select(Message.received_at).where(Message.conversation_id == newest, Message.author == Author.CUSTOMER)
    last = session.scalar(written.order_by(Message.seq.desc()).limit(1))
    return last and last + STAYS_OPEN


def is_closed(session: Session, conversation: Conversation) -> bool:
    end = closes_at(session, conversation)
    return end is not None and end <= clock.now()


def check(session: Session, conversation: Conversation) -> None:
    """Raises Refused."""
    if is_closed(session, conversation):
        raise Refused("window_closed")
