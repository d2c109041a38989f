"""The index follows the conversations while members search."""

import errno
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from leader24.search import Index, create, switch
from tests.search import sizes
from tests.search.conftest import Indexed
from tests.search.shop import NINE, Database, conversation, index_of


def ids(index: Index, text: str) -> list[int]:
    return [hit.id for hit in index.search(text).hits]


def test_changed_and_removed_conversations(indexed: Indexed, tmp_path: Path) -> None:
    index = indexed(conversation(1, "sofa"), conversation(2, "sofa"))
    index.add([conversation(1, "table", revision=2, at=NINE + timedelta(5))])
    index.remove([2, 99])
    assert ids(index, "sofa") == []
    assert ids(index, "table") == [1]
    assert index.revisions() == {1: 2}
    index.close()
    index.reopen()
    assert index.revisions() == {1: 2}


def test_the_last_of_two_states_of_a_conversation_holds(indexed: Indexed) -> None:
    index = indexed()
    index.add([conversation(1, "sofa"), conversation(1, "table", revision=2)])
    assert (ids(index, "sofa"), ids(index, "table")) == ([], [1])


def test_pages_follow_each_other(indexed: Indexed) -> None:
    index = indexed(*(conversation(n, "hello", at=NINE + timedelta(n // 3)) for n in range(20)))
    seen: list[int] = []
    last = None
    while hits := index.search("hello", limit=3, before=last).hits:
        seen += [hit.id for hit in hits]
        last = hits[-1]
    assert seen == list(reversed(range(20)))


def test_the_count_is_of_all_pages(indexed: Indexed) -> None:
    index = indexed(*(conversation(n, "hello") for n in range(20)))
    first = index.search("hello", limit=3)
    assert (first.count_at_most, first.is_complete) == (20, True)
    assert index.search("hello", limit=3, before=first.hits[-1]).count_at_most == 20


def test_a_filter_that_lets_nearly_nothing_pass_says_that_more_may_be_there(indexed: Indexed) -> None:
    index = indexed(*(conversation(n, "hello") for n in range(2100)))
    assert not index.search("hello", allowed=lambda asked: set(asked) & {3}).is_complete
    assert index.search("hello", allowed=lambda asked: set(asked) & {2000}, limit=1).is_complete


def test_many_changes_leave_few_segments_and_open_files(indexed: Indexed, tmp_path: Path) -> None:
    index = indexed()
    for n in range(60):
        index.add([conversation(n, f"hello word{n}")])
    assert len(list(tmp_path.glob("*/*.trm"))) < 20
    assert ids(index, "word7 ") == [7]
    assert len(index.revisions()) == 60


def test_an_index_with_much_that_is_dead_wants_a_rebuild(indexed: Indexed) -> None:
    index = indexed(*(conversation(n, "hello") for n in range(100)))
    index.remove(range(20))
    assert not index.wants_rebuild()
    index.remove(range(20, 40))
    assert index.wants_rebuild()


def test_a_change_just_after_a_rebuild_goes_into_the_new_index(tmp_path: Path) -> None:
    index = index_of(tmp_path, Database(conversation(1, "old")))
    switch(tmp_path, create(tmp_path, [conversation(1, "rebuilt")]))
    index.add([conversation(2, "new")])
    assert (ids(index, "old"), ids(index, "rebuilt"), ids(index, "new")) == ([], [1], [2])
    index.close()


def test_a_commit_that_fails_changes_nothing(indexed: Indexed, monkeypatch: pytest.MonkeyPatch) -> None:
    def disk_full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    index = indexed(conversation(1, "sofa"))
    with monkeypatch.context() as patch, pytest.raises(OSError) as failure:
        patch.setattr("leader24.search.store.Private.create_file", disk_full)
        index.add([conversation(1, "table")])
    assert failure.value.errno == errno.ENOSPC
    assert ids(index, "sofa") == [1]
    index.add([conversation(1, "table")])
    assert (ids(index, "sofa"), ids(index, "table")) == ([], [1])


def test_a_closed_index_finds_nothing_and_can_be_opened_again(indexed: Indexed) -> None:
    index = indexed(conversation(1, "sofa"))
    index.close()
    index.close()
    assert ids(index, "sofa") == []
    index.reopen()
    assert ids(index, "sofa") == [1]


def test_an_index_with_changed_and_removed_conversations_can_be_opened_again(indexed: Indexed) -> None:
    index = indexed(conversation(1, "sofa"), conversation(2, "sofa walnut"), conversation(3, "sofa"))
    index.add([conversation(1, "sofa and table", revision=2)])
    index.remove([2])
    index.close()
    index.reopen()
    assert sorted(ids(index, "sofa")) == [1, 3]
    assert ids(index, "table") == [1]
    assert ids(index, "walnut") == []


def test_searches_in_many_threads_while_one_writes(indexed: Indexed) -> None:
    index = indexed(*(conversation(n, f"hello word{n}") for n in range(500)))

    def search() -> None:
        for n in range(sizes.SEARCHES_OF_A_THREAD):
            assert index.search("hello").count_at_most == 500
            assert ids(index, f"word{n} ") == [n]

    with ThreadPoolExecutor() as threads:
        searching = [threads.submit(search) for _ in range(sizes.SEARCHING_THREADS)]
        for n in range(sizes.COMMITS_MEANWHILE):
            index.add([conversation(n % 500, f"hello word{n % 500} again")])
    for ended in searching:
        ended.result()


# All that is found, for whom the order of the index is not enough.


def test_all_are_found_however_many(indexed: Indexed) -> None:
    index = indexed(*(conversation(n, "hello" if n % 2 else "goodbye") for n in range(300)))
    assert sorted(index.all("hello").ids) == list(range(1, 300, 2))


def test_of_a_phrase_all_are_found_that_are_looked_at(indexed: Indexed, monkeypatch: pytest.MonkeyPatch) -> None:
    index = indexed(*(conversation(n, "red sofa" if n % 2 else "sofa red") for n in range(300)))
    assert sorted(index.all('"red sofa"').ids) == list(range(1, 300, 2))
    monkeypatch.setattr("leader24.search.index.MOST_CHECKED", 2)
    monkeypatch.setattr("leader24.search.index.CHECKED_AT_ONCE", 1)
    newest = index.all('"red sofa"')
    assert newest.ids == [299, 297]


def test_typing_errors_are_forgiven_there_too(indexed: Indexed) -> None:
    found = indexed(conversation(1, "walnut")).all("walnit")
    assert (found.ids, found.forgiven) == ([1], (("walnit", "walnut"),))
