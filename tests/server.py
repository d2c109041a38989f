"""The real application in a process of its own, as an operator starts it, and the browsers that come to it.

with App(tmp_path / "data", TWILIO_AUTH_TOKEN=TOKEN) as app:
    owner = app.sign_up()
    assert "WhatsApp" in owner.get("/settings/whatsapp").text
"""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from argon2 import PasswordHasher
from httpx import Client, HTTPError, get

ROOT = Path(__file__).parent.parent
STARTS_WITHIN, STOPS_WITHIN = 60, 20  # seconds after which we give up; machines can be busy
# A developer's own; and by pytest's NiceGUI would believe that it is itself under test.
FOREIGN = ("LEADER24_", "NICEGUI_", "OPENAI_", "TWILIO_", "PYTEST_")
PASSWORD = "correct horse battery staple"
OWNER = {
    "name": "Ana",
    "email": "ana@example.com",
    "password": PASSWORD,
    "business_name": "Oak & Linen",
    "language": "en",
    "time_zone": "Europe/Rome",
}


class App:
    """On a free port, which it keeps over its restarts, with its data in `folder`; `environment` goes to its settings.

    `url` is without a slash at the end. Starts when it is entered, and is killed when it is left.
    """

    def __init__(self, folder: Path, *arguments: str, **environment: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._log = folder.parent / f"{folder.name}-{self.port}.log"
        self._command = [sys.executable, str(ROOT / "app.py"), *arguments]
        own = {"LEADER24_DATA_DIR": str(folder), "LEADER24_PORT": str(self.port), "LEADER24_PUBLIC_URL": self.url}
        self.environment = environment_of(**own | environment)
        self.process: subprocess.Popen[bytes] | None = None
        self._browsers: list[Client] = []

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for browser in self._browsers:
            browser.close()
        self.kill()

    def start(self) -> None:
        """Returns when it answers. Raises TimeoutError, with its log, where it does not."""
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(self._command, env=self.environment, stdout=log, stderr=log, cwd=ROOT)
        until = time.monotonic() + STARTS_WITHIN
        while not self.is_well():
            if self.process.poll() is not None or time.monotonic() > until:
                self.kill()
                raise TimeoutError(f"it did not start:\n{self.log}")
            time.sleep(0.05)

    def stop(self) -> float:
        """As `docker stop` does it; the seconds that it took."""
        assert self.process
        begun = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(STOPS_WITHIN)
        return time.monotonic() - begun

    def kill(self) -> None:
        """As when the power goes."""
        if self.process:
            self.process.kill()
            self.process.wait()

    def restart(self) -> float:
        """On the same folder and port; the seconds that stopping took."""
        took = self.stop()
        self.start()
        return took

    def is_well(self) -> bool:
        try:
            return get(f"{self.url}/healthz", trust_env=False, timeout=5).is_success
        except HTTPError:
            return False

    @property
    def socket_url(self) -> str:
        """Of NiceGUI's socket."""
        return f"ws://127.0.0.1:{self.port}/_nicegui_ws/socket.io/?EIO=4&transport=websocket"

    @property
    def log(self) -> str:
        """All that it has said since the first start."""
        return self._log.read_text(encoding="utf-8")

    def set_up_link(self) -> str:
        """The path of the newest one in the log."""
        return str(re.findall(r"(/setup\?link=\S+)", self.log)[-1])

    def browser(self, **headers: str) -> Client:
        """One that nobody is signed in with. It keeps cookies, follows no redirects, and is closed with the app."""
        sent = {"Accept": "text/html", "Origin": self.url} | headers
        self._browsers.append(Client(base_url=self.url, headers=sent, trust_env=False, timeout=30))
        return self._browsers[-1]

    def sign_up(self, **typed: str) -> Client:
        """The browser of the first owner, who has filled in the set-up form."""
        browser = self.browser()
        link = self.set_up_link().partition("link=")[2]
        answer = browser.post("/setup", data=OWNER | {"link": link} | typed)
        assert answer.headers["location"] == "/", answer.headers["location"]
        return browser

    def sign_in(self, email: str = OWNER["email"], password: str = PASSWORD) -> Client:
        browser = self.browser()
        answer = browser.post("/login", data={"email": email, "password": password})
        assert answer.headers["location"] == "/", answer.headers["location"]
        return browser

    def add_member(self, name: str = "Ben") -> Client:
        """The browser of a member who is no owner."""
        email = f"{name.lower()}@example.com"
        self.execute(
            "INSERT INTO member (name, email, password_hash, role, language, theme, created_at) "
            "VALUES (?, ?, ?, 'member', 'en', 'system', datetime('now'))",
            name,
            email,
            PasswordHasher().hash(PASSWORD),
        )
        return self.sign_in(email)

    @property
    def database(self) -> Path:
        return self.folder / "leader24.db"

    def execute(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Past the application, in its database; the rows."""
        with closing(sqlite3.connect(self.database, timeout=10)) as connection, connection:
            return connection.execute(statement, values).fetchall()

    def texts(self) -> list[str]:
        """Every message that is stored, the oldest first."""
        return [text for (text,) in self.execute("SELECT text FROM message WHERE author = 'customer' ORDER BY id")]


def environment_of(**own: str) -> dict[str, str]:
    """That of this process without a developer's own settings, and with these."""
    return {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)} | own


def measured(text: str) -> None:
    """For whoever asks by `pytest -s`; machines differ too much to hold anything against it."""
    sys.stdout.write(f"\n{text}\n")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
