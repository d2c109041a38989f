"""A customer writes, the agent answers, the review lists it, a member works on it and finds it again."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect

from leader24.services import twilio_client
from tests.browser.owner import Owner
from tests.browser.widget.visitor import Visitor
from tests.fakes.fake_twilio import ACCOUNT, TOKEN, FakeTwilio, inbound, signed
from tests.server import App

pytestmark = pytest.mark.browser

REVIEW_AFTER = 0.1  # minutes
SENDER = "+14155238886"
FIRST, SECOND = "Hello, I am looking for chairs", "How much is the oak chair with armrests?"


@pytest.fixture
def twilio() -> Iterator[FakeTwilio]:
    with FakeTwilio() as fake:
        yield fake


@pytest.fixture
def app(tmp_path: Path, twilio: FakeTwilio) -> Iterator[App]:
    with App(
        tmp_path / "data",
        LEADER24_REVIEW_AFTER_MINUTES=str(REVIEW_AFTER),
        TWILIO_ACCOUNT_SID=ACCOUNT,
        TWILIO_AUTH_TOKEN=TOKEN,
        TWILIO_WHATSAPP_FROM=SENDER,
        TWILIO_API_BASE=twilio.address,
    ) as app:
        yield app


@pytest.fixture
def owner(chromium: Browser, app: App) -> Iterator[Owner]:
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, timezone_id="Europe/Rome")
    yield Owner(context.new_page(), app.url).sets_up(app.url + app.set_up_link())
    context.close()


@pytest.fixture
def visitor(chromium: Browser, app: App, owner: Owner) -> Iterator[Visitor]:
    """In a second browser; the page with the widget is for members, so somebody has signed in there before."""
    context = chromium.new_context(timezone_id="Europe/Rome")
    page = context.new_page()
    Owner(page, app.url).signs_in()
    yield Visitor(page, f"{app.url}/demo", app.url).open()
    context.close()


def test_from_the_first_word_to_being_found_again(app: App, twilio: FakeTwilio, owner: Owner, visitor: Visitor) -> None:
    page = owner.page
    visitor.write(FIRST)
    visitor.write(SECOND)
    expect(page.locator(".l24-live")).to_contain_text("1 conversation in progress, not yet reviewed")
    expect(owner.rows).to_have_count(0)
    expect(visitor.panel.locator(".agent[data-seq]")).to_contain_text("colleague")

    row = owner.row("Visitor")
    expect(row).to_have_count(1, timeout=20_000)
    expect(row.locator(".l24-preview")).to_contain_text("Agent:")
    expect(row.locator(".l24-source.widget")).to_have_count(1)
    expect(row.locator(".l24-status")).not_to_be_empty()
    expect(row.locator(".l24-score")).to_have_text(re.compile(r"\d+|Not rated"))
    expect(page.locator(".l24-live")).to_be_hidden()

    owner.opens("Visitor")
    for text in (FIRST, SECOND):
        expect(page.locator(".l24-history")).to_contain_text(text)
    expect(page.locator(".l24-side")).to_contain_text("Offline estimate")
    owner.adds_note("Ask for the VAT number")
    owner.adds_tag("office")
    owner.changes_status("Opportunity")
    expect(row.locator(".l24-tag")).to_have_text("office")
    expect(row.locator(".l24-status")).to_contain_text("Opportunity")

    writes_on_whatsapp(app, "Is the shop open on Saturday?", "whatsapp:+447700900123")
    expect(owner.row("+44 7700 900123")).to_have_count(1, timeout=20_000)
    owner.opens("+44 7700 900123")
    expect(page.locator(".l24-history")).to_contain_text("Is the shop open on Saturday?")
    expect(page.locator(".l24-messages .agent")).to_contain_text("· sent")
    assert [sent.to for sent in twilio.sent] == ["whatsapp:+447700900123"]

    title = row.locator(".l24-title").inner_text()
    owner.searches("armrests")
    owner.finds_only("armrests")
    owner.searches(title)
    owner.finds_only(title)
    owner.searches("7700 900")
    owner.finds_only("+44 7700 900123")
    owner.searches("zebra")
    expect(page.get_by_role("heading", name="No conversation fits")).to_be_visible()

    owner.signs_out()
    page.goto(f"{app.url}/conversations/1")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    assert owner.problems == [] and visitor.problems == []


def test_a_restart_in_the_middle_loses_nothing_and_doubles_nothing(app: App, owner: Owner, visitor: Visitor) -> None:
    page = owner.page
    visitor.write(FIRST)
    visitor.has_sent(1)
    app.kill()
    visitor.write(SECOND)
    app.start()
    visitor.has_sent(2)
    expect(visitor.panel.locator(".agent[data-seq]").first).to_be_visible(timeout=30_000)
    assert visitor.mine() == [FIRST, SECOND]
    expect(owner.row("Visitor")).to_have_count(1, timeout=30_000)

    owner.opens("Visitor")
    page.get_by_role("button", name="Source").click()
    page.get_by_role("dialog").get_by_role("button", name="Widget").click()
    page.wait_for_url("**source=widget**")
    page.get_by_role("button", name="Note", exact=True).click()
    owner.note.fill("half a th")
    page.wait_for_timeout(500)  # the browser needs a moment to hand the draft over
    app.kill()
    owner.note.press_sequentially("ought")  # while nobody listens
    app.start()
    page.get_by_role("heading", name="Conversations", exact=True).wait_for()
    page.wait_for_function(
        "document.querySelector('.l24-bar h2') && !document.querySelector('.q-dialog')", timeout=30_000
    )
    assert "source=widget" in page.url and "/conversations/1" in page.url
    expect(owner.note).to_have_value("half a thought")
    expect(page.locator(".l24-messages .customer")).to_have_count(2)
    answers = both_see_the_same_answers(owner, visitor)
    assert len(answers) == len(set(answers))


def test_what_is_pressed_while_the_line_is_down_does_not_happen_later(app: App, owner: Owner, visitor: Visitor) -> None:
    page = owner.page
    visitor.write(FIRST)
    visitor.has_sent(1)
    owner.opens("Visitor")
    page.context.set_offline(True)
    popup = page.locator("#popup[aria-hidden=false]")
    popup.wait_for(timeout=60_000)
    page.locator(".l24-bar").get_by_role("button", name="Tag", exact=True).click(force=True)
    page.keyboard.press("u")
    page.keyboard.press("s")
    page.context.set_offline(False)
    popup.wait_for(state="hidden", timeout=60_000)
    visitor.write(SECOND)
    expect(page.locator(".l24-messages")).to_contain_text(SECOND, timeout=30_000)  # the same page, as alive as before
    assert page.locator(".l24-dialog, .l24-menu").count() == 0
    expect(owner.row("Visitor")).not_to_have_class(re.compile("unread"))


def test_news_disturb_nobody_who_writes(app: App, owner: Owner) -> None:
    page = owner.page
    sender = "whatsapp:+447700900456"
    writes_on_whatsapp(app, "Is the shop open on Saturday?", sender)
    owner.opens("+44 7700 900456")
    writes_on_whatsapp(app, "And on Sunday?", sender)
    expect(page.locator(".l24-messages .customer")).to_have_count(2)
    page.get_by_role("button", name="Note", exact=True).click()
    field = owner.note
    field.fill("Ask for the VAT number")
    writes_on_whatsapp(app, "Or on Monday?", sender)
    expect(page.locator(".l24-messages .customer")).to_have_count(3)
    expect(field).to_have_value("Ask for the VAT number")
    page.get_by_role("button", name="Save note").dblclick()
    expect(page.locator(".l24-note")).to_contain_text("Ask for the VAT number")
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    assert app.execute("SELECT count(*) FROM note") == [(1,)]
    assert owner.problems == []


def both_see_the_same_answers(owner: Owner, visitor: Visitor) -> list[str]:
    """Once the news has reached both: after a restart the visitor's browser comes back some seconds later."""
    end = time.monotonic() + 30
    while (answers := owner.answers()) != visitor.answers() or not answers:
        assert time.monotonic() < end, (answers, visitor.answers())
        owner.page.wait_for_timeout(100)
        visitor.page.wait_for_timeout(100)
    return answers


def writes_on_whatsapp(app: App, text: str, sender: str) -> None:
    url = f"{app.url}/webhooks/twilio/whatsapp"
    form = inbound(text, sender, ProfileName="")
    answer = httpx.post(url, data=form, headers=signed(url, form, TOKEN))
    assert answer.status_code == 204
    assert twilio_client.parse(form).phone
