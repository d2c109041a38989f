"""What a member has begun to write."""

from leader24.models import DraftKind, Member
from leader24.services import drafts, messages, notes
from leader24.services.drafts import Drafts
from tests import factories

NOTE, REPLY = DraftKind.NOTE, DraftKind.REPLY


def test_a_draft_is_its_authors_own(ana: Member, ben: Member) -> None:
    number = factories.listed("How much is the oak chair?")
    drafts.keep(ben.id, number, NOTE, "half a th")
    assert drafts.of(ben.id, number) == Drafts(note="half a th")
    assert drafts.of(ana.id, number) == Drafts()


def test_a_note_and_a_reply_are_kept_apart(ana: Member) -> None:
    number = factories.listed("How much is the oak chair?")
    drafts.keep(ana.id, number, NOTE, "She haggles.")
    drafts.keep(ana.id, number, REPLY, "Good morning")
    assert drafts.of(ana.id, number) == Drafts(note="She haggles.", reply="Good morning")


def test_each_conversation_has_its_own_draft(ana: Member) -> None:
    first, second = factories.listed("How much is the oak chair?"), factories.listed("Do you make beds?")
    drafts.keep(ana.id, first, NOTE, "about chairs")
    assert drafts.of(ana.id, second) == Drafts()


def test_an_emptied_draft_is_forgotten(ana: Member) -> None:
    number = factories.listed("How much is the oak chair?")
    drafts.keep(ana.id, number, NOTE, "half a th")
    drafts.keep(ana.id, number, NOTE, "  ")
    assert drafts.of(ana.id, number) == Drafts()


def test_what_is_saved_or_sent_is_a_draft_no_more(ana: Member, ben: Member) -> None:
    number = factories.listed("How much is the oak chair?")
    for kind in NOTE, REPLY:
        drafts.keep(ana.id, number, kind, "half a th")
        drafts.keep(ben.id, number, kind, "half a th")
    notes.add(ana.id, number, "half a thought")
    assert drafts.of(ana.id, number) == Drafts(reply="half a th")
    messages.reply(ana.id, number, "half a thought")
    assert drafts.of(ana.id, number) == Drafts()
    assert drafts.of(ben.id, number) == Drafts("half a th", "half a th")


def test_a_draft_of_any_length_is_kept_up_to_what_the_field_takes(ana: Member) -> None:
    number = factories.listed("How much is the oak chair?")
    drafts.keep(ana.id, number, NOTE, "x" * 100_000)
    assert len(drafts.of(ana.id, number).note) == drafts.MOST_TYPED


def test_what_no_database_takes_does_not_cost_the_draft(ana: Member) -> None:
    number = factories.listed("How much is the oak chair?")
    drafts.keep(ana.id, number, REPLY, "half an emoji \ud83d and a zero \x00")
    assert drafts.of(ana.id, number).reply == "half an emoji  and a zero "


def test_for_what_is_gone_meanwhile_nothing_is_kept(ana: Member) -> None:
    drafts.keep(ana.id, 999, REPLY, "half a th")
    assert drafts.of(ana.id, 999) == Drafts()
