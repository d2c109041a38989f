"""The conversations in progress as plain rows, each with the time until its review; a `select` event out."""

from collections.abc import Awaitable, Callable

from leader24 import clock
from leader24.i18n import _
from leader24.models import Author
from leader24.pages import rows, times, words
from leader24.pages.plain_rows import PlainRows
from leader24.services import in_progress


class WaitingRows(PlainRows, component="waiting_rows.js"):
    def __init__(self, on_select: Callable[[int], Awaitable[None]]) -> None:
        super().__init__(
            {
                "list": _("Conversations in progress"),
                "left": _("Review in {minutes}:{seconds}"),
                "running": _("Being reviewed now…"),
            }
        )
        self.props["now"] = round(clock.now().timestamp() * 1000)
        self.on("select", lambda event: on_select(int(event.args)))

    def show(self, waiting: tuple[in_progress.Row, ...]) -> None:
        self.rows = [_plain(row) for row in waiting]

    def select(self, number: int | None) -> None:
        self.run_method("select", number)


def _plain(row: in_progress.Row) -> rows.Row:
    by = rows.isolated(row.answered_by) if row.answered_by else ""
    return {
        "id": row.id,
        "href": f"/in-progress/{row.id}" if row.is_hidden else f"/conversations/{row.id}",
        "name": rows.who(row.contact_name, row.phone),
        "initials": rows.initials(row.contact_name, row.phone),
        "tone": rows.TONES[row.contact_id % len(rows.TONES)],
        "source": row.source.value,
        "source_icon": words.SOURCE_ICONS[row.source],
        "source_name": words.source(row.source),
        "time": times.short(row.last_message_at),
        "preview": _preview(row),
        "due": round(row.review_at.timestamp() * 1000) if row.review_at else 0,
        "running": row.is_being_reviewed,
        "answering": _("{name} is answering").format(name=by) if by else "",
        "listed": "" if row.is_hidden else _("In the list already"),
        "reason": _reason(row),
    }


def _preview(row: in_progress.Row) -> str:
    if row.last_author is Author.CUSTOMER:
        return words.preview(row.preview)
    return _("{name}: {text}").format(name=words.author(row.last_author), text=row.preview)


def _reason(row: in_progress.Row) -> str:
    if row.problem:
        return words.review_problem(row.problem)
    return _("The review has not begun in time.") if row.is_late else ""
