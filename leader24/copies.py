"""A copy of the database as one plain file, made while others write, and looked through before it counts."""

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

PIECE = 1 << 20  # bytes read in one go


class CopyFailed(Exception):
    """One clause for the operator, which ends without a full stop."""


def copy(source: Path, target: Path) -> None:
    """When this returns, `target` is whole, on the disk, and its owner's only. Raises CopyFailed; what was begun of
    `target` is the caller's to take away, and it must not be there before."""
    need_room(target.parent, sum(each.stat().st_size for each in files_of(source)))
    try:
        target.touch(mode=0o600, exist_ok=False)
        live = f"{source.absolute().as_uri()}?mode=rw"  # which makes none where there is none
        with closing(sqlite3.connect(live, uri=True)) as read, closing(sqlite3.connect(target)) as written:
            read.backup(written)  # at once: in smaller steps it would begin anew after each write of others
            written.execute("PRAGMA journal_mode=DELETE")  # one file, with no others beside it
        check(target)
        flush(target)
    except sqlite3.Error as error:
        raise CopyFailed(f"{source} could not be copied ({error})") from error
    except OSError as error:
        raise CopyFailed(f"{target.parent} could not be written ({error.strerror})") from error


def files_of(database: Path) -> list[Path]:
    """Those that there are: itself, and what SQLite keeps beside it."""
    return [file for end in ("", "-wal", "-shm", "-journal") if (file := Path(f"{database}{end}")).exists()]


def need_room(folder: Path, size: int) -> None:
    """Raises CopyFailed where so many bytes more would not fit."""
    if (there_is := free(folder)) < size:
        raise CopyFailed(f"{_megabytes(size)} are needed in {folder}, and only {_megabytes(there_is)} are free")


def free(folder: Path) -> int:
    """Bytes on its disk."""
    return shutil.disk_usage(folder).free


def check(file: Path) -> None:
    """Raises CopyFailed where SQLite finds damage in it."""
    try:
        with closing(sqlite3.connect(file)) as connection:
            found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.Error as error:
        found = str(error)
    if found != "ok":
        raise CopyFailed(f"the database is damaged ({found.splitlines()[-1]})")


def digest(pieces: Iterable[bytes]) -> str:
    """SHA-256, in hexadecimal digits."""
    made = hashlib.sha256()
    for piece in pieces:
        made.update(piece)
    return made.hexdigest()


def digest_of(file: Path) -> str:
    with file.open("rb") as opened:
        return digest(iter(lambda: opened.read(PIECE), b""))


def flush(path: Path) -> None:
    """What was written to this file, or the names in this folder, survive when the power goes."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"
