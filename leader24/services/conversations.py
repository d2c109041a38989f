"""What members see of conversations, and how they sort them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product
from typing import Any, TypeVarTuple

from sqlalchemy import ColumnExpressionArgument, Row, Select, and_, func, select, tuple_, union, union_all
from sqlalchemy.orm import Session

from leader24 import changes, clock, db
from leader24.models import (
    Activity,
    Author,
    Contact,
    Conversation,
    ConversationTag,
    Message,
    Reading,
    SetBy,
    Source,
    Status,
    Tag,
)
from leader24.services import happenings, rights
from leader24.services.refusals import Overtaken
from leader24.services.rights import Right

Columns = TypeVarTuple("Columns")
Key = tuple[datetime, int]  # the order of the list: last message, id

PAGE = 50
LONGEST_TITLE = 120
LATE = timedelta(minutes=2)  # after which a review that has not begun counts as delayed
NEWEST = Conversation.last_message_at.desc(), Conversation.id.desc()


class Gone(Exception):
    """There is no such conversation (any more), or it is not to be seen yet."""


class Binned(Gone):
    """It lies in the bin; `services/bin.py` tells more of it, and restores it."""


@dataclass(frozen=True, slots=True)
class Filter:
    statuses: frozenset[Status] = frozenset()  # none: all
    source: Source | None = None

    def fits(self, row: "ConversationRow") -> bool:
        return (not self.statuses or row.status in self.statuses) and self.source in (None, row.source)


@dataclass(frozen=True, slots=True)
class ConversationRow:
    """One line of the list. `read_to` is the message up to which the looking member has read it."""

    id: int
    contact_id: int
    contact_name: str
    phone: str | None
    title: str
    source: Source
    status: Status
    preview: str
    last_author: Author
    last_message_at: datetime
    version: int
    score: int | None
    not_rated: str | None
    reviewed_at: datetime
    read_to: int
    tags: tuple[str, ...]

    @property
    def is_unread(self) -> bool:
        return self.read_to < self.version

    @property
    def key(self) -> tuple[datetime, int]:
        return self.last_message_at, self.id


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


def listed(member_id: int, chosen: Filter, before: Key | None = None) -> list[ConversationRow]:
    """One page of the list, newest first, after the row with this key."""
    with db.read() as session:
        rights.check(session, member_id, Right.WORK)
        query = _rows(member_id)
        if chosen == Filter():
            query = _newest(query, before, PAGE)
        else:
            query = query.where(Conversation.id.in_(_filtered(chosen, before))).order_by(*NEWEST)
        return _with_tags(session, session.execute(query).all())


def listed_ids(member_id: int, ids: Collection[int]) -> list[ConversationRow]:
    """The rows of these conversations, in the order of the ids; those that are hidden or gone are left out."""
    with db.read() as session:
        rights.check(session, member_id, Right.WORK)
        rows = _with_tags(session, session.execute(_rows(member_id).where(Conversation.id.in_(ids))).all())
    by_id = {row.id: row for row in rows}
    return [by_id[id] for id in ids if id in by_id]


def allowed(chosen: Filter, ids: list[int]) -> list[int]:
    """Those of the ids that are listed and fit the filter. For the search, which asks for the right when it
    shows them."""
    with db.read() as session:
        return list(session.scalars(select(Conversation.id).where(Conversation.id.in_(ids), *_fits(chosen))))


def matching(member_id: int, chosen: Filter, among: Collection[int] | None = None) -> list[int]:
    """The ids of all that fit, the newest first; `among` the ids that a search has found."""
    with db.read() as session:
        rights.check(session, member_id, Right.WORK)
        ids = session.scalars(select(Conversation.id).where(*_fits(chosen)).order_by(*NEWEST))
        found = None if among is None else frozenset(among)
        return [id for id in ids if found is None or id in found]


def newest(query: Select[*Columns], chosen: Filter, before: Key | None, size: int) -> Select[*Columns]:
    """Of what the query selects, that which fits the filter, newest first, after the row with this key."""
    return _newest(query.where(*_fits(chosen)), before, size)


def read_by(conversation_id: int) -> dict[int, int]:
    """How far each member has read it. For the news, of which each page shows its own member's only."""
    with db.read() as session:
        query = select(Reading.member_id, Reading.version).where(Reading.conversation_id == conversation_id)
        return dict(session.execute(query).all())


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


def row_for_all(conversation_id: int) -> ConversationRow | None:
    """The row as nobody's in particular: for pages to which it is told as news."""
    with db.read() as session:
        rows = _with_tags(session, session.execute(_rows(0).where(Conversation.id == conversation_id)).all())
    return rows[0] if rows else None


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
    """Up to its last message; nothing happens when it is."""
    with db.read() as session:
        rights.check(session, member_id, Right.WORK)
        version = seen(session, conversation_id).version
        if read_to(session, member_id, conversation_id) >= version:
            return
    with db.write() as session:
        version = seen(session, conversation_id).version  # another tab may have read on meanwhile
        set_read_to(session, member_id, conversation_id, version)
    changes.publish(conversation_id)


def mark_unread(member_id: int, conversation_id: int) -> None:
    """From the customer's last message on, for this member; nothing happens when it is. Raises Gone."""
    with db.write() as session:
        rights.check(session, member_id, Right.WORK)
        conversation = seen(session, conversation_id)
        if read_to(session, member_id, conversation_id) < conversation.version:
            return
        set_read_to(session, member_id, conversation_id, unread_from(session, conversation) - 1)
    changes.publish(conversation_id)


def read_to(session: Session, member_id: int, conversation_id: int) -> int:
    """The message up to which the member has read it."""
    reading = session.get(Reading, (member_id, conversation_id))
    return reading.version if reading else 0


def set_read_to(session: Session, member_id: int, conversation_id: int, version: int) -> None:
    session.merge(Reading(member_id=member_id, conversation_id=conversation_id, version=version))


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


def _rows(member_id: int) -> Select[*tuple[Any, ...]]:
    """Plain columns: rows of the list never load messages."""
    mine = and_(Reading.conversation_id == Conversation.id, Reading.member_id == member_id)
    return (
        select(
            Conversation.id,
            Conversation.contact_id,
            Contact.name.label("contact_name"),
            Contact.phone,
            Conversation.title,
            Conversation.source,
            Conversation.status,
            Conversation.preview,
            Conversation.last_author,
            Conversation.last_message_at,
            Conversation.version,
            Conversation.score,
            Conversation.not_rated,
            Conversation.reviewed_at,
            func.coalesce(Reading.version, 0).label("read_to"),
        )
        .join(Contact, Contact.id == Conversation.contact_id)
        .outerjoin(Reading, mine)
        .where(Conversation.is_listed)
    )


def _newest(query: Select[*Columns], before: Key | None, size: int) -> Select[*Columns]:
    if before:
        query = query.where(tuple_(Conversation.last_message_at, Conversation.id) < before)
    return query.order_by(*NEWEST).limit(size)


def _fits(chosen: Filter) -> list[ColumnExpressionArgument[bool]]:
    conditions: list[ColumnExpressionArgument[bool]] = [Conversation.is_listed]
    if chosen.statuses:
        conditions.append(Conversation.status.in_(chosen.statuses))
    if chosen.source:
        conditions.append(Conversation.source == chosen.source)
    return conditions


def _filtered(chosen: Filter, before: Key | None) -> Select[int]:
    """The ids of one page. The index holds each status and source in order of time, but not several of them together:
    so the newest of each, and of these the newest."""
    listed = select(Conversation.id, Conversation.last_message_at).where(Conversation.is_listed)
    each = product(chosen.statuses or Status, [chosen.source] if chosen.source else Source)
    pages = [
        _newest(listed.where(Conversation.status == status, Conversation.source == source), before, PAGE)
        for status, source in each
    ]
    all_of_them = union_all(*(select(page.subquery()) for page in pages)).subquery()
    return select(all_of_them.c.id).order_by(all_of_them.c.last_message_at.desc(), all_of_them.c.id.desc()).limit(PAGE)


def _with_tags(session: Session, rows: Iterable[Row[*tuple[Any, ...]]]) -> list[ConversationRow]:
    rows = list(rows)
    query = (
        select(ConversationTag.conversation_id, Tag.name)
        .join(Tag)
        .where(ConversationTag.conversation_id.in_([row.id for row in rows]))
        .order_by(Tag.folded)
    )
    tags: dict[int, list[str]] = {}
    for conversation_id, name in session.execute(query) if rows else ():
        tags.setdefault(conversation_id, []).append(name)
    return [ConversationRow(**row._asdict(), tags=tuple(tags.get(row.id, ()))) for row in rows]
