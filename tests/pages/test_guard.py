"""What stands before every route."""

import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from httpx import Client
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from leader24 import db
from leader24.services import sign_ins
from tests.fakes.fake_twilio import TOKEN, inbound
from tests.pages.conftest import WEBHOOK, Twilio
from tests.server import OWNER, PASSWORD, ROOT, App, environment_of

EVIL = "https://evil.example"
# Whoever makes another route public says so here.
PUBLIC = {
    ("GET", "/healthz"),
    ("HEAD", "/healthz"),
    ("GET", "/login"),
    ("POST", "/login"),
    ("GET", "/setup"),
    ("POST", "/setup"),
    ("GET", "/join"),
    ("POST", "/join"),
    ("GET", "/reset"),
    ("POST", "/reset"),
    ("GET", "/widget.js"),
}
PUBLIC_FOLDERS = ("/webhooks/twilio/", "/widget/", "/_nicegui/", "/_nicegui_ws/", "/_leader24/")
HEADERS = {"x-content-type-options": "nosniff", "permissions-policy": "camera=(), microphone=(), geolocation=()"}
WEBSITES = ("/widget.js", "/widget/", "/demo")  # for the pages of others, with policies of their own


@pytest.fixture(scope="module")
def routes(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str]]:
    environment = environment_of(LEADER24_DATA_DIR=str(tmp_path_factory.mktemp("routes")))
    command = [sys.executable, "-m", "tests.pages.routes"]
    listed = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [(method, path) for method, path in map(str.split, listed.splitlines())]


@pytest.fixture(autouse=True)
def an_owner(owner: Client) -> Client:
    return owner


def is_public(method: str, path: str) -> bool:
    return (method, path) in PUBLIC or path.startswith(PUBLIC_FOLDERS)


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
    assert (
        owner.post("/login", data={"email": OWNER["email"], "password": PASSWORD}, headers=foreign).status_code == 403
    )
    for path in ("/setup", "/join", "/reset", "/settings/account/password"):
        assert owner.post(path, data=OWNER, headers=foreign).status_code == 403
    assert owner.post(WEBHOOK, data=inbound(), headers=foreign).status_code == 403


def test_our_own_pages_reach_them(app: App, owner: Client) -> None:
    with connect(app.socket_url, origin=Origin(app.url)) as socket:
        assert str(socket.recv(10)).startswith("0")
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
