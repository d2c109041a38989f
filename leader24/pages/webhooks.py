"""Twilio's webhooks. A message is on disk before Twilio is told so; nothing else happens within the request."""

import asyncio
import logging

from fastapi import APIRouter, Request, Response
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from leader24.models import Source
from leader24.services import outbox, preferences, rejections, twilio_client
from leader24.services.intake import Intake
from leader24.services.messages import Arrival
from leader24.services.twilio_client import Inbound, Malformed

LARGEST_FORM = 500  # fields
LARGEST_FIELD = 512 * 1024  # bytes

log = logging.getLogger(__name__)


def routes(intake: Intake, public_url: str) -> APIRouter:
    """`public_url` is our address as Twilio knows it, without a slash at the end."""
    router = APIRouter(include_in_schema=False)

    @router.post("/webhooks/twilio/whatsapp")
    async def whatsapp(request: Request) -> Response:
        form = await _authentic_form(request, public_url)
        try:
            inbound = twilio_client.parse(form)
        except Malformed as problem:
            log.warning("a signed WhatsApp message without %s was refused", problem.field)
            raise HTTPException(422, f"{problem.field} is missing") from None
        await intake.receive(_arrival(inbound))
        return Response(status_code=204)

    @router.post("/webhooks/twilio/status")
    async def status(request: Request, m: str = "") -> Response:
        form = await _authentic_form(request, public_url)
        try:
            call = twilio_client.parse_status(form)
        except Malformed as problem:
            raise HTTPException(422, f"{problem.field} is missing") from None
        if call.status and m.isdecimal() and len(m) < 18:
            await asyncio.to_thread(outbox.advance, int(m), call.status, call.sid, call.error)
        return Response(status_code=204)

    return router


async def _authentic_form(request: Request, public_url: str) -> FormData:
    """403 for what Twilio has not signed, before anything of it is stored."""
    try:
        form = await request.form(max_fields=LARGEST_FORM, max_files=0, max_part_size=LARGEST_FIELD)
    except (ClientDisconnect, UnicodeDecodeError):
        raise HTTPException(400, "not a form") from None
    raw = request.scope.get("raw_path") or request.scope["path"].encode()
    query = request.scope["query_string"].decode("latin-1")
    url = public_url + raw.decode("latin-1").split("?")[0] + (f"?{query}" if query else "")
    signature = request.headers.get("X-Twilio-Signature", "")
    settings = request.headers.get("X-Twilio-Webhooks-Signature-Settings")
    auth_token = preferences.current().twilio_auth_token
    if not auth_token:
        reason = "not_set_up"
    elif not signature:
        reason = "unsigned"
    elif twilio_client.is_authentic(auth_token, url, form, signature, settings):
        return form
    else:
        reason = "wrong_signature"
    rejections.note(url, list(form.keys()), reason)
    log.warning("a WhatsApp webhook was refused: %s", reason)
    raise HTTPException(403, "The signature does not fit. Check the public address and the auth token.")


def _arrival(inbound: Inbound) -> Arrival:
    return Arrival(
        source=Source.WHATSAPP,
        sender=inbound.from_address,
        external_id=inbound.sid,
        text=inbound.text or _media_words(inbound),
        name=inbound.name,
        phone=inbound.phone,
        raw=dict(inbound.raw),
        media=inbound.media,
    )


def _media_words(inbound: Inbound) -> str:
    """What stands for attachments: a mark that needs no language, and their kinds."""
    return "📎 " + ", ".join(media.content_type or "?" for media in inbound.media) if inbound.media else ""
