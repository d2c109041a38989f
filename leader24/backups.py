"""The whole database in one file to keep elsewhere, and the way back from it.

A backup is a ZIP file of two: `leader24.db`, and `manifest.json`, which says what it is. The secret key is not in it,
nor the search index, which is built anew.
"""

import json
import re
import shutil
import sqlite3
import struct
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from lzma import LZMAError
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from leader24 import __version__, clock, copies, db
from leader24.copies import CopyFailed

DATABASE, MANIFEST = "leader24.db", "manifest.json"
MANIFEST_MOST = 100_000  # bytes
UNFINISHED = ".leader24-unfinished-"  # how a folder begins in which one is made
GIVEN_UP = timedelta(days=1)  # after which it is nobody's any more
# What lets somebody in without a password. A restored link could be used a second time.
KEYS_TO_THE_DOOR = ("sign_in", "link")
# What zipfile raises where a file is not what it should be; RuntimeError where it asks for a password.
DAMAGE = (BadZipFile, zlib.error, LZMAError, struct.error, EOFError, RuntimeError, ValueError, OverflowError)


class BackupRefused(Exception):
    """One sentence for the operator. Nothing was written."""


@dataclass(frozen=True, slots=True)
class Manifest:
    version: str  # of the Leader24 that made it
    revision: str  # of its tables
    made_at: datetime
    size: int  # bytes of the database
    sha256: str
    rows: dict[str, int]  # by table


def make(database: Path, file: Path) -> Manifest:
    """Everything that was stored when it began is in `file`, which others may write beside. Raises BackupRefused."""
    if not database.exists():
        raise BackupRefused(f"There is no database {database}, and nothing to back up.")
    if file.exists():
        raise BackupRefused(f"{file} is there already; give another name.")
    try:
        _clear_away(file.parent)
        with TemporaryDirectory(prefix=UNFINISHED, dir=file.parent) as folder:
            copy, part = Path(folder, DATABASE), Path(folder, f"{file.name}.part")
            copies.copy(database, copy)
            manifest = _describe(copy)
            _pack(copy, manifest, part)
            with _opened(part) as (archive, _):
                _verify(archive, manifest)
            part.replace(file)
            copies.flush(file.parent)
    except CopyFailed as error:
        raise BackupRefused(f"The backup was not made: {error}.") from error
    except OSError as error:
        raise BackupRefused(f"{file} cannot be written: {error.strerror}.") from error
    return manifest


def restore(file: Path, database: Path, index_dir: Path) -> Manifest:
    """Make the database anew from a backup, where there is none. All are signed out, and open links are worthless.
    Raises BackupRefused."""
    if copies.files_of(database):
        reason = f"There is a database in {database.parent} already"
        raise BackupRefused(f"{reason}; restore into an empty folder: set LEADER24_DATA_DIR.")
    with (
        _opened(file) as (archive, manifest),
        _written(database.parent),
        TemporaryDirectory(prefix=UNFINISHED, dir=database.parent) as folder,
    ):
        copy = Path(folder, DATABASE)
        _unpack(archive, manifest, copy)
        _check(file, copy, manifest)
        _sign_all_out(copy)
        copies.flush(copy)
        shutil.rmtree(index_dir, ignore_errors=True)
        copy.replace(database)
        copies.flush(database.parent)
    return manifest


def _clear_away(folder: Path) -> None:
    """What was left by those that were killed."""
    for left in folder.glob(f"{UNFINISHED}*"):
        if clock.now() - datetime.fromtimestamp(left.stat().st_mtime, UTC) > GIVEN_UP:
            shutil.rmtree(left, ignore_errors=True)


def _describe(copy: Path) -> Manifest:
    try:
        with closing(sqlite3.connect(copy)) as connection:
            revision, rows = _revision(connection), _rows(connection)
    except sqlite3.Error as error:
        raise CopyFailed(f"it is no database of Leader24 ({error})") from error
    return Manifest(__version__, revision, clock.now(), copy.stat().st_size, copies.digest_of(copy), rows)


def _revision(connection: sqlite3.Connection) -> str:
    return str(connection.execute("SELECT max(version_num) FROM alembic_version").fetchone()[0])


def _rows(connection: sqlite3.Connection) -> dict[str, int]:
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    quoted = [(name, '"' + name.replace('"', '""') + '"') for (name,) in tables]  # no parameter can stand for a name
    return {name: connection.execute(f"SELECT count(*) FROM {each}").fetchone()[0] for name, each in quoted}  # nosec B608


def _pack(copy: Path, manifest: Manifest, part: Path) -> None:
    part.touch(mode=0o600)
    with ZipFile(part, "w", ZIP_DEFLATED) as archive:
        archive.write(copy, DATABASE)
        archive.writestr(MANIFEST, json.dumps(asdict(manifest), default=datetime.isoformat, indent=2))
    copies.flush(part)


@contextmanager
def _opened(file: Path) -> Iterator[tuple[ZipFile, Manifest]]:
    """Raises BackupRefused, also where it turns out to be damaged while it is read."""
    try:
        if not file.is_file():
            raise BackupRefused(f"{file} is a folder, no file." if file.is_dir() else f"There is no file {file}.")
        with ZipFile(file) as archive:
            yield archive, _manifest(archive, file)
    except DAMAGE as error:
        raise BackupRefused(f"{file} is no backup of Leader24, or it is damaged.") from error
    except OSError as error:
        raise BackupRefused(f"{file} cannot be read: {error.strerror}.") from error


def _manifest(archive: ZipFile, file: Path) -> Manifest:
    inside = {each.filename: each for each in archive.infolist()}
    if len(archive.infolist()) != 2 or inside.keys() != {DATABASE, MANIFEST}:
        raise BackupRefused(f"{file} is no backup of Leader24: other things are in it.")
    if inside[MANIFEST].file_size > MANIFEST_MOST:
        raise ValueError("it is too long")
    try:
        manifest = _read_manifest(json.loads(archive.read(MANIFEST)))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("something is missing") from error
    if inside[DATABASE].file_size != manifest.size:
        raise ValueError("another size")
    return manifest


def _read_manifest(said: dict[str, Any]) -> Manifest:
    version, revision = said["version"], said["revision"]
    if not all(re.fullmatch(r"[\w.+-]{1,40}", each) for each in (version, revision)):
        raise ValueError("no version")
    rows = {str(table): int(number) for table, number in said["rows"].items()}
    made_at = datetime.fromisoformat(said["made_at"])
    return Manifest(version, revision, made_at, int(said["size"]), str(said["sha256"]), rows)


def _verify(archive: ZipFile, manifest: Manifest) -> None:
    if copies.digest(_pieces(archive)) != manifest.sha256:
        raise ValueError("another content")


def _pieces(archive: ZipFile) -> Iterator[bytes]:
    """Of the database; never more than the archive said that there are, whatever was packed."""
    with archive.open(DATABASE) as packed:
        while piece := packed.read(copies.PIECE):
            yield piece


@contextmanager
def _written(folder: Path) -> Iterator[None]:
    """What fails inside is said of the folder, and not of the backup."""
    try:
        yield
    except CopyFailed as error:
        raise BackupRefused(f"Nothing was restored: {error}.") from error
    except OSError as error:
        raise BackupRefused(f"Nothing was restored: {folder} cannot be written ({error.strerror}).") from error


def _unpack(archive: ZipFile, manifest: Manifest, copy: Path) -> None:
    copies.need_room(copy.parent, manifest.size)
    _verify(archive, manifest)  # before the first byte is written
    copy.touch(mode=0o600)
    with copy.open("wb") as unpacked:
        unpacked.writelines(_pieces(archive))


def _check(file: Path, copy: Path, manifest: Manifest) -> None:
    copies.check(copy)
    try:
        with closing(sqlite3.connect(copy)) as connection:
            revision, rows = _revision(connection), _rows(connection)
    except sqlite3.Error as error:
        raise ValueError("no database of ours") from error
    if (revision, rows) != (manifest.revision, manifest.rows):
        raise ValueError("another content")
    if revision not in db.revisions():
        made_by = f"{file} was made by Leader24 {manifest.version}, whose tables version {__version__} does not know"
        raise BackupRefused(f"{made_by}. Restore it with that version or a newer one.")


def _sign_all_out(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as connection, connection:
        for table in KEYS_TO_THE_DOOR:
            if table in _rows(connection):
                connection.execute(f"DELETE FROM {table}")  # nosec B608
