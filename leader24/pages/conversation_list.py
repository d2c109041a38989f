"""The conversation list: plain rows in; `select`, `more`, `navigate` (the browser's back) and `day` (it is another one)
events out.

Several rows can be picked, to do something to all of them: `pick` says which were picked or are no longer, and `unpick`
that the member wants to end it.
"""

from collections.abc import Awaitable, Callable, Collection

from leader24 import i18n
from leader24.i18n import _, n_
from leader24.pages import times
from leader24.pages.plain_rows import PlainRows, Row

MOST_NEW = 20  # rows counted that came while one read further down

OnSelect = Callable[[int], Awaitable[None]]
OnMore = Callable[[], Awaitable[None]]
OnNavigate = Callable[[str], Awaitable[None]]
OnPick = Callable[[Collection[int], bool], Awaitable[None]]


class ConversationList(PlainRows, component="conversation_list.js"):
    def __init__(self, *, on_select: OnSelect, on_more: OnMore, on_navigate: OnNavigate, on_new_day: OnMore) -> None:
        super().__init__(_labels())
        self.props.update({"waits": True, "more": False, "day_end": times.day_end().timestamp()})
        self.on("select", lambda event: on_select(event.args))
        self.on("more", lambda: on_more())
        self.on("navigate", lambda event: on_navigate(event.args))
        self.on("day", lambda: on_new_day())

    def on_pick(self, pick: OnPick, unpick: Callable[[], None]) -> None:
        self.on("pick", lambda event: pick(event.args["ids"], event.args["on"]))
        self.on("unpick", lambda: unpick(), args=[])

    def show(self, rows: list[Row], *, has_more: bool) -> None:
        """These instead of what is there, from the top."""
        with self.props.suspend_updates():
            self.props.update({"waits": False, "more": has_more})
        self.rows = rows

    def renew(self, rows: list[Row], *, has_more: bool) -> None:
        """These instead of what is there, without losing the place."""
        self._change(rows, "renew", rows, has_more, times.day_end().timestamp())

    @property
    def is_waiting(self) -> bool:
        return bool(self.props["waits"])

    def wait(self) -> None:
        """Others will be shown soon."""
        if not self.is_waiting:
            self._wait(is_so=True)

    def give_up(self) -> None:
        """What is there stays; more can be asked for again."""
        self._wait(is_so=False)

    def append(self, rows: list[Row], *, has_more: bool) -> None:
        known = {row["id"] for row in self.rows}
        self._change([*self.rows, *(row for row in rows if row["id"] not in known)], "append", rows, has_more)

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

    def _wait(self, *, is_so: bool) -> None:
        with self.props.suspend_updates():
            self.props["waits"] = is_so
        self.run_method("wait", is_so)


def _labels() -> dict[str, object]:
    new = [n_("{count} new", "{count} new", count) for count in range(1, MOST_NEW + 1)]
    return {
        "list": _("Conversations"),
        "now": _("now"),
        "new": [*new, _("More than {count} new").format(count=MOST_NEW)],
        "language": i18n.current(),
    }
