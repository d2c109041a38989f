"""Conversations and messages as the plain rows that the list and the history show, every word already chosen."""

import re
from functools import lru_cache
from typing import Any

import phonenumbers

from leader24.i18n import _
from leader24.models import Author, Delivery, Status
from leader24.pages import times, words
from leader24.search import Passage
from leader24.services import plain_text, rubric
from leader24.services.conversations import ConversationRow
from leader24.services.detail import Line

TONES = ("cont", "prog", "hot", "fup", "lead", "wait")
TAGS_SHOWN = 2
FOLDED_AT = 3000  # characters of a message that stand in the page before one asks for all of it
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
UNSEEN = "\u200b-\u200f\u202a-\u202e\u2060-\u2069"  # in a link they would make it look like another
LINK = re.compile(rf"(https?://[^\s<>\"'{UNSEEN}]+[^\s<>\"'.,;:!?)\]{UNSEEN}])")
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
TICKS = {
    Delivery.READY: "schedule",
    Delivery.SENDING: "schedule",
    Delivery.SENT: "done",
    Delivery.DELIVERED: "done_all",
    Delivery.READ: "done_all",
    Delivery.FAILED: "error",
    Delivery.UNCONFIRMED: "help",
}

Row = dict[str, Any]


def conversation(row: ConversationRow, passage: Passage | None = None) -> Row:
    status, source = words.status(row.status), words.source(row.source)
    score = score_words(row.score)
    name = who(row.contact_name, row.phone)
    unread = _("unread") if row.is_unread else ""
    time = times.short(row.last_message_at)
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
        "preview": parts(passage) if passage else [_preview(row)],
        "status": status,
        "status_icon": words.STATUS_ICONS[row.status],
        "status_tone": STATUS_TONES[row.status],
        "tags": list(row.tags[:TAGS_SHOWN]),
        "more_tags": f"+{len(row.tags) - TAGS_SHOWN}" if len(row.tags) > TAGS_SHOWN else "",
        "score": row.score if row.score is not None else _("Not rated"),
        "band": rubric.band(row.score).value,
        "unread": row.is_unread,
        "label": ", ".join(filter(None, [name, row.title, unread, source, status, score, time])),
    }


def _preview(row: ConversationRow) -> str:
    if row.last_author is Author.CUSTOMER:
        return row.preview
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


def history(lines: tuple[Line, ...]) -> list[Row]:
    """With a line for each new day."""
    rows: list[Row] = []
    last = None
    for line in lines:
        day = times.local(line.at).date()
        if day != last:
            rows.append({"id": f"d{day}", "kind": "day", "text": [times.day(line.at)], "meta": "", "icon": ""})
            last = day
        rows.append(message(line) if line.kind == "message" else happening(line))
    return rows


def message(line: Line) -> Row:
    author = line.author or Author.CUSTOMER
    said_by = {
        Author.CUSTOMER: "",
        Author.AGENT: _("{name}, AI agent").format(name=isolated(line.author_name)),
        Author.MEMBER: isolated(line.author_name),
    }[author]
    state = words.delivery(line.delivery) if line.delivery else ""
    meta = " · ".join(filter(None, [said_by, times.clock_time(line.at), state]))
    return {
        "id": line.seq,
        "kind": author.value,
        "text": with_links(line.text[:FOLDED_AT]),
        "rest": with_links(line.text[FOLDED_AT:]),
        "meta": meta,
        "icon": TICKS[line.delivery] if line.delivery else "",
        "problem": words.delivery_problem(line.problem) if line.problem else "",
    }


def with_links(text: str) -> list[Any]:
    """The text in pieces: text, {"href"} for what is plainly a web address, text …"""
    pieces = LINK.split(text)
    return [{"href": piece} if at % 2 else piece for at, piece in enumerate(pieces) if piece]


def happening(line: Line) -> Row:
    details = line.details or {}
    return {
        "id": f"a{details.get('id')}",
        "kind": "activity",
        "text": [f"{_happened(line, details)} · {times.clock_time(line.at)}"],
        "meta": "",
        "icon": "",
    }


def _happened(line: Line, details: dict[str, Any]) -> str:
    who = isolated(line.author_name)
    status = words.status(details["status"]) if "status" in details else ""
    to = words.status(details["to"]) if "to" in details else ""
    return {
        "reviewed": _reviewed(details.get("reviewer") == "offline", status),
        "status_changed": _("{name} set the status to {status}").format(name=who, status=to),
        "tag_added": _("{name} added the tag {tag}").format(name=who, tag=isolated(str(details.get("tag", "")))),
        "tag_removed": _("{name} removed the tag {tag}").format(name=who, tag=isolated(str(details.get("tag", "")))),
        "note_added": _("{name} added a note").format(name=who),
        "note_edited": _("{name} edited a note").format(name=who),
        "note_removed": _("{name} removed a note").format(name=who),
        "handed_over": _("The AI agent asked for a person"),
    }.get(line.kind, line.kind)


def _reviewed(is_offline: bool, status: str) -> str:
    if not status:
        return _("Reviewed offline") if is_offline else _("Reviewed by AI")
    text = (
        _("Reviewed offline · status set to {status}") if is_offline else _("Reviewed by AI · status set to {status}")
    )
    return text.format(status=status)
