"""Who may do what, by a table of every verb that takes a member."""

import ast
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import pytest

from leader24 import clock, db, services
from leader24.models import DraftKind, Member, Note, Role, SetBy, Status
from leader24.services import (
    about,
    agents,
    ai,
    attachments,
    bin,
    bulk,
    contacts,
    conversations,
    counts,
    detail,
    drafts,
    example,
    exports,
    first_steps,
    in_progress,
    introduction,
    list_rows,
    listing,
    members,
    messages,
    notes,
    preferences,
    rejections,
    review_requests,
    reviews,
    sign_ins,
    suggestions,
    tags,
    takeovers,
    team,
    titles,
    views,
)
from leader24.services.acts import Mark
from leader24.services.contacts import ContactFields
from leader24.services.conversations import Gone, StatusChange
from leader24.services.filters import Filter
from leader24.services.finder import Finder
from leader24.services.introduction import Introduction
from leader24.services.refusals import Overtaken, Refused
from leader24.services.rights import Forbidden
from leader24.services.suggestions import Suggestion
from leader24.services.titles import Title
from tests import factories

pytestmark = pytest.mark.usefixtures("database")

NOBODY = 999
NOW = clock.now()
INTRODUCTION = Introduction("We make chairs.", ("",) * 7, "In Turin.", (), "Sofia", "")

MARIA = ContactFields("Maria", "", "", "")
NOTHING = contacts.Change({}, {}, frozenset())
TITLES = titles.Change(Title("Oak chairs", SetBy.AI), Title("Maria", SetBy.MEMBER))


def removed_from(conversation_id: int) -> notes.Removed:
    return notes.Removed(conversation_id, "Called her.", clock.now(), None)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the verbs are tried: a listed conversation with a tag, a note of the acting member, and knowledge. The
    acting member is signed in with the token; somebody else is a member too."""

    conversation_id: int
    tag_id: int
    note_id: int
    index: Path
    token: str
    someone_id: int


Verb = Callable[[int, Place], object]


def past_the_right(verb: Callable[[], object]) -> None:
    """What comes after the right may be refused: a member of the factory has no password."""
    with suppress(Refused, Overtaken, Gone):
        verb()


WORK: dict[str, Verb] = {
    "see the list": lambda me, at: listing.listed(me, Filter()),
    "see the numbers above it": lambda me, at: conversations.overview(me),
    "see rows of the list": lambda me, at: list_rows.listed_ids(me, [at.conversation_id]),
    "see a conversation": lambda me, at: detail.of(me, at.conversation_id),
    "see a file": lambda me, at: past_the_right(lambda: attachments.row(me, 1)),
    "read it": lambda me, at: past_the_right(lambda: attachments.content(me, 1, 0, 10)),
    "see what was earlier": lambda me, at: detail.earlier(me, at.conversation_id, 2),
    "search": lambda me, at: Finder(at.index).search(me, "oak", Filter()),
    "see which rows fit": lambda me, at: listing.matching(me, Filter()),
    "see how many fit": lambda me, at: listing.count(me, Filter()),
    "see how many each choice would show": lambda me, at: counts.of(me, Filter()),
    "see one's saved views": lambda me, at: views.of(me),
    "save a view": lambda me, at: views.save(me, "Mine", "status=Spam"),
    "rename one": lambda me, at: views.rename(me, 1, "Still mine"),
    "remove one": lambda me, at: views.remove(me, 1),
    "change the status": lambda me, at: conversations.change_status(me, at.conversation_id, Status.SPAM),
    "put a status back": lambda me, at: past_the_right(
        lambda: conversations.put_status_back(me, StatusChange(at.conversation_id, Status.SPAM, SetBy.AI, Status.SPAM))
    ),
    "mark unread": lambda me, at: conversations.mark_unread(me, at.conversation_id),
    "mark many": lambda me, at: bulk.do(me, Mark(is_read=True), [at.conversation_id]),
    "take it back": lambda me, at: bulk.take_back(me, Mark(is_read=True), {}),
    "delete a conversation": lambda me, at: bin.delete(me, at.conversation_id),
    "restore it": lambda me, at: bin.restore(me, at.conversation_id),
    "see the bin": lambda me, at: bin.deletions(me),
    "see what was deleted together": lambda me, at: bin.rows(me, NOW),
    "see all of it": lambda me, at: bin.ids_of(me, NOW),
    "see whether one is there": lambda me, at: bin.found(me, at.conversation_id),
    "mark read": lambda me, at: conversations.mark_read(me, at.conversation_id),
    "see an earlier review": lambda me, at: detail.review(me, at.conversation_id, 1),
    "change the title": lambda me, at: titles.change(me, at.conversation_id, "Maria", "Oak chairs"),
    "take a title back": lambda me, at: titles.put_back(me, at.conversation_id, TITLES),
    "edit the contact": lambda me, at: contacts.edit(me, at.conversation_id, MARIA, ContactFields()),
    "take that back": lambda me, at: contacts.put_back(me, at.conversation_id, NOTHING),
    "dismiss a suggestion": lambda me, at: suggestions.dismiss(me, at.conversation_id, 1, Suggestion.TITLE),
    "reply": lambda me, at: messages.reply(me, at.conversation_id, "Hello!"),
    "see the tags": lambda me, at: tags.known(me),
    "see them by name": lambda me, at: tags.by_name(me),
    "add a tag": lambda me, at: tags.add(me, at.conversation_id, "kitchen"),
    "remove a tag": lambda me, at: tags.remove(me, at.conversation_id, at.tag_id),
    "see how often tags are used": lambda me, at: tags.all_tags(me),
    "see the tags of some": lambda me, at: tags.uses_on(me, [at.conversation_id]),
    "look for a tag": lambda me, at: tags.named(me, "wood"),
    "put a tag back": lambda me, at: tags.put_back(me, at.conversation_id, at.tag_id),
    "rename a tag": lambda me, at: tags.rename(me, at.tag_id, "oak"),
    "recolour a tag": lambda me, at: tags.recolour(me, at.tag_id, "rose"),
    "merge tags": lambda me, at: tags.merge(me, at.tag_id, at.tag_id),
    "delete a tag": lambda me, at: tags.delete(me, at.tag_id),
    "add a note": lambda me, at: notes.add(me, at.conversation_id, "Called her."),
    "edit one's note": lambda me, at: notes.edit(me, at.note_id, "Called him."),
    "bring back one's note": lambda me, at: notes.put_back(me, removed_from(at.conversation_id)),
    "remove one's note": lambda me, at: notes.remove(me, at.note_id),
    "see what one has begun to write": lambda me, at: drafts.of(me, at.conversation_id),
    "begin to write": lambda me, at: drafts.keep(me, at.conversation_id, DraftKind.NOTE, "half a th"),
    "see what is in progress": lambda me, at: in_progress.waiting(me),
    "take over": lambda me, at: takeovers.take_over(me, at.conversation_id),
    "give back": lambda me, at: takeovers.give_back(me, at.conversation_id),
    "ask for a review": lambda me, at: review_requests.ask(me, at.conversation_id),
    "see one's devices": lambda me, at: sign_ins.devices(me, sign_ins.hash_of(at.token)),
    "end one of one's sign-ins": lambda me, at: sign_ins.end(me, sign_ins.hash_of(at.token)),
    "end all others": lambda me, at: sign_ins.end_others(me, sign_ins.hash_of(at.token)),
    "change one's password": lambda me, at: past_the_right(
        lambda: sign_ins.change_password(me, "not it", "a much better password", at.token)
    ),
    "change one's name": lambda me, at: members.rename(me, "Bea"),
    "choose one's language": lambda me, at: members.choose(me, language="it"),
}
RUN: dict[str, Verb] = {
    "erase a conversation": lambda me, at: bin.erase(me, at.conversation_id),
    "export as text": lambda me, at: exports.as_values(me, [at.conversation_id]),
    "export as JSON": lambda me, at: exports.as_json(me, [at.conversation_id]),
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
    "see what it knows": lambda me, at: agents.knowledge(me),
    "load the example": lambda me, at: example.load(me),
    "unload it": lambda me, at: example.unload(me),
    "adopt its answers": lambda me, at: example.adopt_answers(me),
    "choose the AI": lambda me, at: ai.choose(me, model="small"),
    "have an AI answer": lambda me, at: past_the_right(lambda: ai.test(me, "", "", "")),
    "let running clocks follow the delay": lambda me, at: reviews.follow_delay(me),
    "see the installation": lambda me, at: about.installation(me, at.index.parent),
    "see what was changed": lambda me, at: about.changes(me),
    "see the team": lambda me, at: team.members(me),
    "change a role": lambda me, at: team.change_role(me, at.someone_id, Role.OWNER),
    "disable a member": lambda me, at: team.disable(me, at.someone_id),
    "enable a member": lambda me, at: team.enable(me, at.someone_id),
    "invite": lambda me, at: team.invite(me, Role.MEMBER),
    "see invitations": lambda me, at: team.invitations(me),
    "withdraw one": lambda me, at: team.withdraw(me, 1),
    "make a link to a new password": lambda me, at: team.new_password_link(me, at.someone_id),
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
    tag_id = tags.add(someone, conversation_id, "wood").id
    with db.write() as session:
        acting = session.get(Member, member_id) or session.get_one(Member, someone)
        session.get_one(Note, note_id).member_id = acting.id
        token = sign_ins.begin(session, acting, "")
    return Place(conversation_id, tag_id, note_id, tmp_path / "index", token, someone)


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


def verbs_of_members() -> Iterator[str]:
    """Every public function of the services that is told first who wants it: "notes.add"."""
    for found in pkgutil.walk_packages(services.__path__, "leader24.services."):
        for name, verb in inspect.getmembers(import_module(found.name), inspect.isfunction):
            parameters = list(inspect.signature(verb).parameters)
            is_own = verb.__module__ == found.name and not name.startswith("_")
            if is_own and parameters[:1] == ["member_id"]:
                yield f"{found.name.removeprefix('leader24.services.')}.{name}"


def test_no_verb_is_forgotten_here() -> None:
    tree = ast.parse(Path(__file__).read_text(encoding="utf-8"))
    tables = [node for node in tree.body if isinstance(node, ast.AnnAssign)]
    named = {ast.unparse(node.func) for table in tables for node in ast.walk(table) if isinstance(node, ast.Call)}
    found = set(verbs_of_members())
    assert len(found) > 30 and found - named == set()
