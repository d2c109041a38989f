"""Conversations as files, for owners: one by its number, several by a list that their page has laid ready.

The files are written while they are sent, so that a hundred thousand conversations need no more room than one.
"""

import asyncio
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Literal
from unicodedata import normalize

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response, StreamingResponse

from leader24 import clock, i18n
from leader24.i18n import _
from leader24.pages import export_text
from leader24.pages.frame import actor
from leader24.pages.shown import number_in
from leader24.services import exports, list_rows
from leader24.services.list_rows import ConversationRow
from leader24.services.members import Actor
from leader24.services.rights import Forbidden

STANDS_FOR = timedelta(minutes=10)
LONGEST_NAME = 60

Kind = Literal["txt", "json"]
TYPES = {"txt": "text/plain; charset=utf-8", "json": "application/json"}


@dataclass(frozen=True, slots=True)
class Ready:
    """What an owner wants to take away; nobody else gets it by this name."""

    member_id: int
    ids: tuple[int, ...]
    until: datetime


_ready: dict[str, Ready] = {}


def address_of(conversation_id: int, kind: Kind) -> str:
    return f"/conversations/{conversation_id}/export.{kind}"


def lay_ready(me: Actor, ids: Sequence[int], kind: Kind) -> str:
    """The address at which they can be fetched for some minutes; an address itself takes only so many numbers."""
    now = clock.now()
    for name in [name for name, each in _ready.items() if each.until < now]:
        del _ready[name]
    name = token_urlsafe(16)
    _ready[name] = Ready(me.id, tuple(ids), now + STANDS_FOR)
    return f"/exports/{name}/conversations.{kind}"


def routes() -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/conversations/{number}/export.{kind}")
    async def one(request: Request, number: str, kind: Kind) -> Response:
        me, wanted = actor(request), number_in(number) or 0
        found = await asyncio.to_thread(_rows, me, wanted)
        return await _file(me, [wanted], kind, _named(found[0])) if found else _nothing(me)

    @router.get("/exports/{name}/conversations.{kind}")
    async def several(request: Request, name: str, kind: Kind) -> Response:
        me, ready = actor(request), _ready.get(name)
        if ready is None or ready.member_id != me.id or ready.until < clock.now():
            return _nothing(me)
        return await _file(me, ready.ids, kind, f"leader24-{len(ready.ids)}-conversations-{clock.now():%Y-%m-%d}")

    return router


def _rows(me: Actor, conversation_id: int) -> list[ConversationRow]:
    try:
        return list_rows.listed_ids(me.id, [conversation_id])
    except Forbidden:
        return []


async def _file(me: Actor, ids: Sequence[int], kind: Kind, name: str) -> Response:
    try:
        pieces = await asyncio.to_thread(_pieces, me, ids, kind)
    except Forbidden:
        with i18n.speaking(me.language):
            return PlainTextResponse(_("Only owners may export conversations."), 403)
    headers = {"content-disposition": f'attachment; filename="{name}.{kind}"', "cache-control": "no-store"}
    return StreamingResponse(pieces, media_type=TYPES[kind], headers=headers)


def _pieces(me: Actor, ids: Sequence[int], kind: Kind) -> Iterator[str]:
    """Raises Forbidden, before the first of them."""
    if kind == "json":
        return exports.as_json(me.id, ids)
    return export_text.pieces(exports.as_values(me.id, ids), me.language)


def _nothing(me: Actor) -> Response:
    with i18n.speaking(me.language):
        return PlainTextResponse(_("There is nothing to export here (any more). Go back and try again."), 404)


def _named(row: ConversationRow) -> str:
    """Letters and digits that every system takes in the name of a file."""
    plain = normalize("NFKD", row.contact_name or row.title).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:LONGEST_NAME].strip("-")
    return "-".join(filter(None, ["leader24", words, str(row.id)]))
