"""What an owner does on the team page, done by the services: the page itself is driven in tests/browser."""

from collections.abc import Iterator
from contextlib import contextmanager

from leader24 import db
from leader24.models import Role
from leader24.services import team
from tests.server import App


@contextmanager
def opened(app: App) -> Iterator[None]:
    """Its database, for the services in this process."""
    db.connect(f"sqlite:///{app.database}")
    try:
        yield
    finally:
        db.disconnect()


def invite(app: App, role: Role = Role.MEMBER) -> str:
    """The path of a fresh link."""
    with opened(app):
        return f"/join?link={team.invite(id_of(app, 'Ana'), role)}"


def password_link(app: App, name: str) -> str:
    with opened(app):
        return f"/reset?link={team.new_password_link(id_of(app, 'Ana'), id_of(app, name))}"


def id_of(app: App, name: str) -> int:
    ((number,),) = app.execute("SELECT id FROM member WHERE name = ?", name)
    return int(number)
