"""Beside the history: the review with its reasons, the contact, tags and notes."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

from nicegui import ui

from leader24.i18n import _
from leader24.pages import contact_card, notes_card, review_card, rows
from leader24.pages.conversation_actions import Actions
from leader24.pages.forms import Handler, box, button, icon_button, tagged
from leader24.pages.review_card import Jump
from leader24.pages.review_now import ReviewNow
from leader24.services import detail
from leader24.services.detail import Detail

Draw = Callable[[Detail], None]


class ConversationSide(ui.element):
    """`on_jump` shows the message that a reason quotes, `on_open` another conversation. Each part is drawn anew only
    when it changed, so that what is unfolded stays so, and the focus where it is; and nothing before there is one."""

    def __init__(
        self, actions: Actions, *, on_jump: Jump, on_open: Callable[[int], Awaitable[None]], on_close: Handler
    ) -> None:
        super().__init__("aside")
        self.classes("l24-side")
        self.props["aria-label"] = _("Review and contact")
        self._actions, self._on_jump, self._on_open, self._on_close = actions, on_jump, on_open, on_close
        self._shown: Detail | None = None
        self._parts: list[tuple[ui.element, Draw, Callable[[Detail], object]]] = []

    def _build(self) -> None:
        actions = self._actions
        with self:
            icon_button("close", _("Close"), self._on_close, classes="l24-button l24-close-side")
            with box():
                self._part(self._review, lambda shown: shown.review)
                self._part(self._suggestions, lambda shown: (shown.review, shown.suggested))
                self._part(_freshness, lambda shown: (shown.review, shown.version))
                self._review_now = ReviewNow(actions.me)
                self._part(self._earlier, lambda shown: shown.earlier_reviews)
            with box():
                self._part(contact_card.draw, lambda shown: shown.contact)
                button(_("Edit the contact"), actions.edit_contact, symbol="edit", classes="l24-chip")
            self._part(self._others, lambda shown: shown.others)
            with box():
                tagged("h3", _("Tags"))
                with box("l24-tags"):
                    self._part(self._tags, lambda shown: shown.tags, "l24-tags")
                    button(_("Add tag"), actions.add_tag, symbol="add", classes="l24-chip")
            with box():
                tagged("h3", _("Notes"))
                self._part(self._notes, lambda shown: shown.notes)
                button(_("Add note"), actions.add_note, symbol="add", classes="l24-chip")

    def show(self, shown: Detail) -> None:
        if not self._parts:
            self._build()
        was, self._shown = self._shown, shown
        for place, draw, depends_on in self._parts:
            if was is None or was.id != shown.id or depends_on(was) != depends_on(shown):
                place.clear()
                with place:
                    draw(shown)
        self._review_now.show(shown)

    def _part(self, draw: Draw, depends_on: Callable[[Detail], object], classes: str = "") -> None:
        """What is drawn there, and of what in the conversation."""
        self._parts.append((box(classes), draw, depends_on))

    def _review(self, shown: Detail) -> None:
        tagged("h3", _("AI review"))
        if shown.review:
            review_card.draw(shown.review, self._on_jump)

    def _suggestions(self, shown: Detail) -> None:
        review_card.draw_suggestions(shown, self._actions)

    def _earlier(self, shown: Detail) -> None:
        review_card.draw_earlier(shown.earlier_reviews, partial(self._show_earlier, shown.id))

    async def _show_earlier(self, number: int, review_id: int) -> None:
        review = await asyncio.to_thread(detail.review, self._actions.me.id, number, review_id)
        review_card.show_earlier(review, self._on_jump)

    def _others(self, shown: Detail) -> None:
        contact_card.draw_others(shown.others, self._on_open)

    def _tags(self, shown: Detail) -> None:
        for tag in shown.tags:
            with box(f"l24-tag {rows.TAG_TONES[tag.colour]}", "span"):
                tagged("span", tag.name)
                remove = partial(self._actions.remove_tag, tag)
                icon_button("close", _("Remove the tag {tag}").format(tag=rows.isolated(tag.name)), remove, classes="")

    def _notes(self, shown: Detail) -> None:
        notes_card.draw(shown.notes, self._actions)


def _freshness(shown: Detail) -> None:
    """What is to come after the review above."""
    if shown.review and shown.review.covers < shown.version:
        tagged("p", _("There are newer messages. They are reviewed together with the rest soon."), "l24-notice")
