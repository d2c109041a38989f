"""What a member has begun to write and not yet saved or sent; his own, whatever browser he uses."""

from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from leader24 import db
from leader24.models import Conversation, Draft, DraftKind
from leader24.services import rights, texts
from leader24.services.rights import Right

MOST_TYPED = 20_000  # more than a note or a reply may have, so that what is too long can be shortened


@dataclass(frozen=True, slots=True)
class Drafts:
    """Both of one member in one conversation."""

    note: str = ""
    reply: str = ""


def of(member_id: int, conversation_id: int) -> Drafts:
    with db.read() as session:
        rights.check(session, member_id, Right.WORK)
        mine = (Draft.member_id == member_id) & (Draft.conversation_id == conversation_id)
        return Drafts(**{draft.kind.value: draft.text for draft in session.scalars(select(Draft).where(mine))})


def keep(member_id: int, conversation_id: int, kind: DraftKind, text: str) -> None:
    """In place of what was kept before; an empty one is forgotten, and one for what is gone has no place any more."""
    text = text[:MOST_TYPED]
    with db.write() as session:
        rights.check(session, member_id, Right.WORK)
        if session.get(Conversation, conversation_id) is None:
            return
        if texts.clean(text):
            draft = Draft(member_id=member_id, conversation_id=conversation_id, kind=kind, text=texts.fit(text))
            session.merge(draft)
        else:
            forget(session, member_id, conversation_id, kind)


def forget(session: Session, member_id: int, conversation_id: int, kind: DraftKind) -> None:
    """Within the transaction that stores what it has become."""
    mine = (Draft.member_id == member_id) & (Draft.conversation_id == conversation_id) & (Draft.kind == kind)
    session.execute(delete(Draft).where(mine))
