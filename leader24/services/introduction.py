"""What an owner says about the business in answer to plain questions; kept as preferences and as knowledge."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from leader24 import clock, db
from leader24.models import Activity, Knowledge
from leader24.services import agents, choices, preferences, rights
from leader24.services.offline.phrases import PHRASES, say
from leader24.services.refusals import Refused
from leader24.services.rights import Right

QUESTIONS = 3  # that customers ask most
HOURS, WHERE = "question_hours", "question_where"  # phrases: what stands over these answers in the knowledge


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of customers with the answer; `id` is its entry in the knowledge."""

    question: str = ""
    answer: str = ""
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Introduction:
    """`hours` from Monday on, as typed; `where` is how the business is found and reached."""

    description: str
    hours: tuple[str, ...]
    where: str
    asked: tuple[Asked, ...]
    agent_name: str
    instructions: str


class Unclear(Exception):
    """Some answers cannot be taken, and none was: why, as a code for each field. A field is one of Introduction's,
    with its number where there are several: "hours 5"."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(problems)
        self.problems = problems


def known(member_id: int) -> Introduction:
    """What was said so far. Raises Forbidden."""
    chosen = preferences.current()
    with db.read() as session:
        rights.check(session, member_id, Right.RUN)
        entries = _own(session)
        where = _about(entries, WHERE)
        told = [each for each in entries if not _is_about(each, HOURS) and not _is_about(each, WHERE)]
    asked = [Asked(each.question, each.answer, each.id) for each in told[:QUESTIONS]]
    asked += [Asked()] * (QUESTIONS - len(asked))
    return Introduction(
        description=chosen.description,
        hours=chosen.hours,
        where=where.answer if where else "",
        asked=tuple(asked),
        agent_name=chosen.agent_name,
        instructions=chosen.instructions,
    )


def save(member_id: int, said: Introduction) -> None:
    """All of it or nothing. What was said before is changed, not said twice. Raises Unclear or Forbidden."""
    read = _read(said)
    language = preferences.current().language
    with db.write() as session:
        rights.check(session, member_id, Right.RUN)
        preferences.set_within(
            session,
            member_id,
            description=read.description,
            hours=read.hours,
            agent_name=read.agent_name,
            instructions=read.instructions,
        )
        for each in read.asked:
            _keep(session, _entry(session, each), each.question, each.answer)
        entries = _own(session)
        _keep(session, _about(entries, HOURS), say(language, HOURS), opening(read.hours, language))
        _keep(session, _about(entries, WHERE), say(language, WHERE), read.where)
        session.add(Activity(member_id=member_id, kind="business_introduced", created_at=clock.now()))
    preferences.forget()
    preferences.current()  # read here, so that nobody on the event loop has to


def opening(hours: tuple[str, ...], language: str) -> str:
    """In a sentence or two; nothing where the hours are not known."""
    if not any(hours):
        return ""
    open_on, closed_on = [], []
    for first, last in _alike(hours):
        named = _named(first, last, language)
        if hours[first]:
            open_on.append(f"{named} {hours[first]}")
        else:
            closed_on.append(named)
    sentences = [say(language, "open_on", days="; ".join(open_on))]
    sentences += [say(language, "closed_on", days=", ".join(closed_on))] if closed_on else []
    return " ".join(sentences)


def _read(said: Introduction) -> Introduction:
    """As it is to be kept. Raises Unclear."""
    sheet = _Sheet()
    made = Introduction(
        description=sheet.read("description", partial(choices.read, "description"), said.description),
        hours=tuple(sheet.read(f"hours {at}", choices.day, line) for at, line in enumerate(said.hours)),
        where=sheet.read("where", agents.answer_in, said.where) if said.where.strip() else "",
        asked=tuple(sheet.asked(at, each) for at, each in enumerate(said.asked)),
        agent_name=sheet.read("agent_name", partial(choices.read, "agent_name"), said.agent_name),
        instructions=sheet.read("instructions", partial(choices.read, "instructions"), said.instructions),
    )
    if sheet.problems:
        raise Unclear(sheet.problems)
    return made


class _Sheet:
    """Reads field after field, and gathers what cannot be taken."""

    def __init__(self) -> None:
        self.problems: dict[str, str] = {}

    def read(self, field: str, reader: Callable[[str], str], typed: str) -> str:
        try:
            return reader(typed)
        except Refused as problem:
            self.problems[field] = problem.code
            return ""

    def asked(self, at: int, typed: Asked) -> Asked:
        if not typed.question.strip() and not typed.answer.strip():
            return Asked(id=typed.id)
        question = self.read(f"question {at}", agents.question_in, typed.question)
        return Asked(question, self.read(f"answer {at}", agents.answer_in, typed.answer), typed.id)


def _own(session: Session) -> list[Knowledge]:
    """The example's entries are nobody's."""
    return list(session.scalars(select(Knowledge).where(~Knowledge.is_example).order_by(Knowledge.id)))


def _entry(session: Session, asked: Asked) -> Knowledge | None:
    """Also that of the same question, for whoever saves twice."""
    if asked.id and (entry := session.get(Knowledge, asked.id)):
        return entry
    return next((each for each in _own(session) if each.question == asked.question), None)


def _about(entries: Iterable[Knowledge], name: str) -> Knowledge | None:
    return next((each for each in entries if _is_about(each, name)), None)


def _is_about(entry: Knowledge, name: str) -> bool:
    """In whatever language the business was when it was written down."""
    return entry.question in {phrases[name] for phrases in PHRASES.values()}


def _keep(session: Session, entry: Knowledge | None, question: str, answer: str) -> None:
    if not answer:
        if entry:
            session.delete(entry)
    elif entry:
        entry.question, entry.answer = question, answer
    else:
        session.add(Knowledge(question=question, answer=answer))


def _alike(hours: tuple[str, ...]) -> list[tuple[int, int]]:
    """First and last of the days in a row that have the same hours."""
    spans: list[tuple[int, int]] = []
    for day, line in enumerate(hours):
        if spans and hours[spans[-1][0]] == line:
            spans[-1] = spans[-1][0], day
        else:
            spans.append((day, day))
    return spans


def _named(first: int, last: int, language: str) -> str:
    days = say(language, "weekdays").split()
    if first == last:
        return days[first]
    return say(language, "two_days" if last == first + 1 else "days", first=days[first], last=days[last])
