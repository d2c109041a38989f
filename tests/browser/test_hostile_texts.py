"""Whoever writes what would run elsewhere sees it stand there as text, on every page that shows it."""

import time
from collections.abc import Iterator
from urllib.parse import quote, urlencode

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize, expect

from leader24.services import texts
from tests.browser.hostile import EVIL, MANY, NAME, TEXTS, WIDE, Watch, faults, named, parrots, shown
from tests.browser.owner import Owner
from tests.browser.widget.visitor import Visitor
from tests.fakes.fake_openai import FakeOpenAi
from tests.fakes.fake_twilio import ACCOUNT, TOKEN, FakeTwilio, inbound, signed
from tests.server import PASSWORD, App

pytestmark = pytest.mark.browser

PATIENCE = 30_000  # milliseconds; machines can be busy
WEBHOOK = "/webhooks/twilio/whatsapp"
DESK, PHONE = ViewportSize(width=1440, height=900), ViewportSize(width=390, height=844)
ALL_ROWS = 90 * (len(TEXTS) + 6)  # so high that each of them is drawn
FOLDER = """<img src=x onerror=pwned=1> {{pwned=1}} %s%20"?"""
TAGS = [TEXTS[name] for name in ("image", "link", "turning", "arabic", "emoji", "lines")] + [WIDE]


@pytest.fixture(scope="module")
def ai() -> Iterator[FakeOpenAi]:
    with FakeOpenAi(parrots) as fake:
        yield fake


@pytest.fixture(scope="module")
def twilio() -> Iterator[FakeTwilio]:
    with FakeTwilio() as fake:
        yield fake


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, ai: FakeOpenAi, twilio: FakeTwilio) -> Iterator[App]:
    with App(
        tmp_path_factory.mktemp("hostile") / FOLDER,
        LEADER24_REVIEW_AFTER_MINUTES="0.01",
        OPENAI_BASE_URL=ai.base_url,
        TWILIO_ACCOUNT_SID=ACCOUNT,
        TWILIO_AUTH_TOKEN=TOKEN,
        TWILIO_WHATSAPP_FROM="+14155238886",
        TWILIO_API_BASE=twilio.address,
    ) as app:
        yield app


@pytest.fixture(scope="module")
def browser(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport=DESK, timezone_id="Europe/Rome")
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture(scope="module")
def watch(browser: BrowserContext, app: App) -> Watch:
    return Watch(browser, app.url)


@pytest.fixture(scope="module")
def owner(browser: BrowserContext, watch: Watch, app: App) -> Owner:
    return Owner(browser.new_page(), app.url)


@pytest.fixture(autouse=True)
def nothing_runs_and_nothing_leaves(app: App, watch: Watch) -> Iterator[None]:
    yield
    assert watch.wrongs == [] and "Traceback" not in app.log


def goes(owner: Owner, path: str) -> Page:
    owner.page.goto(f"{owner.server}{path}")
    owner.page.locator("h1").first.wait_for(state="attached")
    return owner.page


def stands(place: Page | Locator) -> str:
    """What people see there, without white space."""
    return shown((place.locator("body") if isinstance(place, Page) else place).inner_text())


def unfolds(page: Page, what: str) -> None:
    """Whatever of it is too long to be shown whole at once."""
    more = page.get_by_role("button", name=f"Show the whole {what}")
    for left in reversed(range(more.count())):
        more.first.click()
        expect(more).to_have_count(left)


def is_whole(page: Page) -> None:
    """On a wide screen and on a phone."""
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        landmark = page.locator(".l24-nav, .l24-gate, .l24-inbox.open .l24-bar, main").filter(visible=True)
        expect(landmark.first).to_be_in_viewport()
        assert faults(page) == []


def posts(app: App, path: str, form: dict[str, str], token: str = TOKEN) -> int:
    return httpx.post(app.url + path, data=form, headers=signed(app.url + path, form, token)).status_code


def saves(page: Page, place: Locator | None = None) -> None:
    (place or page).get_by_role("button", name="Save", exact=True).first.click()
    expect(page.get_by_text("Saved", exact=True).first).to_be_visible()


def test_a_refused_set_up_shows_what_was_typed(app: App, owner: Owner) -> None:
    link = app.set_up_link().partition("link=")[2]
    for text in (NAME, TEXTS["turning"]):
        typed = dict.fromkeys(("name", "email", "business_name", "language", "time_zone"), text)
        answer = app.browser().post("/setup", data=typed | {"password": "x", "link": link})
        page = goes(owner, answer.headers["location"])
        for label in ("Your name", "Email", "Name of your business"):
            expect(page.get_by_label(label)).to_have_value(text)
        is_whole(page)
    for path in (f"/setup?link={quote(NAME)}", f"/login?next={quote(TEXTS['link'])}&again={quote(NAME)}"):
        is_whole(goes(owner, path))
    owner.sets_up(app.url + app.set_up_link())


def test_what_customers_write(app: App, owner: Owner, twilio: FakeTwilio) -> None:
    for number, text in enumerate(TEXTS.values()):
        form = inbound(text, f"whatsapp:+39347220{number:04}", ProfileName=text)
        assert posts(app, WEBHOOK, form) == 204
    row = owner.page.locator(".l24-row")
    page = goes(owner, "/")
    page.set_viewport_size({"width": 1440, "height": ALL_ROWS})
    expect(row).to_have_count(len(TEXTS), timeout=PATIENCE)
    everybody_is_answered(app)
    page.reload()
    expect(row).to_have_count(len(TEXTS))
    assert faults(page) == []
    for number, (name, text) in enumerate(TEXTS.items()):
        called = page.locator(f".l24-row[data-id='{number + 1}'] b")
        assert stands(called) == shown(named(text) or f"+39 347 220 {number:04}"), name
    page.set_viewport_size({"width": 390, "height": ALL_ROWS})
    assert faults(page) == []


def test_each_conversation_as_it_is_read(app: App, owner: Owner, twilio: FakeTwilio) -> None:
    sent = next(each for each in twilio.sent if each.text == TEXTS["image"])
    report = {"MessageSid": sent.sid, "MessageStatus": "failed", "ErrorCode": TEXTS["image"]}
    assert posts(app, sent.status_callback.removeprefix(app.url), report) == 204
    page = goes(owner, "/")
    page.set_viewport_size({"width": 1440, "height": ALL_ROWS})
    for number, (name, text) in enumerate(TEXTS.items(), 1):
        page.locator(f".l24-row[data-id='{number}'] a").click()
        expect(page.locator(".l24-facts dd").nth(1)).to_have_text(f"+39 347 220 {number - 1:04}")
        unfolds(page, "message")
        assert stands(page.locator(".l24-messages .customer .l24-text").first) == shown(text), name
        page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
        assert reads_forward(page.locator(".l24-bar .l24-number-tools > span"), f"{number - 1:04}"), name
        assert faults(page) == [], name
        if name in ("image", "style", "turning", "arabic", "marks", "word"):
            page.set_viewport_size(PHONE)
            assert faults(page) == [], name
            page.get_by_role("button", name="Review and contact").click()
            expect(page.locator(".l24-side")).to_be_in_viewport()
            assert faults(page) == [], name
            page.locator(".l24-close-side").click()
            page.set_viewport_size({"width": 1440, "height": ALL_ROWS})
    page.locator(".l24-row[data-id='2'] a").click()
    for text in ("Customer wants", "What happened", "To do next", "Twilio reported error"):
        expect(page.get_by_text(f"{text} {TEXTS['image']}")).to_be_visible()


def test_a_text_of_64_kilobytes_is_shown_whole_to_whoever_asks(app: App, owner: Owner) -> None:
    text = "è" * 32_768
    page = goes(owner, "/conversations/4")
    assert posts(app, WEBHOOK, inbound(text, "whatsapp:+393472200003")) == 204
    page.get_by_role("button", name="Show the whole message").first.click()
    expect(page.locator(".customer .l24-text").last).to_have_text(text)
    is_whole(page)


def test_notes_tags_and_what_the_review_suggests_instead(owner: Owner) -> None:
    page = goes(owner, "/conversations/2")
    dialog = page.get_by_role("dialog")
    owner.changes_status("Opportunity")
    page.get_by_role("button", name="Review now").click()
    expect(page.get_by_text(f"The review suggests Info Only. {TEXTS['image']}")).to_be_visible()
    for number, text in enumerate((MANY, TEXTS["word"])):
        page.get_by_role("button", name="Note", exact=True).click()
        owner.note.fill(text)
        page.get_by_role("button", name="Save note").click()
        expect(page.locator(".l24-note")).to_have_count(number + 1)
        unfolds(page, "note")
        assert stands(page.locator(".l24-note > span").nth(number)) == shown(texts.clean(text))
    for number, text in enumerate(TAGS):
        page.locator(".l24-bar").get_by_role("button", name="Tag", exact=True).click()
        dialog.get_by_label("Name of the tag").fill(text)
        dialog.get_by_role("button", name="Add tag").click()
        expect(page.locator(".l24-side .l24-tag")).to_have_count(number + 1)
    assert {stands(tag) for tag in page.locator(".l24-side .l24-tag > span").all()} == {
        shown(named(text)) for text in TAGS
    }
    is_whole(page)
    page.get_by_role("button", name=f"Remove the tag {WIDE}").click()
    expect(page.locator(".l24-side .l24-tag")).to_have_count(len(TAGS) - 1)
    expect(page.locator(".l24-messages")).to_contain_text(f"removed the tag {WIDE}")
    is_whole(page)


def test_a_tag_that_cannot_be_taken_is_still_there(owner: Owner) -> None:
    page = goes(owner, "/conversations/3")
    page.locator(".l24-bar").get_by_role("button", name="Tag", exact=True).click()
    dialog = page.get_by_role("dialog")
    for text, why in {"\u3164 ": "Write a name for the tag", "x" * 41: "up to 40 characters"}.items():
        dialog.get_by_label("Name of the tag").fill(text)
        dialog.get_by_role("button", name="Add tag").click()
        expect(dialog.get_by_role("alert")).to_contain_text(why)
        expect(dialog.get_by_label("Name of the tag")).to_have_value(text)


@pytest.mark.parametrize(("mode", "verb", "most"), [("Reply", "Send", 4000), ("Internal note", "Save note", 5000)])
def test_what_cannot_be_sent_or_saved_is_still_there(owner: Owner, mode: str, verb: str, most: int) -> None:
    page = goes(owner, "/conversations/3")
    composer = page.locator(".l24-composer")
    composer.get_by_role("button", name=mode).click()
    field = composer.get_by_role("textbox")
    field.fill("\u3164\u200b")
    composer.get_by_role("button", name=verb).click()
    expect(composer.get_by_role("alert")).to_contain_text("Write something first.")
    expect(field).to_have_value("\u3164\u200b")
    field.fill("x" * (most + 1))
    expect(composer.locator(".l24-length")).to_have_text(f"{most + 1:,} of {most:,} characters")
    expect(composer.get_by_role("button", name=verb)).to_be_disabled()
    field.press("Enter")
    expect(field).to_have_value("x" * (most + 1))
    is_whole(page)
    field.fill("")


def test_replies_and_what_is_in_progress(owner: Owner) -> None:
    page = goes(owner, "/conversations/3")
    page.get_by_role("button", name="Reply on WhatsApp").click()
    for text in (MANY[:4000], TEXTS["image"], TEXTS["turning"]):
        owner.reply.fill(text)
        owner.reply.press("Enter")
        expect(owner.reply).to_have_value("")
    expect(page.locator(".l24-messages .member").last).to_be_visible()
    assert shown(TEXTS["image"]) in stands(page.locator(".l24-messages"))
    is_whole(page)
    goes(owner, "/in-progress")
    expect(page.get_by_role("heading", name="Conversations in progress")).to_be_visible()
    is_whole(page)


def test_half_a_character_is_stored_as_well_as_it_can_be(owner: Owner) -> None:
    page = goes(owner, "/conversations/3")
    page.locator(".l24-bar").get_by_role("button", name="Tag", exact=True).click()
    field = page.get_by_role("dialog").get_by_label("Name of the tag")
    field.evaluate("(field) => { field.value = 'half \\ud83d'; field.dispatchEvent(new Event('input')); }")
    page.get_by_role("dialog").get_by_role("button", name="Add tag").click()
    expect(page.locator(".l24-side .l24-tag")).to_contain_text("half \ufffd")


def test_what_is_searched_for(owner: Owner) -> None:
    page = goes(owner, "/")
    for text in (*(TEXTS[name] for name in ("image", "vue", "arabic", "emoji")), WIDE):
        owner.searches(text)
        expect(page).to_have_url(f"{owner.server}/?{urlencode({'q': text})}")
        expect(page.locator("mark").first).to_be_visible()
        is_whole(page)
    refused = {"\x00": "Search for letters", TEXTS["turning"][:1]: "Search for letters", "x" * 5000: "up to 200"}
    for text, why in refused.items():
        goes(owner, f"/?q={quote(text)}")
        expect(page.locator(".l24-hint.error")).to_contain_text(why)
        expect(page.get_by_label("Search conversations")).to_have_value(text[:300])
        expect(page.get_by_role("button", name="All 26")).to_be_visible()
        is_whole(page)


def test_what_owners_type_into_settings(app: App, owner: Owner) -> None:
    page = goes(owner, "/settings/business")
    page.get_by_label("Name of your business").fill(NAME)
    page.get_by_label("What it does").fill(MANY)
    saves(page)
    expect(page.get_by_label("Name of your business")).to_have_value(named(NAME))
    is_whole(page)
    goes(owner, "/settings/ai")
    page.get_by_label("Model").fill(NAME)
    page.get_by_role("button", name="Test").click()
    expect(page.get_by_text("It works.")).to_be_visible()
    saves(page)
    is_whole(page)
    goes(owner, "/settings/widget")
    page.get_by_label("Websites that may show it").fill(MANY)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert").filter(has_text="Write addresses such as")).to_be_visible()
    is_whole(page)
    goes(owner, "/agent")
    page.get_by_label("Name", exact=True).fill(f"{TEXTS['image']} {{{{pwned=1}}}}")
    page.get_by_label("Instructions").fill(MANY)
    saves(page)
    page.get_by_role("button", name="Add an entry").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Question")).to_be_focused()
    dialog.get_by_label("Question").fill(NAME)
    dialog.get_by_label("Answer").fill(MANY)
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    assert shown(named(NAME)) in stands(page) and shown(MANY) in stands(page)
    is_whole(page)
    is_whole(goes(owner, "/start"))


def test_what_came_with_forged_webhooks(app: App, owner: Owner) -> None:
    form = inbound("forged", **dict.fromkeys((NAME, TEXTS["turning"], TEXTS["vue"]), "x"))
    assert posts(app, f"{WEBHOOK}?{quote(NAME)}", form, "wrong") == 403
    page = goes(owner, "/settings/whatsapp")
    page.get_by_label("Account SID").fill(NAME)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("It begins with AC, followed by")).to_be_visible()
    assert shown(TEXTS["vue"]) in stands(page) and shown("1 request was refused") in stands(page)
    is_whole(page)


def test_what_tags_are_called(owner: Owner) -> None:
    page = goes(owner, "/settings/tags")
    dialog = page.get_by_role("dialog")
    assert {shown(named(text)) for text in TAGS if text != WIDE} <= {
        stands(tag) for tag in page.locator(".l24-tag").all()
    }
    is_whole(page)
    page.get_by_role("button", name=f"Rename the tag {WIDE}").click()
    dialog.get_by_label("Name of the tag").fill(TEXTS["image"])
    dialog.get_by_role("button", name="Rename", exact=True).click()
    expect(dialog.get_by_role("button", name=f"Merge into “{TEXTS['image']}”")).to_be_visible()
    is_whole(page)
    dialog.get_by_role("button", name="Cancel").click()
    for verb in ("Merge", "Delete"):
        page.get_by_role("button", name=f"{verb} the tag {WIDE}").click()
        expect(dialog).to_contain_text(f"“{WIDE}”")
        is_whole(page)
        dialog.get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name=f"Delete the tag {WIDE}").click()
    dialog.get_by_role("button", name="Delete the tag").click()
    expect(page.get_by_text(f"“{WIDE}” is deleted")).to_be_visible()
    is_whole(page)


def test_what_members_are_called(app: App, owner: Owner) -> None:
    app.browser(**{"User-Agent": f"{TEXTS['image']} Firefox/{EVIL}"}).post(
        "/login", data={"email": "giulia@example.com", "password": "a long enough password"}
    )
    page = goes(owner, "/settings/account")
    page.get_by_label("Name", exact=True).fill(NAME)
    page.get_by_role("button", name="Save name").click()
    expect(page.locator(".l24-me")).to_contain_text(named(NAME))
    expect(page.get_by_text("Firefox", exact=True)).to_be_visible()
    is_whole(page)
    goes(owner, "/settings/team")
    invitation = makes_link(page, page.get_by_role("button", name="Invite somebody"))
    joins(app, owner, invitation)
    goes(owner, "/settings/team")
    makes_link(page, page.get_by_role("button", name="Invite somebody"))
    by = page.locator(".l24-person small").filter(has_text="Invited by")
    assert reads_forward(by, "today at")
    is_whole(page)
    turned = page.locator(".l24-person").filter(has_text="turned@")
    menu = turned.get_by_role("button")
    menu.click()
    page.get_by_role("button", name="Make owner").click()
    is_whole(page)
    page.locator(".l24-dialog").get_by_role("button", name="Make owner").click()
    expect(page.locator(".q-notification").filter(has_text="is an owner now")).to_be_visible()
    is_whole(page)
    menu.click()
    reset = makes_link(page, page.get_by_role("button", name="New password link"))
    is_whole(goes(owner, reset.removeprefix(app.url)))
    for path in (f"/join?link={quote(NAME)}", f"/reset?link={quote(NAME)}&again={quote(NAME)}"):
        is_whole(goes(owner, path))


def joins(app: App, owner: Owner, invitation: str) -> None:
    """Somebody with a name that turns what stands beside it, at the second try."""
    token = invitation.partition("link=")[2]
    name = f"{TEXTS['turning']} {TEXTS['arabic']}"
    typed = {"name": NAME * 10, "email": NAME, "password": "x", "language": NAME, "link": token}
    page = goes(owner, app.browser().post("/join", data=typed).headers["location"])
    expect(page.get_by_label("Email")).to_have_value(NAME)
    assert shown(f"Join {named(NAME)}") in stands(page)
    is_whole(page)
    right = {"name": name, "email": "turned@example.com", "password": PASSWORD, "language": "en"}
    assert app.browser().post("/join", data=typed | right).headers["location"] == "/"


def makes_link(page: Page, opener: Locator) -> str:
    """In the dialog that it opens; the link."""
    opener.click()
    dialog = page.locator(".l24-dialog")
    dialog.get_by_role("button", name="Make the link").click()
    link = dialog.locator("code").inner_text()
    is_whole(page)
    dialog.get_by_role("button", name="Done").click()
    expect(dialog).to_have_count(0)
    return link


def test_what_the_widget_shows(app: App, owner: Owner) -> None:
    """A site's own address is the page that the visitor writes from."""
    page = owner.page.context.new_page()
    page.set_viewport_size(PHONE)
    visitor = Visitor(page, f"{app.url}/demo?{NAME}", app.url)
    expect(page.locator("leader24-chat .teaser")).to_contain_text(named(NAME))
    assert shown(named(NAME)) in stands(page) and faults(page) == []
    visitor.open()
    visitor.write(MANY)
    visitor.write(TEXTS["word"][:2000])
    visitor.has_sent(2)
    visitor.panel.locator(".agent[data-seq]").first.wait_for()
    assert list(map(shown, visitor.mine())) == [shown(MANY), TEXTS["word"][:2000]]
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        assert faults(visitor.frame) == [] and faults(page) == []
    page.goto(f"{app.url}/widget/privacy?lang={quote(TEXTS['image'])}")
    assert shown(named(NAME)) in stands(page) and faults(page) == []
    assert visitor.problems == []
    page.close()


def test_what_was_changed_and_where_it_lies(owner: Owner, watch: Watch) -> None:
    page = goes(owner, "/settings/about")
    assert shown(FOLDER) in stands(page)
    is_whole(page)
    owner.page.goto(f"{owner.server}/{quote(NAME)}")
    expect(page.get_by_role("heading", name="There is no such page")).to_be_visible()
    is_whole(page)
    watch.wrongs = [each for each in watch.wrongs if "status of 404" not in each]  # which the browser has noted


def everybody_is_answered(app: App) -> None:
    until = time.monotonic() + 30
    open_talks = "SELECT count(*) FROM conversation WHERE answer_due_at IS NOT NULL OR due_at IS NOT NULL"
    while app.execute(open_talks) != [(0,)]:
        assert time.monotonic() < until, app.log
        time.sleep(0.1)


def reads_forward(place: Locator, text: str) -> bool:
    """Whether it stands there from left to right, and nothing beside it has turned it over."""
    return bool(
        place.evaluate(
            """(place, text) => {
              const words = document.createTreeWalker(place, NodeFilter.SHOW_TEXT).nextNode();
              const at = words.data.indexOf(text), range = document.createRange();
              const left = (letter) => {
                range.setStart(words, letter);
                range.setEnd(words, letter + 1);
                return range.getBoundingClientRect().left;
              };
              return at >= 0 && left(at) < left(at + text.length - 1);
            }""",
            text,
        )
    )
