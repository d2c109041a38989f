"""Who answers the customer: the agent, or the member who has taken over."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from leader24 import changes, clock, db
from leader24.models import Author, Conversation, Member
from leader24.services import preferences, reply_window, rights
from leader24.services.conversations import note_activity, there
from leader24.services.preferences import Preferences
from leader24.services.rights import Right


@dataclass(frozen=True, slots=True)
class Answerer:
    """The member who has taken over."""

    id: int
    name: str


class TakenOver(Exception):
    """Another member answers, of whom one did not know or did not say that it is to be taken from him."""

    def __init__(self, by: Answerer) -> None:
        super().__init__(by.id)
        self.by = by


def take_over(member_id: int, conversation_id: int, *, instead_of: int | None = None) -> None:
    """The agent is silent from now on. `instead_of`: the member from whom it is knowingly taken. Raises TakenOver or
    Gone."""
    with db.write() as session:
        member = rights.check(session, member_id, Right.WORK)
        has_begun = begin(session, member, there(session, conversation_id), instead_of)
    if has_begun:
        changes.publish(conversation_id)


def give_back(member_id: int, conversation_id: int) -> None:
    """The agent answers again, also what is still unanswered. Nothing happens where it does. Raises TakenOver or
    Gone."""
    chosen = preferences.current()
    with db.write() as session:
        rights.check(session, member_id, Right.WORK)
        conversation = there(session, conversation_id)
        by = answerer(session, conversation)
        if by is None:
            return
        if by.id != member_id:
            raise TakenOver(by)
        _resume(session, member_id, conversation, chosen)
    changes.publish(conversation_id)


def begin(session: Session, member: Member, conversation: Conversation, instead_of: int | None) -> bool:
    """As `take_over`, within the caller's transaction; False where he has it already."""
    if conversation.taken_over_by_id == member.id:
        return False
    by = answerer(session, conversation)
    if by and by.id != instead_of:
        raise TakenOver(by)
    conversation.taken_over_by_id, conversation.answer_due_at = member.id, None
    details = {"from": by.name} if by else {}
    session.add(note_activity(conversation.id, member.id, "taken_over", **details))
    return True


def answerer(session: Session, conversation: Conversation) -> Answerer | None:
    """None where the agent answers."""
    if conversation.taken_over_by_id is None:
        return None
    member = session.get_one(Member, conversation.taken_over_by_id)
    return Answerer(member.id, member.name)


def give_back_all(session: Session, member_id: int, of_id: int) -> list[int]:
    """Within the caller's transaction, all that this member answers, as he will not any more; the conversations, of
    which the caller tells the pages."""
    chosen = preferences.current()
    held = list(session.scalars(select(Conversation).where(Conversation.taken_over_by_id == of_id)))
    for conversation in held:
        _resume(session, member_id, conversation, chosen)
    return [conversation.id for conversation in held]


def _resume(session: Session, member_id: int, conversation: Conversation, chosen: Preferences) -> None:
    conversation.taken_over_by_id = None
    is_unanswered = conversation.last_author is Author.CUSTOMER and not conversation.contact.is_example
    if is_unanswered and not reply_window.is_closed(session, conversation):
        conversation.answer_due_at, conversation.answer_attempts = clock.now() + chosen.answer_after, 0
    session.add(note_activity(conversation.id, member_id, "given_back"))
