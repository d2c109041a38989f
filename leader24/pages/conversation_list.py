"""The conversation list: plain rows in, `select`, `more` and `navigate` (the browser's back) events out.

Several rows can be picked, to do something to all of them: `pick` says which were picked or are no longer, and `unpick`
that the member wants to end it.
"""

from collections.abc import Awaitable, Callable, Collection

from leader24.pages.plain_rows import PlainRows, Row

OnSelect = Callable[[int], Awaitable[None]]
OnMore = Callable[[], Awaitable[None]]
OnNavigate = Callable[[str], Awaitable[None]]
OnPick = Callable[[Collection[int], bool], Awaitable[None]]


class ConversationList(PlainRows, component="conversation_list.js"):
    def __init__(
        self, labels: dict[str, str], *, on_select: OnSelect, on_more: OnMore, on_navigate: OnNavigate
    ) -> None:
        super().__init__(labels)
        self.on("select", lambda event: on_select(event.args))
        self.on("more", lambda: on_more())
        self.on("navigate", lambda event: on_navigate(event.args))

    def on_pick(self, pick: OnPick, unpick: Callable[[], None]) -> None:
        self.on("pick", lambda event: pick(event.args["ids"], event.args["on"]))
        self.on("unpick", lambda: unpick(), args=[])

    def append(self, rows: list[Row]) -> None:
        known = {row["id"] for row in self.rows}
        self._change([*self.rows, *(row for row in rows if row["id"] not in known)], "append", rows)

    def put(self, row: Row, index: int) -> None:
        """Insert a row or move it; a negative index takes it out."""
        rows = [other for other in self.rows if other["id"] != row["id"]]
        if index >= 0:
            rows.insert(index, row)
        self._change(rows, "put", row, index)

    def select(self, number: int | None) -> None:
        """Mark the open conversation."""
        with self.props.suspend_updates():
            self.props["open"] = number
        self.run_method("select", number)

    def pick(self, numbers: Collection[int]) -> None:
        """These and no others, whether they are loaded or not."""
        self.run_method("pick", list(numbers))

    def unpick(self, number: int) -> None:
        self.run_method("unpick", [number])

    def begin_picking(self) -> None:
        """Where there is no mouse to point at a row with."""
        self.run_method("beginPicking")

    def end_picking(self) -> None:
        self.run_method("endPicking")
