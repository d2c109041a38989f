"""The list of the conversations page: its head, its rows, and what stands there when there are none."""

import asyncio
from contextlib import suppress

from nicegui import background_tasks, ui

from leader24.db import DatabaseUnavailable
from leader24.i18n import _
from leader24.pages import rows, words
from leader24.pages.bulk_bar import BulkBar
from leader24.pages.bulk_work import Work
from leader24.pages.conversation_list import ConversationList, OnNavigate, OnSelect
from leader24.pages.forms import Handler, box
from leader24.pages.frame import retitle
from leader24.pages.list_counts import ListCounts
from leader24.pages.list_empty import ListEmpty, Why
from leader24.pages.list_head import ListHead, Then
from leader24.pages.live import News
from leader24.pages.shown import Shown
from leader24.pages.shown_rows import ShownRows
from leader24.pages.unread import MANY
from leader24.services import conversations, listing
from leader24.services.conversations import Overview
from leader24.services.finder import Finder, Found
from leader24.services.list_rows import ConversationRow, Key
from leader24.services.members import Actor
from leader24.services.refusals import Refused

PATIENCE = 0.5  # seconds that the page waits for its first rows
INDEXED_WITHIN = 1.0  # seconds after a change


class ListPane(ui.element):
    """Told only what changes; `bar` is a place for others between head and rows."""

    def __init__(  # noqa: PLR0913 (one for each way out of the list)
        self,
        me: Actor,
        finder: Finder,
        shown: Shown,
        root: ui.element,
        *,
        on_select: OnSelect,
        on_navigate: OnNavigate,
        on_peek: Handler,
        on_unload_example: Then,
    ) -> None:
        super().__init__("section")
        self._me, self._finder, self._shown = me, finder, shown
        self._page = ui.context.client
        self._rows = ShownRows(shown)
        self._late: dict[int, ConversationRow | None] = {}  # told while rows were read
        self._asked = self._unread = self._reading = 0
        self._is_searching_again = self._has_failed = False
        self.classes("l24-list").props["aria-label"] = _("Conversation list")
        with self:
            self._head = ListHead(
                me,
                shown,
                on_change=self.show_rows,
                on_peek=on_peek,
                on_pick=lambda: self._bulk.begin(),
                on_unload_example=on_unload_example,
                counts=ListCounts(me, finder, shown),
            )
            self.bar = box()
            self._bulk = BulkBar(me, self, Work(), on_all=self._all_that_fit)
            self._list = ConversationList(
                on_select=on_select, on_more=self._more, on_navigate=on_navigate, on_new_day=self.renew
            )
            self._bulk.serve(self._list)
            self._empty = ListEmpty(root, on_clear=self._head.clear, on_retry=self._retry)

    async def load(self) -> None:
        """The rows come with the page; where the database is slow, after it."""
        await self._head.load()
        if self._shown.ignored:
            ui.navigate.history.replace(self._shown.address)
        rows = background_tasks.create(self.show_rows(), name="first rows", context=self, handle_exceptions=False)
        await asyncio.wait({rows}, timeout=PATIENCE)
        if rows.done():
            rows.result()

    def select(self, number: int | None) -> None:
        """Mark the open conversation. The one that was open before goes if it no longer fits."""
        before, self._shown.open = self._shown.open, number
        self._list.select(number)
        left = self._rows.find(before) if before != number else None
        if left and not self._rows.fits(left):
            self._put(left.id, left)

    def hear(self, news: News) -> None:
        if self._has_failed:
            background_tasks.create(self.show_rows(), name="rows after all", context=self)
            return
        row = news.row and news.row.as_seen_by(self._me.id)
        if self._reading:
            self._late[news.conversation_id] = row
        self._put(news.conversation_id, row)
        self._show_numbers(news.overview, news.unread.get(self._me.id, self._unread))
        self._show_empty(news.overview)
        self._head.recount()
        self._bulk.recount()
        if self._shown.typed and not self._is_searching_again:
            background_tasks.create(self._search_again(), name="search again", context=self)

    def below(self, number: int | None) -> int | None:
        """The conversation under this one; the first of all where this one has left the list."""
        ids = [row.id for row in self._rows.rows]
        at = ids.index(number) + 1 if number in ids else 0
        return ids[at] if at < len(ids) else None

    async def first_of_more(self) -> int | None:
        """The conversation under all that was loaded."""
        count = len(self._rows.rows)
        await self._more()
        rows = self._rows.rows
        return rows[count].id if len(rows) > count else None

    def show_example(self, is_loaded: bool) -> None:
        self._head.show_example(is_loaded)

    async def show_rows(self) -> None:
        """The first page anew; if the member has chosen something else meanwhile, that is shown instead."""
        self._asked += 1
        asked = self._asked
        self._head.show_choice()
        self._list.wait()
        try:
            overview = await self._read_numbers()
            found = await self._read(None)
            if asked == self._asked:
                self._show_found(found)
                self._show_empty(overview)
        except Refused as problem:
            self._list.give_up()
            self._head.say(words.refused(problem.code), is_error=True)
        except DatabaseUnavailable:
            self._fail()
        finally:
            if asked == self._asked and self._list.is_waiting:
                self._fail()

    async def renew(self) -> None:
        """As many rows as are shown, read anew, under the reader's eyes; of a search, unless he has read on."""
        asked, size = self._asked, max(len(self._rows.rows), listing.PAGE)
        overview = await self._read_numbers()
        has_read_on = bool(self._shown.typed) and size > listing.PAGE
        found = None if has_read_on else await self._read(None, size)
        fitting = await self._all_that_fit() if self._bulk.is_picking else None
        with self._page:
            if fitting is not None and asked == self._asked:
                self._bulk.keep_only(fitting)
            if found and asked == self._asked:
                self._rows.replace(found)
                self._list.renew(_plain(found), has_more=found.next is not None)
                self._put_late()
                self._show_empty(overview)
            self._head.recount()

    def _show_found(self, found: Found) -> None:
        self._has_failed = False
        self._bulk.end()
        self._rows.replace(found)
        self._list.show(_plain(found), has_more=found.next is not None)
        self._put_late()
        self._head.show_found(found)

    def _fail(self) -> None:
        self._has_failed = True
        self._rows.replace(Found([], {}))
        self._list.show([], has_more=False)
        self._empty.show(Why.FAILED)

    async def _search_again(self) -> None:
        """What has changed may be found now, or no longer, once the index knows it."""
        self._is_searching_again = True
        await asyncio.sleep(INDEXED_WITHIN)
        self._is_searching_again = False
        if self._shown.typed:
            with suppress(Refused, DatabaseUnavailable):
                await self.renew()

    async def _more(self) -> None:
        turn = self._rows.turn
        try:
            found = await self._read(self._rows.next) if self._rows.next else Found([], {})
        except DatabaseUnavailable:
            self._list.give_up()
            raise
        if turn == self._rows.turn:
            self._rows.append(found)
            self._list.append(_plain(found), has_more=found.next is not None)
            self._put_late()

    async def _read(self, after: Key | None, size: int | None = None) -> Found:
        self._reading += 1
        try:
            return await asyncio.to_thread(self._read_now, after, size or listing.PAGE)
        finally:
            self._reading -= 1

    def _read_now(self, after: Key | None, size: int) -> Found:
        shown, me = self._shown, self._me.id
        if shown.typed:
            return self._finder.search(me, shown.typed, shown.filter, after, shown.sort)
        page = listing.listed(me, shown.filter, after, shown.sort, size=size)
        return Found(page, {}, next=page[-1].key if len(page) == size else None)

    async def _all_that_fit(self) -> list[int]:
        """Loaded or not. Where what is typed cannot be searched for, the rows from before still stand."""
        shown, me = self._shown, self._me.id
        try:
            found = await asyncio.to_thread(self._finder.all, shown.typed) if shown.typed else None
        except Refused:
            return [row.id for row in self._rows.rows]
        return await asyncio.to_thread(listing.matching, me, shown.filter, found)

    def _put_late(self) -> None:
        """What was told while the rows were read may be newer than they."""
        for number, row in self._late.items():
            self._put(number, row)
        self._late.clear()

    def _put(self, number: int, row: ConversationRow | None) -> None:
        if row is None or not self._rows.fits(row):
            self._bulk.forget(number)
        at = self._rows.put(number, row)
        if at is None:
            return
        plain = rows.conversation(row) if row else {"id": number}
        there = self._list.rows[at] if 0 <= at < len(self._list.rows) else {}
        if self._shown.typed and there:
            plain["preview"] = there["preview"]  # where it was found
        if plain != there:
            self._list.put(plain, at)

    async def _read_numbers(self) -> Overview:
        overview = await asyncio.to_thread(conversations.overview, self._me.id)
        unread = await asyncio.to_thread(listing.unread_ids, self._me.id, MANY)
        with self._page:
            self._show_numbers(overview, len(unread))
        return overview

    def _show_empty(self, overview: Overview) -> None:
        self._empty.show(None if self._rows.rows else Why.NOTHING_FITS if overview.total else Why.NOTHING_YET)

    def _show_numbers(self, overview: Overview, unread: int) -> None:
        self._head.show_overview(overview)
        if unread != self._unread:
            self._unread = unread
            retitle(_("Conversations"), unread)

    async def _retry(self) -> None:
        await self.show_rows()
        self._list.run_method("focus")  # the button is gone that was clicked


def _plain(found: Found) -> list[rows.Row]:
    return [rows.conversation(row, found.passages.get(row.id)) for row in found.rows]
