"""Conversations to take away: for owners, as values to be written down as text, or as JSON with everything in it.

docs/export.md says what the JSON holds. Columns that a table gets later are in it by themselves.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, inspect, select
from sqlalchemy.orm import Session

from leader24 import changes, clock, db
from leader24.models import (
    Activity,
    Attachment,
    Contact,
    Conversation,
    ConversationTag,
    Identity,
    Member,
    Message,
    Note,
    Reading,
    Record,
    Review,
    Tag,
)
from leader24.services import detail, rights
from leader24.services.conversations import Gone
from leader24.services.detail import Detail
from leader24.services.rights import Right

FORMAT = "leader24.conversations"
VERSION = 1
AT_ONCE = 100  # conversations read or noted in one transaction
MECHANICS = {  # of the work on a conversation; they say nothing about it
    "due_at",
    "reviewing_since",
    "review_attempts",
    "answer_due_at",
    "answer_attempts",
    "revision",
    "indexed_revision",
    "deleted_at",
    "read_by",  # `readings` say more
    "note_count",
}
OF_FILES = {"content", "message_id", "due_at", "attempts"}  # what is not told of them; they are no part of a text

Json = dict[str, Any]


def as_values(member_id: int, ids: Sequence[int]) -> Iterator[Detail]:
    """All of each, with its whole history; what is no longer there is left out. It is noted that they were exported
    before the first comes. Raises Forbidden."""
    _begin(member_id, ids, "text")
    return _values(member_id, ids)


def as_json(member_id: int, ids: Sequence[int]) -> Iterator[str]:
    """One document, piece by piece; otherwise as `as_values`."""
    _begin(member_id, ids, "json")
    return _document(ids)


def _begin(member_id: int, ids: Sequence[int], kind: str) -> None:
    """On each conversation it stands who took it away; of many at once the owners' list says it too."""
    with db.read() as session:
        rights.check(session, member_id, Right.RUN)
    for begin in range(0, len(ids), AT_ONCE):
        with db.write(can_wait=True) as session:
            listed = select(Conversation.id).where(Conversation.id.in_(ids[begin : begin + AT_ONCE]))
            found = list(session.scalars(listed.where(Conversation.is_listed)))
            if begin == 0 and len(ids) > 1:
                session.add(_note(member_id, kind, count=len(ids)))
            notes = [_plain_note(member_id, kind, id) for id in found]
            if notes:
                session.execute(insert(Activity), notes)
        changes.publish_many(found)


def _note(member_id: int, kind: str, count: int) -> Activity:
    details = {"as": kind, "count": count}
    return Activity(member_id=member_id, kind="exported", details=details, created_at=clock.now())


def _plain_note(member_id: int, kind: str, conversation_id: int) -> Json:
    return {
        "conversation_id": conversation_id,
        "member_id": member_id,
        "kind": "exported",
        "details": {"as": kind},
        "created_at": clock.now(),
    }


def _values(member_id: int, ids: Sequence[int]) -> Iterator[Detail]:
    for id in ids:
        try:
            yield detail.of(member_id, id, since=1)
        except Gone:
            continue


def _document(ids: Sequence[int]) -> Iterator[str]:
    head = json.dumps({"format": FORMAT, "version": VERSION, "exported_at": clock.now().isoformat()}, indent=1)
    yield head.removesuffix("\n}") + ',\n "conversations": ['
    separator = "\n"
    for begin in range(0, len(ids), AT_ONCE):
        for each in _conversations(ids[begin : begin + AT_ONCE]):
            yield separator + json.dumps(each, ensure_ascii=False, indent=1)
            separator = ",\n"
    yield "\n ]\n}\n"


def _conversations(ids: Sequence[int]) -> list[Json]:
    with db.read() as session:
        found = session.scalars(select(Conversation).where(Conversation.id.in_(ids), Conversation.is_listed))
        names = dict(session.execute(select(Member.id, Member.name)).all())
        by_id = {each.id: _conversation(session, each, names) for each in found}
    return [by_id[id] for id in ids if id in by_id]


def _conversation(session: Session, conversation: Conversation, names: dict[int, str]) -> Json:
    own = {"conversation_id": conversation.id}
    tags = select(Tag).join(ConversationTag).where(ConversationTag.conversation_id == conversation.id)
    identities = session.scalars(select(Identity).where(Identity.contact_id == conversation.contact_id))
    contact = session.get_one(Contact, conversation.contact_id)
    return {
        **_columns(conversation, names, leave_out={*MECHANICS, "contact_id", "identity_id"}),
        "contact": _columns(contact, names)
        | {"identities": [_columns(each, names, leave_out={"contact_id"}) for each in identities]},
        "tags": [_columns(each, names, leave_out={"folded"}) for each in session.scalars(tags.order_by(Tag.folded))],
        "messages": _messages(session, own, names),
        "reviews": _rows(session, Review, own, names),
        "notes": _rows(session, Note, own, names),
        "activities": _rows(session, Activity, own, names),
        "readings": _rows(session, Reading, own, names, order="member_id"),
    }


def _messages(session: Session, own: Json, names: dict[int, str]) -> list[Json]:
    """Each with the files that came with it, told and not handed over."""
    of_these = select(Message.id).filter_by(**own)
    query = select(Attachment).where(Attachment.message_id.in_(of_these)).order_by(Attachment.place)
    files: dict[int, list[Json]] = {}
    for each in session.scalars(query):
        files.setdefault(each.message_id, []).append(_columns(each, names, leave_out=OF_FILES))
    rows = _rows(session, Message, own, names, order="seq")
    return [row | {"attachments": files.get(row["id"], [])} for row in rows]


def _rows(session: Session, table: type[Record], own: Json, names: dict[int, str], order: str = "id") -> list[Json]:
    query = select(table).filter_by(**own).order_by(getattr(table, order))
    return [_columns(each, names, leave_out={"conversation_id"}) for each in session.scalars(query)]


def _columns(record: Record, names: dict[int, str], leave_out: Collection[str] = ()) -> Json:
    """By name as in the database; a member's id becomes his name: `member_id` is `member`."""
    values: Json = {}
    for name in (each.key for each in inspect(type(record)).column_attrs if each.key not in leave_out):
        value = getattr(record, name)
        if name in ("member_id", "taken_over_by_id"):
            values[name.removesuffix("_id")] = names.get(value)
        else:
            values[name] = value.isoformat() if isinstance(value, datetime) else value
    return values
