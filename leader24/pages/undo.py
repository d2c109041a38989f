"""What was just done, and for ten seconds the way back.

    undo.offer(_("Tag {tag} removed").format(tag=tag.name), partial(tags.put_back, me.id, number, tag.id))

Whatever takes it back raises Overtaken where somebody has changed the same thing meanwhile: then it stays, and the page
says so.
"""

import asyncio
from collections.abc import Awaitable, Callable
from inspect import iscoroutinefunction

from nicegui import ui

from leader24.i18n import _
from leader24.services.refusals import Overtaken

SECONDS = 10
SECONDS_TO_READ = 5

# A verb, which runs in a thread, or a coroutine that may say what has become of it.
TakeBack = Callable[[], object] | Callable[[], Awaitable[str]]


class Toast(ui.element, component="undo.js"):
    def __init__(self, text: str, action: str, seconds: int) -> None:
        super().__init__()
        self.props.update({"text": text, "action": action, "seconds": seconds})
        self.on("gone", self.delete, args=[])


class Toasts(ui.element):
    """Where they appear, once on each page: those who listen to it hear them."""

    def __init__(self) -> None:
        super().__init__()
        self.classes("l24-toasts")
        self.props["role"] = "status"


def say(text: str) -> None:
    with _place():
        Toast(text, "", SECONDS_TO_READ)


def offer(text: str, take_back: TakeBack) -> None:
    """What was done, in words, and how it is taken back."""

    async def undo() -> None:
        with place:
            toast.delete()
            say(await _taken_back(take_back))

    place = _place()
    with place:
        toast = Toast(text, _("Undo"), SECONDS)
    toast.on("undo", undo, args=[])


async def _taken_back(take_back: TakeBack) -> str:
    """What has become of it, in words."""
    try:
        if iscoroutinefunction(take_back):
            return str(await take_back())
        await asyncio.to_thread(take_back)
    except Overtaken as problem:
        if problem.by:
            return _("{name} has changed this meanwhile. Nothing was undone.").format(name=problem.by)
        return _("This was changed meanwhile. Nothing was undone.")
    return _("Undone")


def _place() -> Toasts:
    """Of this page; it stays whatever else of it goes."""
    return next(each for each in ui.context.client.elements.values() if isinstance(each, Toasts))
