"""Who may do what. Every verb that a member can reach asks here, inside its own transaction."""

from enum import Enum

from sqlalchemy.orm import Session

from leader24.models import Member, Role


class Forbidden(Exception):
    """This member may not do that, or is no member any more."""


class Right(Enum):
    WORK = frozenset({Role.MEMBER, Role.OWNER})  # see, search, note, tag, change status, reply, take over
    RUN = frozenset({Role.OWNER})  # agents, keys, channels, team, settings, the example inbox


def check(session: Session, member_id: int, right: Right) -> Member:
    """The member, if he may. Raises Forbidden."""
    member = session.get(Member, member_id)
    if member is None or member.disabled_at or member.role not in right.value:
        raise Forbidden(right.name)
    return member
