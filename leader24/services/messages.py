"""What customers write, stored before anything else happens; and what a source still has to show of a talk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from leader24 import changes, clock, db
from leader24.models import Author, Contact, Conversation, Delivery, DraftKind, Identity, Message, Source
from leader24.services import attachments, drafts, plain_text, preferences, reply_window, rights, takeovers, texts
from leader24.services.conversations import set_read_to, there
from leader24.services.preferences import Preferences
from leader24.services.refusals import Refused
from leader24.services.rights import Right
from leader24.services.twilio_client import Media

LONGEST_NAME = 100  # of a contact; what is longer is cut
LONGEST_REPLY = 4000
LONGEST_ON_WHATSAPP = 1600  # of one message, by Twilio's rule; a longer reply goes out as several
MOST_AT_ONCE = 500  # messages read for a visitor in one go


@dataclass(frozen=True, slots=True)
class Arrival:
    """A customer's message as its source gave it. `sender` is how the source knows him, `external_id` how it knows
    the message; both come back the same when the source repeats itself."""

    source: Source
    sender: str
    external_id: str
    text: str
    name: str = ""
    phone: str | None = None  # E.164
    language: str = ""
    page: str = ""
    raw: dict[str, Any] | None = None
    media: tuple[Media, ...] = ()
    is_example: bool = False


@dataclass(frozen=True, slots=True)
class Stored:
    """A message that is safe; `is_new` is False when it was there already, `is_for_agent` when nobody of ours but a
    member will answer it."""

    id: int
    conversation_id: int
    seq: int
    external_id: str
    author: Author
    author_name: str
    text: str
    at: datetime
    is_new: bool = False
    is_for_agent: bool = False


def receive(arrivals: Sequence[Arrival]) -> list[Stored]:
    """Store them in one transaction, each into its contact's conversation on that source, and tell the pages.

    When this returns, they are on disk and the sender may be told so. A repeat gives the first one back.
    """
    chosen = preferences.current()
    with db.write() as session:
        stored = [_receive(session, arrival, chosen) for arrival in arrivals]
    for conversation_id in {each.conversation_id for each in stored if each.is_new}:
        changes.publish(conversation_id)
    return stored


def reply(member_id: int, conversation_id: int, text: str, *, instead_of: int | None = None) -> Stored:
    """A member's answer to the customer, by the conversation's source; from now on he answers instead of the agent.
    `instead_of`: the member from whom that is knowingly taken. Raises Refused, TakenOver or Gone."""
    text = _reply_in(text)
    chosen = preferences.current()
    with db.write() as session:
        member = rights.check(session, member_id, Right.WORK)
        conversation = there(session, conversation_id)
        reply_window.check(session, conversation)
        takeovers.begin(session, member, conversation, instead_of)
        for piece in texts.pieces(text, longest_of(conversation.source)):
            message = Message(
                source=conversation.source,
                external_id=f"reply:{uuid4()}",
                author=Author.MEMBER,
                author_name=member.name,
                text=piece,
                received_at=clock.now(),
                delivery=first_delivery(conversation),
            )
            conversation.append(message, chosen.review_after)
            session.add(message)
        conversation.answer_due_at = None
        set_read_to(session, member_id, conversation, conversation.version)
        drafts.forget(session, member_id, conversation_id, DraftKind.REPLY)
        session.flush()
        stored = _stored(message, is_new=True)
    changes.publish(conversation_id)
    return stored


def longest_of(source: Source) -> int:
    """Of one message; a reply may take several."""
    return LONGEST_ON_WHATSAPP if source is Source.WHATSAPP else LONGEST_REPLY


def first_delivery(conversation: Conversation) -> Delivery:
    """Visitors fetch what is there; WhatsApp must be sent it. What belongs to the example goes nowhere."""
    goes_out = conversation.source is Source.WHATSAPP and not conversation.contact.is_example
    return Delivery.READY if goes_out else Delivery.SENT


def identity_of(source: Source, sender: str) -> int | None:
    with db.read() as session:
        return session.scalar(select(Identity.id).where(Identity.source == source, Identity.external_id == sender))


def conversation_of(identity_id: int) -> int | None:
    """His newest conversation."""
    with db.read() as session:
        latest = _latest_conversation(session, identity_id)
        return latest.id if latest else None


def of_identity(identity_id: int, after: int) -> list[Stored]:
    """All that was said with him after the message with this id, in order; what his own screen shows."""
    query = (
        select(Message)
        .join(Conversation)
        .where(Conversation.identity_id == identity_id, Message.id > after)
        .order_by(Message.id)
        .limit(MOST_AT_ONCE)
    )
    with db.read() as session:
        return [_stored(message) for message in session.scalars(query)]


def _reply_in(typed: str) -> str:
    text = texts.clean(typed)
    if not text:
        raise Refused("reply_empty")
    if len(text) > LONGEST_REPLY:
        raise Refused("reply_long")
    return text


def _receive(session: Session, arrival: Arrival, chosen: Preferences) -> Stored:
    same = (Message.source == arrival.source) & (Message.external_id == arrival.external_id)
    if known := session.scalar(select(Message).where(same)):
        return _stored(known, is_for_agent=_is_for_agent(known.conversation))
    now = clock.now()
    conversation = _conversation(session, _identity(session, arrival), chosen)
    message = Message(
        source=arrival.source,
        external_id=arrival.external_id,
        author=Author.CUSTOMER,
        text=plain_text.storable(arrival.text),
        received_at=now,
        page=plain_text.storable(arrival.page),
        raw=arrival.raw,
    )
    conversation.append(message, chosen.review_after)
    is_for_agent = _is_for_agent(conversation)
    if is_for_agent:
        conversation.answer_due_at, conversation.answer_attempts = now + chosen.answer_after, 0
    session.add(message)
    session.flush()
    attachments.expect(session, message, arrival.media)
    return _stored(message, is_new=True, is_for_agent=is_for_agent)


def _is_for_agent(conversation: Conversation) -> bool:
    return conversation.taken_over_by_id is None and not conversation.contact.is_example


def _identity(session: Session, arrival: Arrival) -> Identity:
    name = plain_text.line(arrival.name)[:LONGEST_NAME]
    same = (Identity.source == arrival.source) & (Identity.external_id == arrival.sender)
    if known := session.scalar(select(Identity).where(same)):
        known.contact.learn(name=name)
        return known
    contact = Contact(name=name, phone=arrival.phone, language=arrival.language, is_example=arrival.is_example)
    identity = Identity(source=arrival.source, external_id=arrival.sender, contact=contact)
    session.add(identity)
    session.flush()
    return identity


def _conversation(session: Session, identity: Identity, chosen: Preferences) -> Conversation:
    latest = _latest_conversation(session, identity.id)
    if latest and clock.now() < latest.continues_until(chosen.new_conversation_after):
        return latest
    conversation = Conversation(
        contact=identity.contact, identity=identity, source=identity.source, version=0, revision=0
    )
    session.add(conversation)
    return conversation


def _latest_conversation(session: Session, identity_id: int) -> Conversation | None:
    """What is in the bin stays there: whoever was deleted and writes again begins anew, and is seen like anybody."""
    newest = Conversation.last_message_at.desc(), Conversation.id.desc()
    his = Conversation.identity_id == identity_id, Conversation.deleted_at.is_(None)
    return session.scalar(select(Conversation).where(*his).order_by(*newest).limit(1))


def _stored(message: Message, *, is_new: bool = False, is_for_agent: bool = False) -> Stored:
    return Stored(
        id=message.id,
        conversation_id=message.conversation_id,
        seq=message.seq,
        external_id=message.external_id,
        author=message.author,
        author_name=message.author_name,
        text=message.text,
        at=message.received_at,
        is_new=is_new,
        is_for_agent=is_for_agent,
    )
