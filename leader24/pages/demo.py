"""A page that stands in for the owner's website, with the widget on it."""

from typing import Annotated

from fastapi import APIRouter, Header, Request
from fastapi.responses import HTMLResponse

from leader24.pages import widget_files
from leader24.pages.home import Home
from leader24.services import preferences


def routes(home: Home) -> APIRouter:
    """`home` gives our own public origin."""
    router = APIRouter(include_in_schema=False)

    @router.get("/demo")
    def demo(request: Request, accept_language: Annotated[str, Header()] = "") -> HTMLResponse:
        server = home(request)
        code = widget_files.language_of(accept_language)
        chosen = preferences.current()
        words = widget_files.words_of("demo", code, chosen)
        line = widget_files.snippet(server, chosen.widget_key)
        return HTMLResponse(widget_files.filled("demo.html", code, words, snippet=line), headers=_headers(server))

    return router


def _headers(server: str) -> dict[str, str]:
    policy = f"script-src {server}; frame-src {server}; style-src 'self'; base-uri 'none'; form-action 'none'"
    return {
        "Content-Security-Policy": f"default-src 'none'; {policy}; frame-ancestors 'none'",
        "Cache-Control": "no-cache",
        "Vary": "Accept-Language",
    }
