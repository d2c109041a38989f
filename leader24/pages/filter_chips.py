"""The row of filters above the list: everything, and a chip for each kind of choice."""

from functools import partial

from leader24 import i18n
from leader24.i18n import _
from leader24.pages import filter_choices as choices
from leader24.pages.filter_menus import ChoiceMenu, Chooser, DateMenu, TagMenu
from leader24.pages.forms import box, button, tagged
from leader24.pages.known_tags import KnownTags
from leader24.services.filters import Filter


class FilterChips:
    def __init__(self, chooser: Chooser, known: KnownTags) -> None:
        self._chooser = chooser
        with box("l24-filters") as row:
            row.props.update({"role": "group", "aria-label": _("Filters")})
            with button("", partial(chooser.choose, Filter()), classes="l24-chip") as self._all:
                self._total = tagged("span")
            self._menus = [
                ChoiceMenu(_("Status"), chooser, choices.statuses, choices.status_label),
                ChoiceMenu(_("Source"), chooser, choices.sources, choices.source_label),
                TagMenu(_("Tag"), chooser, known),
                ChoiceMenu(_("Score"), chooser, choices.bands, choices.band_label),
                DateMenu(_("Date"), chooser, choices.periods, choices.period_label),
                ChoiceMenu(_("More"), chooser, choices.more, choices.more_label),
            ]

    def show(self) -> None:
        """What is chosen."""
        self._all.props["aria-pressed"] = "true" if self._chooser.chosen == Filter() else "false"
        for menu in self._menus:
            menu.show()

    def show_total(self, total: int) -> None:
        self._total.set_text(_("All {count}").format(count=i18n.number(total)))

    def focus(self) -> None:
        """Where one goes on after what one has clicked is gone."""
        self._all.run_method("focus")
