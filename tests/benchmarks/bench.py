"""How fast Leader24 is on this machine: bin/bench prints every figure beside its bar. It asserts nothing."""

import argparse
import asyncio
import os
import secrets
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from leader24 import clock, db
from leader24.models import SignIn
from leader24.services import preferences, sign_ins
from leader24.services.finder import Finder
from tests.benchmarks import browsing, data, elements, reading, server, serving
from tests.benchmarks.figures import Figure, head
from tests.benchmarks.server import Server


@dataclass(frozen=True, slots=True)
class Scale:
    """How often each thing is done."""

    rounds: int = 100
    counts: int = 20
    loads: int = 60
    tabs: int = 48
    dashboards: int = 50
    updates: int = 20
    posts: int = 500
    clicks: int = 20


def main() -> None:
    parser = argparse.ArgumentParser(prog="bin/bench", description="Measures Leader24.")
    parser.add_argument("--conversations", type=int, default=10_000)
    parser.add_argument("--data", type=Path, default=Path(tempfile.gettempdir()), help="where the data is kept")
    chosen = parser.parse_args()
    made = data.made(chosen.data, chosen.conversations)
    print(f"{chosen.conversations} conversations, {os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f}")
    print(head(), flush=True)
    over = []
    for figure in figures(made, chosen.conversations, Scale()):
        print(figure, flush=True)
        over += [figure.name] if figure.is_over else []
    print(f"load average {os.getloadavg()[0]:.1f}; over the bar: {', '.join(over) or 'nothing'}")


def figures(made: Path, count: int, scale: Scale) -> Iterator[Figure]:
    """All of them, on a copy of that data folder."""
    with tempfile.TemporaryDirectory(prefix="leader24-bench-") as copy:
        folder = Path(shutil.copytree(made, copy, dirs_exist_ok=True))
        data.use(folder)
        preferences.use_defaults(review_after=timedelta(minutes=10))
        yield from of_the_services(folder, count, scale)
        with server.running(folder) as running:
            yield from of_the_server(running, count, scale)
        db.disconnect()


def of_the_services(folder: Path, count: int, scale: Scale) -> Iterator[Figure]:
    yield from reading.of_the_list(scale.rounds)
    yield from reading.of_conversations(count, scale.rounds)
    yield from elements.of_the_list_element(scale.rounds)
    with closing(Finder(folder / "index")) as finder:
        assert finder.open(), "the data folder holds an index"
        yield from reading.of_counts(finder, scale.counts)
        yield from reading.of_search(finder, scale.rounds)


def of_the_server(running: Server, count: int, scale: Scale) -> Iterator[Figure]:
    token = _signed_in()
    writing = data.taken_over(count)[: 2 * scale.updates]
    yield from _all(serving.of_the_start(running))
    yield from _all(serving.of_pages(running, token, count - 1, scale.loads))
    yield from _all(serving.of_tabs(running, token, scale.tabs))
    yield from browsing.of_the_browser(running.url, token, count, scale.clicks)
    yield from _all(serving.of_news(running, token, scale.dashboards, writing))
    yield from _all(serving.of_webhooks(running, scale.posts))
    memory = running.memory()
    yield Figure("memory after all this", "MB", [memory.rss], 350)


def _all(figures: AsyncIterator[Figure]) -> list[Figure]:
    async def collected() -> list[Figure]:
        return [figure async for figure in figures]

    return asyncio.run(collected())


def _signed_in() -> str:
    """The cookie of a browser in which the owner is signed in."""
    token = secrets.token_urlsafe(16)
    with db.write() as session:
        until = clock.now() + timedelta(days=1)
        session.add(SignIn(token_hash=sign_ins.hash_of(token), member_id=data.OWNER, expires_at=until))
    return token


if __name__ == "__main__":
    main()
