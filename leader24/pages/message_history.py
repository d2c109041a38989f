"""The messages of one conversation: plain rows in, an `earlier` event out."""

from collections.abc import Awaitable, Callable

from leader24.pages.plain_rows import PlainRows, Row


class MessageHistory(PlainRows, component="message_history.js"):
    def __init__(self, labels: dict[str, str], *, on_earlier: Callable[[], Awaitable[None]]) -> None:
        super().__init__(labels)
        self.props["more"] = False
        self.on("earlier", lambda: on_earlier())

    def show(self, rows: list[Row], *, more: bool) -> None:
        self.props["more"] = more
        self.rows = rows

    def prepend(self, rows: list[Row], *, more: bool) -> None:
        days = {row["id"] for row in rows if row["kind"] == "day"}
        with self.props.suspend_updates():
            self.props["more"] = more
        self._change([*rows, *(row for row in self.rows if row["id"] not in days)], "prepend", rows, more)

    def update_to(self, rows: list[Row]) -> None:
        """The newest part of the history as it is now: what is new is added, what changed is changed in place."""
        old = {row["id"]: row for row in self.rows}
        news = [row for row in rows if row["id"] not in old]
        changed = [row for row in rows if row["id"] in old and row != old[row["id"]]]
        if news or changed:
            merged = old | {row["id"]: row for row in changed} | {row["id"]: row for row in news}
            self._change(list(merged.values()), "merge", changed, news)

    def jump(self, number: int) -> None:
        self.run_method("jump", number)
