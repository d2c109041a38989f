"""What a transaction is, and what becomes of it when the database cannot be used."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from leader24 import db
from leader24.db import DatabaseUnavailable
from leader24.models import Contact, Conversation, Identity, Message
from leader24.services import messages, preferences
from tests import factories
from tests.threads import at_once


@contextmanager
def held_by_another_process(file: Path) -> Iterator[None]:
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@pytest.fixture
def impatient(database: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The database, for whose lock nobody waits long."""
    monkeypatch.setattr(db, "BUSY", 50)
    db.connect(f"sqlite:///{database}")
    preferences.current()
    return database


def names() -> list[str]:
    with db.read() as session:
        return list(session.scalars(select(Contact.name)))


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 5000)],
)
@pytest.mark.usefixtures("database")
def test_every_connection_is_safe(pragma: str, value: object) -> None:
    for transaction in (db.read, db.write):
        with transaction() as session:
            assert session.scalar(text(f"PRAGMA {pragma}")) == value


@pytest.mark.usefixtures("database")
def test_a_write_is_all_or_nothing() -> None:
    with pytest.raises(ZeroDivisionError), db.write() as session:
        session.add(Contact(name="Maria"))
        session.flush()
        raise ZeroDivisionError
    assert names() == []


def test_a_write_is_alone_from_its_first_statement_on_also_before_other_processes(database: Path) -> None:
    with db.write() as session, closing(sqlite3.connect(database, timeout=0, isolation_level=None)) as other:
        session.scalars(select(Contact.name)).all()
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")


@pytest.mark.usefixtures("database")
def test_a_read_is_one_view_and_waits_for_no_writer() -> None:
    with db.read() as session:
        assert list(session.scalars(select(Contact.name))) == []
        with db.write() as writing:
            writing.add(Contact(name="Maria"))
        assert list(session.scalars(select(Contact.name))) == []
    assert names() == ["Maria"]


@pytest.mark.usefixtures("database")
def test_of_what_threads_count_up_at_once_nothing_is_lost() -> None:
    with db.write() as session:
        session.add(Contact(name="0"))

    def count_up(_: int) -> None:
        for _ in range(20):
            with db.write() as session:
                contact = session.scalars(select(Contact)).one()
                contact.name = str(int(contact.name) + 1)

    at_once(8, count_up)
    assert names() == ["160"]


@pytest.mark.usefixtures("database")
def test_what_belongs_to_nothing_is_refused() -> None:
    with pytest.raises(IntegrityError), db.write() as session:
        session.add(Conversation(contact_id=999, identity_id=999, source="widget", last_message_at=datetime.now(UTC)))


@pytest.mark.usefixtures("database")
def test_with_a_contact_goes_all_that_he_said() -> None:
    factories.received()
    with db.write() as session:
        session.delete(session.scalars(select(Contact)).one())
    with db.read() as session:
        for table in (Identity, Conversation, Message):
            assert session.scalars(select(table)).all() == []


@pytest.mark.usefixtures("database")
def test_a_moment_comes_back_in_utc_whatever_zone_it_was_given_in() -> None:
    rome = datetime(2026, 5, 1, 12, tzinfo=timezone(timedelta(hours=2)))
    with db.write() as session:
        session.add(Contact(created_at=rome))
    with db.read() as session:
        stored = session.scalars(select(Contact.created_at)).one()
    assert stored == rome and stored.tzinfo is UTC and stored.hour == 10


def test_while_another_process_holds_the_lock_nothing_is_stored_and_later_it_may_work(impatient: Path) -> None:
    arrival = factories.arrival()
    with held_by_another_process(impatient):
        with pytest.raises(DatabaseUnavailable, match="locked"):
            messages.receive([arrival])
        assert names() == [] and db.is_well()
    assert messages.receive([arrival])[0].is_new


def test_a_start_while_another_process_holds_the_lock_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db, "BUSY", 50)
    file = tmp_path / "new.db"
    with closing(sqlite3.connect(file)) as other:
        other.execute("PRAGMA journal_mode=WAL")
    db.connect(f"sqlite:///{file}")
    with held_by_another_process(file), pytest.raises(DatabaseUnavailable):
        db.migrate()
    db.migrate()
    db.disconnect()


@pytest.mark.parametrize("content", [None, b"this is no database, whatever its name says"])
def test_a_database_that_cannot_be_read_is_not_well(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "folder" / "leader24.db"
    if content:
        file.parent.mkdir()
        file.write_bytes(content)
    db.connect(f"sqlite:///{file}")
    assert not db.is_well()
    with pytest.raises(DatabaseUnavailable):
        db.migrate()
    db.disconnect()
