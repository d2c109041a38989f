"""The conversations page: the list, and beside it the conversation that is open."""

import asyncio
from collections.abc import Awaitable, Callable, Set

from fastapi import Request
from nicegui import ui

from leader24.i18n import _
from leader24.models import Role
from leader24.pages import live, undo
from leader24.pages.conversation import ConversationPane
from leader24.pages.first_steps import Checklist
from leader24.pages.focus_keeper import FocusKeeper
from leader24.pages.forms import box, tagged
from leader24.pages.frame import actor, frame
from leader24.pages.list_pane import ListPane
from leader24.pages.live import News
from leader24.pages.peek import Peek
from leader24.pages.shortcuts import Shortcut, Shortcuts
from leader24.pages.shown import Shown, named_in, number_in
from leader24.services import example
from leader24.services.finder import Finder
from leader24.services.members import Actor

FOCUS_STRIP = "setTimeout(() => document.querySelector('.l24-live button')?.focus(), 60)"


def register(finder: Finder) -> None:
    """Add the page; the finder answers its searches."""

    @ui.page("/")
    @ui.page("/conversations/{number}")
    async def inbox(request: Request, number: str = "") -> None:
        me = actor(request)
        with frame(_("Conversations"), me, active="/"):
            await Inbox(me, finder, Shown.of(request, number)).build()

    @ui.page("/in-progress")
    @ui.page("/in-progress/{number}")
    async def in_progress(request: Request, number: str = "") -> None:
        me = actor(request)
        with frame(_("Conversations"), me, active="/"):
            inbox = Inbox(me, finder, Shown.of(request, ""))
            await inbox.build()
            await inbox.peek(named_in(number), is_new=False)


class Inbox:
    """One open page. Lists and histories are told only what changes."""

    def __init__(self, me: Actor, finder: Finder, shown: Shown) -> None:
        self.member_id = me.id
        self._me, self._finder, self._shown = me, finder, shown
        self._client = ui.context.client
        self._came_from_list = False  # to the open conversation, by one step in the browser's history

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
                on_peek=self.peek,
                on_unload_example=self._unload_example,
            )
            self._pane = ConversationPane(
                self._me, self._root, on_back=self._back, on_open=self.open, on_next=self._next_one
            )
            self._peek = Peek(self._me, self._root, on_go=self.peek, on_open=self.open, on_close=self._close_peek)
            self._build_keys()
            self._build_steps()
        live.join(self)
        self._client.on_delete(lambda: live.leave(self))
        await self._show_steps()
        await self._list.load()
        if self._shown.open is not None:
            await self.open(self._shown.open, is_new=False)

    async def open(self, number: int, *, is_new: bool = True) -> None:
        """Show that conversation beside the list, as a page of its own in the browser's history."""
        self._peek.hide()
        self._came_from_list = is_new and self._shown.open is None
        self._list.select(number)
        if is_new:
            ui.navigate.history.push(self._shown.address)
        await self._pane.show(number)

    async def peek(self, number: int | None = None, *, is_new: bool = True) -> None:
        """Show what is in progress beside the list, or one conversation of it, as a page of its own too."""
        self._list.select(None)
        self._pane.hide()
        await self._peek.show(number)
        if is_new:
            path = f"/in-progress/{number}" if number else "/in-progress"
            ui.navigate.history.push("?".join(filter(None, [path, self._shown.address.partition("?")[2]])))

    def hear(self, news: News) -> None:
        with self._client:
            self._list.hear(news)
            self._pane.hear(news.conversation_id)
            self._peek.hear({news.conversation_id})

    async def hear_many(self, conversation_ids: Set[int]) -> None:
        await self._list.renew()
        with self._client:
            if self._shown.open and self._shown.open in conversation_ids:
                self._pane.hear(self._shown.open)
            self._peek.hear(conversation_ids)

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
        self._list.show_example(await asyncio.to_thread(example.is_loaded))
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

    # ---- keys ----

    def _build_keys(self) -> None:
        of_the_list = [
            Shortcut("/", _("Search")),
            Shortcut("j", _("Next row of the list")),
            Shortcut("k", _("Row before it")),
            Shortcut("Enter", _("Open the row")),
            Shortcut("x", _("Select the row")),
            Shortcut("Shift+x", _("Select all rows up to this one")),
        ]
        Shortcuts([*of_the_list, *self._pane.shortcuts(), Shortcut("z", _("Undo what was just done"))])
        FocusKeeper()

    # ---- where the browser is ----

    async def _back(self) -> None:
        """From a conversation to the list: as the browser's back, where one came from there."""
        if self._came_from_list:
            ui.navigate.back()
            return
        self._leave()
        ui.navigate.history.push(self._shown.address)

    async def _close_peek(self) -> None:
        await self._back()
        ui.run_javascript(FOCUS_STRIP)

    def _next_one(self) -> Callable[[], Awaitable[None]]:
        """How the conversation is opened that follows the open one in the list as it is now."""
        following = self._list.below(self._shown.open)

        async def go_on() -> None:
            number = following or await self._list.first_of_more()
            if number:
                await self.open(number)
            else:
                undo.say(_("That was the last conversation of the list."))
                await self._back()

        return go_on

    async def _navigated(self, path: str) -> None:
        """The browser's back and forward."""
        number = number_in(path.rpartition("/")[2])
        if path.startswith("/in-progress"):
            await self.peek(number, is_new=False)
        elif number and number == self._shown.open:
            self._pane.close_side()
        elif number:
            await self.open(number, is_new=False)
        else:
            self._leave()
            ui.navigate.history.replace(self._shown.address)  # filters may have changed meanwhile

    def _leave(self) -> None:
        self._list.select(None)
        self._pane.hide()
        self._peek.hide()
