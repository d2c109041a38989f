"""Fields of the settings: each says where its value comes from; those of a card are saved together."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from nicegui import ui

from leader24.i18n import _
from leader24.pages import words
from leader24.pages.forms import Choice, Field, box, button, tagged
from leader24.services import preferences
from leader24.services.members import Actor
from leader24.services.preferences import SECRETS, VARIABLES, Origin
from leader24.services.refusals import Refused

Save = Callable[..., None]  # the member's id, and what was typed by the names of the fields


class Options:
    """The fields of a card. `save` takes what was typed; without one it is `preferences.change`."""

    def __init__(self, me: Actor, save: Save = preferences.change) -> None:
        self._me, self._save = me, save
        self._fields: dict[str, Field | Choice] = {}
        self._origins: dict[str, ui.element] = {}

    def text(self, name: str, label: str, *, kind: str = "text", hint: str = "") -> Field:
        """A secret's field is empty; what is typed into it takes the place of the one that is kept."""
        is_secret = name in SECRETS
        kind, fill = ("password", "new-password") if is_secret else (kind, "off")
        value = "" if is_secret else as_typed(name)
        field = Field(label, value=value, kind=kind, hint=hint, autocomplete=fill)
        self._add(name, field)
        return field

    def choice(self, name: str, label: str, options: dict[str, str]) -> None:
        self._add(name, Choice(label, options, as_typed(name)))

    def buttons(self) -> ui.element:
        """The row with the one that saves; others can be put into it, before that one."""
        with box("l24-buttons") as row:
            button(_("Save"), self.save, classes="l24-button primary")
        return row

    def typed(self) -> dict[str, str]:
        return {name: field.value for name, field in self._fields.items()}

    def complain(self, problem: Refused) -> None:
        """At the field that it is about; its code begins with the field's name."""
        named = [name for name in self._fields if problem.code.startswith(name)]
        field = self._fields[max(named, key=len)] if named else None
        if isinstance(field, Field):
            field.complain(words.refused(problem.code))
        else:
            ui.notify(words.refused(problem.code), type="negative", multi_line=True)

    def be_content(self) -> None:
        for field in self._fields.values():
            if isinstance(field, Field):
                field.complain("")

    async def save(self) -> None:
        self.be_content()
        try:
            await asyncio.to_thread(self._save, self._me.id, **self.typed())
        except Refused as problem:
            self.complain(problem)
            return
        self.show()
        ui.notify(_("Saved"), type="positive")

    def show(self) -> None:
        """What holds now, as it was understood, and where each value comes from."""
        for name, field in self._fields.items():
            if isinstance(field, Field):
                field.input.put("" if name in SECRETS else as_typed(name))
        for name in self._origins:
            self._show_origin(name)

    def _add(self, name: str, field: Field | Choice) -> None:
        self._fields[name] = field
        with field:
            self.say_origin(name)

    def say_origin(self, name: str) -> None:
        """Here, now and after each change."""
        self._origins[name] = box("l24-origin")
        self._show_origin(name)

    def _show_origin(self, name: str) -> None:
        origin, line = preferences.origin(name), self._origins[name]
        line.clear()
        with line:
            tagged("span", _origin_words(name, origin))
            if origin in (Origin.BROWSER, Origin.UNREADABLE) and (name in VARIABLES or name in SECRETS):
                button(_undo_words(name), partial(self._clear, name), classes="l24-textlink")

    async def _clear(self, name: str) -> None:
        await asyncio.to_thread(preferences.clear, self._me.id, name)
        self.show()


def as_typed(name: str) -> str:
    """The value of now as a person would write it."""
    value: Any = getattr(preferences.current(), name)
    if isinstance(value, timedelta):
        number = value / (timedelta(days=1) if name == "new_conversation_after" else timedelta(minutes=1))
        return f"{number:g}"
    return "\n".join(value) if isinstance(value, tuple) else str(value).removeprefix("whatsapp:")


def _origin_words(name: str, origin: Origin) -> str:
    if origin is Origin.UNREADABLE:
        return _("It was kept with another secret key and cannot be read: enter it again.")
    if name in SECRETS:
        return {
            Origin.BROWSER: _("One is kept, encrypted. Type another to replace it."),
            Origin.ENVIRONMENT: _("Set on the server ({variable})").format(variable=VARIABLES[name]),
        }.get(origin, _("Not set"))
    return {
        Origin.BROWSER: _("Set here"),
        Origin.ENVIRONMENT: _("Set on the server ({variable})").format(variable=VARIABLES.get(name, "")),
    }.get(origin, _("Default") if as_typed(name).strip() else _("Not set"))


def _undo_words(name: str) -> str:
    if preferences.is_in_environment(name):
        return _("Use the one that is set on the server")
    return _("Remove it") if name in SECRETS else _("Back to the default")
