"""Our messages on their way to WhatsApp. Twilio cannot be told "this one again", so the state is written before the
call, and what became of a call whose answer was lost is never guessed."""

import logging
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select, update

from leader24 import changes, db
from leader24.models import Conversation, Delivery, Identity, Message, Source
from leader24.services.seams import Channel, NotSent, Unconfirmed

MOST_AT_ONCE = 20
RANK: Final = {
    Delivery.READY: 0,
    Delivery.SENDING: 1,
    Delivery.UNCONFIRMED: 2,
    Delivery.SENT: 3,
    Delivery.FAILED: 4,
    Delivery.DELIVERED: 5,
    Delivery.READ: 6,
}

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Parcel:
    message_id: int
    conversation_id: int
    to: str
    text: str


def send_ready(channel: Channel | None) -> int:
    """Send what is ready, in order; how many. Without a channel each fails with the reason."""
    for sent in range(MOST_AT_ONCE):
        parcel = _claim()
        if parcel is None:
            return sent
        _send(parcel, channel)
    return MOST_AT_ONCE


def settle_interrupted() -> None:
    """At start: what was being sent when the process ended may have gone out, and nobody may send it twice."""
    with db.write(can_wait=True) as session:
        session.execute(
            update(Message).where(Message.delivery == Delivery.SENDING).values(delivery=Delivery.UNCONFIRMED)
        )


def advance(message_id: int, delivery: Delivery, provider_id: str, problem: str | None) -> None:
    """What the network reports; late and repeated reports never move a message back."""
    with db.write() as session:
        message = session.get(Message, message_id)
        if message is None or message.delivery is None or message.provider_id not in (None, provider_id):
            return
        message.provider_id = provider_id
        if RANK[delivery] <= RANK[message.delivery]:
            return
        message.delivery, message.delivery_problem = delivery, problem
        conversation_id = message.conversation_id
    changes.publish(conversation_id)


def _claim() -> Parcel | None:
    """The next one only: of those behind it nobody needs to wonder whether they went out."""
    query = (
        select(Message, Identity.external_id)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .join(Identity, Identity.id == Conversation.identity_id)
        .where(Message.delivery == Delivery.READY, Message.source == Source.WHATSAPP)
        .order_by(Message.id)
        .limit(1)
    )
    with db.read() as session:
        if session.execute(query).first() is None:
            return None
    with db.write(can_wait=True) as session:
        ready = session.execute(query).first()
        if ready is None:
            return None
        message, address = ready
        message.delivery = Delivery.SENDING
        return Parcel(message.id, message.conversation_id, address, message.text)


def _send(parcel: Parcel, channel: Channel | None) -> None:
    try:
        if channel is None:
            raise NotSent("not_set_up")
        provider_id = channel.send(parcel.to, parcel.text, str(parcel.message_id))
    except NotSent as problem:
        _note(parcel, Delivery.FAILED, problem.code)
    except Unconfirmed:
        _note(parcel, Delivery.UNCONFIRMED, None)
    except Exception:  # whatever it was, it may have gone out
        _note(parcel, Delivery.UNCONFIRMED, None)
        raise
    else:
        advance(parcel.message_id, Delivery.SENT, provider_id, None)


def _note(parcel: Parcel, delivery: Delivery, problem: str | None) -> None:
    """Unless the network has meanwhile reported something itself."""
    log.warning("message %d: %s %s", parcel.message_id, delivery, problem or "")
    with db.write(can_wait=True) as session:
        session.execute(
            update(Message)
            .where(Message.id == parcel.message_id, Message.delivery == Delivery.SENDING)
            .values(delivery=delivery, delivery_problem=problem)
        )
    changes.publish(parcel.conversation_id)
