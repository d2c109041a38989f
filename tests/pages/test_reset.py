"""A new password by a link that an owner made."""

from html import unescape
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from httpx import Client, Response

from tests.pages import people
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


def test_links_that_are_over_are_told_alike(app: App, ben: Client, stranger: Client) -> None:
    replaced = people.password_link(app, "Ben")
    late = people.password_link(app, "Ben")
    app.execute("UPDATE link SET expires_at = '2020-01-01 00:00:00'")
    invitation = people.invite(app).replace("/join", "/reset")
    for path in (replaced, late, invitation, "/reset?link=forged", "/reset?link=%00%ff", "/reset"):
        page = page_of(stranger, path)
        assert OVER in page and not has_form(page)
        assert OVER in page_of(stranger, submit(stranger, path).headers["location"])
    assert "leader24" not in stranger.cookies and ben.get("/").status_code == 200


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
