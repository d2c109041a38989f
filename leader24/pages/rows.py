"""Conversations as the plain rows that the list shows, every word already chosen."""

import re
from functools import lru_cache
from typing import Any

import phonenumbers

from leader24.i18n import _
from leader24.models import Author, Status
from leader24.pages import times, words
from leader24.search import Passage
from leader24.services import plain_text, rubric
from leader24.services.list_rows import Attention, ConversationRow

TONES = ("cont", "prog", "hot", "fup", "lead", "wait")
TAGS_SHOWN = 2
# In characters: of the line with status and tags, around each of them, and what at least is seen of a tag.
META_ROOM, CHIP_ROOM, LEAST = 31, 3, 8
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
STATUS_TONES = {
    Status.IN_PROGRESS: "prog",
    Status.OPPORTUNITY: "hot",
    Status.POTENTIAL_CUSTOMER: "lead",
    Status.QUOTE_REQUEST: "quote",
    Status.FOLLOW_UP: "fup",
    Status.CONTACTED: "cont",
    Status.WAITING_RESPONSE: "wait",
    Status.INFO_ONLY: "info",
    Status.NOT_INTERESTED: "declined",
    Status.SPAM: "spam",
}
TAG_TONES = {
    "green": "cont",
    "blue": "prog",
    "orange": "hot",
    "violet": "fup",
    "rose": "quote",
    "yellow": "lead",
    "slate": "wait",
}

Row = dict[str, Any]


def conversation(row: ConversationRow, passage: Passage | None = None) -> Row:
    status, source = words.status(row.status), words.source(row.source)
    score = score_words(row.score)
    name = who(row.contact_name, row.phone)
    unread = _("unread") if row.is_unread else ""
    time = times.short(row.last_message_at)
    attention = ", ".join(words.attention(reason) for reason in row.attention if reason is not Attention.POOR)
    score_shown = row.score if row.score is not None else _("Not rated")
    tags_shown = _tags_that_fit(row.tags, status, str(score_shown), attention)
    return {
        "id": row.id,
        "href": f"/conversations/{row.id}",
        "name": name,
        "title": row.title,
        "initials": initials(row.contact_name, row.phone),
        "tone": TONES[row.contact_id % len(TONES)],
        "source": row.source.value,
        "source_icon": words.SOURCE_ICONS[row.source],
        "source_name": source,
        "time": time,
        "at": row.last_message_at.timestamp(),
        "when": times.full(row.last_message_at),
        "preview": parts(passage) if passage else [_preview(row)],
        "status": status,
        "status_icon": words.STATUS_ICONS[row.status],
        "status_tone": STATUS_TONES[row.status],
        "tags": list(row.tags[:tags_shown]),
        "more_tags": f"+{len(row.tags) - tags_shown}" if len(row.tags) > tags_shown else "",
        "attention": attention,
        "score": score_shown,
        "band": rubric.band(row.score).value,
        "unread": row.is_unread,
        "pick": _("Select {name}").format(name=name),
        "label": ", ".join(filter(None, [name, row.title, unread, source, status, attention, score, time])),
    }


def _tags_that_fit(tags: tuple[str, ...], status: str, score: str, attention: str) -> int:
    """How many of them can be read beside the rest; of a long one the beginning."""
    room = META_ROOM - len(status) - len(score) - (CHIP_ROOM if attention else 0)
    fitting = 0
    for tag in tags[:TAGS_SHOWN]:
        room -= CHIP_ROOM + (len(tag) if fitting else min(len(tag), LEAST))
        if room < 0:
            break
        fitting += 1
    return fitting


def _preview(row: ConversationRow) -> str:
    if row.last_author is Author.CUSTOMER:
        return words.preview(row.preview)
    return _("{name}: {text}").format(name=words.author(row.last_author), text=row.preview)


def score_words(score: int | None) -> str:
    return _("Not rated") if score is None else _("Quality score {score}").format(score=score)


def parts(passage: Passage) -> list[Any]:
    """Where the hit is and the passage in pieces: text, [marked text], text …"""
    where = {
        "title": _("Title:"),
        "contact": _("Contact:"),
        "message": "",
        "note": _("Note:"),
        "tag": _("Tag:"),
        "summary": _("Summary:"),
        "phone": _("Phone:"),
    }[passage.text.kind]
    pieces: list[Any] = [f"{where} "] if where else []
    excerpt = number(passage.excerpt) if passage.text.kind == "phone" else passage.excerpt
    end = 0
    for begin, stop in passage.marks:
        pieces += [excerpt[end:begin], [excerpt[begin : max(stop, begin)]]]
        end = stop
    return [*pieces, excerpt[end:]] if passage.text.kind != "phone" else [*pieces[:1], [excerpt]]


def who(name: str, phone: str | None) -> str:
    return name or (number(phone) if phone else _("Visitor"))


def isolated(text: str) -> str:
    """So that it turns nothing over that stands beside it, as a right-to-left name would."""
    text = plain_text.without_turning(text)
    return f"\u2068{text}\u2069" if RIGHT_TO_LEFT.search(text) else text


def initials(name: str, phone: str | None) -> str:
    letters = "".join(_initial(word) for word in name.split()[:2]).upper()
    return letters or (number(phone).split(" ")[0] if phone else _("Visitor")[0])


def _initial(word: str) -> str:
    """Its first letter or digit, where it has one."""
    return next(filter(str.isalnum, word), word[0])


@lru_cache(10_000)
def number(phone: str) -> str:
    """As people write it: "+39 347 220 9184"."""
    try:
        parsed = phonenumbers.parse(phone)
    except phonenumbers.NumberParseException:
        return phone
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL))
