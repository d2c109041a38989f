"""What a member has begun to write and not yet saved; his own, whatever browser he uses."""

from sqlalchemy import delete

from leader24 import db
from leader24.models import Draft
from leader24.services import notes, rights
from leader24.services.rights import Right


def of_note(member_id: int, conversation_id: int) -> str:
    with db.read() as session:
        rights.check(session, member_id, Right.WORK)
        draft = session.get(Draft, (member_id, conversation_id))
        return draft.text if draft else ""


def keep_note(member_id: int, conversation_id: int, text: str) -> None:
    """In place of what was kept before; an empty one is forgotten."""
    if not text.strip():
        forget_note(member_id, conversation_id)
        return
    with db.write() as session:
        rights.check(session, member_id, Right.WORK)
        session.merge(Draft(member_id=member_id, conversation_id=conversation_id, text=text[: notes.MOST_TYPED]))


def forget_note(member_id: int, conversation_id: int) -> None:
    with db.write() as session:
        rights.check(session, member_id, Right.WORK)
        mine = (Draft.member_id == member_id) & (Draft.conversation_id == conversation_id)
        session.execute(delete(Draft).where(mine))
