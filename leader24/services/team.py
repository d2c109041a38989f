"""The team, as its owners run it. There is always an owner who is not disabled."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, func, select
from sqlalchemy.orm import Session

from leader24 import changes, clock, db
from leader24.models import Activity, Link, Member, Purpose, Role, SignIn
from leader24.services import rights, sign_ins, takeovers
from leader24.services.refusals import Refused
from leader24.services.rights import Right
from leader24.services.sign_ins import hash_of

INVITATION_LIVES = timedelta(days=7)
PASSWORD_LINK_LIVES = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class TeamMember:
    id: int
    name: str
    email: str
    role: Role
    is_disabled: bool
    seen_at: datetime | None
    devices: int


@dataclass(frozen=True, slots=True)
class Invitation:
    id: int
    role: Role
    made_by: str
    created_at: datetime
    expires_at: datetime


def members(member_id: int) -> list[TeamMember]:
    """Owners first, then by name."""
    stands = (SignIn.member_id == Member.id) & (SignIn.expires_at >= clock.now())
    seen_at = func.max(func.coalesce(SignIn.seen_at, SignIn.created_at))
    query = select(Member, seen_at, func.count(SignIn.token_hash)).outerjoin(SignIn, stands).group_by(Member.id)
    with db.read() as session:
        rights.check(session, member_id, Right.RUN)
        found = [_team_member(*row) for row in session.execute(query)]
    return sorted(found, key=lambda each: (each.role is not Role.OWNER, each.name.casefold(), each.id))


def change_role(member_id: int, of_id: int, role: Role) -> None:
    """Takes effect at once. Raises Refused."""
    with db.write() as session:
        rights.check(session, member_id, Right.RUN)
        member = session.get_one(Member, of_id)
        if member.role is role:
            return
        if role is not Role.OWNER:
            _check_another_owner(session, of_id)
            _forget_links_made_by(session, of_id)
        details = {"of": member.name, "role": role}
        member.role = role
        session.add(Activity(member_id=member_id, kind="role_changed", details=details))


def disable(member_id: int, of_id: int) -> None:
    """Ends his sign-ins at once, and the links that he could come back by; the agent answers again those whom he has
    answered. Raises Refused."""
    with db.write() as session:
        rights.check(session, member_id, Right.RUN)
        member = session.get_one(Member, of_id)
        if member.disabled_at:
            return
        _check_another_owner(session, of_id)
        if of_id == member_id:
            raise Refused("oneself")
        member.disabled_at = clock.now()
        _forget_links_made_by(session, of_id)
        session.execute(delete(Link).where(Link.member_id == of_id))
        ended = sign_ins.end_all(session, of_id)
        given_back = takeovers.give_back_all(session, member_id, of_id)
        session.add(Activity(member_id=member_id, kind="disabled", details={"of": member.name}))
    changes.end(ended)
    changes.publish_many(given_back)


def enable(member_id: int, of_id: int) -> None:
    """He may sign in again."""
    with db.write() as session:
        rights.check(session, member_id, Right.RUN)
        member = session.get_one(Member, of_id)
        if member.disabled_at:
            member.disabled_at = None
            session.add(Activity(member_id=member_id, kind="enabled", details={"of": member.name}))


def invite(member_id: int, role: Role) -> str:
    """The token of a link, which is shown this once."""
    with db.write() as session:
        rights.check(session, member_id, Right.RUN)
        session.add(Activity(member_id=member_id, kind="invited", details={"role": role}))
        return _new_link(session, member_id, INVITATION_LIVES, purpose=Purpose.INVITATION, role=role)


def invitations(member_id: int) -> list[Invitation]:
    """Those that are open, the newest first."""
    is_open = (Link.purpose == Purpose.INVITATION) & (Link.expires_at >= clock.now())
    query = select(Link, Member.name).join(Member, Member.id == Link.made_by_id).where(is_open)
    with db.read() as session:
        rights.check(session, member_id, Right.RUN)
        found = session.execute(query.order_by(Link.created_at.desc(), Link.id.desc())).all()
    return [
        Invitation(link.id, link.role, made_by, link.created_at, link.expires_at)
        for link, made_by in found
        if link.role and link.expires_at
    ]


def withdraw(member_id: int, link_id: int) -> None:
    """An invitation; nothing happens when it was used or is gone."""
    with db.write() as session:
        rights.check(session, member_id, Right.RUN)
        link = session.get(Link, link_id)
        if link and link.purpose is Purpose.INVITATION:
            session.delete(link)
            session.add(Activity(member_id=member_id, kind="invitation_withdrawn", details={"role": link.role}))


def new_password_link(member_id: int, of_id: int) -> str:
    """The token of a link by which he sets a new password; shown this once, in place of an earlier one. Raises
    Refused."""
    with db.write() as session:
        rights.check(session, member_id, Right.RUN)
        member = session.get_one(Member, of_id)
        if member.disabled_at:
            raise Refused("disabled")
        session.execute(delete(Link).where(Link.member_id == of_id, Link.purpose == Purpose.PASSWORD))
        session.add(Activity(member_id=member_id, kind="password_link_made", details={"of": member.name}))
        return _new_link(session, member_id, PASSWORD_LINK_LIVES, purpose=Purpose.PASSWORD, member_id=of_id)


def _team_member(member: Member, seen_at: datetime | None, devices: int) -> TeamMember:
    is_disabled = member.disabled_at is not None
    return TeamMember(member.id, member.name, member.email, member.role, is_disabled, seen_at, devices)


def _check_another_owner(session: Session, of_id: int) -> None:
    """Somebody else runs the place, or this one may not go."""
    another = exists().where(Member.role == Role.OWNER, Member.disabled_at.is_(None), Member.id != of_id)
    if not session.scalar(select(another)):
        raise Refused("last_owner")


def _forget_links_made_by(session: Session, of_id: int) -> None:
    """An owner who is one no more must not come back as one by a link that he has made before."""
    session.execute(delete(Link).where(Link.made_by_id == of_id))


def _new_link(session: Session, made_by_id: int, lives: timedelta, **kind: object) -> str:
    token, now = secrets.token_urlsafe(32), clock.now()
    session.execute(delete(Link).where(Link.expires_at < now))
    session.add(Link(token_hash=hash_of(token), made_by_id=made_by_id, created_at=now, expires_at=now + lives, **kind))
    return token
