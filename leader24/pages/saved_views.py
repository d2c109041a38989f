"""A member's saved views: one click shows again what he chose once."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

from nicegui import ui

from leader24.i18n import _
from leader24.pages import words
from leader24.pages.forms import Field, Handler, MenuButton, ask, box, button, dialog, icon, tagged
from leader24.pages.shown import Shown
from leader24.services import views
from leader24.services.members import Actor
from leader24.services.refusals import Refused
from leader24.services.views import View

OnTake = Callable[[str], Awaitable[None]]


class SavedViews:
    """A row of chips, there as soon as there is one. `on_take` hears which one is wanted, `on_change` that there are
    others than before."""

    def __init__(self, me: Actor, shown: Shown, *, on_take: OnTake, on_change: Callable[[], None]) -> None:
        self._me, self._shown, self._on_take, self._on_change = me, shown, on_take, on_change
        self._views: list[View] = []
        self._buttons: dict[int, ui.element] = {}
        self._row = box("l24-filters l24-views")
        self._row.props.update({"role": "group", "aria-label": _("Saved views")})

    @property
    def is_saved(self) -> bool:
        """Whether what is shown is one of them."""
        return self._current() is not None

    async def load(self) -> None:
        self._views = await asyncio.to_thread(views.of, self._me.id)
        self._row.clear()
        self._row.set_visibility(bool(self._views))
        with self._row:
            self._buttons = {view.id: self._chip(view) for view in self._views}
            self._more = MenuButton("", self._menu, "l24-chip l24-icon-chip")
            self._more.call(_("Rename or delete this view"))
            with self._more:
                icon("more_horiz")
        self._on_change()

    def show(self) -> None:
        """Which of them is shown."""
        current = self._current()
        self._more.set_visibility(current is not None)
        for number, chip in self._buttons.items():
            chip.props["aria-pressed"] = "true" if current and current.id == number else "false"

    def ask_for_name(self) -> None:
        """To save what is shown now."""
        names = {view.name.casefold() for view in self._views}

        async def save() -> None:
            is_new = field.value.strip().casefold() not in names
            try:
                await asyncio.to_thread(views.save, self._me.id, field.value, self._shown.query)
            except Refused as problem:
                field.complain(words.refused(problem.code))
                return
            shown.close()
            await self.load()
            ui.notify(_("View saved") if is_new else _("View changed"), type="positive")

        shown, panel = dialog(_("Save this view"))
        with panel:
            hint = _("Only you see it. A name that you have used before is given to this view instead.")
            field = Field(_("Name of the view"), hint=hint)
            _buttons(field, _("Save view"), save, shown.close)

    def _chip(self, view: View) -> ui.element:
        return button(view.name, partial(self._on_take, view.query), symbol="bookmark", classes="l24-chip")

    def _current(self) -> View | None:
        return next((view for view in self._views if view.query == self._shown.query), None)

    def _menu(self, menu: MenuButton) -> None:
        if view := self._current():
            tagged("p", view.name)
            menu.item(_("Rename"), partial(self._ask_for_other_name, view), symbol="edit")
            menu.item(_("Delete"), partial(self._ask_to_remove, view), symbol="delete")

    def _ask_for_other_name(self, view: View) -> None:
        async def rename() -> None:
            try:
                await asyncio.to_thread(views.rename, self._me.id, view.id, field.value)
            except Refused as problem:
                field.complain(words.refused(problem.code))
                return
            shown.close()
            await self.load()

        shown, panel = dialog(_("Rename the view"))
        with panel:
            field = Field(_("Name of the view"), value=view.name)
            _buttons(field, _("Rename"), rename, shown.close)

    def _ask_to_remove(self, view: View) -> None:
        async def remove() -> None:
            await asyncio.to_thread(views.remove, self._me.id, view.id)
            await self.load()

        text = _("“{name}” goes from your saved views. The conversations stay.").format(name=view.name)
        ask(_("Delete the view?"), text, _("Delete"), remove, is_danger=True)


def _buttons(field: Field, verb: str, act: Callable[[], Awaitable[None]], cancel: Handler) -> None:
    field.input.on("keydown.enter", lambda: act(), args=[])
    with box("l24-buttons"):
        button(_("Cancel"), cancel)
        button(verb, act, classes="l24-button primary")
    field.input.run_method("focus")
