"""From an empty database to the tables of the models."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select, text

from leader24 import clock, db
from leader24.models import Attachment, Conversation, DraftKind, Message, Record
from leader24.services import drafts
from leader24.services.drafts import Drafts
from tests import factories
from tests.fakes.fake_twilio import with_files


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Path]:
    file = tmp_path / "empty.db"
    db.connect(f"sqlite:///{file}")
    yield file
    db.disconnect()


@pytest.mark.usefixtures("empty")
def test_the_newest_version_has_the_tables_of_the_models() -> None:
    db.migrate()
    command.check(db.alembic_config())
    assert set(inspect(db.engine()).get_table_names()) == {*Record.metadata.tables, "alembic_version"}


def test_a_second_time_nothing_happens(empty: Path) -> None:
    db.migrate()
    stored = factories.received()
    with db.read() as session:
        before = session.execute(text("SELECT type, name, sql FROM sqlite_master ORDER BY name")).all()
    db.migrate()
    with db.read() as session:
        assert session.execute(text("SELECT type, name, sql FROM sqlite_master ORDER BY name")).all() == before
    assert factories.texts(stored.conversation_id) == [stored.text]


def test_there_is_one_line_of_versions() -> None:
    versions = ScriptDirectory.from_config(db.alembic_config())
    assert len(versions.get_heads()) == 1


def test_migrations_stay_as_they_were_written() -> None:
    """They name nothing of ours, which may change."""
    for file in (db.MIGRATIONS / "versions").glob("*.py"):
        assert "leader24" not in file.read_text(encoding="utf-8"), file.name


@pytest.mark.usefixtures("empty")
def test_the_step_to_replies_and_back_keeps_drafts_of_notes_and_all_that_was_said() -> None:
    db.migrate()
    stored, member = factories.received("Hello"), factories.member("Ana")
    drafts.keep(member.id, stored.conversation_id, DraftKind.NOTE, "half a th")
    drafts.keep(member.id, stored.conversation_id, DraftKind.REPLY, "half an ans")
    command.downgrade(db.alembic_config(), "0004")
    db.migrate()
    assert drafts.of(member.id, stored.conversation_id) == Drafts(note="half a th")
    assert factories.texts(stored.conversation_id) == ["Hello"]


def test_a_table_that_is_written_anew_takes_nothing_with_it() -> None:
    """As dropping a column does in SQLite."""
    db.migrate()
    factories.received()
    command.downgrade(db.alembic_config(), "0002")
    with db.read() as session:
        assert session.scalar(
            text("SELECT count(*) FROM conversation JOIN message ON conversation_id = conversation.id")
        )
        assert session.scalar(text("PRAGMA foreign_keys")) == 1


# What a version fills in, from rows as they were before it.


def insert(table: str, **values: object) -> None:
    names, marks = ", ".join(values), ", ".join(f":{name}" for name in values)
    with db.write() as session:
        session.execute(text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), values)


def conversation_before_0006(number: int, *authors: str, status: str = "Info Only") -> None:
    """With a message by each of these, at one, two, three … minutes past twelve."""
    same = {"contact_id": 1, "identity_id": 1, "source": "widget", "title": "", "title_set_by": "ai", "preview": ""}
    last = {"last_message_at": moment(len(authors)), "last_author": authors[-1], "version": len(authors)}
    unset = {"review_attempts": 0, "answer_attempts": 0, "wants_person": False, "revision": 0, "indexed_revision": 0}
    reviewed = {"status": status, "status_set_by": "ai", "created_at": moment(0), "reviewed_at": moment(9)}
    insert("conversation", id=number, **same, **last, **unset, **reviewed)
    for seq, author in enumerate(authors, start=1):
        its = {"conversation_id": number, "seq": seq, "author": author, "received_at": moment(seq)}
        insert("message", source="widget", external_id=f"{number}.{seq}", author_name="", text="Hello", page="", **its)


def moment(minute: int) -> str:
    return f"2026-11-25 12:{minute:02}:00.000000"


@pytest.mark.usefixtures("empty")
def test_0006_fills_in_who_has_read_who_waits_and_how_many_notes_there_are() -> None:
    command.upgrade(db.alembic_config(), "0005")
    for number in (1, 11):
        person = {"name": "Ana", "password_hash": "-", "role": "owner", "language": "en", "theme": "system"}
        insert("member", id=number, email=f"{number}@example.com", created_at=moment(0), **person)
    insert("contact", id=1, name="", language="", is_example=False, created_at=moment(0))
    insert("identity", id=1, contact_id=1, source="widget", external_id="visitor")
    conversation_before_0006(1, "customer", "agent")
    conversation_before_0006(2, "customer", "agent", "customer", "customer")
    conversation_before_0006(3, "customer", "customer", status="Spam")
    conversation_before_0006(4, "customer", "agent")
    conversation_before_0006(5, "customer", "agent", "member")
    for number in (4, 5):
        handed_over = {"kind": "handed_over", "details": "{}", "created_at": moment(2)}
        insert("activity", conversation_id=number, **handed_over)
    for member, number, version in ((1, 1, 2), (11, 1, 2), (1, 2, 4), (11, 2, 1)):
        insert("reading", member_id=member, conversation_id=number, version=version)
    for _ in range(2):
        insert("note", conversation_id=4, member_id=1, text="Call her.", created_at=moment(3))

    db.migrate()

    with db.read() as session:
        rows = {each.id: each for each in session.scalars(select(Conversation))}
    assert {number: row.read_by for number, row in rows.items() if row.read_by} == {1: {1, 11}, 2: {1}}
    waiting = {number: row.waiting_since for number, row in rows.items() if row.waiting_since}
    assert waiting == {2: datetime(2026, 11, 25, 12, 3, tzinfo=UTC), 4: datetime(2026, 11, 25, 12, 2, tzinfo=UTC)}
    assert [number for number, row in rows.items() if row.waits_for_person] == [4]
    assert {number: row.note_count for number, row in rows.items() if row.note_count} == {4: 2}


@pytest.mark.usefixtures("empty")
def test_0007_expects_the_files_of_earlier_messages() -> None:
    command.upgrade(db.alembic_config(), "0006")
    insert("contact", id=1, name="", language="", is_example=False, created_at=moment(0))
    insert("identity", id=1, contact_id=1, source="whatsapp", external_id="whatsapp:+393472201234")
    conversation_before_0006(1, "customer", "customer", "customer", "customer")
    forms = {
        1: with_files(("https://api.twilio.com/1", "image/jpeg"), ("https://api.twilio.com/2", "audio/ogg")),
        2: {"NumMedia": "0", "Body": "MediaUrl0"},
        4: [],
    }
    with db.write() as session:
        for number, form in forms.items():
            values = {"raw": json.dumps(form), "seq": number}
            session.execute(text("UPDATE message SET source = 'whatsapp', raw = :raw WHERE seq = :seq"), values)

    db.migrate()

    with db.read() as session:
        found = session.execute(
            select(Message.seq, Attachment.place, Attachment.source_url, Attachment.content_type).join(Message)
        ).all()
        assert session.scalar(select(Attachment.due_at).where(Attachment.due_at <= clock.now()))
    assert found == [(1, 0, "https://api.twilio.com/1", "image/jpeg"), (1, 1, "https://api.twilio.com/2", "audio/ogg")]
    command.downgrade(db.alembic_config(), "0006")
    db.migrate()
