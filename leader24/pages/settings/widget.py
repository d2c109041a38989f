"""The chat widget: the line for the website, and the websites that may show it."""

import asyncio

from nicegui import ui

from leader24.i18n import _
from leader24.pages import widget_files, words
from leader24.pages.forms import Field, box, button, tagged
from leader24.pages.settings import sections
from leader24.pages.settings.sections import Section
from leader24.services import preferences
from leader24.services.members import Actor
from leader24.services.refusals import Refused


def register(server: str) -> None:
    async def build(me: Actor) -> None:
        _widget(me, server)

    sections.add(Section.WIDGET, build)


def _widget(me: Actor, server: str) -> None:
    chosen = preferences.current()

    async def save() -> None:
        try:
            await asyncio.to_thread(preferences.change, me.id, widget_sites=sites.value)
        except Refused as problem:
            sites.complain(words.refused(problem.code))
            return
        sites.complain("")
        ui.notify(_("Saved"), type="positive")

    with box("l24-card"):
        tagged("h2", _("On your website"))
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
