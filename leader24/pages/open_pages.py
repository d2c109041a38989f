"""Open pages and the sign-ins that they were served to. When a sign-in ends, its pages are dead at once: nothing that
they send is handled and nothing more is sent to them, and their browsers go to the sign-in.

NiceGUI asks no socket who it is; knowing the name of a page would be enough to look on. So a socket gets a page only
with the cookie of the sign-in that the page was served to.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs

from nicegui import Client, background_tasks, core
from socketio.exceptions import ConnectionRefusedError as SocketRefused
from starlette.requests import cookie_parser
from starlette.types import Scope

from leader24 import changes
from leader24.db import DatabaseUnavailable
from leader24.services import sign_ins
from leader24.services.sign_ins import Actor
from leader24.timers import every

COOKIE = "leader24"
LOOK_EVERY = 1.0  # seconds; for what ends otherwise than by a verb in this process
PATIENCE = 5.0  # seconds for what is still to be sent to a socket before it is given up

SIGNED_OUT = "/login?ended=1"
TO_SIGN_IN = ("open", {"path": SIGNED_OUT, "new_tab": False})
RELOAD = ("run_javascript", {"code": "window.location.reload()"})

# What NiceGUI meets in messages that none of its pages sends; what goes wrong in our own code it catches itself.
UNREADABLE = (LookupError, TypeError, ValueError)

Message = tuple[str, dict[str, Any]]


def install() -> None:
    """Once, before the first page: stand before what NiceGUI does with what comes over its socket."""
    handlers = core.sio.handlers["/"]
    connect, handshake = handlers["connect"], handlers["handshake"]

    async def admitted_connect(sid: str, request: dict[str, Any], auth: object = None) -> None:
        if core.sio.manager.is_connected(sid, "/"):
            return  # an event that only calls itself so, and says of itself what it likes
        query = parse_qs(request.get("QUERY_STRING", ""))
        if not await _may_open(sid, query.get("client_id", [""])[0]):
            raise SocketRefused("Implicit handshake failed")  # in NiceGUI's words for a page that is not there
        await connect(sid, request, auth)

    async def admitted_handshake(sid: str, *said: object) -> bool:
        data = _message(said)
        if await _may_open(sid, data.get("client_id")):
            with suppress(*UNREADABLE):
                return bool(await handshake(sid, data))
        return False

    handlers.update(connect=admitted_connect, handshake=admitted_handshake)
    for name in ("event", "javascript_response", "ack", "log"):
        handlers[name] = _of_its_own_page(handlers[name], is_for_all=name != "log")


def start() -> Callable[[], None]:
    """Watch over the open pages; returns how to end it."""
    leave = changes.on_end(_ended)
    watch = asyncio.create_task(every(LOOK_EVERY, look))

    def stop() -> None:
        leave()
        watch.cancel()

    return stop


async def look() -> None:
    """Which sign-ins still stand, and whether their members' roles are those that the pages were built for."""
    served = list(_served())
    try:
        standing = await asyncio.to_thread(sign_ins.standing, {actor.token_hash for _, actor in served})
    except DatabaseUnavailable:  # then nothing else can be read or done either
        return
    for client, actor in served:
        role = standing.get(actor.token_hash)
        if role is not actor.role:
            _close(client, RELOAD if role else TO_SIGN_IN)


def is_anothers_poll(scope: Scope) -> bool:
    """Whether a request continues a socket, as polling does, with another cookie than it began with."""
    query = parse_qs(scope["query_string"].decode("latin-1"))
    begun = core.sio.environ.get(query.get("sid", [""])[0])
    cookies = b"; ".join(value for key, value in scope["headers"] if key == b"cookie").decode("latin-1")
    return begun is not None and _token(begun.get("HTTP_COOKIE", "")) != _token(cookies)


def _ended(token_hashes: frozenset[str], goes_on: bool) -> None:
    """Where the browser is given a new sign-in, its pages find back by themselves: a lost socket makes them reload,
    and anything else might be faster than the answer with the new cookie."""
    for client, actor in list(_served()):
        if actor.token_hash in token_hashes:
            _close(client, None if goes_on else TO_SIGN_IN)


def _served() -> Iterator[tuple[Client, Actor]]:
    for client in list(Client.instances.values()):
        if actor := _actor(client):
            yield client, actor


def _actor(client: Client) -> Actor | None:
    """To whom the page was served; None is everybody, as with the sign-in."""
    return getattr(client.request.state, "actor", None)


def _close(client: Client, last: Message | None) -> None:
    """Dead from now on; the rest is courtesy."""
    if client.is_deleted:
        return
    sockets = list(client._socket_to_document_id)
    core.sio.manager.basic_close_room(client.id, "/")
    for document in list(client._delete_tasks):
        client._cancel_delete_task(document)  # it would delete the page a second time
    client.delete()
    for sid in sockets:
        background_tasks.create(_hang_up(sid, last), name="end of a page")


async def _hang_up(sid: str, last: Message | None) -> None:
    transport = core.sio.manager.eio_sid_from_sid(sid, "/")
    if last:
        await core.sio.emit(*last, to=sid)
    if transport:
        try:
            await asyncio.wait_for(core.sio.eio.disconnect(transport), PATIENCE)
        except TimeoutError:
            return


async def _may_open(sid: str, client_id: object) -> bool:
    """Whether the socket comes with the sign-in that the page was served to, and it still stands."""
    client = Client.instances.get(str(client_id))
    actor = _actor(client) if client else None
    if actor is None:
        return True
    environ = core.sio.get_environ(sid) or {}  # never what the socket says itself
    try:
        found = await asyncio.to_thread(sign_ins.signed_in, _token(environ.get("HTTP_COOKIE", "")))
    except DatabaseUnavailable:
        return False
    return found is not None and found.token_hash == actor.token_hash


def _of_its_own_page(handle: Callable[[str, dict[str, Any]], None], *, is_for_all: bool) -> Callable[..., None]:
    """NiceGUI believes each message which page it comes from. What is not for all is taken from members' pages only."""

    def handle_own(sid: str, *said: object) -> None:
        message = _message(said)
        client = Client.instances.get(str(message.get("client_id")))
        if client and sid in client._socket_to_document_id and (is_for_all or _actor(client)):
            with suppress(*UNREADABLE):
                handle(sid, message)

    return handle_own


def _message(said: tuple[object, ...]) -> dict[str, Any]:
    return said[0] if len(said) == 1 and isinstance(said[0], dict) else {}


def _token(cookies: str) -> str:
    return cookie_parser(cookies).get(COOKIE, "")
