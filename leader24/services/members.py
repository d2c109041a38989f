"""Members: the first owner, signing in and out."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import available_timezones

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from leader24 import clock, db, i18n
from leader24.models import Activity, Member, Role, Setting, SignIn
from leader24.services import preferences, rights
from leader24.services.refusals import Refused
from leader24.services.rights import Right

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200
SIGNED_IN_FOR = timedelta(days=14)
SET_UP_LINK = "set_up_link_hash"

_hasher = PasswordHasher()
# What an unknown address is checked against, so that it takes as long as a known one.
_nobody = _hasher.hash(secrets.token_urlsafe(16))
_attempts = MovingWindowRateLimiter(MemoryStorage())
_PER_ACCOUNT, _PER_ADDRESS = parse("5/15 minutes"), parse("20/15 minutes")


@dataclass(frozen=True, slots=True)
class Actor:
    """The member who looks at a page; a copy, so rights are asked for again with every verb."""

    id: int
    name: str
    role: Role
    language: str
    theme: str


@dataclass(frozen=True, slots=True)
class FirstOwner:
    name: str
    email: str
    password: str
    language: str
    business_name: str
    time_zone: str


def new_set_up_link() -> str | None:
    """The token of a fresh one-time link, or None when there is an owner already. Earlier links stop working."""
    with db.write() as session:
        if _has_owner(session):
            return None
        token = secrets.token_urlsafe(32)
        session.merge(Setting(name=SET_UP_LINK, value=_hash(token)))
    return token


def is_set_up() -> bool:
    with db.read() as session:
        return _has_owner(session)


def is_set_up_link(token: str) -> bool:
    with db.read() as session:
        return not _has_owner(session) and _fits(session, token)


def set_up(token: str, owner: FirstOwner) -> str:
    """Make the first owner and use the link up; the token of his sign-in. Raises Refused."""
    email = owner.email.strip().lower()
    if not is_set_up_link(token):  # before the hash, whose price nobody may have us pay again and again
        raise Refused("link")
    _check(owner, email)
    password_hash = _hasher.hash(owner.password)
    with db.write() as session:
        if _has_owner(session) or not _fits(session, token):
            raise Refused("link")
        member = Member(
            name=owner.name.strip(),
            email=email,
            password_hash=password_hash,
            role=Role.OWNER,
            language=owner.language,
        )
        session.add(member)
        session.flush()
        session.execute(delete(Setting).where(Setting.name == SET_UP_LINK))
        preferences.store(
            session,
            business_name=owner.business_name.strip(),
            language=owner.language,
            time_zone=owner.time_zone,
        )
        session.add(Activity(member_id=member.id, kind="set_up"))
        signed_in = _sign_in(session, member)
    preferences.forget()
    return signed_in


def sign_in(email: str, password: str, address: str) -> str:
    """A new token for the browser's cookie. Raises Refused, in the same words and time whoever is meant."""
    email = email.strip().lower()
    # The address first: each account that is asked for is remembered, and there is no end to invented ones.
    if not (_attempts.hit(_PER_ADDRESS, "address", address) and _attempts.hit(_PER_ACCOUNT, "account", email)):
        raise Refused("too_many_attempts")
    with db.read() as session:
        member = session.scalar(select(Member).where(Member.email == email))
    try:
        _hasher.verify(member.password_hash if member else _nobody, password[:LONGEST_PASSWORD])
    except VerificationError:
        raise Refused("credentials") from None
    if member is None or member.disabled_at:
        raise Refused("credentials")
    _attempts.clear(_PER_ACCOUNT, "account", email)
    with db.write() as session:
        return _sign_in(session, session.get_one(Member, member.id))


def sign_out(token: str) -> None:
    with db.write() as session:
        session.execute(delete(SignIn).where(SignIn.token_hash == _hash(token)))


def signed_in(token: str) -> Actor | None:
    """Who holds this cookie, if the sign-in still stands."""
    with db.read() as session:
        found = session.get(SignIn, _hash(token))
        if found is None or found.expires_at < clock.now() or found.member.disabled_at:
            return None
        return _actor(found.member)


def choose(member_id: int, *, language: str | None = None, theme: str | None = None) -> None:
    """His own language and theme."""
    with db.write() as session:
        member = rights.check(session, member_id, Right.WORK)
        member.language = language or member.language
        member.theme = theme or member.theme


def reset_password(email: str, password: str) -> None:
    """By the operator, on the machine itself; ends all of the member's sign-ins. Raises Refused."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise Refused("password_short" if len(password) < SHORTEST_PASSWORD else "password_long")
    with db.write() as session:
        member = session.scalar(select(Member).where(Member.email == email.strip().lower()))
        if member is None:
            raise Refused("unknown_email")
        member.password_hash = _hasher.hash(password)
        session.execute(delete(SignIn).where(SignIn.member_id == member.id))
        session.add(Activity(member_id=member.id, kind="password_reset"))


def _check(owner: FirstOwner, email: str) -> None:
    if not owner.name.strip() or len(owner.name) > 100:
        raise Refused("name")
    if "@" not in email.strip("@") or len(email) > 200:
        raise Refused("email")
    if len(owner.business_name) > 100:
        raise Refused("business_name_long")
    if len(owner.password) < SHORTEST_PASSWORD:
        raise Refused("password_short")
    if len(owner.password) > LONGEST_PASSWORD:
        raise Refused("password_long")
    if owner.language not in i18n.CODES or owner.time_zone not in available_timezones():
        raise Refused("choice")


def _sign_in(session: Session, member: Member) -> str:
    token = secrets.token_urlsafe(32)
    session.execute(delete(SignIn).where(SignIn.expires_at < clock.now()))
    session.add(SignIn(token_hash=_hash(token), member_id=member.id, expires_at=clock.now() + SIGNED_IN_FOR))
    session.add(Activity(member_id=member.id, kind="signed_in"))
    return token


def _actor(member: Member) -> Actor:
    return Actor(member.id, member.name, member.role, member.language, member.theme)


def _has_owner(session: Session) -> bool:
    return bool(session.scalar(select(exists().where(Member.role == Role.OWNER))))


def _fits(session: Session, token: str) -> bool:
    link = session.get(Setting, SET_UP_LINK)
    return link is not None and secrets.compare_digest(str(link.value), _hash(token))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
