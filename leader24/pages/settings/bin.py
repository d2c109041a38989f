"""The bin: what was deleted, by whom, until when it stays, and the way back."""

import asyncio
from collections.abc import Set
from datetime import datetime
from functools import partial

from nicegui import background_tasks, ui

from leader24.i18n import _, n_
from leader24.models import Role
from leader24.pages import bulk_words, live, rows, times, undo, words
from leader24.pages.bulk_work import Work
from leader24.pages.forms import ask, box, button, icon, icon_button, tagged
from leader24.pages.live import News
from leader24.pages.settings import sections
from leader24.pages.settings.sections import Section
from leader24.services import bin
from leader24.services.acts import Restore
from leader24.services.bin import BinRow, Deletion
from leader24.services.bulk import Run
from leader24.services.members import Actor

FEW, MORE = 3, 50  # rows of what was deleted together: at first, and with each "Show more"


def register() -> None:
    async def build(me: Actor) -> None:
        await Bin(me).build()

    sections.add(Section.BIN, build)


class Bin:
    """One open page; drawn anew when something comes or goes."""

    def __init__(self, me: Actor) -> None:
        self._me, self.member_id = me, me.id
        self._client = ui.context.client
        self._sizes: dict[datetime, int] = {}  # how many rows of each deletion are shown
        self._shown: list[tuple[Deletion, list[BinRow]]] = []
        self._pages = 1
        self._turn = asyncio.Lock()

    async def build(self) -> None:
        tagged("p", _("What is deleted stays here for 30 days and can be restored. Then it goes for good."))
        self._work = Work()
        self._list = box("l24-bin")
        self._list.props["tabindex"] = "-1"
        live.join(self)
        self._client.on_delete(lambda: live.leave(self))
        await self._show(is_first=True)

    def hear(self, news: News) -> None:
        if news.row is None or any(row.id == news.conversation_id for _each, found in self._shown for row in found):
            background_tasks.create(self._show(), name="refresh of the bin")

    async def hear_many(self, conversation_ids: Set[int]) -> None:
        await self._show()

    async def _show(self, *, is_first: bool = False) -> None:
        async with self._turn:
            found = await asyncio.to_thread(self._read)
            if self._client.is_deleted or (found == self._shown and not is_first):
                return
            self._shown = found
            with self._client:
                self._list.clear()
                with self._list:
                    self._draw()

    def _read(self) -> list[tuple[Deletion, list[BinRow]]]:
        me, found = self._me.id, list[Deletion]()
        for _page in range(self._pages):
            found += bin.deletions(me, found[-1].deleted_at if found else None)
        return [(each, bin.rows(me, each.deleted_at, size=self._sizes.get(each.deleted_at, FEW))) for each in found]

    def _draw(self) -> None:
        if not self._shown:
            _nothing()
        for deletion, found in self._shown:
            with box("l24-card"):
                self._head(deletion)
                with box("", "ul"):
                    for row in found:
                        self._row(row)
                if len(found) < deletion.count:
                    button(_("Show more"), partial(self._more, deletion, len(found)), classes="l24-chip")
        if len(self._shown) == self._pages * bin.PAGE:
            button(_("Show earlier"), self._earlier)

    def _head(self, deletion: Deletion) -> None:
        with box("l24-card-head"):
            tagged("small", _about(deletion))
            if deletion.count > 1:
                text = n_("Restore {count}", "Restore all {count}", deletion.count)
                button(text, partial(self._restore_all, deletion), symbol="restore_from_trash")

    def _row(self, row: BinRow) -> None:
        who = rows.who(row.contact_name, row.phone)
        with box("l24-binned", "li"):
            avatar = tagged("span", rows.initials(row.contact_name, row.phone), "l24-avatar info")
            avatar.props["aria-hidden"] = "true"
            with box("who"):
                tagged("b", who)
                tagged("small", " · ".join(filter(None, [row.title, words.source(row.source)])))
            with box("l24-buttons"):
                self._row_buttons(row.id, who)

    def _row_buttons(self, conversation_id: int, who: str) -> None:
        restore = button(_("Restore"), partial(self._restore, [conversation_id]), symbol="restore_from_trash")
        restore.props["aria-label"] = _("Restore {name}").format(name=who)
        if self._me.role is Role.OWNER:
            name = _("Delete {name} for good").format(name=who)
            icon_button("delete_forever", name, partial(self._erase, conversation_id, who))

    async def _restore_all(self, deletion: Deletion) -> None:
        await self._restore(await asyncio.to_thread(bin.ids_of, self._me.id, deletion.deleted_at))

    async def _restore(self, ids: list[int]) -> None:
        await self._work.do(Run(self._me.id, Restore(), ids), bulk_words.is_restored)
        await self._after_click()

    def _erase(self, conversation_id: int, who: str) -> None:
        async def erase() -> None:
            await asyncio.to_thread(bin.erase, self._me.id, conversation_id)
            with self._list:
                undo.say(_("Deleted for good"))
            await self._after_click()

        text = _("Messages, reviews and notes of this conversation are deleted now. Nobody can bring them back.")
        ask(_("Delete {name} for good?").format(name=who), text, _("Delete for good"), erase, is_danger=True)

    async def _more(self, deletion: Deletion, count: int) -> None:
        self._sizes[deletion.deleted_at] = count + MORE
        await self._after_click()

    async def _earlier(self) -> None:
        self._pages += 1
        await self._after_click()

    async def _after_click(self) -> None:
        """The button that was clicked is drawn anew: the focus goes to what it stands in."""
        await self._show()
        self._list.run_method("focus")


def _about(deletion: Deletion) -> str:
    many = n_("{count} conversation", "{count} conversations", deletion.count) if deletion.count > 1 else ""
    by = _("Deleted by {name}, {when}").format(name=deletion.by, when=times.full(deletion.deleted_at))
    until = _("stays until {date}").format(date=times.date(deletion.goes_at))
    return " · ".join(filter(None, [many, by, until]))


def _nothing() -> None:
    with box("l24-empty"):
        icon("delete")
        tagged("h2", _("The bin is empty"))
        tagged("p", _("To delete a conversation, open it and choose Delete, or select several in the list."))
        with box("l24-button", "a") as link:
            link.props["href"] = "/"
            tagged("span", _("To the conversations"))
