"""From an empty database to the tables of the models."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from leader24 import db
from leader24.models import DraftKind, Record
from leader24.services import drafts
from leader24.services.drafts import Drafts
from tests import factories


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
