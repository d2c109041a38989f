"""The conversations page while very much changes at once. What one does there stands in tests/browser."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from nicegui import Client, core, ui

from leader24.models import Member
from leader24.pages.inbox import Inbox
from leader24.pages.shown import Shown
from leader24.services import bin, bulk, listing
from leader24.services.acts import Delete, Restore
from leader24.services.filters import Filter
from leader24.services.finder import Finder
from leader24.services.sign_ins import Actor
from tests import factories


@pytest.fixture
async def inbox(ana: Member, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Inbox]:
    """Ana's, with sixty conversations, of which the first page is loaded."""
    for _ in range(60):
        factories.listed("oak")
    monkeypatch.setattr(core, "loop", asyncio.get_running_loop())
    with Client(ui.page(""), request=None) as client:
        me = Actor(ana.id, ana.name, ana.role, "en", "system", ana.email, "-")
        inbox = Inbox(me, Finder(tmp_path / "index"), Shown())
        await inbox.build()
    yield inbox
    client.delete()


def rows(inbox: Inbox) -> list[int]:
    return [row["id"] for row in inbox._list._list.rows]


async def test_rows_go_and_come(ana: Member, inbox: Inbox) -> None:
    first = rows(inbox)
    assert len(first) == listing.PAGE
    bulk.do(ana.id, Delete(), first[5:])
    await inbox.hear_many(set(first[5:]))
    assert rows(inbox)[:5] == first[:5] and not {*rows(inbox)} & {*first[5:]}
    bulk.do(ana.id, Restore(), first[5:])
    await inbox.hear_many(set(first[5:]))
    assert rows(inbox)[: len(first)] == first


async def test_while_rows_are_read_others_may_be_loaded(inbox: Inbox) -> None:
    first = rows(inbox)
    reading = asyncio.create_task(inbox.hear_many({first[0]}))
    await inbox._list._more()
    await reading
    assert rows(inbox)[: len(first)] == first
    await inbox._list._more()
    assert len(rows(inbox)) == 60


async def test_what_is_gone_is_selected_no_longer_loaded_or_not(ana: Member, inbox: Inbox) -> None:
    await inbox._list._bulk._take(rows(inbox)[:1], True)
    await inbox._list._bulk._pick_all()
    assert inbox._list._bulk._count.text == "60 selected"
    gone = listing.matching(ana.id, Filter())[10:]
    bulk.do(ana.id, Delete(), gone)
    await inbox.hear_many(set(gone))
    assert inbox._list._bulk._count.text == "10 selected"
    bulk.do(ana.id, Delete(), rows(inbox)[:10])
    await inbox.hear_many(set(gone))
    assert not inbox._list._bulk.is_picking


async def test_a_search_loses_what_is_gone(ana: Member, inbox: Inbox) -> None:
    inbox._shown.typed = "oak"
    with inbox._client:
        await inbox._list.show_rows()
    first = rows(inbox)
    bin.delete(ana.id, first[0])
    await inbox.hear_many({first[0]})
    assert rows(inbox)[: len(first) - 1] == first[1:]
