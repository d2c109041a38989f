"""What is asked before something is done to many conversations."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from leader24.i18n import _, n_
from leader24.models import Status
from leader24.pages import words
from leader24.pages.forms import Field, MenuButton, box, button, dialog, tagged
from leader24.services import tags
from leader24.services.refusals import Refused
from leader24.services.tags import TagRow, TagUse

SUGGESTED = 12

OnName = Callable[[str], Awaitable[None]]
OnTag = Callable[[TagRow], Awaitable[None]]
OnStatus = Callable[[Status], Awaitable[None]]


def statuses(menu: MenuButton, on_status: OnStatus) -> None:
    for status in Status:
        menu.item(words.status(status), partial(on_status, status), symbol=words.STATUS_ICONS[status])


def add_tag(count: int, known: Sequence[TagRow], on_name: OnName) -> None:
    """A new name makes a new tag."""

    async def put(name: str) -> None:
        try:
            name = tags.clean(name)
        except Refused as problem:
            field.complain(words.refused(problem.code))
            return
        shown.close()
        await on_name(name)

    title = n_("Add a tag to {count} conversation", "Add a tag to {count} conversations", count)
    shown, panel = dialog(title)
    with panel:
        field = Field(_("Name of the tag"), hint=_("Choose one below, or write a new one."))
        field.input.on("keydown.enter", lambda: put(field.value), args=[])
        with box("l24-suggestions"):
            for tag in known[:SUGGESTED]:
                button(tag.name, partial(put, tag.name), classes="l24-chip")
        with box("l24-buttons"):
            button(_("Cancel"), shown.close)
            button(_("Add tag"), lambda: put(field.value), classes="l24-button primary")
    field.input.run_method("focus")


def remove_tag(uses: Sequence[TagUse], on_tag: OnTag) -> None:
    """`uses` are the tags of those that are picked, and how many of them have each."""

    async def take(tag: TagRow) -> None:
        shown.close()
        await on_tag(tag)

    shown, panel = dialog(_("Remove a tag"))
    with panel:
        if not uses:
            tagged("p", _("None of these conversations has a tag."))
        with box("l24-suggestions"):
            for use in uses:
                button(f"{use.tag.name} ({use.count})", partial(take, use.tag), classes="l24-chip")
        with box("l24-buttons"):
            button(_("Cancel"), shown.close)
