"""One conversation as a member reads it: its history, and the cards beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from leader24 import db
from leader24.models import Activity, Author, Delivery, Message, Reading, Review, Source, Status
from leader24.services import attachments, cards, in_progress, rights, suggestions, twilio_client
from leader24.services.attachments import AttachmentRow
from leader24.services.cards import ContactCard, NoteCard, OtherRow, ReviewCard, ReviewRow
from leader24.services.conversations import Gone, seen, there
from leader24.services.in_progress import Progress
from leader24.services.rights import Right
from leader24.services.suggestions import Suggested
from leader24.services.tags import TagRow
from leader24.services.twilio_client import Contents, Place

MESSAGES = 100  # shown at first, and with each "earlier"


@dataclass(frozen=True, slots=True)
class Line:
    """A message, or (seq 0) something that happened at that time. What a customer sent besides text stands in `place`
    and `attachments`."""

    seq: int
    author: Author | None
    author_name: str
    text: str
    at: datetime
    delivery: Delivery | None = None
    problem: str | None = None
    kind: str = "message"
    details: dict[str, Any] | None = None
    place: Place | None = None
    attachments: tuple[AttachmentRow, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    lines: tuple[Line, ...]
    has_earlier: bool

    @property
    def first_seq(self) -> int:
        return next((line.seq for line in self.lines if line.seq), 0)


@dataclass(frozen=True, slots=True)
class Detail:
    """`read_to` is the message up to which the looking member has read it."""

    id: int
    title: str
    source: Source
    status: Status
    version: int
    read_to: int
    contact: ContactCard
    others: tuple[OtherRow, ...]
    review: ReviewCard | None
    suggested: Suggested
    earlier_reviews: tuple[ReviewRow, ...]
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
        reviews = cards.reviews(session, conversation_id)
        newest = session.get_one(Review, reviews[0].id) if reviews else None
        reading = session.get(Reading, (member_id, conversation_id))
        return Detail(
            id=conversation.id,
            title=conversation.title,
            source=conversation.source,
            status=conversation.status,
            version=conversation.version,
            read_to=reading.version if reading else 0,
            contact=cards.contact(session, conversation),
            others=cards.others(session, conversation),
            review=cards.review(newest) if newest else None,
            suggested=suggestions.of(session, conversation, newest) if newest else Suggested(),
            earlier_reviews=tuple(reviews[1:]),
            problem=conversation.review_problem,
            progress=in_progress.of(session, conversation),
            tags=cards.tags(session, conversation_id),
            notes=cards.notes(session, conversation_id, member_id),
            history=_history(session, conversation_id, before=conversation.version + 1, since=since),
        )


def review(member_id: int, conversation_id: int, review_id: int) -> ReviewCard:
    """One of its reviews, also an earlier one. Raises Gone."""
    with db.read() as session:
        rights.check(session, member_id, Right.WORK)
        seen(session, conversation_id)
        kept = session.get(Review, review_id)
        if kept is None or kept.conversation_id != conversation_id:
            raise Gone(conversation_id)
        return cards.review(kept)


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
    if not messages:
        return History((), has_earlier=False)
    happenings = _happenings(session, conversation_id, messages[0], before)
    files = attachments.of_messages(session, conversation_id, messages[0].seq, messages[-1].seq)
    lines = (_line(message, files.get(message.seq, ())) for message in messages)
    return History(_in_order(lines, happenings), has_earlier=messages[0].seq > 1)


def _in_order(messages: Iterable[Line], happenings: Iterable[Line]) -> tuple[Line, ...]:
    """Messages stay in theirs, also where the clock was set back between two of them."""
    timed, latest = [(line.at, line) for line in happenings], datetime.min.replace(tzinfo=UTC)
    for line in messages:
        latest = max(latest, line.at)
        timed.append((latest, line))
    return tuple(line for _, line in sorted(timed, key=lambda each: each[0]))


def _line(message: Message, files: tuple[AttachmentRow, ...]) -> Line:
    parts = _contents(message)
    return Line(
        message.seq,
        message.author,
        message.author_name,
        parts.text,
        message.received_at,
        message.delivery,
        message.delivery_problem,
        place=parts.place,
        attachments=files,
    )


def _contents(message: Message) -> Contents:
    """As far as the form tells that came: it is not kept for ever, and others than Twilio send none."""
    plain = Contents(message.text)
    parts = twilio_client.contents(message.raw) if message.raw and message.source is Source.WHATSAPP else plain
    return parts if parts.text or parts.place or parts.media else plain


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
