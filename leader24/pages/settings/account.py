"""My account: name, language, theme, password, and the devices on which one is signed in."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from nicegui import ui

from leader24 import i18n
from leader24.i18n import _, n_
from leader24.pages import retries, times, words
from leader24.pages.forms import Field, box, button, form, icon, new_password, tagged
from leader24.pages.frame import actor, theme_names
from leader24.pages.open_pages import COOKIE, SIGNED_OUT
from leader24.pages.retries import Retry
from leader24.pages.settings import sections
from leader24.pages.settings.sections import Section
from leader24.pages.sign_in import admitted, submit, typed, user_agent
from leader24.services import members, sign_ins
from leader24.services.members import Actor
from leader24.services.refusals import Refused
from leader24.services.sign_ins import Device

PATH = Section.ACCOUNT.path
PASSWORD_PATH = f"{PATH}/password"
CHANGED, SAVED = "changed", "saved"  # kept like what was refused, so that the page that follows says it


def register() -> None:
    async def build(me: Actor) -> None:
        retry = retries.find(ui.context.client.request.query_params.get("again", ""))
        _done(retry.code)
        _about_me(me)
        _password(me, retry)
        await Devices(me).build()

    sections.add(Section.ACCOUNT, build)


def routes(is_secure: bool) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.post(PASSWORD_PATH)
    async def change_password(request: Request) -> Response:
        form = await typed(request, "current", "new")
        me, token, browser = actor(request), request.cookies[COOKIE], user_agent(request)
        try:
            token = await asyncio.to_thread(
                sign_ins.change_password, me.id, form["current"], form["new"], token, browser
            )
        except Refused as problem:
            return RedirectResponse(_page_after(problem.code), 303)
        return await admitted(request, token, _page_after(CHANGED), is_secure)

    return router


def _page_after(code: str) -> str:
    return f"{PATH}?{urlencode({'again': retries.keep(code)})}"


def _done(code: str) -> None:
    done = {CHANGED: _("Password changed. You are signed out everywhere else."), SAVED: _("Saved")}
    if code in done:
        tagged("p", done[code], "l24-notice done").props["role"] = "status"


def _about_me(me: Actor) -> None:
    async def save() -> None:
        try:
            await asyncio.to_thread(members.rename, me.id, name.value)
        except Refused as problem:
            name.complain(words.refused(problem.code))
            return
        ui.navigate.to(_page_after(SAVED))  # the name stands in the navigation too

    async def choose(**chosen: str) -> None:
        await asyncio.to_thread(members.choose, me.id, **chosen)
        ui.navigate.reload()

    with box("l24-card"):
        tagged("h2", _("About me"))
        with box("l24-facts", "dl"):
            tagged("dt", _("Email"))
            tagged("dd", me.email)
        with box("l24-line"):
            name = Field(_("Name"), value=me.name, autocomplete="name")
            name.input.on("keydown.enter", save, args=[])
            button(_("Save name"), save)
        _choice(_("Language"), i18n.LANGUAGES, me.language, lambda code: choose(language=code))
        _choice(_("Theme"), theme_names(), me.theme, lambda theme: choose(theme=theme))


def _choice(label: str, options: dict[str, str], value: str, on_choose: Callable[[str], Awaitable[None]]) -> None:
    """Takes effect at once."""
    with box("l24-field") as group:
        group.props["role"] = "group"
        group.props["aria-labelledby"] = tagged("span", label, "label").html_id
        with box("l24-tags"):
            for key, text in options.items():
                chip = button(text, partial(on_choose, key), classes="l24-chip")
                chip.props["aria-pressed"] = "true" if key == value else "false"


def _password(me: Actor, retry: Retry) -> None:
    with box("l24-card"):
        tagged("h2", _("Change my password"))
        tagged("p", _("Afterwards you are signed out everywhere but here."))
        with form(PASSWORD_PATH).classes("l24-form"):
            whose = ui.element("input").classes("l24-hidden")  # for password managers
            whose.props.update({"value": me.email, "autocomplete": "username", "readonly": True, "tabindex": "-1"})
            whose.props["aria-hidden"] = "true"
            current = Field(_("Current password"), name="current", kind="password", autocomplete="current-password")
            new = new_password(_("New password"), name="new")
            with box("l24-buttons"):
                submit(_("Change password"))
    if retry.code and retry.code not in (CHANGED, SAVED):
        of_new = retry.code.startswith("password_")
        (new if of_new else current).complain(words.refused(retry.code))


class Devices:
    """Where one is signed in; the newest use first."""

    def __init__(self, me: Actor) -> None:
        self._me = me

    async def build(self) -> None:
        with box("l24-card"):
            self._title = tagged("h2", _("Where I am signed in"))
            self._title.props["tabindex"] = "-1"
            tagged("p", _("Sign out what you do not recognise, then change your password."))
            self._list = box("l24-people", "ul")
            with box("l24-buttons") as self._all:
                button(_("Sign out everywhere else"), self._end_others)
        await self._show()

    async def _show(self) -> None:
        devices = await asyncio.to_thread(sign_ins.devices, self._me.id, self._me.token_hash)
        self._all.set_visibility(len(devices) > 1)
        self._list.clear()
        with self._list:
            for device in devices:
                _device(device, partial(self._end, device))

    async def _end(self, device: Device) -> None:
        await asyncio.to_thread(sign_ins.end, self._me.id, device.token_hash)
        if device.is_this:
            ui.navigate.to(SIGNED_OUT)
            return
        ui.notify(_("Signed out there"), type="positive")
        await self._show_rest()

    async def _end_others(self) -> None:
        count = await asyncio.to_thread(sign_ins.end_others, self._me.id, self._me.token_hash)
        ui.notify(n_("Signed out on {count} device", "Signed out on {count} devices", count), type="positive")
        await self._show_rest()

    async def _show_rest(self) -> None:
        await self._show()
        self._title.run_method("focus")  # the row with the button is gone


def _device(device: Device, on_end: Callable[[], Awaitable[None]]) -> None:
    browser = device.browser or _("Unknown browser")
    with box("l24-person", "li"):
        with box("l24-avatar info", "span") as avatar:
            avatar.props["aria-hidden"] = "true"
            icon("devices")
        with box("who"):
            with box("names"):
                tagged("b", browser)
                if device.is_this:
                    tagged("span", _("this one"), "l24-tag")
            tagged("small", _("Last used {when}").format(when=times.full(device.seen_at)))
            tagged("small", _("Signed in {when}").format(when=times.full(device.created_at)))
        end = button(_("Sign out"), on_end)
        end.props["aria-label"] = _("Sign out: {browser}").format(browser=browser)
