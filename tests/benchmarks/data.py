"""An invented business's conversations, as many as asked for: always the same, made once and kept between runs."""

import os
import random
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from typing import Any, Final

from sqlalchemy import insert

from leader24 import clock, db
from leader24.models import (
    Activity,
    Author,
    Contact,
    Conversation,
    ConversationTag,
    Identity,
    Member,
    Message,
    Note,
    Reading,
    Record,
    Review,
    Role,
    SetBy,
    Source,
    Status,
    Tag,
)
from leader24.services import preferences
from leader24.services.finder import Finder
from leader24.services.rubric import Dimension
from leader24.services.tags import COLOURS

SEED = 24
AT_ONCE = 2000  # conversations in one insert
USUAL, LONG, LONGEST = 10, 200, 2000  # messages of a conversation
LONG_ONES = 4  # the newest conversation is the longest, the next ones are long
HIDDEN_EVERY, TAKEN_OVER_EVERY, SPAM_EVERY, PHRASE_EVERY = 100, 20, 500, 500
WAITING_EVERY, UNREAD_EVERY, RARE_TAG_EVERY = 40, 2500, 1000
OWNER, IDLE, DILIGENT = 1, 2, 3  # has read most of it, nothing, nearly all
RARE, PHRASE = "quittenkorb", "the walnut shelf arrived broken"

WORDS = {
    "en": "the is it in of my you for and to we can do have this with on please not chair table sofa price delivery "
    "when order would like oak lamp blue large small tomorrow thanks much how which shelf colour week garden bench "
    "arrive return broken repair invoice shop open saturday curtain linen cushion visit measure quote discount wood",
    "it": "il la di che un per con mi si non vorrei sono questo quanto costa sedia tavolo divano consegna rovere "
    "ordine quando lampada grande piccolo domani grazie colore settimana giardino panca arriva reso rotto fattura "
    "aperto sabato tenda lino cuscino preventivo sconto legno misura qualità perché città vernice mensola è già",
}
FIRST = "Giulia Marco Anna Luca Sara Paolo Emma Oliver Chiara Jack Elena Matteo Grace Henry Sofia Davide"
LAST = "Rossi Bianchi Ferri Conti Moretti Baker Turner Wood Hill Marin Greco Costa Fields Brook Sala Testa"
TAGS = ("vip", "wholesale", "garden", "showroom", "late", "gift", "architect", "press", "returning", "trade fair")

Row = dict[str, Any]
Rows = dict[type[Record], list[Row]]

# As in a language, few words make up most of what is said.
_FREQUENCY: Final = list(accumulate(1 / rank for rank in range(1, 100)))


def made(cache: Path, conversations: int) -> Path:
    """The data folder of an installation with so many conversations, its search index included."""
    folder = cache / f"leader24-bench-{conversations}-{_version()}"
    if not (folder / "complete").exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "leader24.db").unlink(missing_ok=True)
        use(folder)
        db.migrate()
        _fill(conversations)
        with closing(Finder(folder / "index")) as finder:
            finder.rebuild()
        db.disconnect()
        (folder / "complete").touch()
    return folder


def use(folder: Path) -> None:
    """Make it the database of this process and of those that it starts."""
    os.environ["LEADER24_DATA_DIR"] = str(folder)
    db.connect(f"sqlite:///{folder / 'leader24.db'}")


def length(number: int, conversations: int) -> int:
    """How many messages this conversation has; the highest number is the newest."""
    age = conversations - number
    return LONGEST if age == 0 else LONG if age <= LONG_ONES else USUAL


def taken_over(conversations: int) -> list[int]:
    """Those in which a member answers instead of the agent, the newest first; all of them are WhatsApp's."""
    return [number for number in range(conversations, 0, -1) if number % TAKEN_OVER_EVERY == 0]


def phone(number: int) -> str:
    return f"+39{3_200_000_000 + number * 7919 % 800_000_000}"


def source(number: int) -> Source:
    return Source.WIDGET if number % 5 in (1, 2) else Source.WHATSAPP


def is_hidden(number: int) -> bool:
    return number % HIDDEN_EVERY == HIDDEN_EVERY // 2


def _version() -> str:
    """Changes with the tables and with this file."""
    migrations = sorted((db.MIGRATIONS / "versions").glob("*.py"))
    return sha256(b"".join(file.read_bytes() for file in [*migrations, Path(__file__)])).hexdigest()[:8]


def _fill(conversations: int) -> None:
    chance = random.Random(SEED)
    end = clock.now()
    with db.write() as session:
        for number, name in ((OWNER, "Ada"), (IDLE, "Bruno"), (DILIGENT, "Carla")):
            role = Role.OWNER if number == OWNER else Role.MEMBER
            session.add(Member(id=number, name=name, email=f"{name}@example.com".lower(), password_hash="-", role=role))
        preferences.store(session, are_first_steps_dismissed=True)
        for number, tag in enumerate([*TAGS, RARE], start=1):
            session.add(Tag(id=number, name=tag, folded=tag, colour=COLOURS[number % len(COLOURS)]))
    for begin in range(1, conversations + 1, AT_ONCE):
        rows: Rows = {}
        for number in range(begin, min(begin + AT_ONCE, conversations + 1)):
            _add(rows, chance, number, conversations, end - timedelta(minutes=5 * (conversations - number)))
        with db.write() as session:
            for kind, each in rows.items():
                session.execute(insert(kind), each)


def _add(rows: Rows, chance: random.Random, number: int, conversations: int, last_at: datetime) -> None:
    """One conversation with all that belongs to it."""

    def put(kind: type[Record], /, **values: object) -> None:
        rows.setdefault(kind, []).append(values)

    language = chance.choice(list(WORDS))
    words = WORDS[language].split()
    messages = list(_messages(chance, words, number, length(number, conversations), last_at))
    put(Contact, id=number, **_contact(chance, number, language, last_at))
    sender = f"whatsapp:{phone(number)}" if source(number) is Source.WHATSAPP else f"visitor-{number}"
    put(Identity, id=number, contact_id=number, source=source(number), external_id=sender)
    status, score = _status(chance, number), chance.randrange(20, 101)
    conversation = _conversation(number, messages, status, score, _sentence(chance, words, 4).capitalize())
    put(Conversation, **conversation | _known_of(chance, number, messages))
    rows.setdefault(Message, []).extend(messages)
    if is_hidden(number):
        return
    put(Review, **_review(number, messages, status, score))
    put(Activity, conversation_id=number, kind="reviewed", details={"status": status}, created_at=last_at)
    for tag in chance.sample(range(1, len(TAGS) + 1), chance.choice((0, 0, 1, 1, 2, 3))):
        put(ConversationTag, conversation_id=number, tag_id=tag)
    if number % RARE_TAG_EVERY == 1:
        put(ConversationTag, conversation_id=number, tag_id=len(TAGS) + 1)
    if rows[Conversation][-1]["note_count"]:
        put(Note, conversation_id=number, member_id=OWNER, text=_sentence(chance, words, 12), created_at=last_at)
    for member in rows[Conversation][-1]["read_by"]:
        put(Reading, member_id=member, conversation_id=number, version=len(messages))


def _status(chance: random.Random, number: int) -> Status:
    """Spam is rare, and never comes by the widget."""
    others = [status for status in Status if status is not Status.SPAM]
    return Status.SPAM if number % SPAM_EVERY == TAKEN_OVER_EVERY else chance.choice(others)


def _contact(chance: random.Random, number: int, language: str, at: datetime) -> Row:
    is_nameless = source(number) is Source.WIDGET and chance.random() < 0.5
    name = "" if is_nameless else f"{chance.choice(FIRST.split())} {chance.choice(LAST.split())}"
    number_known = phone(number) if source(number) is Source.WHATSAPP else None
    return {"name": name, "phone": number_known, "language": language, "created_at": at}


def _messages(chance: random.Random, words: list[str], number: int, count: int, last_at: datetime) -> Iterator[Row]:
    for seq in range(1, count + 1):
        text = f"{_sentence(chance, words, chance.randrange(4, 24)).capitalize()}."
        if seq == 1:
            text += f" N. {chance.randrange(10_000, 99_999)}."
        if seq == 3 and number % PHRASE_EVERY == PHRASE_EVERY // 2:
            text += f" {PHRASE.capitalize()} {RARE if number == PHRASE_EVERY // 2 else ''}."
        author = Author.AGENT if seq % 2 == 0 else Author.CUSTOMER
        yield {
            "conversation_id": number,
            "seq": seq,
            "source": source(number),
            "external_id": f"{number}.{seq}",
            "author": author,
            "author_name": "Sofia" if author is Author.AGENT else "",
            "text": text,
            "received_at": last_at - timedelta(minutes=count - seq),
        }


def _conversation(number: int, messages: list[Row], status: Status, score: int, title: str) -> Row:
    last, hidden = messages[-1], is_hidden(number)
    return {
        "id": number,
        "contact_id": number,
        "identity_id": number,
        "source": last["source"],
        "title": "" if hidden else title,
        "status": Status.IN_PROGRESS if hidden else status,
        "status_set_by": SetBy.AI,
        "created_at": messages[0]["received_at"],
        "last_message_at": last["received_at"],
        "last_author": last["author"],
        "preview": last["text"],
        "score": None if hidden else score,
        "version": len(messages),
        "due_at": last["received_at"] + timedelta(days=10_000) if hidden else None,
        "reviewed_at": None if hidden else last["received_at"],
        "taken_over_by_id": None if number % TAKEN_OVER_EVERY else OWNER,
        "revision": len(messages),
    }


def _known_of(chance: random.Random, number: int, messages: list[Row]) -> Row:
    """What the team has done with it, and whether the customer still waits."""
    if is_hidden(number):
        return {"note_count": 0, "read_by": frozenset(), "waiting_since": None}
    has_read = {OWNER: chance.random() < 0.6, DILIGENT: number % UNREAD_EVERY != 1}
    return {
        "note_count": int(chance.random() < 0.1),
        "read_by": frozenset(member for member, is_so in has_read.items() if is_so),
        "waiting_since": messages[-1]["received_at"] if number % WAITING_EVERY == 1 else None,
    }


def _review(number: int, messages: list[Row], status: Status, score: int) -> Row:
    grades = [
        {"dimension": each, "points": score // 20, "seq": 2, "quote": messages[1]["text"][:60], "reason": "As asked."}
        for each in Dimension
    ]
    return {
        "conversation_id": number,
        "covers": len(messages),
        "created_at": messages[-1]["received_at"],
        "reviewer": "offline",
        "rubric_version": 1,
        "title": "",
        "customer_wants": messages[0]["text"],
        "what_happened": messages[1]["text"],
        "to_do_next": "",
        "score": score,
        "grades": grades,
        "caps": [],
        "status": status,
        "status_reason": "It was asked for.",
        "language": "en",
        "wants_person": False,
        "seconds": 0.1,
    }


def _sentence(chance: random.Random, words: list[str], count: int) -> str:
    return " ".join(chance.choices(words, cum_weights=_FREQUENCY[: len(words)], k=count))
