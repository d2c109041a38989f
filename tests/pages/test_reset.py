"""A new password by a link that an owner made."""

from html import unescape
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from httpx import Client, Response

from tests.pages import people
from tests.pages.answers import Told, told
from tests.server import PASSWORD, App

OVER = "This link does not work"
NEW = "seven green umbrellas"


@pytest.fixture(autouse=True)
def an_owner(owner: Client) -> Client:
    return owner


@pytest.fixture(scope="module")
def ben(app: App, owner: Client) -> Client:
    return app.add_member("Ben")


def submit(browser: Client, path: str, password: str = NEW) -> Response:
    """From an address of its own, so that attempts are not counted together."""
    (link,) = parse_qs(urlsplit(path).query).get("link", [""])
    return browser.post("/reset", data={"link": link, "password": password}, headers={"X-Forwarded-For": uuid4().hex})


def page_of(browser: Client, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200 and answer.headers["referrer-policy"] == "same-origin"
    return unescape(answer.text)


def has_form(page: str) -> bool:
    return '"/reset"' in page


def tried(app: App, path: str) -> list[Told]:
    """What a stranger with this link is told: by the page, by the form, and by the page afterwards."""
    browser = app.browser(Cookie="other=1")
    sent = submit(browser, path)
    return [told(browser.get(path)), told(sent), told(browser.get(sent.headers["location"]))]


def test_links_that_are_over_are_told_alike(app: App, ben: Client) -> None:
    """Also that of somebody who was disabled: it is not told who has one."""
    app.add_member("Carl")
    used = people.password_link(app, "Carl")
    assert submit(app.browser(), used).headers["location"] == "/"
    of_disabled = people.password_link(app, "Carl")
    replaced, late = people.password_link(app, "Ben"), people.password_link(app, "Ben")
    app.execute("UPDATE link SET expires_at = '2020-01-01 00:00:00' WHERE member_id = ?", people.id_of(app, "Ben"))
    app.execute("UPDATE member SET disabled_at = '2026-01-01 00:00:00' WHERE name = 'Carl'")
    invitation = people.invite(app).replace("/join", "/reset")
    forged = tried(app, "/reset?link=forged")
    assert all(OVER in unescape(forged[at][2]) and not has_form(unescape(forged[at][2])) for at in (0, 2))
    for path in (used, of_disabled, replaced, late, invitation, "/reset?link=%00%ff", "/reset"):
        assert tried(app, path) == forged, path
    assert ben.get("/").status_code == 200


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("too short", "at least 12 characters"),
        ("very-secret-" * 90, "up to 200 characters"),
        ("password1234", "easy to guess"),
        ("ben@example.com", "made of your name"),
    ],
)
def test_a_refused_password_leaves_the_link_good(
    app: App, ben: Client, stranger: Client, password: str, says: str
) -> None:
    path = people.password_link(app, "Ben")
    goal = submit(stranger, path, password).headers["location"]
    page = page_of(stranger, goal)
    assert has_form(page) and says in page and f'"{password}"' not in page
    assert password[:30] not in goal + app.log
    assert "leader24" not in stranger.cookies and ben.get("/").status_code == 200


def test_a_new_password_ends_what_was_and_signs_in(app: App, ben: Client, stranger: Client) -> None:
    path = people.password_link(app, "Ben")
    assert "Choose a new password" in page_of(stranger, path)
    answer = submit(stranger, path)
    assert answer.headers["location"] == "/" and "HttpOnly" in answer.headers["set-cookie"]
    assert "Ben" in stranger.get("/").text and ben.get("/").status_code == 303
    assert OVER in page_of(app.browser(), path) and urlsplit(path).query.removeprefix("link=") not in app.log
    with app.browser() as late:
        refused = late.post("/login", data={"email": "ben@example.com", "password": PASSWORD})
        assert refused.headers["location"].startswith("/login?again=")
    app.sign_in("ben@example.com", NEW)
