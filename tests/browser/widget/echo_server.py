"""The widget's routes in a process of their own, with somebody who answers: `python -m … DATABASE_FILE PORT SITE …`.

"You wrote: …" to every message, once, also after a restart; as a member who takes over to those who ask for a person,
and never to those who ask for silence.
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import uvicorn
from fastapi import FastAPI
from limits import RateLimitItemPerMinute, RateLimitItemPerSecond
from sqlalchemy import select
from starlette.middleware.gzip import GZipMiddleware

from leader24 import changes, clock, db
from leader24.models import Author, Member, Message, Record, Role, Source
from leader24.pages import demo, widget_api
from leader24.pages.home import always
from leader24.pages.limits import Limits
from leader24.services import preferences
from leader24.services.intake import Intake

KEY = "0123456789abcdef"
MARTA = 1
PATIENCE = timedelta(seconds=0.3)  # so that a pause can be seen
LIMITS = Limits(
    messages=RateLimitItemPerSecond(4, multiples=2),  # reached by who is quick, and over soon
    newcomers=RateLimitItemPerMinute(1000),
    requests=RateLimitItemPerMinute(1000),
    keys=RateLimitItemPerMinute(1000),
)


def main(file: str, port: str, *sites: str) -> None:
    db.connect(f"sqlite:///{file}")
    Record.metadata.create_all(db.engine())
    preferences.use_defaults(review_after=timedelta(minutes=10))
    with db.write() as session:
        preferences.store(session, business_name="Oak & Linen", widget_key=KEY, widget_sites=sites)
        session.merge(Member(id=MARTA, name="Marta", email="marta@example.com", password_hash="-", role=Role.MEMBER))
    server = f"http://127.0.0.1:{port}"
    bells = widget_api.Bells()
    web = FastAPI(openapi_url=None)
    web.add_middleware(GZipMiddleware)
    web.include_router(widget_api.routes(Intake(), bells, always(server), LIMITS))
    web.include_router(demo.routes(always(server)))
    serving = uvicorn.Server(uvicorn.Config(web, port=int(port), log_level="warning", ws="none"))
    web.router.lifespan_context = lambda _: lifespan(serving, bells)
    serving.run()


@asynccontextmanager
async def lifespan(serving: uvicorn.Server, bells: widget_api.Bells) -> AsyncIterator[None]:
    changes.start()
    changes.subscribe(bells.ring)
    tasks = [asyncio.create_task(answer()), asyncio.create_task(end_streams(serving, bells))]
    yield
    for task in tasks:
        task.cancel()


async def end_streams(serving: uvicorn.Server, bells: widget_api.Bells) -> None:
    while not serving.should_exit:  # noqa: ASYNC110 (uvicorn tells nobody)
        await asyncio.sleep(0.05)
    bells.close()


async def answer() -> None:
    while True:
        for conversation_id in await asyncio.to_thread(answer_all):
            changes.publish(conversation_id)
        await asyncio.sleep(0.05)


def answer_all() -> set[int]:
    """Returns the conversations that got an answer."""
    waiting = select(Message).where(Message.author == Author.CUSTOMER, Message.received_at < clock.now() - PATIENCE)
    with db.write() as session:
        known = set(session.scalars(select(Message.external_id).where(Message.author != Author.CUSTOMER)))
        answers = [
            echo(message) for message in session.scalars(waiting.order_by(Message.id)) if "silence" not in message.text
        ]
        new = [(message, text) for message, text in answers if text.external_id not in known]
        for message, text in new:
            message.conversation.append(text, timedelta(minutes=10))
            if text.author is Author.MEMBER:
                message.conversation.taken_over_by_id = MARTA
            session.add(text)
        return {message.conversation_id for message, _ in new}


def echo(message: Message) -> tuple[Message, Message]:
    by_member = "person" in message.text
    return message, Message(
        source=Source.WIDGET,
        external_id=f"answer:{message.conversation_id}:{message.seq}",
        author=Author.MEMBER if by_member else Author.AGENT,
        author_name="Marta" if by_member else "Sofia",
        text=f"You wrote: {message.text}",
        received_at=clock.now(),
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
