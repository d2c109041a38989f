"""The conversations page: the list, and beside it the conversation that is open."""

import asyncio
from collections.abc import Callable, Set
from dataclasses import replace

from fastapi import Request
from nicegui import ui

from leader24.i18n import _
from leader24.models import Role
from leader24.pages import live, rows, words
from leader24.pages.conversation import ConversationPane
from leader24.pages.conversation_list import ConversationList
from leader24.pages.first_steps import Checklist
from leader24.pages.forms import box, button, icon, mark, tagged
from leader24.pages.frame import actor, frame
from leader24.pages.list_head import ListHead, when_reviewed
from leader24.pages.live import News
from leader24.pages.shown import Shown, number_in
from leader24.search import Hit
from leader24.services import conversations, example
from leader24.services.conversations import ConversationRow, Overview
from leader24.services.finder import Finder, Found
from leader24.services.members import Actor
from leader24.services.refusals import Refused


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
        self._me, self._finder, self._shown = me, finder, shown
        self._client = ui.context.client
        self._rows: list[ConversationRow] = []
        self._next: Hit | None = None
        self._asked = 0
        self._instead: Callable[[], None] | None = None  # what stands where there are no rows

    async def build(self) -> None:
        with box("l24-inbox") as self._root:
            tagged("h1", "Leader24", "l24-hidden")  # beside list and conversation: a narrow screen shows one of them
            with box("l24-list", "section") as section:
                section.props["aria-label"] = _("Conversation list")
                self._head = ListHead(self._shown, on_change=self._show_rows, on_unload_example=self._unload_example)
                self._bar = box()
                self._list = ConversationList(
                    {"list": _("Conversations")},
                    on_select=self.open,
                    on_more=self._more,
                    on_navigate=self._navigated,
                )
                self._empty = box("l24-empty")
                self._empty.set_visibility(False)
            self._pane = ConversationPane(self._me, self._root, on_back=self._back)
            self._build_steps()
        live.join(self)
        self._client.on_delete(lambda: live.leave(self))
        await self._show_steps()
        await self._show_rows()
        if self._shown.open:
            await self.open(self._shown.open, is_new=False)

    async def open(self, number: int, *, is_new: bool = True) -> None:
        """Show that conversation beside the list, as a page of its own in the browser's history."""
        self._shown.open = number
        self._list.select(number)
        await self._pane.show(number)
        if is_new:
            ui.navigate.history.push(self._shown.address)

    def hear(self, news: News) -> None:
        with self._client:
            overview = Overview(news.total, news.in_progress)
            self._head.show_overview(overview)
            row = news.row and replace(news.row, read_to=news.read_to.get(self._me.id, 0))
            if self._shown.typed:
                self._put_in_place(row)
            else:
                self._put(news.conversation_id, row)
            self._show_empty(overview)
            self._pane.hear(news.conversation_id)

    async def hear_many(self, conversation_ids: Set[int]) -> None:
        """What the page shows is read anew, in its place."""
        shown = [row.id for row in self._rows if row.id in conversation_ids]
        fresh = await asyncio.to_thread(conversations.listed_ids, self._me.id, shown)
        with self._client:
            for row in fresh:
                if self._shown.typed:
                    self._put_in_place(row)
                elif row not in self._rows:
                    self._put(row.id, row)
            if self._shown.open and self._shown.open in conversation_ids:
                self._pane.hear(self._shown.open)

    # ---- rows ----

    async def _show_rows(self) -> None:
        """The first page anew; if the member has chosen something else meanwhile, that is shown instead."""
        self._asked += 1
        asked = self._asked
        self._head.show_choice()
        overview = await asyncio.to_thread(conversations.overview, self._me.id)
        self._head.show_overview(overview)
        try:
            found = await self._page(None)
        except Refused as problem:
            self._head.say(words.refused(problem.code), is_error=True)
            return
        if asked != self._asked:
            return
        self._rows, self._next = found.rows, found.next
        self._list.rows = _plain(found)
        self._head.show_found(found)
        self._show_empty(overview)

    async def _more(self) -> None:
        asked, is_search = self._asked, bool(self._shown.typed)
        is_all = not self._rows or (is_search and self._next is None)
        found = Found([], {}) if is_all else await self._page(self._rows[-1])
        if asked == self._asked:
            self._rows += found.rows
            self._next = found.next
            self._list.append(_plain(found))

    async def _page(self, last: ConversationRow | None) -> Found:
        shown, me = self._shown, self._me.id
        if shown.typed:
            before = self._next if last else None
            return await asyncio.to_thread(self._finder.search, me, shown.typed, shown.filter, before)
        key = last.key if last else None
        return Found(await asyncio.to_thread(conversations.listed, me, shown.filter, key), {})

    def _put(self, number: int, row: ConversationRow | None) -> None:
        """Where it belongs by its time; out when it no longer fits, or belongs below what is loaded."""
        was_shown = any(each.id == number for each in self._rows)
        others = [each for each in self._rows if each.id != number]
        at = -1
        if row and self._shown.filter.fits(row):
            at = next((i for i, each in enumerate(others) if each.key < row.key), len(others))
            if not was_shown and at == len(others) >= conversations.PAGE:
                return
            others.insert(at, row)
        elif not was_shown:
            return
        self._rows = others
        self._list.put(rows.conversation(row) if row else {"id": number}, at)

    def _put_in_place(self, row: ConversationRow | None) -> None:
        """A search keeps its order; what it shows is kept true."""
        at = next((i for i, each in enumerate(self._rows) if row and each.id == row.id), -1)
        if row and at >= 0 and self._rows[at] != row:
            self._rows[at] = row
            passage = self._list.rows[at]["preview"]
            self._list.put(rows.conversation(row) | {"preview": passage}, at)

    # ---- nothing to show ----

    def _show_empty(self, overview: Overview) -> None:
        instead = None if self._rows else self._nothing_fits if overview.total else self._nothing_yet
        if instead == self._instead:
            return
        self._instead = instead
        mark(self._root, "bare", instead == self._nothing_yet)
        self._empty.set_visibility(instead is not None)
        self._empty.clear()
        if instead:
            with self._empty:
                instead()

    def _nothing_fits(self) -> None:
        icon("search_off")
        tagged("h2", _("No conversation fits"))
        tagged("p", _("Try fewer words or another filter."))
        button(_("Show all"), self._head.clear)

    def _nothing_yet(self) -> None:
        icon("forum")
        tagged("h2", _("No conversations yet"))
        where = _("Conversations that the AI has reviewed appear here.")
        tagged("p", f"{where} {when_reviewed()}")

    # ---- first steps ----

    def _build_steps(self) -> None:
        """Only for owners: members cannot take them."""
        self._steps: Checklist | None = None
        if self._me.role is Role.OWNER:
            example = {"on_example": self._load_example, "on_no_example": self._unload_example}
            self._steps = Checklist(self._me, self._root, **example)
            with self._bar:
                self._steps.build_bar()

    async def _show_steps(self) -> None:
        is_owner = self._me.role is Role.OWNER
        self._head.show_example(is_owner and await asyncio.to_thread(example.is_loaded))
        if self._steps:
            await self._steps.show()

    async def _load_example(self) -> None:
        await asyncio.to_thread(example.load, self._me.id)
        await self._show_rows()
        await self._show_steps()

    async def _unload_example(self) -> None:
        gone = await asyncio.to_thread(example.unload, self._me.id)
        await asyncio.to_thread(self._finder.forget, gone)
        if self._shown.open in gone:
            await self._back()
        await self._show_rows()
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
        self._shown.open = None
        self._list.select(None)
        self._pane.hide()


def _plain(found: Found) -> list[rows.Row]:
    return [rows.conversation(row, found.passages.get(row.id)) for row in found.rows]
