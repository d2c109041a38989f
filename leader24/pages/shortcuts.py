"""What the keyboard does on the conversations page, and the sheet that says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nicegui import ui

from leader24.i18n import _
from leader24.pages.forms import Handler, box, button, dialog, tagged


@dataclass(frozen=True, slots=True)
class Shortcut:
    """`on_key` is None where an element of the page sees to the key itself; `opens`: a dialog or menu."""

    key: str  # as browsers call it
    does: str
    on_key: Handler | None = None
    opens: bool = True


class Shortcuts(ui.element, component="shortcuts.js"):
    def __init__(self, shortcuts: Sequence[Shortcut]) -> None:
        super().__init__()
        help_key = Shortcut("?", _("Show these keys"), self.show_sheet)
        self._shortcuts = (*shortcuts, help_key)
        self._handlers = {each.key: each.on_key for each in self._shortcuts if each.on_key}
        self.props["keys"] = tuple(self._handlers)
        self.props["opening"] = tuple(each.key for each in self._shortcuts if each.opens)
        self.on("key", lambda event: self._pressed(str(event.args)))

    def show_sheet(self) -> None:
        shown, panel = dialog(_("Keyboard"))
        with panel:
            with box("l24-keys", "dl"):
                for each in self._shortcuts:
                    with box("", "dt"):
                        tagged("kbd", _name(each.key))
                    tagged("dd", each.does)
            with box("l24-buttons"):
                close = button(_("Close"), shown.close)
        close.run_method("focus")

    def _pressed(self, key: str) -> Any:
        handler = self._handlers.get(key)
        return handler() if handler else None


def _name(key: str) -> str:
    return {"Escape": _("Esc"), "Enter": _("Enter")}.get(key, key)
