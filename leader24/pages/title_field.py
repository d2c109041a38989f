"""A conversation's title, which members change where it stands."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from leader24.i18n import _
from leader24.services.conversations import LONGEST_TITLE

OnSave = Callable[[str, str], Awaitable[None]]  # as typed, and as it was shown when the typing began


class TitleField(ui.element, component="title_field.js"):
    """`on_save` ends it by `done` or `complain`."""

    def __init__(self, on_save: OnSave) -> None:
        super().__init__()
        self.props.update({"number": 0, "title": "", "instead": "", "most": LONGEST_TITLE})
        self.props["labels"] = {
            "title": _("Title"),
            "edit": _("Change the title"),
            "hint": _("Enter saves. Leave it empty to have the AI's title."),
        }
        self.on("save", lambda event: on_save(str(event.args["typed"]), str(event.args["shown"])))

    def show(self, number: int, title: str, instead: str) -> None:
        """`number` is the conversation's: of another one nothing is being typed yet. `instead`: where it has none."""
        self.props.update({"number": number, "title": title, "instead": instead})

    def done(self) -> None:
        self.run_method("done")

    def complain(self, problem: str, now: str | None = None) -> None:
        """What was typed stays. `now`: another title, which stands there by now and would be replaced knowingly."""
        self.run_method("complain", problem, now)
