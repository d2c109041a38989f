"""What is not in the list yet can be looked into, hurried on and taken over; nothing is invisible."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.owner import Owner
from tests.browser.shop import PHONE, WIDE, Shop, is_within, too_small
from tests.fakes.fake_twilio import TOKEN
from tests.server import App

pytestmark = pytest.mark.browser

SIZES = pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """With the usual ten minutes, so that nothing is reviewed by itself."""
    with App(tmp_path_factory.mktemp("app") / "data", TWILIO_AUTH_TOKEN=TOKEN) as app:
        yield app


@pytest.fixture
def shop(app: App, chromium: Browser) -> Iterator[Shop]:
    shop = Shop(app, chromium)
    yield shop
    shop.close()


def waiting(page: Page, text: str) -> Locator:
    return page.locator(".l24-waiting li").filter(has_text=text)


def thread(page: Page) -> Locator:
    return page.locator(".l24-peek-thread")


def looks_into(who: Owner, text: str) -> None:
    who.page.locator(".l24-live").get_by_role("button").click()
    waiting(who.page, text).get_by_role("link").click()
    expect(thread(who.page).locator(".l24-history")).to_be_visible()


@SIZES
def test_a_hidden_conversation_is_watched_live_and_reviewed_now(shop: Shop, size: dict[str, int]) -> None:
    owner, visitor = shop.owner(size), shop.visitor()
    page, listed = owner.page, owner.rows.count()
    visitor.write("Hello!")
    visitor.has_answers(1)
    expect(page.locator(".l24-live")).to_contain_text("in progress, not yet reviewed.")

    page.locator(".l24-live").get_by_role("button").click()
    row = waiting(page, "Visitor").first
    left = row.locator(".l24-left")
    expect(left).to_have_text(re.compile(r"Review in 9:\d\d"))
    before = left.inner_text()
    expect(left).not_to_have_text(before)
    row.get_by_role("link").click()
    expect(thread(page).locator(".customer")).to_have_count(1)
    page.wait_for_url(re.compile(r"/in-progress/\d+"))
    visitor.write("Are you there?")
    expect(thread(page).locator(".customer")).to_have_count(2)
    expect(thread(page).locator(".customer").nth(1)).to_contain_text("Are you there?")
    assert is_within(page)

    thread(page).get_by_role("button", name="Review now").click()
    expect(thread(page)).to_contain_text("It has been reviewed and is in the list now.")
    expect(thread(page).locator(".activity").filter(has_text="Giulia Rossi asked for a review")).to_have_count(1)
    thread(page).get_by_role("button", name="Open it there").click()
    page.wait_for_url(re.compile(r"/conversations/\d+"))
    expect(page.locator(".l24-side")).to_contain_text("Offline estimate")
    expect(owner.rows).to_have_count(listed + 1)
    assert owner.problems == []


@SIZES
def test_taken_over_from_here_the_agent_is_silent_until_it_is_given_back(shop: Shop, size: dict[str, int]) -> None:
    owner, visitor = shop.owner(size), shop.visitor()
    page = owner.page
    visitor.write("Hello!")
    visitor.has_answers(1)
    looks_into(owner, "Visitor")
    thread(page).get_by_role("button", name="Take over").click()
    expect(thread(page)).to_contain_text("You are answering")
    expect(thread(page).locator(".activity")).to_contain_text("Giulia Rossi joined the conversation")
    visitor.write("Who is there?")
    visitor.has_sent(2)
    assert not visitor.panel.get_by_label("Sofia is writing…").is_visible()
    page.wait_for_timeout(4000)  # twice as long as the agent waits
    assert len(visitor.answers()) == 1

    owner.reply.fill("Giulia, from the shop.")
    thread(page).get_by_role("button", name="Send").click()
    expect(visitor.panel.locator(".member[data-seq]")).to_contain_text("Giulia, from the shop.")
    expect(visitor.panel.locator(".member[data-seq] small")).to_contain_text("Giulia Rossi")
    visitor.write("Hello!")
    visitor.has_sent(3)
    thread(page).get_by_role("button", name="Give back to the agent").click()
    visitor.has_answers(3)
    expect(thread(page)).to_contain_text("The AI agent is answering")
    assert owner.problems == [] and visitor.problems == []


def test_hidden_it_is_neither_in_the_list_nor_found(shop: Shop) -> None:
    owner = shop.owner()
    shop.whatsapp("Zanzibar!", "+393331112233", "Nadia Fabbri")
    expect(owner.page.locator(".l24-live")).to_be_visible()
    looks_into(owner, "Nadia Fabbri")
    owner.searches("zanzibar")
    expect(owner.page.get_by_role("heading", name="No conversation fits")).to_be_visible()


def test_late_reviews_are_here_with_their_reason_hidden_or_listed(shop: Shop) -> None:
    owner = shop.owner()
    page, app = owner.page, shop.app
    shop.whatsapp("Hello!", "+393330000001", "Hidden Hanna")
    shop.whatsapp("I want to talk to a person.", "+393330000002", "Listed Lea")
    expect(owner.row("Listed Lea").locator(".l24-preview")).to_contain_text("Agent:")
    expect(page.locator(".l24-live")).to_be_visible()
    of = "(SELECT conversation.id FROM conversation JOIN contact ON contact.id = contact_id WHERE name LIKE ?)"
    late = "due_at = datetime('now', '+20 minutes')"
    app.execute(f"UPDATE conversation SET review_problem = 'key', {late} WHERE id IN {of}", "Hidden%")
    app.execute(f"UPDATE conversation SET review_problem = 'timeout', {late} WHERE id IN {of}", "Listed%")

    page.goto(f"{app.url}/in-progress")
    expect(page.locator(".l24-live")).to_contain_text("2 reviews are delayed.")
    expect(waiting(page, "Hidden Hanna")).to_contain_text("The AI provider refused the key.")
    expect(waiting(page, "Listed Lea")).to_contain_text("The AI provider did not answer in time.")
    expect(waiting(page, "Listed Lea")).to_contain_text("In the list already")
    waiting(page, "Hidden Hanna").get_by_role("link").click()
    expect(thread(page)).to_contain_text("The review failed. The AI provider refused the key.")
    waiting(page, "Listed Lea").get_by_role("link").click()
    page.wait_for_url(re.compile(r"/conversations/\d+"))
    expect(page.locator(".l24-side")).to_contain_text("The review failed. The AI provider did not answer in time.")
    page.locator(".l24-side").get_by_role("button", name="Review now").click()
    expect(page.locator(".l24-side")).not_to_contain_text("The review failed.")
    expect(page.locator(".l24-live")).to_contain_text("1 review is delayed.")


def test_by_keyboard_alone(shop: Shop) -> None:
    owner = shop.owner()
    page, keys = owner.page, owner.page.keyboard
    shop.whatsapp("Hello!", "+393330000003", "Katia Neri")
    page.locator(".l24-live").get_by_role("button").focus()
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Conversations in progress")).to_be_focused()
    link = waiting(page, "Katia Neri").get_by_role("link")
    for _ in range(20):
        keys.press("Tab")
        if link.evaluate("(link) => link === document.activeElement"):
            break
    expect(link).to_be_focused()
    keys.press("Enter")
    expect(thread(page).get_by_role("heading", name="Katia Neri")).to_be_focused()
    keys.press("r")
    expect(owner.reply).to_be_focused()
    keys.type("Good morning,")
    keys.press("Shift+Enter")
    keys.type("Giulia here.")
    expect(owner.reply).to_have_value("Good morning,\nGiulia here.")
    keys.press("Enter")
    expect(thread(page).locator(".member")).to_contain_text("Giulia here.")
    expect(owner.reply).to_have_value("")
    keys.press("Escape")
    expect(thread(page).locator(".l24-scroll")).to_be_focused()
    keys.press("Escape")
    expect(page.locator(".l24-live").get_by_role("button")).to_be_focused()
    expect(page.locator(".l24-peek")).to_be_hidden()
    assert page.url == f"{shop.app.url}/"


def test_on_a_phone_one_pane_stands_at_a_time_and_back_is_the_browsers_back(shop: Shop) -> None:
    shop.owner()
    shop.whatsapp("Hello!", "+393330000004", "Petra Galli")
    owner = shop.member("Pia", PHONE)
    page = owner.page
    page.locator(".l24-live").get_by_role("button").tap()
    expect(waiting(page, "Petra Galli")).to_be_visible()
    expect(page.locator(".l24-list")).to_be_hidden()
    assert is_within(page) and too_small(page, ".l24-peek-head") == []
    waiting(page, "Petra Galli").get_by_role("link").tap()
    expect(thread(page).locator(".customer")).to_contain_text("Hello!")
    expect(waiting(page, "Petra Galli")).to_be_hidden()
    assert is_within(page) and too_small(page, ".l24-peek-thread") == []
    page.go_back()
    expect(waiting(page, "Petra Galli")).to_be_visible()
    expect(thread(page)).to_be_hidden()
    page.go_back()
    expect(page.locator(".l24-list")).to_be_visible()
    expect(page.locator(".l24-peek")).to_be_hidden()
    page.go_forward()
    expect(waiting(page, "Petra Galli")).to_be_visible()


def test_a_restart_leads_back_to_the_same_place_with_all_that_was_typed(shop: Shop) -> None:
    owner = shop.owner()
    page = owner.page
    shop.whatsapp("Hello!", "+393330000005", "Rosa Villa")
    looks_into(owner, "Rosa Villa")
    owner.reply.fill("half a th")
    page.wait_for_timeout(500)  # the browser needs a moment to hand the draft over
    page.evaluate("window.isBefore = true")
    shop.app.restart()
    page.wait_for_function("!window.isBefore", timeout=30_000)
    expect(thread(page).get_by_role("heading", name="Rosa Villa")).to_be_visible(timeout=30_000)
    expect(owner.reply).to_have_value("half a th")


def test_what_is_gone_says_so(shop: Shop) -> None:
    owner = shop.owner()
    owner.page.goto(f"{shop.app.url}/in-progress/9999")
    expect(thread(owner.page)).to_contain_text("This conversation is no longer there.")
    owner.page.goto(f"{shop.app.url}/in-progress/nonsense")
    expect(owner.page.get_by_role("heading", name="Conversations in progress")).to_be_visible()
