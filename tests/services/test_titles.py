"""Titles that members write."""

from datetime import timedelta

import pytest

from leader24 import clock
from leader24.models import Member
from leader24.services import detail, titles
from leader24.services.conversations import Gone
from leader24.services.refusals import Overtaken, Refused
from tests import factories

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def conversation_id() -> int:
    """With the title "Oak chairs" by the AI."""
    return factories.listed()


def title(conversation_id: int) -> str:
    return factories.conversation(conversation_id).title


def reviewed_later(conversation_id: int, **verdict: str) -> None:
    with clock.shifted(timedelta(hours=1)):
        factories.reviewed(conversation_id, **verdict)


def told(member: Member, conversation_id: int) -> list[str]:
    lines = detail.of(member.id, conversation_id).history.lines
    return [line.details["to"] for line in lines if line.kind == "title_changed" and line.details]


def test_a_members_title_stays_and_the_reviews_own_is_suggested(ana: Member, conversation_id: int) -> None:
    titles.change(ana.id, conversation_id, "  Maria's\n kitchen ", "Oak chairs")
    reviewed_later(conversation_id, title="Kitchen chairs")
    shown = detail.of(ana.id, conversation_id)
    assert (shown.title, shown.suggested.title) == ("Maria's kitchen", "Kitchen chairs")
    assert told(ana, conversation_id) == ["Maria's kitchen"]


def test_the_title_of_the_review_that_a_member_has_replaced_is_not_suggested(ana: Member, conversation_id: int) -> None:
    titles.change(ana.id, conversation_id, "Maria's kitchen", "Oak chairs")
    assert detail.of(ana.id, conversation_id).suggested.title is None


def test_of_two_the_later_sees_what_the_other_wrote(ana: Member, ben: Member, conversation_id: int) -> None:
    titles.change(ben.id, conversation_id, "Maria", "Oak chairs")
    with pytest.raises(Overtaken) as overtaken:
        titles.change(ana.id, conversation_id, "Kitchen", "Oak chairs")
    assert (overtaken.value.now, overtaken.value.by) == ({"title": "Maria"}, "Ben")
    assert title(conversation_id) == "Maria"
    titles.change(ana.id, conversation_id, "Kitchen", "Maria")
    assert title(conversation_id) == "Kitchen"


def test_a_review_meanwhile_is_seen_too(ana: Member, conversation_id: int) -> None:
    factories.reviewed(conversation_id, title="Oak tables")
    with pytest.raises(Overtaken) as overtaken:
        titles.change(ana.id, conversation_id, "Kitchen", "Oak chairs")
    assert (overtaken.value.now, overtaken.value.by) == ({"title": "Oak tables"}, "")


def test_two_who_write_the_same_do_not_meet(ana: Member, ben: Member, conversation_id: int) -> None:
    for member in (ana, ben):
        titles.change(member.id, conversation_id, "Maria", "Oak chairs")
    assert told(ana, conversation_id) == ["Maria"]


def test_an_empty_title_gives_it_back_to_the_ai(ana: Member, conversation_id: int) -> None:
    titles.change(ana.id, conversation_id, "Maria", "Oak chairs")
    titles.change(ana.id, conversation_id, " ", "Maria")
    assert title(conversation_id) == "Oak chairs"
    factories.reviewed(conversation_id, title="Kitchen chairs")
    assert title(conversation_id) == "Kitchen chairs"


def test_a_change_can_be_taken_back_to_who_had_set_it(ana: Member, conversation_id: int) -> None:
    change = titles.change(ana.id, conversation_id, "Maria", "Oak chairs")
    titles.put_back(ana.id, conversation_id, change)
    titles.put_back(ana.id, conversation_id, change)
    assert told(ana, conversation_id) == ["Maria", "Oak chairs"]
    factories.reviewed(conversation_id, title="Kitchen chairs")
    assert title(conversation_id) == "Kitchen chairs"


def test_what_another_wrote_since_is_not_taken_back(ana: Member, ben: Member, conversation_id: int) -> None:
    change = titles.change(ana.id, conversation_id, "Maria", "Oak chairs")
    titles.change(ben.id, conversation_id, "Kitchen", "Maria")
    with pytest.raises(Overtaken) as overtaken:
        titles.put_back(ana.id, conversation_id, change)
    assert overtaken.value.by == "Ben"
    assert title(conversation_id) == "Kitchen"


def test_a_title_that_is_too_long_is_refused(ana: Member, conversation_id: int) -> None:
    with pytest.raises(Refused, match="title_long"):
        titles.change(ana.id, conversation_id, "x" * 121, "Oak chairs")
    assert title(conversation_id) == "Oak chairs"


def test_a_hidden_or_unknown_conversation_takes_no_title(ana: Member) -> None:
    for conversation_id in (factories.received().conversation_id, 999):
        with pytest.raises(Gone):
            titles.change(ana.id, conversation_id, "Maria", "")
