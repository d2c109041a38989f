import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from leader24.pages.widget_files import snippet
from tests.browser.widget.echo_server import KEY
from tests.browser.widget.visitor import Visitor

PAGE = """<!doctype html><html lang="{lang}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>Oak</title>{tags}</head>
<body><main><h1>Oak &amp; Linen</h1><p>Tables, chairs and beds.</p><button id="one">Before</button></main></body>
</html>"""


@dataclass(frozen=True, slots=True)
class Sites:
    """Websites of customers, each with every page: /strict, /trusted-types, /coep, /twice, /it, /none, or plain."""

    port: int

    @property
    def own(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def foreign(self) -> str:
        """Another site than ours, and without https: no randomUUID, and storage that is parted."""
        return f"http://shop.example:{self.port}"

    @property
    def forbidden(self) -> str:
        return f"http://evil.example:{self.port}"


class Server:
    """A real process, to be stopped and started in the middle of a talk."""

    def __init__(self, file: Path, sites: Sites) -> None:
        self.file = file
        self.port = free_port()
        self.origin = f"http://127.0.0.1:{self.port}"
        self._command = [sys.executable, "-m", "tests.browser.widget.echo_server", str(file), str(self.port)]
        self._command += [sites.own, sites.foreign]
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(self._command)
        for _ in range(200):
            try:
                urllib.request.urlopen(f"{self.origin}/widget.js?key={KEY}").close()
                return
            except OSError:
                time.sleep(0.05)
        raise TimeoutError("the server did not start")

    def stop(self) -> None:
        """Raises where it does not end soon."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(3)

    def forget_all(self) -> None:
        self._run("PRAGMA foreign_keys = ON", "DELETE FROM contact")

    def texts(self, author: str = "customer") -> list[str]:
        return [text for (text,) in self._run(f"SELECT text FROM message WHERE author = '{author}' ORDER BY id")]

    def visitors(self) -> int:
        return int(self._run("SELECT count(*) FROM identity")[0][0])

    def _run(self, *statements: str) -> list[tuple[str]]:
        connection = sqlite3.connect(self.file, isolation_level=None, timeout=10)
        try:
            return [row for statement in statements for row in connection.execute(statement).fetchall()]
        finally:
            connection.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, sites: Sites) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("widget") / "widget.db", sites)
    shown_at.append(server.origin)
    yield server
    shown_at.clear()
    server.stop()


@pytest.fixture(autouse=True)
def nothing_said_yet(server: Server) -> None:
    server.forget_all()


shown_at: list[str] = []  # where the pages load the widget from


class Host(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        (server,) = shown_at
        strict = f"default-src 'none'; script-src {server}; frame-src {server}"
        words = self.path.strip("/").split("/")
        lang = next((word for word in words if word in {"it", "ar"}), "en")
        times = 0 if "none" in words else 2 if "twice" in words else 1
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        if "strict" in words:
            self.send_header("Content-Security-Policy", strict)
        if "trusted-types" in words:
            self.send_header("Content-Security-Policy", f"{strict}; require-trusted-types-for 'script'")
        if "coep" in words:
            self.send_header("Cross-Origin-Embedder-Policy", "require-corp")
        self.end_headers()
        self.wfile.write(PAGE.format(lang=lang, tags=snippet(server, KEY) * times).encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def sites() -> Iterator[Sites]:
    host = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    thread = threading.Thread(target=host.serve_forever, daemon=True)
    thread.start()
    yield Sites(host.server_port)
    host.shutdown()
    thread.join()
    host.server_close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context()
    context.set_default_timeout(8000)
    yield context
    context.close()


Visit = Callable[..., Visitor]


@pytest.fixture
def visit(context: BrowserContext, server: Server, sites: Sites) -> Visit:
    """Opens a page of a website in a new tab."""

    def visit(path: str = "/", site: str = "") -> Visitor:
        return Visitor(context.new_page(), f"{site or sites.own}{path}", server.origin)

    return visit
