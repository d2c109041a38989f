"""How much time is left, counted by the browser."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from nicegui import ui

from leader24 import clock


class Countdown(ui.element, component="countdown.js"):
    """`hours` is what it says while there is an hour or more, with {hours} and {minutes} in it; `minutes` what it says
    under an hour, with {minutes} and, where wanted, {seconds}; `over` what is said afterwards."""

    def __init__(
        self,
        *,
        hours: str,
        minutes: str,
        over: str,
        soon: timedelta = timedelta(),
        on_over: Callable[[], Any] | None = None,
    ) -> None:
        super().__init__()
        self.props["labels"] = {"hours": hours, "minutes": minutes, "over": over}
        self.props.update({"now": _milliseconds(clock.now()), "soon": soon.total_seconds(), "until": 0})
        if on_over:
            self.on("over", lambda: on_over(), args=[])

    def until(self, moment: datetime) -> None:
        self.props["until"] = _milliseconds(moment)


def _milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
