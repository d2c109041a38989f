"""Tags on conversations."""

import time

import pytest
from sqlalchemy import insert, select

from leader24 import changes, db
from leader24.models import Activity, Conversation, ConversationTag, Member, Tag
from leader24.services import detail, tags
from leader24.services.conversations import Gone
from leader24.services.refusals import Overtaken, Refused
from leader24.services.tags import TagGone
from tests import factories
from tests.server import measured
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


# ---- for all conversations at once ----


def tagged(member: Member, *names: str) -> int:
    conversation_id = factories.listed()
    for name in names:
        tags.add(member.id, conversation_id, name)
    return conversation_id


def tag_id(member: Member, name: str) -> int:
    found = tags.named(member.id, name)
    assert found
    return found.id


def on(member: Member, conversation_id: int) -> list[str]:
    return [tag.name for tag in detail.of(member.id, conversation_id).tags]


def revision(conversation_id: int) -> int:
    return factories.conversation(conversation_id).revision


def noted(kind: str) -> list[dict[str, object]]:
    with db.read() as session:
        found = session.scalars(select(Activity).where(Activity.kind == kind))
        return [each.details for each in found if each.conversation_id is None]


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    heard: list[int] = []
    monkeypatch.setattr(changes, "publish", heard.append)
    return heard


def test_tags_are_counted_by_the_conversations_that_carry_them(ana: Member) -> None:
    tagged(ana, "wood", "linen")
    tags.remove(ana.id, tagged(ana, "wood", "kitchen"), tag_id(ana, "kitchen"))
    assert [(use.tag.name, use.count) for use in tags.all_tags(ana.id)] == [("wood", 2), ("linen", 1), ("kitchen", 0)]


def test_a_new_name_is_everywhere_at_once_and_is_indexed(ana: Member, published: list[int]) -> None:
    first, second, other = tagged(ana, "wood"), tagged(ana, "wood"), tagged(ana, "linen")
    before = {each: revision(each) for each in (first, second, other)}
    published.clear()
    tags.rename(ana.id, tag_id(ana, "wood"), "  Solid   wood ")
    assert on(ana, first) == on(ana, second) == ["Solid wood"]
    assert {each: revision(each) - was for each, was in before.items()} == {first: 1, second: 1, other: 0}
    assert sorted(published) == [first, second]
    assert noted("tag_renamed") == [{"tag": "wood", "to": "Solid wood", "count": 2}]


def test_the_same_name_in_another_case_is_still_this_tag(ana: Member) -> None:
    conversation_id = tagged(ana, "wood")
    tags.rename(ana.id, tag_id(ana, "wood"), "WOOD")
    assert on(ana, conversation_id) == ["WOOD"]
    tags.rename(ana.id, tag_id(ana, "wood"), "WOOD")
    assert len(noted("tag_renamed")) == 1


@pytest.mark.parametrize(
    ("name", "code"), [("Linen", "tag_taken"), ("LINEN ", "tag_taken"), (" ", "tag_empty"), ("x" * 41, "tag_long")]
)
def test_a_new_name_that_cannot_be_taken_is_refused(ana: Member, name: str, code: str) -> None:
    conversation_id = tagged(ana, "wood", "linen")
    with pytest.raises(Refused, match=code):
        tags.rename(ana.id, tag_id(ana, "wood"), name)
    assert on(ana, conversation_id) == ["linen", "wood"]


def test_a_new_colour_is_told_but_nothing_is_indexed_for_it(ana: Member, published: list[int]) -> None:
    conversation_id = tagged(ana, "wood")
    before = revision(conversation_id)
    published.clear()
    for _ in range(2):
        tags.recolour(ana.id, tag_id(ana, "wood"), "rose")
    assert detail.of(ana.id, conversation_id).tags[0].colour == "rose"
    assert revision(conversation_id) == before
    assert published == [conversation_id]
    assert noted("tag_recoloured") == [{"tag": "wood", "to": "rose"}]


def test_merged_tags_are_one_also_where_both_were(ana: Member, published: list[int]) -> None:
    only_wood, both, only_oak = tagged(ana, "wood"), tagged(ana, "wood", "oak"), tagged(ana, "oak")
    before = {each: revision(each) for each in (only_wood, both, only_oak)}
    published.clear()
    assert tags.merge(ana.id, tag_id(ana, "wood"), tag_id(ana, "oak")) == 2
    assert [on(ana, each) for each in (only_wood, both, only_oak)] == [["oak"]] * 3
    assert names(ana) == ["oak"]
    assert {each: revision(each) - was for each, was in before.items()} == {only_wood: 1, both: 1, only_oak: 0}
    assert sorted(published) == [only_wood, both]
    assert noted("tags_merged") == [{"tag": "wood", "to": "oak", "count": 2}]


def test_a_tag_merged_into_itself_stays(ana: Member) -> None:
    conversation_id = tagged(ana, "wood")
    assert tags.merge(ana.id, tag_id(ana, "wood"), tag_id(ana, "wood")) == 0
    assert on(ana, conversation_id) == ["wood"]
    assert noted("tags_merged") == []


def test_a_deleted_tag_is_gone_from_everywhere_once(ana: Member, published: list[int]) -> None:
    first, second = tagged(ana, "wood", "linen"), tagged(ana, "wood")
    before, wood = revision(first), tag_id(ana, "wood")
    published.clear()
    assert tags.delete(ana.id, wood) == 2
    assert tags.delete(ana.id, wood) == 0
    assert (on(ana, first), on(ana, second), names(ana)) == (["linen"], [], ["linen"])
    assert revision(first) == before + 1
    assert sorted(published) == [first, second]
    assert noted("tag_deleted") == [{"tag": "wood", "count": 2}]


def test_a_tag_that_is_gone_can_be_neither_changed_nor_merged(ana: Member) -> None:
    tagged(ana, "wood")
    wood = tag_id(ana, "wood")
    for change in (
        lambda: tags.rename(ana.id, 999, "oak"),
        lambda: tags.recolour(ana.id, 999, "rose"),
        lambda: tags.merge(ana.id, 999, wood),
        lambda: tags.merge(ana.id, wood, 999),
    ):
        with pytest.raises(TagGone):
            change()
    assert names(ana) == ["wood"]


def test_ten_thousand_conversations_lose_a_tag_in_one_go(ana: Member) -> None:
    conversation_id = tagged(ana, "wood", "oak")
    with db.write() as session:
        model = session.get_one(Conversation, conversation_id)
        row = {column.name: getattr(model, column.name) for column in Conversation.__table__.columns}
        ids = range(conversation_id + 1, conversation_id + 10_000)
        session.execute(insert(Conversation), [row | {"id": id} for id in ids])
        wood = tag_id(ana, "wood")
        session.execute(insert(ConversationTag), [{"conversation_id": id, "tag_id": wood} for id in ids])
    begun = time.monotonic()
    assert tags.merge(ana.id, wood, tag_id(ana, "oak")) == 10_000
    measured(f"10,000 conversations: merged in {time.monotonic() - begun:.2f} s")
    assert tags.all_tags(ana.id)[0].count == 10_000
    assert revision(conversation_id + 9_999) == row["revision"] + 1


def test_a_removed_tag_is_put_back_unless_it_is_gone(ana: Member, ben: Member) -> None:
    conversation_id = factories.listed()
    tag = tags.add(ana.id, conversation_id, "kitchen")
    tags.remove(ana.id, conversation_id, tag.id)
    tags.rename(ben.id, tag.id, "bathroom")
    tags.put_back(ana.id, conversation_id, tag.id)
    assert [use.tag.name for use in tags.uses_on(ana.id, [conversation_id])] == ["bathroom"]
    tags.remove(ana.id, conversation_id, tag.id)
    tags.delete(ben.id, tag.id)
    with pytest.raises(Overtaken):
        tags.put_back(ana.id, conversation_id, tag.id)
    assert tags.known(ana.id) == []


def test_of_some_conversations_it_is_known_which_tags_they_have(ana: Member) -> None:
    made = [factories.listed() for _ in range(3)]
    for conversation_id in made:
        tags.add(ana.id, conversation_id, "kitchen")
    tags.add(ana.id, made[0], "oak")
    assert [(use.tag.name, use.count) for use in tags.uses_on(ana.id, made[:2])] == [("kitchen", 2), ("oak", 1)]
    assert tags.uses_on(ana.id, []) == []
