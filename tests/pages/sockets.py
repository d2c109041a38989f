"""NiceGUI's socket, spoken by hand: what a browser sends for its page, and what others could send for it."""

import json
import re
from ast import literal_eval
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlencode
from uuid import uuid4

from httpx import Client
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from tests.server import App

QUERY = re.compile(r"^\s*query: (\{.*\}),$", re.MULTILINE)
WITHIN = 30  # seconds after which we give up; machines can be busy


def page_of(browser: Client, path: str = "/") -> dict[str, str]:
    """The page is fetched; how it would connect."""
    answer = browser.get(path)
    found = QUERY.search(answer.text)
    assert found, answer.text[:300]
    known = {name: str(value).lower() for name, value in literal_eval(found[1]).items()}
    return known | {"tab_id": str(uuid4()), "document_id": str(uuid4()), "old_tab_id": ""}


def cookies_of(browser: Client) -> str:
    return "; ".join(f"{name}={value}" for name, value in browser.cookies.items())


@dataclass
class Socket:
    """Over a websocket."""

    app: App
    cookies: str
    query: dict[str, str] = field(default_factory=dict)
    heard: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        url = f"{self.app.socket_url}&{urlencode(self.query)}"
        sent = {"Cookie": self.cookies} if self.cookies else {}
        self.connection: ClientConnection = connect(
            url, origin=Origin(self.app.url), additional_headers=sent, legacy=True
        )
        self.heard.append(str(self.connection.recv(WITHIN)))
        self.connection.send("40")
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def is_admitted(self) -> bool:
        """Whether it got the page that it asked for."""
        answer = self.next()
        assert answer.startswith(("40", "44")), answer
        return answer.startswith("40")

    def says(self, event: str, **data: Any) -> None:
        with suppress(ConnectionClosed):
            self.connection.send(f"42{json.dumps([event, data])}")

    def asks(self, event: str, **data: Any) -> Any:
        """Says it and waits for the answer."""
        self.connection.send(f"427{json.dumps([event, data])}")
        while not (heard := self.next()).startswith("437"):
            pass
        return json.loads(heard[3:])

    def next(self) -> str:
        heard = str(self.connection.recv(WITHIN))
        self.heard.append(heard)
        return heard

    def all_until_its_end(self) -> list[str]:
        """Returns when the server has hung up."""
        with suppress(ConnectionClosed):
            while self.next() != "1":  # the server's good-bye, to which a browser answers by leaving
                pass
        return self.heard


@dataclass
class Polling:
    """The same without websockets."""

    browser: Client
    query: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        opened = self._request("GET", self.query).text
        self.session = {"sid": json.loads(opened[1:])["sid"]}
        self._request("POST", self.session, "40")

    def is_admitted(self) -> bool:
        answer = self.poll()
        assert answer.startswith(("40", "44")), answer
        return answer.startswith("40")

    def poll(self, browser: Client | None = None) -> str:
        return str(self._request("GET", self.session, browser=browser).text)

    def _request(self, method: str, query: dict[str, str], said: str = "", browser: Client | None = None) -> Any:
        url = f"/_nicegui_ws/socket.io/?{urlencode({'EIO': '4', 'transport': 'polling'} | query)}"
        return (browser or self.browser).request(method, url, content=said, timeout=WITHIN)
