"""What is done less often to the list."""

from functools import partial

from nicegui import ui

from leader24.i18n import _
from leader24.pages.forms import Handler, MenuButton, icon
from leader24.pages.settings.sections import Section


def build(on_pick: Handler) -> None:
    with MenuButton("", partial(_menu, on_pick=on_pick), "l24-button l24-list-menu") as more:
        icon("more_vert")
    more.call(_("More for the list"))


def _menu(menu: MenuButton, on_pick: Handler) -> None:
    menu.item(_("Select conversations"), on_pick, symbol="check_box")
    menu.item(_("Bin"), lambda: ui.navigate.to(Section.BIN.path), symbol="delete")
