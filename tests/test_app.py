"""The application as an operator meets it: starting, what stops a start, stopping, and what a kill leaves."""

import json
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, suppress
from pathlib import Path

import pytest
from httpx import Client, HTTPError
from websockets.sync.client import connect
from websockets.typing import Origin

from tests.fakes.fake_openai import FakeOpenAi, hang
from tests.fakes.fake_twilio import TOKEN
from tests.pages.conftest import Twilio
from tests.server import ROOT, App, environment_of, free_port, measured

VISITOR = {"Authorization": "Bearer " + "A" * 43}


def failed_start(**environment: str) -> str:
    """What it says before it ends with 2."""
    command = [sys.executable, str(ROOT / "app.py")]
    ended = subprocess.run(command, env=environment_of(**environment), capture_output=True, text=True, timeout=60)
    assert (ended.returncode, ended.stdout) == (2, ""), ended.stderr
    assert ended.stderr.count("\n") == 1 and ended.stderr.endswith("\n"), ended.stderr
    return ended.stderr


WRONG = {
    "LEADER24_PORT": ("80a", "whole number from 1 to 65535"),
    "LEADER24_HOST": ("not a host", "an address to listen on"),
    "LEADER24_PUBLIC_URL": ("https://chat.example.com/path", "without a path"),
    "LEADER24_DATABASE_URL": ("mysql://anna:secret-word@db", "sqlite:///PATH"),
    "LEADER24_REVIEW_AFTER_MINUTES": ("soon", "from 0.01 to 1440"),
    "LEADER24_SECRET_KEY": ("too-short-a-secret", "at least 32 characters"),
    "OPENAI_BASE_URL": ("api.openai.com", "http:// or https://"),
    "TWILIO_ACCOUNT_SID": ("AC123", "32 hexadecimal digits"),
    "TWILIO_WHATSAPP_FROM": ("3472200001", "with its country code"),
    "TWILIO_API_BASE": ("https://[", "http:// or https://"),
    "OPENAI_API_KEY_FILE": ("/nowhere/at/all", "a text file that can be read"),
    "LEADER24_DATA_DIR": ("/dev/null/data", "a folder that can be written"),
}


# One start after the other in one process, as most of a start is to load the modules.
STARTS = """
import json, os, sys
from app import main
for name, value in json.load(sys.stdin).items():
    usual = os.environ.get(name, "")
    os.environ[name] = value
    print(main(), flush=True)
    os.environ[name] = usual
"""


def test_a_wrong_setting_stops_the_start_and_is_named(tmp_path: Path) -> None:
    asked = json.dumps({name: value for name, (value, _) in WRONG.items()})
    environment = environment_of(LEADER24_DATA_DIR=str(tmp_path / "data"))
    command = [sys.executable, "-c", STARTS]
    ended = subprocess.run(command, env=environment, cwd=ROOT, input=asked, capture_output=True, text=True, check=True)
    assert ended.stdout.split() == ["2"] * len(WRONG)
    for (name, (value, allowed)), said in zip(WRONG.items(), ended.stderr.splitlines(), strict=True):
        assert said.startswith(f"{name} is ") and "allowed: " in said and allowed in said
        assert "secret" not in value or value not in said


def test_a_port_that_is_in_use_stops_the_start(tmp_path: Path) -> None:
    """And leaves the set-up link of the server that runs there alone."""
    with App(tmp_path / "data") as app:
        said = failed_start(LEADER24_DATA_DIR=str(app.folder), LEADER24_PORT=str(app.port))
        assert f"LEADER24_PORT is {app.port}" in said and "in use" in said
        assert app.log.count("/setup?link=") == 1
        app.sign_up()


def test_a_second_server_on_the_same_data_does_not_start(tmp_path: Path) -> None:
    """It would answer every customer a second time."""
    with App(tmp_path / "data") as app:
        said = failed_start(LEADER24_DATA_DIR=str(app.folder), LEADER24_PORT=str(free_port()))
        assert f"LEADER24_DATA_DIR is '{app.folder}'; allowed: a folder that no other Leader24 uses" in said
        app.kill()
        app.start()
        assert app.log.count("the search index is built anew: missing") == 1


@pytest.mark.parametrize("garbage", [b"this is no database " * 500, b"SQLite format 3\x00" + b"\xff" * 8000])
def test_a_damaged_database_stops_the_start(tmp_path: Path, garbage: bytes) -> None:
    (tmp_path / "leader24.db").write_bytes(garbage)
    said = failed_start(LEADER24_DATA_DIR=str(tmp_path), LEADER24_PORT=str(free_port()))
    assert said.startswith(f"The database in {tmp_path} cannot be used: ")
    assert (tmp_path / "leader24.db").read_bytes() == garbage


def test_the_database_of_a_newer_version_stops_the_start(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "leader24.db")) as connection, connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.execute("INSERT INTO alembic_version VALUES ('9999')")
    said = failed_start(LEADER24_DATA_DIR=str(tmp_path), LEADER24_PORT=str(free_port()))
    assert "another version of Leader24" in said


def test_what_is_written_is_for_this_user_only(tmp_path: Path) -> None:
    with App(tmp_path / "data") as app:
        app.sign_up()
        app.stop()
        assert not [path for path in (app.folder, *app.folder.rglob("*")) if path.stat().st_mode & 0o077]


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    with App(tmp_path / "data", TWILIO_AUTH_TOKEN=TOKEN) as app:
        yield app


def test_it_ends_soon_also_while_browsers_listen(app: App) -> None:
    (key,) = (value.strip('"') for (value,) in app.execute("SELECT value FROM setting WHERE name = 'widget_key'"))
    with ExitStack() as stack:
        visitor = stack.enter_context(app.browser(**VISITOR))
        visitor.post("/widget/messages", json={"key": key, "id": "a" * 16, "text": "Hello"}).raise_for_status()
        for _ in range(5):
            assert stack.enter_context(visitor.stream("GET", "/widget/events")).is_success
            assert stack.enter_context(connect(app.socket_url, origin=Origin(app.url))).recv(10)
        took = app.stop()
    measured(f"stopped in {took:.2f} s with 5 streams and 5 sockets open")
    assert took < 10


def test_it_ends_soon_also_while_the_ai_does_not_answer(tmp_path: Path) -> None:
    with FakeOpenAi() as ai, App(
        tmp_path / "data",
        OPENAI_BASE_URL=ai.base_url,
        LEADER24_REVIEW_AFTER_MINUTES="0.01",
        TWILIO_AUTH_TOKEN=TOKEN,
    ) as app, app.browser(Origin="") as client:  # fmt: skip
        ai.next(*[hang] * 20)
        for number in range(8):
            Twilio(app, client).sends(f"hello {number}", f"whatsapp:+39347220000{number}")
        until = time.monotonic() + 20
        while len(ai.calls) < 5 and time.monotonic() < until:
            time.sleep(0.05)
        assert client.get("/healthz").status_code == 200
        took = app.stop()
    measured(f"stopped in {took:.2f} s with {len(ai.calls)} calls of the AI open")
    assert took < 10


def test_ctrl_c_leaves_no_traceback(app: App) -> None:
    assert app.process
    app.process.send_signal(signal.SIGINT)
    app.process.wait(10)
    assert "Traceback" not in app.log and app.log.rstrip().endswith("SIGINT: stopping")


def test_a_demo_leaves_nothing(tmp_path: Path) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    with App(tmp_path / "data", "--demo", TMPDIR=str(temporary)) as app:
        with app.browser() as stranger:
            assert stranger.get("/demo").status_code == 200
            assert stranger.get("/").status_code == 303
        assert list(temporary.glob("leader24-demo-*")) and not app.folder.exists()
        app.stop()
    assert not list(temporary.glob("leader24-demo-*"))


def test_a_kill_in_the_middle_loses_nothing_that_was_acknowledged(app: App) -> None:
    acknowledged: list[str] = []
    enough = threading.Event()

    def send(client: Client, number: int) -> None:
        with suppress(HTTPError):
            if Twilio(app, client).sends(f"message {number}", f"whatsapp:+3934722{number % 40:05}").is_success:
                acknowledged.append(f"message {number}")
                if len(acknowledged) >= 150:
                    enough.set()

    with app.browser(Origin="") as client, ThreadPoolExecutor(16) as pool:
        for number in range(600):
            pool.submit(send, client, number)
        assert enough.wait(30)
        app.kill()
    app.start()
    texts = app.texts()
    assert len(texts) == len(set(texts)) and set(acknowledged) <= set(texts)
    assert len(acknowledged) < 600, "it was killed too late"
    with app.browser(Origin="") as client:
        again = [Twilio(app, client).sends(text, f"whatsapp:+3934722{int(text[8:]) % 40:05}") for text in acknowledged]
    assert {answer.status_code for answer in again} == {204}
    assert sorted(app.texts()) == sorted(texts)
