"""Notes of members."""

from dataclasses import replace

import pytest

from leader24.models import Member
from leader24.services import detail, messages, notes
from leader24.services.conversations import Gone
from leader24.services.refusals import Overtaken, Refused
from leader24.services.rights import Forbidden
from tests import factories

pytestmark = pytest.mark.usefixtures("database")


def texts(member: Member, conversation_id: int) -> list[str]:
    return [note.text for note in detail.of(member.id, conversation_id).notes]


def happened(member: Member, conversation_id: int) -> list[str]:
    return [line.kind for line in detail.of(member.id, conversation_id).history.lines if line.kind.startswith("note_")]


def test_a_note_is_added_edited_and_removed_and_each_is_noted(ana: Member) -> None:
    conversation_id = factories.listed()
    note = notes.add(ana.id, conversation_id, " Called her.\n")
    assert texts(ana, conversation_id) == ["Called her."]
    notes.edit(ana.id, note, "Called him.")
    shown = detail.of(ana.id, conversation_id).notes[0]
    assert shown.text == "Called him." and shown.edited_at
    notes.remove(ana.id, note)
    assert texts(ana, conversation_id) == []
    assert happened(ana, conversation_id) == ["note_added", "note_edited", "note_removed"]


def test_an_edit_that_changes_nothing_does_nothing(ana: Member) -> None:
    conversation_id = factories.listed()
    note = notes.add(ana.id, conversation_id, "Called her.")
    notes.edit(ana.id, note, "Called her. ")
    assert happened(ana, conversation_id) == ["note_added"]
    assert detail.of(ana.id, conversation_id).notes[0].edited_at is None


def test_another_members_note_is_his_also_to_an_owner(ana: Member, ben: Member) -> None:
    conversation_id = factories.listed()
    note = notes.add(ben.id, conversation_id, "Called her.")
    with pytest.raises(Forbidden):
        notes.edit(ana.id, note, "Called him.")
    with pytest.raises(Forbidden):
        notes.remove(ana.id, note)
    assert texts(ben, conversation_id) == ["Called her."]


def test_a_note_that_is_gone_can_be_removed_again_but_not_edited(ana: Member) -> None:
    note = notes.add(ana.id, factories.listed(), "Called her.")
    notes.remove(ana.id, note)
    notes.remove(ana.id, note)
    with pytest.raises(Gone):
        notes.edit(ana.id, note, "Called him.")


def test_a_note_that_one_edited_elsewhere_is_not_silently_replaced(ana: Member) -> None:
    conversation_id = factories.listed()
    note = notes.add(ana.id, conversation_id, "Called her.")
    notes.edit(ana.id, note, "Called her twice.", shown="Called her.")
    with pytest.raises(Overtaken) as overtaken:
        notes.edit(ana.id, note, "Called him.", shown="Called her.")
    assert overtaken.value.now == {"note": "Called her twice."}
    assert texts(ana, conversation_id) == ["Called her twice."]


def test_a_removed_note_comes_back_as_it_was(ana: Member, ben: Member) -> None:
    conversation_id = factories.listed()
    note = notes.add(ana.id, conversation_id, "Called her.")
    notes.edit(ana.id, note, "Called him.")
    before = detail.of(ana.id, conversation_id).notes
    removed = notes.remove(ana.id, note)
    notes.add(ben.id, conversation_id, "She called back.")
    assert removed
    for _ in range(2):
        notes.put_back(ana.id, removed)
    after = detail.of(ana.id, conversation_id).notes
    assert [replace(each, id=0) for each in after[:1]] == [replace(each, id=0) for each in before]
    assert texts(ana, conversation_id) == ["Called him.", "She called back."]
    assert happened(ana, conversation_id)[-1] == "note_restored"


@pytest.mark.parametrize(("text", "code"), [("", "note_empty"), (" \x00 ", "note_empty"), ("x" * 5001, "note_long")])
def test_a_note_that_cannot_be_taken_is_refused(ana: Member, text: str, code: str) -> None:
    conversation_id = factories.listed()
    note = notes.add(ana.id, conversation_id, "Called her.")
    with pytest.raises(Refused, match=code):
        notes.add(ana.id, conversation_id, text)
    with pytest.raises(Refused, match=code):
        notes.edit(ana.id, note, text)
    assert texts(ana, conversation_id) == ["Called her."]


def test_a_hidden_conversation_takes_notes_and_an_unknown_one_does_not(ana: Member) -> None:
    assert notes.add(ana.id, factories.received().conversation_id, "Called her.")
    with pytest.raises(Gone):
        notes.add(ana.id, 999, "Called her.")


def test_customers_never_see_a_note(ana: Member) -> None:
    stored = factories.received("Hello", sender="maria")
    factories.reviewed(stored.conversation_id)
    notes.add(ana.id, stored.conversation_id, "Difficult.")
    identity = factories.conversation(stored.conversation_id).identity_id
    assert [each.text for each in messages.of_identity(identity, 0)] == ["Hello"]
