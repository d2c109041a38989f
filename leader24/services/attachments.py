"""Files that customers send: noted with their message, fetched afterwards, and handed to members."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from leader24 import changes, clock, db
from leader24.models import Attachment, Message
from leader24.services import file_types, rights
from leader24.services.conversations import Gone, there
from leader24.services.downloads import File, NotFetched
from leader24.services.rights import Right
from leader24.services.twilio_client import Media

MOST_AT_ONCE = 10
LEASE = timedelta(minutes=5)  # longer than a download may take; after a crash the next attempt comes then
# After a failed attempt; a day in all. Then it is given up.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (0.5, 2, 10, 30, 60, 180, 360, 780))

Fetch = Callable[[str], File]  # from this address; raises NotFetched

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """All but its content. It is still being fetched where `is_fetched` and `problem` say nothing."""

    id: int
    content_type: str
    name: str
    size: int | None
    found_type: str | None
    is_fetched: bool
    problem: str | None


@dataclass(frozen=True, slots=True)
class Claim:
    attachment_id: int
    conversation_id: int
    url: str
    content_type: str
    attempts: int


def expect(session: Session, message: Message, media: Sequence[Media]) -> None:
    """Within the transaction that stores the message: they are fetched at once, but nobody waits for it."""
    session.add_all(
        Attachment(
            message_id=message.id, place=place, content_type=each.content_type, source_url=each.url, due_at=clock.now()
        )
        for place, each in enumerate(media)
    )


def of_messages(session: Session, conversation_id: int, first: int, last: int) -> dict[int, tuple[AttachmentRow, ...]]:
    """Of the messages from the first to the last of these, by their seq."""
    query = (
        select(Message.seq, Attachment)
        .join(Message, Message.id == Attachment.message_id)
        .where(Message.conversation_id == conversation_id, Message.seq.between(first, last))
        .order_by(Message.seq, Attachment.place)
    )
    found: dict[int, tuple[AttachmentRow, ...]] = {}
    for seq, attachment in session.execute(query):
        found[seq] = (*found.get(seq, ()), _row(attachment))
    return found


def row(member_id: int, attachment_id: int) -> AttachmentRow:
    """One that is there, of a conversation that is listed or in progress. Raises Gone."""
    with db.read() as session:
        rights.check(session, member_id, Right.WORK)
        return _row(_fetched(session, attachment_id))


def content(member_id: int, attachment_id: int, begin: int, length: int) -> bytes:
    """So many bytes of it from there on. Raises Gone."""
    piece = select(func.substr(Attachment.content, begin + 1, length)).where(Attachment.id == attachment_id)
    with db.read() as session:
        rights.check(session, member_id, Right.WORK)
        _fetched(session, attachment_id)
        return bytes(session.scalar(piece) or b"")


def claim_due() -> list[Claim]:
    """Take what is due, each with its next attempt already pushed into the future; what was tried often enough is
    given up."""
    now = clock.now()
    is_due = Attachment.due_at <= now
    with db.read() as session:
        if session.scalar(select(Attachment.id).where(is_due).limit(1)) is None:
            return []
    due = select(Attachment, Message.conversation_id).join(Message, Message.id == Attachment.message_id).where(is_due)
    with db.write(can_wait=True) as session:
        claims, given_up = [], []
        for attachment, conversation_id in session.execute(due.order_by(Attachment.due_at).limit(MOST_AT_ONCE)):
            if attachment.attempts > len(PAUSES):  # the process ended in the last one
                attachment.due_at, attachment.problem = None, "unreachable"
                given_up.append(conversation_id)
                continue
            attachment.attempts += 1
            attachment.due_at = now + LEASE
            its = attachment.source_url, attachment.content_type, attachment.attempts
            claims.append(Claim(attachment.id, conversation_id, *its))
    changes.publish_many(given_up)
    return claims


def fetch_safely(claim: Claim, fetch: Fetch) -> None:
    """Fetch and keep it; whatever goes wrong is noted, and the lease brings it back."""
    try:
        _fetch(claim, fetch)
    except Exception:  # the worker goes on with the others; the lease brings this one back
        log.exception("attachment %d could not be fetched", claim.attachment_id)


def _fetch(claim: Claim, fetch: Fetch) -> None:
    try:
        file = fetch(claim.url)
    except NotFetched as problem:
        log.warning("attachment %d was not fetched: %s", claim.attachment_id, problem.code)
        if problem.is_final or claim.attempts > len(PAUSES):
            _settle(claim, due_at=None, problem=problem.code)
        else:
            _settle(claim, due_at=clock.now() + PAUSES[claim.attempts - 1])
        return
    found = file_types.of(file.content, claim.content_type)
    size, name = len(file.content), file.name
    _settle(claim, due_at=None, fetched_at=clock.now(), content=file.content, found_type=found, size=size, name=name)


def _settle(claim: Claim, **values: object) -> None:
    """Unless it has gone, or a later attempt took it over. The database may say no: then the lease brings it back."""
    mine = Attachment.id == claim.attachment_id, Attachment.attempts == claim.attempts, Attachment.due_at.is_not(None)
    with db.write(can_wait=True) as session:
        session.execute(update(Attachment).where(*mine).values(**values))
    if values["due_at"] is None:
        changes.publish(claim.conversation_id)


def _fetched(session: Session, attachment_id: int) -> Attachment:
    attachment = session.get(Attachment, attachment_id)
    if attachment is None or attachment.fetched_at is None:
        raise Gone(attachment_id)
    there(session, session.get_one(Message, attachment.message_id).conversation_id)
    return attachment


def _row(attachment: Attachment) -> AttachmentRow:
    return AttachmentRow(
        attachment.id,
        attachment.content_type,
        attachment.name,
        attachment.size,
        attachment.found_type,
        attachment.fetched_at is not None,
        attachment.problem,
    )
