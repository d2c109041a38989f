"""The conversations page: the list, and beside it the conversation that is open."""

import asyncio
from collections.abc import Set

from fastapi import Request
from nicegui import ui

from leader24.i18n import _
from leader24.models import Role
from leader24.pages import live
from leader24.pages.conversation import ConversationPane
from leader24.pages.first_steps import Checklist
from leader24.pages.forms import box, tagged
from leader24.pages.frame import actor, frame
from leader24.pages.list_pane import ListPane
from leader24.pages.live import News
from leader24.pages.shown import Shown, number_in
from leader24.services import example
from leader24.services.finder import Finder
from leader24.services.members import Actor


def register(finder: Finder) -> None:
    """Add the page; the finder answers its searches."""

    @ui.page("/")
    @ui.page("/conversations/{number}")
    async def inbox(request: Request, number: str = "") -> None:
        me = actor(request)
        with frame(_("Conversations"), me, active="/"):
            await Inbox(me, finder, Shown.of(request, number)).build()


class Inbox:
    """One open page. Lists and histories are told only what changes."""

    def __init__(self, me: Actor, finder: Finder, shown: Shown) -> None:
        self.member_id = me.id
        self._me, self._finder, self._shown = me, finder, shown
        self._client = ui.context.client

    async def build(self) -> None:
        with box("l24-inbox") as self._root:
            tagged("h1", "Leader24", "l24-hidden")  # beside list and conversation: a narrow screen shows one of them
            self._list = ListPane(
                self._me,
                self._finder,
                self._shown,
                self._root,
                on_select=self.open,
                on_navigate=self._navigated,
                on_unload_example=self._unload_example,
            )
            self._pane = ConversationPane(self._me, self._root, on_back=self._back)
            self._build_steps()
        live.join(self)
        self._client.on_delete(lambda: live.leave(self))
        await self._show_steps()
        await self._list.load()
        if self._shown.open:
            await self.open(self._shown.open, is_new=False)

    async def open(self, number: int, *, is_new: bool = True) -> None:
        """Show that conversation beside the list, as a page of its own in the browser's history."""
        self._list.select(number)
        await self._pane.show(number)
        if is_new:
            ui.navigate.history.push(self._shown.address)

    def hear(self, news: News) -> None:
        with self._client:
            self._list.hear(news)
            self._pane.hear(news.conversation_id)

    async def hear_many(self, conversation_ids: Set[int]) -> None:
        await self._list.renew()
        with self._client:
            if self._shown.open and self._shown.open in conversation_ids:
                self._pane.hear(self._shown.open)

    # ---- first steps ----

    def _build_steps(self) -> None:
        """Only for owners: members cannot take them."""
        self._steps: Checklist | None = None
        if self._me.role is Role.OWNER:
            example = {"on_example": self._load_example, "on_no_example": self._unload_example}
            self._steps = Checklist(self._me, self._root, **example)
            with self._list.bar:
                self._steps.build_bar()

    async def _show_steps(self) -> None:
        is_owner = self._me.role is Role.OWNER
        self._list.show_example(is_owner and await asyncio.to_thread(example.is_loaded))
        if self._steps:
            await self._steps.show()

    async def _load_example(self) -> None:
        await asyncio.to_thread(example.load, self._me.id)
        await self._list.show_rows()
        await self._show_steps()

    async def _unload_example(self) -> None:
        gone = await asyncio.to_thread(example.unload, self._me.id)
        await asyncio.to_thread(self._finder.forget, gone)
        if self._shown.open in gone:
            await self._back()
        await self._list.show_rows()
        await self._show_steps()
        with self._root:  # the button is gone that was clicked
            ui.notify(_("The example is gone; your own conversations are untouched."), type="positive")

    # ---- where the browser is ----

    async def _back(self) -> None:
        """From a conversation to the list."""
        self._leave()
        ui.navigate.history.push(self._shown.address)

    async def _navigated(self, path: str) -> None:
        """The browser's back and forward."""
        number = number_in(path.removeprefix("/conversations/"))
        if number:
            await self.open(number, is_new=False)
        else:
            self._leave()

    def _leave(self) -> None:
        self._list.select(None)
        self._pane.hide()
