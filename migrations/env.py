"""How Alembic reaches the database: the one that the application is connected to, or else that of the environment."""

from typing import Literal

from alembic import context

from leader24 import db
from leader24.models import Moment, Record
from leader24.settings import Settings


def rendered(kind: str, item: object, _: object) -> str | Literal[False]:
    """Migrations stay as they were written: they name no types of ours, which may change."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Moment) else False


def run() -> None:
    try:
        engine = db.engine()
    except AssertionError:
        db.connect(Settings.from_env().database_url)
        engine = db.engine()
    with engine.execution_options(writes=True).connect() as connection:
        context.configure(
            connection=connection, target_metadata=Record.metadata, render_as_batch=True, render_item=rendered
        )
        with context.begin_transaction():
            context.run_migrations()


run()
