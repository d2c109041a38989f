"""Open dashboards without a browser: the page fetched, and its socket held."""

import asyncio
import html
import json
import re
from ast import literal_eval
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import httpx
import socketio

from leader24.pages.open_pages import COOKIE

ELEMENTS = re.compile(r"parseElements\(String\.raw`(.*?)`\)", re.DOTALL)
QUERY = re.compile(r"^\s*query: (\{.*\}),$", re.MULTILINE)
SOCKET = "/_nicegui_ws/socket.io"


@dataclass(slots=True)
class Dashboard:
    """One open tab."""

    page: str
    socket: socketio.AsyncClient
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def elements(self) -> dict[str, Any]:
        """Those of the page as it came."""
        found = ELEMENTS.search(self.page)
        assert found, "NiceGUI writes its elements into the page"
        elements: dict[str, Any] = json.loads(html.unescape(found[1]))
        return elements

    async def told(self) -> None:
        """Returns when the server has told it something since the last time."""
        await self._news.wait()
        self._news.clear()

    def hear(self, *_: object) -> None:
        self._news.set()


@asynccontextmanager
async def visiting(url: str, token: str) -> AsyncIterator[httpx.AsyncClient]:
    """A signed-in browser's requests."""
    async with httpx.AsyncClient(base_url=url, cookies={COOKIE: token}, timeout=60) as browser:
        yield browser


async def opened(browser: httpx.AsyncClient, path: str = "/") -> Dashboard:
    answer = await browser.get(path)
    answer.raise_for_status()
    found = QUERY.search(answer.text)
    assert found, "NiceGUI writes into the page how its socket connects"
    tab = {"tab_id": str(uuid4()), "document_id": str(uuid4()), "old_tab_id": ""}
    query = {name: str(value).lower() for name, value in literal_eval(found[1]).items()} | tab
    socket = socketio.AsyncClient(reconnection=False)
    dashboard = Dashboard(answer.text, socket)
    for event in ("update", "run_javascript"):
        socket.on(event, dashboard.hear)
    where = f"{browser.base_url}?{urlencode(query)}"
    cookie = {"Cookie": f"{COOKIE}={browser.cookies[COOKIE]}"}
    await socket.connect(where, cookie, socketio_path=SOCKET, transports=["websocket"])
    return dashboard


async def closed(dashboard: Dashboard) -> None:
    await dashboard.socket.disconnect()
