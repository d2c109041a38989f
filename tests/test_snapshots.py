"""Before a new version changes the tables, a copy of them lies in the data folder."""

import logging
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command

from leader24 import clock, copies, db, redaction, snapshots
from leader24.db import DatabaseUnavailable
from leader24.settings import Settings

FIRST = "0001"
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    yield Settings.from_env({"LEADER24_DATA_DIR": str(tmp_path / "data")})
    db.disconnect()


def old(settings: Settings, name: str) -> None:
    """The database of the first version, in which a contact has this name."""
    db.disconnect()
    for file in copies.files_of(settings.data_dir / "leader24.db"):
        file.unlink()
    db.connect(settings.database_url)
    command.upgrade(db.alembic_config(), FIRST)
    with closing(sqlite3.connect(db.file())) as connection, connection:
        connection.execute(
            "INSERT INTO contact (name, language, is_example, created_at) VALUES (?, 'en', 0, '2026-05-01')", [name]
        )


def kept(settings: Settings) -> list[Path]:
    return sorted((settings.data_dir / "snapshots").glob("*"))


def names(file: Path) -> list[tuple[str, str]]:
    """Of the contacts in it, each with the version of its tables."""
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("SELECT version_num, name FROM alembic_version, contact").fetchall()


def newest() -> str:
    return max(db.revisions())


def test_the_database_as_it_was_is_kept_and_the_log_says_where(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    old(settings, "Maria")
    with clock.at(NOON), caplog.at_level(logging.INFO, "leader24"):
        snapshots.migrate(settings)
    (copy,) = kept(settings)
    assert copy.name == f"before-{newest()}-20260501-120000.db"
    assert names(copy) == [(FIRST, "Maria")] and names(db.file()) == [(newest(), "Maria")]
    assert [stat.S_IMODE(path.stat().st_mode) for path in (copy, copy.parent)] == [0o600, 0o700]
    said = [redaction.Formatter().format(record) for record in caplog.records]
    assert said == [f"before the database is brought to version {newest()}: its copy is {copy}"]


def test_of_a_new_database_and_of_one_that_is_up_to_date_there_is_none(settings: Settings) -> None:
    db.connect(settings.database_url)
    for _ in range(2):
        snapshots.migrate(settings)
    assert not (settings.data_dir / "snapshots").exists()


def test_the_newest_three_are_kept(settings: Settings) -> None:
    for hour in range(5):
        old(settings, f"Maria {hour}")
        with clock.at(NOON + timedelta(hours=hour)):
            snapshots.migrate(settings)
    assert [names(copy) for copy in kept(settings)] == [[(FIRST, f"Maria {hour}")] for hour in (2, 3, 4)]


def test_a_start_that_fails_again_and_again_changes_nothing_and_keeps_one_copy(settings: Settings) -> None:
    old(settings, "Maria")
    with closing(sqlite3.connect(db.file())) as connection:
        connection.execute("CREATE TABLE link (id INTEGER)")  # which the second version makes
    for hour in range(5):
        with clock.at(NOON + timedelta(hours=hour)), pytest.raises(DatabaseUnavailable, match="already exists"):
            snapshots.migrate(settings)
    assert len(kept(settings)) == 1
    assert names(db.file()) == [(FIRST, "Maria")]


def test_without_room_for_the_copy_the_start_stops_and_says_so(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    old(settings, "Maria")
    monkeypatch.setattr(copies, "free", lambda folder: 1000)
    with pytest.raises(DatabaseUnavailable, match=r"could not be copied first: .* MB are needed in .*/snapshots"):
        snapshots.migrate(settings)
    assert names(db.file()) == [(FIRST, "Maria")] and kept(settings) == []


def test_where_the_folder_cannot_be_made_the_start_stops_too(settings: Settings) -> None:
    old(settings, "Maria")
    (settings.data_dir / "snapshots").touch()
    with pytest.raises(DatabaseUnavailable, match="could not be copied first"):
        snapshots.migrate(settings)
    assert names(db.file()) == [(FIRST, "Maria")]


def test_the_database_of_a_newer_version_is_not_copied(settings: Settings) -> None:
    old(settings, "Maria")
    with closing(sqlite3.connect(db.file())) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseUnavailable, match="another version of Leader24"):
        snapshots.migrate(settings)
    assert not (settings.data_dir / "snapshots").exists()


def test_what_a_killed_start_left_is_in_nobodys_way(settings: Settings) -> None:
    old(settings, "Maria")
    (settings.data_dir / "snapshots").mkdir()
    (settings.data_dir / "snapshots" / "snapshot.part").write_bytes(b"half")
    snapshots.migrate(settings)
    (copy,) = kept(settings)
    assert names(copy) == [(FIRST, "Maria")]
