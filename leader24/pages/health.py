"""Whether the application works, for those who watch over it."""

import asyncio

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from leader24 import __version__, db


def routes() -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.api_route("/healthz", methods=["GET", "HEAD"])
    async def health() -> Response:
        is_well = await asyncio.to_thread(db.is_well)
        state = {"status": "ok" if is_well else "database unavailable", "version": __version__}
        return JSONResponse(state, 200 if is_well else 503, {"cache-control": "no-store"})

    return router
