"""The example inbox: conversations of an invented shop, told by example.toml, that come in, are answered, reviewed and
sorted by the same verbs as real ones, only at another time."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from secrets import token_urlsafe
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import delete, exists, or_, select, update
from sqlalchemy.orm import Session

from leader24 import changes, clock, db
from leader24.models import Activity, Contact, Conversation, ConversationTag, Knowledge, Source, Status, Tag
from leader24.services import agents, conversations, messages, notes, preferences, reviews, rights, tags
from leader24.services.messages import Arrival
from leader24.services.offline import OfflineReviewer
from leader24.services.rights import Right
from leader24.services.seams import Answer

SCRIPT = Path(__file__).with_name("example.toml")
REVIEW_AFTER = timedelta(minutes=10)  # whatever the owner set: the script is written for it
PAUSES = {"customer": 2, "agent": 0.1, "member": 4, "tag": 0.2, "note": 0.5, "status": 0.2, "read": 0.2}  # minutes


def load(member_id: int) -> int:
    """Bring it in; how many conversations, 0 where it is there already. Raises Forbidden."""
    script = _script()
    if not _begin(member_id, script.facts):
        return 0
    now, zone = clock.now(), ZoneInfo(preferences.current().time_zone)
    for story in script.stories:
        _Scene(member_id, story, now, at=story.begins_at(now, zone)).play()
    return len(script.stories)


def unload(member_id: int) -> list[int]:
    """Take all of it away, also what a load that broke off has left; the ids of its conversations. Raises Forbidden."""
    with db.write() as session:
        rights.check(session, member_id, Right.RUN)
        belongs = Conversation.contact_id.in_(select(Contact.id).where(Contact.is_example))
        ids = list(session.scalars(select(Conversation.id).where(belongs)))
        tagged = ConversationTag.conversation_id.in_(ids)
        tag_ids = list(session.scalars(select(ConversationTag.tag_id).where(tagged).distinct()))
        session.execute(delete(Contact).where(Contact.is_example))
        session.execute(delete(Knowledge).where(Knowledge.is_example))
        is_used = exists().where(ConversationTag.tag_id == Tag.id)
        session.execute(delete(Tag).where(Tag.id.in_(tag_ids), ~is_used))
        if ids:
            session.add(Activity(member_id=member_id, kind="example_unloaded", created_at=clock.now()))
    for conversation_id in ids:
        changes.publish(conversation_id)
    return ids


def adopt_answers(member_id: int) -> None:
    """The invented shop's answers become the business's own, for a run in which it is that shop."""
    with db.write() as session:
        rights.check(session, member_id, Right.RUN)
        session.execute(update(Knowledge).where(Knowledge.is_example).values(is_example=False))


def is_loaded() -> bool:
    with db.read() as session:
        return _is_there(session)


@dataclass(frozen=True, slots=True)
class _Event:
    kind: str  # one of PAUSES
    text: str
    after: timedelta
    hands_over: bool


@dataclass(frozen=True, slots=True)
class _Story:
    source: Source
    name: str
    phone: str | None
    language: str
    page: str
    days_ago: int
    time: time
    minutes_ago: int | None
    events: tuple[_Event, ...]

    def begins_at(self, now: datetime, zone: ZoneInfo) -> datetime:
        if self.minutes_ago is not None:
            return now - timedelta(minutes=self.minutes_ago)
        day = now.astimezone(zone).date() - timedelta(days=self.days_ago)
        return datetime.combine(day, self.time, zone)


@dataclass(frozen=True, slots=True)
class _Script:
    stories: tuple[_Story, ...]
    facts: tuple[tuple[str, str], ...]  # question and answer


@cache
def _script() -> _Script:
    told = tomllib.loads(SCRIPT.read_text(encoding="utf-8"))
    facts = tuple((each["question"], each["answer"]) for each in told["knowledge"])
    return _Script(tuple(map(_story, told["conversation"])), facts)


def _story(told: dict[str, Any]) -> _Story:
    return _Story(
        source=Source(told["source"]),
        name=told.get("name", ""),
        phone=told.get("phone"),
        language=told.get("language", ""),
        page=told.get("page", ""),
        days_ago=told.get("days_ago", 0),
        time=told.get("at", time()),
        minutes_ago=told.get("minutes_ago"),
        events=tuple(map(_event, told["events"])),
    )


def _event(told: dict[str, Any]) -> _Event:
    kind = next(kind for kind in PAUSES if kind in told)
    after = timedelta(minutes=told.get("after", PAUSES[kind]))
    return _Event(kind, str(told[kind]), after, hands_over=told.get("hands_over", False))


def _begin(member_id: int, facts: tuple[tuple[str, str], ...]) -> bool:
    """One transaction, so that of two who load at once only one does."""
    with db.write() as session:
        rights.check(session, member_id, Right.RUN)
        if _is_there(session):
            return False
        session.add_all(Knowledge(question=question, answer=answer, is_example=True) for question, answer in facts)
        session.add(Activity(member_id=member_id, kind="example_loaded", created_at=clock.now()))
    return True


def _is_there(session: Session) -> bool:
    contact, knowledge = select(Contact.id).where(Contact.is_example), select(Knowledge.id).where(Knowledge.is_example)
    return bool(session.scalar(select(or_(contact.exists(), knowledge.exists()))))


class _Scene:
    """A story while it is played. `_at` is the time in it."""

    def __init__(self, member_id: int, story: _Story, now: datetime, at: datetime) -> None:
        self._member_id = member_id
        self._story = story
        self._now = now
        self._at = at
        self._review_at: datetime | None = None
        self._conversation_id = 0
        self._version = 0
        self._sender = _sender(story)

    def play(self) -> None:
        for event in self._story.events:
            self._at += event.after
            self._review_if_due(self._at)
            with clock.at(self._at):
                _VERBS[event.kind](self, event)
        self._review_if_due(self._now)

    def customer(self, event: _Event) -> None:
        arrival = Arrival(
            source=self._story.source,
            sender=self._sender,
            external_id=f"example:{uuid4()}",
            text=event.text,
            name=self._story.name,
            phone=self._story.phone,
            language=self._story.language,
            page=self._story.page,
            is_example=True,
        )
        (stored,) = messages.receive([arrival])
        self._conversation_id = stored.conversation_id
        self._was_said()

    def agent(self, event: _Event) -> None:
        claim = agents.Claim(self._conversation_id, self._version, attempts=1)
        agents.save(claim, Answer(event.text, wants_person=event.hands_over))
        self._was_said(wants_person=event.hands_over)

    def member(self, event: _Event) -> None:
        messages.reply(self._member_id, self._conversation_id, event.text)
        self._was_said()

    def tag(self, event: _Event) -> None:
        tags.add(self._member_id, self._conversation_id, event.text)

    def note(self, event: _Event) -> None:
        notes.add(self._member_id, self._conversation_id, event.text)

    def status(self, event: _Event) -> None:
        conversations.change_status(self._member_id, self._conversation_id, Status(event.text))

    def read(self, _: _Event) -> None:
        conversations.mark_read(self._member_id, self._conversation_id)

    def _was_said(self, *, wants_person: bool = False) -> None:
        self._version += 1
        self._review_at = self._at if wants_person else self._at + REVIEW_AFTER

    def _review_if_due(self, at: datetime) -> None:
        if self._review_at is None or self._review_at > at:
            return
        reviewer = OfflineReviewer()
        with clock.at(self._review_at):
            reviews.review(reviews.claim(self._conversation_id), reviewer, stand_in=reviewer)
        self._review_at = None


_VERBS: dict[str, Callable[[_Scene, _Event], None]] = {
    "customer": _Scene.customer,
    "agent": _Scene.agent,
    "member": _Scene.member,
    "tag": _Scene.tag,
    "note": _Scene.note,
    "status": _Scene.status,
    "read": _Scene.read,
}


def _sender(story: _Story) -> str:
    """As the source itself would know him; nobody has the token of an invented visitor."""
    if story.source is Source.WHATSAPP:
        return f"whatsapp:{story.phone}"
    return sha256(token_urlsafe().encode()).hexdigest()
