"""Members ask for a review now, instead of when it is due."""

from datetime import timedelta

from sqlalchemy import exists
from sqlalchemy.orm import Session

from leader24 import changes, clock, db
from leader24.models import Activity
from leader24.services import rights
from leader24.services.conversations import note_activity, there
from leader24.services.refusals import Refused
from leader24.services.reviews import is_being_reviewed
from leader24.services.rights import Right

AGAIN_AFTER = timedelta(seconds=15)  # each review may cost money, and a click is quickly repeated


def ask(member_id: int, conversation_id: int) -> None:
    """The next round reviews it, listed or hidden. Nothing happens while it is being reviewed or about to be. Raises
    Refused where somebody has just asked, or Gone."""
    with db.write() as session:
        rights.check(session, member_id, Right.WORK)
        conversation = there(session, conversation_id)
        now = clock.now()
        if is_being_reviewed(conversation) or (conversation.due_at and conversation.due_at <= now):
            return
        if _was_just_asked(session, conversation_id):
            raise Refused("review_again")
        conversation.due_at, conversation.review_attempts = now, 0
        session.add(note_activity(conversation_id, member_id, "review_asked"))
    changes.publish(conversation_id)


def _was_just_asked(session: Session, conversation_id: int) -> bool:
    asked = exists().where(
        Activity.conversation_id == conversation_id,
        Activity.kind == "review_asked",
        Activity.created_at > clock.now() - AGAIN_AFTER,
    )
    return bool(session.scalar(asked.select()))
