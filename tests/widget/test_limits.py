import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace

import pytest
from limits import RateLimitItemPerHour
from starlette.testclient import TestClient

from leader24.pages.limits import USUAL, Limits
from leader24.pages.widget_api import Bells
from tests.widget.conftest import web
from tests.widget.visitor import SERVER, Visitor, stored_texts

ONE = RateLimitItemPerHour(1)
Open = Callable[[Limits], TestClient]


@pytest.fixture
def limited() -> Iterator[Open]:
    with ExitStack() as stack:
        yield lambda limits: stack.enter_context(TestClient(web(Bells(), limits), base_url=SERVER))


def test_a_visitor_who_writes_too_much_is_asked_to_wait(limited: Open) -> None:
    client = limited(replace(USUAL, messages=ONE))
    visitor, other = Visitor(client), Visitor(client, "B" * 43)
    visitor.write("one", id="1" * 16)
    refused = visitor.write("two", id="2" * 16)
    assert (refused.status_code, refused.json()) == (429, {"error": "too_many"})
    assert 1 <= int(refused.headers["Retry-After"]) <= 3600
    assert other.write("three").status_code == 200
    assert stored_texts() == ["one", "three"]


def test_twenty_messages_a_minute_are_enough(limited: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now)  # no minute may end between the messages
    visitor = Visitor(limited(USUAL))
    codes = [visitor.write("Hello", id=f"{number:016}").status_code for number in range(21)]
    assert codes == [200] * 20 + [429]


def test_where_too_many_new_visitors_come_from_those_who_are_known_go_on(limited: Open) -> None:
    client = limited(replace(USUAL, newcomers=ONE))
    known, stranger = Visitor(client), Visitor(client, "B" * 43)
    known.write("one", id="1" * 16)
    assert stranger.write("advertising").status_code == 429
    assert known.write("two", id="2" * 16).status_code == 200
    assert stored_texts() == ["one", "two"]


def test_an_address_that_sends_too_much_is_asked_to_wait_before_it_is_read(limited: Open) -> None:
    client = limited(replace(USUAL, requests=ONE))
    assert client.post("/widget/messages", content=b"junk", headers=Visitor(client).headers).status_code == 422
    assert Visitor(client).write().status_code == 429


def test_reading_is_not_limited(limited: Open) -> None:
    visitor = Visitor(limited(Limits(ONE, ONE, ONE, ONE)))
    visitor.write("one")
    assert [visitor.texts() for _ in range(3)] == [["one"]] * 3
