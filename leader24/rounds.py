"""What is done again and again beside the pages: answer, send, fetch files, review, index, note who was
seen, empty the bin."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial

from leader24.services import agents, ai, attachments, bin, downloads, outbox, reviews, sign_ins, twilio_client
from leader24.services.attachments import Fetch
from leader24.services.finder import Finder
from leader24.services.seams import Ai, Channel
from leader24.settings import Settings
from leader24.timers import every, work_off

ANSWER, SEND, FETCH, REVIEW, INDEX = 0.5, 0.5, 1.0, 1.0, 0.5  # seconds between two looks
NOTE_SEEN, PURGE = 5.0, 60.0
ANSWERS_AT_ONCE, REVIEWS_AT_ONCE, FETCHES_AT_ONCE = 4, 2, 2


@dataclass(frozen=True, slots=True)
class Rounds:
    """`stand_in` is the offline AI; without a model it is also the first choice."""

    ai: Ai
    stand_in: Ai
    channel: Callable[[], Channel | None]  # asked each time: it may be set up meanwhile
    finder: Finder
    download: Fetch = downloads.fetch

    @classmethod
    def of(cls, settings: Settings, finder: Finder) -> "Rounds":
        whatsapp = partial(twilio_client.chosen, settings.public_url, settings.twilio_api_base)
        download = partial(downloads.fetch, api_base=settings.twilio_api_base)
        return cls(ai.Chosen(), ai.OFFLINE, whatsapp, finder, download)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """All rounds at work until the block ends; what is cut off then is done again when its lease is over."""
        await asyncio.to_thread(outbox.settle_interrupted)
        work = {
            self.answer: ANSWER,
            self.send: SEND,
            self.fetch: FETCH,
            self.review: REVIEW,
            self.index: INDEX,
            self.note_seen: NOTE_SEEN,
            self.purge: PURGE,
        }
        tasks = [asyncio.create_task(every(pause, each)) for each, pause in work.items()]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            with suppress(asyncio.CancelledError):
                await asyncio.gather(*tasks)
            await asyncio.to_thread(self.finder.close)

    async def answer(self) -> None:
        answer = partial(agents.answer_safely, responder=self.ai, stand_in=self.stand_in)
        await work_off(agents.claim_due, answer, ANSWERS_AT_ONCE)

    async def send(self) -> None:
        await asyncio.to_thread(outbox.send_ready, self.channel())

    async def fetch(self) -> None:
        fetch = partial(attachments.fetch_safely, fetch=self.download)
        await work_off(attachments.claim_due, fetch, FETCHES_AT_ONCE)

    async def review(self) -> None:
        review = partial(reviews.review_safely, reviewer=self.ai, stand_in=self.stand_in)
        await work_off(reviews.claim_due, review, REVIEWS_AT_ONCE)

    async def note_seen(self) -> None:
        await asyncio.to_thread(sign_ins.note_seen)

    async def purge(self) -> None:
        await asyncio.to_thread(bin.purge)

    async def index(self) -> None:
        while await asyncio.to_thread(self.finder.catch_up):
            pass
