"""The first owner, by the one-time link that the server's log shows."""

import asyncio
from urllib.parse import urlencode
from zoneinfo import available_timezones

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from nicegui import ui

from leader24 import i18n
from leader24.i18n import _
from leader24.pages import retries, words
from leader24.pages.forms import Choice, Field, box, form, go, new_password, tagged
from leader24.pages.frame import gate, logo
from leader24.pages.retries import Retry
from leader24.pages.sign_in import admitted, browser_language, hidden, submit, typed, user_agent
from leader24.services import members
from leader24.services.members import FirstOwner
from leader24.services.refusals import Refused

KEPT = ("name", "email", "business_name", "language", "time_zone")  # shown again; the password is not
# The browser knows where it is; who set the zone himself is not corrected.
GUESS_ZONE = """
const zone = document.querySelector('select[name=time_zone]');
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone && zone.value === 'UTC' && [...zone.options].some((option) => option.value === here)) zone.value = here;
"""


def register() -> None:
    @ui.page("/setup")
    async def set_up(request: Request, link: str = "", again: str = "") -> None:
        language = browser_language(request)
        if not await asyncio.to_thread(members.is_set_up_link, link):
            await _without_link(language)
            return
        with gate(_("Set up Leader24"), language), form("/setup"):
            _fields(link, language, retries.find(again))
        ui.run_javascript(GUESS_ZONE)


def routes(is_secure: bool) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.post("/setup")
    async def set_up(request: Request) -> Response:
        form = await typed(request, *KEPT, "password", "link")
        link = form.pop("link")
        try:
            token = await asyncio.to_thread(members.set_up, link, FirstOwner(**form), user_agent(request))
        except Refused as problem:
            again = retries.keep(problem.code, **{name: form[name] for name in KEPT})
            return RedirectResponse(f"/setup?{urlencode({'link': link, 'again': again})}", 303)
        return await admitted(request, token, "/", is_secure)

    return router


def _fields(link: str, language: str, retry: Retry) -> None:
    kept = retry.values
    logo()
    tagged("h1", _("Welcome! Set up Leader24"))
    tagged("p", _("This makes your account. You are the owner, and can invite others later."))
    fields = {
        "name": Field(_("Your name"), name="name", value=kept.get("name", ""), autocomplete="name"),
        "email": Field(_("Email"), name="email", kind="email", value=kept.get("email", ""), autocomplete="username"),
        "password": new_password(_("Password")),
        "business_name": Field(
            _("Name of your business"),
            name="business_name",
            value=kept.get("business_name", ""),
            autocomplete="organization",
        ),
    }
    Choice(_("Language"), i18n.LANGUAGES, kept.get("language") or language, name="language")
    zones = {name: name.replace("_", " ") for name in sorted(available_timezones()) if "/" in name or name == "UTC"}
    Choice(_("Time zone"), zones, kept.get("time_zone") or "UTC", name="time_zone")
    hidden("link", link)
    if retry.code:
        at = retry.code if retry.code in fields else "password" if "password" in retry.code else "business_name"
        fields[at].complain(words.refused(retry.code))
    submit(_("Start"))


async def _without_link(language: str) -> None:
    is_done = await asyncio.to_thread(members.is_set_up)
    with gate(_("Set up Leader24"), language), box("l24-panel"):
        logo()
        if is_done:
            tagged("h1", _("Leader24 is set up"))
            tagged("p", _("There is an owner already. Sign in."))
            go("/login", _("Sign in"))
        else:
            tagged("h1", _("Set-up needs its link"))
            tagged("p", _("Open the one-time link that the server's log shows. Restart the server for a new one."))
