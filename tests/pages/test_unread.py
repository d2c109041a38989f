"""How many each member who looks has not read, as it is told with the news."""

import pytest

from leader24.models import Member
from leader24.pages import unread
from leader24.pages.unread import Unread
from leader24.services import conversations, list_rows, listing
from tests import factories

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """For whom the database was asked about all conversations."""
    asked: list[int] = []
    look = listing.unread_ids

    def counted(reader: int, at_most: int) -> list[int]:
        asked.append(reader)
        return look(reader, at_most)

    monkeypatch.setattr(listing, "unread_ids", counted)
    return asked


def told(counts: Unread, members: set[int], *changed: int) -> dict[int, int]:
    return counts.after({number: list_rows.row_for_all(number) for number in changed}, members)


def writes(conversation_id: int) -> None:
    factories.received("Hello?", sender=factories.sender_of(conversation_id))


def test_all_is_counted_once_and_then_only_what_changes(ana: Member, ben: Member, looked: list[int]) -> None:
    made = [factories.listed() for _ in range(3)]
    counts, both = Unread(), {ana.id, ben.id}
    assert told(counts, both, made[0]) == {ana.id: 3, ben.id: 3}
    conversations.mark_read(ana.id, made[0])
    conversations.mark_read(ana.id, made[1])
    assert told(counts, both, made[0], made[1]) == {ana.id: 1, ben.id: 3}
    writes(made[0])
    assert told(counts, both, made[0]) == {ana.id: 2, ben.id: 3}
    assert told(counts, both, 999) == {ana.id: 2, ben.id: 3}
    assert looked == [ana.id, ben.id] or looked == [ben.id, ana.id]


def test_of_many_it_is_only_known_that_they_are_many(
    ana: Member, looked: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unread, "MANY", 3)
    made = [factories.listed() for _ in range(4)]
    counts = Unread()
    assert told(counts, {ana.id}, made[0]) == {ana.id: 3}
    writes(made[1])
    assert told(counts, {ana.id}, made[1]) == {ana.id: 3} and len(looked) == 1
    for number in made[:2]:
        conversations.mark_read(ana.id, number)
    assert told(counts, {ana.id}, *made[:2]) == {ana.id: 2} and len(looked) == 2
    writes(made[0])
    assert told(counts, {ana.id}, made[0]) == {ana.id: 3}


def test_who_has_not_looked_meanwhile_is_counted_anew(ana: Member, ben: Member, looked: list[int]) -> None:
    made = [factories.listed() for _ in range(2)]
    counts = Unread()
    told(counts, {ana.id, ben.id}, made[0])
    conversations.mark_read(ben.id, made[0])
    told(counts, {ana.id}, made[0])
    assert told(counts, {ana.id, ben.id}, made[1])[ben.id] == 1
    counts.forget()
    told(counts, {ana.id}, made[0])
    assert looked.count(ana.id) == looked.count(ben.id) == 2
