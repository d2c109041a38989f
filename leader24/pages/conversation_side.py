"""Beside the history: the review with its reasons, the contact, tags and notes."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

from nicegui import ui

from leader24.i18n import _
from leader24.models import Status
from leader24.pages import rows, times, words
from leader24.pages.forms import Handler, box, button, icon_button, tagged
from leader24.services import conversations, rubric, tags
from leader24.services.detail import Detail, ReviewCard
from leader24.services.members import Actor
from leader24.services.rubric import MOST_POINTS, Grade

Jump = Callable[[int], Awaitable[None]]


class ConversationSide(ui.element):
    """`on_jump` shows the message that a reason quotes. Each part is drawn anew only when it changed, so that what is
    unfolded stays so, and the focus where it is."""

    def __init__(
        self, me: Actor, *, on_jump: Jump, on_close: Handler, on_add_tag: Handler, on_add_note: Handler
    ) -> None:
        super().__init__("aside")
        self.classes("l24-side")
        self.props["aria-label"] = _("Review and contact")
        self._me, self._on_jump = me, on_jump
        self._shown: Detail | None = None
        with self:
            icon_button("close", _("Close"), on_close, classes="l24-button l24-close-side")
            with box():
                self._review_box, self._news_box = box(), box()
            self._contact_box = box()
            with box():
                tagged("h3", _("Tags"))
                with box("l24-tags"):
                    self._tags_box = box("l24-tags")
                    button(_("Add tag"), on_add_tag, symbol="add", classes="l24-chip")
            with box():
                tagged("h3", _("Notes"))
                self._notes_box = box()
                button(_("Add note"), on_add_note, symbol="add", classes="l24-chip")

    def show(self, shown: Detail) -> None:
        was, self._shown = self._shown, shown
        is_new = was is None or was.id != shown.id
        if was is None or is_new or was.review != shown.review:
            self._redraw(self._review_box, self._review, shown)
        self._redraw(self._news_box, _freshness, shown)
        if was is None or is_new or was.contact != shown.contact:
            self._redraw(self._contact_box, _contact, shown)
        if was is None or is_new or was.tags != shown.tags:
            self._redraw(self._tags_box, self._tags, shown)
        if was is None or is_new or was.notes != shown.notes:
            self._redraw(self._notes_box, _notes, shown)

    def _redraw(self, part: ui.element, draw: Callable[[Detail], None], shown: Detail) -> None:
        part.clear()
        with part:
            draw(shown)

    def _review(self, shown: Detail) -> None:
        review = shown.review
        if review is None:
            return
        tagged("h3", _("AI review"))
        _score(review)
        _summary(review)
        if review.not_rated:
            tagged("p", words.not_rated(review.not_rated), "l24-notice")
        with box("l24-rubric"):
            for grade in review.grades:
                self._grade(grade)
        for cap in review.caps:
            tagged("p", words.cap(cap), "l24-notice")
        if review.suggested:
            self._suggestion(shown.id, review.suggested, review.status_reason)

    def _grade(self, grade: Grade) -> None:
        points = round(100 * grade.points / MOST_POINTS)
        with box("", "details"):
            with box("", "summary"):
                tagged("span", words.dimension(grade.dimension))
                bar = tagged("span", "", "bar")
                bar.style["--points"] = str(points)
                bar.props["aria-hidden"] = "true"
                tagged("span", str(points), "number")
            with box("l24-why"):
                tagged("span", grade.reason)
                said = rows.isolated(grade.quote)
                quote = button(f"“{said}”", partial(self._on_jump, grade.seq), classes="l24-quote")
                quote.props["title"] = _("Show this message")

    def _suggestion(self, number: int, status: Status, reason: str) -> None:
        """What the review would choose where a member's choice stands."""
        suggests = _("The review suggests {status}.").format(status=words.status(status))
        accept = partial(asyncio.to_thread, conversations.change_status, self._me.id, number, status)
        with box("l24-notice"):
            tagged("p", f"{suggests} {rows.isolated(reason)}")
            button(_("Accept"), accept)

    def _tags(self, shown: Detail) -> None:
        for tag in shown.tags:
            with box(f"l24-tag {rows.TAG_TONES[tag.colour]}", "span"):
                tagged("span", tag.name)
                remove = partial(asyncio.to_thread, tags.remove, self._me.id, shown.id, tag.id)
                icon_button("close", _("Remove the tag {tag}").format(tag=rows.isolated(tag.name)), remove, classes="")


def _notes(shown: Detail) -> None:
    for note in shown.notes:
        with box("l24-note"):
            tagged("span", note.text)
            tagged("small", f"{rows.isolated(note.author)} · {times.full(note.at)}")


def _score(review: ReviewCard) -> None:
    band = rubric.band(review.score)
    with box("l24-review"):
        ring = box(f"l24-ring {band.value}")
        ring.style["--score"] = str(review.score or 0)
        with ring:
            tagged("span", "–" if review.score is None else str(review.score))
        with box():
            tagged("b", _("Quality score: {band}").format(band=words.band(band)))
            by = _("Offline estimate, without an AI model") if review.reviewer == "offline" else review.reviewer
            tagged("span", _("Reviewed {when} · {by}").format(when=times.full(review.at), by=rows.isolated(by)))


def _summary(review: ReviewCard) -> None:
    for head, text in (
        (_("Customer wants"), review.customer_wants),
        (_("What happened"), review.what_happened),
        (_("To do next"), review.to_do_next),
    ):
        if text:
            with box("", "p"):
                tagged("b", head)
                tagged("span", f" {rows.isolated(text)}")


def _freshness(shown: Detail) -> None:
    """What is to come after the review above."""
    if shown.problem:
        problem = words.review_problem(shown.problem)
        tagged("p", _("The next review is delayed. {problem}").format(problem=problem), "l24-notice")
    elif shown.review and shown.review.covers < shown.version:
        tagged("p", _("There are newer messages. They are reviewed together with the rest soon."), "l24-notice")


def _contact(shown: Detail) -> None:
    contact = shown.contact
    facts = {
        _("Name"): contact.name,
        _("Phone"): rows.number(contact.phone) if contact.phone else "",
        _("Email"): contact.email or "",
        _("Language"): times.language(contact.language),
        _("Since"): times.date(contact.since),
    }
    tagged("h3", _("Contact"))
    with box("l24-facts", "dl"):
        for name, value in facts.items():
            tagged("dt", name)
            tagged("dd", value or "—")
