"""Several conversations at once: picked by mouse, keyboard and finger, changed together, and taken back."""

import json
import re
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from leader24.services import bin
from tests import factories
from tests.browser.owner import Owner
from tests.pages.people import id_of, opened
from tests.server import App

pytestmark = pytest.mark.browser

SLOW = 30_000  # milliseconds; machines can be busy
MANY = 130  # more than one page of the list, and more than one transaction
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with App(tmp_path_factory.mktemp("bulk") / "data") as app:
        app.sign_up()
        app.add_member("Ben")
        with opened(app):
            for number in range(MANY):
                factories.listed(f"oak {number}", name=f"Customer {number}", title=f"Chair {number}")
        yield app


@pytest.fixture
def opens(app: App, chromium: Browser) -> Iterator[Callable[..., Owner]]:
    """A member's own browser, on the list."""
    contexts: list[BrowserContext] = []

    def opened(email: str = "ana@example.com", path: str = "/", **how: object) -> Owner:
        contexts.append(chromium.new_context(**({"viewport": WIDE} | how)))  # type: ignore[arg-type]
        contexts[-1].set_default_timeout(SLOW)
        token = app.sign_in(email).cookies["leader24"]
        contexts[-1].add_cookies([{"name": "leader24", "value": token, "url": app.url}])
        owner = Owner(contexts[-1].new_page(), app.url)
        owner.page.goto(app.url + path)
        return owner

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def ana(opens: Callable[..., Owner]) -> Owner:
    owner = opens()
    owner.rows.first.wait_for()
    return owner


def box(row: Locator) -> Locator:
    return row.get_by_role("checkbox")


def bar(page: Page) -> Locator:
    return page.get_by_role("region", name="Selected conversations")


def says(page: Page, text: str) -> Locator:
    """A toast."""
    toast = page.locator(".l24-toast").filter(has_text=text)
    expect(toast).to_be_visible(timeout=SLOW)
    return toast


def statuses(owner: Owner, *numbers: int) -> list[str]:
    """Of these rows, from the top."""
    return [owner.rows.nth(number).locator(".l24-status").inner_text().split("\n")[-1] for number in numbers]


def set_status(page: Page, status: str) -> None:
    bar(page).get_by_role("button", name="Status").click()
    page.get_by_role("dialog", name="Status").get_by_role("button", name=status).click()


def test_by_mouse_a_range_gets_a_status_and_loses_it_again(ana: Owner) -> None:
    page, row = ana.page, ana.rows.nth(1)
    expect(box(row)).to_have_css("opacity", "0")
    row.hover()
    expect(box(row)).to_have_css("opacity", "1")
    top = row.bounding_box()
    box(row).click()
    expect(bar(page)).to_contain_text("1 selected")
    assert row.bounding_box() == top, "nothing moves under the pointer"
    box(ana.rows.nth(4)).click(modifiers=["Shift"])
    expect(bar(page)).to_contain_text("4 selected")
    box(ana.rows.nth(2)).click()
    expect(bar(page)).to_contain_text("3 selected")
    set_status(page, "Opportunity")
    toast = says(page, "3 conversations are now Opportunity")
    expect(ana.rows.nth(1).locator(".l24-status")).to_contain_text("Opportunity")
    assert statuses(ana, 1, 2, 3, 4) == ["Opportunity", "Info Only", "Opportunity", "Opportunity"]
    expect(bar(page)).to_contain_text("3 selected")
    toast.get_by_role("button", name="Undo").click()
    says(page, "Undone")
    expect(ana.rows.nth(4).locator(".l24-status")).to_contain_text("Info Only")
    assert statuses(ana, 1, 2, 3, 4) == ["Info Only"] * 4
    page.keyboard.press("Escape")
    expect(bar(page)).to_be_hidden()
    expect(box(ana.rows.nth(1))).not_to_be_checked()
    assert ana.problems == []


def test_the_page_has_its_keys_also_while_a_box_has_the_focus(ana: Owner) -> None:
    page = ana.page
    ana.rows.nth(1).hover()
    box(ana.rows.nth(1)).click()
    expect(box(ana.rows.nth(1))).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard")).to_be_visible()


def test_by_keyboard_alone(ana: Owner) -> None:
    page = ana.page
    first = ana.rows.first.get_by_role("link")
    first.focus()
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Shift+X")
    expect(bar(page)).to_contain_text("3 selected")
    page.keyboard.press("x")
    expect(bar(page)).to_contain_text("2 selected")
    expect(ana.rows.nth(2).get_by_role("link")).to_be_focused()
    tabs_back_to(page, "Delete")
    page.keyboard.press("Enter")
    says(page, "2 conversations moved to the bin")
    expect(bar(page)).to_be_hidden()
    expect(page.locator(".l24-rows :focus")).to_have_count(1)
    page.keyboard.press("z")
    says(page, "Undone")
    expect(page.get_by_role("button", name=f"All {MANY}")).to_be_visible(timeout=SLOW)
    assert ana.problems == []


def test_all_that_match_are_tagged_also_those_that_are_not_loaded(app: App, ana: Owner) -> None:
    page = ana.page
    ana.searches("chair")
    expect(ana.rows.first.locator("mark").first).to_be_visible(timeout=SLOW)
    box(ana.rows.first).click()
    bar(page).get_by_role("button", name=f"Select all {MANY} matching").click()
    expect(bar(page)).to_contain_text(f"{MANY} selected")
    bar(page).get_by_role("button", name="Tag").click()
    page.get_by_role("button", name="Add a tag").click()
    dialog = page.get_by_role("dialog", name=f"Add a tag to {MANY} conversations")
    dialog.get_by_role("button", name="Add tag").click()
    expect(dialog).to_contain_text("Write a name for the tag.")
    dialog.get_by_label("Name of the tag").fill("autumn")
    dialog.get_by_role("button", name="Add tag").click()
    toast = says(page, f"{MANY} conversations got the tag autumn")
    assert app.execute("SELECT count(*) FROM conversation_tag") == [(MANY,)]
    expect(ana.rows.first.locator(".l24-tag")).to_have_text("autumn")
    bar(page).get_by_role("button", name="Tag").click()
    page.get_by_role("button", name="Remove a tag").click()
    expect(page.get_by_role("dialog", name="Remove a tag")).to_contain_text(f"autumn ({MANY})")
    page.get_by_role("button", name="Cancel").click()
    toast.get_by_role("button", name="Undo").click()
    says(page, "Undone")
    assert app.execute("SELECT count(*) FROM conversation_tag") == [(0,)]
    assert ana.problems == []


def test_very_many_are_deleted_restored_and_seen_by_all(app: App, ana: Owner, opens: Callable[..., Owner]) -> None:
    page, ben = ana.page, opens("ben@example.com")
    ben.rows.first.wait_for()
    ben.rows.nth(1).get_by_role("link").focus()
    box(ana.rows.first).click()
    bar(page).get_by_role("button", name=f"Select all {MANY} matching").click()
    box(ana.rows.first).click()
    expect(bar(page)).to_contain_text(f"{MANY - 1} selected")
    bar(page).get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Move to the bin").click()
    says(page, f"{MANY - 1} conversations moved to the bin")
    expect(bar(page)).to_be_hidden(timeout=SLOW)
    for each in (ana, ben):
        expect(each.rows).to_have_count(1, timeout=SLOW)
        expect(each.page.get_by_role("button", name="All 1")).to_be_visible(timeout=SLOW)

    ben.page.goto(f"{app.url}/settings/bin")
    expect(ben.page.locator(".l24-bin")).to_contain_text(
        re.compile(f"{MANY - 1} conversations · Deleted by Ana, today")
    )
    ben.page.get_by_role("button", name=re.compile("^Restore Customer")).first.click()
    says(ben.page, "1 conversation restored")
    expect(ana.rows).to_have_count(2, timeout=SLOW)
    ben.page.get_by_role("button", name=f"Restore all {MANY - 2}").click()
    says(ben.page, f"{MANY - 2} conversations restored")
    expect(ben.page.get_by_role("heading", name="The bin is empty")).to_be_visible(timeout=SLOW)
    expect(page.get_by_role("button", name=f"All {MANY}")).to_be_visible(timeout=SLOW)
    expect(ana.rows.nth(10)).to_be_visible(timeout=SLOW)
    assert ana.problems == [] and ben.problems == []


def test_what_somebody_changed_meanwhile_stays(ana: Owner, opens: Callable[..., Owner]) -> None:
    page, ben = ana.page, opens("ben@example.com")
    ben.rows.first.wait_for()
    box(ana.rows.first).click()
    set_status(page, "Spam")
    toast = says(page, "1 conversation is now Spam")
    expect(ben.rows.first.locator(".l24-status")).to_contain_text("Spam")
    box(ben.rows.first).click()
    set_status(ben.page, "Contacted")
    says(ben.page, "1 conversation is now Contacted")
    toast.get_by_role("button", name="Undo").click()
    says(page, "This was changed meanwhile. Nothing was undone.")
    expect(ana.rows.first.locator(".l24-status")).to_contain_text("Contacted")


def test_news_leave_the_selection_alone_and_what_is_gone_leaves_it(
    app: App, ana: Owner, opens: Callable[..., Owner]
) -> None:
    page, ben = ana.page, opens("ben@example.com")
    ben.rows.first.wait_for()
    for number in range(3):
        box(ana.rows.nth(number)).click()
    expect(bar(page)).to_contain_text("3 selected")
    kept = ana.rows.nth(2).get_attribute("data-id") or ""
    box(ben.rows.nth(1)).click()
    set_status(ben.page, "Follow-up")
    expect(ana.rows.nth(1).locator(".l24-status")).to_contain_text("Follow-up")
    expect(bar(page)).to_contain_text("3 selected")
    box(ben.rows.nth(1)).click()
    box(ben.rows.first).click()
    bar(ben.page).get_by_role("button", name="Delete").click()
    expect(bar(page)).to_contain_text("2 selected", timeout=SLOW)
    expect(bar(page)).to_contain_text(f"Select all {MANY - 1} matching", timeout=SLOW)
    expect(ana.rows.nth(1)).to_have_attribute("data-id", kept)
    expect(box(ana.rows.nth(1))).to_be_checked()
    says(ben.page, "1 conversation moved to the bin").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name=f"All {MANY}")).to_be_visible(timeout=SLOW)
    expect(box(ana.rows.first)).not_to_be_checked()
    expect(bar(page)).to_contain_text(f"Select all {MANY} matching", timeout=SLOW)
    bar(page).get_by_role("button", name="Select all").click()
    expect(bar(page)).to_contain_text(f"{MANY} selected", timeout=SLOW)
    assert ana.problems == [] and ben.problems == []


def test_it_goes_on_when_the_page_is_left(app: App, ana: Owner, opens: Callable[..., Owner]) -> None:
    box(ana.rows.first).click()
    bar(ana.page).get_by_role("button", name=f"Select all {MANY} matching").click()
    expect(bar(ana.page)).to_contain_text(f"{MANY} selected")
    set_status(ana.page, "Waiting Response")
    ana.page.close()
    ben = opens("ben@example.com")
    expect(ben.rows.nth(15).locator(".l24-status")).to_contain_text("Waiting Response", timeout=SLOW)
    done = "SELECT count(*) FROM conversation WHERE status = 'Waiting Response' AND status_set_by = 'member'"
    until = time.monotonic() + 30
    while app.execute(done) != [(MANY,)]:
        assert time.monotonic() < until, app.execute(done)
        ben.page.wait_for_timeout(100)


def test_an_owner_takes_them_away_as_files(ana: Owner) -> None:
    page = ana.page
    for number in range(2):
        box(ana.rows.nth(number)).click()
    names = [ana.rows.nth(number).locator("b").inner_text() for number in range(2)]
    for kind, wanted in (("Export as text", "txt"), ("Export as JSON", "json")):
        bar(page).get_by_role("button", name="More").click()
        with page.expect_download() as download:
            page.get_by_role("button", name=kind).click()
        assert re.fullmatch(rf"leader24-2-conversations-[\d-]+\.{wanted}", download.value.suggested_filename)
        text = download.value.path().read_text(encoding="utf-8")
        assert all(name in text for name in names)
        if wanted == "json":
            assert len(json.loads(text)["conversations"]) == 2


def test_members_are_offered_no_export(opens: Callable[..., Owner]) -> None:
    ben = opens("ben@example.com")
    box(ben.rows.first).click()
    bar(ben.page).get_by_role("button", name="More").click()
    expect(ben.page.get_by_role("button", name="Mark as unread")).to_be_visible()
    expect(ben.page.get_by_role("button", name="Export as text")).to_have_count(0)


def test_a_deleted_conversation_opened_by_its_link_can_be_restored(app: App, opens: Callable[..., Owner]) -> None:
    with opened(app):
        number = factories.listed("elm", name="Maria", title="Six chairs")
        bin.delete(id_of(app, "Ben"), number)
    page = opens("ben@example.com", f"/conversations/{number}").page
    expect(page.get_by_role("heading", name="This conversation is in the bin")).to_be_visible(timeout=SLOW)
    expect(page.locator(".l24-thread")).to_contain_text("Deleted by Ben, today at")
    page.get_by_role("button", name="Restore").click()
    expect(page.locator(".l24-bar")).to_contain_text("Six chairs", timeout=SLOW)
    with opened(app):
        bin.delete(id_of(app, "Ben"), number)
        bin.erase(id_of(app, "Ana"), number)


def test_an_open_conversation_that_somebody_deletes_says_so(app: App, ana: Owner, opens: Callable[..., Owner]) -> None:
    number = int(ana.rows.first.get_attribute("data-id") or 0)
    ben = opens("ben@example.com", f"/conversations/{number}")
    ben.page.locator(".l24-bar").wait_for()
    box(ana.rows.first).click()
    bar(ana.page).get_by_role("button", name="Delete").click()
    expect(ben.page.get_by_role("heading", name="This conversation is in the bin")).to_be_visible(timeout=SLOW)
    ben.page.get_by_role("button", name="Restore").click()
    expect(ben.page.locator(".l24-messages")).to_be_visible(timeout=SLOW)
    expect(ana.rows.first).to_have_attribute("data-id", str(number))
    assert ana.problems == [] and ben.problems == []


def test_by_finger_on_a_phone(opens: Callable[..., Owner]) -> None:
    phone = opens(viewport=NARROW, has_touch=True, is_mobile=True)
    page = phone.page
    phone.rows.first.wait_for()
    expect(box(phone.rows.first)).to_be_hidden()
    presses_long(page, phone.rows.nth(1))
    expect(bar(page)).to_contain_text("1 selected")
    assert "/conversations/" not in page.url, "the long press opens nothing"
    phone.rows.nth(2).tap(position={"x": 200, "y": 40})
    expect(bar(page)).to_contain_text("2 selected")
    for button in bar(page).get_by_role("button").all():
        size = button.bounding_box()
        assert size is None or (size["height"] >= 44 and size["width"] >= 44), button
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    bar(page).get_by_role("button", name="More").tap()
    page.get_by_role("button", name="Mark as read").tap()
    toast = says(page, "2 conversations marked as read")
    expect(phone.rows.nth(1)).not_to_have_class(re.compile("unread"))
    toast.get_by_role("button", name="Undo").tap()
    says(page, "Undone")
    expect(phone.rows.nth(1)).to_have_class(re.compile("unread"))
    bar(page).get_by_role("button", name="End the selection").tap()
    phone.rows.nth(2).tap(position={"x": 200, "y": 40})
    page.wait_for_url("**/conversations/*")
    page.go_back()
    page.get_by_role("button", name="More for the list").tap()
    page.get_by_role("button", name="Select conversations").tap()
    expect(box(phone.rows.first)).to_be_visible()
    expect(bar(page)).to_contain_text("Select conversations")
    assert phone.problems == []


def test_a_filter_that_changes_ends_the_selection(ana: Owner) -> None:
    page = ana.page
    box(ana.rows.first).click()
    expect(bar(page)).to_be_visible()
    page.get_by_role("button", name="Source").click()
    page.get_by_role("dialog").get_by_role("button", name="WhatsApp").click()
    expect(bar(page)).to_be_hidden(timeout=SLOW)


def tabs_back_to(page: Page, name: str) -> None:
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.innerText").endswith(name):
            return
    raise AssertionError(name)


def presses_long(page: Page, row: Locator) -> None:
    """By the browser's own touch events: a tap of Playwright's is always short."""
    at = row.bounding_box()
    assert at
    touch = page.context.new_cdp_session(page)
    point = {"x": at["x"] + 200, "y": at["y"] + 40}
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
    page.wait_for_timeout(800)
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
