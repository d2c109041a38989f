"""Tags on conversations."""

import pytest
from sqlalchemy import select

from leader24 import db
from leader24.models import Activity, Member, Tag
from leader24.services import tags
from leader24.services.conversations import Gone
from leader24.services.refusals import Refused
from tests import factories
from tests.threads import at_once

pytestmark = pytest.mark.usefixtures("database")


def activities(conversation_id: int) -> list[tuple[str, int | None]]:
    query = select(Activity).where(Activity.conversation_id == conversation_id, Activity.kind.startswith("tag_"))
    with db.read() as session:
        return [(each.kind, each.member_id) for each in session.scalars(query.order_by(Activity.id))]


def names(member: Member) -> list[str]:
    return [tag.name for tag in tags.known(member.id)]


def test_a_tag_is_made_when_it_is_first_used_and_then_used_again(ana: Member) -> None:
    first, second = factories.listed(), factories.listed()
    made, used = tags.add(ana.id, first, "Kitchen"), tags.add(ana.id, second, " kitchen ")
    assert made == used and names(ana) == ["Kitchen"]


@pytest.mark.parametrize(("one", "same"), [("Straße", "STRASSE"), ("ÉTÉ", "été"), ("two  words", "Two Words")])
def test_case_and_spaces_make_no_other_tag(ana: Member, one: str, same: str) -> None:
    conversation_id = factories.listed()
    assert tags.add(ana.id, conversation_id, one).id == tags.add(ana.id, conversation_id, same).id


def test_a_tag_that_is_there_is_not_added_again(ana: Member) -> None:
    conversation_id = factories.listed()
    tags.add(ana.id, conversation_id, "kitchen")
    before = factories.conversation(conversation_id).revision
    tags.add(ana.id, conversation_id, "kitchen")
    assert activities(conversation_id) == [("tag_added", ana.id)]
    assert factories.conversation(conversation_id).revision == before


def test_a_new_tag_added_by_eight_members_at_once_is_one(ana: Member) -> None:
    conversation_id = factories.listed()
    at_once(8, lambda _: tags.add(ana.id, conversation_id, "kitchen"))
    with db.read() as session:
        assert len(list(session.scalars(select(Tag)))) == 1
    assert activities(conversation_id) == [("tag_added", ana.id)]


def test_a_removed_tag_stays_for_others_and_is_removed_once(ana: Member) -> None:
    conversation_id = factories.listed()
    tag = tags.add(ana.id, conversation_id, "kitchen")
    tags.remove(ana.id, conversation_id, tag.id)
    tags.remove(ana.id, conversation_id, tag.id)
    assert activities(conversation_id) == [("tag_added", ana.id), ("tag_removed", ana.id)]
    assert names(ana) == ["kitchen"]


def test_the_most_used_tags_come_first(ana: Member) -> None:
    made = [factories.listed() for _ in range(2)]
    for name in ("wood", "kitchen", "linen"):
        tags.add(ana.id, made[0], name)
    tags.add(ana.id, made[1], "wood")
    assert names(ana) == ["wood", "kitchen", "linen"]


def test_each_new_tag_has_the_next_colour(ana: Member) -> None:
    conversation_id = factories.listed()
    colours = [tags.add(ana.id, conversation_id, f"tag {number}").colour for number in range(8)]
    assert colours == [*tags.COLOURS, tags.COLOURS[0]]


@pytest.mark.parametrize(("name", "code"), [("", "tag_empty"), (" \x00\n", "tag_empty"), ("x" * 41, "tag_long")])
def test_a_name_that_cannot_be_taken_is_refused(ana: Member, name: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        tags.add(ana.id, factories.listed(), name)


def test_a_hidden_or_unknown_conversation_cannot_be_tagged(ana: Member) -> None:
    for conversation_id in (factories.received().conversation_id, 999):
        with pytest.raises(Gone):
            tags.add(ana.id, conversation_id, "kitchen")
        with pytest.raises(Gone):
            tags.remove(ana.id, conversation_id, 1)
    assert names(ana) == []
