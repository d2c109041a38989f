"""The messages of one conversation: plain rows in; `earlier`, `first-unread` and `seen` events out."""

from collections.abc import Awaitable, Callable

from leader24.i18n import _
from leader24.pages.plain_rows import PlainRows, Row

Then = Callable[[], Awaitable[None]]


class MessageHistory(PlainRows, component="message_history.js"):
    """`on_seen`: what came while it is shown has been in front of somebody's eyes."""

    def __init__(self, *, on_earlier: Then, on_first_unread: Then | None = None, on_seen: Then | None = None) -> None:
        super().__init__(
            {
                "history": _("Messages"),
                "earlier": _("Load earlier messages"),
                "all": _("Show the whole message"),
                "less": _("Show less"),
                "opens": _("Opens {host} in a new tab"),
                "map": _("Show on a map"),
                "larger": _("Opens in a new tab"),
                "download": _("Download"),
                "unread": _("Jump to the first unread message"),
                "newest": _("To the newest message"),
            }
        )
        self.props.update({"more": False, "unread": 0})
        self.on("earlier", lambda: on_earlier())
        if on_first_unread:
            self.on("first-unread", lambda: on_first_unread())
        if on_seen:
            self.on("seen", lambda: on_seen())

    def show(self, rows: list[Row], *, more: bool, unread: int = 0) -> None:
        """`unread` is the number of the first message that the member has not read, 0 where he has read all."""
        self.props.update({"more": more, "unread": unread})
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

    def jump(self, number: int, quote: str = "") -> None:
        """To that message, which is marked, and in it the quote."""
        self.run_method("jump", number, quote)
