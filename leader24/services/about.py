"""What an owner may know of this installation: how large, how well, and who changed what lately."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from leader24 import db
from leader24.models import Activity, Conversation, Message
from leader24.services import rights
from leader24.services.rights import Right

MOST_CHANGES = 30


@dataclass(frozen=True, slots=True)
class Installation:
    """Sizes in bytes."""

    folder: Path
    database: int
    index: int
    backups: int
    free: int
    is_well: bool
    conversations: int
    messages: int


@dataclass(frozen=True, slots=True)
class Change:
    """Of settings or team; `kind` and `details` as in the activity, `who` "" is the system."""

    at: datetime
    who: str
    kind: str
    details: Mapping[str, Any]


def installation(member_id: int, folder: Path) -> Installation:
    """Looks at each file of the data folder."""
    with db.read() as session:
        rights.check(session, member_id, Right.RUN)
        conversations = session.scalar(select(func.count()).select_from(Conversation)) or 0
        messages = session.scalar(select(func.count()).select_from(Message)) or 0
    file = db.file()
    return Installation(
        folder=folder,
        database=sum(_size(Path(f"{file}{end}")) for end in ("", "-wal", "-shm")),
        index=_size(folder / "index"),
        backups=_size(folder / "backups") + _size(folder / "snapshots"),
        free=shutil.disk_usage(folder).free,
        is_well=db.is_well(),
        conversations=conversations,
        messages=messages,
    )


def changes(member_id: int) -> list[Change]:
    """The newest first."""
    query = select(Activity).where(Activity.conversation_id.is_(None)).order_by(Activity.id.desc()).limit(MOST_CHANGES)
    with db.read() as session:
        rights.check(session, member_id, Right.RUN)
        return [
            Change(each.created_at, each.member.name if each.member else "", each.kind, each.details)
            for each in session.scalars(query)
        ]


def _size(place: Path) -> int:
    """Files come and go while we look."""
    try:
        return sum(map(_size, place.iterdir())) if place.is_dir() else place.stat().st_size
    except FileNotFoundError:
        return 0
