"""The review of a conversation: what it says, how well the agent answered and why, and what the review would change."""

from collections.abc import Awaitable, Callable
from functools import partial

from leader24.i18n import _, n_
from leader24.pages import rows, times, words
from leader24.pages.conversation_actions import Actions
from leader24.pages.forms import Handler, box, button, dialog, icon, tagged
from leader24.services import rubric
from leader24.services.cards import ReviewCard, ReviewRow
from leader24.services.detail import Detail
from leader24.services.rubric import MOST_POINTS, Grade
from leader24.services.suggestions import Suggestion

Jump = Callable[[int, str], Awaitable[None]]  # to a message, and what it is quoted with
OnOpen = Callable[[int], Awaitable[None]]


def draw(review: ReviewCard, on_jump: Jump) -> None:
    _score(review)
    _summary(review)
    if review.not_rated:
        tagged("p", words.not_rated(review.not_rated), "l24-notice")
    with box("l24-rubric"):
        for grade in review.grades:
            _grade(grade, on_jump)
    for cap in review.caps:
        tagged("p", words.cap(cap), "l24-notice")


def draw_suggestions(shown: Detail, actions: Actions) -> None:
    """What the review would choose where a member's choice stands."""
    review, suggested = shown.review, shown.suggested
    if review and suggested.status:
        suggests = _("The review suggests {status}.").format(status=words.status(suggested.status))
        accept = partial(actions.set_status, suggested.status)
        _suggestion(
            f"{suggests} {rows.isolated(review.status_reason)}",
            accept,
            partial(actions.dismiss, review.id, Suggestion.STATUS),
        )
    if review and suggested.title:
        suggests = _("The review suggests the title “{title}”.").format(title=rows.isolated(suggested.title))
        accept_title = partial(actions.take_title, suggested.title)
        _suggestion(suggests, accept_title, partial(actions.dismiss, review.id, Suggestion.TITLE))


def draw_earlier(earlier: tuple[ReviewRow, ...], on_open: OnOpen) -> None:
    if not earlier:
        return
    with box("l24-earlier-reviews", "details"):
        tagged("summary", n_("{count} earlier review", "{count} earlier reviews", len(earlier)))
        for review in earlier:
            with button("", partial(on_open, review.id), classes="l24-line-button"):
                tagged("span", times.full(review.at))
                tagged("span", rows.score_words(review.score), f"l24-score {rubric.band(review.score).value}")


def show_earlier(review: ReviewCard, on_jump: Jump) -> None:
    """One that another has replaced since."""

    async def jump(seq: int, quote: str) -> None:
        shown.close()
        await on_jump(seq, quote)

    shown, panel = dialog(_("Earlier review"))
    with panel:
        with box():
            with box("", "p"):
                tagged("b", review.title)
            draw(review, jump)
            suggests = _("It chose {status}.").format(status=words.status(review.status))
            tagged("p", f"{suggests} {rows.isolated(review.status_reason)}", "l24-notice")
        with box("l24-buttons"):
            close = button(_("Close"), shown.close)
    close.run_method("focus")


def _score(review: ReviewCard) -> None:
    band = rubric.band(review.score)
    with box("l24-review"):
        ring = box(f"l24-ring {band.value}")
        ring.style["--score"] = str(review.score or 0)
        with ring:
            tagged("span", "–" if review.score is None else str(review.score))
        with box():
            tagged("b", _("Quality score: {band}").format(band=words.band(band)))
            if review.reviewer == "offline":
                tagged("span", _("Reviewed {when}").format(when=times.full(review.at)))
                with box("l24-offline", "span"):
                    icon("cloud_off")
                    tagged("span", _("Offline review"))
                tagged("small", _("Offline estimate, without an AI model"))
            else:
                by = _("Reviewed {when} · {by}")
                tagged("span", by.format(when=times.full(review.at), by=rows.isolated(review.reviewer)))


def _summary(review: ReviewCard) -> None:
    for head, text in words.summary(review.customer_wants, review.what_happened, review.to_do_next).items():
        with box("", "p"):
            tagged("b", head)
            tagged("span", f" {rows.isolated(text)}")


def _grade(grade: Grade, on_jump: Jump) -> None:
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
            jump = partial(on_jump, grade.seq, grade.quote)
            button(f"“{grade.quote}”", jump, classes="l24-quote").props["title"] = _("Show this message")


def _suggestion(text: str, on_accept: Handler, on_dismiss: Handler) -> None:
    with box("l24-notice"):
        tagged("p", text)
        with box("l24-tags"):
            button(_("Accept"), on_accept, symbol="check", classes="l24-chip")
            button(_("Dismiss"), on_dismiss, symbol="close", classes="l24-chip")
