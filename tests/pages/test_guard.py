"""What stands before every route."""

import json
import re
import socket
import subprocess
import sys
import time
from base64 import b64decode
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from uuid import UUID

import pytest
from httpx import Client
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.frames import CloseCode
from websockets.sync.client import connect
from websockets.typing import Origin

from leader24 import db
from leader24.services import sign_ins
from tests.fakes.fake_twilio import TOKEN, inbound
from tests.pages.access import is_public
from tests.pages.conftest import WEBHOOK, Twilio
from tests.pages.sockets import Polling
from tests.server import OWNER, PASSWORD, ROOT, App

EVIL = "https://evil.example"
HEADERS = {"x-content-type-options": "nosniff", "permissions-policy": "camera=(), microphone=(), geolocation=()"}
WEBSITES = ("/widget.js", "/widget/", "/demo")  # for the pages of others, with policies of their own


@pytest.fixture(autouse=True)
def an_owner(owner: Client) -> Client:
    return owner


def test_who_is_not_signed_in_gets_nowhere(routes: list[tuple[str, str]], stranger: Client) -> None:
    assert len(routes) > 20
    for method, path in routes:
        page, data = stranger.request(method, path), stranger.request(method, path, headers={"Accept": "*/*"})
        if is_public(method, path):
            assert method == "POST" or "location" not in page.headers, path
            assert data.status_code != 401 or path.startswith("/widget/"), path  # which knows visitors of its own
        elif method == "GET":
            assert (page.status_code, data.status_code) == (303, 401), path
            assert page.headers["location"].split("?")[0] == "/login"
        else:
            assert (page.status_code, data.status_code) == (401, 401), path
        assert "set-cookie" not in data.headers or path.startswith(("/login", "/setup", "/join", "/reset", "/_"))


def test_every_answer_has_its_headers(routes: list[tuple[str, str]], owner: Client, stranger: Client) -> None:
    errors = [("GET", "/nowhere"), ("GET", "/widget/nowhere"), ("GET", "/_nicegui/nowhere"), ("GET", "/widget/panel")]
    errors += [("DELETE", "/login"), ("POST", "/nowhere"), ("POST", WEBHOOK), ("GET", "/favicon.ico"), ("GET", "/demo")]
    seen = set()
    for method, path in routes + errors:
        for browser in (owner, stranger):
            answer = browser.request(method, path)
            seen.add(answer.status_code)
            assert HEADERS.items() <= dict(answer.headers).items(), path
            assert "frame-ancestors" in answer.headers["content-security-policy"], path
            assert answer.headers["referrer-policy"] in ("same-origin", "no-referrer"), path
            if not path.startswith(WEBSITES):
                assert "frame-ancestors 'none'" in answer.headers["content-security-policy"], path
    assert {200, 303, 401, 403, 404, 405, 422} <= seen


@pytest.mark.parametrize("path", ["/nowhere", "/_nicegui/nowhere", "/widget/nowhere", "/webhooks/twilio/nowhere"])
def test_what_is_not_there_is_said_plainly(owner: Client, stranger: Client, path: str) -> None:
    assert owner.get(path).status_code == 404
    if path != "/nowhere":
        answer = stranger.get(path)
        assert (answer.status_code, answer.text) == (404, "Nothing is here.")
        assert "set-cookie" not in answer.headers or path.startswith("/_nicegui")


TRICKS = [
    "//",
    "//agent",
    "/agent/",
    "/./agent",
    "/login/../agent",
    "/login/%2e%2e/agent",
    "/login%2f..%2fagent",
    "/widget/../agent",
    "/widget/..%2fagent",
    "/widget/%2e%2e/agent",
    "/_nicegui/../agent",
    "/_nicegui/%2e%2e/agent",
    "/_leader24/..%2f..%2fsecret_key",
    "/_nicegui/3.18.0/static/..%2f..%2f..%2f..%2f..%2fetc/passwd",
    "/_nicegui/3.18.0/resources/1/..%2f..%2f..%2fetc%2fpasswd",
    "/webhooks/twilio/../../agent",
    "/LOGIN/../agent",
    "/agent;/login",
    "/agent?/login",
    "/agent%3f/login",
    "/agent#/login",
    "/%63hannels",
    "/agent%00",
    "/agent%0d%0aSet-Cookie:x=1",
    "\\agent",
    "http://evil.example/agent",
    "/demo",
    "/Demo",
]


@pytest.mark.parametrize(
    "headers", [{}, {"Host": "evil.example"}, {"X-Forwarded-Prefix": "/login", "X-Original-URL": "/login"}]
)
@pytest.mark.parametrize("path", TRICKS)
def test_no_odd_path_leads_in(app: App, path: str, headers: dict[str, str]) -> None:
    connection = HTTPConnection("127.0.0.1", app.port, timeout=10)
    try:
        connection._validate_path = lambda _: None  # type: ignore[attr-defined]  # it is sent as it stands here
        connection.request("GET", path, headers={"Accept": "text/html"} | headers)
        answer = connection.getresponse()
        page = answer.read().decode()
        target = urlsplit(urljoin(app.url, answer.headers.get("Location", "")))
    finally:
        connection.close()
    assert answer.status in (303, 307, 400, 404), answer.status
    assert f"{target.scheme}://{target.netloc}" == app.url and "Set-Cookie:x" not in answer.headers
    assert WEBHOOK not in page and "root:" not in page and "l24-nav" not in page


@pytest.mark.parametrize(
    "header", [{"Host": "evil.example"}, {"X-Forwarded-Prefix": "//evil.example"}, {"X-Forwarded-Host": "evil.example"}]
)
def test_nobody_is_sent_elsewhere_by_what_a_request_says_of_us(
    owner: Client, stranger: Client, header: dict[str, str]
) -> None:
    for path in ("/login/", "/settings", "/settings/ai/", "/agent/?q=oak", "/_nicegui/3.18.0/libraries", "/agent"):
        for browser in (owner, stranger):
            answer = browser.get(path, headers=header)
            assert answer.headers.get("location", "/login").startswith(("/login", "/settings", "/agent", "/_nicegui/"))
            assert "evil.example" not in answer.text


# Sign-ins


def test_a_cookie_that_was_kept_is_worthless_after_signing_out(app: App) -> None:
    browser = app.sign_in()
    kept = browser.cookies["leader24"]
    assert browser.get("/").status_code == 200
    db.connect(f"sqlite:///{app.database}")
    sign_ins.sign_out(kept)
    db.disconnect()
    assert browser.get("/").status_code == 303
    assert browser.get("/", headers={"Accept": "*/*"}).status_code == 401


def test_a_new_password_ends_all_sign_ins(app: App) -> None:
    ben = app.add_member()
    command = [sys.executable, "-m", "leader24", "reset-password", "ben@example.com"]
    new = "another horse battery staple"
    subprocess.run(command, env=app.environment, cwd=ROOT, input=new, text=True, check=True, capture_output=True)
    assert ben.get("/").status_code == 303
    app.sign_in("ben@example.com", new)


@pytest.mark.parametrize(
    "cookie", ["", "leader24=", "leader24=x", "leader24=%00", 'leader24="\\377"', "leader24=" + "x" * 9000]
)
def test_no_other_cookie_is_taken(stranger: Client, cookie: str) -> None:
    assert stranger.get("/agent", headers={"Cookie": cookie}).status_code in (303, 400, 431)


def test_cookies_of_others_on_the_same_host_do_no_harm(app: App, owner: Client, stranger: Client) -> None:
    ours = f"leader24={owner.cookies['leader24']}"
    for theirs in ('prefs={"a": [1, 2]}', "odd@name=1", "a=b c"):
        assert stranger.get("/agent", headers={"Cookie": f"{theirs}; {ours}"}).status_code == 200


def test_a_sign_in_that_is_over_is_refused(app: App) -> None:
    browser = app.sign_in()
    app.execute("UPDATE sign_in SET expires_at = '2020-01-01 00:00:00' WHERE rowid = (SELECT max(rowid) FROM sign_in)")
    assert browser.get("/").status_code == 303


def test_a_member_who_was_disabled_is_refused(app: App) -> None:
    carl = app.add_member("Carl")
    assert carl.get("/").status_code == 200
    app.execute("UPDATE member SET disabled_at = '2026-01-01 00:00:00' WHERE name = 'Carl'")
    assert carl.get("/").status_code == 303


# Origins


@pytest.mark.parametrize("origin", [EVIL, "null", "https://127.0.0.1", "http://127.0.0.1:1"])
def test_another_website_reaches_no_socket_and_no_form(app: App, owner: Client, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        connect(app.socket_url, origin=Origin(origin), legacy=True)
    assert refused.value.response.status_code == 403
    polling = "/_nicegui_ws/socket.io/?EIO=4&transport=polling"
    foreign = {"Origin": origin}
    assert owner.get(polling, headers=foreign).status_code == 403
    begun = Polling(owner)
    session = f"{polling}&sid={begun.session['sid']}"
    assert owner.get(session, headers=foreign).status_code == 403
    assert owner.post(session, content="2", headers=foreign).status_code == 403
    assert owner.options(session, headers=foreign).status_code == 403
    assert begun.is_admitted(), "and ours goes on"
    assert (
        owner.post("/login", data={"email": OWNER["email"], "password": PASSWORD}, headers=foreign).status_code == 403
    )
    for path in ("/setup", "/join", "/reset", "/settings/account/password"):
        assert owner.post(path, data=OWNER, headers=foreign).status_code == 403
    assert owner.post(WEBHOOK, data=inbound(), headers=foreign).status_code == 403


def test_there_is_one_websocket_and_no_other(app: App, owner: Client, routes: list[tuple[str, str]]) -> None:
    signed_in = {"Cookie": f"leader24={owner.cookies['leader24']}"}
    before = len(app.log)
    for _, path in [*routes, ("GET", "/_nicegui_ws/"), ("GET", "/_nicegui_ws/socket.io/../x")]:
        for headers in ({}, signed_in):
            with pytest.raises(InvalidStatus) as refused:
                connect(f"ws://127.0.0.1:{app.port}{path}", origin=Origin(app.url), additional_headers=headers)
            assert refused.value.response.status_code == 403, path
    assert "Traceback" not in app.log[before:]


def test_our_own_pages_reach_them(app: App, owner: Client) -> None:
    with connect(app.socket_url, origin=Origin(app.url)) as opened:
        assert str(opened.recv(10)).startswith("0")
    assert owner.get("/_nicegui_ws/socket.io/?EIO=4&transport=polling").text.startswith("0{")
    by_another_name = {"Host": "localhost:1", "Origin": "http://localhost:1"}
    assert owner.post("/login", data={"email": "x@example.com"}, headers=by_another_name).status_code == 303
    behind_a_proxy = {"Host": "10.0.0.7:8080", "Origin": app.url}
    assert owner.post("/login", data={"email": "x@example.com"}, headers=behind_a_proxy).status_code == 303


def test_cookies_are_kept_from_scripts_and_other_websites(app: App) -> None:
    with app.browser() as browser:
        answer = browser.post("/login", data={"email": OWNER["email"], "password": PASSWORD})
    (cookie,) = answer.headers.get_list("set-cookie")
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie and "Secure" not in cookie


def test_cookies_hold_a_random_name_and_nothing_else(owner: Client) -> None:
    """NiceGUI's is signed, and anybody can read it."""
    assert owner.get("/").status_code == 200
    assert re.fullmatch(r"[\w-]{43}", owner.cookies["leader24"])
    held = json.loads(b64decode(owner.cookies["session"].partition(".")[0] + "=="))
    assert held.keys() == {"id"} and UUID(held["id"]).version == 4


def test_with_https_cookies_are_kept_from_http(tmp_path: Path) -> None:
    public = "https://chat.example.com"
    with App(tmp_path / "data", LEADER24_PUBLIC_URL=public) as app, app.browser(Origin=public) as browser:
        link = app.set_up_link().partition("link=")[2]
        answer = browser.post("/setup", data=OWNER | {"link": link})
        cookies = answer.headers.get_list("set-cookie") + browser.get("/login").headers.get_list("set-cookie")
    assert len(cookies) == 2
    assert all({"httponly", "samesite=lax", "secure"} <= set(cookie.lower().split("; ")) for cookie in cookies)


# Too much, and failures


def test_a_body_that_is_too_large_is_refused_everywhere(stranger: Client) -> None:
    def in_pieces() -> Iterator[bytes]:
        yield from [b"email=" + b"x" * 100_000 + b"&"] * 15

    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for path in ("/login", "/setup", "/join", "/reset", WEBHOOK):
        assert stranger.post(path, content=b"x" * 1_500_000, headers=form).status_code == 413
        assert stranger.post(path, content=in_pieces(), headers=form).status_code == 413


@pytest.mark.parametrize("endless", [b"a" * 10_000, b"name: value\r\n" * 1000])
def test_a_head_without_end_is_given_up(app: App, stranger: Client, endless: bytes) -> None:
    with socket.create_connection(("127.0.0.1", app.port), timeout=10) as line:
        line.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nfirst: ")
        with pytest.raises(ConnectionError):
            for _ in range(10_000):
                line.sendall(endless)
    assert stranger.get("/healthz", headers={"X": "y" * 60_000}).status_code == 200


def test_a_message_over_a_socket_is_no_larger_than_a_body(app: App) -> None:
    with connect(app.socket_url, origin=Origin(app.url)) as opened, pytest.raises(ConnectionClosed) as ended:
        opened.send("4" + "x" * 1_500_000)
        while True:
            opened.recv(10)
    assert ended.value.rcvd and ended.value.rcvd.code == CloseCode.MESSAGE_TOO_BIG


def test_without_the_database_everyone_is_asked_to_come_back(app: App, owner: Client) -> None:
    app.execute("ALTER TABLE sign_in RENAME TO away")
    try:
        for path in ("/", "/agent", "/nowhere"):
            answer = owner.get(path)
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
            assert HEADERS.items() <= dict(answer.headers).items() and "sign_in" not in answer.text
    finally:
        app.execute("ALTER TABLE away RENAME TO sign_in")
    assert owner.get("/agent").status_code == 200


def test_a_page_of_a_busy_server_is_slow_and_no_error() -> None:
    says = "from leader24.pages.frame import install, ui; install(); print(ui.page('/').response_timeout)"
    done = subprocess.run([sys.executable, "-c", says], cwd=ROOT, capture_output=True, text=True, check=True)
    assert float(done.stdout) >= 30


def test_who_meets_an_error_learns_nothing_of_it(tmp_path: Path) -> None:
    """Rows that no version of ours has written, to make a page and a route fail."""
    with App(tmp_path / "data", TWILIO_AUTH_TOKEN=TOKEN) as app:
        owner, twilio = app.sign_up(), Twilio(app, app.browser(Origin=""))
        twilio.sends("Do not tell", "whatsapp:+393472200001")
        app.execute("UPDATE conversation SET source = 'from-the-moon', reviewed_at = created_at")
        page = owner.get("/")
        assert page.status_code == 500 and "could not be shown" in page.text
        app.execute("UPDATE setting SET value = '[1, 2]' WHERE name = 'business_name'")
        app.execute("INSERT OR REPLACE INTO setting (name, value) VALUES ('agent_name', '17')")
        app.restart()
        ((key,),) = app.execute("SELECT value FROM setting WHERE name = 'widget_key'")
        route = owner.get("/widget/panel", params={"key": key.strip('"'), "site": app.url, "lang": "en"})
        assert (route.status_code, route.text) == (500, "Something went wrong. It is noted in the server's log.")
        for answer in (page, route):
            assert not any(word in answer.text for word in ("moon", "Traceback", "Error", str(ROOT), "Do not tell"))
            assert HEADERS.items() <= dict(answer.headers).items()
            assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert "moon" in app.log and "Traceback" in app.log
        assert "Do not tell" not in app.log and "+39347" not in app.log


# The log


def test_what_strangers_get_wrong_is_no_error_of_ours(app: App, stranger: Client) -> None:
    before = len(app.log)
    for query in ("", "EIO=1", "EIO=4&transport=pigeon", "EIO=4&transport=polling&sid=x%0aFORGED", "EIO=4&j=x"):
        assert stranger.get(f"/_nicegui_ws/socket.io/?{query}").status_code == 400
    assert stranger.post("/_nicegui_ws/socket.io/?EIO=4&transport=polling&sid=x").status_code == 400
    assert " ERROR " not in app.log[before:] and "FORGED" not in app.log


def test_the_log_says_nothing_of_what_people_said_and_who_they_are(app: App, owner: Client, stranger: Client) -> None:
    """After everything above, and what follows."""
    twilio = Twilio(app, stranger)
    twilio.sends("a very private matter", "whatsapp:+393472212345")
    twilio.posts(WEBHOOK, inbound("a very private matter", "whatsapp:+393472212345"), token="wrong")
    twilio.posts(WEBHOOK, {"Body": "a very private matter"})
    for browser in (owner, stranger):
        for path in (
            "/",
            "/nowhere",
            "/agent",
            "/widget/nowhere",
            "/_nicegui/nowhere",
            "/widget.js",
            "/setup",
            "/join",
        ):
            browser.get(path, params={"q": "searched-for", "link": "a-secret-link"})
    stranger.post("/login", data={"email": "ana@example.com", "password": "mistyped-password"})
    secrets = ["private matter", "39347221", "searched-for", "a-secret-link", "mistyped-password", "?q=", PASSWORD]
    secrets += [TOKEN, "ana@example.com", owner.cookies["leader24"], owner.cookies["session"]]
    assert [secret for secret in secrets if secret in app.log] == []
    assert "Traceback" not in app.log


@pytest.mark.parametrize("path", ["/_nicegui_ws/socket.io/?EIO=4&transport=polling", "/widget/messages", "/login"])
def test_a_browser_that_leaves_before_it_has_asked_is_no_error(app: App, stranger: Client, path: str) -> None:
    visitor = f"Host: 127.0.0.1:{app.port}\r\nOrigin: {app.url}\r\nAuthorization: Bearer {'A' * 43}\r\n"
    for _ in range(5):
        with socket.create_connection(("127.0.0.1", app.port), timeout=10) as gone:
            gone.sendall(f"POST {path} HTTP/1.1\r\n{visitor}Content-Length: 9\r\n\r\n".encode())
            time.sleep(0.1)
    assert stranger.get("/healthz").status_code == 200
    assert " ERROR " not in app.log
