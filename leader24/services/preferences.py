"""What the owner set in the browser, typed, with a default for each; the environment gives some of the defaults."""

import re
import secrets
import threading
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from leader24 import db
from leader24.models import Setting
from leader24.services import rights
from leader24.services.refusals import Refused
from leader24.services.rights import Right
from leader24.services.seams import Business


@dataclass(frozen=True, slots=True)
class Preferences:
    business_name: str = ""
    language: str = "en"  # of reviews and of what nobody else chose
    time_zone: str = "UTC"
    agent_name: str = "Sofia"
    instructions: str = ""
    widget_key: str = ""
    widget_sites: tuple[str, ...] = ()  # origins, besides our own, that may show the widget
    review_after: timedelta = timedelta(minutes=10)
    new_conversation_after: timedelta = timedelta(days=30)
    answer_after: timedelta = timedelta(seconds=2)
    ai_calls_a_day: int = 2000

    @property
    def business(self) -> Business:
        return Business(self.business_name, self.language, self.agent_name, self.instructions)


_NAMES = frozenset(each.name for each in fields(Preferences))
_defaults = Preferences()
_current: Preferences | None = None
_reading = threading.Lock()  # what was read before a change must not be kept after it


def use_defaults(review_after: timedelta) -> None:
    """What holds where nothing was set in the browser."""
    global _defaults, _current
    _defaults, _current = Preferences(review_after=review_after), None


def current() -> Preferences:
    """The last word; read from the database once and after each change."""
    global _current
    with _reading:
        if _current is None:
            with db.read() as session:
                stored = session.scalars(select(Setting).where(Setting.name.in_(_NAMES)))
                known = {each.name: _typed(each.name, each.value) for each in stored}
            _current = replace(_defaults, **known)
        return _current


def store(session: Session, **values: object) -> None:
    """Set some of the fields within the caller's transaction; call `forget` after its commit."""
    assert values.keys() <= _NAMES, values.keys() - _NAMES
    for name, value in values.items():
        session.merge(Setting(name=name, value=_plain(value)))


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


def choose_sites(member_id: int, typed: str) -> None:
    """The websites that may show the widget, one origin in each line. Raises Refused."""
    sites = tuple(dict.fromkeys(_origin(line.strip()) for line in typed.splitlines() if line.strip()))
    with db.write() as session:
        rights.check(session, member_id, Right.RUN)
        store(session, widget_sites=sites)
    forget()


def _plain(value: object) -> object:
    if isinstance(value, timedelta):
        return value.total_seconds()
    return list(value) if isinstance(value, tuple) else value


def _typed(name: str, value: object) -> Any:
    default = getattr(_defaults, name)
    if isinstance(default, timedelta):
        return timedelta(seconds=float(str(value)))
    return tuple(value) if isinstance(default, tuple) and isinstance(value, list) else value


def _origin(address: str) -> str:
    try:
        parts = urlsplit(address)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        raise Refused("site") from None
    host = parts.hostname or ""
    is_plain = re.fullmatch(r"[a-z0-9.-]+", host) and not parts.username
    if parts.scheme not in ("http", "https") or not is_plain or len(address) > 200:
        raise Refused("site")
    return f"{parts.scheme}://{host}{port}"
