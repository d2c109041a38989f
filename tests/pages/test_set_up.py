"""The first owner comes in by the link in the log, once."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from httpx import Client, Response

from tests.pages.answers import Told, told
from tests.server import OWNER, App


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """Without an owner, until the last test of this file makes one."""
    with App(tmp_path_factory.mktemp("new") / "data") as app:
        yield app


@pytest.fixture
def browser(app: App) -> Client:
    return app.browser()


def submit(browser: Client, path: str, **typed: str) -> Response:
    (link,) = parse_qs(urlsplit(path).query, keep_blank_values=True).get("link", [""])[-1:]
    return browser.post("/setup", data=OWNER | {"link": link} | typed)


def has_form(page: str) -> bool:
    return '"business_name"' in unescape(page)


def members(app: App) -> list[tuple[str, str]]:
    return [(name, role) for name, role in app.execute("SELECT name, role FROM member")]


def tried(app: App, path: str) -> list[Told]:
    """What a stranger with this link is told: by the page, by the form, and by the page afterwards."""
    browser = app.browser(Cookie="other=1")
    sent = submit(browser, path, email="eve@example.com", name="Eve")
    return [told(browser.get(path)), told(sent), told(browser.get(sent.headers["location"]))]


def test_without_the_right_link_there_is_no_form_and_none_is_taken(app: App, browser: Client) -> None:
    for path in ("/setup", "/setup?link=", "/setup?link=wrong", "/setup?link=%ff%00", "/setup?link=a&link=b"):
        page = browser.get(path)
        assert page.status_code == 200 and not has_form(page.text)
        assert submit(browser, path.replace("%ff%00", "x")).headers["location"].startswith("/setup?")
    assert tried(app, "/setup?link=wrong") == tried(app, "/setup") == tried(app, app.set_up_link()[:-1])
    assert members(app) == [] and "leader24" not in browser.cookies


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"password": "too short"}, "12 characters"),
        ({"password": "very-secret-" * 90}, "200 characters"),
        ({"email": "nowhere"}, "email"),
        ({"name": " "}, "name"),
        ({"time_zone": "Mars/Olympus"}, ""),
        ({"language": "xx"}, ""),
    ],
)
def test_a_refused_form_keeps_what_was_typed_but_the_password(
    app: App, browser: Client, typed: dict[str, str], says: str
) -> None:
    filled = OWNER | {"name": "Ana Bianchi", "business_name": 'Oak "& <Linen>'} | typed
    answer = submit(browser, app.set_up_link(), **filled)
    goal = answer.headers["location"]
    assert answer.status_code == 303 and filled["password"][:30] not in goal and "Ana" not in goal
    page = unescape(browser.get(goal).text)
    assert has_form(page) and says in page
    assert filled["password"][:30] not in page and filled["email"] in page
    assert (says == "name" or "Ana Bianchi" in page) and "<Linen>" not in browser.get(goal).text
    assert members(app) == [] and filled["password"][:30] not in app.log


def test_a_link_stays_good_over_a_restart(app: App, browser: Client) -> None:
    first = app.set_up_link()
    app.restart()
    assert app.set_up_link() != first
    assert has_form(browser.get(first).text) and has_form(browser.get(app.set_up_link()).text)


def test_the_link_makes_an_owner_once(app: App, browser: Client) -> None:
    used, earlier = app.set_up_link(), re.findall(r"/setup\?link=\S+", app.log)[0]
    assert has_form(browser.get(used).text)
    app.sign_up()
    assert members(app) == [("Ana", "owner")] and not has_form(browser.get(earlier).text)
    assert not has_form(browser.get(used).text)
    assert tried(app, used) == tried(app, earlier) == tried(app, "/setup?link=forged") == tried(app, "/setup")
    assert members(app) == [("Ana", "owner")] and "leader24" not in browser.cookies
    links = app.log.count("/setup?link=")
    app.restart()
    assert app.log.count("/setup?link=") == links
    app.sign_in()
