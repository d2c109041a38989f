"""What stands in place of a conversation that lies in the bin."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

from leader24.i18n import _
from leader24.pages import times
from leader24.pages.forms import box, button, icon, tagged
from leader24.services import bin
from leader24.services.bin import Deletion
from leader24.services.members import Actor

Then = Callable[[], Awaitable[None]]


def show(me: Actor, number: int, deletion: Deletion, on_back: Then) -> None:
    """Restored, it appears by itself."""
    icon("delete")
    tagged("h2", _("This conversation is in the bin"))
    by = _("Deleted by {name}, {when}").format(name=deletion.by, when=times.full(deletion.deleted_at))
    until = _("It stays there until {date}, then it goes for good.").format(date=times.date(deletion.goes_at))
    tagged("p", f"{by}. {until}")
    with box("l24-buttons"):
        button(_("Back to the list"), on_back)
        restore = partial(asyncio.to_thread, bin.restore, me.id, number)
        button(_("Restore"), restore, symbol="restore_from_trash", classes="l24-button primary")
