"""The chat widget: the line for the website, and the websites that may show it."""

from leader24.i18n import _
from leader24.pages import widget_files
from leader24.pages.forms import box, tagged
from leader24.pages.settings import sections
from leader24.pages.settings.fields import Options
from leader24.pages.settings.sections import Section
from leader24.services import preferences
from leader24.services.members import Actor


def register(server: str) -> None:
    async def build(me: Actor) -> None:
        _widget(me, server)

    sections.add(Section.WIDGET, build)


def _widget(me: Actor, server: str) -> None:
    with box("l24-card"):
        tagged("h2", _("On your website"))
        line = _("Put this line into the pages of your website, before {end}. Whoever made them knows how:")
        tagged("p", line.format(end="</body>"))
        tagged("code", widget_files.snippet(server, preferences.current().widget_key))
        options = Options(me)
        options.text(
            "widget_sites",
            _("Websites that may show it"),
            kind="textarea",
            hint=_("One address in each line, such as https://www.example.com. No other website can show it."),
        )
        with options.buttons(), box("l24-button", "a") as demo:
            demo.props["href"], demo.props["target"] = "/demo", "_blank"
            tagged("span", _("Try it on a page of ours"))
        demo.move(target_index=0)
