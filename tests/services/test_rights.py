"""Who may do what, by a table of every verb that takes a member."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from leader24 import clock, db
from leader24.models import Member, Note, Status
from leader24.services import (
    agents,
    conversations,
    detail,
    first_steps,
    introduction,
    members,
    messages,
    notes,
    preferences,
    rejections,
    tags,
)
from leader24.services.conversations import Filter
from leader24.services.finder import Finder
from leader24.services.introduction import Introduction
from leader24.services.rights import Forbidden
from tests import factories

pytestmark = pytest.mark.usefixtures("database")

NOBODY = 999
INTRODUCTION = Introduction("We make chairs.", ("",) * 7, "In Turin.", (), "Sofia", "")


@dataclass(frozen=True, slots=True)
class Place:
    """Where the verbs are tried: a listed conversation with a tag, a note of the acting member, and knowledge."""

    conversation_id: int
    tag_id: int
    note_id: int
    index: Path


Verb = Callable[[int, Place], object]

WORK: dict[str, Verb] = {
    "see the list": lambda me, at: conversations.listed(me, Filter()),
    "see rows of the list": lambda me, at: conversations.listed_ids(me, [at.conversation_id]),
    "see a conversation": lambda me, at: detail.of(me, at.conversation_id),
    "see what was earlier": lambda me, at: detail.earlier(me, at.conversation_id, 2),
    "search": lambda me, at: Finder(at.index).search(me, "oak", Filter()),
    "change the status": lambda me, at: conversations.change_status(me, at.conversation_id, Status.SPAM),
    "mark read": lambda me, at: conversations.mark_read(me, at.conversation_id),
    "reply": lambda me, at: messages.reply(me, at.conversation_id, "Hello!"),
    "see the tags": lambda me, at: tags.known(me),
    "add a tag": lambda me, at: tags.add(me, at.conversation_id, "kitchen"),
    "remove a tag": lambda me, at: tags.remove(me, at.conversation_id, at.tag_id),
    "see how often tags are used": lambda me, at: tags.all_tags(me),
    "look for a tag": lambda me, at: tags.named(me, "wood"),
    "rename a tag": lambda me, at: tags.rename(me, at.tag_id, "oak"),
    "recolour a tag": lambda me, at: tags.recolour(me, at.tag_id, "rose"),
    "merge tags": lambda me, at: tags.merge(me, at.tag_id, at.tag_id),
    "delete a tag": lambda me, at: tags.delete(me, at.tag_id),
    "add a note": lambda me, at: notes.add(me, at.conversation_id, "Called her."),
    "edit one's note": lambda me, at: notes.edit(me, at.note_id, "Called him."),
    "remove one's note": lambda me, at: notes.remove(me, at.note_id),
    "choose one's language": lambda me, at: members.choose(me, language="it"),
}
RUN: dict[str, Verb] = {
    "teach the agent": lambda me, at: agents.teach(me, "Do you deliver?", "Yes."),
    "change what it knows": lambda me, at: agents.teach(me, "Do you deliver?", "No.", 1),
    "unteach it": lambda me, at: agents.unteach(me, 1),
    "instruct it": lambda me, at: preferences.change(me, agent_name="Marta", instructions="Be brief."),
    "set a preference": lambda me, at: preferences.change(me, widget_sites="https://oak.example"),
    "take a preference back": lambda me, at: preferences.clear(me, "widget_sites"),
    "see the first steps": lambda me, at: first_steps.look(me),
    "hide the first steps": lambda me, at: first_steps.dismiss(me),
    "see what was said of the business": lambda me, at: introduction.known(me),
    "introduce the business": lambda me, at: introduction.save(me, INTRODUCTION),
    "see refused webhooks": lambda me, at: rejections.last(me),
}


@pytest.fixture
def owner(ana: Member) -> Member:
    agents.teach(ana.id, "Where are you?", "In Turin.")
    return ana


def place_of(member_id: int, tmp_path: Path) -> Place:
    """All that belongs to somebody belongs to this member."""
    someone = factories.member("Someone").id
    conversation_id = factories.listed("oak")
    note_id = notes.add(someone, conversation_id, "Called her.")
    with db.write() as session:
        note = session.get_one(Note, note_id)
        note.member_id = member_id if session.get(Member, member_id) else someone
    return Place(conversation_id, tags.add(someone, conversation_id, "wood").id, note_id, tmp_path / "index")


def disabled(member: Member) -> Member:
    with db.write() as session:
        session.get_one(Member, member.id).disabled_at = clock.now()
    return member


@pytest.mark.parametrize("verb", WORK | RUN)
def test_nobody_may_do_anything(verb: str, owner: Member, tmp_path: Path) -> None:
    with pytest.raises(Forbidden):
        (WORK | RUN)[verb](NOBODY, place_of(NOBODY, tmp_path))


@pytest.mark.parametrize("verb", WORK | RUN)
def test_a_disabled_owner_may_do_nothing(verb: str, owner: Member, tmp_path: Path) -> None:
    place = place_of(owner.id, tmp_path)
    with pytest.raises(Forbidden):
        (WORK | RUN)[verb](disabled(owner).id, place)


@pytest.mark.parametrize("verb", WORK)
def test_a_member_may_work(verb: str, owner: Member, ben: Member, tmp_path: Path) -> None:
    WORK[verb](ben.id, place_of(ben.id, tmp_path))


@pytest.mark.parametrize("verb", RUN)
def test_a_member_may_not_run_the_place(verb: str, owner: Member, ben: Member, tmp_path: Path) -> None:
    with pytest.raises(Forbidden):
        RUN[verb](ben.id, place_of(ben.id, tmp_path))


@pytest.mark.parametrize("verb", WORK | RUN)
def test_an_owner_may_do_everything(verb: str, owner: Member, tmp_path: Path) -> None:
    (WORK | RUN)[verb](owner.id, place_of(owner.id, tmp_path))
