"""A count that follows what changes."""

import asyncio
from collections.abc import Awaitable, Callable

from nicegui import background_tasks, ui

PAUSE = 1.0  # seconds between two counts, however much changes


class Recount:
    """Of the page that it is made on. `count` is called after each change, the last time after the last of them."""

    def __init__(self, count: Callable[[], Awaitable[None]], name: str) -> None:
        self._count, self._name = count, name
        self._is_old = self._is_counting = False

    def after_change(self) -> None:
        self._is_old = True
        if not self._is_counting:
            background_tasks.create(self._keep_counting(), name=self._name, context=ui.context.client)

    async def _keep_counting(self) -> None:
        self._is_counting = True
        try:
            while self._is_old:
                self._is_old = False
                await self._count()
                await asyncio.sleep(PAUSE)
        finally:
            self._is_counting = False
