"""What is known of a contact, as members correct it: what a member wrote is never overwritten, see Contact.learn."""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from leader24 import changes, db
from leader24.models import Contact, Conversation
from leader24.services import happenings, plain_text, rights
from leader24.services.conversations import note_activity, seen
from leader24.services.refusals import Overtaken, Refused
from leader24.services.rights import Right

LONGEST_NAME, LONGEST_EMAIL = 100, 200
EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
LANGUAGE = re.compile(r"([a-z]{2,3}([-_][A-Za-z0-9]{2,8})*)?")


@dataclass(frozen=True, slots=True)
class ContactFields:
    """As they are stored, or as a member typed them. The phone is E.164 once it is stored; "" is unknown."""

    name: str = ""
    phone: str = ""
    email: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """Fields by name, as they were and as they are now, and which of them no member had written before."""

    before: dict[str, str]
    after: dict[str, str]
    first_written: frozenset[str]


def edit(
    member_id: int, conversation_id: int, typed: ContactFields, shown: ContactFields, *, country: str = ""
) -> Change:
    """The conversation's contact. Only what was typed otherwise than it was shown changes, so that two who correct
    different fields do not meet. `country` is whose numbers are written without a country code. What it changed, for
    `put_back`. Raises Refused("contact_" + field), Gone, or Overtaken with the fields that others have changed."""
    wanted = _checked(_differing(typed, shown), country)
    with db.write() as session:
        rights.check(session, member_id, Right.WORK)
        contact = session.get_one(Contact, seen(session, conversation_id).contact_id)
        now, then = asdict(fields_of(contact)), asdict(shown)
        after = {name: value for name, value in wanted.items() if value != now[name]}
        if others := {name: now[name] for name in after if now[name] != then[name]}:
            raise Overtaken(others, _by(session, conversation_id, contact, others))
        change = Change({name: now[name] for name in after}, after, frozenset(after.keys() - contact.edited))
        if not after:
            return change
        _write(session, contact, after, edited={*contact.edited, *after})
        session.add(note_activity(conversation_id, member_id, "contact_edited", fields=list(after)))
        concerned = _conversations_of(session, contact.id)
    changes.publish_many(concerned)
    return change


def put_back(member_id: int, conversation_id: int, change: Change) -> None:
    """As it was before; a field that has been changed again since stays as it is. Nothing happens where it is so.
    Raises Overtaken where all have been changed again, or Gone."""
    with db.write() as session:
        rights.check(session, member_id, Right.WORK)
        contact = session.get_one(Contact, seen(session, conversation_id).contact_id)
        now = asdict(fields_of(contact))
        others = {name: now[name] for name, old in change.before.items() if now[name] != old}
        still = {name: change.before[name] for name in others if now[name] == change.after[name]}
        if not others:
            return
        if not still:
            raise Overtaken(others, _by(session, conversation_id, contact, others))
        _write(session, contact, still, edited=set(contact.edited) - (change.first_written & still.keys()))
        session.add(note_activity(conversation_id, member_id, "contact_edited", fields=list(still)))
        concerned = _conversations_of(session, contact.id)
    changes.publish_many(concerned)


def fields_of(contact: Contact) -> ContactFields:
    return ContactFields(contact.name, contact.phone or "", contact.email or "", contact.language)


def _differing(typed: ContactFields, shown: ContactFields) -> dict[str, str]:
    then = asdict(shown)
    return {name: value for name, value in asdict(typed).items() if value.strip() != then[name]}


def _checked(fields: dict[str, str], country: str) -> dict[str, str]:
    """Ready to be stored."""
    check = {"name": _name, "phone": lambda typed: _phone(typed, country), "email": _email, "language": _language}
    return {name: check[name](value.replace("\x00", "").strip()) for name, value in fields.items()}


def _write(session: Session, contact: Contact, fields: dict[str, str], edited: Iterable[str]) -> None:
    for name, value in fields.items():
        setattr(contact, name, value or ("" if name in ("name", "language") else None))
    contact.edited = sorted(edited)
    found_anew = update(Conversation).where(Conversation.contact_id == contact.id)
    statement = found_anew.values(revision=Conversation.revision + 1)
    session.execute(statement.execution_options(synchronize_session=False))


def _by(session: Session, conversation_id: int, contact: Contact, fields: Iterable[str]) -> str:
    """Who wrote what stands there now."""
    is_members = any(name in contact.edited for name in fields)
    return happenings.last_by(session, conversation_id, "contact_edited") if is_members else ""


def _conversations_of(session: Session, contact_id: int) -> list[int]:
    return list(session.scalars(select(Conversation.id).where(Conversation.contact_id == contact_id)))


def _name(typed: str) -> str:
    name = plain_text.line(typed)
    if len(name) > LONGEST_NAME:
        raise Refused("contact_name")
    return name


def _phone(typed: str, country: str) -> str:
    """As E.164. Whether a number is taken is not asked: lists of those that are grow old."""
    if not typed:
        return ""
    try:
        number = phonenumbers.parse(f"+{typed[2:]}" if typed.startswith("00") else typed, country or None)
    except NumberParseException:
        raise Refused("contact_phone") from None
    if not phonenumbers.is_possible_number(number):
        raise Refused("contact_phone")
    return str(phonenumbers.format_number(number, PhoneNumberFormat.E164))


def _email(typed: str) -> str:
    if typed and (len(typed) > LONGEST_EMAIL or not typed.isprintable() or not EMAIL.fullmatch(typed)):
        raise Refused("contact_email")
    return typed


def _language(typed: str) -> str:
    if not LANGUAGE.fullmatch(typed):
        raise Refused("contact_language")
    return typed
