"""What members see of conversations, and how they sort them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select, union
from sqlalchemy.orm import Session

from leader24 import changes, clock, db
from leader24.models import Activity, Author, Conversation, Message, Reading, SetBy, Status
from leader24.services import happenings, rights
from leader24.services.refusals import Overtaken
from leader24.services.rights import Right

LONGEST_TITLE = 120
LATE = timedelta(minutes=2)  # after which a review that has not begun counts as delayed
SETTLED = frozenset({Status.CONTACTED, Status.NOT_INTERESTED, Status.SPAM})  # they say that nothing is open


class Gone(Exception):
    """There is no such conversation (any more), or it is not to be seen yet."""


class Binned(Gone):
    """It lies in the bin; `services/bin.py` tells more of it, and restores it."""


@dataclass(frozen=True, slots=True)
class StatusChange:
    """By a member; for `put_status_back`."""

    conversation_id: int
    was: Status
    was_set_by: SetBy
    to: Status


@dataclass(frozen=True, slots=True)
class InProgress:
    """How many are still hidden, and of how many, hidden or listed, the review is late, with the newest problem."""

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
        hidden, late = Conversation.reviewed_at.is_(None), delayed().subquery()
        count = session.scalar(select(func.count()).select_from(Conversation).where(hidden)) or 0
        delays = session.scalar(select(func.count()).select_from(late)) or 0
        failed = select(Conversation.review_problem).where(
            Conversation.review_problem.is_not(None), Conversation.deleted_at.is_(None)
        )
        problem = session.scalar(failed.order_by(Conversation.due_at.desc()).limit(1)) if delays else None
        total = session.scalar(select(func.count()).where(Conversation.is_listed)) or 0
        return Overview(total, InProgress(count, delays, problem))


def delayed() -> Select[int]:
    """The ids of all whose last attempt at a review failed, or of whom none has begun in time."""
    is_kept = Conversation.deleted_at.is_(None)
    failed = select(Conversation.id).where(Conversation.review_problem.is_not(None), is_kept)
    overdue = select(Conversation.id).where(Conversation.due_at < clock.now() - LATE, is_kept)
    return select(union(failed, overdue).subquery().c.id)  # and not "or", for which no index would be used


def change_status(member_id: int, conversation_id: int, status: Status) -> StatusChange | None:
    """A member's choice stands until a member changes it. None where it was his choice already. Raises Gone."""
    with db.write() as session:
        rights.check(session, member_id, Right.WORK)
        change = set_status(session, member_id, seen(session, conversation_id), status)
    if change:
        changes.publish(conversation_id)
    return change


def put_status_back(member_id: int, change: StatusChange) -> None:
    """And who had set it. Raises Overtaken where another one was chosen since, or Gone."""
    with db.write() as session:
        rights.check(session, member_id, Right.WORK)
        take_status_back(session, member_id, change)
    changes.publish(change.conversation_id)


def set_status(
    session: Session, member_id: int, conversation: Conversation, status: Status, set_by: SetBy = SetBy.MEMBER
) -> StatusChange | None:
    """Within a transaction that has asked for the right; None where it is so already."""
    was, was_set_by = conversation.status, conversation.status_set_by
    if (was, was_set_by) == (status, set_by):
        return None
    if status in SETTLED:
        conversation.settle()
    elif was in SETTLED:
        conversation.waiting_since = _waiting_since(session, conversation)
    conversation.status, conversation.status_set_by = status, set_by
    session.add(note_activity(conversation.id, member_id, "status_changed", **{"from": was, "to": status}))
    return StatusChange(conversation.id, was, was_set_by, status)


def take_status_back(session: Session, member_id: int, change: StatusChange) -> None:
    """As `put_status_back`, within a transaction."""
    conversation = seen(session, change.conversation_id)
    if (conversation.status, conversation.status_set_by) != (change.to, SetBy.MEMBER):
        by = happenings.last_by(session, conversation.id, "status_changed")
        raise Overtaken({"status": conversation.status}, by)
    set_status(session, member_id, conversation, change.was, change.was_set_by)


def mark_read(member_id: int, conversation_id: int) -> None:
    """Up to its last message, also while it is hidden; nothing happens when it is so. Raises Gone."""
    with db.read() as session:
        rights.check(session, member_id, Right.WORK)
        if member_id in there(session, conversation_id).read_by:
            return
    with db.write() as session:
        conversation = there(session, conversation_id)  # another tab may have read on meanwhile
        set_read_to(session, member_id, conversation, conversation.version)
    changes.publish(conversation_id)


def mark_unread(member_id: int, conversation_id: int) -> None:
    """From the customer's last message on, for this member; nothing happens when it is. Raises Gone."""
    with db.write() as session:
        rights.check(session, member_id, Right.WORK)
        conversation = seen(session, conversation_id)
        if member_id not in conversation.read_by:
            return
        set_read_to(session, member_id, conversation, unread_from(session, conversation) - 1)
    changes.publish(conversation_id)


def read_to(session: Session, member_id: int, conversation_id: int) -> int:
    """The message up to which the member has read it."""
    reading = session.get(Reading, (member_id, conversation_id))
    return reading.version if reading else 0


def set_read_to(session: Session, member_id: int, conversation: Conversation, version: int) -> None:
    me = frozenset({member_id})
    conversation.read_by = conversation.read_by | me if version >= conversation.version else conversation.read_by - me
    session.merge(Reading(member_id=member_id, conversation_id=conversation.id, version=version))


def unread_from(session: Session, conversation: Conversation) -> int:
    """The message from which on it is unread to him who marks it so: the customer's last one."""
    his = Message.conversation_id == conversation.id, Message.author == Author.CUSTOMER
    return session.scalar(select(func.max(Message.seq)).where(*his)) or conversation.version


def seen(session: Session, conversation_id: int) -> Conversation:
    """A conversation that members may see. Raises Gone, which is Binned where it can be restored."""
    conversation = there(session, conversation_id)
    if conversation.reviewed_at is None:
        raise Gone(conversation_id)
    return conversation


def there(session: Session, conversation_id: int) -> Conversation:
    """As `seen`, and also one that is still hidden."""
    conversation = session.get(Conversation, conversation_id)
    if conversation is None:
        raise Gone(conversation_id)
    if conversation.deleted_at:
        raise Binned(conversation_id)
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
