"""Whoever was invited becomes a member of the team, by the one-time link that an owner sent."""

import asyncio
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from nicegui import ui

from leader24 import i18n
from leader24.i18n import _
from leader24.pages import retries, rows, words
from leader24.pages.forms import Choice, Field, box, form, go, new_password, tagged
from leader24.pages.frame import gate, logo
from leader24.pages.open_pages import COOKIE
from leader24.pages.retries import Retry
from leader24.pages.sign_in import address, admitted, browser_language, hidden, submit, typed, user_agent
from leader24.services import links, sign_ins
from leader24.services.links import Invited
from leader24.services.refusals import Refused

KEPT = ("name", "email", "language")  # shown again; the password is not


def register() -> None:
    @ui.page("/join")
    async def join(request: Request, link: str = "", again: str = "") -> None:
        language = browser_language(request)
        invited = await asyncio.to_thread(links.invited, link)
        with gate(_("Join the team"), language):
            if invited is None:
                link_is_over()
                return
            with form("/join"):
                _fields(invited, link, language, retries.find(again))
                await _already_here(request)


def routes(is_secure: bool) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.post("/join")
    async def join(request: Request) -> Response:
        form = await typed(request, *KEPT, "password", "link")
        link = form.pop("link")
        try:
            token = await asyncio.to_thread(
                links.join, link, **form, browser=user_agent(request), address=address(request)
            )
        except Refused as problem:
            again = retries.keep(problem.code, **{name: form[name] for name in KEPT})
            return RedirectResponse(f"/join?{urlencode({'link': link, 'again': again})}", 303)
        return await admitted(request, token, "/", is_secure)

    return router


def link_is_over() -> None:
    """The same words for a link that was used, ran out, was withdrawn or never was."""
    with box("l24-panel"):
        logo()
        tagged("h1", _("This link does not work"))
        tagged("p", _("Each link works once and for a limited time. Ask an owner for a new one."))
        go("/login", _("To the sign-in"))


def _fields(invited: Invited, link: str, language: str, retry: Retry) -> None:
    kept = retry.values
    logo()
    business = rows.isolated(invited.business)
    tagged("h1", _("Join {business}").format(business=business) if business else _("Join the team"))
    with box("l24-notice"):
        tagged("b", _("Your role: {role}").format(role=words.role(invited.role)))
        tagged("p", words.role_meaning(invited.role))
    fields = {
        "name": Field(_("Your name"), name="name", value=kept.get("name", ""), autocomplete="name"),
        "email": Field(_("Email"), name="email", kind="email", value=kept.get("email", ""), autocomplete="username"),
        "password": new_password(_("Password")),
    }
    Choice(_("Language"), i18n.LANGUAGES, kept.get("language") or language, name="language")
    hidden("link", link)
    if retry.code:
        at = next((name for name in fields if name in retry.code), "name")
        fields[at].complain(words.refused(retry.code))
    submit(_("Join"))


async def _already_here(request: Request) -> None:
    token = request.cookies.get(COOKIE)
    me = await asyncio.to_thread(sign_ins.signed_in, token) if token else None
    if me:
        text = _("This browser is signed in as {name}. Joining here replaces that.")
        tagged("p", text.format(name=rows.isolated(me.name)), "l24-notice")
