"""How Alembic reaches the database: the one that the application is connected to, or else that of the environment."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from alembic import context
from sqlalchemy import Connection

from leader24 import db
from leader24.models import Ids, Moment, Record
from leader24.settings import Settings


def rendered(kind: str, item: object, _: object) -> str | Literal[False]:
    """Migrations stay as they were written: they name no types of ours, which may change."""
    plain = {Moment: "sa.DateTime(timezone=True)", Ids: "sa.Text()"}
    return plain.get(type(item), False) if kind == "type" else False


def run() -> None:
    try:
        engine = db.engine()
    except AssertionError:
        db.connect(Settings.from_env().database_url)
        engine = db.engine()
    with engine.execution_options(writes=True).connect() as connection, unguarded(connection):
        context.configure(
            connection=connection, target_metadata=Record.metadata, render_as_batch=True, render_item=rendered
        )
        with context.begin_transaction():
            context.run_migrations()


@contextmanager
def unguarded(connection: Connection) -> Iterator[None]:
    """SQLite changes some things of a table only by writing it anew and dropping the old one; what refers to its rows
    would be deleted with them."""
    if connection.dialect.name != "sqlite":
        yield
        return
    sqlite = connection.connection.cursor()  # of the driver itself: within a transaction SQLite ignores it
    sqlite.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        sqlite.execute("PRAGMA foreign_keys=ON")


run()
