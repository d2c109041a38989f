"""Who answers the customer, said and changed beside the composer."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

from nicegui import ui

from leader24.i18n import _
from leader24.pages.forms import ask, box, button, icon, mark, tagged
from leader24.pages.rows import isolated
from leader24.services import takeovers
from leader24.services.members import Actor
from leader24.services.takeovers import Answerer, TakenOver

TakeFrom = Callable[[int], Awaitable[None]]


class Answering(ui.element):
    """Takes over and gives back; each tab hears of it by the news."""

    def __init__(self, me: Actor) -> None:
        super().__init__("p")
        self.classes("l24-answering")
        self._me = me
        self._number = 0
        self._by: Answerer | None = None
        with self:
            self._icon = icon("")
            self._said = tagged("span")
            with box("", "span"):
                self._take = button(_("Take over"), self._take_over, classes="l24-chip")
                self._give = button(_("Give back to the agent"), self._give_back, classes="l24-chip")

    def show(self, number: int, by: Answerer | None) -> None:
        self._number, self._by = number, by
        is_mine = by is not None and by.id == self._me.id
        self._icon.set_text("front_hand" if by else "smart_toy")
        self._said.set_text(_words(by, self._me))
        self._take.set_visibility(not is_mine)
        self._give.set_visibility(is_mine)
        mark(self, "taken", by is not None)

    async def _take_over(self) -> None:
        await self._take_from(self._number, None)

    async def _take_from(self, number: int, other_id: int | None) -> None:
        try:
            await asyncio.to_thread(takeovers.take_over, self._me.id, number, instead_of=other_id)
        except TakenOver as taken:
            ask_to_take(taken.by, _("Take over"), partial(self._take_from, number))

    async def _give_back(self) -> None:
        try:
            await asyncio.to_thread(takeovers.give_back, self._me.id, self._number)
        except TakenOver as taken:
            ui.notify(_words(taken.by, self._me))


def ask_to_take(by: Answerer, verb: str, on_yes: TakeFrom) -> None:
    """Whether to take the conversation from the member who answers; `on_yes` is told from whom."""
    name = isolated(by.name)
    text = _("{name} has taken over this conversation. If you go on, you answer instead, and {name} sees it.")
    ask(_("{name} is answering").format(name=name), text.format(name=name), verb, partial(on_yes, by.id))


def _words(by: Answerer | None, me: Actor) -> str:
    if by is None:
        return _("The AI agent is answering")
    return _("You are answering") if by.id == me.id else _("{name} is answering").format(name=isolated(by.name))
