"""Sign-ins: who is signed in in which browser, and how that ends. The browser keeps a random token, we its hash."""

import hashlib
import secrets
import threading
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from leader24 import changes, clock, db
from leader24.models import Activity, Link, Member, Purpose, Role, SignIn
from leader24.services import attempts, browsers, passwords, preferences, rights
from leader24.services.refusals import Refused
from leader24.services.rights import Forbidden, Right

SIGNED_IN_FOR = timedelta(days=14)
SEEN_EVERY = timedelta(minutes=5)  # so exact is `seen_at`
LONGEST_BROWSER = 300

_seen: dict[str, datetime] = {}  # to be written with the next round, so that no request waits for a writer
_seeing = threading.Lock()


@dataclass(frozen=True, slots=True)
class Actor:
    """The member who looks at a page; a copy, so rights are asked for again with every verb."""

    id: int
    name: str
    role: Role
    language: str
    theme: str
    email: str
    token_hash: str  # of this sign-in


@dataclass(frozen=True, slots=True)
class Device:
    token_hash: str
    browser: str  # in words, such as "Chrome · Linux"; empty where it is unknown
    created_at: datetime
    seen_at: datetime
    is_this: bool


def sign_in(email: str, password: str, address: str, browser: str = "") -> str:
    """A new token for the browser's cookie. Raises Refused, in the same words and time whoever is meant."""
    email = email.strip().lower()
    attempts.count(address, email)
    with db.read() as session:
        member = session.scalar(select(Member).where(Member.email == email))
    is_right = passwords.fits(password, member.password_hash if member else None)
    if member is None or not is_right or member.disabled_at:
        raise Refused("credentials")
    with db.write() as session:
        known = session.get(Member, member.id)
        # He may have been disabled, or his password changed, while the hash was computed.
        if known is None or known.disabled_at or known.password_hash != member.password_hash:
            raise Refused("credentials")
        token = begin(session, known, browser)
    attempts.forgive(email)
    return token


def sign_out(token: str) -> None:
    token_hash = hash_of(token)
    with db.write() as session:
        found = session.get(SignIn, token_hash)
        if found is None:
            return
        session.add(Activity(member_id=found.member_id, kind="signed_out"))
        session.delete(found)
    changes.end([token_hash])


def signed_in(token: str) -> Actor | None:
    """Who holds this cookie, if the sign-in still stands."""
    token_hash = hash_of(token)
    with db.read() as session:
        found = session.get(SignIn, token_hash)
        if found is None or found.expires_at < clock.now() or found.member.disabled_at:
            return None
        _see(found.token_hash, found.seen_at)
        member = found.member
        return Actor(member.id, member.name, member.role, member.language, member.theme, member.email, token_hash)


def standing(token_hashes: Collection[str]) -> dict[str, Role]:
    """Those of the sign-ins that still stand, whoever has ended the others, with their members' roles. For the watch
    over open pages, which is nobody's; an open page counts as seen."""
    query = (
        select(SignIn.token_hash, SignIn.seen_at, Member.role)
        .join(Member)
        .where(SignIn.token_hash.in_(token_hashes), SignIn.expires_at >= clock.now(), Member.disabled_at.is_(None))
    )
    with db.read() as session:
        found = session.execute(query).all()
    for token_hash, seen_at, _ in found:
        _see(token_hash, seen_at)
    return {token_hash: role for token_hash, _, role in found}


def note_seen() -> None:
    """Writes down which sign-ins were seen since the last time."""
    with _seeing:
        seen = dict(_seen)
        _seen.clear()
    if not seen:
        return
    with db.write(can_wait=True) as session:
        for found in session.scalars(select(SignIn).where(SignIn.token_hash.in_(seen))):
            found.seen_at = seen[found.token_hash]


def devices(member_id: int, token_hash: str) -> list[Device]:
    """His own; `token_hash` is that of the browser he asks from, and comes first, then the last used."""
    with db.read() as session:
        rights.check(session, member_id, Right.WORK)
        query = select(SignIn).where(SignIn.member_id == member_id, SignIn.expires_at >= clock.now())
        found = [_device(each, token_hash) for each in session.scalars(query)]
    return sorted(found, key=lambda each: (each.is_this, each.seen_at), reverse=True)


def end(member_id: int, token_hash: str) -> None:
    """One of his own; nothing happens when it has ended."""
    with db.write() as session:
        rights.check(session, member_id, Right.WORK)
        found = session.get(SignIn, token_hash)
        if found is None or found.member_id != member_id:
            return
        session.delete(found)
        session.add(Activity(member_id=member_id, kind="devices_ended", details={"count": 1}))
    changes.end([token_hash])


def end_others(member_id: int, token_hash: str) -> int:
    """All of his own but that one; how many there were."""
    with db.write() as session:
        rights.check(session, member_id, Right.WORK)
        ended = end_all(session, member_id, but=token_hash)
        if ended:
            session.add(Activity(member_id=member_id, kind="devices_ended", details={"count": len(ended)}))
    changes.end(ended)
    return len(ended)


def change_password(member_id: int, current: str, new: str, token: str, browser: str = "") -> str:
    """His own, from a browser in which he is signed in. All sign-ins end, and the token of a new one, for this
    browser, is returned. Raises Refused."""
    with db.read() as session:
        member = _holder(session, member_id, token)
    attempts.count("", f"member {member_id}")
    if not passwords.fits(current, member.password_hash):
        raise Refused("current_password")
    passwords.check(new, member.name, member.email, preferences.current().business_name)
    password_hash = passwords.hashed(new)
    with db.write() as session:
        # A second change or an end of this sign-in may have come meanwhile.
        if _holder(session, member_id, token).password_hash != member.password_hash:
            raise Refused("current_password")
        ended = set_password(session, member_id, password_hash)
        session.add(Activity(member_id=member_id, kind="password_changed"))
        anew = begin(session, session.get_one(Member, member_id), browser)
    attempts.forgive(f"member {member_id}")
    this = hash_of(token)
    changes.end([each for each in ended if each != this])
    changes.end([this], goes_on=True)
    return anew


def set_password(session: Session, member_id: int, password_hash: str) -> list[str]:
    """Within the caller's transaction: ends all of his sign-ins, and links to a new password; what ended, for
    `changes.end` after the commit."""
    session.get_one(Member, member_id).password_hash = password_hash
    session.execute(delete(Link).where(Link.member_id == member_id, Link.purpose == Purpose.PASSWORD))
    return end_all(session, member_id)


def begin(session: Session, member: Member, browser: str) -> str:
    """Within the caller's transaction; the token."""
    token, now = secrets.token_urlsafe(32), clock.now()
    session.execute(delete(SignIn).where(SignIn.expires_at < now))
    session.add(
        SignIn(
            token_hash=hash_of(token),
            member_id=member.id,
            created_at=now,
            expires_at=now + SIGNED_IN_FOR,
            browser=browser[:LONGEST_BROWSER],
            seen_at=now,
        )
    )
    session.add(Activity(member_id=member.id, kind="signed_in"))
    return token


def end_all(session: Session, member_id: int, but: str = "") -> list[str]:
    """Within the caller's transaction; what ended, for `changes.end` after the commit."""
    of_him = (SignIn.member_id == member_id) & (SignIn.token_hash != but)
    ended = list(session.scalars(select(SignIn.token_hash).where(of_him)))
    session.execute(delete(SignIn).where(of_him))
    return ended


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def _see(token_hash: str, seen_at: datetime | None) -> None:
    now = clock.now()
    if seen_at is None or seen_at < now - SEEN_EVERY:
        with _seeing:
            _seen[token_hash] = now


def _device(found: SignIn, this: str) -> Device:
    seen_at = found.seen_at or found.created_at
    return Device(found.token_hash, browsers.words(found.browser), found.created_at, seen_at, found.token_hash == this)


def _holder(session: Session, member_id: int, token: str) -> Member:
    member = rights.check(session, member_id, Right.WORK)
    found = session.get(SignIn, hash_of(token))
    if found is None or found.member_id != member_id or found.expires_at < clock.now():
        raise Forbidden("not signed in")
    return member
