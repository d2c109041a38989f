"""Search, and the index kept in step with the database."""

import asyncio
import errno
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from leader24 import db
from leader24.models import Contact, Conversation, Member, SetBy, Source, Status
from leader24.rounds import Rounds
from leader24.search import Damaged, Entry, Index
from leader24.services import conversations, finder, notes, tags
from leader24.services.filters import Filter
from leader24.services.finder import Finder
from leader24.services.orders import Sort
from leader24.services.refusals import Refused
from leader24.services.rights import Forbidden
from tests import factories
from tests.fakes.fake_ai import FakeAi

pytestmark = pytest.mark.usefixtures("database")

EVERYTHING = Filter()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def index(folder: Path) -> Iterator[Finder]:
    """An index of a database that is still empty."""
    index = Finder(folder)
    index.catch_up()
    yield index
    index.close()


@pytest.fixture
def find(index: Finder, ana: Member) -> Callable[..., list[int]]:
    """What is found, after the index has caught up."""

    def found(typed: str, chosen: Filter = EVERYTHING) -> list[int]:
        while index.catch_up():
            pass
        found = index.search(ana.id, typed, chosen)
        assert not found.is_from_database
        return [row.id for row in found.rows]

    return found


Find = Callable[..., list[int]]


@pytest.fixture
def in_database(folder: Path, ana: Member) -> Find:
    """What is found while there is no index."""

    def found(typed: str, chosen: Filter = EVERYTHING) -> list[int]:
        found = Finder(folder).search(ana.id, typed, chosen)
        assert found.is_from_database
        return [row.id for row in found.rows]

    return found


def test_a_conversation_is_found_from_its_review_on(find: Find) -> None:
    conversation_id = factories.received("An oak chair, please").conversation_id
    assert find("oak") == []
    factories.reviewed(conversation_id)
    assert find("oak") == [conversation_id]


@pytest.mark.parametrize(
    "typed",
    [
        "walnut",
        "waln",
        "Walnùt",
        "walnit",
        "kitchen table",
        "maria",
        "rossi",
        "347 220",
        "+39 347",
        "+39347",
        "0039347",
        "1234",
        "chairs and stools",
        "delivered",
    ],
)
def test_it_is_found_by_message_title_name_phone_and_summary(find: Find, typed: str) -> None:
    stored = factories.received("Have you anything in WALNUT?", name="Maria Rossi", phone="+393472201234")
    factories.reviewed(stored.conversation_id, title="Kitchen table", to_do_next="Chairs and stools to be delivered.")
    factories.listed("Something else", title="Sofa")
    assert find(typed) == [stored.conversation_id]


def test_the_newest_talk_comes_first(find: Find) -> None:
    made = [factories.listed("walnut") for _ in range(3)]
    assert find("walnut") == made[::-1]


def test_a_hit_says_where_it_matched(index: Finder, ana: Member) -> None:
    conversation_id = factories.listed("Hello", "Have you anything in walnut?")
    index.catch_up()
    passage = index.search(ana.id, "waln", EVERYTHING).passages[conversation_id]
    assert (passage.text.kind, passage.text.id) == ("message", 2)
    assert [passage.excerpt[begin:end] for begin, end in passage.marks] == ["walnut"]


def test_a_typing_error_that_was_forgiven_is_told(index: Finder, ana: Member) -> None:
    factories.listed("walnut")
    index.catch_up()
    assert index.search(ana.id, "walnit", EVERYTHING).forgiven == (("walnit", "walnut"),)


def test_a_hidden_conversation_is_never_found(index: Finder, find: Find, in_database: Find) -> None:
    factories.received("walnut", name="walnut")
    assert find("walnut") == [] == in_database("walnut")
    index.rebuild()
    assert find("walnut") == []


def test_text_that_is_newer_than_the_last_review_is_found(find: Find) -> None:
    conversation_id = factories.listed("oak", sender="maria")
    assert find("walnut") == []
    factories.received("walnut", sender="maria")
    assert find("walnut") == [conversation_id]


def test_a_change_of_tags_notes_or_title_is_found(find: Find, ana: Member) -> None:
    conversation_id = factories.listed("oak")
    tag = tags.add(ana.id, conversation_id, "kitchen")
    note = notes.add(ana.id, conversation_id, "call her brother")
    assert find("kitchen") == find("brother") == [conversation_id]
    notes.edit(ana.id, note, "call her sister")
    assert (find("brother"), find("sister")) == ([], [conversation_id])
    tags.remove(ana.id, conversation_id, tag.id)
    notes.remove(ana.id, note)
    assert find("kitchen") == find("sister") == []
    factories.reviewed(conversation_id, title="Walnut table")
    assert find("walnut") == [conversation_id]


def test_search_combines_with_the_filters(find: Find, ana: Member) -> None:
    spam = factories.listed("walnut", source=Source.WHATSAPP)
    factories.listed("walnut")
    conversations.change_status(ana.id, spam, Status.SPAM)
    assert find("walnut", Filter(frozenset({Status.SPAM}))) == [spam]
    assert find("walnut", Filter(source=Source.WHATSAPP)) == [spam]
    assert find("walnut", Filter(frozenset({Status.SPAM}), Source.WIDGET)) == []


def test_a_filter_is_asked_of_every_hit_however_old(find: Find, ana: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leader24.search.index.MOST_CHECKED", 2)
    monkeypatch.setattr("leader24.search.index.CHECKED_AT_ONCE", 1)
    made = [factories.listed("walnut") for _ in range(5)]
    conversations.change_status(ana.id, made[0], Status.SPAM)
    assert find("walnut", Filter(frozenset({Status.SPAM}))) == [made[0]]


def test_hits_can_be_sorted_otherwise(index: Finder, find: Find, ana: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finder, "HITS", 2)
    made = [factories.listed("walnut") for _ in range(3)]
    factories.listed("oak")
    find("walnut")
    for search in (index.search, Finder(index.root).search):
        first = search(ana.id, "walnut", EVERYTHING, sort=Sort.OLDEST)
        second = search(ana.id, "walnut", EVERYTHING, first.next, Sort.OLDEST)
        assert [row.id for row in first.rows + second.rows] == made and second.next is None
        assert set(first.passages) == set(made[:2])


def test_all_that_is_found_can_be_counted(index: Finder, find: Find) -> None:
    made = [factories.listed("walnut") for _ in range(3)]
    find("walnut")
    assert sorted(index.all("walnut")) == sorted(Finder(index.root).all("walnut")) == made
    with pytest.raises(Refused, match="search_long"):
        index.all("x" * 201)


def test_the_next_page_goes_on_where_the_one_before_ended(
    index: Finder, ana: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finder, "HITS", 3)
    made = [factories.listed("walnut") for _ in range(4)]
    index.catch_up()
    first = index.search(ana.id, "walnut", EVERYTHING)
    second = index.search(ana.id, "walnut", EVERYTHING, before=first.next)
    assert [row.id for row in first.rows + second.rows] == made[::-1] and second.next is None


def test_an_over_long_search_is_refused(index: Finder, ana: Member) -> None:
    assert index.search(ana.id, "x" * 200, EVERYTHING).rows == []
    with pytest.raises(Refused, match="search_long"):
        index.search(ana.id, "x" * 201, EVERYTHING)


@pytest.mark.parametrize("typed", ["%", "😀", '"', "-", "* !"])
def test_where_nothing_can_be_searched_for_it_is_said(index: Finder, ana: Member, typed: str) -> None:
    with pytest.raises(Refused, match="search_nothing"):
        index.search(ana.id, typed, EVERYTHING)


def test_who_is_no_member_finds_nothing(index: Finder) -> None:
    factories.listed("walnut")
    index.catch_up()
    with pytest.raises(Forbidden):
        index.search(999, "walnut", EVERYTHING)


def test_a_deleted_conversation_is_forgotten(index: Finder, find: Find, folder: Path) -> None:
    gone, left = factories.listed("walnut"), factories.listed("walnut")
    assert find("walnut") == [left, gone]
    delete(gone)
    index.forget([gone])
    assert find("walnut") == [left] and held(folder) == {left}


def test_what_was_deleted_while_nobody_looked_is_forgotten_at_the_start(folder: Path, find: Find, ana: Member) -> None:
    gone, left = factories.listed("walnut"), factories.listed("walnut")
    find("walnut")
    delete(gone)
    again = Finder(folder)
    assert again.open()
    found = again.search(ana.id, "walnut", EVERYTHING)
    assert ([row.id for row in found.rows], held(folder)) == ([left], {left})
    again.close()


def test_a_conversation_deleted_while_it_is_indexed_disturbs_nobody(
    index: Finder, find: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, left = factories.listed("walnut"), factories.listed("walnut")
    entries_of = finder.entries_of

    def deleting(ids: list[int]) -> list[Entry]:
        monkeypatch.setattr(finder, "entries_of", entries_of)
        delete(gone)
        return entries_of(ids)

    monkeypatch.setattr(finder, "entries_of", deleting)
    index.catch_up()
    assert find("walnut") == [left]


# Missing, damaged or behind.


def test_a_missing_index_is_built_from_the_database(folder: Path, find: Find) -> None:
    made = [factories.listed("walnut") for _ in range(3)]
    assert find("walnut") == made[::-1]


def test_an_index_whose_folder_was_deleted_under_it_is_built_anew(folder: Path, index: Finder, find: Find) -> None:
    first = factories.listed("walnut")
    find("walnut")
    shutil.rmtree(folder)
    second = factories.listed("walnut")
    index.catch_up()
    assert find("walnut") == [second, first]
    assert folder.exists()


def test_an_index_whose_folder_was_deleted_is_built_anew_at_the_start(folder: Path, find: Find, ana: Member) -> None:
    conversation_id = factories.listed("walnut")
    find("walnut")
    shutil.rmtree(folder)
    again = Finder(folder)
    again.catch_up()
    assert [row.id for row in again.search(ana.id, "walnut", EVERYTHING).rows] == [conversation_id]
    again.close()


def test_a_damaged_index_is_built_anew_while_searches_are_answered(folder: Path, find: Find, ana: Member) -> None:
    conversation_id = factories.listed("walnut")
    find("walnut")
    damage(folder)
    again = Finder(folder)
    assert not again.open()
    found = again.search(ana.id, "walnut", EVERYTHING)
    assert found.is_from_database and [row.id for row in found.rows] == [conversation_id]
    again.catch_up()
    assert not again.search(ana.id, "walnut", EVERYTHING).is_from_database
    again.close()


def test_damage_under_an_open_index_is_noticed_and_mended(folder: Path, index: Finder, find: Find) -> None:
    first = factories.listed("walnut")
    find("walnut")
    damage(folder)
    second = factories.listed("walnut")
    index.catch_up()
    assert find("walnut") == [second, first]


def test_damage_that_a_search_meets_is_answered_from_the_database(
    index: Finder, find: Find, ana: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation_id = factories.listed("walnut")
    find("walnut")

    def damaged(*_: object, **__: object) -> finder.Found:
        raise Damaged("segment")

    with monkeypatch.context() as broken:
        broken.setattr("leader24.search.index.matching", damaged)
        found = index.search(ana.id, "walnut", EVERYTHING)
        assert found.is_from_database and [row.id for row in found.rows] == [conversation_id]
    assert find("walnut") == [conversation_id]


def test_a_full_disk_ends_the_round_and_the_next_one_indexes_what_was_left(
    index: Finder, find: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation_id = factories.listed("walnut")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(Index, "add", full)
        assert index.catch_up() == 0
    assert find("walnut") == [conversation_id]


def test_a_deletion_that_the_index_cannot_take_is_taken_when_it_is_opened_again(
    index: Finder, find: Find, folder: Path
) -> None:
    gone, left = factories.listed("walnut"), factories.listed("walnut")
    find("walnut")
    damage(folder)
    delete(gone)
    index.forget([gone])
    assert find("walnut") == [left]


def test_what_the_database_believes_indexed_and_is_not_is_indexed_at_the_start(folder: Path, ana: Member) -> None:
    """As after a crash between the two commits, or with a database from a backup."""
    index = Finder(folder)
    index.catch_up()
    conversation_id = factories.listed("walnut")
    with db.write() as session:
        conversation = session.get_one(Conversation, conversation_id)
        conversation.indexed_revision = conversation.revision
    index.close()
    again = Finder(folder)
    while again.catch_up():
        pass
    assert [row.id for row in again.search(ana.id, "walnut", EVERYTHING).rows] == [conversation_id]
    again.close()


def test_the_timer_keeps_the_index_in_step(folder: Path, ana: Member) -> None:
    made = [factories.listed("walnut") for _ in range(3)]
    index = Finder(folder)
    asyncio.run(Rounds(FakeAi(), FakeAi(), lambda: None, index).index())
    assert [row.id for row in index.search(ana.id, "walnut", EVERYTHING).rows] == made[::-1]
    index.close()


def test_a_rebuild_tells_how_far_it_is(folder: Path) -> None:
    for _ in range(3):
        factories.listed()
    index, told = Finder(folder), list[int]()
    index.rebuild(told.append)
    assert told[-1] == 3 == index.indexed and not index.is_rebuilding
    index.close()


# From the database, while there is no index.


@pytest.mark.parametrize("typed", ["Walnut", "kitchen TABLE", "rossi", "347 220", "+39347", "0039 347", "1234"])
def test_the_database_finds_what_contains_exactly_that(in_database: Find, typed: str) -> None:
    stored = factories.received("Have you anything in walnut?", name="Maria Rossi", phone="+393472201234")
    factories.reviewed(stored.conversation_id, title="Kitchen table")
    factories.listed("Something else", title="Sofa")
    assert in_database(typed) == [stored.conversation_id]


@pytest.mark.parametrize(
    ("typed", "meant"), [("100%", "100% wool"), ("a_b", "part a_b"), ("%", "100% wool"), ("_", "part a_b")]
)
def test_the_database_takes_wildcards_as_they_are_written(in_database: Find, typed: str, meant: str) -> None:
    made = {text: factories.listed(text) for text in ("100% wool", "part a_b", "100 wool", "part a b", "part axb")}
    assert in_database(typed) == [made[meant]]


def test_hidden_and_filtered_ones_take_no_place_from_those_that_are_found(
    in_database: Find, ana: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finder, "HITS", 3)
    wanted = factories.listed("walnut", source=Source.WHATSAPP)
    for _ in range(3):
        factories.listed("walnut")
        factories.received("walnut", source=Source.WHATSAPP)
    assert in_database("walnut", Filter(source=Source.WHATSAPP)) == [wanted]


def test_the_databases_next_page_goes_on_where_the_one_before_ended(
    folder: Path, ana: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finder, "HITS", 3)
    made = [factories.listed("walnut") for _ in range(4)]
    first = Finder(folder).search(ana.id, "walnut", EVERYTHING)
    second = Finder(folder).search(ana.id, "walnut", EVERYTHING, before=first.next)
    assert [row.id for row in first.rows + second.rows] == made[::-1] and second.next is None


def test_the_database_says_where_it_matched(folder: Path, ana: Member) -> None:
    conversation_id = factories.listed("Hello", "anything in walnut?")
    passage = Finder(folder).search(ana.id, "walnut", EVERYTHING).passages[conversation_id]
    assert (passage.text.kind, passage.text.id) == ("message", 2)


def test_the_title_of_a_member_is_found(find: Find) -> None:
    conversation_id = factories.listed("oak")
    with db.write() as session:
        conversation = session.get_one(Conversation, conversation_id)
        conversation.title, conversation.title_set_by = "Maria's kitchen", SetBy.MEMBER
        conversation.revision += 1
    factories.reviewed(conversation_id, title="Sofa")
    assert find("maria") == [conversation_id] and find("sofa") == []


def held(folder: Path) -> set[int]:
    """The conversations whose words still stand in the files."""
    with closing(Index(folder, lambda ids: {})) as index:
        return set(index.revisions())


def delete(conversation_id: int) -> None:
    with db.write() as session:
        conversation = session.get_one(Conversation, conversation_id)
        session.delete(session.get_one(Contact, conversation.contact_id))


def damage(folder: Path) -> None:
    for file in folder.glob("*/*"):
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
