"""A line of the list: what it shows and what it is filtered and sorted by, read without its messages."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from leader24 import db
from leader24.models import Author, Contact, Conversation, ConversationTag, Source, Status, Tag
from leader24.services import rights, rubric
from leader24.services.rights import Right
from leader24.services.rubric import Band


class Attention(StrEnum):
    """Why a conversation needs a member."""

    PERSON = "person"  # the customer waits for one
    UNANSWERED = "unanswered"  # and the agent is not about to answer
    POOR = "poor"  # was how the agent answered
    REVIEW = "review"  # has failed, and is tried again


@dataclass(frozen=True, slots=True)
class Key:
    """Where a row stands, whatever the list is sorted by."""

    last_message_at: datetime
    id: int
    waiting_since: datetime | None = None
    score: int | None = None


@dataclass(frozen=True, slots=True)
class ConversationRow:
    """One line of the list, as the looking member sees it."""

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
    waiting_since: datetime | None
    waits_for_person: bool
    answer_due_at: datetime | None
    review_problem: str | None
    note_count: int
    read_by: frozenset[int]
    is_unread: bool
    tags: tuple[str, ...]
    tag_ids: frozenset[int]

    @property
    def key(self) -> Key:
        return Key(self.last_message_at, self.id, self.waiting_since, self.score)

    @property
    def attention(self) -> tuple[Attention, ...]:
        """The reasons, the most urgent first; filters.py says the same to the database."""
        waits, for_person = self.waiting_since is not None, self.waits_for_person
        reasons = {
            Attention.PERSON: waits and for_person,
            Attention.UNANSWERED: waits and not for_person and self.answer_due_at is None,
            Attention.POOR: rubric.band(self.score) is Band.POOR,
            Attention.REVIEW: self.review_problem is not None,
        }
        return tuple(reason for reason, is_so in reasons.items() if is_so)

    def as_seen_by(self, member_id: int) -> Self:
        return replace(self, is_unread=member_id not in self.read_by)


def listed_ids(member_id: int, ids: Collection[int]) -> list[ConversationRow]:
    """The rows of these conversations, in the order of the ids; those that are hidden or gone are left out."""
    with db.read() as session:
        rights.check(session, member_id, Right.WORK)
        rows = read(session, member_id, selected().where(Conversation.id.in_(ids)))
    by_id = {row.id: row for row in rows}
    return [by_id[id] for id in ids if id in by_id]


def row_for_all(conversation_id: int) -> ConversationRow | None:
    """The row as nobody's in particular: for pages to which it is told as news."""
    with db.read() as session:
        rows = read(session, 0, selected().where(Conversation.id == conversation_id))
    return rows[0] if rows else None


def selected() -> Select[*tuple[Any, ...]]:
    """Plain columns: rows of the list never load messages."""
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
            Conversation.waiting_since,
            Conversation.waits_for_person,
            Conversation.answer_due_at,
            Conversation.review_problem,
            Conversation.note_count,
            Conversation.read_by,
        )
        .join(Contact, Contact.id == Conversation.contact_id)
        .where(Conversation.is_listed)
    )


def read(session: Session, member_id: int, query: Select[*tuple[Any, ...]]) -> list[ConversationRow]:
    """What the query selects, with its tags."""
    rows = session.execute(query).all()
    tags = _tags(session, [row.id for row in rows])
    return [_row(row, member_id, tags.get(row.id, [])) for row in rows]


def _tags(session: Session, ids: Collection[int]) -> dict[int, list[tuple[int, str]]]:
    query = (
        select(ConversationTag.conversation_id, Tag.id, Tag.name)
        .join(Tag)
        .where(ConversationTag.conversation_id.in_(ids))
        .order_by(Tag.folded)
    )
    tags: dict[int, list[tuple[int, str]]] = {}
    for conversation_id, tag_id, name in session.execute(query) if ids else ():
        tags.setdefault(conversation_id, []).append((tag_id, name))
    return tags


def _row(row: Row[*tuple[Any, ...]], member_id: int, tags: Iterable[tuple[int, str]]) -> ConversationRow:
    return ConversationRow(
        **row._asdict(),
        is_unread=member_id not in row.read_by,
        tags=tuple(name for _, name in tags),
        tag_ids=frozenset(id for id, _ in tags),
    )
