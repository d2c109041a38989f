"""What stood in a form that was refused, kept for a moment so that its page can show it again. Never passwords."""

import secrets
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from leader24 import clock

LIVES = timedelta(minutes=5)
MOST = 1000


@dataclass(frozen=True, slots=True)
class Retry:
    code: str = ""  # why it was refused: see pages/words.py
    values: dict[str, str] = field(default_factory=dict)
    until: datetime | None = None


_kept: OrderedDict[str, Retry] = OrderedDict()


def keep(code: str, **values: str) -> str:
    """The name under which it is found again."""
    while len(_kept) >= MOST:
        _kept.popitem(last=False)
    name = secrets.token_urlsafe(16)
    _kept[name] = Retry(code, {key: value[:300] for key, value in values.items()}, clock.now() + LIVES)
    return name


def find(name: str) -> Retry:
    kept = _kept.get(name, Retry())
    return kept if kept.until and kept.until > clock.now() else Retry()
