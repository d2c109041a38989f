"""Who sees the team. What an owner does there stands in tests/browser/test_people.py."""

from html import unescape

from httpx import Client

from tests.pages import people
from tests.server import App

PAGE = "/settings/team"


def page_of(browser: Client) -> str:
    answer = browser.get(PAGE)
    assert answer.status_code == 200
    return unescape(answer.text)


def test_owners_see_everybody_and_who_is_invited(app: App, owner: Client) -> None:
    assert "Open invitations" in page_of(owner) and "Withdraw" not in page_of(owner)
    app.add_member("Ben")
    token = people.invite(app).partition("link=")[2]
    page = page_of(owner)
    assert all(text in page for text in ("ana@example.com", "ben@example.com", '"you"', "Here now · 1 device"))
    assert "Invited by Ana today at" in page and "Withdraw" in page and token not in page


def test_members_do_not(app: App, owner: Client, stranger: Client) -> None:
    page = page_of(app.add_member("Carl"))
    assert "Only owners may see and change this." in page
    assert "ana@example.com" not in page and "Invite somebody" not in page
    assert stranger.get(PAGE).headers["location"] == "/login?next=/settings/team"
