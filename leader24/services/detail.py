"""One conversation as a member reads it: history, contact, review, tags, notes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from leader24 import db
from leader24.models import (
    Activity,
    Author,
    Contact,
    ConversationTag,
    Delivery,
    Message,
    Note,
    Review,
    SetBy,
    Source,
    Status,
    Tag,
)
from leader24.services import in_progress, rights
from leader24.services.conversations import seen, there
from leader24.services.in_progress import Progress
from leader24.services.rights import Right
from leader24.services.rubric import Cap, Dimension, Grade
from leader24.services.tags import TagRow

MESSAGES = 100  # shown at first, and with each "earlier"


@dataclass(frozen=True, slots=True)
class ContactCard:
    name: str
    phone: str | None
    email: str | None
    language: str
    since: datetime


@dataclass(frozen=True, slots=True)
class ReviewCard:
    """The newest review. `suggested` is its status where a member's choice stands instead."""

    reviewer: str
    at: datetime
    score: int | None
    not_rated: str | None
    customer_wants: str
    what_happened: str
    to_do_next: str
    grades: tuple[Grade, ...]
    caps: tuple[Cap, ...]
    status_reason: str
    suggested: Status | None
    covers: int


@dataclass(frozen=True, slots=True)
class NoteCard:
    id: int
    text: str
    author: str
    is_mine: bool
    at: datetime
    edited_at: datetime | None


@dataclass(frozen=True, slots=True)
class Line:
    """A message, or (seq 0) something that happened at that time."""

    seq: int
    author: Author | None
    author_name: str
    text: str
    at: datetime
    delivery: Delivery | None = None
    problem: str | None = None
    kind: str = "message"
    details: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class History:
    lines: tuple[Line, ...]
    has_earlier: bool

    @property
    def first_seq(self) -> int:
        return next((line.seq for line in self.lines if line.seq), 0)


@dataclass(frozen=True, slots=True)
class Detail:
    id: int
    title: str
    source: Source
    status: Status
    version: int
    contact: ContactCard
    review: ReviewCard | None
    problem: str | None
    progress: Progress
    tags: tuple[TagRow, ...]
    notes: tuple[NoteCard, ...]
    history: History


def of(member_id: int, conversation_id: int, *, since: int | None = None, even_hidden: bool = False) -> Detail:
    """Everything of it; the history from message `since` on, or else the newest messages. Raises Gone."""
    with db.read() as session:
        rights.check(session, member_id, Right.WORK)
        conversation = (there if even_hidden else seen)(session, conversation_id)
        contact = session.get_one(Contact, conversation.contact_id)
        review = session.scalar(
            select(Review).where(Review.conversation_id == conversation_id).order_by(Review.id.desc()).limit(1)
        )
        stands = conversation.status_set_by is SetBy.MEMBER
        return Detail(
            id=conversation.id,
            title=conversation.title,
            source=conversation.source,
            status=conversation.status,
            version=conversation.version,
            contact=ContactCard(contact.name, contact.phone, contact.email, contact.language, contact.created_at),
            review=_review_card(review, conversation.status if stands else None) if review else None,
            problem=conversation.review_problem,
            progress=in_progress.of(session, conversation),
            tags=_tags(session, conversation_id),
            notes=_notes(session, conversation_id, member_id),
            history=_history(session, conversation_id, before=conversation.version + 1, since=since),
        )


def earlier(
    member_id: int, conversation_id: int, before: int, since: int | None = None, *, even_hidden: bool = False
) -> History:
    """The messages before that one, all from `since` on where it is given. Raises Gone."""
    with db.read() as session:
        rights.check(session, member_id, Right.WORK)
        (there if even_hidden else seen)(session, conversation_id)
        return _history(session, conversation_id, before=before, since=since)


def _history(session: Session, conversation_id: int, before: int, since: int | None) -> History:
    query = select(Message).where(Message.conversation_id == conversation_id, Message.seq < before)
    if since is not None:
        query = query.where(Message.seq >= since)
    limit = None if since is not None else MESSAGES
    messages = list(session.scalars(query.order_by(Message.seq.desc()).limit(limit)))[::-1]
    lines = [_line(message) for message in messages]
    if lines:
        lines += _happenings(session, conversation_id, messages[0], before)
    lines.sort(key=lambda line: line.at)
    return History(tuple(lines), has_earlier=bool(messages) and messages[0].seq > 1)


def _line(message: Message) -> Line:
    return Line(
        message.seq,
        message.author,
        message.author_name,
        message.text,
        message.received_at,
        message.delivery,
        message.delivery_problem,
    )


def _happenings(session: Session, conversation_id: int, first: Message, before: int) -> list[Line]:
    """What happened from the first of the messages (or ever, if it is the very first) to the next one shown."""
    query = (
        select(Activity)
        .where(Activity.conversation_id == conversation_id)
        .order_by(Activity.id)
        .options(joinedload(Activity.member))
    )
    if first.seq > 1:
        query = query.where(Activity.created_at >= first.received_at)
    following = select(Message.received_at).where(Message.conversation_id == conversation_id, Message.seq == before)
    if end := session.scalar(following):
        query = query.where(Activity.created_at < end)
    return [
        Line(
            0, None, a.member.name if a.member else "", "", a.created_at, kind=a.kind, details=a.details | {"id": a.id}
        )
        for a in session.scalars(query)
    ]


def _review_card(review: Review, chosen: Status | None) -> ReviewCard:
    return ReviewCard(
        reviewer=review.reviewer,
        at=review.created_at,
        score=review.score,
        not_rated=review.not_rated,
        customer_wants=review.customer_wants,
        what_happened=review.what_happened,
        to_do_next=review.to_do_next,
        grades=tuple(Grade(**each | {"dimension": Dimension(each["dimension"])}) for each in review.grades),
        caps=tuple(Cap(each) for each in review.caps),
        status_reason=review.status_reason,
        suggested=review.status if chosen and chosen is not review.status else None,
        covers=review.covers,
    )


def _tags(session: Session, conversation_id: int) -> tuple[TagRow, ...]:
    query = select(Tag).join(ConversationTag).where(ConversationTag.conversation_id == conversation_id)
    return tuple(TagRow(tag.id, tag.name, tag.colour) for tag in session.scalars(query.order_by(Tag.folded)))


def _notes(session: Session, conversation_id: int, member_id: int) -> tuple[NoteCard, ...]:
    query = select(Note).where(Note.conversation_id == conversation_id).options(joinedload(Note.member))
    return tuple(
        NoteCard(note.id, note.text, note.member.name, note.member_id == member_id, note.created_at, note.edited_at)
        for note in session.scalars(query.order_by(Note.id))
    )
