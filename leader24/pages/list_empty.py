"""What stands in the list where there are no rows: why, and the next step."""

from collections.abc import Awaitable, Callable
from enum import Enum, auto

from nicegui import ui

from leader24.i18n import _
from leader24.pages.forms import box, button, icon, mark, tagged
from leader24.pages.live_strip import when_reviewed


class Why(Enum):
    NOTHING_FITS = auto()
    NOTHING_YET = auto()
    FAILED = auto()


class ListEmpty:
    def __init__(
        self, root: ui.element, *, on_clear: Callable[[], Awaitable[None]], on_retry: Callable[[], Awaitable[None]]
    ) -> None:
        self._root, self._on_clear, self._on_retry = root, on_clear, on_retry
        self._why: Why | None = None
        self._box = box("l24-empty")
        self._box.set_visibility(False)

    def show(self, why: Why | None) -> None:
        """None: there are rows."""
        if why is self._why:
            return
        self._why = why
        mark(self._root, "bare", why is Why.NOTHING_YET)
        self._box.set_visibility(why is not None)
        self._box.clear()
        with self._box:
            self._fill(why)

    def _fill(self, why: Why | None) -> None:
        match why:
            case Why.NOTHING_FITS:
                icon("search_off")
                tagged("h2", _("No conversation fits"))
                tagged("p", _("Try fewer words or another filter."))
                button(_("Show all"), self._on_clear)
            case Why.NOTHING_YET:
                icon("forum")
                tagged("h2", _("No conversations yet"))
                where = _("Conversations that the AI has reviewed appear here.")
                tagged("p", f"{where} {when_reviewed()}")
            case Why.FAILED:
                icon("cloud_off")
                tagged("h2", _("The conversations cannot be read at the moment"))
                tagged("p", _("Nothing is lost. Try again in a moment."))
                button(_("Try again"), self._on_retry)
