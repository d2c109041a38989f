"""What a member has begun to write."""

from leader24.models import Member
from leader24.services import drafts, notes
from tests import factories


def test_a_draft_is_its_authors_own(ana: Member, ben: Member) -> None:
    number = factories.listed("How much is the oak chair?")
    drafts.keep_note(ben.id, number, "half a th")
    assert drafts.of_note(ben.id, number) == "half a th"
    assert drafts.of_note(ana.id, number) == ""


def test_each_conversation_has_its_own_draft(ana: Member) -> None:
    first, second = factories.listed("How much is the oak chair?"), factories.listed("Do you make beds?")
    drafts.keep_note(ana.id, first, "about chairs")
    assert drafts.of_note(ana.id, second) == ""


def test_an_emptied_or_saved_draft_is_forgotten(ana: Member) -> None:
    number = factories.listed("How much is the oak chair?")
    drafts.keep_note(ana.id, number, "half a th")
    drafts.keep_note(ana.id, number, "  ")
    assert drafts.of_note(ana.id, number) == ""
    drafts.keep_note(ana.id, number, "half a th")
    drafts.forget_note(ana.id, number)
    assert drafts.of_note(ana.id, number) == ""


def test_a_draft_of_any_length_is_kept_up_to_what_the_field_takes(ana: Member) -> None:
    number = factories.listed("How much is the oak chair?")
    drafts.keep_note(ana.id, number, "x" * 100_000)
    assert len(drafts.of_note(ana.id, number)) == notes.MOST_TYPED
