"""What somebody with a link may do who is not signed in: join the team, or set a new password."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from leader24 import changes, clock, db, i18n
from leader24.models import Activity, Link, Member, Purpose, Role
from leader24.services import attempts, passwords, preferences, sign_ins
from leader24.services.members import checked_email, checked_name
from leader24.services.refusals import Refused
from leader24.services.sign_ins import hash_of


@dataclass(frozen=True, slots=True)
class Invited:
    business: str
    role: Role
    language: str


def invited(token: str) -> Invited | None:
    """None: never made, used, expired or withdrawn; it is not said which."""
    with db.read() as session:
        link = _open(session, token, Purpose.INVITATION)
    if link is None or link.role is None:
        return None
    chosen = preferences.current()
    return Invited(chosen.business_name, link.role, chosen.language)


def join(  # noqa: PLR0913 (a form, in the order of its fields)
    token: str, name: str, email: str, password: str, language: str, browser: str = "", address: str = ""
) -> str:
    """A new member, by an invitation, which is used up; the token of his sign-in. Raises Refused."""
    attempts.count(address)
    invitation = invited(token)
    if invitation is None:  # before the hash, whose price nobody may have us pay again and again
        raise Refused("link_over")
    name, email = checked_name(name), checked_email(email)
    if language not in i18n.CODES:
        raise Refused("language")
    passwords.check(password, name, email, invitation.business)
    password_hash = passwords.hashed(password)
    with db.write() as session:
        link = _open(session, token, Purpose.INVITATION)
        if link is None or link.role is None:
            raise Refused("link_over")
        if session.scalar(select(Member.id).where(Member.email == email)):
            raise Refused("email_taken")
        member = Member(name=name, email=email, password_hash=password_hash, role=link.role, language=language)
        session.add(member)
        session.delete(link)
        session.flush()
        session.add(Activity(member_id=member.id, kind="joined", details={"role": member.role}))
        return sign_ins.begin(session, member, browser)


def may_reset(token: str) -> bool:
    with db.read() as session:
        return _whose(session, token) is not None


def reset(token: str, password: str, browser: str = "", address: str = "") -> str:
    """A new password, by a link, which is used up; all earlier sign-ins end. The token of a new one. Raises
    Refused."""
    attempts.count(address)
    with db.read() as session:
        member = _whose(session, token)
    if member is None:
        raise Refused("link_over")
    passwords.check(password, member.name, member.email, preferences.current().business_name)
    password_hash = passwords.hashed(password)
    with db.write() as session:
        member = _whose(session, token)
        if member is None:
            raise Refused("link_over")
        ended = sign_ins.set_password(session, member.id, password_hash)
        session.add(Activity(member_id=member.id, kind="password_reset"))
        anew = sign_ins.begin(session, member, browser)
    changes.end(ended)
    return anew


def _open(session: Session, token: str, purpose: Purpose) -> Link | None:
    link = session.scalar(select(Link).where(Link.token_hash == hash_of(token), Link.purpose == purpose))
    return link if link and link.expires_at and link.expires_at >= clock.now() else None


def _whose(session: Session, token: str) -> Member | None:
    """The member who may set a new password by it."""
    link = _open(session, token, Purpose.PASSWORD)
    member = session.get(Member, link.member_id) if link and link.member_id else None
    return member if member and not member.disabled_at else None
