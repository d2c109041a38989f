"""Files that customers sent, for members: what browsers show safely in place, all else as a download."""

import asyncio
import re
from dataclasses import dataclass
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response

from leader24 import i18n
from leader24.i18n import _
from leader24.pages.frame import actor
from leader24.pages.shown import number_in
from leader24.services import attachments, file_types
from leader24.services.attachments import AttachmentRow
from leader24.services.conversations import Gone

# Where one is opened by itself it is a page of our origin: it may do nothing there.
POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'"
RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


@dataclass(frozen=True, slots=True)
class Piece:
    begin: int
    length: int


def routes() -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/media/{number}")
    async def media(request: Request, number: str) -> Response:
        me, wanted = actor(request), number_in(number) or 0
        try:
            row = await asyncio.to_thread(attachments.row, me.id, wanted)
            headers = _headers(row)
            if request.headers.get("if-none-match") == headers["etag"]:
                return Response(status_code=304, headers=headers)
            size, piece = row.size or 0, _piece(request.headers.get("range", ""), row)
            if piece is None:
                whole = await asyncio.to_thread(attachments.content, me.id, wanted, 0, size)
                return Response(whole, 200, headers, row.found_type)
            if piece.length <= 0:
                return Response(status_code=416, headers=headers | {"content-range": f"bytes */{size}"})
            content = await asyncio.to_thread(attachments.content, me.id, wanted, piece.begin, piece.length)
        except Gone:
            with i18n.speaking(me.language):
                return PlainTextResponse(_("This file is not here (any more)."), 404)
        where = f"bytes {piece.begin}-{piece.begin + len(content) - 1}/{size}"
        return Response(content, 206, headers | {"content-range": where}, row.found_type)

    return router


def _headers(row: AttachmentRow) -> dict[str, str]:
    """Browsers keep it, but ask each time whether it may still be seen."""
    headers = {
        "content-security-policy": POLICY,
        "x-content-type-options": "nosniff",
        "cross-origin-resource-policy": "same-origin",
        "cache-control": "private, no-cache",
        "etag": f'"{row.id}"',
        "content-disposition": _disposition(row),
    }
    return headers | {"accept-ranges": "bytes"} if _is_in_place(row) else headers


def _disposition(row: AttachmentRow) -> str:
    kind = "inline" if _is_in_place(row) else "attachment"
    name = row.name or f"leader24-{row.id}.{_ending(row)}"
    plain = re.sub(r"[^\w.() -]", "_", name, flags=re.ASCII)
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _ending(row: AttachmentRow) -> str:
    found = row.found_type if row.found_type != file_types.DOWNLOAD else file_types.plain(row.content_type)
    is_untrue = row.found_type == file_types.DOWNLOAD and found in file_types.KNOWN
    return "bin" if is_untrue else file_types.ENDINGS.get(found or "", "bin")


def _is_in_place(row: AttachmentRow) -> bool:
    """Pictures, sound and films that we have recognised ourselves: never markup, whatever its sender calls it."""
    return (row.found_type or "").startswith(("image/", "audio/", "video/"))


def _piece(asked: str, row: AttachmentRow) -> Piece | None:
    """What a player asks for when one jumps; None is all of it. Of several pieces, which nobody asks for, too."""
    found, size = RANGE.fullmatch(asked), row.size or 0
    if not found or not _is_in_place(row) or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    begin = int(first) if first else max(size - int(last), 0)
    end = min(int(last) + 1, size) if first and last else size
    return Piece(begin, end - begin)
