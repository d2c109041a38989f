"""A new password, by the one-time link that an owner sent."""

import asyncio
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from nicegui import ui

from leader24.i18n import _
from leader24.pages import retries, words
from leader24.pages.forms import form, new_password, tagged
from leader24.pages.frame import gate, logo
from leader24.pages.join import link_is_over
from leader24.pages.sign_in import address, admitted, browser_language, hidden, submit, typed, user_agent
from leader24.services import links
from leader24.services.refusals import Refused


def register() -> None:
    @ui.page("/reset")
    async def reset(request: Request, link: str = "", again: str = "") -> None:
        with gate(_("New password"), browser_language(request)):
            if not await asyncio.to_thread(links.may_reset, link):
                link_is_over()
                return
            with form("/reset"):
                logo()
                tagged("h1", _("Choose a new password"))
                tagged("p", _("You are then signed in here, and signed out everywhere else."))
                password = new_password(_("New password"))
                if code := retries.find(again).code:
                    password.complain(words.refused(code))
                hidden("link", link)
                submit(_("Save and sign in"))


def routes(is_secure: bool) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.post("/reset")
    async def reset(request: Request) -> Response:
        form = await typed(request, "password", "link")
        link = form["link"]
        try:
            token = await asyncio.to_thread(links.reset, link, form["password"], user_agent(request), address(request))
        except Refused as problem:
            again = retries.keep(problem.code)
            return RedirectResponse(f"/reset?{urlencode({'link': link, 'again': again})}", 303)
        return await admitted(request, token, "/", is_secure)

    return router
