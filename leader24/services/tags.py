"""Tags: labels with a colour, put on conversations."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete as deleted
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from leader24 import changes, clock, db
from leader24.models import Activity, Conversation, ConversationTag, Tag
from leader24.services import plain_text, rights
from leader24.services.conversations import note_activity, seen
from leader24.services.refusals import Overtaken, Refused
from leader24.services.rights import Right

LONGEST = 40
AT_ONCE = 500  # conversations asked for in one query
COLOURS = ("green", "blue", "orange", "violet", "rose", "yellow", "slate")


class TagGone(Exception):
    """There is no such tag (any more)."""


@dataclass(frozen=True, slots=True)
class TagRow:
    id: int
    name: str
    colour: str


@dataclass(frozen=True, slots=True)
class TagUse:
    """A tag, and on how many conversations it is."""

    tag: TagRow
    count: int


def known(member_id: int) -> list[TagRow]:
    """All there are, the most used first."""
    return [each.tag for each in all_tags(member_id)]


def by_name(member_id: int) -> list[TagRow]:
    with db.read() as session:
        rights.check(session, member_id, Right.WORK)
        return [_row(tag) for tag in session.scalars(select(Tag).order_by(Tag.folded))]


def all_tags(member_id: int) -> list[TagUse]:
    """With their use, the most used first."""
    with db.read() as session:
        rights.check(session, member_id, Right.WORK)
        uses = func.count(ConversationTag.tag_id)
        query = select(Tag, uses).outerjoin(ConversationTag).group_by(Tag.id).order_by(uses.desc(), Tag.folded)
        binned = _uses_in_bin(session)
        return [TagUse(_row(tag), count - binned.get(tag.id, 0)) for tag, count in session.execute(query)]


def uses_on(member_id: int, conversation_ids: Sequence[int]) -> list[TagUse]:
    """The tags of these conversations, the most used first, and how many of them have each."""
    counts: Counter[int] = Counter()
    with db.read() as session:
        rights.check(session, member_id, Right.WORK)
        for begin in range(0, len(conversation_ids), AT_ONCE):
            some = conversation_ids[begin : begin + AT_ONCE]
            query = select(ConversationTag.tag_id).where(ConversationTag.conversation_id.in_(some))
            counts.update(session.scalars(query))
        found = {tag.id: tag for tag in session.scalars(select(Tag))}
        return [TagUse(_row(found[tag_id]), count) for tag_id, count in counts.most_common()]


def named(member_id: int, name: str) -> TagRow | None:
    """The tag that is called so, in whatever case."""
    with db.read() as session:
        rights.check(session, member_id, Right.WORK)
        tag = _find(session, clean(name))
        return _row(tag) if tag else None


def add(member_id: int, conversation_id: int, name: str) -> TagRow:
    """Put the tag on the conversation, and make it when there is none of this name. Raises Refused or Gone."""
    name = clean(name)
    with db.write() as session:
        rights.check(session, member_id, Right.WORK)
        conversation = seen(session, conversation_id)
        tag = found_or_made(session, name)
        put_on(session, member_id, conversation, tag)
        row = _row(tag)
    changes.publish(conversation_id)
    return row


def remove(member_id: int, conversation_id: int, tag_id: int) -> None:
    """Take it off this conversation. Raises Gone."""
    with db.write() as session:
        rights.check(session, member_id, Right.WORK)
        conversation = seen(session, conversation_id)
        if not take_off(session, member_id, conversation, tag_id):
            return
    changes.publish(conversation_id)


def put_back(member_id: int, conversation_id: int, tag_id: int) -> None:
    """On this conversation, from which it was removed. Raises Overtaken where the tag itself was deleted since, or
    Gone."""
    with db.write() as session:
        rights.check(session, member_id, Right.WORK)
        put_on_again(session, member_id, seen(session, conversation_id), tag_id)
    changes.publish(conversation_id)


def put_on(session: Session, member_id: int, conversation: Conversation, tag: Tag) -> bool:
    """Within a transaction that has asked for the right; False where it is there already."""
    if session.get(ConversationTag, (conversation.id, tag.id)):
        return False
    session.add(ConversationTag(conversation_id=conversation.id, tag_id=tag.id))
    session.add(note_activity(conversation.id, member_id, "tag_added", tag=tag.name))
    conversation.revision += 1
    return True


def take_off(session: Session, member_id: int, conversation: Conversation, tag_id: int) -> bool:
    """As `put_on`; False where it is not there."""
    link = session.get(ConversationTag, (conversation.id, tag_id))
    if link is None:
        return False
    tag = session.get_one(Tag, tag_id)
    session.delete(link)
    session.add(note_activity(conversation.id, member_id, "tag_removed", tag=tag.name))
    conversation.revision += 1
    return True


def put_on_again(session: Session, member_id: int, conversation: Conversation, tag_id: int) -> None:
    """As `put_on`, after it was taken off. Raises Overtaken where the tag itself was deleted since."""
    tag = session.get(Tag, tag_id)
    if tag is None:
        raise Overtaken({"tag": ""}, "")
    put_on(session, member_id, conversation, tag)


def found_or_made(session: Session, name: str) -> Tag:
    """By its name, which is clean; within a transaction."""
    if tag := _find(session, name):
        return tag
    count = session.scalar(select(func.count()).select_from(Tag)) or 0
    tag = Tag(name=name, folded=name.casefold(), colour=COLOURS[count % len(COLOURS)])
    session.add(tag)
    session.flush()
    return tag


def clean(name: str) -> str:
    """As it is stored. Raises Refused."""
    name = plain_text.line(name)
    if not name:
        raise Refused("tag_empty")
    if len(name) > LONGEST:
        raise Refused("tag_long")
    return name


def rename(member_id: int, tag_id: int, name: str) -> None:
    """Another name wherever the tag is. Raises Refused: "tag_taken" is the name of another one; or TagGone."""
    name = clean(name)
    with db.write() as session:
        rights.check(session, member_id, Right.WORK)
        tag = _get(session, tag_id)
        if tag.name == name:
            return
        if (other := _find(session, name)) and other is not tag:
            raise Refused("tag_taken")
        concerned = _concerned(session, tag_id)
        _note(session, member_id, "tag_renamed", tag=tag.name, to=name, count=len(concerned))
        tag.name, tag.folded = name, name.casefold()
        _index_anew(session, tag_id)
    changes.publish_many(concerned)


def recolour(member_id: int, tag_id: int, colour: str) -> None:
    """One of COLOURS. Raises TagGone."""
    assert colour in COLOURS, colour
    with db.write() as session:
        rights.check(session, member_id, Right.WORK)
        tag = _get(session, tag_id)
        if tag.colour == colour:
            return
        tag.colour = colour
        _note(session, member_id, "tag_recoloured", tag=tag.name, to=colour)
        concerned = _concerned(session, tag_id)
    changes.publish_many(concerned)


def merge(member_id: int, tag_id: int, into_id: int) -> int:
    """Conversations with this tag get the other one instead; how many. Nothing happens when both are the same.
    Raises TagGone."""
    with db.write() as session:
        rights.check(session, member_id, Right.WORK)
        tag, into = _get(session, tag_id), _get(session, into_id)
        if tag is into:
            return 0
        concerned = _concerned(session, tag_id)
        _index_anew(session, tag_id)
        has_both = select(ConversationTag.conversation_id).where(ConversationTag.tag_id == into_id)
        links = ConversationTag.tag_id == tag_id
        session.execute(deleted(ConversationTag).where(links, ConversationTag.conversation_id.in_(has_both)))
        session.execute(update(ConversationTag).where(links).values(tag_id=into_id))
        session.delete(tag)
        _note(session, member_id, "tags_merged", tag=tag.name, to=into.name, count=len(concerned))
    changes.publish_many(concerned)
    return len(concerned)


def delete(member_id: int, tag_id: int) -> int:
    """From everywhere; how many conversations lost it. Nothing happens when it is gone."""
    with db.write() as session:
        rights.check(session, member_id, Right.WORK)
        tag = session.get(Tag, tag_id)
        if tag is None:
            return 0
        concerned = _concerned(session, tag_id)
        _index_anew(session, tag_id)
        session.delete(tag)
        _note(session, member_id, "tag_deleted", tag=tag.name, count=len(concerned))
    changes.publish_many(concerned)
    return len(concerned)


def _row(tag: Tag) -> TagRow:
    return TagRow(tag.id, tag.name, tag.colour)


def _uses_in_bin(session: Session) -> dict[int, int]:
    """By tag: there are few, and to ask each conversation whether it is listed would take long."""
    query = select(ConversationTag.tag_id, func.count()).join(Conversation)
    query = query.where(Conversation.deleted_at.is_not(None)).group_by(ConversationTag.tag_id)
    return dict(session.execute(query).all())


def _find(session: Session, name: str) -> Tag | None:
    return session.scalar(select(Tag).where(Tag.folded == name.casefold()))


def _get(session: Session, tag_id: int) -> Tag:
    tag = session.get(Tag, tag_id)
    if tag is None:
        raise TagGone(tag_id)
    return tag


def _concerned(session: Session, tag_id: int) -> list[int]:
    """The conversations that carry it, as far as members see them."""
    query = select(ConversationTag.conversation_id).join(Conversation)
    query = query.where(ConversationTag.tag_id == tag_id, Conversation.is_listed)
    return list(session.scalars(query.order_by(ConversationTag.conversation_id.desc())))


def _index_anew(session: Session, tag_id: int) -> None:
    """Conversations that carry it are found by something else from now on."""
    carry = select(ConversationTag.conversation_id).where(ConversationTag.tag_id == tag_id)
    statement = update(Conversation).where(Conversation.id.in_(carry)).values(revision=Conversation.revision + 1)
    session.execute(statement.execution_options(synchronize_session=False))


def _note(session: Session, member_id: int, kind: str, **details: object) -> None:
    session.add(Activity(member_id=member_id, kind=kind, details=details, created_at=clock.now()))
