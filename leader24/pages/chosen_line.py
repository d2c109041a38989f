"""The line that is there while not everything is shown: how many fit, and what can be done with the choice."""

from collections.abc import Awaitable, Callable

from nicegui import background_tasks, ui

from leader24.i18n import _, n_
from leader24.pages.forms import Handler, box, button, tagged
from leader24.pages.recount import Recount
from leader24.pages.shown import Shown

Fitting = Callable[[], Awaitable[int | None]]


class ChosenLine:
    def __init__(self, shown: Shown, *, fitting: Fitting, on_clear: Handler, on_save: Handler) -> None:
        self._shown, self._fitting = shown, fitting
        self._again = Recount(self._show_count, "how many fit now")
        with box("l24-chosen") as self._line:
            self._count = tagged("span")
            self._count.props["role"] = "status"
            button(_("Clear"), on_clear, classes="l24-textlink")
            self._save = button(_("Save this view"), on_save, classes="l24-textlink")

    def show(self) -> None:
        self._line.set_visibility(not self._shown.is_everything)
        if not self._shown.is_everything:
            background_tasks.create(self._show_count(), name="how many fit", context=ui.context.client)

    def show_saved(self, is_saved: bool) -> None:
        self._save.set_visibility(not is_saved)

    def recount(self) -> None:
        """Something has changed: how many fit now?"""
        if not self._shown.is_everything:
            self._again.after_change()

    async def _show_count(self) -> None:
        count = await self._fitting()
        if count is not None:
            self._count.set_text(n_("{count} conversation", "{count} conversations", count))
