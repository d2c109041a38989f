"""One act on many conversations, a chunk at a time, and all of it taken back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from leader24 import changes, db
from leader24.models import Activity, Conversation, ConversationTag, Member, SetBy, Status
from leader24.services import bin, bulk, conversations, list_rows, listing, tags
from leader24.services.acts import Act, AddTag, Delete, Mark, RemoveTag, Restore, SetStatus
from leader24.services.bulk import Run
from leader24.services.filters import Filter
from leader24.services.finder import Finder
from leader24.services.rights import Forbidden
from tests import factories
from tests.times import later

pytestmark = pytest.mark.usefixtures("database")

ACTS: dict[str, Callable[[int], Act]] = {
    "set a status": lambda tag: SetStatus(Status.QUOTE_REQUEST),
    "add a tag": lambda tag: AddTag("kitchen"),
    "remove a tag": lambda tag: RemoveTag(tag),
    "mark read": lambda tag: Mark(is_read=True),
    "delete": lambda tag: Delete(),
}


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a transaction, so that there are several."""
    monkeypatch.setattr(bulk, "CHUNK", 3)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    heard: list[int] = []
    monkeypatch.setattr(changes, "publish", heard.append)
    return heard


def made(count: int) -> list[int]:
    return [factories.listed("oak") for _ in range(count)]


def state(member: Member, ids: list[int]) -> list[object]:
    """What members see of them."""
    return [
        (row.id, row.status, factories.conversation(row.id).status_set_by, row.tags, row.is_unread)
        for row in list_rows.listed_ids(member.id, ids)
    ]


def kinds(conversation_id: int) -> list[str]:
    query = select(Activity.kind).where(Activity.conversation_id == conversation_id).order_by(Activity.id)
    with db.read() as session:
        return list(session.scalars(query))


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("act", ACTS)
async def test_an_act_on_many_is_done_and_taken_back(act: str, ana: Member) -> None:
    ids = made(8)
    tag = tags.add(ana.id, ids[0], "wood").id
    for conversation_id in ids[:5]:
        tags.add(ana.id, conversation_id, "wood")
    before = state(ana, ids)
    run = Run(ana.id, ACTS[act](tag), ids)
    await run.do()
    after = state(ana, ids)
    assert len(run.changes) == (5 if act == "remove a tag" else 8) and run.left == 0
    assert all(row not in before for row in after[:5])
    await run.take_back()
    assert state(ana, ids) == before and run.left == 0


async def test_it_does_to_each_what_a_member_does_to_one(ana: Member, told: list[int]) -> None:
    ids = made(3)
    told.clear()
    await Run(ana.id, SetStatus(Status.SPAM), ids).do()
    assert {factories.conversation(each).status_set_by for each in ids} == {SetBy.MEMBER}
    assert [kinds(each)[-1] for each in ids] == ["status_changed"] * 3 and sorted(told) == ids


async def test_what_is_so_already_is_left_alone(ana: Member, told: list[int]) -> None:
    ids = made(3)
    conversations.change_status(ana.id, ids[0], Status.SPAM)
    told.clear()
    run = Run(ana.id, SetStatus(Status.SPAM), ids)
    await run.do()
    assert list(run.changes) == ids[1:] and sorted(told) == ids[1:]
    await run.take_back()
    assert factories.conversation(ids[0]).status is Status.SPAM


@pytest.mark.usefixtures("few")
async def test_it_says_how_far_it_is(ana: Member) -> None:
    ids, told = made(8), list[int]()
    run = Run(ana.id, Delete(), ids)
    await run.do(told.append)
    assert told == [3, 6, 8]
    told.clear()
    await run.take_back(told.append)
    assert told == [3, 6, 8]


async def test_what_is_gone_meanwhile_stops_nothing(ana: Member, ben: Member) -> None:
    ids = made(3)
    bin.delete(ben.id, ids[1])
    run = Run(ana.id, AddTag("kitchen"), [*ids, 999])
    await run.do()
    assert list(run.changes) == [ids[0], ids[2]] and run.left == 2


async def test_what_somebody_changed_meanwhile_is_not_taken_back(ana: Member, ben: Member) -> None:
    ids = made(3)
    run = Run(ana.id, SetStatus(Status.SPAM), ids)
    await run.do()
    conversations.change_status(ben.id, ids[1], Status.OPPORTUNITY)
    await run.take_back()
    assert [factories.conversation(each).status for each in ids] == [
        Status.INFO_ONLY,
        Status.OPPORTUNITY,
        Status.INFO_ONLY,
    ]
    assert run.left == 1


async def test_a_tag_that_is_gone_meanwhile_is_not_made_again(ana: Member, ben: Member) -> None:
    ids = made(2)
    tag = tags.add(ana.id, ids[0], "wood").id
    run = Run(ana.id, RemoveTag(tag), ids)
    await run.do()
    tags.delete(ben.id, tag)
    await run.take_back()
    assert run.left == 1 and tags.known(ana.id) == []


async def test_a_tag_that_somebody_removed_meanwhile_is_left(ana: Member, ben: Member) -> None:
    ids = made(2)
    run = Run(ana.id, AddTag("wood"), ids)
    await run.do()
    with db.read() as session:
        assert sorted(session.scalars(select(ConversationTag.conversation_id))) == ids
    tags.remove(ben.id, ids[0], tags.known(ana.id)[0].id)
    await run.take_back()
    assert run.left == 1 and tags.all_tags(ana.id)[0].count == 0


async def test_what_one_read_on_meanwhile_stays_read(ana: Member) -> None:
    (conversation_id,) = made(1)
    conversations.mark_read(ana.id, conversation_id)
    run = Run(ana.id, Mark(is_read=False), [conversation_id])
    await run.do()
    assert factories.read_to(conversation_id) == {ana.id: 0}
    conversations.mark_read(ana.id, conversation_id)
    await run.take_back()
    assert run.left == 1 and factories.read_to(conversation_id) == {ana.id: 2}


async def test_what_was_deleted_together_is_restored_together(ana: Member) -> None:
    ids = made(3)
    await Run(ana.id, Delete(), ids).do()
    (deletion,) = bin.deletions(ana.id)
    assert deletion.count == 3 and bin.ids_of(ana.id, deletion.deleted_at) == ids
    run = Run(ana.id, Restore(), bin.ids_of(ana.id, deletion.deleted_at))
    with later(minutes=1):
        await run.do()
        assert bin.deletions(ana.id) == [] and len(listing.listed(ana.id, Filter())) == 3
        await run.take_back()
        assert bin.deletions(ana.id) == [deletion]


async def test_a_member_who_loses_his_right_stops_halfway(ana: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "CHUNK", 3)
    ids = made(8)
    run = Run(ana.id, SetStatus(Status.SPAM), ids)

    def disabled(_: int) -> None:
        with db.write() as session:
            session.get_one(Member, ana.id).disabled_at = factories.conversation(ids[0]).created_at

    with pytest.raises(Forbidden):
        await run.do(disabled)
    assert list(run.changes) == ids[:3]
    assert [factories.conversation(each).status is Status.SPAM for each in ids] == [True] * 3 + [False] * 5


def test_all_that_fits_is_what_the_list_would_show(ana: Member, tmp_path: Path) -> None:
    ids = made(60)
    conversations.change_status(ana.id, ids[7], Status.SPAM)
    spam = Filter(frozenset({Status.SPAM}))
    assert listing.matching(ana.id, Filter()) == ids[::-1]
    assert listing.matching(ana.id, spam) == [ids[7]]
    finder = Finder(tmp_path / "none")
    assert listing.matching(ana.id, Filter(), finder.all("oak")) == ids[::-1]
    assert listing.matching(ana.id, spam, finder.all("oak")) == [ids[7]]
    assert listing.matching(ana.id, Filter(), finder.all("zebra")) == []


async def test_a_killed_run_has_done_whole_chunks(ana: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "CHUNK", 3)
    ids = made(7)
    real, asked = tags.put_on, []

    def fails_at_the_fifth(*what: object) -> bool:
        asked.append(what)
        if len(asked) == 5:
            raise KeyboardInterrupt
        return real(*what)  # type: ignore[arg-type]

    monkeypatch.setattr(tags, "put_on", fails_at_the_fifth)
    with pytest.raises(KeyboardInterrupt):
        bulk.do(ana.id, AddTag("wood"), ids[:3])
        bulk.do(ana.id, AddTag("wood"), ids[3:6])
    with db.read() as session:
        assert sorted(session.scalars(select(ConversationTag.conversation_id))) == ids[:3]
        assert session.scalar(select(Conversation.revision).where(Conversation.id == ids[4])) == 3


async def test_what_somebody_restored_and_deleted_again_stays_in_the_bin(ana: Member, ben: Member) -> None:
    ids = made(2)
    run = Run(ana.id, Delete(), ids)
    await run.do()
    with later(minutes=1):
        for conversation_id in ids:
            bin.restore(ben.id, conversation_id)
        bin.delete(ben.id, ids[0])
        await run.take_back()
    assert run.left == 1
    assert [row.id for row in listing.listed(ana.id, Filter())] == [ids[1]]
