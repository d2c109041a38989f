"""A native text field; `value` is what stands in it now."""

from collections.abc import Callable
from typing import Any

from nicegui import ui

OnChange = Callable[[str], Any]


class TextInput(ui.element, component="text_input.js"):
    def __init__(
        self, value: str = "", *, kind: str = "text", on_change: OnChange | None = None, keep: str = ""
    ) -> None:
        """`kind`: an input's type, or "textarea". `keep`: the name under which the browser's tab keeps what is typed
        while the server is away."""
        super().__init__()
        self.props["value"] = value
        if keep:
            self.props["keep"] = keep
        self.props["lines"] = kind == "textarea"
        if kind != "textarea":
            self.props["type"] = kind
        self._on_change = on_change
        self.on("typed", lambda event: self._typed(str(event.args or "")))

    @property
    def value(self) -> str:
        return str(self.props["value"])

    def put(self, value: str) -> None:
        """Another text, in place of what was typed."""
        self._remember(value)
        self.run_method("set", value)

    def _typed(self, value: str) -> Any:
        self._remember(value)
        return self._on_change(value) if self._on_change else None

    def _remember(self, value: str) -> None:
        with self.props.suspend_updates():  # the browser has it already
            self.props["value"] = value
