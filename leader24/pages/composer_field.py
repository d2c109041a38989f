"""Where a member writes to the customer or to the team: texts in, `typed` and `submit` out, each with the number of the
conversation in which it was written, whatever is shown by the time that it arrives."""

from collections.abc import Awaitable, Callable

from nicegui import ui
from nicegui.events import GenericEventArguments

from leader24.i18n import _
from leader24.models import DraftKind, Source
from leader24.services import drafts, messages, notes
from leader24.services.drafts import Drafts

OnText = Callable[[int, DraftKind, str], Awaitable[None]]


class ComposerField(ui.element, component="composer_field.js"):
    def __init__(self, *, on_typed: OnText, on_submit: OnText) -> None:
        super().__init__()
        self.props.update({"number": 0, "texts": {"reply": "", "note": ""}, "closed": ""})
        self.props["limits"], self.props["labels"] = _limits(Source.WIDGET), _labels(Source.WIDGET, "")
        self.on("typed", lambda event: on_typed(*_said(event)))
        self.on("submit", lambda event: on_submit(*_said(event)))

    def show(self, number: int, source: Source, customer: str, begun: Drafts) -> None:
        self.props.update({"number": number, "texts": {"reply": begun.reply, "note": begun.note}})
        self.props["limits"], self.props["labels"] = _limits(source), _labels(source, customer)

    def close(self, reason: str) -> None:
        """No reply is possible, for that reason; none opens it again."""
        self.props["closed"] = reason

    def settle(self, number: int, kind: DraftKind, problem: str) -> None:
        """What was submitted is stored, or is not, for that reason, and then still stands in the field."""
        self.run_method("settle", number, kind.value, problem)

    def choose(self, kind: DraftKind) -> None:
        """Ready to be written in."""
        self.run_method("choose", kind.value)


def _said(event: GenericEventArguments) -> tuple[int, DraftKind, str]:
    return int(event.args["number"]), DraftKind(event.args["kind"]), str(event.args["text"])


def _limits(source: Source) -> dict[str, int]:
    return {
        "reply": messages.LONGEST_REPLY,
        "note": notes.LONGEST,
        "message": messages.longest_of(source),
        "typed": drafts.MOST_TYPED,
    }


def _labels(source: Source, customer: str) -> dict[str, object]:
    reply = _("Reply on WhatsApp") if source is Source.WHATSAPP else _("Reply in the chat")
    return {
        "group": _("Write"),
        "draft": _("draft"),
        "length": _("{count} of {most} characters"),
        "parts": _("goes out as several messages"),
        "reply": {
            "mode": reply,
            "name": reply,
            "placeholder": _("Write to {name}…").format(name=customer),
            "send": _("Send"),
            "busy": _("Sending…"),
            "keys": _("Enter sends it to the customer, Shift+Enter begins a new line"),
            "touch": _("Goes to the customer"),
        },
        "note": {
            "mode": _("Internal note"),
            "name": _("Internal note"),
            "placeholder": _("Write to your team…"),
            "send": _("Save note"),
            "busy": _("Saving…"),
            "keys": _("Only your team sees notes. Enter saves it, Shift+Enter begins a new line"),
            "touch": _("Only your team sees notes"),
        },
    }
