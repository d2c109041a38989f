"""When the next review of a conversation comes, how the last one failed, and a button for those who cannot wait."""

import asyncio

from nicegui import ui

from leader24 import clock
from leader24.i18n import _
from leader24.pages import words
from leader24.pages.countdown import Countdown
from leader24.pages.forms import button, tagged
from leader24.services import review_requests
from leader24.services.detail import Detail
from leader24.services.members import Actor
from leader24.services.refusals import Refused


class ReviewNow(ui.element):
    def __init__(self, me: Actor) -> None:
        super().__init__()
        self.classes("l24-review-now")
        self._me = me
        self._number = 0
        with self:
            with ui.element("p") as self._when:
                self._when.props["role"] = "status"
                self._running = tagged("span", _("Being reviewed now…"))
                self._failed = tagged("span", "", "l24-problem")
            self._left = Countdown(
                hours=_("Review in {hours} h {minutes} min"),
                minutes=_("Review in {minutes}:{seconds}"),
                over=_("Being reviewed now…"),
                on_over=lambda: self._allow(False),
            )
            self._button = button(_("Review now"), self._ask, symbol="refresh")

    def show(self, shown: Detail) -> None:
        self._number = shown.id
        at = shown.progress.review_at
        is_running = shown.progress.is_being_reviewed or (at is not None and at <= clock.now())
        problem = words.review_problem(shown.problem) if shown.problem and not is_running else ""
        self._running.set_visibility(is_running)
        self._failed.set_text(_("The review failed. {problem}").format(problem=problem) if problem else "")
        self._left.set_visibility(at is not None and not is_running)
        if at:
            self._left.until(at)
        self._allow(not is_running)

    async def _ask(self) -> None:
        try:
            await asyncio.to_thread(review_requests.ask, self._me.id, self._number)
        except Refused as problem:
            ui.notify(words.refused(problem.code))

    def _allow(self, is_allowed: bool) -> None:
        if is_allowed:
            self._button.props.pop("disabled", None)
        else:
            self._button.props["disabled"] = True
