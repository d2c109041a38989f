"""The list in real browsers: filters, orders, scrolling, saved views, and two members side by side."""

import re
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, ViewportSize, expect

from leader24 import clock, db
from leader24.models import Source, Status
from leader24.services import preferences
from tests import factories
from tests.browser.owner import Owner
from tests.fakes.fake_twilio import TOKEN, inbound, signed
from tests.server import App, measured

pytestmark = pytest.mark.browser

COUNT = 130
WIDE, NARROW = ViewportSize(width=1440, height=900), ViewportSize(width=390, height=844)
SENDER = "whatsapp:+39347220{:04}"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """With conversations of the last five days, every tenth of which asks for a quote by the widget."""
    folder = tmp_path_factory.mktemp("list") / "data"
    folder.mkdir()
    _fill(folder)
    with App(folder, TWILIO_AUTH_TOKEN=TOKEN) as app:
        yield app


def _fill(folder: Path) -> None:
    db.connect(f"sqlite:///{folder / 'leader24.db'}")
    db.migrate()
    preferences.use_defaults(review_after=timedelta(minutes=10))
    for number in range(COUNT):
        asks = number % 10 == 0
        sender = f"visitor-{number}" if asks else SENDER.format(number)
        with clock.shifted(timedelta(hours=number - COUNT)):
            conversation_id = factories.listed(
                "How much are 40 chairs?" if asks else "Where is the shop?",
                name=f"Customer {number:03}",
                sender=sender,
                source=Source.WIDGET if asks else Source.WHATSAPP,
                title="Chairs" if asks else "Address",
            )
            factories.reviewed(conversation_id, status=Status.QUOTE_REQUEST if asks else Status.INFO_ONLY)
    preferences.forget()
    db.disconnect()


@pytest.fixture(scope="module")
def signed_up(chromium: Browser, app: App) -> Iterator[BrowserContext]:
    context = chromium.new_context(timezone_id="Europe/Rome")
    Owner(context.new_page(), app.url).sets_up(app.url + app.set_up_link())
    yield context
    context.close()


@pytest.fixture(params=[WIDE, NARROW], ids=["wide", "narrow"])
def owner(request: pytest.FixtureRequest, chromium: Browser, app: App, signed_up: BrowserContext) -> Iterator[Owner]:
    is_narrow = request.param is NARROW
    context = chromium.new_context(
        viewport=request.param, timezone_id="Europe/Rome", has_touch=is_narrow, storage_state=signed_up.storage_state()
    )
    owner = Owner(context.new_page(), app.url)
    owner.page.goto(app.url)
    owner.rows.first.wait_for()
    yield owner
    assert owner.problems == []
    context.close()


def menu(owner: Owner, name: str) -> Locator:
    owner.page.get_by_role("group", name="Filters").get_by_role("button", name=name, exact=True).click()
    return owner.page.locator(".l24-menu")


def choose(owner: Owner, kind: str, *choices: str) -> None:
    shown = menu(owner, kind)
    for choice in choices:
        shown.get_by_role("button", name=choice).click()
    owner.page.keyboard.press("Escape")
    expect(shown).to_have_count(0)


def names(owner: Owner) -> list[str]:
    return owner.rows.locator("a b").all_inner_texts()


def customer(number: int) -> str:
    return f"Customer {number:03}"


def writes(app: App, number: int, text: str) -> None:
    url = f"{app.url}/webhooks/twilio/whatsapp"
    form = inbound(text, SENDER.format(number))
    assert httpx.post(url, data=form, headers=signed(url, form, TOKEN)).status_code == 204


def test_filters_combine_and_stand_in_the_address(owner: Owner) -> None:
    page = owner.page
    shown = menu(owner, "Status")
    quotes = shown.get_by_role("button", name="Quote Request")
    expect(quotes.locator(".l24-count")).to_have_text("13")
    expect(shown.get_by_role("button", name="Spam").locator(".l24-count")).to_have_text("0")
    quotes.click()
    expect(quotes).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Quote Request", exact=True)).to_be_focused()
    expect(owner.rows).to_have_count(13)
    expect(page.locator(".l24-chosen")).to_contain_text("13 conversations")
    choose(owner, "Date", "Last 7 days")
    choose(owner, "Source", "WhatsApp")
    expect(page.get_by_role("heading", name="No conversation fits")).to_be_visible()
    choose(owner, "WhatsApp", "Widget")
    expect(owner.rows).to_have_count(13)
    page.wait_for_url("**/?status=Quote+Request&source=widget&days=7")
    page.reload()
    expect(owner.rows).to_have_count(13)
    owner.searches("chairs")
    expect(page.locator(".l24-chosen")).to_contain_text("13 conversations")
    page.get_by_role("button", name="Clear", exact=True).click()
    expect(owner.row(customer(COUNT - 2))).to_be_visible()
    page.wait_for_url("**/")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_days_are_chosen_by_the_browsers_own_field(owner: Owner) -> None:
    page = owner.page
    shown = menu(owner, "Date")
    day = (clock.now() - timedelta(days=2)).date().isoformat()
    shown.get_by_label("From").fill(day)
    shown.get_by_label("To").fill("2020-01-01")
    expect(shown.get_by_role("alert").last).to_have_text("The first day comes after the last one.")
    shown.get_by_label("To").fill(day)
    page.wait_for_url(f"**/?from={day}&to={day}")
    expect(owner.rows).to_have_count(24)
    shown.get_by_role("button", name="Today").click()
    expect(shown.get_by_label("From")).to_have_value("")
    page.wait_for_url("**/?days=1")


def test_everything_is_reached_by_keyboard(owner: Owner) -> None:
    page = owner.page
    page.get_by_label("Search conversations").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Status", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".l24-menu")).to_be_focused()
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    expect(page.locator(".l24-menu").get_by_role("button", name="Quote Request")).to_be_focused()
    page.keyboard.press("Space")
    expect(owner.rows).to_have_count(13)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Quote Request", exact=True)).to_be_focused()


@pytest.mark.parametrize(("name", "first"), [("Oldest first", 0), ("Lowest score", COUNT - 1)])
def test_the_list_is_sorted_and_read_to_its_end(owner: Owner, name: str, first: int) -> None:
    page = owner.page
    page.get_by_role("button", name="Newest first").click()
    page.locator(".l24-menu").get_by_role("button", name=name).click()
    expect(owner.rows.first).to_contain_text(customer(first))
    seen: dict[str, None] = {}
    until = time.monotonic() + 60
    while len(seen) < COUNT and time.monotonic() < until:
        seen |= dict.fromkeys(names(owner))
        page.locator(".l24-rows").evaluate("(box) => box.scrollBy(0, 400)")
        page.wait_for_timeout(20)
    expected = [customer(number) for number in range(COUNT)]
    assert list(seen) == (expected if first == 0 else expected[::-1])
    expect(page.locator(".l24-skeletons")).to_have_count(0)


def test_what_comes_while_one_reads_further_down_moves_nothing(app: App, owner: Owner) -> None:
    page = owner.page
    choose(owner, "Source", "WhatsApp")
    expect(owner.row(customer(COUNT - 10))).to_have_count(0)
    page.locator(".l24-rows").evaluate("(box) => { box.scrollTop = 1234; }")
    expect(owner.row(customer(COUNT - 16))).to_be_visible()
    page.get_by_label("Search conversations").focus()
    before = owner.row(customer(COUNT - 16)).bounding_box()
    for number in (3, 4):
        writes(app, number, f"One more question at {time.time()}.")
    pill = page.locator(".l24-new button")
    expect(pill).to_contain_text("2 new")
    assert owner.row(customer(COUNT - 16)).bounding_box() == before
    expect(page.get_by_label("Search conversations")).to_be_focused()
    pill.click()
    expect(owner.rows.first).to_contain_text(re.compile(f"{customer(3)}|{customer(4)}"))
    assert {customer(3), customer(4)} == set(names(owner)[:2])
    expect(pill).to_have_count(0)
    expect(owner.rows.first.get_by_role("link")).to_be_focused()


def test_a_view_is_saved_and_shown_again_with_one_click(owner: Owner) -> None:
    page = owner.page
    choose(owner, "Status", "Quote Request")
    page.get_by_role("button", name="Save this view").click()
    page.get_by_role("dialog").get_by_role("button", name="Save view").click()
    expect(page.get_by_role("dialog")).to_contain_text("Write a name for the view.")
    page.get_by_label("Name of the view").fill("Quotes")
    page.keyboard.press("Enter")
    view = page.get_by_role("group", name="Saved views").get_by_role("button", name="Quotes")
    expect(view).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("button", name="Save this view")).to_be_hidden()
    page.goto(owner.server)
    view.click()
    expect(owner.rows).to_have_count(13)
    page.get_by_role("button", name="Rename or delete this view").click()
    page.get_by_role("button", name="Rename", exact=True).click()
    page.get_by_label("Name of the view").fill("Offers")
    page.get_by_role("dialog", name="Rename the view").get_by_role("button", name="Rename").click()
    renamed = page.get_by_role("button", name="Offers")
    expect(renamed).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Rename or delete this view").click()
    page.get_by_role("button", name="Delete", exact=True).click()
    page.get_by_role("dialog", name="Delete the view?").get_by_role("button", name="Delete").click()
    expect(page.get_by_role("group", name="Saved views")).to_be_hidden()


def test_a_change_of_rows_that_have_been_replaced_meanwhile_is_left(owner: Owner) -> None:
    """As one is that was sent off together with the rows which replace them."""
    choose(owner, "Status", "Quote Request")
    expect(owner.rows).to_have_count(13)
    late = "(rows) => getElement(Number(rows.id.slice(1))).change(1, 'put', [{ id: 999999, tags: [] }, 0])"
    owner.page.locator(".l24-rows").evaluate(late)
    owner.page.wait_for_timeout(300)
    expect(owner.rows).to_have_count(13)


@pytest.mark.parametrize("path", ["conversations/abc", "conversations/99999999999999999999", "in-progress/abc"])
def test_an_address_of_no_conversation_says_so(owner: Owner, path: str) -> None:
    owner.page.goto(f"{owner.server}/{path}")
    gone = owner.page.locator(".l24-empty").filter(has_text=re.compile("not here|no longer there"))
    expect(gone).to_be_visible()


def test_by_keyboard_one_goes_from_the_search_to_what_it_found(owner: Owner) -> None:
    page, first = owner.page, owner.rows.first.get_by_role("link")
    search = page.get_by_role("searchbox", name="Search conversations")
    for key in ("Enter", "ArrowDown"):
        page.keyboard.press("/")
        search.fill("chairs")
        expect(page.locator(".l24-preview mark").first).to_be_visible()
        page.keyboard.press(key)
        expect(first).to_be_focused()
    page.keyboard.press("/")
    page.keyboard.press("Escape")
    expect(search).to_have_value("")
    expect(search).to_be_focused()
    page.keyboard.press("Escape")
    expect(first).to_be_focused()


def test_nonsense_in_the_address_is_left_out_and_told_of(owner: Owner) -> None:
    page = owner.page
    page.goto(f"{owner.server}/?status=Quote+Request&status=Nope&tag=77&days=x")
    expect(owner.rows).to_have_count(13)
    hint = page.locator(".l24-hint").filter(has_text="not understood")
    expect(hint).to_contain_text("“status=Nope”, “days=x”, “tag=77”")
    page.wait_for_url("**/?status=Quote+Request")
    choose(owner, "More", "Has a note")
    expect(hint).to_be_hidden()
    page.wait_for_url("**/?status=Quote+Request&note=1")


def test_where_the_list_cannot_be_read_it_says_so_and_tries_again(app: App, owner: Owner) -> None:
    page = owner.page
    app.execute("ALTER TABLE contact RENAME TO mislaid")
    try:
        choose(owner, "Source", "Widget")
        expect(page.get_by_role("heading", name="The conversations cannot be read at the moment")).to_be_visible()
        expect(owner.rows).to_have_count(0)
    finally:
        app.execute("ALTER TABLE mislaid RENAME TO contact")
    page.get_by_role("button", name="Try again").click()
    expect(owner.rows).to_have_count(13)


def test_what_one_member_does_another_sees_at_once(app: App, owner: Owner, chromium: Browser) -> None:
    """One acts, one watches; how fast it is, is told and not held against a busy machine."""
    state = owner.page.context.storage_state()
    watching = chromium.new_context(viewport=WIDE, storage_state=state).new_page()
    watching.goto(f"{app.url}/?source=whatsapp")
    rows = watching.locator(".l24-row")
    rows.first.wait_for()
    title = watching.title()
    assert re.match(r"\(\d+\+?\) Conversations", title)
    begun = time.perf_counter()
    text = f"Are you there at {time.time()}?"
    writes(app, 7, text)
    expect(rows.first).to_contain_text(text)
    expect(rows.first.locator("time")).to_have_text("now")
    told("message", begun)
    owner.opens(customer(7))
    owner.page.locator(".l24-bar").get_by_title("Change the status").click()
    owner.page.wait_for_timeout(500)  # until the dialog stands still
    begun = time.perf_counter()
    owner.page.get_by_role("dialog").get_by_role("button", name="Follow-up").click()
    expect(rows.first).to_contain_text("Follow-up")
    told("status", begun)
    expect(rows.first).to_contain_text(customer(7))
    watching.context.close()


def told(what: str, begun: float) -> None:
    passed = (time.perf_counter() - begun) * 1000
    measured(f"{what}: done in one browser and seen in the other in {passed:.0f} ms")
