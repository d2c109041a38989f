"""The stream of messages down to the panel, over a real connection."""

import asyncio
import json
import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace

import pytest
import uvicorn
from httpx2 import Client, Response

from leader24.models import Author
from leader24.pages import writers
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
    on_loop: Callable[[Callable[[], object]], object] = lambda _: None  # what it is to do

    def types(self, **headers: str) -> Response:
        return self.client.post("/widget/typing", headers=self.headers | headers)

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
        time.sleep(0.01)  # it says only by this that it listens
    port = server.servers[0].sockets[0].getsockname()[1]
    with Client(base_url=f"http://127.0.0.1:{port}") as client:
        talk = Talk(client, stop=lambda: loop.call_soon_threadsafe(bells.close), on_loop=loop.call_soon_threadsafe)
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


def test_a_member_who_writes_is_named_until_he_stops(talk: Talk) -> None:
    with talk.stream() as stream:
        assert stream.block() == ":"
        talk.on_loop(lambda: writers.note(1, Author.MEMBER, "Marta"))
        assert stream.block() == 'event: typing\ndata: "Marta"'
        talk.on_loop(lambda: writers.end(1, Author.MEMBER))
        assert stream.block() == 'event: typing\ndata: ""'
        answer("Here I am.", Author.MEMBER, "Marta")
        assert stream.text() == "Here I am."


def test_somebody_else_sees_nothing_of_it(talk: Talk) -> None:
    other = replace(talk, token="B" * 43)
    other.write("hello", "b" * 16)
    with other.stream(after=2) as stream:
        assert stream.block() == ":"
        talk.on_loop(lambda: writers.note(1, Author.MEMBER, "Marta"))
        talk.on_loop(lambda: writers.note(2, Author.MEMBER, "Ben"))
        assert stream.block() == 'event: typing\ndata: "Ben"'


def test_a_visitor_who_writes_is_heard_where_his_chat_is_open(talk: Talk) -> None:
    heard: queue.Queue[tuple[int, Author]] = queue.Queue()
    end = writers.subscribe(lambda *place: heard.put(place))
    assert talk.types().status_code == 204 and heard.empty()
    with talk.stream(after=0) as stream:
        assert (stream.block(), stream.text()) == (":", "one")  # only by then he is known to follow
        assert talk.types().status_code == 204
        assert heard.get(timeout=10) == (1, Author.CUSTOMER)
        talk.write("two", "b" * 16)
        assert heard.get(timeout=10) == (1, Author.CUSTOMER)  # that he does no more
    end()


def test_typing_is_taken_from_our_own_panel_only_and_not_without_end(talk: Talk) -> None:
    assert talk.types(Origin="https://evil.example").status_code == 403
    with talk.stream(after=0) as stream:
        assert (stream.block(), stream.text()) == (":", "one")
        codes = {talk.types().status_code for _ in range(60)}
    assert codes == {204, 429}
