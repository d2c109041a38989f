"""Tags: labels with a colour, put on conversations."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from leader24 import changes, db
from leader24.models import Conversation, ConversationTag, Tag
from leader24.services import rights
from leader24.services.conversations import note_activity, seen
from leader24.services.refusals import Refused
from leader24.services.rights import Right

LONGEST = 40
COLOURS = ("green", "blue", "orange", "violet", "rose", "yellow", "slate")


@dataclass(frozen=True, slots=True)
class TagRow:
    id: int
    name: str
    colour: str


def known(member_id: int) -> list[TagRow]:
    """All there are, the most used first."""
    with db.read() as session:
        rights.check(session, member_id, Right.WORK)
        uses = func.count(ConversationTag.tag_id)
        query = select(Tag).outerjoin(ConversationTag).group_by(Tag.id).order_by(uses.desc(), Tag.folded)
        return [TagRow(tag.id, tag.name, tag.colour) for tag in session.scalars(query)]


def add(member_id: int, conversation_id: int, name: str) -> TagRow:
    """Put the tag on the conversation, and make it when there is none of this name. Raises Refused or Gone."""
    name = " ".join(name.replace("\x00", "").split())
    if not name:
        raise Refused("tag_empty")
    if len(name) > LONGEST:
        raise Refused("tag_long")
    with db.write() as session:
        rights.check(session, member_id, Right.WORK)
        conversation = seen(session, conversation_id)
        tag = _found_or_made(session, name)
        if session.get(ConversationTag, (conversation_id, tag.id)) is None:
            session.add(ConversationTag(conversation_id=conversation_id, tag_id=tag.id))
            session.add(note_activity(conversation_id, member_id, "tag_added", tag=tag.name))
            conversation.revision += 1
        row = TagRow(tag.id, tag.name, tag.colour)
    changes.publish(conversation_id)
    return row


def remove(member_id: int, conversation_id: int, tag_id: int) -> None:
    """Take it off this conversation. Raises Gone."""
    with db.write() as session:
        rights.check(session, member_id, Right.WORK)
        conversation: Conversation = seen(session, conversation_id)
        link = session.get(ConversationTag, (conversation_id, tag_id))
        if link is None:
            return
        tag = session.get_one(Tag, tag_id)
        session.delete(link)
        session.add(note_activity(conversation_id, member_id, "tag_removed", tag=tag.name))
        conversation.revision += 1
    changes.publish(conversation_id)


def _found_or_made(session: Session, name: str) -> Tag:
    folded = name.casefold()
    if tag := session.scalar(select(Tag).where(Tag.folded == folded)):
        return tag
    count = session.scalar(select(func.count()).select_from(Tag)) or 0
    tag = Tag(name=name, folded=folded, colour=COLOURS[count % len(COLOURS)])
    session.add(tag)
    session.flush()
    return tag
