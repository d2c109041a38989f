"""The business: what it is called, what it does, when it is open, and how long a conversation rests."""

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from leader24 import i18n
from leader24.i18n import _
from leader24.pages import times, words
from leader24.pages.forms import Field, box, tagged
from leader24.pages.settings import sections
from leader24.pages.settings.fields import Options
from leader24.pages.settings.sections import Section
from leader24.services import choices, preferences, reviews
from leader24.services.members import Actor
from leader24.services.refusals import Refused


def register() -> None:
    async def build(me: Actor) -> None:
        tagged("p", _("The agent and the reviews go by this."))
        _business(me)
        Hours(me).build()
        _reviews(me)

    sections.add(Section.BUSINESS, build)


def _business(me: Actor) -> None:
    with box("l24-card"):
        tagged("h2", _("Your business"))
        options = Options(me)
        options.text("business_name", _("Name of your business"))
        options.text(
            "description",
            _("What it does"),
            kind="textarea",
            hint=_("In a few sentences: what you sell, to whom, where. An AI model answers by it."),
        )
        options.choice("language", _("Language of reviews"), i18n.LANGUAGES)
        options.choice("time_zone", _("Time zone"), _zones())
        options.buttons()


class Hours(Options):
    """A line for each day of the week."""

    def build(self) -> None:
        with box("l24-card"):
            tagged("h2", _("Opening hours"))
            tagged("p", _("Such as 9:00–13:00, 15:00–19:00. Leave a day empty when you are closed."))
            with box("l24-hours"):
                hours = preferences.current().hours
                self._days = [Field(times.weekday(day), value=line) for day, line in enumerate(hours)]
            self.say_origin("hours")
            self.buttons()

    def typed(self) -> dict[str, Any]:
        return {"hours": tuple(day.value for day in self._days)}

    def complain(self, problem: Refused) -> None:
        """At the first day that cannot be read."""
        for day in self._days:
            try:
                choices.day(day.value)
            except Refused:
                day.complain(words.refused(problem.code))
                return

    def be_content(self) -> None:
        for day in self._days:
            day.complain("")

    def show(self) -> None:
        super().show()
        for day, line in zip(self._days, preferences.current().hours, strict=True):
            day.input.put(line)


def _reviews(me: Actor) -> None:
    with box("l24-card"):
        tagged("h2", _("Reviews"))
        options = Options(me, _keep_delay)
        options.text(
            "review_after",
            _("Minutes until the review"),
            hint=_("From the last message on. After the review the conversation is in the list."),
        )
        options.text(
            "new_conversation_after",
            _("Days until a new conversation"),
            hint=_("Who writes again after so many days of silence begins a new one."),
        )
        options.buttons()


def _keep_delay(member_id: int, **typed: str) -> None:
    preferences.change(member_id, **typed)
    reviews.follow_delay(member_id)


@cache
def _zones() -> dict[str, str]:
    return {name: name.replace("_", " ") for name in sorted(available_timezones()) if "/" in name or name == "UTC"}
