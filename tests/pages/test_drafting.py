"""What members are typing, on its way into the database."""

import asyncio

import pytest

from leader24.models import DraftKind, Member
from leader24.pages import drafting
from leader24.services import drafts
from leader24.services.drafts import Drafts
from tests import factories

NOTE, REPLY = DraftKind.NOTE, DraftKind.REPLY


@pytest.fixture
def number(ana: Member) -> int:
    return factories.listed()


async def test_of_quick_keys_the_last_is_kept(ana: Member, number: int) -> None:
    await asyncio.gather(*(drafting.note(ana.id, number, REPLY, "half a th"[:length]) for length in range(1, 10)))
    assert drafts.of(ana.id, number) == Drafts(reply="half a th")


async def test_who_comes_back_at_once_finds_the_last_key(ana: Member, number: int) -> None:
    typing = asyncio.create_task(drafting.note(ana.id, number, NOTE, "half a th"))
    await asyncio.sleep(0)
    assert await drafting.begun(ana.id, number) == Drafts(note="half a th")
    await typing


async def test_what_is_sent_is_not_kept_again_by_an_earlier_key(ana: Member, number: int) -> None:
    typing = asyncio.create_task(drafting.note(ana.id, number, REPLY, "half a th"))
    await asyncio.sleep(0)
    await drafting.keep(ana.id, number, REPLY, "")
    await typing
    assert drafts.of(ana.id, number) == Drafts()


async def test_one_that_cannot_be_kept_does_not_hold_up_the_others(
    ana: Member, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(drafts, "MOST_TYPED", "none")
        with pytest.raises(TypeError):
            await drafting.keep(ana.id, number, NOTE, "half a th")
    await drafting.keep(ana.id, number, REPLY, "half an ans")
    assert drafts.of(ana.id, number) == Drafts(reply="half an ans")
