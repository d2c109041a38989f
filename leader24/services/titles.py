"""A conversation's title, as members write it: the AI's own is then only suggested."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from leader24 import changes, db
from leader24.models import Conversation, Review, SetBy
from leader24.services import happenings, plain_text, rights
from leader24.services.conversations import LONGEST_TITLE, note_activity, seen
from leader24.services.refusals import Overtaken, Refused
from leader24.services.rights import Right


@dataclass(frozen=True, slots=True)
class Title:
    text: str
    set_by: SetBy


@dataclass(frozen=True, slots=True)
class Change:
    before: Title
    after: Title


def change(member_id: int, conversation_id: int, title: str, shown: str) -> Change:
    """In place of the title that was shown; an empty one gives it back to the AI. What it changed, for `put_back`.
    Raises Refused, Gone, or Overtaken: another title stands there by now."""
    title = plain_text.line(title)
    if len(title) > LONGEST_TITLE:
        raise Refused("title_long")
    with db.write() as session:
        rights.check(session, member_id, Right.WORK)
        conversation = seen(session, conversation_id)
        before = Title(conversation.title, conversation.title_set_by)
        wanted = Title(title, SetBy.MEMBER) if title else Title(_of_the_ai(session, conversation_id), SetBy.AI)
        if wanted == before:
            return Change(before, before)
        if before.text not in (shown, wanted.text):
            raise Overtaken({"title": before.text}, happenings.last_by(session, conversation_id, "title_changed"))
        _set(session, conversation, wanted, member_id)
    changes.publish(conversation_id)
    return Change(before, wanted)


def put_back(member_id: int, conversation_id: int, change: Change) -> None:
    """As it was before; nothing happens where it is so. Raises Overtaken where another title has been written since,
    or Gone."""
    with db.write() as session:
        rights.check(session, member_id, Right.WORK)
        conversation = seen(session, conversation_id)
        now = Title(conversation.title, conversation.title_set_by)
        if now == change.before:
            return
        if now != change.after:
            raise Overtaken({"title": now.text}, happenings.last_by(session, conversation_id, "title_changed"))
        _set(session, conversation, change.before, member_id)
    changes.publish(conversation_id)


def _set(session: Session, conversation: Conversation, title: Title, member_id: int) -> None:
    details = {"from": conversation.title, "to": title.text}
    conversation.title, conversation.title_set_by = title.text, title.set_by
    conversation.revision += 1
    session.add(note_activity(conversation.id, member_id, "title_changed", **details))


def _of_the_ai(session: Session, conversation_id: int) -> str:
    newest = select(Review.title).where(Review.conversation_id == conversation_id).order_by(Review.id.desc()).limit(1)
    return session.scalar(newest) or ""
