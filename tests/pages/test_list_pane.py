"""The list of an open conversations page, told the news without a browser."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastapi import Request
from nicegui import Client, core, ui

from leader24 import db
from leader24.db import DatabaseUnavailable
from leader24.models import Conversation, Member, Status
from leader24.pages import list_pane, live
from leader24.pages.conversation_list import ConversationList
from leader24.pages.list_counts import ListCounts
from leader24.pages.list_pane import ListPane
from leader24.pages.shown import Shown
from leader24.services import conversations, list_rows, listing, tags
from leader24.services.filters import Filter
from leader24.services.finder import Finder
from leader24.services.list_rows import ConversationRow
from leader24.services.members import Actor
from leader24.services.orders import Sort
from tests import factories


@dataclass
class Page:
    """An inbox's list, as its member sees it."""

    me: Member
    finder: Finder
    shown: Shown
    pane: ListPane
    client: Client

    @property
    def element(self) -> ConversationList:
        (found,) = (each for each in self.client.elements.values() if isinstance(each, ConversationList))
        return found

    @property
    def ids(self) -> list[int]:
        return [row["id"] for row in self.element.rows]

    @property
    def words(self) -> str:
        """All that can be read, whether it is hidden or not."""
        return "\n".join(
            each.text for each in self.client.elements.values() if isinstance(each, ui.label) and each.visible
        )

    def hears(self, conversation_id: int) -> None:
        """That something has changed."""
        with self.client:
            for news in live._read([conversation_id], {self.me.id}):
                self.pane.hear(news)

    async def chooses(self, chosen: Filter, sort: Sort = Sort.NEWEST, typed: str = "") -> None:
        self.shown.filter, self.shown.sort, self.shown.typed = chosen, sort, typed
        with self.client:
            await self.pane.show_rows()

    async def scrolls(self) -> None:
        with self.client:
            await self.pane._more()


@pytest.fixture
async def open_page(ana: Member, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Callable[..., Any]]:
    monkeypatch.setattr(core, "loop", asyncio.get_running_loop())
    live._unread.forget()
    finder = Finder(tmp_path / "index")
    clients: list[Client] = []

    async def opened(**chosen: Any) -> Page:
        client = Client(ui.page(""), request=Request({"type": "http", "headers": [], "path": "/", "query_string": b""}))
        clients.append(client)
        shown = Shown(**chosen)
        with client, ui.element() as root:
            me = Actor(ana.id, ana.name, ana.role, "en", "system", ana.email, "-")
            ways_out = dict.fromkeys(("on_select", "on_navigate", "on_peek", "on_unload_example"), _nothing)
            pane = ListPane(me, finder, shown, root, **ways_out)
            await pane.load()
        return Page(ana, finder, shown, pane, client)

    yield opened
    for client in clients:
        client.delete()
    finder.close()


async def _nothing(*_: object) -> None:
    pass


def writes(conversation_id: int) -> None:
    factories.received("One more question.", sender=factories.sender_of(conversation_id))


async def test_a_new_message_moves_its_conversation_to_the_top(open_page: Any) -> None:
    made = [factories.listed() for _ in range(3)]
    page = await open_page()
    writes(made[0])
    page.hears(made[0])
    assert page.ids == [made[0], made[2], made[1]]
    assert page.element.rows[0]["unread"] and "One more question." in page.element.rows[0]["preview"]


async def test_what_becomes_listed_appears_where_it_belongs(open_page: Any, ana: Member) -> None:
    old, first = factories.received(), factories.listed()
    page = await open_page(sort=Sort.OLDEST)
    factories.reviewed(old.conversation_id)
    page.hears(old.conversation_id)
    assert page.ids == [old.conversation_id, first]


async def test_what_no_longer_fits_goes_and_what_fits_comes(open_page: Any, ana: Member) -> None:
    made = [factories.listed() for _ in range(2)]
    page = await open_page(filter=Filter(frozenset({Status.CONTACTED})))
    assert page.ids == [] and "No conversation fits" in page.words
    conversations.change_status(ana.id, made[0], Status.CONTACTED)
    page.hears(made[0])
    assert page.ids == [made[0]] and "No conversation fits" not in page.words
    conversations.change_status(ana.id, made[0], Status.SPAM)
    page.hears(made[0])
    assert page.ids == []


async def test_a_row_is_put_below_only_if_all_that_lies_above_is_there(
    open_page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PAGE", 2)
    made = [factories.listed() for _ in range(5)]
    page = await open_page()
    assert page.ids == made[:2:-1]
    page.hears(made[0])
    assert page.ids == made[:2:-1]
    for _ in range(3):
        await page.scrolls()
    assert page.ids == made[::-1]
    await page.chooses(Filter(), Sort.OLDEST)
    for _ in range(3):
        await page.scrolls()
    new = factories.listed()
    page.hears(new)
    assert page.ids == [*made, new]


async def test_orders_hold_also_for_news(open_page: Any) -> None:
    made = [factories.listed() for _ in range(3)]
    page = await open_page(sort=Sort.SCORE)
    with db.write() as session:
        session.get_one(Conversation, made[1]).score = 3
    page.hears(made[1])
    assert page.ids == [made[1], made[2], made[0]]
    await page.chooses(Filter(), Sort.WAITING)
    writes(made[0])
    page.hears(made[0])
    writes(made[2])
    page.hears(made[2])
    assert page.ids == [made[0], made[2], made[1]]


async def test_what_one_reads_stays_among_the_unread_until_another_is_opened(open_page: Any, ana: Member) -> None:
    made = [factories.listed() for _ in range(2)]
    page = await open_page(filter=Filter(is_unread=True))
    page.pane.select(made[0])
    conversations.mark_read(ana.id, made[0])
    page.hears(made[0])
    assert page.ids == made[::-1] and not page.element.rows[1]["unread"]
    page.pane.select(made[1])
    assert page.ids == [made[1]]
    page.pane.select(None)
    assert page.ids == [made[1]], "nobody has read it yet"


async def test_a_search_keeps_its_order_and_loses_what_no_longer_fits(open_page: Any, ana: Member) -> None:
    made = [factories.listed("oak") for _ in range(2)]
    page = await open_page(typed="oak", filter=Filter(frozenset({Status.INFO_ONLY})))
    assert page.ids == made[::-1]
    tags.add(ana.id, made[0], "kitchen")
    page.hears(made[0])
    assert page.ids == made[::-1] and page.element.rows[1]["tags"] == ["kitchen"]
    conversations.change_status(ana.id, made[1], Status.SPAM)
    page.hears(made[1])
    assert page.ids == [made[0]]


async def test_news_that_come_while_rows_are_read_are_not_lost(
    open_page: Any, ana: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation_id = factories.listed()
    page = await open_page()
    read = listing.listed
    loop = asyncio.get_running_loop()

    def slow(*arguments: Any, **more: Any) -> list[ConversationRow]:
        rows = read(*arguments, **more)
        conversations.change_status(ana.id, conversation_id, Status.CONTACTED)
        asyncio.run_coroutine_threadsafe(told(), loop).result()
        return rows

    async def told() -> None:
        page.hears(conversation_id)

    monkeypatch.setattr(listing, "listed", slow)
    await page.chooses(Filter())
    assert page.element.rows[0]["status"] == "Contacted"


async def test_the_tab_says_how_many_are_unread(open_page: Any, ana: Member) -> None:
    made = [factories.listed() for _ in range(2)]
    page = await open_page()
    assert page.client.title == "(2) Conversations · Leader24"
    for conversation_id in made:
        conversations.mark_read(ana.id, conversation_id)
        page.hears(conversation_id)
    assert page.client.title == "Conversations · Leader24"


async def test_where_the_database_is_slow_the_page_comes_before_its_rows(
    open_page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation_id = factories.listed()
    read = listing.listed
    monkeypatch.setattr(list_pane, "PATIENCE", 0)

    def slow(*arguments: Any, **more: Any) -> list[ConversationRow]:
        time.sleep(0.05)
        return read(*arguments, **more)

    monkeypatch.setattr(listing, "listed", slow)
    page = await open_page()
    assert page.ids == [] and page.element.props["waits"]
    await finished("first rows")
    assert page.ids == [conversation_id]


async def test_where_the_database_cannot_be_read_the_list_says_so(
    open_page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation_id = factories.listed()
    page = await open_page()
    with monkeypatch.context() as broken:
        broken.setattr(listing, "listed", _raises)
        await page.chooses(Filter(is_unread=True))
    assert page.ids == [] and "cannot be read at the moment" in page.words
    await page.chooses(Filter(is_unread=True))
    assert page.ids == [conversation_id] and "cannot be read at the moment" not in page.words


def _raises(*_: object, **__: object) -> list[ConversationRow]:
    raise DatabaseUnavailable


async def test_what_an_address_says_in_vain_is_told(open_page: Any, ana: Member) -> None:
    conversation_id = factories.listed()
    tag = tags.add(ana.id, conversation_id, "oak").id
    shown = Shown()
    shown.take(f"status=Nope&tag={tag}&tag=99")
    page = await open_page(filter=shown.filter, ignored=shown.ignored)
    assert "“status=Nope”, “tag=99”" in page.words and page.ids == [conversation_id]
    await page.chooses(Filter())
    assert page.shown.filter == Filter()


async def test_what_fits_is_counted_for_the_head(open_page: Any, ana: Member) -> None:
    tagged, _other = factories.listed(), factories.listed()
    tag = tags.add(ana.id, tagged, "oak").id
    page = await open_page(filter=Filter(tags=frozenset({tag})))
    counted = await ListCounts(page.pane._me, page.finder, page.shown).of_choices()
    assert counted and counted.fitting == 1 and counted.tags[tag] == 1
    await finished("how many fit")
    assert "1 conversation" in page.words


async def test_of_very_much_that_changes_at_once_the_list_reads_what_it_shows(open_page: Any, ana: Member) -> None:
    made = [factories.listed() for _ in range(3)]
    page = await open_page(filter=Filter(frozenset({Status.INFO_ONLY})))
    conversations.change_status(ana.id, made[1], Status.SPAM)
    new = factories.listed()
    await page.pane.renew()
    assert page.ids == [new, made[2], made[0]]
    assert list_rows.listed_ids(ana.id, [new])[0].is_unread and page.client.title.startswith("(4)")


async def test_a_list_that_could_not_be_read_is_read_again_when_something_is_told(
    open_page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [factories.listed() for _ in range(2)]
    page = await open_page()
    with monkeypatch.context() as broken:
        broken.setattr(listing, "listed", _raises)
        await page.chooses(Filter())
    page.hears(made[0])
    await finished("rows after all")
    assert page.ids == made[::-1]


async def test_what_one_searches_for_is_found_also_when_it_comes_later(
    open_page: Any, ana: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_pane, "INDEXED_WITHIN", 0)
    first = factories.listed("oak")
    page = await open_page(typed="oak")
    second = factories.listed("oak")
    page.hears(second)
    assert page.ids == [first]
    await finished("search again")
    assert page.ids == [second, first]


async def test_what_looks_the_same_is_not_sent_again(
    open_page: Any, ben: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation_id = factories.listed()
    page = await open_page()
    sent: list[object] = []
    monkeypatch.setattr(ConversationList, "put", lambda _, row, index: sent.append(row))
    conversations.mark_read(ben.id, conversation_id)
    page.hears(conversation_id)
    assert sent == []
    conversations.change_status(ben.id, conversation_id, Status.SPAM)
    page.hears(conversation_id)
    assert len(sent) == 1


async def finished(name: str) -> None:
    """Work in the background that is called so."""
    for task in [task for task in asyncio.all_tasks() if task.get_name() == name]:
        await task
