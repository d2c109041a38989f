"""The bin: what members delete lies there for thirty days and can be restored, then it goes for good.

Whatever lies there is in no list, no count and no search, and neither answered nor reviewed. Its customer's own screen
shows it as before. If he writes again, that begins a new conversation, which is seen like any other.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, exists, func, select
from sqlalchemy import delete as deleted
from sqlalchemy.orm import Session

from leader24 import changes, clock, db
from leader24.models import LONGEST_WAIT, Activity, Contact, Conversation, Source
from leader24.services import happenings, rights
from leader24.services.conversations import Gone, note_activity, seen
from leader24.services.refusals import Overtaken
from leader24.services.rights import Right

KEPT_FOR = timedelta(days=30)
PAGE = 20
PURGED_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Deletion:
    """What was deleted in one go. `by` is a member's name."""

    deleted_at: datetime
    by: str
    count: int

    @property
    def goes_at(self) -> datetime:
        return self.deleted_at + KEPT_FOR


@dataclass(frozen=True, slots=True)
class BinRow:
    id: int
    contact_name: str
    phone: str | None
    title: str
    source: Source
    last_message_at: datetime


def delete(member_id: int, conversation_id: int) -> None:
    """Into the bin; nothing happens when it lies there. Raises Gone."""
    with db.write() as session:
        rights.check(session, member_id, Right.WORK)
        conversation = _kept(session, conversation_id)
        if conversation.deleted_at:
            return
        put_in(session, member_id, conversation_id, clock.now())
    changes.publish(conversation_id)


def restore(member_id: int, conversation_id: int) -> None:
    """As it was; nothing happens when it is not in the bin. Raises Gone where it has left it for good."""
    with db.write() as session:
        rights.check(session, member_id, Right.WORK)
        if take_out(session, member_id, conversation_id) is None:
            return
    changes.publish(conversation_id)


def erase(member_id: int, conversation_id: int) -> None:
    """For good, before its time; nothing happens when it is not in the bin."""
    with db.write() as session:
        rights.check(session, member_id, Right.RUN)
        conversation = session.get(Conversation, conversation_id)
        if conversation is None or conversation.deleted_at is None:
            return
        _remove(session, [conversation_id])
        _note_erased(session, member_id, 1)
    changes.publish(conversation_id)


def purge() -> int:
    """What has lain in the bin for so long goes, with all that belongs to it; how many conversations."""
    query = select(Conversation.id).where(Conversation.deleted_at <= clock.now() - KEPT_FOR).limit(PURGED_AT_ONCE)
    count = 0
    while ids := _due(query):
        with db.write(can_wait=True) as session:
            count += _remove(session, ids)
        changes.publish_many(ids)
    if count:
        with db.write(can_wait=True) as session:
            _note_erased(session, None, count)
    return count


def deletions(member_id: int, before: datetime | None = None) -> list[Deletion]:
    """One page of them, the newest first, before the one of that moment."""
    with db.read() as session:
        rights.check(session, member_id, Right.WORK)
        query = select(Conversation.deleted_at, func.max(Conversation.id), func.count())
        query = query.where(Conversation.deleted_at < before if before else Conversation.deleted_at.is_not(None))
        query = query.group_by(Conversation.deleted_at).order_by(Conversation.deleted_at.desc()).limit(PAGE)
        return [_deletion(session, id, at, count) for at, id, count in session.execute(query) if at]


def found(member_id: int, conversation_id: int) -> Deletion | None:
    """With which this conversation came into the bin; None where it is not there."""
    with db.read() as session:
        rights.check(session, member_id, Right.WORK)
        at = session.scalar(select(Conversation.deleted_at).where(Conversation.id == conversation_id))
        if at is None:
            return None
        count = session.scalar(select(func.count()).where(Conversation.deleted_at == at)) or 0
        return _deletion(session, conversation_id, at, count)


def rows(member_id: int, deleted_at: datetime, after: int = 0, size: int = PAGE) -> list[BinRow]:
    """Of what was deleted in one go, the highest ids first, after this one."""
    with db.read() as session:
        rights.check(session, member_id, Right.WORK)
        query = (
            select(
                Conversation.id,
                Contact.name,
                Contact.phone,
                Conversation.title,
                Conversation.source,
                Conversation.last_message_at,
            )
            .join(Contact, Contact.id == Conversation.contact_id)
            .where(Conversation.deleted_at == deleted_at)
            .order_by(Conversation.id.desc())
            .limit(size)
        )
        if after:
            query = query.where(Conversation.id < after)
        return [BinRow(*row) for row in session.execute(query)]


def ids_of(member_id: int, deleted_at: datetime) -> list[int]:
    """All that was deleted in that go."""
    with db.read() as session:
        rights.check(session, member_id, Right.WORK)
        query = select(Conversation.id).where(Conversation.deleted_at == deleted_at).order_by(Conversation.id)
        return list(session.scalars(query))


def put_in(session: Session, member_id: int, conversation_id: int, at: datetime) -> None:
    """Within a transaction that has asked for the right. Raises Gone."""
    conversation = seen(session, conversation_id)
    conversation.deleted_at = at
    conversation.revision += 1
    session.add(note_activity(conversation_id, member_id, "deleted"))


def take_out(
    session: Session, member_id: int, conversation_id: int, put_in_at: datetime | None = None
) -> datetime | None:
    """As `put_in`; when it was deleted, None where it is not in the bin. Raises Overtaken where it was deleted at
    another moment than `put_in_at`. After a while nobody waits for the agent's answer any more, and it would surprise:
    then only the review is made up for."""
    conversation = _kept(session, conversation_id)
    at = conversation.deleted_at
    if at is None:
        return None
    if put_in_at not in (None, at):
        raise Overtaken({"deleted_at": at.isoformat()}, happenings.last_by(session, conversation_id, "deleted"))
    if clock.now() - at > LONGEST_WAIT:
        conversation.answer_due_at = None
    conversation.deleted_at = None
    conversation.revision += 1
    session.add(note_activity(conversation_id, member_id, "restored"))
    return at


def _kept(session: Session, conversation_id: int) -> Conversation:
    """Listed or in the bin."""
    conversation = session.get(Conversation, conversation_id)
    if conversation is None or conversation.reviewed_at is None:
        raise Gone(conversation_id)
    return conversation


def _deletion(session: Session, conversation_id: int, at: datetime, count: int) -> Deletion:
    return Deletion(at, happenings.last_by(session, conversation_id, "deleted"), count)


def _due(query: Select[int]) -> list[int]:
    with db.read() as session:
        return list(session.scalars(query))


def _remove(session: Session, ids: list[int]) -> int:
    """How many. Messages with their raw forms, reviews, notes and activities go with their conversation; so does a
    contact of whom nothing else is left."""
    concerned = list(session.scalars(select(Conversation.contact_id).where(Conversation.id.in_(ids)).distinct()))
    binned = Conversation.id.in_(ids), Conversation.deleted_at.is_not(None)  # it may have been restored just now
    gone = session.scalars(deleted(Conversation).where(*binned).returning(Conversation.id)).all()
    has_more = exists().where(Conversation.contact_id == Contact.id)
    session.execute(deleted(Contact).where(Contact.id.in_(concerned), ~has_more))
    return len(gone)


def _note_erased(session: Session, member_id: int | None, count: int) -> None:
    session.add(Activity(member_id=member_id, kind="erased", details={"count": count}, created_at=clock.now()))
