"""Our own origin, as browsers know it."""

import re
from collections.abc import Callable

from starlette.exceptions import HTTPException
from starlette.requests import Request

Home = Callable[[Request], str]


def always(origin: str) -> Home:
    """What the owner set stands, whatever a request says."""
    return lambda _: origin


def as_asked(request: Request) -> str:
    """Where nothing is set, the name under which this very request reached us: it concerns nobody else."""
    host = request.headers.get("host", "")
    if not re.fullmatch(r"[A-Za-z0-9.-]+(:\d{1,5})?|\[[0-9a-fA-F:.]+\](:\d{1,5})?", host):
        raise HTTPException(400, "not a host")
    return f"{request.scope['scheme']}://{host}"
