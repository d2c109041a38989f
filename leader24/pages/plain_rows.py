"""Elements that show plain rows: setting `rows` sends them all, a change sends only itself.

A change that was meant for rows which have been replaced meanwhile may arrive after those that replace them: by its
turn the browser knows it and leaves it."""

from collections.abc import Mapping
from typing import Any

from nicegui import ui

Row = dict[str, Any]


class PlainRows(ui.element, component=None):
    def __init__(self, labels: Mapping[str, object]) -> None:
        super().__init__()
        self.props["labels"] = labels
        self._rows: list[Row] = []
        self._turn = 0
        self.rows = []

    @property
    def rows(self) -> list[Row]:
        return self._rows

    @rows.setter
    def rows(self, rows: list[Row]) -> None:
        self._rows = rows
        self._turn += 1
        with self.props.suspend_updates():
            self.props["turn"] = self._turn
        self.props["rows"] = tuple(rows)  # a tuple is sent as it is; a list would be wrapped row by row

    def _change(self, rows: list[Row], method: str, *args: object) -> None:
        """Keep `rows` as the new state and let the browser reach it by calling `method`."""
        self._rows = rows
        with self.props.suspend_updates():
            self.props["rows"] = tuple(rows)
        self.run_method("change", self._turn, method, args)
