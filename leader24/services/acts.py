"""What a member can do to many conversations at once: each act, and how one of them is taken back.

All within a transaction that has asked for the right. They raise Gone where a conversation is not there, and, when they
are taken back, Overtaken where somebody has changed the same thing since.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy.orm import Session

from leader24 import clock
from leader24.models import Status
from leader24.services import bin, conversations, tags
from leader24.services.conversations import StatusChange, seen
from leader24.services.refusals import Overtaken


class Act(Protocol):
    def do(self, session: Session, member_id: int, conversation_id: int) -> object | None:
        """What `take_back` needs to know; None where it was so already."""

    def take_back(self, session: Session, member_id: int, conversation_id: int, change: Any) -> None: ...


@dataclass(frozen=True, slots=True)
class SetStatus:
    status: Status

    def do(self, session: Session, member_id: int, conversation_id: int) -> StatusChange | None:
        return conversations.set_status(session, member_id, seen(session, conversation_id), self.status)

    def take_back(self, session: Session, member_id: int, conversation_id: int, change: StatusChange) -> None:
        conversations.take_status_back(session, member_id, change)


@dataclass(frozen=True, slots=True)
class AddTag:
    """`name` is clean, see tags.clean; the change is the tag's id."""

    name: str

    def do(self, session: Session, member_id: int, conversation_id: int) -> int | None:
        conversation = seen(session, conversation_id)
        tag = tags.found_or_made(session, self.name)
        return tag.id if tags.put_on(session, member_id, conversation, tag) else None

    def take_back(self, session: Session, member_id: int, conversation_id: int, change: int) -> None:
        if not tags.take_off(session, member_id, seen(session, conversation_id), change):
            raise Overtaken({"tag": ""}, "")


@dataclass(frozen=True, slots=True)
class RemoveTag:
    tag_id: int

    def do(self, session: Session, member_id: int, conversation_id: int) -> bool | None:
        return tags.take_off(session, member_id, seen(session, conversation_id), self.tag_id) or None

    def take_back(self, session: Session, member_id: int, conversation_id: int, change: bool) -> None:
        tags.put_on_again(session, member_id, seen(session, conversation_id), self.tag_id)


@dataclass(frozen=True, slots=True)
class ReadChange:
    """The message up to which the member had read it, and has now."""

    was: int
    to: int


@dataclass(frozen=True, slots=True)
class Mark:
    """As read or unread, for the acting member."""

    is_read: bool

    def do(self, session: Session, member_id: int, conversation_id: int) -> ReadChange | None:
        conversation = seen(session, conversation_id)
        was = conversations.read_to(session, member_id, conversation_id)
        if (was >= conversation.version) is self.is_read:
            return None
        to = conversation.version if self.is_read else conversations.unread_from(session, conversation) - 1
        conversations.set_read_to(session, member_id, conversation, to)
        return ReadChange(was, to)

    def take_back(self, session: Session, member_id: int, conversation_id: int, change: ReadChange) -> None:
        conversation = seen(session, conversation_id)
        if conversations.read_to(session, member_id, conversation_id) != change.to:
            raise Overtaken({"read": ""}, "")
        conversations.set_read_to(session, member_id, conversation, change.was)


@dataclass(frozen=True, slots=True)
class Delete:
    """All at one moment: by it the bin knows what was deleted together."""

    at: datetime = field(default_factory=clock.now)

    def do(self, session: Session, member_id: int, conversation_id: int) -> bool:
        bin.put_in(session, member_id, conversation_id, self.at)
        return True

    def take_back(self, session: Session, member_id: int, conversation_id: int, change: bool) -> None:
        bin.take_out(session, member_id, conversation_id, self.at)


class Restore:
    def do(self, session: Session, member_id: int, conversation_id: int) -> datetime | None:
        return bin.take_out(session, member_id, conversation_id)

    def take_back(self, session: Session, member_id: int, conversation_id: int, change: datetime) -> None:
        bin.put_in(session, member_id, conversation_id, change)
