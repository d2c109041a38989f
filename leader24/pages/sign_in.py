"""Signing in and out."""

import asyncio
import re
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from nicegui import ui

from leader24 import i18n
from leader24.i18n import _
from leader24.pages import retries, words
from leader24.pages.forms import Field, box, form, tagged
from leader24.pages.frame import gate, logo
from leader24.pages.open_pages import COOKIE
from leader24.services import members, sign_ins
from leader24.services.refusals import Refused

LONGEST = 1000  # characters of a field


def register() -> None:
    @ui.page("/login")
    async def login(request: Request, next: str = "/", again: str = "", ended: str = "") -> None:
        retry = retries.find(again)
        with gate(_("Sign in"), browser_language(request)), form("/login"):
            logo()
            tagged("h1", _("Sign in"))
            if ended:
                said = _("You are signed out. If you did not do that yourself, ask an owner of your team.")
                tagged("p", said).props["role"] = "status"
            Field(_("Email"), name="email", kind="email", value=retry.values.get("email", ""), autocomplete="username")
            password = Field(_("Password"), name="password", kind="password", autocomplete="current-password")
            if retry.code:
                password.complain(words.refused(retry.code))
            hidden("next", own_path(next))
            submit(_("Sign in"))
            _forgotten()
            if not await asyncio.to_thread(members.is_set_up):
                tagged("p", _("Nobody is set up yet: open the link that the server's log shows."))


def routes(is_secure: bool) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.post("/login")
    async def sign_in(request: Request) -> Response:
        form = await typed(request, "email", "password", "next")
        goal = own_path(form["next"])
        try:
            token = await asyncio.to_thread(
                sign_ins.sign_in, form["email"], form["password"], address(request), user_agent(request)
            )
        except Refused as problem:
            again = retries.keep(problem.code, email=form["email"])
            return RedirectResponse(f"/login?{urlencode({'again': again, 'next': goal})}", 303)
        return await admitted(request, token, goal, is_secure)

    return router


async def admitted(request: Request, token: str, goal: str, is_secure: bool) -> Response:
    """On to that page, with the cookie that says who it is; whoever was signed in in this browser is so no more."""
    if before := request.cookies.get(COOKIE):
        await asyncio.to_thread(sign_ins.sign_out, before)
    answer = RedirectResponse(goal, 303)
    lives = int(sign_ins.SIGNED_IN_FOR.total_seconds())
    answer.set_cookie(COOKIE, token, max_age=lives, httponly=True, samesite="lax", secure=is_secure)
    return answer


async def typed(request: Request, *names: str) -> dict[str, str]:
    """What stands in these fields of a form that a browser sent. FastAPI's own reading would answer a value that is
    too long with that value, passwords included."""
    form = await request.form(max_fields=20, max_files=0)
    return {name: str(form.get(name, ""))[:LONGEST] for name in names}


def own_path(path: str) -> str:
    """Only pages of ours are gone on to. Browsers read a backslash as a slash, and pass over control characters."""
    return path if re.fullmatch(r"/(?![/\\])[^\\\x00-\x1f]*", path) else "/"


def browser_language(request: Request) -> str:
    return i18n.best(request.headers.get("accept-language", ""))


def address(request: Request) -> str:
    """From where it comes, to count attempts by."""
    return request.client.host if request.client else ""


def user_agent(request: Request) -> str:
    """How the browser names itself."""
    return request.headers.get("user-agent", "")


def hidden(name: str, value: str) -> None:
    field = ui.element("input")
    field.props.update({"type": "hidden", "name": name, "value": value})


def submit(text: str) -> None:
    tagged("button", text, "l24-button primary").props["type"] = "submit"


def _forgotten() -> None:
    with box("l24-more", "details"):
        tagged("summary", _("Forgot your password?"))
        tagged("p", _("Ask an owner of your team: owners can make a link with which you choose a new one."))
        tagged("p", _("If you are the only owner, run this on the server:"))
        tagged("code", "python -m leader24 reset-password")
