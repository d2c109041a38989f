"""What stands above the list: search bar, filters, and what there is to know about the list."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial

from nicegui import ui

from leader24.i18n import _, n_
from leader24.models import Source, Status
from leader24.pages import words
from leader24.pages.forms import MenuButton, box, button, icon, icon_button, mark, tagged
from leader24.pages.rows import isolated
from leader24.pages.shown import LONGEST_TYPED, Shown
from leader24.pages.text_input import TextInput
from leader24.services import preferences
from leader24.services.conversations import Filter, InProgress, Overview
from leader24.services.finder import Found

TYPING_PAUSE = 0.15  # seconds after the last key until the search runs

Then = Callable[[], Awaitable[None]]


class ListHead:
    """Changes `shown` as the member wishes and says so by `on_change`."""

    def __init__(self, shown: Shown, *, on_change: Then, on_unload_example: Then) -> None:
        self._shown, self._on_change = shown, on_change
        self._keys = 0
        with box("l24-head"):
            tagged("h2", _("Conversations"))
            tagged("p", _("Manage and monitor all conversations with your customers"))
        self._search_bar()
        with box("l24-filters") as filters:
            filters.props.update({"role": "group", "aria-label": _("Filters")})
            with button("", partial(self._filter, Filter()), classes="l24-chip") as self._all:
                self._total = tagged("span")
            self._status = MenuButton(_("Status"), self._status_menu, "l24-chip")
            self._source = MenuButton(_("Source"), self._source_menu, "l24-chip")
        self._live = tagged("div", "", "l24-live")
        with box("l24-hint") as self._example:
            tagged("span", _("These conversations are invented."))
            button(_("Remove the example"), on_unload_example, classes="l24-chip")
        self._hint = tagged("p", "", "l24-hint")
        self._live.props["role"] = self._hint.props["role"] = "status"

    def show_choice(self) -> None:
        chosen = self._shown.filter
        count = len(chosen.statuses)
        only = words.status(next(iter(chosen.statuses))) if count == 1 else _("Status")
        self._all.props["aria-pressed"] = "true" if chosen == Filter() else "false"
        _label(self._status, _("Status {count}").format(count=count) if count > 1 else only, count > 0)
        _label(self._source, words.source(chosen.source) if chosen.source else _("Source"), bool(chosen.source))
        self._clear.set_visibility(bool(self._shown.typed))
        self._key.set_visibility(not self._shown.typed)

    def show_overview(self, overview: Overview) -> None:
        self._total.set_text(_("All {count}").format(count=overview.total))
        self._live.set_visibility(overview.in_progress.hidden > 0)
        self._live.set_text(_live_words(overview.in_progress))
        mark(self._live, "delayed", bool(overview.in_progress.delayed))

    def show_found(self, found: Found) -> None:
        if found.is_from_database:
            self.say(_("The search index is being built anew. Until then only exact text is found."))
        elif found.forgiven:
            instead = ", ".join(each for _typed, each in found.forgiven)
            self.say(_("Nothing fits exactly. Showing results for “{words}”.").format(words=isolated(instead)))
        else:
            self.say("")

    def show_example(self, is_loaded: bool) -> None:
        self._example.set_visibility(is_loaded)

    def say(self, text: str, *, is_error: bool = False) -> None:
        """One line about the search; what was typed stays."""
        self._hint.set_visibility(bool(text))
        self._hint.set_text(text)
        mark(self._hint, "error", is_error)

    async def clear(self) -> None:
        """Neither filter nor search."""
        self._shown.filter = Filter()
        await self._clear_search()

    def _search_bar(self) -> None:
        with box("l24-search", "search"):
            icon("search")
            self._search = TextInput(self._shown.typed, kind="search", on_change=self._typed, keep="search")
            self._search.props.update({"autocomplete": "off", "spellcheck": "false", "maxlength": LONGEST_TYPED})
            self._search.props["placeholder"] = _("Search name, message or phone…")
            self._search.props["aria-label"] = _("Search conversations")
            self._clear = icon_button("close", _("Clear the search"), self._clear_search, classes="")
            self._key = tagged("kbd", "/")
            self._key.props["aria-hidden"] = "true"

    async def _typed(self, text: str) -> None:
        """Only the last of several quick keys is searched for."""
        self._shown.typed = text.strip()
        self._keys += 1
        key = self._keys
        await asyncio.sleep(TYPING_PAUSE)
        if key == self._keys:
            await self._changed()

    async def _clear_search(self) -> None:
        self._shown.typed = ""
        self._search.put("")
        await self._changed()

    def _status_menu(self, menu: MenuButton) -> None:
        for status in Status:
            chosen = status in self._shown.filter.statuses
            toggle = partial(self._toggle, status)
            menu.item(words.status(status), toggle, symbol=words.STATUS_ICONS[status], is_chosen=chosen)

    def _source_menu(self, menu: MenuButton) -> None:
        for source in Source:
            chosen = source is self._shown.filter.source
            choose = partial(self._choose, source)
            menu.item(words.source(source), choose, symbol=words.SOURCE_ICONS[source], is_chosen=chosen)

    async def _toggle(self, status: Status) -> None:
        await self._filter(replace(self._shown.filter, statuses=self._shown.filter.statuses ^ {status}))

    async def _choose(self, source: Source) -> None:
        same = source is self._shown.filter.source
        await self._filter(replace(self._shown.filter, source=None if same else source))

    async def _filter(self, chosen: Filter) -> None:
        self._shown.filter = chosen
        await self._changed()

    async def _changed(self) -> None:
        ui.navigate.history.replace(self._shown.address)
        await self._on_change()


def _label(chip: MenuButton, text: str, is_chosen: bool) -> None:
    chip.close()
    chip.clear()
    with chip:
        tagged("span", text)
        icon("expand_more")
    mark(chip, "chosen", is_chosen)


def _live_words(now: InProgress) -> str:
    text = n_(
        "{count} conversation in progress, not yet reviewed.",
        "{count} conversations in progress, not yet reviewed.",
        now.hidden,
    )
    if now.delayed and now.problem:
        late = n_("{count} review is delayed.", "{count} reviews are delayed.", now.delayed)
        return f"{text} {late} {words.review_problem(now.problem)}"
    return f"{text} {when_reviewed()}"


def when_reviewed() -> str:
    minutes = round(preferences.current().review_after.total_seconds() / 60)
    if minutes < 1:
        return _("The review comes seconds after the last message.")
    return n_(
        "The review comes about {count} minute after the last message.",
        "The review comes about {count} minutes after the last message.",
        minutes,
    )
