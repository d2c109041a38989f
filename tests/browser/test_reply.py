"""A member writes to a customer, or to the team, under the history of a listed conversation."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.owner import Owner
from tests.browser.shop import PHONE, WIDE, Shop, is_within, too_small
from tests.browser.widget.visitor import Visitor
from tests.fakes.fake_twilio import ACCOUNT, TOKEN, FakeTwilio
from tests.server import App

pytestmark = pytest.mark.browser

SIZES = pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
FOR_A_PERSON = "I want to talk to a person."  # which makes the review due at once


@pytest.fixture(scope="module")
def twilio() -> Iterator[FakeTwilio]:
    with FakeTwilio() as fake:
        yield fake


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, twilio: FakeTwilio) -> Iterator[App]:
    with App(
        tmp_path_factory.mktemp("app") / "data",
        TWILIO_ACCOUNT_SID=ACCOUNT,
        TWILIO_AUTH_TOKEN=TOKEN,
        TWILIO_WHATSAPP_FROM="+14155238886",
        TWILIO_API_BASE=twilio.address,
    ) as app:
        yield app


@pytest.fixture
def shop(app: App, chromium: Browser) -> Iterator[Shop]:
    shop = Shop(app, chromium)
    yield shop
    shop.close()


def opens_newest(owner: Owner) -> None:
    owner.rows.first.get_by_role("link").click()
    expect(owner.reply).to_be_visible()


def whatsapp_of(shop: Shop, owner: Owner, number: int, name: str) -> None:
    """A listed conversation on WhatsApp, open."""
    shop.whatsapp(FOR_A_PERSON, f"+39333100000{number}", name)
    expect(owner.row(name).locator(".l24-preview")).to_contain_text("Agent:")
    owner.opens(name)


def widget_of(shop: Shop, owner: Owner) -> Visitor:
    """A listed conversation in the chat, open on both sides."""
    visitor = shop.visitor()
    known = owner.rows.count()
    visitor.write(FOR_A_PERSON)
    visitor.has_answers(1)
    expect(owner.rows).to_have_count(known + 1)
    opens_newest(owner)
    return visitor


def aged(shop: Shop, name: str, hours: float) -> None:
    """As if all that this customer wrote had come so long ago."""
    of = "SELECT conversation.id FROM conversation JOIN contact ON contact.id = contact_id WHERE name = ?"
    then = f"datetime(received_at, '-{hours * 60} minutes')"
    shop.app.execute(f"UPDATE message SET received_at = {then} WHERE conversation_id IN ({of})", name)


@SIZES
def test_a_reply_and_its_author_are_seen_and_the_agent_is_silent_until_given_back(
    shop: Shop, size: dict[str, int]
) -> None:
    owner = shop.owner(size)
    page = owner.page
    visitor = widget_of(shop, owner)
    assert is_within(page) and (size == WIDE or too_small(page, ".l24-write") == [])
    owner.reply.fill("Giulia here. What can I do for you?")
    page.get_by_role("button", name="Send").click()
    expect(visitor.panel.locator(".member[data-seq]")).to_contain_text("What can I do for you?")
    expect(visitor.panel.locator(".member[data-seq] small")).to_contain_text("Giulia Rossi")
    expect(owner.reply).to_have_value("")
    expect(page.locator(".l24-answering:visible")).to_contain_text("You are answering")
    joined = page.locator(".l24-history .activity").filter(has_text="Giulia Rossi joined the conversation")
    expect(joined).to_contain_text("the AI agent is paused")

    visitor.write("Hello!")
    visitor.has_sent(2)
    page.wait_for_timeout(4000)  # twice as long as the agent waits
    assert len(visitor.answers()) == 2
    page.get_by_role("button", name="Give back to the agent").click()
    visitor.has_answers(3)
    expect(page.locator(".l24-answering.taken")).to_have_count(0)
    expect(page.locator(".l24-history .agent").last).to_contain_text(visitor.answers()[-1].split("\n")[0])
    assert owner.problems == [] and visitor.problems == []


@SIZES
def test_both_see_the_other_write(shop: Shop, size: dict[str, int]) -> None:
    owner = shop.owner(size)
    page = owner.page
    visitor = widget_of(shop, owner)
    owner.reply.press_sequentially("One mo")
    expect(visitor.panel.get_by_label("Giulia Rossi is writing…")).to_be_visible()
    owner.reply.fill("")
    expect(visitor.panel.get_by_label("Giulia Rossi is writing…")).to_be_hidden()
    owner.page.get_by_role("button", name="Internal note").click()
    owner.note.press_sequentially("A secret")
    visitor.panel.get_by_role("textbox").press_sequentially("I am")
    expect(page.locator(".l24-write")).to_contain_text("Visitor is writing…")
    assert not visitor.panel.get_by_label("Giulia Rossi is writing…").is_visible()
    visitor.panel.get_by_role("textbox").press("Enter")
    expect(page.locator(".l24-history .customer").last).to_contain_text("I am")
    expect(page.locator(".l24-write")).not_to_contain_text("Visitor is writing…")
    visitor.panel.get_by_role("textbox").press_sequentially("I go")
    expect(page.locator(".l24-write")).to_contain_text("Visitor is writing…")
    expect(page.locator(".l24-write")).not_to_contain_text("Visitor is writing…", timeout=10_000)  # over by itself


def test_a_note_is_another_thing_than_a_reply(shop: Shop) -> None:
    owner = shop.owner()
    page = owner.page
    visitor = widget_of(shop, owner)
    owner.reply.fill("half a reply")
    page.get_by_role("button", name="Internal note").click()
    expect(page.locator(".l24-composer.note")).to_contain_text("Only your team sees notes.")
    expect(page.get_by_role("button", name="Reply in the chat draft")).to_be_visible()
    owner.note.fill("She haggles.")
    owner.note.press("Enter")
    expect(page.locator(".l24-note")).to_contain_text("She haggles.")
    expect(owner.note).to_have_value("")
    page.get_by_role("button", name="Reply in the chat").click()
    expect(owner.reply).to_have_value("half a reply")
    page.wait_for_timeout(500)
    assert len(visitor.answers()) == 1


def test_drafts_of_both_kinds_survive_a_reload_and_a_restart(shop: Shop) -> None:
    owner = shop.owner()
    page = owner.page
    whatsapp_of(shop, owner, 1, "Dora Drafts")
    owner.reply.fill("half a reply")
    writes_note = page.get_by_role("button", name="Internal note")
    for again in (page.reload, shop.app.restart):
        writes_note.click()
        owner.note.fill(f"half a note before {again.__name__}")
        page.evaluate("window.isBefore = true")
        again()  # at once: the server may have heard nothing of the last keys
        page.wait_for_function("!window.isBefore", timeout=30_000)
        expect(owner.note).to_have_value(f"half a note before {again.__name__}", timeout=30_000)
        page.get_by_role("button", name="Reply on WhatsApp").click()
        expect(owner.reply).to_have_value("half a reply")
    writes_note.click()
    page.get_by_role("button", name="Save note").click()
    expect(page.locator(".l24-note")).to_contain_text("half a note")
    page.reload()
    expect(owner.note).to_have_value("")
    page.get_by_role("button", name="Reply on WhatsApp").click()
    expect(owner.reply).to_have_value("half a reply")


def test_what_was_sent_while_the_line_was_down_is_sent_once_and_no_draft_any_more(
    shop: Shop, twilio: FakeTwilio
) -> None:
    owner = shop.owner()
    page = owner.page
    whatsapp_of(shop, owner, 10, "Lina Linea")
    sent = len(twilio.sent)
    page.context.set_offline(True)
    owner.reply.fill("We are open tomorrow.")
    owner.reply.press("Enter")
    expect(page.get_by_role("button", name="Sending…")).to_be_visible()
    whole_page = page.locator("body")
    whole_page.press("Escape")
    page.context.set_offline(False)
    expect(page.locator(".l24-messages .member")).to_contain_text("We are open tomorrow.", timeout=30_000)
    page.reload()
    page.locator(".l24-messages .member").wait_for()
    expect(owner.reply).to_have_value("")
    assert [each.text for each in twilio.sent[sent:]].count("We are open tomorrow.") <= 1


def test_each_conversation_keeps_its_own_text(shop: Shop) -> None:
    owner = shop.owner()
    whatsapp_of(shop, owner, 2, "Una Uno")
    owner.reply.fill("for the first")
    whatsapp_of(shop, owner, 3, "Dua Due")
    expect(owner.reply).to_have_value("")
    owner.reply.fill("for the second")
    owner.opens("Una Uno")
    expect(owner.reply).to_have_value("for the first")
    owner.opens("Dua Due")
    expect(owner.reply).to_have_value("for the second")


def test_a_long_reply_grows_its_field_and_says_its_limits_before_it_is_sent(shop: Shop, twilio: FakeTwilio) -> None:
    owner = shop.owner()
    page = owner.page
    whatsapp_of(shop, owner, 4, "Longa Lettera")
    before = owner.reply.bounding_box()
    owner.reply.fill("line\n" * 8)
    after = owner.reply.bounding_box()
    assert before and after and after["height"] > 2 * before["height"]
    owner.reply.fill("word " * 800 + "and more")
    expect(page.locator(".l24-length")).to_contain_text("4,008 of 4,000 characters")
    expect(page.get_by_role("button", name="Send")).to_be_disabled()
    owner.reply.press("Enter")
    expect(owner.reply).to_have_value("word " * 800 + "and more")
    owner.reply.fill("word " * 400)
    expect(page.locator(".l24-length")).to_have_text("goes out as several messages")
    sent = len(twilio.sent)
    owner.reply.press("Enter")
    expect(page.locator(".l24-history .member")).to_have_count(2)
    expect(page.locator(".l24-history .member").last).to_contain_text("· sent")
    assert [len(each.text) for each in twilio.sent[sent:]] == [1599, 399]


def test_a_second_enter_sends_nothing_twice(shop: Shop) -> None:
    owner = shop.owner()
    whatsapp_of(shop, owner, 5, "Dina Doppia")
    owner.reply.fill("Once.")
    owner.reply.evaluate(
        """(field) => [1, 2, 3].forEach(() => field.dispatchEvent(
            new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true })))"""
    )
    expect(owner.reply).to_have_value("")
    expect(owner.page.locator(".l24-history .member")).to_have_count(1)
    owner.page.wait_for_timeout(500)
    assert owner.page.locator(".l24-history .member").count() == 1


def test_whatsapp_says_how_long_it_is_open_and_why_it_is_closed(shop: Shop) -> None:
    owner = shop.owner()
    page = owner.page
    whatsapp_of(shop, owner, 6, "Finestra Fini")
    left = page.locator(".l24-desk .l24-countdown")
    expect(left).to_have_text("23 h 59 min left to reply")
    aged(shop, "Finestra Fini", 22.5)
    page.reload()
    expect(left).to_have_text("1 h 29 min left to reply")
    expect(left).to_have_class(re.compile("soon"))
    owner.reply.fill("half a reply")
    page.wait_for_timeout(500)
    aged(shop, "Finestra Fini", 2)
    owner.reply.press("Enter")
    expect(page.locator(".l24-composer .l24-error")).to_contain_text("only within 24 hours")
    expect(owner.reply).to_have_value("half a reply")

    page.reload()
    expect(page.locator(".l24-shut")).to_contain_text("WhatsApp lets you reply only within 24 hours")
    expect(page.locator(".l24-shut")).to_contain_text("As soon as the customer writes again, you can reply.")
    expect(left).to_be_hidden()
    expect(page.get_by_role("button", name="Send")).to_have_count(0)
    expect(owner.reply).to_have_value("half a reply")
    owner.adds_note("Call her instead.")
    shop.whatsapp("Still there?", "+393331000006", "Finestra Fini")
    page.get_by_role("button", name="Reply on WhatsApp").click()
    expect(page.get_by_role("button", name="Send")).to_be_visible()
    expect(left).to_have_text("23 h 59 min left to reply")


def test_the_window_closes_before_ones_eyes(shop: Shop) -> None:
    owner = shop.owner()
    page = owner.page
    whatsapp_of(shop, owner, 7, "Ultima Ora")
    aged(shop, "Ultima Ora", 24 - 5 / 3600)
    page.reload()
    expect(page.locator(".l24-shut")).to_be_visible(timeout=15_000)
    expect(page.locator(".l24-desk .l24-countdown")).to_be_hidden()


def test_of_two_members_the_later_sees_who_answers_and_takes_it_only_knowingly(shop: Shop) -> None:
    owner = shop.owner()
    visitor = widget_of(shop, owner)
    owner.page.get_by_role("button", name="Take over").click()
    ben = shop.member("Ben")
    opens_newest(ben)
    expect(ben.page.locator(".l24-answering:visible")).to_contain_text("Giulia Rossi is answering")
    ben.reply.fill("Ben here.")
    ben.reply.press("Enter")
    dialog = ben.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Giulia Rossi has taken over this conversation.")
    dialog.get_by_role("button", name="Cancel").click()
    expect(dialog).to_have_count(0)
    expect(ben.page.locator(".l24-composer .l24-error")).to_contain_text("Not sent: Giulia Rossi is answering")
    expect(ben.reply).to_have_value("Ben here.")
    assert len(visitor.answers()) == 1

    ben.reply.press("Enter")
    dialog.get_by_role("button", name="Take over and send").click()
    expect(visitor.panel.locator(".member[data-seq]")).to_contain_text("Ben here.")
    expect(ben.reply).to_have_value("")
    expect(owner.page.locator(".l24-answering:visible")).to_contain_text("Ben is answering")
    expect(owner.page.locator(".l24-history")).to_contain_text("Ben took over from Giulia Rossi")
    expect(owner.page.get_by_role("button", name="Give back to the agent")).to_be_hidden()


def test_by_keyboard_alone(shop: Shop) -> None:
    owner = shop.owner()
    page, keys = owner.page, owner.page.keyboard
    whatsapp_of(shop, owner, 8, "Katia Keys")
    expect(owner.reply).to_be_visible()
    keys.press("r")
    expect(owner.reply).to_be_focused()
    expect(owner.reply).to_have_value("")
    keys.type("r first line")
    keys.press("Shift+Enter")
    keys.type("second line")
    keys.press("Enter")
    expect(page.locator(".l24-history .member")).to_contain_text("r first line")
    expect(owner.reply).to_be_focused()
    keys.press("Shift+Tab")
    expect(page.get_by_role("button", name="Internal note")).to_be_focused()
    keys.press("Enter")
    expect(owner.note).to_be_focused()
    keys.type("For us.")
    keys.press("Enter")
    expect(page.locator(".l24-note")).to_contain_text("For us.")
    keys.press("Shift+Tab")
    keys.press("Shift+Tab")
    keys.press("Shift+Tab")
    expect(page.get_by_role("button", name="Give back to the agent")).to_be_focused()
    keys.press("Enter")
    expect(page.locator(".l24-answering")).to_contain_text("The AI agent is answering")


def test_on_a_phone_enter_makes_a_line_and_the_button_sends(shop: Shop) -> None:
    shop.owner()
    owner = shop.owner(PHONE)
    whatsapp_of(shop, owner, 9, "Tina Touch")
    owner.reply.tap()
    owner.reply.press_sequentially("one")
    owner.reply.press("Enter")
    owner.reply.press_sequentially("two")
    expect(owner.reply).to_have_value("one\ntwo")
    expect(owner.page.locator(".l24-foot .touch").first).to_be_visible()
    owner.page.get_by_role("button", name="Send").tap()
    expect(owner.page.locator(".l24-history .member")).to_contain_text("two")


def test_when_it_cannot_be_stored_the_text_stays_with_the_reason(shop: Shop) -> None:
    owner = shop.owner()
    page = owner.page
    whatsapp_of(shop, owner, 0, "Gina Guasto")
    owner.reply.fill("Keep me.")
    page.wait_for_timeout(500)
    shop.app.execute("CREATE TRIGGER broken BEFORE INSERT ON message BEGIN SELECT RAISE(ABORT, 'disk is full'); END")
    try:
        owner.reply.press("Enter")
        expect(page.locator(".l24-composer .l24-error")).to_contain_text("Nothing is lost; try again.")
        expect(owner.reply).to_have_value("Keep me.")
    finally:
        shop.app.execute("DROP TRIGGER broken")
    owner.reply.press("Enter")
    expect(page.locator(".l24-history .member")).to_contain_text("Keep me.")
