"""What customers send besides text, as members see and hear it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from httpx import Client
from playwright.sync_api import Browser, Locator, expect

from tests.browser import talks
from tests.browser.talks import Looker
from tests.fakes.fake_twilio import ACCOUNT, TOKEN, FakeTwilio, file, with_files
from tests.fakes.files import HTML, PDF, mp3, png
from tests.fakes.server import Reply
from tests.server import App

pytestmark = pytest.mark.browser

DESK: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
LENGTH = """audio => new Promise((then, fail) => {
  audio.onerror = fail;
  audio.ondurationchange = () => then(audio.duration);
  audio.load();
  audio.preload = 'metadata';
})"""
IS_LOADED = "image => image.complete && image.naturalWidth === 320"


@pytest.fixture(scope="module")
def twilio() -> Iterator[FakeTwilio]:
    with FakeTwilio() as twilio:
        yield twilio


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, twilio: FakeTwilio) -> Iterator[App]:
    account = {"TWILIO_ACCOUNT_SID": ACCOUNT, "TWILIO_AUTH_TOKEN": TOKEN, "TWILIO_API_BASE": twilio.address}
    with App(tmp_path_factory.mktemp("media") / "data", **account) as app:
        yield app


@pytest.fixture(scope="module")
def owner(app: App) -> Client:
    return app.sign_up()


@pytest.fixture(params=[DESK, PHONE], ids=["1440", "390"])
def ana(request: pytest.FixtureRequest, chromium: Browser, app: App, owner: Client) -> Iterator[Looker]:
    with talks.looking(chromium, app, owner, **request.param) as ana:
        yield ana


def sent(app: App, *files: tuple[str, str], text: str = "") -> int:
    """A reviewed conversation; each file came with a message of its own."""
    return talks.talk_on_whatsapp(app, *({"Body": text} | with_files(each) for each in files))


def download(looker: Looker, link: Locator) -> tuple[str, bytes]:
    with looker.page.expect_download() as waiting:
        link.click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def test_pictures_are_shown_voice_is_heard_and_documents_are_downloaded(
    app: App, twilio: FakeTwilio, ana: Looker
) -> None:
    picture, sound = twilio.keeps(file(png(), "image/png")), twilio.keeps(file(mp3(), "audio/mpeg"))
    document = twilio.keeps(file(PDF, "application/pdf", "kitchen plan.pdf"))
    kinds = (picture, "image/png"), (sound, "audio/mpeg"), (document, "application/pdf")
    page = ana.opens(sent(app, *kinds)).page
    image = page.get_by_role("img", name="Image from Chiara")
    expect(image).to_be_visible()
    page.wait_for_function(IS_LOADED, arg=image.element_handle())
    box = page.locator("#m1").bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= page.viewport_size["width"]  # type: ignore[index]
    audio = page.locator("#m2 audio")
    expect(audio).to_have_attribute("aria-label", "Sound from Chiara")
    expect(audio).to_have_attribute("preload", "none")
    assert 2 < audio.evaluate(LENGTH) < 4
    expect(page.locator("#m3")).to_contain_text("kitchen plan.pdf")
    expect(page.locator("#m3")).to_contain_text("PDF document · 1 KB")
    link = page.get_by_role("link", name="Download kitchen plan.pdf")
    touched = link.bounding_box()
    assert touched and touched["height"] >= (44 if page.viewport_size == PHONE["viewport"] else 0)
    assert download(ana, link) == ("kitchen plan.pdf", PDF)


def test_a_picture_opens_large_in_a_tab_of_its_own(app: App, twilio: FakeTwilio, ana: Looker) -> None:
    page = ana.opens(sent(app, (twilio.keeps(file(png(), "image/png")), "image/png"))).page
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Image from Chiara").click()
    large = opened.value
    large.wait_for_load_state()
    large.wait_for_function("document.images[0]?.naturalWidth === 320")
    assert "/media/" in large.url


def test_what_pretends_to_be_a_picture_is_a_download(app: App, twilio: FakeTwilio, ana: Looker) -> None:
    page = ana.opens(sent(app, (twilio.keeps(file(HTML, "image/png")), "image/png"))).page
    expect(page.locator("#m1 .l24-part.file")).to_be_visible()
    expect(page.locator("#m1 img")).to_have_count(0)
    name, content = download(ana, page.get_by_role("link", name="Download"))
    assert name.endswith(".bin") and content == HTML


def test_a_file_appears_as_soon_as_it_is_there(app: App, twilio: FakeTwilio, ana: Looker) -> None:
    late = twilio.keeps(Reply(500, b""), file(png(), "image/png"))
    gone = twilio.keeps(Reply(404, b""))
    page = ana.opens(sent(app, (late, "image/png"), (gone, "audio/ogg"), text="Here")).page
    expect(page.locator("#m2 .l24-part.failed")).to_contain_text(
        "Voice messageCould not be fetched: Twilio does not have it any more."
    )
    expect(page.locator("#m1 .l24-part.waiting")).to_contain_text("PhotoIs being fetched…")
    with page.expect_response("**/media/*"):
        app.execute(
            "UPDATE attachment SET due_at = '2026-01-01 00:00:00.000000' WHERE source_url = ? AND attempts = 1", late
        )
    expect(page.get_by_role("img", name="Image from Chiara")).to_be_visible()
    expect(page.locator("#m1 .l24-part")).to_have_count(0)


def test_nothing_moves_when_a_picture_arrives(app: App, twilio: FakeTwilio, ana: Looker) -> None:
    page = ana.page
    page.route("**/media/*", lambda route: None)  # it never comes
    ana.opens(sent(app, (twilio.keeps(file(png(), "image/png")), "image/png")))
    image = page.locator("#m1 img")
    before = image.bounding_box()
    page.unroute("**/media/*")
    page.reload()
    page.wait_for_function(IS_LOADED, arg=image.element_handle())
    after = image.bounding_box()
    assert before and after and (before["width"], before["height"]) == (after["width"], after["height"])


def test_the_list_says_what_came_without_words(app: App, twilio: FakeTwilio, owner: Client, ana: Looker) -> None:
    number = talks.talk_on_whatsapp(
        app, {"Body": "📎 audio/ogg"} | with_files((twilio.keeps(file(mp3(), "audio/mpeg")), "audio/ogg"))
    )
    ana.page.goto(app.url)
    expect(ana.page.locator(f".l24-row[data-id='{number}'] .l24-preview")).to_contain_text("📎 Voice message")
