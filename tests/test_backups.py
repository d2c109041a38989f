"""The whole database in one file, made while messages arrive, and the way back from it."""

import json
import os
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from leader24 import backups, clock, copies, db
from leader24.backups import BackupRefused
from leader24.models import Member, SignIn
from leader24.services import preferences, sealing
from tests import factories
from tests.server import ROOT, environment_of
from tests.threads import at_once

RATE, WRITERS = 50, 5  # messages a second, of so many threads
OLD_KEY, NEW_KEY = "k" * 40, "n" * 40


def rows_of(file: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(statement).fetchall()


def digests(file: Path) -> dict[object, str]:
    """Of every message, by its id."""
    rows = rows_of(file, "SELECT id, external_id, author, text, received_at FROM message")
    return {row[0]: copies.digest([repr(row).encode()]) for row in rows}


@pytest.fixture
def backup(database: Path, tmp_path: Path) -> Path:
    """Of a database with three conversations."""
    for text in ("oak", "linen", "walnut"):
        factories.listed(text)
    file = tmp_path / "kept.zip"
    backups.make(database, file)
    return file


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A data folder with nothing in it."""
    folder = tmp_path / "fresh"
    folder.mkdir()
    return folder


def restored(file: Path, folder: Path) -> Path:
    backups.restore(file, folder / "leader24.db", folder / "index")
    return folder / "leader24.db"


def refusal(file: Path, folder: Path) -> str:
    """Why it is not restored; and the folder is as it was."""
    before = sorted(folder.iterdir())
    with pytest.raises(BackupRefused) as refused:
        restored(file, folder)
    assert sorted(folder.iterdir()) == before
    said = str(refused.value)
    assert said.endswith(".") and "\n" not in said and len(said) < 400, said
    return said


# What comes back


def test_everything_comes_back(database: Path, backup: Path, fresh: Path) -> None:
    copy = restored(backup, fresh)
    assert digests(copy) == digests(database)
    assert rows_of(copy, "SELECT title, score FROM conversation") == rows_of(
        database, "SELECT title, score FROM conversation"
    )
    assert [file.name for file in fresh.iterdir()] == ["leader24.db"]
    db.connect(f"sqlite:///{copy}")
    db.migrate()
    assert factories.texts(1)[0] == "oak"


def test_a_backup_is_one_file_for_its_owner_only_and_says_what_it_is(backup: Path) -> None:
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert [file.name for file in backup.parent.iterdir() if "kept" in file.name or file.name[0] == "."] == ["kept.zip"]
    with ZipFile(backup) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        assert sorted(archive.namelist()) == ["leader24.db", "manifest.json"]
    assert manifest["rows"]["conversation"] == 3 and manifest["revision"] in db.revisions()


def test_while_messages_arrive_everything_older_is_in_it_and_nobody_is_kept_waiting(
    database: Path, fresh: Path, tmp_path: Path
) -> None:
    has_ended = threading.Event()
    is_running = threading.Barrier(WRITERS + 1)
    older: dict[object, str] = {}

    def write(number: int) -> int:
        for sent in range(10_000):
            if sent == RATE // WRITERS:
                is_running.wait(60)
            if has_ended.is_set():
                return sent
            factories.received(f"{number}: {sent}", sender=f"visitor {number}")
            has_ended.wait(WRITERS / RATE)
        raise AssertionError("nobody said stop")

    def back_up() -> int:
        is_running.wait(60)
        try:
            older.update(digests(database))
            for name in ("first.zip", "second.zip"):
                backups.make(database, tmp_path / name)
                time.sleep(0.2)  # so that more arrives between the two
        finally:
            has_ended.set()
        return 0

    sent = sum(at_once(WRITERS + 1, lambda which: write(which) if which < WRITERS else back_up()))
    newest = digests(database)
    assert len(newest) == sent, "no writer was refused"
    copy = digests(restored(tmp_path / "second.zip", fresh))
    assert len(older) >= RATE and older.items() <= copy.items() <= newest.items()


def test_all_are_signed_out_and_links_are_worthless(ana: Member, database: Path, fresh: Path, tmp_path: Path) -> None:
    with db.write() as session:
        session.add(SignIn(token_hash="hash", member_id=ana.id, expires_at=ana.created_at))
    backups.make(database, tmp_path / "kept.zip")
    copy = restored(tmp_path / "kept.zip", fresh)
    assert rows_of(copy, "SELECT name FROM member") == [("Ana",)]
    for table in backups.KEYS_TO_THE_DOOR:
        assert rows_of(copy, f"SELECT * FROM {table}") == []
    assert len(rows_of(database, "SELECT * FROM sign_in")) == 1


def test_an_old_search_index_goes(backup: Path, fresh: Path) -> None:
    (fresh / "index" / "1-old").mkdir(parents=True)
    restored(backup, fresh)
    assert not (fresh / "index").exists()


# What is refused


def test_a_backup_replaces_no_file(database: Path, backup: Path) -> None:
    before = backup.read_bytes()
    with pytest.raises(BackupRefused, match=r"kept\.zip is there already"):
        backups.make(database, backup)
    assert backup.read_bytes() == before


def test_what_a_killed_backup_left_goes_with_one_of_the_next_day(database: Path, tmp_path: Path) -> None:
    left, other = tmp_path / f"{backups.UNFINISHED}x", tmp_path / ".others"
    for folder in (left, other):
        folder.mkdir()
    backups.make(database, tmp_path / "at once.zip")
    assert left.exists(), "it may be at work"
    with clock.shifted(timedelta(days=2)):
        backups.make(database, tmp_path / "later.zip")
    assert not left.exists() and other.exists()


@pytest.mark.parametrize("content", [b"", b"no database at all" * 100])
def test_what_is_no_database_of_ours_is_not_backed_up(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "other" / "leader24.db"
    file.parent.mkdir()
    file.write_bytes(content)
    with pytest.raises(BackupRefused, match="The backup was not made"):
        backups.make(file, file.parent / "kept.zip")
    assert list(file.parent.iterdir()) == [file]


def test_a_damaged_database_is_not_backed_up_as_if_it_were_well(database: Path, tmp_path: Path) -> None:
    for number in range(30):
        factories.received(f"{number}" * 500)
    db.disconnect()
    with database.open("r+b") as opened:
        opened.seek(-3 * 4096, os.SEEK_END)
        opened.write(b"\xff" * 2 * 4096)
    with pytest.raises(BackupRefused, match="The backup was not made"):
        backups.make(database, tmp_path / "kept.zip")
    assert not (tmp_path / "kept.zip").exists()


def test_where_a_folder_is_missing_it_is_said(database: Path, tmp_path: Path) -> None:
    with pytest.raises(BackupRefused, match="cannot be written: No such file or directory"):
        backups.make(database, tmp_path / "missing" / "kept.zip")
    with pytest.raises(BackupRefused, match="nothing to back up"):
        backups.make(tmp_path / "none.db", tmp_path / "kept.zip")
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize("name", ["leader24.db", "leader24.db-wal", "leader24.db-journal"])
def test_nothing_is_restored_over_what_is_there(backup: Path, fresh: Path, name: str) -> None:
    (fresh / name).touch()
    assert "restore into an empty folder: set LEADER24_DATA_DIR" in refusal(backup, fresh)


def test_a_file_that_is_missing_or_a_folder_is_refused(fresh: Path, tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.zip", fresh) == f"There is no file {tmp_path}/none.zip."
    assert refusal(tmp_path, fresh) == f"{tmp_path} is a folder, no file."


def cut_off(packed: bytes) -> bytes:
    return packed[: len(packed) // 2]


def without_its_last_byte(packed: bytes) -> bytes:
    return packed[:-1]


def changed_inside(packed: bytes) -> bytes:
    middle = len(packed) // 3
    return packed[:middle] + bytes(byte ^ 0xFF for byte in packed[middle : middle + 20]) + packed[middle + 20 :]


def a_database(_: bytes) -> bytes:
    return b"SQLite format 3\0" + bytes(4080)


@pytest.mark.parametrize("spoil", [cut_off, without_its_last_byte, changed_inside, a_database, lambda _: b""])
def test_a_damaged_file_is_refused(backup: Path, fresh: Path, spoil: Callable[[bytes], bytes]) -> None:
    backup.write_bytes(spoil(backup.read_bytes()))
    assert "is no backup of Leader24, or it is damaged" in refusal(backup, fresh)


def test_wherever_a_byte_changes_it_is_refused_or_all_comes_back(backup: Path, database: Path, fresh: Path) -> None:
    """A few bytes of a ZIP file mean nothing, such as the time of a file in it."""
    packed, expected = backup.read_bytes(), digests(database)
    for at in [*range(0, len(packed), len(packed) // 25), *range(len(packed) - 60, len(packed), 3)]:
        backup.write_bytes(packed[:at] + bytes([packed[at] ^ 0x55]) + packed[at + 1 :])
        try:
            copy = restored(backup, fresh)
        except BackupRefused:
            assert list(fresh.iterdir()) == []
        else:
            assert digests(copy) == expected
            copy.unlink()


@contextmanager
def repacked(backup: Path, compression: int = ZIP_DEFLATED) -> Iterator[tuple[ZipFile, bytes, dict[str, object]]]:
    """The backup made anew: an empty archive in its place, and the database and manifest that were in it."""
    with ZipFile(backup) as archive:
        database, manifest = archive.read("leader24.db"), json.loads(archive.read("manifest.json"))
    with ZipFile(backup, "w", compression) as archive:
        yield archive, database, manifest


@pytest.mark.parametrize(
    "names",
    [
        ["photo.jpg"],
        ["leader24.db"],
        ["leader24.db", "manifest.json", "more.txt"],
        ["../leader24.db", "manifest.json"],
        ["/etc/leader24.db", "manifest.json"],
        ["leader24.db", "leader24.db", "manifest.json"],
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_with_other_things_in_it_is_refused(backup: Path, fresh: Path, names: list[str]) -> None:
    with repacked(backup) as (archive, database, manifest):
        for name in names:
            archive.writestr(name, database if name.endswith("db") else json.dumps(manifest))
    assert "other things are in it" in refusal(backup, fresh)
    assert not (fresh.parent / "leader24.db-journal").exists()


@pytest.mark.parametrize(
    "change",
    [
        {"size": 5},
        {"size": "many"},
        {"size": 1e400},
        {"sha256": "0" * 64},
        {"rows": {"message": 1}},
        {"rows": []},
        {"revision": "0001-or-so"},
        {"version": "\x1b[31m"},
        {"version": None},
        {"made_at": "yesterday"},
    ],
)
def test_a_manifest_that_does_not_fit_is_refused(backup: Path, fresh: Path, change: dict[str, object]) -> None:
    with repacked(backup) as (archive, database, manifest):
        archive.writestr("leader24.db", database)
        archive.writestr("manifest.json", json.dumps(manifest | change))
    assert "is no backup of Leader24, or it is damaged" in refusal(backup, fresh)


@pytest.mark.parametrize("said", ["", "[]", "{}", "null", "[" * 50_000, " " * 200_000])
def test_a_manifest_that_is_none_is_refused(backup: Path, fresh: Path, said: str) -> None:
    with repacked(backup) as (archive, database, _):
        archive.writestr("leader24.db", database)
        archive.writestr("manifest.json", said)
    assert "is no backup of Leader24, or it is damaged" in refusal(backup, fresh)


def test_a_file_that_would_unpack_to_more_than_it_says_is_refused(backup: Path, fresh: Path) -> None:
    with repacked(backup) as (archive, database, manifest):
        archive.writestr("leader24.db", database + bytes(50_000_000))
        archive.writestr("manifest.json", json.dumps(manifest))
    assert backup.stat().st_size < 500_000
    assert "is no backup of Leader24, or it is damaged" in refusal(backup, fresh)


def test_where_there_is_no_room_nothing_is_begun(
    backup: Path, fresh: Path, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies, "free", lambda folder: 1000)
    assert "Nothing was restored:" in refusal(backup, fresh)
    with pytest.raises(BackupRefused, match=r"MB are needed in .*, and only 0\.0 MB are free"):
        backups.make(database, fresh / "kept.zip")
    assert list(fresh.iterdir()) == []


def test_a_database_of_another_program_in_our_clothes_is_refused(backup: Path, fresh: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE recipe (name TEXT)")
    with repacked(backup, ZIP_STORED) as (archive, _, manifest):
        said = {"size": other.stat().st_size, "sha256": copies.digest_of(other), "rows": {"recipe": 0}}
        archive.write(other, "leader24.db")
        archive.writestr("manifest.json", json.dumps(manifest | said))
    assert "is no backup of Leader24, or it is damaged" in refusal(backup, fresh)


def test_a_backup_of_a_newer_version_is_refused_and_names_it(database: Path, fresh: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    backups.make(database, tmp_path / "kept.zip")
    assert "Restore it with that version or a newer one." in refusal(tmp_path / "kept.zip", fresh)


# The commands


def command(folder: Path, *words: str, key: str = OLD_KEY, code: int = 0) -> str:
    """What it says, on the output or, where it fails, as one line of complaint."""
    environment = environment_of(LEADER24_DATA_DIR=str(folder), LEADER24_SECRET_KEY=key)
    asked = [sys.executable, "-m", "leader24", *words]
    ended = subprocess.run(asked, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert ended.returncode == code, ended.stderr
    if code:
        assert ended.stdout == "" and ended.stderr.count("\n") == 1, ended.stderr
    return ended.stderr if code else ended.stdout


def test_an_operator_backs_up_and_restores(database: Path, fresh: Path) -> None:
    sealing.use_key(OLD_KEY)
    factories.listed("oak")
    with db.write() as session:
        preferences.store(session, openai_api_key="sk-secret")
    messages_before = digests(database)

    assert "1 conversations with 2 messages" in command(database.parent, "backup")
    (made,) = (database.parent / "backups").iterdir()
    assert made.name.startswith("leader24-") and stat.S_IMODE(made.parent.stat().st_mode) == 0o700
    assert "set LEADER24_DATA_DIR" in command(database.parent, "restore", str(made), code=1)

    said = command(fresh, "restore", str(made), key=NEW_KEY)
    assert "1 conversations with 2 messages" in said and "sign in again" in said
    assert "need the old secret key" in said
    assert digests(fresh / "leader24.db") == messages_before
    assert stat.S_IMODE((fresh / "leader24.db").stat().st_mode) == 0o600


def test_a_backup_migrates_nothing_and_makes_no_database(database: Path, fresh: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    command(tmp_path, "backup", str(tmp_path / "kept.zip"))
    assert rows_of(database, "SELECT version_num FROM alembic_version") == [("9999",)]
    assert "nothing to back up" in command(fresh, "backup", code=1)
    assert not (fresh / "leader24.db").exists()
