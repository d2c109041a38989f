"""Notes: what members tell each other about a conversation; customers never see them."""

from leader24 import changes, clock, db
from leader24.models import Note
from leader24.services import plain_text, rights
from leader24.services.conversations import Gone, note_activity, seen
from leader24.services.refusals import Refused
from leader24.services.rights import Forbidden, Right

LONGEST = 5000
MOST_TYPED = 20_000  # more than a note may have, so that what is too long can be shortened


def add(member_id: int, conversation_id: int, text: str) -> int:
    """The new note's id. Raises Refused or Gone."""
    text = _clean(text)
    with db.write() as session:
        rights.check(session, member_id, Right.WORK)
        conversation = seen(session, conversation_id)
        note = Note(conversation_id=conversation_id, member_id=member_id, text=text, created_at=clock.now())
        session.add(note)
        session.flush()
        session.add(note_activity(conversation_id, member_id, "note_added", note=note.id))
        conversation.revision += 1
    changes.publish(conversation_id)
    return note.id


def edit(member_id: int, note_id: int, text: str) -> None:
    """One's own only. Raises Refused, Gone or Forbidden."""
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
        note.text, note.edited_at = text, clock.now()
        seen(session, note.conversation_id).revision += 1
        session.add(note_activity(note.conversation_id, member_id, "note_edited", note=note_id))
    changes.publish(note.conversation_id)


def remove(member_id: int, note_id: int) -> None:
    """One's own only; nothing happens when it is gone. Raises Forbidden."""
    with db.write() as session:
        rights.check(session, member_id, Right.WORK)
        note = session.get(Note, note_id)
        if note is None:
            return
        if note.member_id != member_id:
            raise Forbidden("another's note")
        session.delete(note)
        seen(session, note.conversation_id).revision += 1
        session.add(note_activity(note.conversation_id, member_id, "note_removed", note=note_id))
    changes.publish(note.conversation_id)


def _clean(text: str) -> str:
    text = plain_text.lines(text)
    if not text:
        raise Refused("note_empty")
    if len(text) > LONGEST:
        raise Refused("note_long")
    return text
