"""A copy of the database, made before a new version of Leader24 changes its tables: the way back."""

import logging
from contextlib import suppress
from pathlib import Path

from leader24 import clock, copies, db
from leader24.copies import CopyFailed
from leader24.db import DatabaseUnavailable
from leader24.redaction import AS_IT_STANDS
from leader24.settings import Settings

KEPT = 3

log = logging.getLogger("leader24")


def migrate(settings: Settings) -> None:
    """Bring the tables to the newest version; where there is something to lose, a copy of it as it was lies in the
    data folder's `snapshots` before. Raises DatabaseUnavailable, and then nothing has changed."""
    db.migrate(before=lambda revision: _take(settings.data_dir / "snapshots", revision))


def _take(folder: Path, revision: str) -> None:
    part = folder / "snapshot.part"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        part.unlink(missing_ok=True)  # of a start that was killed
        copies.copy(db.file(), part)
        file = _keep(part, folder / f"before-{revision}-{clock.now():%Y%m%d-%H%M%S}.db")
        _forget_old(folder)
    except (CopyFailed, OSError) as error:
        raise DatabaseUnavailable(f"it is of an older version, and could not be copied first: {error}") from error
    finally:
        with suppress(OSError):
            part.unlink()
    log.info("before the database is brought to version %s: its copy is %s", revision, file, extra=AS_IT_STANDS)


def _keep(part: Path, file: Path) -> Path:
    """Where the copy is now. A start that fails again and again must not push out the copies that differ."""
    newest = next(iter(_newest_first(file.parent)), None)
    if newest and copies.digest_of(newest) == copies.digest_of(part):
        return newest
    part.replace(file)
    copies.flush(file.parent)
    return file


def _forget_old(folder: Path) -> None:
    for file in _newest_first(folder)[KEPT:]:
        file.unlink()


def _newest_first(folder: Path) -> list[Path]:
    """By the moment in their names, which a copying of the folder leaves as it is."""
    return sorted(folder.glob("before-*.db"), key=lambda file: file.stem[-15:], reverse=True)
