"""What stands above the list: search, order, filters, saved views, and what there is to know about the list."""

from collections.abc import Awaitable, Callable
from functools import partial

from nicegui import ui

from leader24.i18n import _
from leader24.models import Role
from leader24.pages import list_menu, words
from leader24.pages.chosen_line import ChosenLine
from leader24.pages.filter_chips import FilterChips
from leader24.pages.filter_menus import Chooser
from leader24.pages.forms import Handler, MenuButton, box, button, icon, mark, tagged
from leader24.pages.known_tags import KnownTags
from leader24.pages.list_counts import ListCounts
from leader24.pages.live_strip import LiveStrip
from leader24.pages.rows import isolated
from leader24.pages.saved_views import SavedViews
from leader24.pages.search_bar import SearchBar
from leader24.pages.shown import Shown
from leader24.services.conversations import Overview
from leader24.services.filters import Filter
from leader24.services.finder import Found
from leader24.services.members import Actor
from leader24.services.orders import Sort

IGNORED_SHOWN, IGNORED_LENGTH = 3, 40  # of what in an address made no sense

Then = Callable[[], Awaitable[None]]


class ListHead:
    """Changes `shown` as the member wishes and says so by `on_change`."""

    def __init__(  # noqa: PLR0913 (one for each way out of it)
        self,
        me: Actor,
        shown: Shown,
        *,
        on_change: Then,
        on_peek: Handler,
        on_pick: Handler,
        on_unload_example: Then,
        counts: ListCounts,
    ) -> None:
        self._shown, self._on_change = shown, on_change
        self._tags = KnownTags(me)
        self._overview: Overview | None = None
        with box("l24-head"):
            tagged("h2", _("Conversations"))
            with MenuButton(_("Sort"), self._sort_menu, "l24-sort"):
                icon("swap_vert")
                self._order = tagged("span")
            list_menu.build(on_pick)
            tagged("p", _("Manage and monitor all conversations with your customers"))
        self._search = SearchBar(shown, on_change=self._changed)
        self._chips = FilterChips(Chooser(shown, self._filter, counts.of_choices), self._tags)
        self._views = SavedViews(me, shown, on_take=self._take, on_change=self._show_saved)
        self._chosen = ChosenLine(shown, fitting=counts.fitting, on_clear=self.clear, on_save=self._views.ask_for_name)
        self._live = LiveStrip(on_peek)
        with box("l24-hint") as self._example:
            tagged("span", _("These conversations are invented."))
            if me.role is Role.OWNER:
                button(_("Remove the example"), on_unload_example, classes="l24-chip")
        self._hint = tagged("p", "", "l24-hint")
        self._hint.props["role"] = "status"

    async def load(self) -> None:
        """What is read once."""
        await self._tags.renew()
        self._forget_unknown_tags()
        await self._views.load()

    def show_choice(self) -> None:
        self._search.show()
        self._order.set_text(words.sort(self._shown.sort))
        self._chips.show()
        self._chosen.show()
        self._show_saved()

    def show_overview(self, overview: Overview) -> None:
        """Told with each news; most leave it as it is."""
        if overview == self._overview:
            return
        self._overview = overview
        self._chips.show_total(overview.total)
        self._live.show(overview.in_progress)

    def show_found(self, found: Found) -> None:
        if found.is_from_database:
            self.say(_("The search index is being built anew. Until then only exact text is found."))
        elif found.forgiven:
            instead = ", ".join(each for _typed, each in found.forgiven)
            self.say(_("Nothing fits exactly. Showing results for “{words}”.").format(words=isolated(instead)))
        else:
            self.say(_ignored_words(self._shown.ignored) if self._shown.ignored else "")

    def show_example(self, is_loaded: bool) -> None:
        self._example.set_visibility(is_loaded)

    def recount(self) -> None:
        """Something has changed."""
        self._chosen.recount()

    def say(self, text: str, *, is_error: bool = False) -> None:
        """One line about what is shown; what was typed stays."""
        self._hint.set_visibility(bool(text))
        self._hint.set_text(text)
        mark(self._hint, "error", is_error)

    async def clear(self) -> None:
        """Neither filter nor search."""
        self._shown.filter, self._shown.typed = Filter(), ""
        self._search.put()
        self._chips.focus()
        await self._changed()

    def _sort_menu(self, menu: MenuButton) -> None:
        for sort in Sort:
            menu.item(words.sort(sort), partial(self._sort_by, menu, sort), is_chosen=sort is self._shown.sort)

    async def _sort_by(self, menu: MenuButton, sort: Sort) -> None:
        menu.close()
        self._shown.sort = sort
        await self._changed()

    async def _filter(self, chosen: Filter) -> None:
        self._shown.filter = chosen
        await self._changed()

    async def _take(self, query: str) -> None:
        """A saved view; what of it makes no sense any more is said."""
        self._shown.take(query)
        self._forget_unknown_tags()
        self._search.put()
        await self._go()

    async def _changed(self) -> None:
        """By hand, and so without nonsense."""
        self._shown.ignored = ()
        await self._go()

    async def _go(self) -> None:
        ui.navigate.history.replace(self._shown.address)
        await self._on_change()

    def _show_saved(self) -> None:
        self._views.show()
        self._chosen.show_saved(self._views.is_saved)

    def _forget_unknown_tags(self) -> None:
        self._shown.filter, unknown = self._tags.without_unknown(self._shown.filter)
        self._shown.ignored += tuple(f"tag={tag}" for tag in unknown)


def _ignored_words(ignored: tuple[str, ...]) -> str:
    some = ", ".join(f"“{each[:IGNORED_LENGTH]}”" for each in ignored[:IGNORED_SHOWN])
    more = "…" if len(ignored) > IGNORED_SHOWN else ""
    return _("A part of the address was not understood and is left out: {parts}").format(parts=some + more)
