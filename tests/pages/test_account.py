"""One's own account: the password, and where one is signed in."""

from html import unescape

import pytest
from httpx import Client, Response

from tests.server import PASSWORD, App

NEW, BEN = "seven green umbrellas", "ben@example.com"
PAGE, FORM = "/settings/account", "/settings/account/password"


@pytest.fixture(scope="module")
def ben(app: App, owner: Client) -> Client:
    """A member of his own: guessing at a password is counted for its member."""
    return app.add_member("Ben")


def submit(browser: Client, current: str = PASSWORD, new: str = NEW) -> Response:
    return browser.post(FORM, data={"current": current, "new": new})


def page_of(browser: Client, path: str = PAGE) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return unescape(answer.text)


def test_everybody_has_one_and_sees_his_own(owner: Client, ben: Client) -> None:
    for browser, mine, others in ((owner, "ana@example.com", "ben@"), (ben, "ben@example.com", "ana@")):
        page = page_of(browser)
        assert mine in page and others not in page and "this one" in page and "Unknown browser" in page


def test_a_refused_password_changes_nothing_and_is_not_repeated(app: App, ben: Client) -> None:
    cookie = ben.cookies["leader24"]
    for current, new, says in (
        ("not-my-password", NEW, "The current password is not right."),
        (PASSWORD, "too short", "at least 12 characters"),
        (PASSWORD, BEN, "made of your name"),
    ):
        answer = submit(ben, current, new)
        goal = answer.headers["location"]
        page = page_of(ben, goal)
        assert answer.status_code == 303 and goal.startswith(f"{PAGE}?again=") and says in page
        assert (new in BEN or new not in page) and current not in goal + page + app.log
    assert ben.cookies["leader24"] == cookie and ben.get("/").status_code == 200


def test_a_new_password_keeps_this_browser_in_and_no_other(app: App) -> None:
    here = app.add_member("Carl")
    elsewhere, before = app.sign_in("carl@example.com"), here.cookies["leader24"]
    assert "Sign out everywhere else" in page_of(here)
    answer = submit(here)
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("leader24=") and "HttpOnly" in cookie and "SameSite=lax" in cookie
    assert "Password changed. You are signed out everywhere else." in page_of(here, answer.headers["location"])
    assert here.cookies["leader24"] != before and elsewhere.get("/").status_code == 303
    with app.browser(Cookie=f"leader24={before}") as kept:
        assert kept.get("/").status_code == 303
    app.sign_in("carl@example.com", NEW)
    query = "SELECT count(*) FROM sign_in JOIN member ON member.id = member_id WHERE name = 'Carl'"
    assert app.execute(query) == [(2,)]


def test_guessing_at_the_current_password_ends_soon(app: App) -> None:
    dora = app.add_member("Dora")
    for _ in range(5):
        assert "not right" in page_of(dora, submit(dora, "guessed-password").headers["location"])
    assert "Too many attempts" in page_of(dora, submit(dora).headers["location"])
    app.sign_in("dora@example.com")


def test_it_takes_somebody_who_is_signed_in(stranger: Client) -> None:
    assert submit(stranger).status_code == 401 and stranger.get(FORM).status_code == 303
