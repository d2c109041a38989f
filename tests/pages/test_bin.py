"""The bin's page. What one does there stands in tests/browser/test_bulk.py."""

from html import unescape

from httpx import Client

from leader24.services import bin
from tests import factories
from tests.pages.people import id_of, opened
from tests.server import App

PAGE = "/settings/bin"


def page_of(browser: Client) -> str:
    answer = browser.get(PAGE)
    assert answer.status_code == 200
    return unescape(answer.text)


def test_an_empty_bin_says_how_something_comes_there(owner: Client) -> None:
    page = page_of(owner)
    assert "The bin is empty" in page and "To delete a conversation, open it" in page


def test_members_see_who_deleted_what_and_may_restore_it(app: App, owner: Client) -> None:
    ben = app.add_member("Ben")
    with opened(app):
        bin.delete(id_of(app, "Ana"), factories.listed("oak", name="Maria", title="Six chairs"))
    page = page_of(ben)
    for text in ("Maria", "Six chairs · Widget", "Deleted by Ana, today at", "stays until", "Restore Maria"):
        assert text in page, text
    assert "Delete Maria for good" not in page and "Delete Maria for good" in page_of(owner)


def test_nobody_else_sees_it(app: App, owner: Client, stranger: Client) -> None:
    assert stranger.get(PAGE).headers["location"] == f"/login?next={PAGE}"
