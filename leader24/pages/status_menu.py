"""The menu of the ten statuses: one click sets one, another one also opens the next conversation of the list."""

from collections.abc import Awaitable, Callable
from functools import partial

from nicegui import ui

from leader24.i18n import _
from leader24.models import Status
from leader24.pages import words
from leader24.pages.forms import MenuButton, box, icon, icon_button, tagged
from leader24.pages.rows import STATUS_TONES

OnChoose = Callable[[Status, bool], Awaitable[None]]  # and whether the next conversation is wanted


class StatusMenu(MenuButton):
    def __init__(self, on_choose: OnChoose) -> None:
        super().__init__(_("Change the status"), self._build_choices, "l24-button l24-status-button")
        self._on_choose = on_choose
        self._status: Status | None = None
        self.props["title"] = _("Change the status")
        with self:
            self._symbol = icon("")
            self._label = tagged("span")
            icon("expand_more")

    def show(self, status: Status) -> None:
        self._status = status
        self._symbol.set_text(words.STATUS_ICONS[status])
        self._label.set_text(words.status(status))

    def _build_choices(self, _menu: MenuButton) -> None:
        tagged("p", _("Your choice stands until someone changes it; the AI will not."))
        with box("l24-choices"):
            for status in Status:
                self._choice(status)
        with box("l24-menu-hint", "p"):
            icon("skip_next")
            tagged("span", _("Save and next (Shift+Enter): sets the status and opens the next conversation."))

    def _choice(self, status: Status) -> None:
        is_current = status is self._status
        with box("l24-choice-row"):
            with ui.element("button") as choice:
                choice.props.update({"type": "button", "aria-pressed": "true" if is_current else "false"})
                with box(f"icon {STATUS_TONES[status]}", "span"):
                    icon(words.STATUS_ICONS[status])
                with box("", "span"):
                    name = tagged("span", words.status(status))
                    tagged("small", words.status_meaning(status))
                if is_current:
                    icon("check").classes("tick")
            choice.on(
                "click",
                lambda event: self._choose(status, is_next=bool(event.args)),
                js_handler="(event) => event.detail < 2 && emit(event.shiftKey)",
            )
            choose = partial(self._choose, status, is_next=True)
            following = icon_button("skip_next", _("Save and next"), choose, classes="l24-aside")
            following.props["aria-describedby"] = name.html_id
        if is_current:
            choice.props["data-autofocus"] = True

    async def _choose(self, status: Status, *, is_next: bool) -> None:
        self.close()
        await self._on_choose(status, is_next)
