"""Under a history: who answers the customer, until when a reply may come, and where a member writes it, or a note."""

import asyncio
from datetime import datetime, timedelta
from functools import partial

from nicegui import ui

from leader24 import clock
from leader24.i18n import _
from leader24.models import Author, DraftKind, Source
from leader24.pages import drafting, rows, times, undo, words, writers
from leader24.pages.answering import Answering, ask_to_take
from leader24.pages.composer_field import ComposerField
from leader24.pages.countdown import Countdown
from leader24.pages.forms import box, tagged
from leader24.services import messages, notes, reply_window
from leader24.services.detail import Detail
from leader24.services.drafts import Drafts
from leader24.services.members import Actor
from leader24.services.refusals import Refused
from leader24.services.takeovers import TakenOver

SOON = timedelta(hours=2)  # before WhatsApp closes


class Composer(ui.element):
    """What is typed is kept as a draft until it is sent, saved or emptied, also when the page or the server goes."""

    def __init__(self, me: Actor) -> None:
        super().__init__()
        self.classes("l24-write")
        self._me = me
        self._shown: Detail | None = None
        with self:
            self._writer = tagged("p", "", "l24-writer")
            with box("l24-desk"):
                self._answering = Answering(me)
                self._left = Countdown(
                    hours=_("{hours} h {minutes} min left to reply"),
                    minutes=_("{minutes} min left to reply"),
                    over="",
                    soon=SOON,
                    on_over=self._show_window,
                )
                self._left.props["title"] = _("WhatsApp closes 24 hours after the customer's last message.")
            self._field = ComposerField(on_typed=self._typed, on_submit=self._submit)
        self.client.on_delete(writers.subscribe(self._hear_writer))

    def show(self, shown: Detail, begun: Drafts) -> None:
        """Another conversation, with what the member has begun to write in it."""
        self._field.show(shown.id, shown.source, _customer(shown), begun)
        self.update_to(shown)

    def update_to(self, shown: Detail) -> None:
        """The same one as it is now; what is being typed stays."""
        self._shown = shown
        self._answering.show(shown.id, shown.progress.answered_by)
        self._show_window()
        self._show_writer()

    def hide(self) -> None:
        self._shown = None
        self._field.show(0, Source.WIDGET, "", Drafts())

    def write_note(self) -> None:
        self._field.choose(DraftKind.NOTE)

    def _show_window(self) -> None:
        shown = self._shown
        end = shown.progress.reply_until if shown else None
        is_closed = end is not None and end <= clock.now()
        self._left.set_visibility(end is not None and not is_closed)
        if end:
            self._left.until(end)
        self._field.close(_closed(end - reply_window.STAYS_OPEN) if end and is_closed else "")

    # ---- who is writing ----

    def _hear_writer(self, number: int, author: Author) -> None:
        if self._shown and number == self._shown.id and author is Author.CUSTOMER:
            with self.client:
                self._show_writer()

    def _show_writer(self) -> None:
        shown = self._shown
        is_writing = shown is not None and writers.who(shown.id, Author.CUSTOMER) is not None
        text = _("{name} is writing…").format(name=_customer(shown)) if shown and is_writing else ""
        self._writer.set_text(text)

    # ---- what is written ----

    async def _typed(self, number: int, kind: DraftKind, text: str) -> None:
        if kind is DraftKind.REPLY:
            self._tell_customer(number, text)
        await drafting.note(self._me.id, number, kind, text)

    def _tell_customer(self, number: int, text: str) -> None:
        if self._shown and self._shown.id == number and self._shown.source is Source.WIDGET and text.strip():
            writers.note(number, Author.MEMBER, self._me.name)
        else:
            writers.end(number, Author.MEMBER)

    async def _submit(self, number: int, kind: DraftKind, text: str) -> None:
        """First it is kept as it is, then sent or saved: whatever happens, it is not lost."""
        await (self._send(number, text) if kind is DraftKind.REPLY else self._save(number, text))

    async def _save(self, number: int, text: str) -> None:
        problem = _("The note could not be saved. Nothing is lost; try again.")
        try:
            await drafting.keep(self._me.id, number, DraftKind.NOTE, text)
            note = await asyncio.to_thread(notes.add, self._me.id, number, text)
            problem = ""
            undo.offer(_("Note added"), partial(notes.remove, self._me.id, note))
        except Refused as refusal:
            problem = words.refused(refusal.code)
        finally:
            self._settle(number, DraftKind.NOTE, problem)

    async def _send(self, number: int, text: str, instead_of: int | None = None) -> None:
        problem = _("It could not be sent. Nothing is lost; try again.")
        try:
            await drafting.keep(self._me.id, number, DraftKind.REPLY, text)
            await asyncio.to_thread(messages.reply, self._me.id, number, text, instead_of=instead_of)
            writers.end(number, Author.MEMBER)
            problem = ""
        except Refused as refusal:
            problem = words.refused(refusal.code)
        except TakenOver as taken:
            problem = _("Not sent: {name} is answering this customer.").format(name=rows.isolated(taken.by.name))
            ask_to_take(taken.by, _("Take over and send"), partial(self._send, number, text))
        finally:
            self._settle(number, DraftKind.REPLY, problem)

    def _settle(self, number: int, kind: DraftKind, problem: str) -> None:
        self._field.settle(number, kind, problem)
        if problem and not (self._shown and self._shown.id == number):
            ui.notify(problem, type="negative", multi_line=True)  # another conversation is open by now


def _customer(shown: Detail) -> str:
    return rows.isolated(rows.who(shown.contact.name, shown.contact.phone))


def _closed(last_message_at: datetime) -> str:
    return _(
        "WhatsApp lets you reply only within 24 hours of the customer's last message, which came {when}. As soon as "
        "the customer writes again, you can reply. Until then you can leave a note for your team."
    ).format(when=times.full(last_message_at))
