"""The database: where it is, and what a transaction is.

Sessions are synchronous; coroutines call services in threads (`asyncio.to_thread`).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError
from sqlalchemy.orm import Session

from leader24.turns import Turns

MIGRATIONS = Path(__file__).parent.parent / "migrations"
BUSY = 5000  # milliseconds to wait for a lock, of another process or of ours
PATIENCE = 12  # so many times longer waits what nobody looks at

_engine: Engine | None = None
_turns = Turns()


class DatabaseUnavailable(Exception):
    """Locked by another process, disk full, file gone or damaged: nothing was stored, and later it may work."""

    def __str__(self) -> str:
        folder = Path(_engine.url.database).parent if _engine and _engine.url.database else "?"
        return f"The database in {folder} cannot be used: {super().__str__()}"


def connect(url: str) -> None:
    """Use this database from now on."""
    global _engine
    disconnect()
    _engine = create_engine(url, pool_size=10, hide_parameters=True)  # errors go to the log, what people wrote does not
    if _engine.dialect.name == "sqlite":
        event.listen(_engine, "connect", _prepare_sqlite)
        event.listen(_engine, "begin", _begin_sqlite)


def disconnect() -> None:
    if _engine:
        _engine.dispose()


def migrate(before: Callable[[str], None] | None = None) -> None:
    """Bring the tables to the newest version; does nothing when they are. Where there are older ones, `before` is
    called first, with the version that they are brought to. Raises DatabaseUnavailable."""
    try:
        with _translated_errors():
            if before and (revision := _due()):
                before(revision)
            command.upgrade(alembic_config(), "head")
    except CommandError as error:
        raise DatabaseUnavailable(f"it belongs to another version of Leader24 ({error})") from error


def revisions() -> set[str]:
    """The versions of the tables that this version of Leader24 knows."""
    return {each.revision for each in _scripts().walk_revisions()}


def alembic_config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


@contextmanager
def read() -> Iterator[Session]:
    """One consistent view, changed by nobody."""
    with _translated_errors(), Session(engine(), expire_on_commit=False) as session:
        yield session


@contextmanager
def write(*, can_wait: bool = False) -> Iterator[Session]:
    """One transaction, alone among writers from its first statement on; all of it or nothing.

    `can_wait`: work that nobody looks at; it lets others go first. Raises DatabaseUnavailable, also where all wait
    for a lock in vain: who comes last must not wait for all of them."""
    seconds = BUSY / 1000 * (PATIENCE if can_wait else 1)
    writing = engine().execution_options(writes=True)
    with _turns.turn(can_wait=can_wait, seconds=seconds) as is_mine:
        if not is_mine:
            raise DatabaseUnavailable("others are writing for too long")
        with _translated_errors(), Session(writing, expire_on_commit=False) as session, session.begin():
            yield session


def engine() -> Engine:
    assert _engine, "connect() comes first"
    return _engine


def file() -> Path:
    return Path(engine().url.database or "")


def is_well() -> bool:
    try:
        with read() as session:
            return session.scalar(text("SELECT count(*) FROM setting")) is not None
    except DatabaseUnavailable:
        return False


def _due() -> str | None:
    """The version that the tables are to be brought to; None where there are none yet, or somebody else's."""
    newest = _scripts().get_current_head()
    with engine().connect() as connection:
        revision = MigrationContext.configure(connection).get_current_revision()
        is_empty = not inspect(connection).get_table_names()
    is_older = revision != newest and revision in {None, *revisions()}
    return newest if is_older and not is_empty else None


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(alembic_config())


@contextmanager
def _translated_errors() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        # Of a damaged file SQLite says DatabaseError; its subclasses are about what was asked, not about the file.
        if error.connection_invalidated or isinstance(error, OperationalError) or type(error) is DatabaseError:
            raise DatabaseUnavailable(str(error.orig)) from error
        raise


def _prepare_sqlite(connection: SqliteConnection, _: Any) -> None:
    connection.isolation_level = None  # Python's own BEGINs come too late and lose updates
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(f"PRAGMA busy_timeout={BUSY}")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA journal_size_limit=67108864")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
