"""Signing in."""

import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from uuid import uuid4

import pytest
from httpx import Client, Response

from tests.pages.answers import Told, told
from tests.server import OWNER, PASSWORD, App


@pytest.fixture(autouse=True)
def an_owner(owner: Client) -> Client:
    return owner


def submit(
    browser: Client, password: str = PASSWORD, email: str = OWNER["email"], next: str = "/", address: str = ""
) -> Response:
    """From an address of its own, so that attempts are not counted together."""
    form = {"email": email, "password": password, "next": next}
    return browser.post("/login", data=form, headers={"X-Forwarded-For": address or uuid4().hex})


def test_who_is_sent_to_the_sign_in_comes_back_to_where_he_was_going(stranger: Client) -> None:
    goal = "/conversations/7?q=oak+chair&status=Spam%26more"
    to_sign_in = stranger.get(goal).headers["location"]
    page = unescape(stranger.get(to_sign_in).text)
    assert to_sign_in.startswith("/login?next=/conversations/7%3Fq") and goal in page
    assert submit(stranger, next=goal).headers["location"] == goal
    assert stranger.get("/").status_code == 200


def refused(app: App, email: str, password: str) -> tuple[list[Told], float]:
    """What is told, by the form and the page afterwards; and the seconds until it was."""
    browser = app.browser(Cookie="other=1")
    begun = time.perf_counter()
    answer = submit(browser, password, email)
    took = time.perf_counter() - begun
    assert "leader24" not in answer.headers.get("set-cookie", "")
    return [told(answer), told(browser.get(answer.headers["location"]), email)], took


def test_whether_there_is_an_account_is_told_by_neither_words_nor_time(app: App) -> None:
    """The least of several times, which other work on the machine cannot shorten; an unknown account that was not
    checked would take a tenth of it."""
    for name in ("Ben", "Carl"):
        app.add_member(name)
    app.execute("UPDATE member SET disabled_at = '2026-01-01 00:00:00' WHERE name = 'Carl'")
    tries = {
        "wrong password": ("ben@example.com", "a wrong password"),
        "nobody": ("nobody@example.com", PASSWORD),
        "no address": ("nobody", PASSWORD),
        "disabled": ("carl@example.com", PASSWORD),
    }
    said, seconds = {}, dict.fromkeys(tries, 60.0)
    for _ in range(4):
        for name, (email, password) in tries.items():
            said[name], took = refused(app, email, password)
            seconds[name] = min(seconds[name], took)
    assert all(each == said["wrong password"] for each in said.values())
    assert "Email or password are not right." in unescape(said["nobody"][1][2])
    assert max(seconds.values()) < 5 * min(seconds.values()), seconds


ELSEWHERE = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    "/\x00/evil.example",
    " //evil.example",
    "https:evil.example",
    "https://evil.example",
    "https:/evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "@evil.example",
    ".evil.example",
    "//[",
    "/%0d%0aLocation: https://evil.example",
    "/%2f/evil.example",
    "/x\r\nSet-Cookie: leader24=x",
    "",
]


def test_nobody_is_sent_elsewhere_after_signing_in(app: App, stranger: Client) -> None:
    for goal in ELSEWHERE:
        assert stranger.get("/login", params={"next": goal}).status_code == 200, goal
        answer = submit(stranger, next=goal)
        location = answer.headers["location"]
        target = urlsplit(urljoin(app.url, location))
        assert "leader24=" in answer.headers["set-cookie"] and f"{target.scheme}://{target.netloc}" == app.url, goal
        assert not location.startswith(("//", "/\\")) and location.isprintable(), goal


def test_a_refused_form_keeps_the_address_and_forgets_the_password(app: App, stranger: Client) -> None:
    answer = submit(stranger, "not-my-password", email="Ana@Example.com", next="/settings/whatsapp")
    goal = answer.headers["location"]
    page = unescape(stranger.get(goal).text)
    assert answer.status_code == 303 and "not-my-password" not in goal + page + app.log and "Ana" not in goal
    assert "Ana@Example.com" in page and "/settings/whatsapp" in page and "leader24" not in stranger.cookies


def test_what_was_typed_is_shown_to_him_only_and_as_text(stranger: Client) -> None:
    goal = submit(stranger, "wrong", email='"><script>alert(1)</script>').headers["location"]
    assert "<script>alert(1)" not in stranger.get(goal).text
    assert "alert(1)" not in stranger.get("/login?again=guessed").text


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("email=a@b.example&password=" + "very-long-" * 500, "application/x-www-form-urlencoded"),
        ("password=%ff%00", "application/x-www-form-urlencoded"),
        ('{"email": "a@b.example", "password": "as-json"}', "application/json"),
        ("", ""),
    ],
)
def test_odd_forms_are_refused_without_repeating_them(stranger: Client, content: str, kind: str) -> None:
    answer = stranger.post("/login", content=content, headers={"Content-Type": kind})
    assert answer.status_code == 303 and answer.headers["location"].startswith("/login?again=")
    assert "very-long" not in answer.text and "as-json" not in answer.text


def test_a_form_with_too_much_in_it_is_refused(stranger: Client) -> None:
    assert stranger.post("/login", files={"password": b"x"}).status_code == 400
    assert stranger.post("/login", data={str(number): "x" for number in range(50)}).status_code == 400


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[App]:
    """With nobody's attempts counted yet."""
    with App(tmp_path / "data") as app:
        app.sign_up()
        yield app


def test_guessing_ends_soon_for_an_account_and_for_an_address(fresh: App) -> None:
    browser = fresh.browser()

    def said(email: str, password: str = "guessed-password") -> str:
        goal = submit(browser, password, email, address="10.0.0.1").headers["location"]
        return unescape(browser.get(goal).text) if goal != "/" else ""

    wrong, unknown = said(OWNER["email"]), said("nobody@example.com")
    assert "Email or password are not right." in wrong and "Email or password are not right." in unknown
    for _ in range(4):
        said(OWNER["email"])
    assert "Too many" in said(OWNER["email"], PASSWORD), "also with the right password"
    for number in range(13):
        assert "Too many" not in said(f"invented-{number}@example.com")
    assert "Too many" in said("one-more@example.com")
    elsewhere = submit(browser, email="one-more@example.com", address="10.0.0.2").headers["location"]
    assert "Too many" not in unescape(browser.get(elsewhere).text)
    assert browser.get("/").status_code == 303
