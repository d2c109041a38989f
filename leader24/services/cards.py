"""What stands beside a conversation's history: contact, reviews, tags and notes. Each is read within a transaction of
who shows them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from leader24.models import Contact, Conversation, ConversationTag, Note, Review, Source, Status, Tag
from leader24.services.rubric import Cap, Dimension, Grade
from leader24.services.tags import TagRow

MOST_OTHERS, MOST_REVIEWS = 30, 50


@dataclass(frozen=True, slots=True)
class ContactCard:
    """`whatsapp` is the number to which replies go, whatever `phone` says."""

    name: str
    phone: str | None
    email: str | None
    language: str
    since: datetime
    whatsapp: str | None


@dataclass(frozen=True, slots=True)
class OtherRow:
    """Another conversation of the same person."""

    id: int
    title: str
    source: Source
    status: Status
    last_message_at: datetime


@dataclass(frozen=True, slots=True)
class ReviewRow:
    id: int
    reviewer: str
    at: datetime
    score: int | None


@dataclass(frozen=True, slots=True)
class ReviewCard:
    id: int
    reviewer: str
    at: datetime
    title: str
    score: int | None
    not_rated: str | None
    customer_wants: str
    what_happened: str
    to_do_next: str
    grades: tuple[Grade, ...]
    caps: tuple[Cap, ...]
    status: Status
    status_reason: str
    covers: int


@dataclass(frozen=True, slots=True)
class NoteCard:
    id: int
    text: str
    author: str
    is_mine: bool
    at: datetime
    edited_at: datetime | None


def contact(session: Session, conversation: Conversation) -> ContactCard:
    his = session.get_one(Contact, conversation.contact_id)
    address = conversation.identity.external_id.removeprefix("whatsapp:")
    whatsapp = address if conversation.source is Source.WHATSAPP and address.startswith("+") else None
    return ContactCard(his.name, his.phone, his.email, his.language, his.created_at, whatsapp)


def others(session: Session, conversation: Conversation) -> tuple[OtherRow, ...]:
    """The newest first; hidden ones are left out."""
    query = (
        select(
            Conversation.id,
            Conversation.title,
            Conversation.source,
            Conversation.status,
            Conversation.last_message_at,
        )
        .where(Conversation.contact_id == conversation.contact_id, Conversation.id != conversation.id)
        .where(Conversation.is_listed)
        .order_by(Conversation.last_message_at.desc(), Conversation.id.desc())
    )
    return tuple(OtherRow(*row) for row in session.execute(query.limit(MOST_OTHERS)))


def reviews(session: Session, conversation_id: int) -> list[ReviewRow]:
    """The newest first."""
    query = select(Review.id, Review.reviewer, Review.created_at, Review.score)
    query = query.where(Review.conversation_id == conversation_id).order_by(Review.id.desc())
    return [ReviewRow(*row) for row in session.execute(query.limit(MOST_REVIEWS))]


def review(kept: Review) -> ReviewCard:
    return ReviewCard(
        id=kept.id,
        reviewer=kept.reviewer,
        at=kept.created_at,
        title=kept.title,
        score=kept.score,
        not_rated=kept.not_rated,
        customer_wants=kept.customer_wants,
        what_happened=kept.what_happened,
        to_do_next=kept.to_do_next,
        grades=tuple(Grade(**each | {"dimension": Dimension(each["dimension"])}) for each in kept.grades),
        caps=tuple(Cap(each) for each in kept.caps),
        status=kept.status,
        status_reason=kept.status_reason,
        covers=kept.covers,
    )


def tags(session: Session, conversation_id: int) -> tuple[TagRow, ...]:
    query = select(Tag).join(ConversationTag).where(ConversationTag.conversation_id == conversation_id)
    return tuple(TagRow(tag.id, tag.name, tag.colour) for tag in session.scalars(query.order_by(Tag.folded)))


def notes(session: Session, conversation_id: int, member_id: int) -> tuple[NoteCard, ...]:
    query = select(Note).where(Note.conversation_id == conversation_id).options(joinedload(Note.member))
    return tuple(
        NoteCard(note.id, note.text, note.member.name, note.member_id == member_id, note.created_at, note.edited_at)
        for note in session.scalars(query.order_by(Note.created_at, Note.id))
    )
