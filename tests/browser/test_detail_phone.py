"""An open conversation on a telephone: 390 pixels, touch, one pane at a time."""

from collections.abc import Iterator

import pytest
from httpx import Client
from playwright.sync_api import Browser, Page, expect

from tests.browser import talks
from tests.browser.talks import Looker
from tests.server import App

pytestmark = pytest.mark.browser

FINGER = 44  # pixels


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with App(tmp_path_factory.mktemp("phone") / "data") as app:
        yield app


@pytest.fixture(scope="module")
def owner(app: App) -> Client:
    return app.sign_up()


@pytest.fixture
def ana(chromium: Browser, app: App, owner: Client) -> Iterator[Looker]:
    with talks.looking(chromium, app, owner, viewport={"width": 390, "height": 844}, has_touch=True) as ana:
        yield ana


def test_one_pane_at_a_time_and_back_is_the_browsers_back(app: App, ana: Looker) -> None:
    conversation_id = talks.talk(app)
    page = ana.page
    page.goto(app.url)
    page.wait_for_function("window.did_handshake")
    row = page.locator(f".l24-row[data-id='{conversation_id}'] a")
    row.tap()
    expect(ana.title).to_be_visible()
    expect(page.locator(".l24-rows")).to_be_hidden()
    page.get_by_role("button", name="Review and contact").tap()
    expect(ana.side).to_be_in_viewport(ratio=1)
    page.go_back()
    expect(ana.side).to_be_hidden()
    expect(ana.title).to_be_visible()
    page.go_back()
    expect(row).to_be_visible()
    page.go_forward()
    expect(ana.title).to_be_visible()
    page.go_back()
    expect(row).to_be_visible()


def test_the_arrow_leads_back_as_the_browser_does(app: App, ana: Looker) -> None:
    conversation_id = talks.talk(app)
    page = ana.page
    page.goto(app.url)
    page.wait_for_function("window.did_handshake")
    before = page.evaluate("history.length")
    for _ in range(2):
        page.locator(f".l24-row[data-id='{conversation_id}'] a").tap()
        expect(ana.title).to_be_visible()
        page.get_by_role("button", name="Back to the list").tap()
        expect(page.locator(".l24-rows")).to_be_visible()
    assert page.evaluate("history.length") == before + 1
    expect(page.locator(f".l24-row[data-id='{conversation_id}'] a")).to_be_focused()


def test_who_came_by_a_link_gets_to_the_list_too(app: App, ana: Looker) -> None:
    page = ana.opens(talks.talk(app)).page
    page.get_by_role("button", name="Back to the list").tap()
    expect(page.locator(".l24-rows")).to_be_visible()
    page.wait_for_url(f"{app.url}/")


def test_all_that_is_touched_is_as_large_as_a_finger(app: App, ana: Looker) -> None:
    place = {"Body": "", "Latitude": "45.69", "Longitude": "9.67"}
    page = ana.opens(talks.talk_on_whatsapp(app, place, {"Body": "twelve chairs " * 200})).page
    assert too_small(page, ".l24-thread") == []
    page.get_by_role("button", name="Review and contact").tap()
    page.get_by_role("button", name="Add tag").tap()
    ana.dialog.get_by_label("Name of the tag").fill("kitchen")
    ana.dialog.get_by_role("button", name="Add tag").tap()
    expect(ana.dialog).to_have_count(0)
    page.get_by_role("button", name="Add note").tap()
    ana.note.fill("Called her.")
    page.get_by_role("button", name="Save note").tap()
    page.get_by_role("button", name="Review and contact").tap()
    expect(ana.side.locator(".l24-note")).to_be_visible()
    assert too_small(page, ".l24-side") == []
    page.get_by_role("button", name="Edit the contact").tap()
    expect(ana.dialog.get_by_label("Name")).to_be_visible()
    assert too_small(page, ".l24-dialog") == []
    ana.dialog.get_by_role("button", name="Cancel").tap()
    page.get_by_role("button", name="Close").tap()
    ana.status.tap()
    page.locator(".l24-menu").wait_for()
    assert too_small(page, ".l24-menu") == []


@pytest.mark.parametrize("width", [320, 390])
def test_nothing_scrolls_sideways(app: App, ana: Looker, width: int) -> None:
    page = ana.page
    page.set_viewport_size({"width": width, "height": 844})
    ana.opens(talks.talk(app, title="Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen" * 2))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    ana.renames("x" * 100)
    expect(ana.title).to_have_text("x" * 100)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="Review and contact").tap()
    expect(ana.side).to_be_visible()
    assert ana.side.evaluate("(side) => side.scrollWidth <= side.clientWidth")


def test_the_focus_goes_with_the_pane(app: App, ana: Looker) -> None:
    conversation_id = talks.talk(app)
    page = ana.page
    page.goto(app.url)
    page.wait_for_function("window.did_handshake")
    page.locator(f".l24-row[data-id='{conversation_id}'] a").tap()
    expect(page.locator(".l24-scroll")).to_be_focused()


def too_small(page: Page, within: str) -> list[str]:
    """What of it is smaller than a finger. A link within a text is as high as its line."""
    page.wait_for_timeout(400)  # until nothing moves any more
    measured = page.locator(f"{within} button:visible, {within} a:visible, {within} summary:visible").evaluate_all(
        """(all) => all.filter((each) => !each.closest('.l24-text')).map((each) => {
          const {width, height} = each.getBoundingClientRect();
          return [each.getAttribute('aria-label') || each.textContent, Math.round(width), Math.round(height)];
        })"""
    )
    return [str(each) for each in measured if each[1] < FINGER or each[2] < FINGER]
