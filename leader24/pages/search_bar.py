"""The search above the list, as one types."""

import asyncio
from collections.abc import Awaitable, Callable

from leader24.i18n import _
from leader24.pages.forms import box, icon, icon_button, tagged
from leader24.pages.shown import LONGEST_TYPED, Shown
from leader24.pages.text_input import TextInput

TYPING_PAUSE = 0.15  # seconds after the last key until the search runs


class SearchBar:
    """Changes `shown` and says so by `on_change`."""

    def __init__(self, shown: Shown, *, on_change: Callable[[], Awaitable[None]]) -> None:
        self._shown, self._on_change = shown, on_change
        self._keys = 0
        with box("l24-search", "search"):
            icon("search")
            self._field = TextInput(shown.typed, kind="search", on_change=self._typed, keep="search")
            self._field.props.update({"autocomplete": "off", "spellcheck": "false", "maxlength": LONGEST_TYPED})
            self._field.props["placeholder"] = _("Search name, message or phone…")
            self._field.props["aria-label"] = _("Search conversations")
            self._clear = icon_button("close", _("Clear the search"), self._clear_it, classes="")
            self._key = tagged("kbd", "/")
            self._key.props["aria-hidden"] = "true"

    def show(self) -> None:
        """What is searched for."""
        is_search = bool(self._shown.typed)
        self._clear.set_visibility(is_search)
        self._key.set_visibility(not is_search)

    def put(self) -> None:
        """What has been chosen elsewhere, in place of what was typed."""
        self._field.put(self._shown.typed)

    async def _typed(self, text: str) -> None:
        """Only the last of several quick keys is searched for."""
        self._shown.typed = text.strip()
        self._keys += 1
        key = self._keys
        await asyncio.sleep(TYPING_PAUSE)
        if key == self._keys:
            await self._on_change()

    async def _clear_it(self) -> None:
        self._shown.typed = ""
        self.put()
        self._field.run_method("focus")  # the button is gone that was clicked
        await self._on_change()
