"""Above a conversation: its title, whose it is, its status, and what can be done to it."""

import asyncio
from collections.abc import Awaitable, Callable

from nicegui import ui

from leader24.db import DatabaseUnavailable
from leader24.i18n import _
from leader24.pages import more_menu, rows, words
from leader24.pages.conversation_actions import Actions
from leader24.pages.copying import copies
from leader24.pages.forms import Handler, MenuButton, box, button, icon, icon_button, tagged
from leader24.pages.status_menu import StatusMenu
from leader24.pages.title_field import TitleField
from leader24.services import titles
from leader24.services.detail import Detail
from leader24.services.refusals import Overtaken, Refused


class ConversationBar(ui.element):
    """Built once, so that the focus stays where it is whatever changes; and not before there is one to show."""

    def __init__(self, actions: Actions, *, on_back: Callable[[], Awaitable[None]], on_details: Handler) -> None:
        super().__init__()
        self.classes("l24-bar")
        self._actions, self._on_back, self._on_details = actions, on_back, on_details

    def _build(self) -> None:
        actions = self._actions
        with self:
            icon_button("arrow_back", _("Back to the list"), self._on_back, classes="l24-button l24-back")
            with box("l24-names"):
                self._title = TitleField(self._rename)
                with box("l24-about"):
                    self._about = tagged("span")
                    self._number = _Number()
            with box("l24-doings"):
                self.status = StatusMenu(actions.set_status)
                button(_("Tag"), actions.add_tag, symbol="sell").props["title"] = _("Add a tag")
                button(_("Note"), actions.add_note, symbol="edit_note").props["title"] = _("Add a note")
                with MenuButton(_("More"), lambda menu: more_menu.build(menu, actions), "l24-button") as more:
                    icon("more_horiz")
                more.call(_("More"))
            icon_button("info", _("Review and contact"), self._on_details, classes="l24-button l24-details")

    def show(self, shown: Detail) -> None:
        if not self.default_slot.children:
            self._build()
        contact = shown.contact
        who = rows.who(contact.name, contact.phone)
        self._title.show(shown.id, shown.title, who)
        self._about.set_text(" · ".join([rows.isolated(who), words.source(shown.source)]))
        self._number.show(contact.phone)
        self.status.show(shown.status)

    async def _rename(self, typed: str, title: str) -> None:
        """What cannot be taken stays in the field."""
        shown = self._actions.shown
        if shown is None:
            return
        try:
            change = await asyncio.to_thread(titles.change, self._actions.me.id, shown.id, typed, title)
        except Refused as problem:
            self._title.complain(words.refused(problem.code))
        except Overtaken as problem:
            now = problem.now["title"]
            self._title.complain(_overtaken(now, problem.by), now)
        except DatabaseUnavailable:
            self._title.complain(_("The data cannot be written at the moment. Nothing is lost; try again."))
        else:
            self._title.done()
            if change.before != change.after:
                self._actions.title_changed(shown.id, change)


class _Number(ui.element):
    """A telephone number, to copy it or to open WhatsApp with it."""

    def __init__(self) -> None:
        super().__init__("span")
        self.classes("l24-number-tools")
        with self:
            self._label = tagged("span")
            self._copy = copies(_small("content_copy", _("Copy the number")), "", _("Number copied"))
            with box("l24-small", "a") as self._link:
                icon("chat")
            self._link.props.update({"target": "_blank", "rel": "noopener noreferrer"})
            self._link.props["aria-label"] = self._link.props["title"] = _("Open in WhatsApp")

    def show(self, phone: str | None) -> None:
        self.set_visibility(bool(phone))
        if phone:
            self._label.set_text(rows.number(phone))
            self._copy.props["data-copy"] = phone
            self._link.props["href"] = f"https://wa.me/{phone.removeprefix('+')}"


def _small(symbol: str, name: str) -> ui.element:
    made = button("", symbol=symbol, classes="l24-small")
    made.props["aria-label"] = made.props["title"] = name
    return made


def _overtaken(title: str, by: str) -> str:
    if not by:
        return _("Meanwhile the title became “{title}”. Enter replaces it, Esc keeps it.").format(title=title)
    says = _("{name} has changed the title to “{title}” meanwhile. Enter replaces it, Esc keeps it.")
    return says.format(name=rows.isolated(by), title=title)
