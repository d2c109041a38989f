"""Members: the first owner, and what a member says of himself."""

import secrets
from dataclasses import dataclass
from zoneinfo import available_timezones

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from leader24 import changes, db, i18n
from leader24.models import Activity, Link, Member, Purpose, Role
from leader24.services import choices, passwords, plain_text, preferences, rights, sign_ins
from leader24.services.refusals import Refused
from leader24.services.rights import Right
from leader24.services.sign_ins import Actor as Actor
from leader24.services.sign_ins import hash_of

LONGEST_NAME, LONGEST_EMAIL = 100, 200
THEMES = ("system", "light", "dark")


@dataclass(frozen=True, slots=True)
class FirstOwner:
    name: str
    email: str
    password: str
    language: str
    business_name: str
    time_zone: str


def new_set_up_link() -> str | None:
    """The token of a one-time link, or None when there is an owner already. Earlier ones work until there is one."""
    with db.write() as session:
        if _has_owner(session):
            return None
        token = secrets.token_urlsafe(32)
        session.add(Link(token_hash=hash_of(token), purpose=Purpose.SET_UP))
    return token


def is_set_up() -> bool:
    with db.read() as session:
        return _has_owner(session)


def is_set_up_link(token: str) -> bool:
    with db.read() as session:
        return _is_set_up_link(session, token)


def set_up(token: str, owner: FirstOwner, browser: str = "") -> str:
    """Make the first owner and use the link up; the token of his sign-in. Raises Refused."""
    if not is_set_up_link(token):  # before the hash, whose price nobody may have us pay again and again
        raise Refused("link")
    name, email = checked_name(owner.name), checked_email(owner.email)
    business_name = choices.read("business_name", owner.business_name)
    passwords.check(owner.password, name, email, business_name)
    if owner.language not in i18n.CODES or owner.time_zone not in available_timezones():
        raise Refused("choice")
    password_hash = passwords.hashed(owner.password)
    with db.write() as session:
        if not _is_set_up_link(session, token):
            raise Refused("link")
        member = Member(name=name, email=email, password_hash=password_hash, role=Role.OWNER, language=owner.language)
        session.add(member)
        session.flush()
        session.execute(delete(Link).where(Link.purpose == Purpose.SET_UP))
        preferences.store(
            session,
            business_name=business_name,
            language=owner.language,
            time_zone=owner.time_zone,
        )
        session.add(Activity(member_id=member.id, kind="set_up"))
        signed_in = sign_ins.begin(session, member, browser)
    preferences.forget()
    return signed_in


def choose(member_id: int, *, language: str | None = None, theme: str | None = None) -> None:
    """His own language and theme. Raises Refused."""
    if language not in (None, *i18n.CODES) or theme not in (None, *THEMES):
        raise Refused("choice")
    with db.write() as session:
        member = rights.check(session, member_id, Right.WORK)
        member.language = language or member.language
        member.theme = theme or member.theme


def rename(member_id: int, name: str) -> None:
    """Himself. Raises Refused."""
    name = checked_name(name)
    with db.write() as session:
        member = rights.check(session, member_id, Right.WORK)
        if member.name == name:
            return
        session.add(Activity(member_id=member_id, kind="renamed", details={"from": member.name, "to": name}))
        member.name = name


def reset_password(email: str, password: str) -> None:
    """By the operator, on the machine itself; ends all of the member's sign-ins. Raises Refused."""
    email = email.strip().lower()
    with db.read() as session:
        member = session.scalar(select(Member).where(Member.email == email))
    if member is None:
        raise Refused("unknown_email")
    passwords.check(password, member.name, email, preferences.current().business_name)
    password_hash = passwords.hashed(password)
    with db.write() as session:
        ended = sign_ins.set_password(session, member.id, password_hash)
        session.add(Activity(member_id=member.id, kind="password_reset"))
    changes.end(ended)


def checked_name(name: str) -> str:
    name = plain_text.line(name)
    if not name or len(name) > LONGEST_NAME:
        raise Refused("name")
    return name


def checked_email(email: str) -> str:
    email = email.strip().lower()
    if "@" not in email.strip("@") or len(email) > LONGEST_EMAIL or not email.isprintable() or " " in email:
        raise Refused("email")
    return email


def _has_owner(session: Session) -> bool:
    return bool(session.scalar(select(exists().where(Member.role == Role.OWNER))))


def _is_set_up_link(session: Session, token: str) -> bool:
    fits = exists().where(Link.token_hash == hash_of(token), Link.purpose == Purpose.SET_UP)
    return not _has_owner(session) and bool(session.scalar(select(fits)))
