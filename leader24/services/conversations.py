"""What members see of conversations, and how they sort them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from leader24 import changes, clock, db
from leader24.models import Activity, Author, Conversation, Message, Reading, SetBy, Status
from leader24.services import rights
from leader24.services.rights import Right

LONGEST_TITLE = 120
SETTLED = frozenset({Status.CONTACTED, Status.NOT_INTERESTED, Status.SPAM})  # they say that nothing is open


class Gone(Exception):
    """There is no such conversation (any more), or it is not to be seen yet."""


@dataclass(frozen=True, slots=True)
class InProgress:
    """Conversations that are still hidden, and of those the ones whose review failed, with the newest problem."""

    hidden: int
    delayed: int
    problem: str | None


@dataclass(frozen=True, slots=True)
class Overview:
    total: int
    in_progress: InProgress


def overview(member_id: int) -> Overview:
    """The numbers above the list, the same for every member."""
    with db.read() as session:
        rights.check(session, member_id, Right.WORK)
    return overview_for_all()


def overview_for_all() -> Overview:
    """As nobody's in particular: for pages to which it is told as news."""
    with db.read() as session:
        hidden = Conversation.reviewed_at.is_(None)
        failed = hidden & Conversation.review_problem.is_not(None)
        count, delayed = session.execute(
            select(func.count(), func.count().filter(failed)).select_from(Conversation).where(hidden)
        ).one()
        newest = select(Conversation.review_problem).where(failed).order_by(Conversation.due_at.desc()).limit(1)
        total = session.scalar(select(func.count()).where(Conversation.is_listed)) or 0
        return Overview(total, InProgress(count, delayed, session.scalar(newest) if delayed else None))


def change_status(member_id: int, conversation_id: int, status: Status) -> None:
    """A member's choice stands until a member changes it. Raises Gone."""
    with db.write() as session:
        rights.check(session, member_id, Right.WORK)
        conversation = seen(session, conversation_id)
        if conversation.status is status and conversation.status_set_by is SetBy.MEMBER:
            return
        details = {"from": conversation.status, "to": status}
        if status in SETTLED:
            conversation.settle()
        elif conversation.status in SETTLED:
            conversation.waiting_since = _waiting_since(session, conversation)
        conversation.status, conversation.status_set_by = status, SetBy.MEMBER
        session.add(note_activity(conversation_id, member_id, "status_changed", **details))
    changes.publish(conversation_id)


def mark_read(member_id: int, conversation_id: int) -> None:
    """Up to its last message; nothing happens when it is."""
    with db.read() as session:
        rights.check(session, member_id, Right.WORK)
        if member_id in seen(session, conversation_id).read_by:
            return
    with db.write() as session:
        conversation = seen(session, conversation_id)  # another tab may have read on meanwhile
        conversation.read_by |= {member_id}
        session.merge(Reading(member_id=member_id, conversation_id=conversation_id, version=conversation.version))
    changes.publish(conversation_id)


def seen(session: Session, conversation_id: int) -> Conversation:
    """A conversation that members may see. Raises Gone."""
    conversation = session.get(Conversation, conversation_id)
    if conversation is None or not conversation.is_listed:
        raise Gone(conversation_id)
    return conversation


def note_activity(conversation_id: int, member_id: int | None, kind: str, **details: object) -> Activity:
    return Activity(
        conversation_id=conversation_id, member_id=member_id, kind=kind, details=details, created_at=clock.now()
    )


def _waiting_since(session: Session, conversation: Conversation) -> datetime | None:
    """The customer's oldest message that nobody has answered, looked up among the messages."""
    if conversation.waits_for_person:
        return conversation.last_message_at
    mine, by_customer = Message.conversation_id == conversation.id, Message.author == Author.CUSTOMER
    answered = select(func.coalesce(func.max(Message.seq), 0)).where(mine, ~by_customer).scalar_subquery()
    return session.scalar(select(func.min(Message.received_at)).where(mine, by_customer, Message.seq > answered))
