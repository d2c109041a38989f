"""Tags: renamed, recoloured, merged and deleted for all conversations at once."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

from nicegui import ui

from leader24.i18n import _, n_
from leader24.pages import rows, words
from leader24.pages.forms import Choice, Field, Handler, MenuButton, box, button, dialog, icon, tagged
from leader24.pages.settings import sections
from leader24.pages.settings.sections import Section
from leader24.services import tags
from leader24.services.members import Actor
from leader24.services.refusals import Refused
from leader24.services.tags import TagRow, TagUse


def register() -> None:
    async def build(me: Actor) -> None:
        await Tags(me).build()

    sections.add(Section.TAGS, build)


class Tags:
    """One open page."""

    def __init__(self, me: Actor) -> None:
        self._me = me
        self._all: list[TagUse] = []

    async def build(self) -> None:
        tagged("p", _("What is changed here changes on every conversation that carries the tag."))
        self._list = box("l24-card")
        await self._show()

    async def _show(self) -> None:
        self._all = await asyncio.to_thread(tags.all_tags, self._me.id)
        self._list.clear()
        with self._list:
            if not self._all:
                _nothing()
                return
            with box("l24-tag-list", "ul"):
                for use in self._all:
                    self._row(use)

    def _row(self, use: TagUse) -> None:
        tag = use.tag
        with box("", "li"):
            with box("l24-about"):
                chip(tag)
                tagged("span", _on_so_many(use.count))
            with box("l24-tags"):
                self._colour(tag)
                self._button(_("Rename"), _("Rename the tag {tag}"), tag, partial(self._rename, use))
                if len(self._all) > 1:
                    self._button(_("Merge"), _("Merge the tag {tag} into another"), tag, partial(self._merge, use))
                self._button(_("Delete"), _("Delete the tag {tag}"), tag, partial(self._delete, use))

    def _button(self, text: str, name: str, tag: TagRow, on_click: Handler) -> None:
        made = button(text, on_click, classes="l24-chip")
        made.props["aria-label"] = name.format(tag=rows.isolated(tag.name))

    def _colour(self, tag: TagRow) -> None:
        with MenuButton(_("Colour"), partial(self._colours, tag), "l24-chip") as menu:
            tagged("span", words.colour(tag.colour))
            icon("expand_more")
        called, colour = rows.isolated(tag.name), words.colour(tag.colour)
        menu.props["aria-label"] = _("Colour of {tag}: {colour}").format(tag=called, colour=colour)

    def _colours(self, tag: TagRow, menu: MenuButton) -> None:
        for colour in tags.COLOURS:
            is_chosen = colour == tag.colour
            item = menu.item(words.colour(colour), partial(self._recolour, tag, colour), is_chosen=is_chosen)
            with item:
                box(f"l24-swatch {rows.TAG_TONES[colour]}", "span").move(target_index=0)

    async def _recolour(self, tag: TagRow, colour: str) -> None:
        await asyncio.to_thread(tags.recolour, self._me.id, tag.id, colour)
        await self._changed(_("{tag} is now {colour}").format(tag=rows.isolated(tag.name), colour=words.colour(colour)))

    def _rename(self, use: TagUse) -> None:
        tag = use.tag

        async def save() -> None:
            try:
                await asyncio.to_thread(tags.rename, self._me.id, tag.id, field.value)
            except Refused as problem:
                field.complain(words.refused(problem.code))
                taken = await self._other_called(field.value, tag) if problem.code == "tag_taken" else None
                _offer(offered, use, taken, merge)
                return
            shown.close()
            await self._changed(_("Renamed to {tag}").format(tag=rows.isolated(" ".join(field.value.split()))))

        async def merge(into: TagRow) -> None:
            shown.close()
            await self._put_together(tag, into)

        shown, panel = dialog(_("Rename the tag"))
        with panel:
            field = Field(_("Name of the tag"), value=tag.name, hint=_on_so_many(use.count))
            field.input.on("keydown.enter", save, args=[])
            offered = box("l24-notice")
            offered.set_visibility(False)
            with box("l24-buttons"):
                button(_("Cancel"), shown.close)
                button(_("Rename"), save, classes="l24-button primary")
        field.input.run_method("focus")

    async def _other_called(self, name: str, tag: TagRow) -> TagRow | None:
        found = await asyncio.to_thread(tags.named, self._me.id, name)
        return found if found and found.id != tag.id else None

    def _merge(self, use: TagUse) -> None:
        tag = use.tag
        others = {str(each.tag.id): each.tag for each in self._all if each.tag.id != tag.id}

        async def merge() -> None:
            shown.close()
            await self._put_together(tag, others[choice.value])

        shown, panel = dialog(_("Merge “{tag}” into another tag").format(tag=rows.isolated(tag.name)))
        with panel:
            tagged("p", _merge_words(use))
            options = {key: each.name for key, each in others.items()}
            choice = Choice(_("The tag that stays"), options, next(iter(options)))
            with box("l24-buttons"):
                button(_("Cancel"), shown.close)
                button(_("Merge"), merge, classes="l24-button primary")

    async def _put_together(self, tag: TagRow, into: TagRow) -> None:
        await asyncio.to_thread(tags.merge, self._me.id, tag.id, into.id)
        names = {"tag": rows.isolated(tag.name), "into": rows.isolated(into.name)}
        await self._changed(_("“{tag}” is now “{into}”").format(**names))

    def _delete(self, use: TagUse) -> None:
        tag = use.tag

        async def delete() -> None:
            shown.close()
            count = await asyncio.to_thread(tags.delete, self._me.id, tag.id)
            done = n_(
                "“{tag}” is deleted; it was on {count} conversation.",
                "“{tag}” is deleted; it was on {count} conversations.",
                count,
                tag=rows.isolated(tag.name),
            )
            await self._changed(done)

        shown, panel = dialog(_("Delete the tag “{tag}”?").format(tag=rows.isolated(tag.name)))
        with panel:
            tagged("p", _delete_words(use))
            with box("l24-buttons"):
                button(_("Cancel"), shown.close)
                button(_("Delete the tag"), delete, classes="l24-button danger")

    async def _changed(self, text: str) -> None:
        await self._show()
        with self._list:  # the row or dialog in which one clicked is gone
            ui.notify(text, type="positive")


def chip(tag: TagRow) -> None:
    with box(f"l24-tag {rows.TAG_TONES[tag.colour]}", "span"):
        tagged("span", tag.name)


def _nothing() -> None:
    with box("l24-empty"):
        icon("label")
        tagged("h2", _("No tags yet"))
        tagged(
            "p",
            _(
                "Tags are labels of your own, such as “kitchen” or “call back”, to sort conversations and find them. "
                "To make the first, open a conversation and choose Add tag."
            ),
        )
        with box("l24-button", "a") as link:
            link.props["href"] = "/"
            tagged("span", _("To the conversations"))


def _offer(place: ui.element, use: TagUse, into: TagRow | None, merge: Callable[[TagRow], Awaitable[None]]) -> None:
    place.clear()
    place.set_visibility(into is not None)
    if into is None:
        return
    with place:
        tagged("p", _merge_words(use))
        button(_("Merge into “{tag}”").format(tag=rows.isolated(into.name)), partial(merge, into))


def _on_so_many(count: int) -> str:
    return n_("on {count} conversation", "on {count} conversations", count) if count else _("on no conversation")


def _merge_words(use: TagUse) -> str:
    if not use.count:
        return _("“{tag}” is on no conversation and goes away.").format(tag=rows.isolated(use.tag.name))
    return n_(
        "{count} conversation gets the other tag, and “{tag}” goes away.",
        "{count} conversations get the other tag, and “{tag}” goes away.",
        use.count,
        tag=rows.isolated(use.tag.name),
    )


def _delete_words(use: TagUse) -> str:
    if not use.count:
        return _("It is on no conversation.")
    return n_(
        "{count} conversation loses this tag; nothing else of it changes. This cannot be undone.",
        "{count} conversations lose this tag; nothing else of them changes. This cannot be undone.",
        use.count,
    )
