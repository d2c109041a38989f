"""What every test stands on: a fresh database, the default preferences, and no network beyond this machine."""

import os
import shutil
import socket
from collections.abc import Iterator
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

from leader24 import changes, db
from leader24.models import Member, Role
from leader24.services import preferences, sealing
from tests import factories

REVIEW_AFTER = timedelta(minutes=10)
SECRET_KEY = "the secret key of every test, which is long"


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database of this version, made once and copied."""
    file = tmp_path_factory.mktemp("migrated") / "leader24.db"
    db.connect(f"sqlite:///{file}")
    db.migrate()
    db.disconnect()
    return file


@pytest.fixture
def database(migrated: Path, tmp_path: Path) -> Iterator[Path]:
    """The application's database, empty; preferences are the defaults."""
    file = tmp_path / "leader24.db"
    shutil.copy(migrated, file)
    db.connect(f"sqlite:///{file}")
    sealing.use_key(SECRET_KEY)
    preferences.use_defaults(review_after=REVIEW_AFTER)
    yield file
    changes.stop()
    preferences.forget()
    db.disconnect()


@pytest.fixture
def ana(database: Path) -> Member:
    """An owner."""
    return factories.member("Ana", Role.OWNER)


@pytest.fixture
def ben(database: Path) -> Member:
    """A member who is no owner."""
    return factories.member("Ben", Role.MEMBER)


@pytest.fixture(autouse=True)
def only_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that would reach out fails at once."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and not ip_address(socket.gethostbyname(address[0])).is_loopback:
            raise AssertionError(f"a test reached out to {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def no_settings_of_the_developer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in list(os.environ):
        if name.startswith(("LEADER24_", "OPENAI_", "TWILIO_")) and name != "LEADER24_CHROMIUM":
            monkeypatch.delenv(name)
    monkeypatch.setenv("LEADER24_DATA_DIR", str(tmp_path / "data"))
