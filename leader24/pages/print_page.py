"""A conversation on paper: one plain page, whole, in which nothing has to be loaded or opened."""

import asyncio
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, tostring

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from leader24 import clock, i18n
from leader24.i18n import _
from leader24.models import Author
from leader24.pages import history_rows, rows, times, words
from leader24.pages.frame import actor
from leader24.pages.shown import number_in
from leader24.services import detail, rubric
from leader24.services.cards import ReviewCard
from leader24.services.conversations import Gone
from leader24.services.detail import Detail, Line

STYLE = Path(__file__).with_name("print.css").read_text(encoding="utf-8")


def routes() -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/conversations/{number}/print")
    async def printable(request: Request, number: str) -> Response:
        me, wanted = actor(request), number_in(number)
        try:
            shown = await asyncio.to_thread(detail.of, me.id, wanted or 0, since=1)
        except Gone:  # the dashboard says so in words
            return RedirectResponse(f"/conversations/{wanted}" if wanted else "/", 303)
        with i18n.speaking(me.language):
            return HTMLResponse(_page(shown))

    return router


def _page(shown: Detail) -> str:
    html = Element("html", lang=i18n.current())
    head = SubElement(html, "head")
    SubElement(head, "meta", charset="utf-8")
    SubElement(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    title = shown.title or rows.who(shown.contact.name, shown.contact.phone)
    _text(head, "title", f"{title} · Leader24")
    _text(head, "style", STYLE)
    body = SubElement(SubElement(html, "body"), "main")
    _tools(body, shown)
    _text(body, "h1", title)
    _facts(body, shown)
    _history(body, shown)
    _internal(body, shown)
    return "<!doctype html>\n" + tostring(html, encoding="unicode", method="html")


def _tools(body: Element, shown: Detail) -> None:
    tools = SubElement(body, "p", {"class": "tools"})
    _text(tools, "button", _("Print"), type="button", onclick="print()")
    _text(tools, "a", _("Back to the conversation"), href=f"/conversations/{shown.id}")


def _facts(body: Element, shown: Detail) -> None:
    contact = shown.contact
    facts = {
        _("Contact"): contact.name,
        _("Phone"): rows.number(contact.phone) if contact.phone else "",
        _("Email"): contact.email or "",
        _("Source"): words.source(shown.source),
        _("Status"): words.status(shown.status),
        _("Tags"): ", ".join(tag.name for tag in shown.tags),
        _("Printed"): times.exact(clock.now()),
    }
    listed = SubElement(body, "dl")
    for name, value in facts.items():
        if value:
            _text(listed, "dt", name)
            _text(listed, "dd", value)


def _history(body: Element, shown: Detail) -> None:
    """What was said. What the team did meanwhile is nobody else's business."""
    _text(body, "h2", _("Messages"))
    listed = SubElement(body, "ol")
    said = {line.seq: line for line in shown.history.lines if line.seq}
    for row in history_rows.history(tuple(said.values())):
        place = SubElement(listed, "li", {"class": row["kind"]})
        if line := said.get(row["id"]):
            _message(place, line, row)
        else:
            _text(place, "p", row["text"][0])


def _message(place: Element, line: Line, row: rows.Row) -> None:
    attached = history_rows.attached(line)
    for text in [line.text, *attached] if line.text or attached else row["text"]:
        _text(place, "p", text, dir="auto")
    who = words.author(Author.CUSTOMER) if line.author is Author.CUSTOMER else ""
    _text(place, "small", " · ".join(filter(None, [who, row["meta"], row["problem"]])))


def _internal(body: Element, shown: Detail) -> None:
    """On sheets of its own, which are left out when the rest is handed to the customer."""
    if shown.review is None and not shown.notes:
        return
    section = SubElement(body, "section")
    _text(section, "h2", _("For your team only"))
    if shown.review:
        _review(section, shown.review)
    for note in shown.notes:
        _text(section, "p", note.text, dir="auto")
        _text(section, "small", _("Note by {name}, {when}").format(name=note.author, when=times.exact(note.at)))


def _review(section: Element, review: ReviewCard) -> None:
    band = words.band(rubric.band(review.score))
    score = _("Quality score: {band}").format(band=band)
    _text(section, "p", f"{score} ({review.score})" if review.score is not None else score)
    for head, text in words.summary(review.customer_wants, review.what_happened, review.to_do_next).items():
        line = _text(section, "p", "")
        _text(line, "b", head).tail = f" {text}"
    for grade in review.grades:
        points = round(100 * grade.points / rubric.MOST_POINTS)
        _text(section, "p", f"{words.dimension(grade.dimension)}: {points}. {grade.reason}")
    is_offline = review.reviewer == "offline"
    by = _("Offline estimate, without an AI model") if is_offline else review.reviewer
    _text(section, "small", _("Reviewed {when} · {by}").format(when=times.exact(review.at), by=by))


def _text(parent: Element, tag: str, text: str, **attributes: str) -> Element:
    made = SubElement(parent, tag, attributes)
    made.text = text
    return made
