"""What stands before every route: size limits, who may come in, foreign origins, and the headers of every answer."""

import asyncio
import logging
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import quote

from starlette.requests import ClientDisconnect, HTTPConnection, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from leader24 import db
from leader24.pages import open_pages
from leader24.pages.open_pages import COOKIE
from leader24.services import sign_ins

LARGEST_BODY = 1_000_000  # bytes; the widget's routes take less
SOCKET = "/_nicegui_ws/"
WEBSOCKET = f"{SOCKET}socket.io/"  # the only one that there is; what else NiceGUI has fails when it is asked for one
PUBLIC = ("/login", "/setup", "/join", "/reset", "/healthz", "/widget.js", "/favicon.ico")
PUBLIC_FOLDERS = ("/webhooks/twilio/", "/widget/", "/_nicegui/", SOCKET, "/_leader24/")
# NiceGUI starts only with inline scripts and eval, so this is no shield against scripts; it lets nothing out.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cross-origin-opener-policy": "same-origin",
}

# NiceGUI puts this before every address on its pages, whoever sends it.
PREFIX = b"x-forwarded-prefix"
# Escapes, backslashes, what is not printable ASCII, double slashes, and folders named by dots.
ODD = re.compile(r"[^!-~]|[%\\]|//|/\.{1,2}(/|$)")
ORIGIN = re.compile(rb"^https?://[^/?#]*")

log = logging.getLogger(__name__)


class TooLarge(Exception):
    """The body exceeds the limit; nothing of it was parsed."""


@dataclass
class Guard:
    """Pure ASGI, as other middleware does not see websockets. `origin` is our own, as browsers see it."""

    app: ASGIApp
    origin: str
    is_demo_public: bool = False
    _public: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        self._public = (*PUBLIC, "/demo") if self.is_demo_public else PUBLIC

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        scope = {**scope, "headers": [each for each in scope["headers"] if each[0] != PREFIX]}
        has_begun = False

        async def send_with_headers(message: Message) -> None:
            nonlocal has_begun
            if message["type"] == "http.response.start":
                has_begun = True
                message = {**message, "headers": list(_completed(message["headers"]))}
            await send(message)

        try:
            await self._admit(scope, _limited(receive), send_with_headers)
        except TooLarge:
            if not has_begun:
                await _refuse(scope, receive, send_with_headers, 413, "too large")
        except db.DatabaseUnavailable as problem:
            if has_begun:
                raise
            log.warning("a request was put off: %s", problem)
            await _refuse(scope, receive, send_with_headers, 503, "storage is not available", {"retry-after": "5"})

    async def _admit(self, scope: Scope, receive: Receive, send: Send) -> None:
        """To the application, to the sign-in, or away."""
        if self._is_foreign(scope):
            await _refuse(scope, receive, send, 403, "foreign origin")
        elif scope["type"] == "websocket" and _plain_path(scope) != WEBSOCKET:
            await _refuse(scope, receive, send, 404, "nothing is here")
        elif _declared_size(scope) > LARGEST_BODY:
            await _refuse(scope, receive, send, 413, "too large")
        elif scope["path"].startswith(SOCKET) and open_pages.is_anothers_poll(scope):
            await _refuse(scope, receive, send, 400, "invalid session")
        elif self._is_public(_plain_path(scope)) or await _is_signed_in(scope):
            await self._pass_on(scope, receive, send)
        else:
            await _to_sign_in(scope, receive, send)

    async def _pass_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        """NiceGUI's socket takes it for an error of ours when a browser that polls leaves before it has asked."""
        if scope["type"] == "http" and scope["path"].startswith(SOCKET):
            first = await receive()
            if first["type"] == "http.disconnect":
                return
            receive = _from(first, receive)
        with suppress(ClientDisconnect):  # nobody is left to be answered
            await self.app(scope, receive, send)

    def _is_public(self, path: str) -> bool:
        return path in self._public or path.startswith(PUBLIC_FOLDERS)

    def _is_foreign(self, scope: Scope) -> bool:
        """NiceGUI's socket, and its polling, would take any origin, and so would our forms. The widget's routes check
        the origin themselves; Twilio sends none. A proxy may show us another Host than the browser sees."""
        is_change = scope["type"] == "http" and scope["method"] not in ("GET", "HEAD", "OPTIONS")
        is_ours = is_change and not _plain_path(scope).startswith("/widget/")
        if not is_ours and not scope["path"].startswith(SOCKET):
            return False
        origin = _header(scope, b"origin")
        return origin not in ("", self.origin) and origin.partition("://")[2] != _header(scope, b"host")


async def failed(_: Request, __: Exception) -> Response:
    """Where nobody expected the error: says nothing of it. Goes out past the guard, so it brings the headers along."""
    return PlainTextResponse("Something went wrong. It is noted in the server's log.", 500, HEADERS)


async def _is_signed_in(scope: Scope) -> bool:
    token = HTTPConnection(scope).cookies.get(COOKIE)
    actor = await asyncio.to_thread(sign_ins.signed_in, token) if token else None
    scope.setdefault("state", {})["actor"] = actor
    return actor is not None


async def _to_sign_in(scope: Scope, receive: Receive, send: Send) -> None:
    wants_page = scope["type"] == "http" and scope["method"] == "GET" and "text/html" in _header(scope, b"accept")
    if not wants_page:
        await _refuse(scope, receive, send, 401, "sign in first")
        return
    query = f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else ""
    target = quote(scope["path"] + query, safe="/")
    goal = "/login" if scope["path"] == "/" and not query else f"/login?next={target}"
    await _answer(send, 303, b"", {"location": goal, "cache-control": "no-store"})


def _plain_path(scope: Scope) -> str:
    """As it was sent; empty where it could be read in two ways, by a proxy or by ourselves."""
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    path = raw.decode("latin-1")
    return "" if ODD.search(path) or path != scope["path"] else path


def _limited(receive: Receive) -> Receive:
    received = 0

    async def counted() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body") or b"") if message["type"] == "http.request" else 0
        if received > LARGEST_BODY:
            raise TooLarge
        return message

    return counted


def _from(first: Message, receive: Receive) -> Receive:
    """What was received already, and then the rest."""
    waiting = [first]

    async def next_one() -> Message:
        return waiting.pop() if waiting else await receive()

    return next_one


def _completed(headers: Iterable[tuple[bytes, bytes]]) -> Iterable[tuple[bytes, bytes]]:
    """A route that sets a header itself knows better, but for where it sends a browser on to: that is one of our pages,
    and Starlette names the host that the request named."""
    given = [(name, ORIGIN.sub(b"", value) if name.lower() == b"location" else value) for name, value in headers]
    names = {name.lower() for name, _ in given}
    yield from given
    yield from ((k.encode(), v.encode()) for k, v in HEADERS.items() if k.encode() not in names)


def _declared_size(scope: Scope) -> int:
    length = _header(scope, b"content-length")
    return int(length) if length.isdecimal() else 0


def _header(scope: Scope, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


async def _refuse(
    scope: Scope, receive: Receive, send: Send, status: int, why: str, more: dict[str, str] | None = None
) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
        return
    await _answer(send, status, why.encode(), {"content-type": "text/plain; charset=utf-8"} | (more or {}))


async def _answer(send: Send, status: int, body: bytes, headers: dict[str, str]) -> None:
    given = [(k.encode(), v.encode()) for k, v in headers.items()]
    length = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": [*given, *length]})
    await send({"type": "http.response.body", "body": body})
