"""What stands where a conversation would: nothing chosen, one that is coming, one that is gone, one that failed."""

from collections.abc import Awaitable, Callable

from leader24.i18n import _
from leader24.pages.forms import box, button, icon, tagged

Then = Callable[[], Awaitable[None]]


def nothing_chosen() -> None:
    icon("chat_bubble")
    tagged("p", _("Choose a conversation to read it."))


def loading() -> None:
    """The shapes of what is coming."""
    tagged("p", _("Loading the conversation…"), "l24-hidden").props["role"] = "status"
    with box("l24-skeleton") as shapes:
        shapes.props["aria-hidden"] = "true"
        for kind in ("customer", "agent", "customer", "agent", "agent"):
            box(kind)


def gone(on_back: Then) -> None:
    icon("search_off")
    tagged("h2", _("This conversation is not here"))
    tagged("p", _("It was deleted, or it has not been reviewed yet and will appear in the list by itself."))
    button(_("Back to the list"), on_back)


def failed(on_again: Then) -> None:
    icon("cloud_off")
    tagged("h2", _("This conversation cannot be shown at the moment"))
    tagged("p", _("The data cannot be read. Nothing is lost; try again."))
    button(_("Try again"), on_again, classes="l24-button primary")
