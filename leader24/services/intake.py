"""The one door for arrivals: what comes in the same moment is stored in one transaction, as a commit costs
milliseconds and a row microseconds."""

import asyncio

from leader24.db import DatabaseUnavailable
from leader24.services import messages
from leader24.services.messages import Arrival, Stored

MOST_AT_ONCE = 200


class Intake:
    """One for the process. Its own task stores, so that a caller who goes away takes nobody's message with him."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Arrival, asyncio.Future[Stored]]] = []
        self._round: asyncio.Task[None] | None = None

    async def receive(self, arrival: Arrival) -> Stored:
        """Returns when it is on disk. Raises what `messages.receive` raises."""
        stored: asyncio.Future[Stored] = asyncio.get_running_loop().create_future()
        self._waiting.append((arrival, stored))
        if self._round is None or self._round.done():
            self._round = asyncio.create_task(self._store_all())
        return await stored

    async def _store_all(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
            try:
                results = await asyncio.to_thread(messages.receive, [arrival for arrival, _ in batch])
            except Exception as error:  # noqa: BLE001 (each caller gets it; the task must live on for the next)
                if isinstance(error, DatabaseUnavailable):  # it would take no more of those who came meanwhile,
                    batch, self._waiting = batch + self._waiting, []  # and Twilio waits for 15 seconds only
                for _, stored in batch:
                    if not stored.done():
                        stored.set_exception(error)
                continue
            for (_, stored), result in zip(batch, results, strict=True):
                if not stored.done():
                    stored.set_result(result)
