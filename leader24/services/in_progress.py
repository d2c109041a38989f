"""What is still going on: conversations that no review has seen yet, those whose review is late, and how it stands with
one of them. Nothing that is hidden from the list is invisible here."""

from dataclasses import dataclass
from datetime import datetime
from itertools import starmap

from sqlalchemy import func, select, union
from sqlalchemy.orm import Session

from leader24 import db
from leader24.models import Author, Contact, Conversation, Member, Source
from leader24.services import reply_window, rights, takeovers
from leader24.services.conversations import delayed
from leader24.services.orders import NEWEST
from leader24.services.reviews import is_being_reviewed
from leader24.services.rights import Right
from leader24.services.takeovers import Answerer

PAGE = 100


@dataclass(frozen=True, slots=True)
class Progress:
    """Who answers, until when a reply may come (None: at any time), and when the next review comes."""

    answered_by: Answerer | None
    reply_until: datetime | None
    review_at: datetime | None
    is_being_reviewed: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A conversation that is still hidden, or whose next review is late. `problem` is why the last attempt failed."""

    id: int
    contact_id: int
    contact_name: str
    phone: str | None
    source: Source
    preview: str
    last_author: Author
    last_message_at: datetime
    is_hidden: bool
    is_being_reviewed: bool
    is_late: bool
    review_at: datetime | None
    problem: str | None
    answered_by: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """`total` also counts what is beyond the rows."""

    rows: tuple[Row, ...]
    total: int


def of(session: Session, conversation: Conversation) -> Progress:
    return Progress(
        takeovers.answerer(session, conversation),
        reply_window.closes_at(session, conversation),
        conversation.due_at,
        is_being_reviewed(conversation),
    )


def waiting(member_id: int, limit: int = PAGE) -> Found:
    """Those that are late first, then by the last message, the newest first."""
    late = Conversation.id.in_(delayed())
    hidden = select(Conversation.id).where(Conversation.reviewed_at.is_(None))
    waits = Conversation.id.in_(union(hidden, delayed()))
    query = (
        select(Conversation, Contact, Member.name, late)
        .join(Contact, Contact.id == Conversation.contact_id)
        .outerjoin(Member, Member.id == Conversation.taken_over_by_id)
        .where(waits)
        .order_by(late.desc(), *NEWEST)
        .limit(limit)
    )
    with db.read() as session:
        rights.check(session, member_id, Right.WORK)
        rows = tuple(starmap(_row, session.execute(query)))
        return Found(rows, session.scalar(select(func.count()).select_from(Conversation).where(waits)) or 0)


def _row(conversation: Conversation, contact: Contact, answered_by: str | None, is_late: bool) -> Row:
    return Row(
        id=conversation.id,
        contact_id=contact.id,
        contact_name=contact.name,
        phone=contact.phone,
        source=conversation.source,
        preview=conversation.preview,
        last_author=conversation.last_author,
        last_message_at=conversation.last_message_at,
        is_hidden=conversation.reviewed_at is None,
        is_being_reviewed=is_being_reviewed(conversation),
        is_late=is_late,
        review_at=conversation.due_at,
        problem=conversation.review_problem,
        answered_by=answered_by,
    )
