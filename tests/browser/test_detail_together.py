"""Two members with the same conversation open: what one does the other sees, without a reload and at once."""

import time
from collections.abc import Iterator

import pytest
from httpx import Client
from playwright.sync_api import Browser, Locator, expect

from tests.browser import talks
from tests.browser.talks import Looker
from tests.server import App, measured

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with App(tmp_path_factory.mktemp("together") / "data") as app:
        yield app


@pytest.fixture(scope="module")
def owner(app: App) -> Client:
    return app.sign_up()


@pytest.fixture(scope="module")
def member(app: App, owner: Client) -> Client:
    return app.add_member("Ben")


@pytest.fixture
def ana(chromium: Browser, app: App, owner: Client) -> Iterator[Looker]:
    """She acts."""
    with talks.looking(chromium, app, owner) as ana:
        yield ana


@pytest.fixture
def ben(chromium: Browser, app: App, member: Client) -> Iterator[Looker]:
    """He watches."""
    with talks.looking(chromium, app, member) as ben:
        yield ben


def test_what_one_does_the_other_sees(app: App, ana: Looker, ben: Looker) -> None:
    conversation_id = talks.talk_in_two_reviews(app)
    for looker in (ana, ben):
        looker.opens(conversation_id)
    row = ben.page.locator(f".l24-row[data-id='{conversation_id}']")

    ana.renames("Maria's kitchen")
    seen("title", ben.title.filter(has_text="Maria's kitchen"), row.filter(has_text="Maria's kitchen"))

    ana.status.click()
    ana.page.locator(".l24-menu").get_by_role("button", name="Opportunity").click()
    seen("status", ben.status.filter(has_text="Opportunity"), row.locator(".l24-status", has_text="Opportunity"))

    ana.page.get_by_role("button", name="Add tag").click()
    ana.dialog.get_by_label("Name of the tag").fill("kitchen")
    ana.dialog.get_by_role("button", name="Add tag").click()
    tag = ben.side.locator(".l24-tag", has_text="kitchen")
    seen("tag", tag, row.locator(".l24-tag", has_text="kitchen"))
    expect(ana.dialog).to_have_count(0)

    ana.adds_note("Called her.")
    seen("note", ben.side.locator(".l24-note", has_text="Called her."))

    ana.page.get_by_role("button", name="Edit the contact").click()
    ana.dialog.get_by_label("Name").fill("Maria Rossi")
    ana.dialog.get_by_role("button", name="Save").click()
    seen("contact", ben.side.locator(".l24-facts", has_text="Maria Rossi"), row.filter(has_text="Maria Rossi"))
    expect(ana.dialog).to_have_count(0)

    ana.side.get_by_role("button", name="Remove the tag kitchen").click()
    expect(tag).to_have_count(0)
    happened = ben.page.locator(".l24-messages .activity")
    expect(happened.last).to_contain_text("Ana removed the tag kitchen")


def test_unread_is_ones_own(app: App, ana: Looker, ben: Looker) -> None:
    conversation_id = talks.talk(app)
    for looker in (ana, ben):
        looker.opens(conversation_id)
    ana.in_menu("More", "Mark as unread")
    mine, his = (looker.page.locator(f".l24-row[data-id='{conversation_id}'].unread") for looker in (ana, ben))
    expect(mine).to_have_count(1)
    expect(his).to_have_count(0)


def test_news_leave_alone_what_is_unfolded_typed_and_focused(app: App, ana: Looker, ben: Looker) -> None:
    conversation_id = talks.talk(app)
    for looker in (ana, ben):
        looker.opens(conversation_id)
    ben.side.get_by_text("Tone").click()
    ben.page.get_by_role("button", name="Edit the contact").click()
    field = ben.dialog.get_by_label("Name")
    field.fill("half a n")
    ana.renames("Maria")
    expect(ben.title).to_have_text("Maria")
    expect(field).to_have_value("half a n")
    expect(field).to_be_focused()
    ben.page.keyboard.press("Escape")
    expect(ben.page.get_by_role("button", name="Edit the contact")).to_be_focused()
    expect(ben.side.get_by_text("Polite.")).to_be_visible()


def seen(what: str, *places: Locator) -> None:
    """All of them show it; how long after the one who acts has been served is for whoever asks by -s."""
    begun = time.monotonic()
    for place in places:
        expect(place).to_have_count(1)
    measured(f"{what}: {1000 * (time.monotonic() - begun):.0f} ms")
