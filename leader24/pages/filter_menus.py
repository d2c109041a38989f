"""The menus of the filters. They stay open while one chooses, and say how many each choice would show."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial

from nicegui import background_tasks, ui

from leader24 import i18n
from leader24.i18n import _
from leader24.pages import filter_choices
from leader24.pages.filter_choices import Choice
from leader24.pages.forms import Field, MenuButton, box, button, icon, mark, tagged
from leader24.pages.known_tags import KnownTags
from leader24.pages.shown import Shown, day_in, period_of
from leader24.pages.text_input import TextInput
from leader24.services.counts import Counts
from leader24.services.filters import Filter

MANY_TAGS = 10  # from so many on they can be searched

OnChoose = Callable[[Filter], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Chooser:
    """What is chosen, how to choose something else, and how to count; counts are None if they are old by then."""

    shown: Shown
    choose: OnChoose
    count: Callable[[], Awaitable[Counts | None]]

    @property
    def chosen(self) -> Filter:
        return self.shown.filter


class ChoiceMenu(MenuButton):
    """A chip that says what is chosen of its kind."""

    def __init__(
        self,
        name: str,
        chooser: Chooser,
        options: Callable[[Filter], list[Choice]],
        label: Callable[[Filter], str],
    ) -> None:
        super().__init__(name, self._fill, "l24-chip")
        self._kind, self._chooser, self._options, self._label = name, chooser, options, label
        self._items: list[ChoiceItem] = []
        with self:
            self._says = tagged("span")
            icon("expand_more")

    def show(self) -> None:
        """What is chosen, on the chip and in the menu if it is open."""
        label = self._label(self._chooser.chosen)
        self._says.set_text(label)
        mark(self, "chosen", label != self._kind)
        if self.is_open:
            for item, choice in zip(self._items, self._options(self._chooser.chosen), strict=False):
                item.show(choice)

    def _fill(self, _menu: MenuButton) -> None:
        self._items = [ChoiceItem(choice, self._choose) for choice in self._options(self._chooser.chosen)]
        background_tasks.create(self._count(), name="counts of a menu", context=self)

    async def _choose(self, chosen: Filter) -> None:
        await self._chooser.choose(chosen)
        await self._count()

    async def _count(self) -> None:
        """As soon as it is counted; nobody waits for it."""
        counts = await self._chooser.count()
        if counts and self.is_open:
            for item in self._items:
                item.show_count(counts)


class TagMenu(ChoiceMenu):
    """Any of the tags, or all of them."""

    def __init__(self, name: str, chooser: Chooser, known: KnownTags) -> None:
        self._known = known
        super().__init__(
            name,
            chooser,
            lambda chosen: filter_choices.tags(chosen, known.rows),
            lambda chosen: filter_choices.tag_label(chosen, known.names),
        )

    def show(self) -> None:
        super().show()
        if self.is_open:
            self._show_mode()

    def _fill(self, menu: MenuButton) -> None:
        self._build_modes()
        self._body = box()
        with self._body:
            self._fill_body(menu)
        background_tasks.create(self._renew(menu), name="tags of a menu", context=self)

    def _build_modes(self) -> None:
        with box("l24-modes") as modes:
            modes.props["role"] = "group"
            names = {False: _("Any of them"), True: _("All of them")}
            self._modes = {
                is_all: button(name, partial(self._set_mode, is_all), classes="l24-chip")
                for is_all, name in names.items()
            }
        self._show_mode()

    def _show_mode(self) -> None:
        for is_all, mode in self._modes.items():
            mode.props["aria-pressed"] = "true" if is_all is self._chooser.chosen.has_all_tags else "false"

    async def _set_mode(self, is_all: bool) -> None:
        await self._choose(replace(self._chooser.chosen, has_all_tags=is_all))

    async def _renew(self, menu: MenuButton) -> None:
        """Others may have made tags since the page was opened."""
        if await self._known.renew() and self.is_open:
            self._body.clear()
            with self._body:
                self._fill_body(menu)

    def _fill_body(self, menu: MenuButton) -> None:
        if len(self._known.rows) >= MANY_TAGS:
            field = TextInput(kind="search", on_change=self._find)
            field.props["placeholder"] = field.props["aria-label"] = _("Find a tag…")
            field.props["autocomplete"] = "off"
        super()._fill(menu)
        if not self._items:
            tagged("p", _("There are no tags yet. Open a conversation to add one."))

    def _find(self, typed: str) -> None:
        for item in self._items:
            item.set_visibility(typed.strip().casefold() in item.name.casefold())


class DateMenu(ChoiceMenu):
    """Some periods up to today, or from one day to another."""

    def show(self) -> None:
        super().show()
        if self.is_open:
            period = self._chooser.chosen.period
            for field, day in ((self._first, period.first), (self._last, period.last)):
                if field.value != (text := day.isoformat() if day else ""):
                    field.input.put(text)

    def _fill(self, menu: MenuButton) -> None:
        super()._fill(menu)
        period = self._chooser.chosen.period
        with box("l24-days"):
            self._first, self._last = (
                Field(label, kind="date", value=day.isoformat() if day else "", on_change=self._typed)
                for label, day in ((_("From"), period.first), (_("To"), period.last))
            )
        self._wrong = tagged("p", "", "l24-error")
        self._wrong.props["role"] = "alert"

    async def _typed(self, _text: str) -> None:
        """Both days together; what makes no sense stays as it was typed."""
        try:
            first, last = (day_in(field.value) if field.value else None for field in (self._first, self._last))
        except ValueError:  # a year that is not yet written to its end
            return
        try:
            period = period_of(first, last)
        except ValueError:
            self._wrong.set_text(_("The first day comes after the last one."))
            return
        self._wrong.set_text("")
        await self._choose(replace(self._chooser.chosen, period=period))


class ChoiceItem(ui.element):
    """A button in a menu: name, how many it would show, and a tick where it is chosen."""

    def __init__(self, choice: Choice, on_choose: OnChoose) -> None:
        super().__init__("button")
        self.classes("l24-choice")
        self.props["type"] = "button"
        self.name = choice.name
        with self:
            icon(choice.symbol)
            with box("", "span"):
                tagged("span", choice.name)
                if choice.meaning:
                    tagged("small", choice.meaning)
            self._count = tagged("span", "", "l24-count")
            self._tick = icon("check").classes("tick")
        self.on("click", lambda: on_choose(self._choice.then), args=[])
        self.show(choice)

    def show(self, choice: Choice) -> None:
        self._choice = choice
        self.props["aria-pressed"] = "true" if choice.is_chosen else "false"
        mark(self._tick, "off", not choice.is_chosen)

    def show_count(self, counts: Counts) -> None:
        count = self._choice.count(counts)
        self._count.set_text(i18n.number(count))
        mark(self, "none", count == 0)
