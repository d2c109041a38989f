"""Open pages and their sockets: whose they are, and that they end with the sign-in."""

import re
import subprocess
import sys
import time
from typing import Any
from uuid import uuid4

import pytest
from httpx import Client

from leader24 import db
from leader24.models import Role
from leader24.services import sign_ins, team
from tests.pages.sockets import Polling, Socket, cookies_of, page_of
from tests.server import ROOT, App


@pytest.fixture(autouse=True)
def an_owner(owner: Client) -> Client:
    return owner


@pytest.fixture
def ben(app: App) -> Client:
    """A member."""
    return (
        app.sign_in("ben@example.com") if app.execute("SELECT 1 FROM member WHERE name = 'Ben'") else app.add_member()
    )


def word() -> str:
    """One that nobody has said; without digits, which the log may leave out."""
    return uuid4().hex.translate(str.maketrans("0123456789", "ghijklmnop"))


def is_heard(app: App, socket: Socket, page: dict[str, str]) -> bool:
    """Whether the server handles what this socket says for that page: of all that a page may say, it writes this
    down. What is asked afterwards is answered later."""
    said = word()
    socket.says("log", client_id=page["client_id"], level="warning", message=said)
    socket.asks("handshake", client_id="nobody's")
    return said in app.log


# Whose page it is


def test_a_page_is_opened_with_the_cookie_that_it_was_served_to(app: App, owner: Client, ben: Client) -> None:
    for browser in (owner, ben):
        page = page_of(browser)
        with Socket(app, cookies_of(browser), page) as socket:
            assert socket.is_admitted()
            assert is_heard(app, socket, page)
        assert Polling(browser, page_of(browser)).is_admitted()


def test_nobody_else_opens_it(app: App, owner: Client, ben: Client, stranger: Client) -> None:
    """With its name, which nobody should know, in the words for a page that is not there."""
    page, gone = page_of(owner), page_of(owner) | {"client_id": "gone"}
    with Socket(app, cookies_of(owner), gone) as socket:
        assert not socket.is_admitted()
        refusal = socket.heard[-1]
    for cookies in ("", cookies_of(ben), "leader24=forged", 'leader24="\\377"'):
        with Socket(app, cookies, page) as socket:
            assert not socket.is_admitted() and socket.heard[-1] == refusal
    for browser in (stranger, ben):
        assert not Polling(browser, page).is_admitted()
    with Socket(app, cookies_of(owner), page) as socket:
        assert socket.is_admitted(), "it is still his"


def test_nobody_else_opens_it_in_a_roundabout_way(app: App, owner: Client, ben: Client) -> None:
    page = page_of(owner)
    with Socket(app, cookies_of(owner), page) as mine:
        assert mine.is_admitted()
        for cookies in ("", cookies_of(ben)):
            with Socket(app, cookies) as socket:
                assert socket.is_admitted(), "no page yet"
                assert socket.asks("handshake", **page) == [False]
                query = "&".join(f"{name}={value}" for name, value in page.items())
                socket.says("connect", QUERY_STRING=query, HTTP_COOKIE=cookies_of(owner))
                for odd in ("handshake", "event", "log", "ack", "javascript_response"):
                    socket.connection.send(f'42["{odd}", null]')
                assert not is_heard(app, socket, page)
        assert is_heard(app, mine, page)
    assert "Traceback" not in app.log


def test_nobody_listens_in_to_anothers_polling(owner: Client, ben: Client, stranger: Client) -> None:
    socket = Polling(owner, page_of(owner))
    for browser in (stranger, ben):
        assert socket.poll(browser) == "invalid session"
    assert socket.is_admitted()


NO_MESSAGES: list[dict[str, Any]] = [
    *({}, {"level": "x", "message": "y"}, {"id": 1}, {"id": 4, "args": ["{"]}, {"id": [1]}, {"id": {}, "args": 3}),
    *({"id": 4, "listener_id": "x", "args": ["1"]}, {"next_message_id": "x"}, {"request_id": [1]}),
    *({"level": "error", "message": "said by nobody"}, {"level": "error", "message": {"a": 1}}),
]


def test_what_no_page_of_ours_sends_is_passed_over(app: App, stranger: Client) -> None:
    page, before = page_of(stranger, "/login"), len(app.log)
    with Socket(app, "", page) as socket:
        assert socket.is_admitted()
        for event in ("log", "event", "ack", "javascript_response", "handshake"):
            for message in NO_MESSAGES:
                socket.says(event, client_id=page["client_id"], **message)
        for odd in ('42["event"]', '42["ack", 1, 2]', '42["nothing"]', "42[]", '42{"a"', '45-["log"]', "4", "4x"):
            socket.connection.send(odd)
        assert socket.asks("handshake", client_id="nobody's") == [False], "it goes on"
    said = app.log[before:]
    assert "Traceback" not in said and " ERROR " not in said and "said by nobody" not in said


def test_a_page_for_everybody_is_opened_by_everybody(app: App, stranger: Client) -> None:
    with Socket(app, "", page_of(stranger, "/login")) as socket:
        assert socket.is_admitted()


# How it ends


def test_signing_out_in_another_process_ends_the_page_and_its_socket(app: App) -> None:
    browser = app.sign_in()
    cookies, page, unopened, late = cookies_of(browser), page_of(browser), page_of(browser), word()
    with Socket(app, cookies, page) as socket:
        assert socket.is_admitted()
        db.connect(f"sqlite:///{app.database}")
        sign_ins.sign_out(browser.cookies["leader24"])
        db.disconnect()
        with Socket(app, cookies, unopened) as early:
            assert not early.is_admitted(), "at once, also before it is noticed"
        assert '42["open",{"path":"/login?ended=1","new_tab":false}]' in socket.all_until_its_end()
        socket.says("log", client_id=page["client_id"], level="warning", message=late)
    for again in (page, unopened):
        with Socket(app, cookies, again) as socket:
            assert not socket.is_admitted(), "and it does not come back within the time to reconnect"
    assert late not in app.log


def test_a_new_password_ends_the_members_pages_and_nobody_elses(app: App, owner: Client, ben: Client) -> None:
    mine = page_of(owner)
    with Socket(app, cookies_of(owner), mine) as other, Socket(app, cookies_of(ben), page_of(ben)) as socket:
        assert other.is_admitted() and socket.is_admitted()
        command = [sys.executable, "-m", "leader24", "reset-password", "ben@example.com"]
        new = "correct horse battery staple"
        subprocess.run(command, env=app.environment, cwd=ROOT, input=new, text=True, check=True, capture_output=True)
        assert any('"/login?ended=1"' in heard for heard in socket.all_until_its_end())
        assert is_heard(app, other, mine)


@pytest.mark.parametrize(
    ("end", "undo"),
    [
        (
            "UPDATE member SET disabled_at = '2026-01-01 00:00:00' WHERE name = 'Ben'",
            "UPDATE member SET disabled_at = NULL",
        ),
        ("UPDATE sign_in SET expires_at = '2020-01-01 00:00:00' WHERE member_id = 2", ""),
        ("DELETE FROM sign_in WHERE member_id = 2", ""),
    ],
)
def test_pages_end_whatever_ends_the_sign_in(app: App, ben: Client, end: str, undo: str) -> None:
    with Socket(app, cookies_of(ben), page_of(ben)) as socket:
        assert socket.is_admitted()
        app.execute(end)
        assert any('"/login?ended=1"' in heard for heard in socket.all_until_its_end())
    if undo:
        app.execute(undo)


def test_pages_are_loaded_anew_when_the_role_has_changed(app: App, ben: Client) -> None:
    page = page_of(ben)
    with Socket(app, cookies_of(ben), page) as socket:
        assert socket.is_admitted()
        ((owner_id, ben_id),) = app.execute(
            "SELECT a.id, b.id FROM member a, member b WHERE a.name = 'Ana' AND b.name = 'Ben'"
        )
        db.connect(f"sqlite:///{app.database}")
        team.change_role(owner_id, ben_id, Role.OWNER)
        assert any("window.location.reload()" in heard for heard in socket.all_until_its_end())
        team.change_role(owner_id, ben_id, Role.MEMBER)
        db.disconnect()


def test_nothing_more_is_told_to_a_page_whose_sign_in_ended(app: App, owner: Client, ben: Client) -> None:
    """Also polling, which cannot be hung up: what it is told is that it is over."""
    socket = Polling(ben, page_of(ben))
    assert socket.is_admitted()
    app.execute("DELETE FROM sign_in WHERE member_id = 2")
    until = time.monotonic() + 30
    heard = ""
    while "/login" not in heard and time.monotonic() < until:
        heard = socket.poll()
    assert '"/login?ended=1"' in heard
    assert not re.search(r'42\["update"', socket.poll())
