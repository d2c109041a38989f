"""Messages, and what happened between them, as the plain rows that the history shows, every word already chosen."""

import re
from typing import Any
from urllib.parse import urlencode, urlsplit

from leader24.i18n import _
from leader24.models import Author, Delivery
from leader24.pages import attachment_rows, happened, times, words
from leader24.pages.rows import Row, isolated
from leader24.services.detail import Line
from leader24.services.twilio_client import Place

FOLDED_AT, FOLDED_LINES = 1500, 25  # of a message stand in the page before one asks for all of it
WORTH_FOLDING = 200  # characters; fewer are shown with the rest
UNSEEN = "\u200b-\u200f\u202a-\u202e\u2060-\u2069"  # in a link they would make it look like another
LINK = re.compile(rf"(https?://[^\s<>\"'{UNSEEN}]+[^\s<>\"'.,;:!?)\]{UNSEEN}])")
MAP = "https://www.openstreetmap.org/"
TICKS = {
    Delivery.READY: "schedule",
    Delivery.SENDING: "schedule",
    Delivery.SENT: "done",
    Delivery.DELIVERED: "done_all",
    Delivery.READ: "done_all",
    Delivery.FAILED: "error",
    Delivery.UNCONFIRMED: "help",
}


def history(lines: tuple[Line, ...], read_to: int = 0, who: str = "") -> list[Row]:
    """With a line for each new day, and one between what the member has read, up to `read_to`, and what is new. `who`
    is the customer."""
    rows: list[Row] = []
    last = None
    for line in lines:
        day = times.local(line.at).date()
        if day != last:
            rows.append(_divider(f"d{day}", "day", times.day(line.at)))
            last = day
        if read_to and line.seq == read_to + 1:
            rows.append(_divider("unread", "unread", _("New messages")))
        rows.append(message(line, who) if line.kind == "message" else _happening(line))
    return rows


def message(line: Line, who: str = "") -> Row:
    author = line.author or Author.CUSTOMER
    said_by = {
        Author.CUSTOMER: "",
        Author.AGENT: _("{name}, AI agent").format(name=isolated(line.author_name)),
        Author.MEMBER: isolated(line.author_name),
    }[author]
    state = words.delivery(line.delivery) if line.delivery else ""
    text, rest = folded(line.text)
    return {
        "id": line.seq,
        "kind": author.value,
        "text": text if text or line.place or line.attachments else [_("This kind of message cannot be shown here.")],
        "rest": rest,
        "place": _place(line.place) if line.place else None,
        "files": [attachment_rows.shown(each, who) for each in line.attachments],
        "meta": " · ".join(filter(None, [said_by, times.clock_time(line.at), state])),
        "icon": TICKS[line.delivery] if line.delivery else "",
        "problem": _problem(line),
    }


def attached(line: Line) -> list[str]:
    """What came with the text, in words, for paper and files."""
    place = line.place and _place(line.place)
    told = [attachment_rows.told(each) for each in line.attachments]
    return [f"{place['name']} · {place['where']}", *told] if place else told


def folded(text: str) -> tuple[list[Any], list[Any]]:
    """The text in pieces, and those of them that are shown only when asked for. No link is cut in two."""
    end = _end_of_fold(text)
    pieces, rest, length = [], [], 0
    for piece in with_links(text):
        plain = piece if isinstance(piece, str) else piece["href"]
        left = end - length
        if left >= len(plain):
            pieces.append(piece)
        elif isinstance(piece, str) and left > 0:
            pieces.append(piece[:left])
            rest.append(piece[left:])
        else:
            rest.append(piece)
        length += len(plain)
    return pieces, rest


def with_links(text: str) -> list[Any]:
    """The text in pieces: text, {"href"} for what is plainly a web address, text …"""
    pieces = LINK.split(text)
    return [{"href": piece} if at % 2 and _is_plain(piece) else piece for at, piece in enumerate(pieces) if piece]


def _is_plain(address: str) -> bool:
    """Not one that names another site before an @ than the one to which it leads."""
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False


def _end_of_fold(text: str) -> int:
    lines = text.split("\n", FOLDED_LINES)
    end = len(text) - len(lines[-1]) - 1 if len(lines) > FOLDED_LINES else len(text)
    end = min(end, FOLDED_AT)
    if len(text) - end < WORTH_FOLDING:
        return len(text)
    space = text.rfind(" ", end - 80, end)
    return space if space > 0 and end == FOLDED_AT else end


def _divider(id: str, kind: str, text: str) -> Row:
    return {"id": id, "kind": kind, "text": [text]}


def _happening(line: Line) -> Row:
    text = f"{happened.words_of(line)} · {times.clock_time(line.at)}"
    return {"id": f"a{(line.details or {}).get('id')}", "kind": "activity", "text": [text]}


def _place(place: Place) -> Row:
    where = f"{place.latitude:.5f}, {place.longitude:.5f}"
    query = urlencode({"mlat": place.latitude, "mlon": place.longitude})
    href = f"{MAP}?{query}#map=17/{place.latitude}/{place.longitude}"
    return {"name": place.name or _("Location"), "where": where, "href": href}


def _problem(line: Line) -> str:
    if line.delivery is Delivery.UNCONFIRMED:
        return _("It may have arrived. Ask the customer before you send it again.")
    return words.delivery_problem(line.problem) if line.problem else ""
