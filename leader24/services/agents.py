"""The agent's answers: which conversations wait for one, and how it gets there exactly once."""

import logging
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from leader24 import changes, clock, db
from leader24.models import Activity, Author, Conversation, Knowledge, Message
from leader24.services import messages, plain_text, preferences, reply_window, rights
from leader24.services.conversations import note_activity
from leader24.services.preferences import Preferences
from leader24.services.refusals import Refused
from leader24.services.reviews import transcript_of
from leader24.services.rights import Right
from leader24.services.seams import Answer, Fact, Misconfigured, Responder, Unavailable

MOST_AT_ONCE = 20
LEASE = timedelta(minutes=2)  # longer than an answer may take; after a crash the next attempt comes then
PAUSE = timedelta(seconds=5)
PATIENCE = 2  # failed attempts before the offline agent answers: a customer is waiting
LONGEST_QUESTION, LONGEST_ANSWER = 300, 2000

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Claim:
    conversation_id: int
    version: int
    attempts: int


def answer_safely(claim: Claim, responder: Responder, stand_in: Responder) -> None:
    """As `answer`; whatever goes wrong is noted, and the lease brings the conversation back."""
    try:
        answer(claim, responder, stand_in)
    except Exception:
        log.exception("answer in conversation %d failed", claim.conversation_id)


def claim_due() -> list[Claim]:
    """Take what is due, each with its next attempt already pushed into the future; what may not be sent any more is
    left to a person."""
    now = clock.now()
    is_due = (Conversation.answer_due_at <= now) & _may_be_answered()
    with db.read() as session:
        if session.scalar(select(Conversation.id).where(is_due).limit(1)) is None:
            return []
    with db.write(can_wait=True) as session:
        claims, given_up = [], []
        due = select(Conversation).where(is_due).order_by(Conversation.answer_due_at).limit(MOST_AT_ONCE)
        for conversation in session.scalars(due):
            if _gives_up(session, conversation):
                given_up.append(conversation.id)
                continue
            conversation.answer_attempts += 1
            conversation.answer_due_at = now + LEASE
            claims.append(Claim(conversation.id, conversation.version, conversation.answer_attempts))
    changes.publish_many(given_up)
    return claims


def answer(claim: Claim, responder: Responder, stand_in: Responder) -> None:
    """Ask, and store the answer if nobody wrote meanwhile."""
    transcript = transcript_of(claim.conversation_id, claim.version)
    business, facts = preferences.current().business, known_facts()
    try:
        given = (responder if claim.attempts <= PATIENCE else stand_in).respond(transcript, business, facts)
    except Unavailable as problem:
        log.warning("answer in conversation %d failed: %s", claim.conversation_id, problem.code)
        if claim.attempts < PATIENCE and not isinstance(problem, Misconfigured):
            _try_again(claim)
            return
        given = stand_in.respond(transcript, business, facts)
    save(claim, given)


def save(claim: Claim, given: Answer) -> bool:
    """One transaction; False, and nothing kept, if a message came, a member took over or deleted it, or the time to
    reply ended meanwhile."""
    chosen = preferences.current()
    with db.write(can_wait=True) as session:
        unchanged = (Conversation.id == claim.conversation_id) & (Conversation.version == claim.version)
        conversation = session.scalar(select(Conversation).where(unchanged, _may_be_answered()))
        if conversation is None:
            return False
        has_answered = not _gives_up(session, conversation)
        if has_answered:
            _store(session, conversation, given, chosen)
    changes.publish(claim.conversation_id)
    return has_answered


def knowledge(member_id: int) -> tuple[Fact, ...]:
    """What an owner has taught."""
    with db.read() as session:
        rights.check(session, member_id, Right.RUN)
    return known_facts()


def known_facts() -> tuple[Fact, ...]:
    """What the business itself has said, for the agent; the example's answers are nobody's."""
    query = select(Knowledge).where(~Knowledge.is_example).order_by(Knowledge.id)
    with db.read() as session:
        return tuple(Fact(entry.id, entry.question, entry.answer) for entry in session.scalars(query))


def teach(member_id: int, question: str, answer: str, knowledge_id: int | None = None) -> None:
    """Add an entry, or change this one. Raises Refused."""
    question, answer = question_in(question), answer_in(answer)
    with db.write() as session:
        rights.check(session, member_id, Right.RUN)
        known = session.get(Knowledge, knowledge_id) if knowledge_id else None
        if known and (known.question, known.answer) == (question, answer):
            return
        session.merge(Knowledge(id=knowledge_id, question=question, answer=answer))
        session.add(Activity(member_id=member_id, kind="knowledge_changed", details={"question": question}))


def question_in(typed: str) -> str:
    """Raises Refused."""
    return _text(typed, LONGEST_QUESTION, "question")


def answer_in(typed: str) -> str:
    """Raises Refused."""
    return _text(typed, LONGEST_ANSWER, "answer")


def unteach(member_id: int, knowledge_id: int) -> None:
    with db.write() as session:
        rights.check(session, member_id, Right.RUN)
        if entry := session.get(Knowledge, knowledge_id):
            session.delete(entry)
            details = {"question": entry.question}
            session.add(Activity(member_id=member_id, kind="knowledge_removed", details=details))


def _gives_up(session: Session, conversation: Conversation) -> bool:
    """Where WhatsApp would refuse the answer: a person is to see to it."""
    if not reply_window.is_closed(session, conversation):
        return False
    conversation.answer_due_at = None
    conversation.ask_for_person(clock.now())
    session.add(note_activity(conversation.id, None, "answer_too_late"))
    return True


def _store(session: Session, conversation: Conversation, given: Answer, chosen: Preferences) -> None:
    message = Message(
        source=conversation.source,
        external_id=f"answer:{conversation.id}:{conversation.version}",
        author=Author.AGENT,
        author_name=chosen.agent_name,
        text=given.text,
        received_at=clock.now(),
        delivery=messages.first_delivery(conversation),
    )
    conversation.append(message, chosen.review_after)
    conversation.answer_due_at = None
    session.add(message)
    if given.wants_person:
        conversation.ask_for_person(message.received_at)
        session.add(note_activity(conversation.id, None, "handed_over"))


def _may_be_answered() -> ColumnElement[bool]:
    """By the agent: no member has taken over, and it is not in the bin."""
    return Conversation.taken_over_by_id.is_(None) & Conversation.deleted_at.is_(None)


def _try_again(claim: Claim) -> None:
    with db.write(can_wait=True) as session:
        session.execute(
            update(Conversation)
            .where(Conversation.id == claim.conversation_id, Conversation.version == claim.version)
            .values(answer_due_at=clock.now() + PAUSE * claim.attempts)
        )


def _text(text: str, longest: int, field: str) -> str:
    text = plain_text.lines(text)
    if not text:
        raise Refused(f"{field}_empty")
    if len(text) > longest:
        raise Refused(f"{field}_long")
    return text
