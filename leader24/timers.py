"""Work that is done again and again beside the pages: one coroutine each, never two runs of the same at once."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Claim = TypeVar("Claim")

THREADS = 32

log = logging.getLogger(__name__)


def enough_threads() -> None:
    """For work that mostly waits. By default two processors have six, and six slow calls of the AI would stop all."""
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(THREADS))


async def every(seconds: float, work: Callable[[], Coroutine[Any, Any, Any]]) -> None:
    """Until it is cancelled; a failing run is noted, and the next one comes all the same."""
    while True:
        try:
            await work()
        except Exception:
            log.exception("%s failed", getattr(work, "__name__", "work"))
        await asyncio.sleep(seconds)


async def work_off(claim: Callable[[], Sequence[Claim]], work: Callable[[Claim], Any], at_once: int) -> None:
    """Claim what is due and do each in a thread, so many at once, until nothing is due. Where one fails, the others
    that are claimed are done before its error is raised."""
    turn = asyncio.Semaphore(at_once)

    async def in_turn(claimed: Claim) -> None:
        async with turn:
            await asyncio.to_thread(work, claimed)

    while claims := await asyncio.to_thread(claim):
        results = await asyncio.gather(*(in_turn(claimed) for claimed in claims), return_exceptions=True)
        for problem in filter(None, results):
            raise problem
