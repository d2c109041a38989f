"""The ways in: WhatsApp and the chat widget, how they are set up and what was refused."""

import asyncio
from dataclasses import dataclass

from fastapi import Request
from nicegui import ui

from leader24.i18n import _, n_
from leader24.models import Role
from leader24.pages import times, widget_files, words
from leader24.pages.forms import Field, box, button, tagged
from leader24.pages.frame import actor, frame
from leader24.services import preferences, rejections
from leader24.services.members import Actor
from leader24.services.refusals import Refused


@dataclass(frozen=True, slots=True)
class WhatsAppSetUp:
    """What the environment says of Twilio, without any secret."""

    can_receive: bool
    can_send: bool
    sender: str
    webhook_url: str


def register(whatsapp: WhatsAppSetUp, server: str) -> None:
    @ui.page("/channels")
    async def channels(request: Request) -> None:
        me = actor(request)
        with frame(_("Channels"), me, active="/channels"), box("l24-page"):
            tagged("h1", _("Channels"))
            tagged("p", _("Where your customers reach you."))
            if me.role is not Role.OWNER:
                tagged("p", _("Only owners may change this."), "l24-notice")
                return
            _widget(me, server)
            _whatsapp(me, whatsapp)


def _widget(me: Actor, server: str) -> None:
    chosen = preferences.current()

    async def save() -> None:
        try:
            await asyncio.to_thread(preferences.choose_sites, me.id, sites.value)
        except Refused as problem:
            sites.complain(words.refused(problem.code))
            return
        sites.complain("")
        ui.notify(_("Saved"), type="positive")

    with box("l24-card"):
        tagged("h2", _("Chat widget"))
        tagged("p", _("Put this line into the pages of your website, before {end}:").format(end="</body>"))
        tagged("code", widget_files.snippet(server, chosen.widget_key))
        sites = Field(
            _("Websites that may show it"),
            value="\n".join(chosen.widget_sites),
            kind="textarea",
            hint=_("One address in each line, such as https://www.example.com. No other website can show it."),
        )
        with box("l24-buttons"):
            with box("l24-button", "a") as demo:
                demo.props["href"], demo.props["target"] = "/demo", "_blank"
                tagged("span", _("Try it on a page of ours"))
            button(_("Save"), save, classes="l24-button primary")


def _whatsapp(me: Actor, set_up: WhatsAppSetUp) -> None:
    with box("l24-card"):
        tagged("h2", _("WhatsApp by Twilio"))
        tagged("p", _whatsapp_state(set_up))
        tagged("p", _("Give Twilio this address for incoming messages (method POST):"))
        tagged("code", set_up.webhook_url)
    refused = rejections.last(me.id)
    if not refused:
        return
    with box("l24-card"):
        count = rejections.count()
        tagged("h2", n_("{count} request was refused lately", "{count} requests were refused lately", count))
        tagged("p", _("The newest are below. What they said was not kept."))
        with box("", "ul"):
            for each in refused:
                with box("", "li"):
                    tagged("b", times.full(each.at))
                    tagged("p", words.rejection(each.reason))
                    tagged("p", _("Expected address:"))
                    tagged("code", each.expected_url)
                    tagged("p", _("Parameters: {names}").format(names=", ".join(each.parameters) or "–"))


def _whatsapp_state(set_up: WhatsAppSetUp) -> str:
    if set_up.can_send:
        return _("Set up: messages arrive, and answers go out from {number}.").format(
            number=set_up.sender.removeprefix("whatsapp:")
        )
    if set_up.can_receive:
        return _("Messages arrive, but answers cannot go out: set TWILIO_ACCOUNT_SID and TWILIO_WHATSAPP_FROM.")
    return _("Not set up: set TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_WHATSAPP_FROM, then start again.")
