"""Joining the team by an invitation."""

from html import unescape
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from httpx import Client, Response

from leader24.models import Role
from leader24.services import team
from tests.pages import people
from tests.pages.answers import Told, told
from tests.server import PASSWORD, App

OVER = "This link does not work"
DAN = {"name": "Dan Öz", "email": "dan@example.com", "password": PASSWORD, "language": "it"}


@pytest.fixture(autouse=True)
def an_owner(owner: Client) -> Client:
    return owner


def submit(browser: Client, path: str, **typed: str) -> Response:
    """From an address of its own, so that attempts are not counted together."""
    (link,) = parse_qs(urlsplit(path).query).get("link", [""])
    return browser.post("/join", data=DAN | {"link": link} | typed, headers={"X-Forwarded-For": uuid4().hex})


def page_of(browser: Client, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200 and answer.headers["referrer-policy"] == "same-origin"
    return unescape(answer.text)


def has_form(page: str) -> bool:
    return '"/join"' in page


def members(app: App) -> dict[str, str]:
    return dict(app.execute("SELECT name, role FROM member"))


def test_who_is_invited_joins_once_and_is_signed_in(app: App, stranger: Client) -> None:
    path = people.invite(app)
    page = page_of(stranger, path)
    assert has_form(page) and "Join Oak & Linen" in page and "Your role: Member" in page
    answer = submit(stranger, path)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "HttpOnly" in answer.headers["set-cookie"] and "SameSite=lax" in answer.headers["set-cookie"]
    assert "<title>Conversazioni" in stranger.get("/").text and members(app)["Dan Öz"] == "member"
    with app.browser() as late:
        assert OVER in page_of(late, path)
        assert OVER in page_of(late, submit(late, path, name="Eve", email="eve@example.com").headers["location"])
        assert "leader24" not in late.cookies and "Eve" not in members(app)
    assert urlsplit(path).query.removeprefix("link=") not in app.log


def test_an_owner_is_invited_as_one(app: App, stranger: Client) -> None:
    path = people.invite(app, Role.OWNER)
    assert "Your role: Owner" in page_of(stranger, path)
    submit(stranger, path, name="Olga", email="olga@example.com", language="en")
    assert members(app)["Olga"] == "owner" and "Invite somebody" in unescape(stranger.get("/settings/team").text)


def tried(app: App, path: str) -> list[Told]:
    """What a stranger with this link is told: by the page, by the form, and by the page afterwards."""
    browser = app.browser(Cookie="other=1")
    sent = submit(browser, path, name="Eve", email="eve@example.com")
    return [told(browser.get(path)), told(sent), told(browser.get(sent.headers["location"]))]


def test_links_that_are_over_are_told_alike(app: App, stranger: Client) -> None:
    used, withdrawn, late = people.invite(app), people.invite(app), people.invite(app)
    reset = people.password_link(app, "Ana").replace("/reset", "/join")
    submit(stranger, used, name="Ugo", email="ugo@example.com")
    with people.opened(app):
        ana = people.id_of(app, "Ana")
        newest, before = team.invitations(ana)[:2]
        app.execute("UPDATE link SET expires_at = '2020-01-01 00:00:00' WHERE id = ?", newest.id)
        team.withdraw(ana, before.id)
    forged = tried(app, "/join?link=forged")
    assert all(OVER in unescape(forged[at][2]) and not has_form(unescape(forged[at][2])) for at in (0, 2))
    for path in (used, withdrawn, late, reset, "/join?link=%00%ff", "/join"):
        assert tried(app, path) == forged, path
    assert "Eve" not in members(app)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"name": " "}, "Write your name"),
        ({"email": "nowhere"}, "Write an email address"),
        ({"email": "ana@example.com"}, "has this address already"),
        ({"password": "too short"}, "at least 12 characters"),
        ({"password": "very-secret-" * 90}, "up to 200 characters"),
        ({"password": "password1234"}, "easy to guess"),
        ({"password": "gloria@example.com"}, "made of your name"),
        ({"language": "xx"}, "Choose a language"),
    ],
)
def test_a_refused_form_keeps_what_was_typed_but_the_password(
    app: App, stranger: Client, typed: dict[str, str], says: str
) -> None:
    path = people.invite(app)
    filled = DAN | {"name": 'Gloria "& <b>', "email": "gloria@example.com"} | typed
    goal = submit(stranger, path, **filled).headers["location"]
    page = page_of(stranger, goal)
    assert has_form(page) and says in page and "leader24" not in stranger.cookies
    assert "Gloria" not in goal and "Gloria <b>" not in stranger.get(goal).text
    assert filled["email"] in page and (
        "password" not in typed or filled["email"] == filled["password"] or filled["password"] not in page
    )
    assert filled["password"][:30] not in goal + app.log
    assert submit(stranger, path, name="Gloria", email=f"{people.id_of(app, 'Ana')}{len(members(app))}@example.com")


def test_joining_replaces_who_was_signed_in(app: App) -> None:
    browser = app.sign_in()
    before = browser.cookies["leader24"]
    path = people.invite(app)
    assert "This browser is signed in as Ana." in page_of(browser, path)
    submit(browser, path, name="Fay", email="fay@example.com")
    assert browser.cookies["leader24"] != before and "Fay" in browser.get("/settings/account").text
    with app.browser(Cookie=f"leader24={before}") as kept:
        assert kept.get("/").status_code == 303
