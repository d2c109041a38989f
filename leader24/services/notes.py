"""Notes: what members tell each other about a conversation; customers never see them."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from leader24 import changes, clock, db
from leader24.models import Conversation, DraftKind, Note
from leader24.services import drafts, rights, texts
from leader24.services.conversations import Gone, note_activity, seen, there
from leader24.services.refusals import Overtaken, Refused
from leader24.services.rights import Forbidden, Right

LONGEST = 5000


@dataclass(frozen=True, slots=True)
class Removed:
    """A note that is gone, and all that is needed to have it again; its id may be another's by then."""

    conversation_id: int
    text: str
    created_at: datetime
    edited_at: datetime | None


def add(member_id: int, conversation_id: int, text: str) -> int:
    """The new note's id. Raises Refused or Gone."""
    text = _clean(text)
    with db.write() as session:
        rights.check(session, member_id, Right.WORK)
        conversation = there(session, conversation_id)
        note = Note(conversation_id=conversation_id, member_id=member_id, text=text, created_at=clock.now())
        session.add(note)
        session.flush()
        session.add(note_activity(conversation_id, member_id, "note_added", note=note.id))
        _count(session, conversation)
        drafts.forget(session, member_id, conversation_id, DraftKind.NOTE)
    changes.publish(conversation_id)
    return note.id


def edit(member_id: int, note_id: int, text: str, shown: str | None = None) -> None:
    """One's own only. Raises Refused, Gone, Forbidden, or Overtaken: one has edited it elsewhere since it was shown
    (None: whatever stands there)."""
    text = _clean(text)
    with db.write() as session:
        rights.check(session, member_id, Right.WORK)
        note = session.get(Note, note_id)
        if note is None:
            raise Gone(note_id)
        if note.member_id != member_id:
            raise Forbidden("another's note")
        if note.text == text:
            return
        if shown is not None and note.text != shown:
            raise Overtaken({"note": note.text}, note.member.name)
        note.text, note.edited_at = text, clock.now()
        there(session, note.conversation_id).revision += 1
        session.add(note_activity(note.conversation_id, member_id, "note_edited", note=note_id))
    changes.publish(note.conversation_id)


def remove(member_id: int, note_id: int) -> Removed | None:
    """One's own only. What was removed, for `put_back`; nothing happens when it is gone. Raises Forbidden."""
    with db.write() as session:
        rights.check(session, member_id, Right.WORK)
        note = session.get(Note, note_id)
        if note is None:
            return None
        if note.member_id != member_id:
            raise Forbidden("another's note")
        removed = Removed(note.conversation_id, note.text, note.created_at, note.edited_at)
        session.delete(note)
        _count(session, there(session, note.conversation_id))
        session.add(note_activity(note.conversation_id, member_id, "note_removed", note=note_id))
    changes.publish(note.conversation_id)
    return removed


def put_back(member_id: int, removed: Removed) -> None:
    """One's own note, as it was; nothing happens when it is there. Raises Gone."""
    with db.write() as session:
        rights.check(session, member_id, Right.WORK)
        conversation = seen(session, removed.conversation_id)
        note = Note(**asdict(removed), member_id=member_id)
        same = Note.conversation_id == note.conversation_id, Note.member_id == member_id
        if session.scalar(select(Note.id).where(*same, Note.created_at == note.created_at)):
            return
        session.add(note)
        session.flush()
        session.add(note_activity(note.conversation_id, member_id, "note_restored", note=note.id))
        _count(session, conversation)
    changes.publish(removed.conversation_id)


def _count(session: Session, conversation: Conversation) -> None:
    """There is one more or less: the list shows which have notes, the search finds what they say."""
    query = select(func.count()).where(Note.conversation_id == conversation.id)
    conversation.note_count = session.scalar(query) or 0
    conversation.revision += 1


def _clean(text: str) -> str:
    text = texts.clean(text)
    if not text:
        raise Refused("note_empty")
    if len(text) > LONGEST:
        raise Refused("note_long")
    return text
