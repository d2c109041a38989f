"""The buttons for what can be done to all conversations that are picked."""

import asyncio
from collections.abc import Callable
from functools import partial

from nicegui import ui

from leader24.i18n import _
from leader24.models import Role, Status
from leader24.pages import bulk_dialogs, bulk_words, export_routes, words
from leader24.pages.bulk_work import Said, Work
from leader24.pages.export_routes import Kind
from leader24.pages.forms import MenuButton, ask, button, icon, tagged
from leader24.services import tags
from leader24.services.acts import Act, AddTag, Delete, Mark, RemoveTag, SetStatus
from leader24.services.bulk import Run
from leader24.services.members import Actor
from leader24.services.tags import TagRow

SURPRISING = 50  # so many are not deleted without a question


class BulkActs:
    """`picked` gives those that are picked at the time; what is done is shown and taken back by `work`."""

    def __init__(self, me: Actor, work: Work, picked: Callable[[], list[int]]) -> None:
        self._me, self._work, self._picked = me, work, picked
        statuses = partial(bulk_dialogs.statuses, on_status=self._set_status)
        with MenuButton(_("Status"), statuses, "l24-button"):
            icon("flag")
            tagged("span", _("Status"))
        with MenuButton(_("Tag"), self._tag_menu, "l24-button"):
            icon("sell")
            tagged("span", _("Tag"))
        button(_("Delete"), self._delete, symbol="delete")
        with MenuButton("", self._more_menu, "l24-button") as more:
            icon("more_vert")
        more.call(_("More"))

    def _tag_menu(self, menu: MenuButton) -> None:
        menu.item(_("Add a tag"), self._add_tag, symbol="add")
        menu.item(_("Remove a tag"), self._remove_tag, symbol="remove")

    def _more_menu(self, menu: MenuButton) -> None:
        menu.item(_("Mark as read"), partial(self._mark, is_read=True), symbol="mark_email_read")
        menu.item(_("Mark as unread"), partial(self._mark, is_read=False), symbol="mark_email_unread")
        if self._me.role is Role.OWNER:
            menu.item(_("Export as text"), partial(self._export, "txt"), symbol="description")
            menu.item(_("Export as JSON"), partial(self._export, "json"), symbol="data_object")

    async def _set_status(self, status: Status) -> None:
        await self._do(SetStatus(status), partial(bulk_words.has_status, words.status(status)))

    async def _add_tag(self) -> None:
        if picked := self._picked():
            known = await asyncio.to_thread(tags.known, self._me.id)
            bulk_dialogs.add_tag(len(picked), known, self._put_tag)

    async def _put_tag(self, name: str) -> None:
        await self._do(AddTag(name), partial(bulk_words.has_tag, name))

    async def _remove_tag(self) -> None:
        if picked := self._picked():
            uses = await asyncio.to_thread(tags.uses_on, self._me.id, picked)
            bulk_dialogs.remove_tag(uses, self._take_tag)

    async def _take_tag(self, tag: TagRow) -> None:
        await self._do(RemoveTag(tag.id), partial(bulk_words.lost_tag, tag.name))

    async def _mark(self, *, is_read: bool) -> None:
        await self._do(Mark(is_read), bulk_words.is_read if is_read else bulk_words.is_unread)

    async def _delete(self) -> None:
        count = len(self._picked())
        if count <= SURPRISING:
            await self._put_in_bin()
            return
        kept = _("Whoever is in the team can restore them there for 30 days.")
        ask(bulk_words.delete_question(count), kept, _("Move to the bin"), self._put_in_bin, is_danger=True)

    async def _put_in_bin(self) -> None:
        await self._do(Delete(), bulk_words.is_deleted)

    def _export(self, kind: Kind) -> None:
        if picked := self._picked():
            ui.download.from_url(export_routes.lay_ready(self._me, picked, kind))

    async def _do(self, act: Act, said: Said) -> None:
        if picked := self._picked():
            await self._work.do(Run(self._me.id, act, picked), said)
