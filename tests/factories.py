"""Real rows by the real verbs, with everything that a test does not care about filled in."""

from dataclasses import replace
from itertools import count
from typing import Any

from sqlalchemy import select

from leader24 import db
from leader24.models import Author, Contact, Conversation, Member, Message, Reading, Role, Source, Status
from leader24.services import agents, messages, reviews
from leader24.services.messages import Arrival, Stored
from leader24.services.rubric import Dimension, Grade
from leader24.services.seams import Answer, Verdict

_numbers = count(1)

VERDICT = Verdict(
    title="Oak chairs",
    customer_wants="Chairs.",
    what_happened="The agent answered.",
    to_do_next="",
    grades=(Grade(Dimension.RESOLVED, 4, 2, "oak", "Answered."),),
    caps=(),
    not_rated=None,
    status=Status.INFO_ONLY,
    status_reason="A question was answered.",
    language="en",
    wants_person=False,
    reviewer="fake",
)


def member(name: str, role: Role = Role.MEMBER) -> Member:
    with db.write() as session:
        made = Member(name=name, email=f"{name.lower()}@example.com", password_hash="-", role=role)
        session.add(made)
    return made


def arrival(text: str = "How much is the oak chair?", **more: Any) -> Arrival:
    """A message of a customer who has never written before, unless `sender` says otherwise."""
    number = next(_numbers)
    made = Arrival(Source.WIDGET, f"visitor-{number}", f"message-{number}", text)
    return replace(made, **more)


def received(text: str = "How much is the oak chair?", **more: Any) -> Stored:
    return messages.receive([arrival(text, **more)])[0]


def answered(conversation_id: int, text: str = "The oak chair is €148.", *, wants_person: bool = False) -> None:
    agents.save(agents.Claim(conversation_id, conversation(conversation_id).version, 1), Answer(text, wants_person))


def reviewed(conversation_id: int, **verdict: Any) -> None:
    """As if the reviewer had said that, now."""
    claim = reviews.claim(conversation_id)
    reviews.save(claim, replace(VERDICT, **verdict), 0.1)


def listed(*texts: str, title: str = "Oak chairs", **more: Any) -> int:
    """The id of a reviewed conversation in which the customer wrote these and the agent answered."""
    first = received(*texts[:1], **more)
    for text in texts[1:]:
        sender = sender_of(first.conversation_id)
        received(text, sender=sender, source=conversation(first.conversation_id).source)
    answered(first.conversation_id)
    reviewed(first.conversation_id, title=title)
    return first.conversation_id


def conversation(conversation_id: int) -> Conversation:
    with db.read() as session:
        return session.get_one(Conversation, conversation_id)


def contact(conversation_id: int) -> Contact:
    with db.read() as session:
        return session.get_one(Contact, session.get_one(Conversation, conversation_id).contact_id)


def sender_of(conversation_id: int) -> str:
    with db.read() as session:
        return session.get_one(Conversation, conversation_id).identity.external_id


def texts(conversation_id: int, author: Author | None = None) -> list[str]:
    query = select(Message.text).where(Message.conversation_id == conversation_id).order_by(Message.seq)
    with db.read() as session:
        return list(session.scalars(query.where(Message.author == author) if author else query))


def read_to(conversation_id: int) -> dict[int, int]:
    """How far each member has read it."""
    with db.read() as session:
        query = select(Reading.member_id, Reading.version).where(Reading.conversation_id == conversation_id)
        return dict(session.execute(query).all())
