"""The stream of messages down to the panel, over a real connection."""

import asyncio
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import pytest
import uvicorn
from httpx2 import Client, Response

from leader24.models import Author
from leader24.pages.widget_api import Bells
from tests.widget.conftest import web
from tests.widget.visitor import Visitor, answer


class Stream:
    def __init__(self, answer: Response) -> None:
        self.headers = answer.headers
        self._lines = answer.iter_lines()

    def block(self) -> str:
        """The next one, without the empty line at its end."""
        return "\n".join(iter(lambda: next(self._lines), ""))

    def text(self) -> str:
        return str(json.loads(self.block().partition("data: ")[2])["text"])

    def rest(self) -> list[str]:
        return list(self._lines)


@dataclass
class Talk(Visitor):
    stop: Callable[[], object] = lambda: None  # what the server is told when it is to stop

    @contextmanager
    def stream(self, after: int = 1) -> Iterator[Stream]:
        headers = self.headers | {"Last-Event-ID": str(after), "Accept-Encoding": "gzip"}
        with self.client.stream("GET", "/widget/events", headers=headers) as answer:
            yield Stream(answer)


@pytest.fixture
def talk() -> Iterator[Talk]:
    """With a server that really listens, and one message that was seen already."""
    bells, loop = Bells(), asyncio.new_event_loop()
    server = uvicorn.Server(uvicorn.Config(web(bells), port=0, log_level="warning", ws="none"))
    thread = threading.Thread(target=loop.run_until_complete, args=[server.serve()])
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    with Client(base_url=f"http://127.0.0.1:{port}") as client:
        talk = Talk(client, stop=lambda: loop.call_soon_threadsafe(bells.close))
        talk.write("one")
        yield talk
        talk.stop()
    server.should_exit = True
    thread.join()
    loop.close()


def test_the_first_byte_comes_at_once_and_nothing_on_the_way_may_hold_it(talk: Talk) -> None:
    with talk.stream() as stream:
        assert stream.block() == ":"
        assert stream.headers["Content-Type"] == "text/event-stream; charset=utf-8"
        assert stream.headers["Cache-Control"] == "no-store" and stream.headers["X-Accel-Buffering"] == "no"
        assert not {"Content-Encoding", "Set-Cookie"} & stream.headers.keys()


def test_a_stream_tells_what_was_missed_and_then_what_comes(talk: Talk) -> None:
    talk.write("two", "b" * 16)
    with talk.stream() as stream:
        assert (stream.block(), stream.text()) == (":", "two")
        answer("Hello!")
        assert stream.text() == "Hello!"
        answer("A person here.", Author.MEMBER, "Marta")
        assert stream.text() == "A person here."
        talk.write("three", "c" * 16)
        assert stream.text() == "three"


def test_what_is_written_in_one_tab_is_seen_in_the_other(talk: Talk) -> None:
    with talk.stream() as first, talk.stream() as second:
        assert first.block() == second.block() == ":"
        talk.write("two", "b" * 16)
        assert first.text() == second.text() == "two"


def test_twenty_open_streams_end_when_the_server_stops(talk: Talk) -> None:
    with ExitStack() as stack:
        streams = [stack.enter_context(talk.stream()) for _ in range(20)]
        assert [stream.block() for stream in streams] == [":"] * 20
        talk.stop()
        assert [stream.rest() for stream in streams] == [[]] * 20
    with talk.stream() as late:
        assert late.rest() == [":", ""]
