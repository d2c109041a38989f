"""One line above the list: how many conversations are not in it yet, and which reviews are late. It opens them."""

from nicegui import ui

from leader24.i18n import _, n_
from leader24.pages import words
from leader24.pages.forms import Handler, button, mark, tagged
from leader24.services import preferences
from leader24.services.conversations import InProgress


class LiveStrip(ui.element):
    def __init__(self, on_open: Handler) -> None:
        super().__init__()
        self.classes("l24-live")
        self.props["role"] = "status"
        with self, button("", on_open, classes=""):
            self._said = tagged("span")
            tagged("span", _("Show"), "l24-show")

    def show(self, now: InProgress) -> None:
        self.set_visibility(now.hidden + now.delayed > 0)
        self._said.set_text(_live_words(now))
        mark(self, "delayed", bool(now.delayed))


def _live_words(now: InProgress) -> str:
    hidden = n_(
        "{count} conversation in progress, not yet reviewed.",
        "{count} conversations in progress, not yet reviewed.",
        now.hidden,
    )
    late = n_("{count} review is delayed.", "{count} reviews are delayed.", now.delayed)
    said = [hidden] if now.hidden else []
    said += [late] if now.delayed else [when_reviewed()]
    said += [words.review_problem(now.problem)] if now.problem else []
    return " ".join(said)


def when_reviewed() -> str:
    minutes = round(preferences.current().review_after.total_seconds() / 60)
    if minutes < 1:
        return _("The review comes seconds after the last message.")
    return n_(
        "The review comes about {count} minute after the last message.",
        "The review comes about {count} minutes after the last message.",
        minutes,
    )
