"""The way back: for ten seconds, by mouse and by keyboard, and never by mistake."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests import factories
from tests.browser.owner import Owner
from tests.pages.people import opened
from tests.server import App

pytestmark = pytest.mark.browser

SLOW = 30_000  # milliseconds; machines can be busy


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with App(tmp_path_factory.mktemp("undo") / "data") as app:
        app.sign_up()
        with opened(app):
            for name in ("Maria", "Luca"):
                factories.listed("oak", name=name)
        yield app


@pytest.fixture
def owner(app: App, chromium: Browser) -> Iterator[Owner]:
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(SLOW)
    token = app.sign_in().cookies["leader24"]
    context.add_cookies([{"name": "leader24", "value": token, "url": app.url}])
    owner = Owner(context.new_page(), app.url)
    owner.page.goto(app.url)
    owner.rows.first.wait_for()
    yield owner
    context.close()


def deleted(owner: Owner, name: str) -> Locator:
    """The toast that says so."""
    owner.row(name).get_by_role("checkbox").click()
    owner.page.get_by_role("button", name="Delete", exact=True).click()
    toast = owner.page.locator(".l24-toast").last
    expect(toast).to_contain_text("1 conversation moved to the bin", timeout=SLOW)
    expect(owner.row(name)).to_have_count(0, timeout=SLOW)
    return toast


def test_each_of_several_is_taken_back_the_newest_first(owner: Owner) -> None:
    deleted(owner, "Maria")
    deleted(owner, "Luca")
    expect(owner.page.locator(".l24-toast")).to_have_count(2)
    owner.page.keyboard.press("z")
    expect(owner.row("Luca")).to_have_count(1, timeout=SLOW)
    expect(owner.row("Maria")).to_have_count(0)
    owner.page.keyboard.press("Control+z")
    expect(owner.row("Maria")).to_have_count(1, timeout=SLOW)
    assert owner.problems == []


def test_who_types_a_z_takes_nothing_back(owner: Owner) -> None:
    toast = deleted(owner, "Maria")
    owner.page.get_by_label("Search conversations").press_sequentially("z")
    owner.page.get_by_label("Search conversations").fill("")
    expect(owner.row("Luca")).to_have_count(1, timeout=SLOW)
    expect(owner.row("Maria")).to_have_count(0)
    toast.get_by_role("button", name="Undo").focus()
    owner.page.keyboard.press("Enter")
    expect(owner.row("Maria")).to_have_count(1, timeout=SLOW)
    assert owner.problems == []


def test_it_goes_after_ten_seconds_unless_somebody_points_at_it(owner: Owner) -> None:
    toast = deleted(owner, "Maria")
    toast.hover()
    owner.page.wait_for_timeout(11_000)
    expect(toast).to_be_visible()
    owner.page.mouse.move(900, 300)
    expect(toast).to_have_count(0, timeout=SLOW)
    owner.page.keyboard.press("z")
    owner.page.wait_for_timeout(500)
    expect(owner.row("Maria")).to_have_count(0)
    restores(owner.page)


def restores(page: Page) -> None:
    """From the bin, where nothing is lost."""
    page.get_by_role("button", name="More for the list").click()
    page.get_by_role("button", name="Bin").click()
    page.get_by_role("button", name="Restore Maria").click()
    expect(page.get_by_role("heading", name="The bin is empty")).to_be_visible(timeout=SLOW)


def test_after_undo_by_keyboard_the_focus_is_back_where_it_was(owner: Owner) -> None:
    page = owner.page
    owner.opens("Maria")
    page.keyboard.press("u")
    undo = page.locator(".l24-toast").get_by_role("button", name="Undo")
    undo.focus()
    page.keyboard.press("Enter")
    expect(undo).to_have_count(0, timeout=SLOW)
    expect(owner.row("Maria").get_by_role("link")).to_be_focused()


def test_the_tab_key_stays_in_a_dialog(owner: Owner) -> None:
    page = owner.page
    owner.row("Luca").get_by_role("link").click()
    page.locator(".l24-bar h2").wait_for()
    page.keyboard.press("t")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Name of the tag")).to_be_focused()
    for key in ["Tab"] * 8 + ["Shift+Tab"] * 8:
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.matches('.l24-dialog :is(a, button, input)')")
