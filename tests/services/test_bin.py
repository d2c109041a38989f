"""What members delete lies in the bin for thirty days, in nobody's way, and can be restored."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from leader24 import changes, clock, db
from leader24.models import (
    Activity,
    Attachment,
    Author,
    Contact,
    Conversation,
    Draft,
    DraftKind,
    Identity,
    Member,
    Message,
    Note,
    Reading,
    Record,
    Review,
    Status,
)
from leader24.rounds import Rounds
from leader24.services import (
    agents,
    bin,
    conversations,
    detail,
    drafts,
    list_rows,
    listing,
    messages,
    notes,
    reviews,
    tags,
)
from leader24.services.conversations import Binned, Gone
from leader24.services.filters import Filter
from leader24.services.finder import Finder
from leader24.services.seams import Answer
from leader24.services.twilio_client import Media
from tests import factories
from tests.fakes.fake_ai import FakeAi
from tests.times import later

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def finder(tmp_path: Path) -> Iterator[Finder]:
    finder = Finder(tmp_path / "index")
    finder.rebuild()
    yield finder
    finder.close()


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    heard: list[int] = []
    monkeypatch.setattr(changes, "publish", heard.append)
    return heard


def listed(member: Member) -> list[int]:
    return [row.id for row in listing.listed(member.id, Filter())]


def found(finder: Finder, member: Member, typed: str) -> list[int]:
    return [row.id for row in finder.search(member.id, typed, Filter()).rows]


def count(table: type[Record]) -> int:
    with db.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def kinds(conversation_id: int | None) -> list[str]:
    query = select(Activity.kind).where(Activity.conversation_id == conversation_id).order_by(Activity.id)
    with db.read() as session:
        return list(session.scalars(query))


def due(conversation_id: int) -> None:
    """Its review and its answer, now."""
    with db.write() as session:
        conversation = session.get_one(Conversation, conversation_id)
        conversation.due_at = conversation.answer_due_at = clock.now()


# Deleted.


def test_what_is_deleted_is_in_no_list_and_no_count(ana: Member, told: list[int]) -> None:
    kept, deleted = factories.listed("oak"), factories.listed("elm")
    for conversation_id in (kept, deleted):
        tags.add(ana.id, conversation_id, "wood")
    told.clear()
    bin.delete(ana.id, deleted)
    assert listed(ana) == [kept] and listing.matching(ana.id, Filter()) == [kept]
    assert listed(ana) == [row.id for row in listing.listed(ana.id, Filter(frozenset(Status)))]
    assert list_rows.row_for_all(deleted) is None and conversations.overview(ana.id).total == 1
    assert [use.count for use in tags.all_tags(ana.id)] == [1]
    assert told == [deleted] and kinds(deleted)[-1] == "deleted"


def test_what_is_deleted_is_not_found_from_that_moment_on(ana: Member, finder: Finder) -> None:
    conversation_id = factories.listed("oak")
    finder.catch_up()
    assert found(finder, ana, "oak") == [conversation_id] == finder.all("oak")
    bin.delete(ana.id, conversation_id)
    assert found(finder, ana, "oak") == []
    finder.catch_up()
    assert finder.all("oak") == []
    bin.restore(ana.id, conversation_id)
    finder.catch_up()
    assert found(finder, ana, "oak") == [conversation_id] == finder.all("oak")


def test_while_the_index_is_built_anew_it_is_not_found_either(ana: Member, tmp_path: Path) -> None:
    conversation_id = factories.listed("oak")
    finder = Finder(tmp_path / "none")
    assert found(finder, ana, "oak") == [conversation_id] == finder.all("oak")
    bin.delete(ana.id, conversation_id)
    assert found(finder, ana, "oak") == [] == finder.all("oak")


def test_it_is_neither_reviewed_nor_answered(ana: Member) -> None:
    conversation_id = factories.listed("oak")
    due(conversation_id)
    bin.delete(ana.id, conversation_id)
    assert reviews.claim_due() == [] and agents.claim_due() == []
    bin.restore(ana.id, conversation_id)
    assert [claim.conversation_id for claim in reviews.claim_due()] == [conversation_id]
    assert [claim.conversation_id for claim in agents.claim_due()] == [conversation_id]


def test_an_answer_or_review_that_was_under_way_is_not_kept(ana: Member) -> None:
    conversation_id = factories.listed("oak")
    due(conversation_id)
    (answer,), (review,) = agents.claim_due(), reviews.claim_due()
    bin.delete(ana.id, conversation_id)
    assert not agents.save(answer, Answer("It is €148.", wants_person=False))
    assert not reviews.save(review, factories.VERDICT, 0.1)
    assert factories.texts(conversation_id, Author.AGENT) == ["The oak chair is €148."]


def test_nothing_can_be_done_to_it(ana: Member) -> None:
    conversation_id = factories.listed("oak")
    bin.delete(ana.id, conversation_id)
    for verb in (detail.of, conversations.mark_read, conversations.mark_unread):
        with pytest.raises(Binned):
            verb(ana.id, conversation_id)
    with pytest.raises(Binned):
        conversations.change_status(ana.id, conversation_id, Status.SPAM)
    with pytest.raises(Gone):
        messages.reply(ana.id, conversation_id, "Hello!")


def test_deleting_what_is_deleted_does_nothing(ana: Member, told: list[int]) -> None:
    conversation_id = factories.listed("oak")
    bin.delete(ana.id, conversation_id)
    at = factories.conversation(conversation_id).deleted_at
    told.clear()
    with later(days=1):
        bin.delete(ana.id, conversation_id)
    assert factories.conversation(conversation_id).deleted_at == at
    assert kinds(conversation_id).count("deleted") == 1 and told == []


def test_a_hidden_or_unknown_conversation_cannot_be_deleted(ana: Member) -> None:
    for conversation_id in (factories.received().conversation_id, 999):
        with pytest.raises(Gone):
            bin.delete(ana.id, conversation_id)


# The customer.


def test_a_customer_who_writes_again_begins_anew_and_is_seen(ana: Member) -> None:
    deleted = factories.listed("oak", sender="maria")
    bin.delete(ana.id, deleted)
    fresh = factories.received("Hello?", sender="maria").conversation_id
    assert fresh != deleted and factories.texts(fresh) == ["Hello?"]
    assert conversations.overview(ana.id).in_progress.hidden == 1
    factories.reviewed(fresh)
    assert listed(ana) == [fresh]
    assert factories.conversation(fresh).contact_id == factories.conversation(deleted).contact_id


def test_his_own_screen_shows_it_as_before(ana: Member) -> None:
    deleted = factories.listed("oak", sender="maria")
    identity = factories.conversation(deleted).identity_id
    before = messages.of_identity(identity, 0)
    bin.delete(ana.id, deleted)
    assert messages.of_identity(identity, 0) == before != []


# Restored.


def test_what_is_restored_is_as_it_was(ana: Member, ben: Member, told: list[int]) -> None:
    conversation_id = factories.listed("oak")
    tags.add(ana.id, conversation_id, "wood")
    notes.add(ana.id, conversation_id, "Called her.")
    before = detail.of(ana.id, conversation_id)
    bin.delete(ana.id, conversation_id)
    told.clear()
    bin.restore(ben.id, conversation_id)
    after = detail.of(ana.id, conversation_id)
    assert (after.tags, after.notes, after.review, after.status) == (
        before.tags,
        before.notes,
        before.review,
        before.status,
    )
    assert listed(ana) == [conversation_id] and told == [conversation_id]
    assert kinds(conversation_id)[-2:] == ["deleted", "restored"]


def test_restoring_what_is_not_deleted_does_nothing(ana: Member, told: list[int]) -> None:
    conversation_id = factories.listed("oak")
    told.clear()
    bin.restore(ana.id, conversation_id)
    assert told == [] and "restored" not in kinds(conversation_id)
    with pytest.raises(Gone):
        bin.restore(ana.id, 999)


def test_weeks_later_the_agent_does_not_answer_by_surprise(ana: Member) -> None:
    conversation_id = factories.listed("oak")
    due(conversation_id)
    bin.delete(ana.id, conversation_id)
    with later(days=20):
        bin.restore(ana.id, conversation_id)
        assert agents.claim_due() == []
        assert [claim.conversation_id for claim in reviews.claim_due()] == [conversation_id]


# The bin.


def test_the_bin_says_who_deleted_what_when_and_until_when_it_is_kept(ana: Member, ben: Member) -> None:
    first, second = factories.listed("oak", name="Maria"), factories.listed("elm", name="Luca")
    bin.delete(ana.id, first)
    with later(minutes=1):
        bin.delete(ben.id, second)
    newest, oldest = bin.deletions(ana.id)
    assert (newest.by, newest.count, oldest.by, oldest.count) == ("Ben", 1, "Ana", 1)
    assert newest.goes_at - newest.deleted_at == timedelta(days=30)
    assert [row.contact_name for row in bin.rows(ana.id, newest.deleted_at)] == ["Luca"]
    assert bin.ids_of(ana.id, oldest.deleted_at) == [first] and bin.found(ben.id, first) == oldest
    assert bin.deletions(ana.id, before=newest.deleted_at) == [oldest]


def test_what_is_not_in_the_bin_was_not_deleted(ana: Member) -> None:
    assert bin.found(ana.id, factories.listed("oak")) is None and bin.found(ana.id, 999) is None
    assert bin.deletions(ana.id) == []


# For good.


def test_after_thirty_days_all_of_it_goes(ana: Member, told: list[int]) -> None:
    kept = factories.listed("elm")
    stored = factories.received("oak", raw={"Body": "oak"}, media=(Media("https://x/1", "image/png"),), sender="maria")
    conversation_id = stored.conversation_id
    factories.reviewed(conversation_id)
    tags.add(ana.id, conversation_id, "wood")
    notes.add(ana.id, conversation_id, "Called her.")
    drafts.keep(ana.id, conversation_id, DraftKind.NOTE, "half a th")
    conversations.mark_read(ana.id, conversation_id)
    bin.delete(ana.id, conversation_id)
    told.clear()
    with later(days=29, hours=23):
        assert bin.purge() == 0
    with later(days=30, minutes=1):
        assert bin.purge() == 1 and bin.purge() == 0
        assert bin.deletions(ana.id) == []
    with db.read() as session:
        assert list(session.scalars(select(Conversation.id))) == [kept]
        assert set(session.scalars(select(Message.conversation_id))) == {kept}
        assert set(session.scalars(select(Review.conversation_id))) == {kept}
        assert set(session.scalars(select(Activity.conversation_id))) == {kept, None}
    assert [count(table) for table in (Note, Draft, Reading, Attachment)] == [0, 0, 0, 0]
    assert (count(Contact), count(Identity)) == (1, 1)
    assert told == [conversation_id] and kinds(None) == ["erased"]


def test_a_contact_of_whom_more_is_left_stays(ana: Member) -> None:
    deleted = factories.listed("oak", sender="maria", name="Maria")
    bin.delete(ana.id, deleted)
    fresh = factories.received("Hello?", sender="maria").conversation_id
    with later(days=31):
        bin.purge()
    with db.read() as session:
        assert list(session.scalars(select(Conversation.id))) == [fresh]
        assert list(session.scalars(select(Contact.name))) == ["Maria"]


def test_whoever_writes_after_it_went_is_a_new_contact(ana: Member) -> None:
    bin.delete(ana.id, factories.listed("oak", sender="maria", name="Maria"))
    with later(days=31):
        bin.purge()
        fresh = factories.received("Hello?", sender="maria")
    assert factories.texts(fresh.conversation_id) == ["Hello?"] and count(Contact) == 1


def test_very_many_go_a_few_at_a_time(ana: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bin, "PURGED_AT_ONCE", 2)
    for _ in range(5):
        bin.delete(ana.id, factories.listed("oak"))
    with later(days=31):
        assert bin.purge() == 5
    assert count(Conversation) == 0 and kinds(None) == ["erased"]


def test_what_is_restored_while_the_bin_is_emptied_stays(ana: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    conversation_id = factories.listed("oak")
    bin.delete(ana.id, conversation_id)
    write = db.write

    def restored_first(**how: bool) -> object:
        monkeypatch.setattr(db, "write", write)
        bin.restore(ana.id, conversation_id)
        return write(**how)

    with later(days=31):
        monkeypatch.setattr(db, "write", restored_first)
        bin.purge()
    assert listed(ana) == [conversation_id] and factories.texts(conversation_id) != [] and kinds(None) == []


def test_an_owner_erases_before_the_time(ana: Member) -> None:
    kept, conversation_id = factories.listed("elm"), factories.listed("oak")
    bin.erase(ana.id, kept)
    bin.delete(ana.id, conversation_id)
    bin.erase(ana.id, conversation_id)
    bin.erase(ana.id, conversation_id)
    with db.read() as session:
        assert list(session.scalars(select(Conversation.id))) == [kept]
    assert kinds(None) == ["erased"]


async def test_the_rounds_empty_it(finder: Finder, monkeypatch: pytest.MonkeyPatch) -> None:
    purged, loop = asyncio.Event(), asyncio.get_running_loop()
    monkeypatch.setattr(bin, "purge", lambda: loop.call_soon_threadsafe(purged.set))
    async with Rounds(FakeAi(), FakeAi(), lambda: None, finder).running():
        await asyncio.wait_for(purged.wait(), 30)
