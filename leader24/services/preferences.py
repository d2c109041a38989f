"""What the owner chose, typed and in one place: set in the browser, else by the environment, else the default."""

import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import timedelta
from enum import Enum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from leader24 import db
from leader24.models import Activity, Setting
from leader24.services import choices, rights, sealing
from leader24.services.rights import Right
from leader24.services.seams import Business
from leader24.settings import Settings


@dataclass(frozen=True, slots=True)
class Preferences:
    business_name: str = ""
    description: str = ""  # of the business, in the owner's words
    language: str = "en"  # of reviews and of what nobody else chose
    time_zone: str = "UTC"
    hours: tuple[str, ...] = ("",) * 7  # by weekday from Monday, "09:00–13:00, 15:00–19:00"; "" is closed
    agent_name: str = "Sofia"
    instructions: str = ""
    widget_key: str = ""
    widget_sites: tuple[str, ...] = ()  # origins, besides our own, that may show the widget
    review_after: timedelta = timedelta(minutes=10)
    new_conversation_after: timedelta = timedelta(days=30)
    answer_after: timedelta = timedelta(seconds=2)
    ai_calls_a_day: int = 2000
    openai_api_key: str = field(default="", repr=False)
    openai_base_url: str = ""
    model: str = "gpt-5-mini"
    twilio_account_sid: str = ""
    twilio_auth_token: str = field(default="", repr=False)
    twilio_whatsapp_from: str = ""
    are_first_steps_dismissed: bool = False

    @property
    def business(self) -> Business:
        hours = self.hours if any(self.hours) else ()
        return Business(
            self.business_name, self.language, self.agent_name, self.instructions, self.description, tuple(hours)
        )

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def has_model(self) -> bool:
        return bool(self.openai_api_key or self.openai_base_url)

    @property
    def can_send_whatsapp(self) -> bool:
        return bool(self.twilio_account_sid and self.twilio_auth_token and self.twilio_whatsapp_from)


class Origin(Enum):
    """Where a value comes from; UNREADABLE is a secret that was sealed with another key, and counts as not set."""

    BROWSER = "browser"
    ENVIRONMENT = "environment"
    DEFAULT = "default"
    UNREADABLE = "unreadable"


VARIABLES = {
    "review_after": "LEADER24_REVIEW_AFTER_MINUTES",
    "openai_api_key": "OPENAI_API_KEY",
    "openai_base_url": "OPENAI_BASE_URL",
    "model": "LEADER24_MODEL",
    "twilio_account_sid": "TWILIO_ACCOUNT_SID",
    "twilio_auth_token": "TWILIO_AUTH_TOKEN",
    "twilio_whatsapp_from": "TWILIO_WHATSAPP_FROM",
}
SECRETS = frozenset({"openai_api_key", "twilio_auth_token"})

_NAMES = frozenset(each.name for each in fields(Preferences))


@dataclass(frozen=True, slots=True)
class _Read:
    """All of it as of now."""

    preferences: Preferences
    origins: Mapping[str, Origin]


_defaults = Preferences()
_given: frozenset[str] = frozenset()  # what the environment says
_current: _Read | None = None
_reading = threading.Lock()  # what was read before a change must not be kept after it


def use_environment(settings: Settings) -> None:
    """What holds where nothing was set in the browser, and the key that seals secrets."""
    sealing.use_key(settings.secret_key)
    use_defaults(**{name: getattr(settings, name) for name, each in VARIABLES.items() if each in settings.given})


def use_defaults(**given: Any) -> None:
    global _defaults, _given, _current
    _defaults, _given, _current = Preferences(**given), frozenset(given), None


def current() -> Preferences:
    """The last word; read from the database once and after each change."""
    return _read().preferences


def origin(name: str) -> Origin:
    """Where the value of this field comes from."""
    return _read().origins.get(name, Origin.ENVIRONMENT if name in _given else Origin.DEFAULT)


def is_in_environment(name: str) -> bool:
    return name in _given


def change(member_id: int, **typed: Any) -> None:
    """An owner sets these fields, as he typed them. An empty secret keeps the one that is there, another empty field
    that the environment may set gives it back. Raises Refused, and then nothing is changed."""
    emptied = {name for name, value in typed.items() if name in VARIABLES and not str(value).strip()}
    chosen = {name: choices.read(name, value) for name, value in typed.items() if name not in emptied}
    with db.write() as session:
        rights.check(session, member_id, Right.RUN)
        for name in emptied - SECRETS:
            _clear(session, member_id, name)
        set_within(session, member_id, **chosen)
    _read_anew()


def set_within(session: Session, member_id: int, **chosen: object) -> None:
    """What an owner typed, read by `choices`, within the caller's transaction; call `forget` after its commit."""
    stored = _stored(session)
    for name, value in chosen.items():
        if stored.get(name, getattr(_defaults, name)) != value:
            store(session, **{name: value})
            session.add(Activity(member_id=member_id, kind="setting_changed", details={"name": name}))


def clear(member_id: int, name: str) -> None:
    """An owner takes back what was set in the browser: the environment holds again, or the default."""
    with db.write() as session:
        rights.check(session, member_id, Right.RUN)
        _clear(session, member_id, name)
    _read_anew()


def store(session: Session, **values: object) -> None:
    """Set some of the fields within the caller's transaction; call `forget` after its commit."""
    assert values.keys() <= _NAMES, values.keys() - _NAMES
    for name, value in values.items():
        session.merge(Setting(name=name, value=_plain(name, value)))


def forget() -> None:
    global _current
    with _reading:
        _current = None


def ensure_widget_key() -> None:
    """The key in the website's snippet; not a secret, only the name of this widget."""
    if not current().widget_key:
        with db.write() as session:
            store(session, widget_key=secrets.token_hex(8))
        forget()


def _read_anew() -> None:
    """Here and now, so that nobody on the event loop has to."""
    forget()
    _read()


def _clear(session: Session, member_id: int, name: str) -> None:
    if setting := session.get(Setting, name):
        session.delete(setting)
        session.add(Activity(member_id=member_id, kind="setting_cleared", details={"name": name}))


def _read() -> _Read:
    global _current
    with _reading:
        if _current is None:
            with db.read() as session:
                stored = _stored(session)
            known = {name: value for name, value in stored.items() if value is not None}
            origins = {name: Origin.UNREADABLE if stored[name] is None else Origin.BROWSER for name in stored}
            _current = _Read(replace(_defaults, **known), origins)
        return _current


def _stored(session: Session) -> dict[str, Any]:
    """What was set in the browser; None is a secret that cannot be read."""
    settings = session.scalars(select(Setting).where(Setting.name.in_(_NAMES)))
    return {each.name: _typed(each.name, each.value) for each in settings}


def _plain(name: str, value: object) -> object:
    if name in SECRETS:
        return sealing.seal(str(value))
    if isinstance(value, timedelta):
        return value.total_seconds()
    return list(value) if isinstance(value, tuple) else value


def _typed(name: str, value: object) -> Any:
    if name in SECRETS:
        try:
            return sealing.unseal(str(value))
        except sealing.WrongKey:
            return None
    default = getattr(_defaults, name)
    if isinstance(default, timedelta):
        return timedelta(seconds=float(str(value)))
    return tuple(value) if isinstance(default, tuple) and isinstance(value, list) else value
