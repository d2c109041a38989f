"""What a member sees of an open conversation, and does with it, by mouse and by keyboard."""

from collections.abc import Iterator

import pytest
from httpx import Client
from playwright.sync_api import Browser, Page, expect

from tests.browser import talks
from tests.browser.talks import Looker
from tests.fakes.fake_twilio import with_files
from tests.server import App

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with App(tmp_path_factory.mktemp("detail") / "data") as app:
        yield app


@pytest.fixture(scope="module")
def owner(app: App) -> Client:
    return app.sign_up()


@pytest.fixture(scope="module")
def member(app: App, owner: Client) -> Client:
    return app.add_member("Ben")


@pytest.fixture
def ana(chromium: Browser, app: App, owner: Client) -> Iterator[Looker]:
    with talks.looking(chromium, app, owner) as ana:
        yield ana


@pytest.fixture
def ben(chromium: Browser, app: App, member: Client) -> Iterator[Looker]:
    with talks.looking(chromium, app, member) as ben:
        yield ben


# The bar


def test_the_title_is_edited_where_it_stands(app: App, ana: Looker) -> None:
    page = ana.opens(talks.talk(app)).page
    ana.renames("Six oak chairs for Maria")
    expect(ana.title).to_have_text("Six oak chairs for Maria")
    expect(page.locator(".l24-row.on .l24-title")).to_have_text("Six oak chairs for Maria")
    expect(page.get_by_role("button", name="Change the title")).to_be_focused()
    page.get_by_role("button", name="Change the title").click()
    page.get_by_label("Title", exact=True).fill("never mind")
    page.keyboard.press("Escape")
    expect(ana.title).to_have_text("Six oak chairs for Maria")
    ana.renames("x" * 130)
    expect(page.get_by_text("A title can have up to 120 characters.")).to_be_visible()
    expect(page.get_by_label("Title", exact=True)).to_have_value("x" * 130)
    ana.page.get_by_label("Title", exact=True).fill("")
    page.keyboard.press("Enter")
    expect(ana.title).to_have_text("Oak chairs")


def test_a_title_that_cannot_be_stored_at_the_moment_waits_in_its_field(app: App, ana: Looker) -> None:
    page = ana.opens(talks.talk(app)).page
    app.execute("ALTER TABLE activity RENAME TO away")
    try:
        ana.renames("Maria")
        expect(page.get_by_text("The data cannot be written at the moment.")).to_be_visible()
        expect(page.get_by_label("Title", exact=True)).to_have_value("Maria")
    finally:
        app.execute("ALTER TABLE away RENAME TO activity")
    page.keyboard.press("Enter")
    expect(ana.title).to_have_text("Maria")


def test_of_two_who_write_a_title_the_later_sees_what_the_other_wrote(app: App, ana: Looker, ben: Looker) -> None:
    conversation_id = talks.talk(app)
    page = ana.opens(conversation_id).page
    page.get_by_role("button", name="Change the title").click()
    field = page.get_by_label("Title", exact=True)
    field.fill("Kitchen")
    ben.opens(conversation_id).renames("Maria")
    expect(page.locator(".l24-row.on .l24-title")).to_have_text("Maria")
    expect(field).to_have_value("Kitchen")
    field.press("Enter")
    expect(page.get_by_text("Ben has changed the title to “Maria” meanwhile")).to_be_visible()
    expect(field).to_have_value("Kitchen")
    field.press("Enter")
    expect(ben.title).to_have_text("Kitchen")


def test_a_status_is_two_clicks_and_may_open_the_next_conversation(app: App, ana: Looker) -> None:
    older, newer = talks.talk(app, title="The older one"), talks.talk(app, title="The newer one")
    page = ana.opens(newer).page
    ana.status.click()
    page.locator(".l24-menu").get_by_role("button", name="Opportunity").click()
    expect(ana.status).to_contain_text("Opportunity")
    ana.status.click()
    row = page.locator(".l24-choice-row").filter(has_text="Not Interested")
    row.get_by_role("button", name="Save and next").click()
    expect(ana.title).to_have_text("The older one")
    assert ana.number() == older
    expect(page.locator(f".l24-row[data-id='{newer}'] .l24-status")).to_contain_text("Not Interested")


def test_number_and_link_are_copied_and_whatsapp_opens_apart(app: App, ana: Looker) -> None:
    conversation_id = talks.talk_on_whatsapp(app, {"Body": "Hello"}, phone="+393472209184")
    page = ana.opens(conversation_id).page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the number").click()
    ana.is_told("Number copied")
    assert page.evaluate("navigator.clipboard.readText()") == "+393472209184"
    ana.in_menu("More", "Copy link")
    ana.is_told("Link copied")
    assert page.evaluate("navigator.clipboard.readText()") == f"{app.url}/conversations/{conversation_id}"
    link = page.get_by_role("link", name="Open in WhatsApp")
    expect(link).to_have_attribute("href", "https://wa.me/393472209184")
    expect(link).to_have_attribute("rel", "noopener noreferrer")


def test_what_is_marked_unread_is_so_in_the_list_and_stays_open(app: App, ana: Looker) -> None:
    page = ana.opens(talks.talk(app)).page
    row = page.locator(".l24-row.on")
    expect(row).not_to_have_class("unread")
    ana.in_menu("More", "Mark as unread")
    expect(page.locator(".l24-row.on.unread")).to_have_count(1)
    page.reload()
    expect(page.locator("#munread")).to_be_visible()


def test_a_deleted_conversation_goes_to_the_bin_and_comes_back(app: App, ana: Looker) -> None:
    conversation_id = talks.talk(app, title="Not needed")
    page = ana.opens(conversation_id).page
    row = page.locator(f".l24-row[data-id='{conversation_id}']")
    ana.in_menu("More", "Delete")
    page.wait_for_url(f"{app.url}/")
    expect(row).to_have_count(0)
    ana.undoes("Moved to the bin for 30 days")
    expect(row).to_have_count(1)
    ana.opens(conversation_id).in_menu("More", "Delete")
    expect(row).to_have_count(0)
    page.goto(f"{app.url}/conversations/{conversation_id}")
    expect(page.get_by_role("heading", name="This conversation is in the bin")).to_be_visible()
    expect(page.get_by_text("Deleted by Ana,")).to_be_visible()
    page.get_by_role("button", name="Restore").click()
    expect(ana.title).to_have_text("Not needed")


def test_of_a_conversation_that_another_deletes_one_is_told(app: App, ana: Looker, ben: Looker) -> None:
    conversation_id = talks.talk(app)
    ana.opens(conversation_id)
    ben.opens(conversation_id).in_menu("More", "Delete")
    expect(ana.page.get_by_text("Deleted by Ben,")).to_be_visible()


def test_owners_take_a_conversation_away_as_a_file(app: App, ana: Looker, ben: Looker) -> None:
    conversation_id = talks.talk(app)
    page = ana.opens(conversation_id).page
    for item, ending in (("Export as text", ".txt"), ("Export as JSON", ".json")):
        page.locator(".l24-bar").get_by_role("button", name="More").click()
        with page.expect_download() as download:
            page.locator(".l24-menu").get_by_role("link", name=item).click()
        assert download.value.suggested_filename.endswith(ending)
        expect(page.locator(".l24-menu")).to_have_count(0)
    ben.opens(conversation_id).page.locator(".l24-bar").get_by_role("button", name="More").click()
    expect(ben.page.locator(".l24-menu")).to_contain_text("Printable page")
    expect(ben.page.locator(".l24-menu")).not_to_contain_text("Export")


def test_for_ten_seconds_what_was_done_can_be_taken_back(app: App, ana: Looker) -> None:
    page = ana.opens(talks.talk(app)).page
    ana.renames("Maria")
    expect(ana.title).to_have_text("Maria")
    ana.undoes("Title changed")
    expect(ana.title).to_have_text("Oak chairs")
    ana.status.click()
    page.locator(".l24-menu").get_by_role("button", name="Spam").click()
    expect(ana.status).to_contain_text("Spam")
    page.keyboard.press("z")
    expect(ana.status).to_contain_text("Info Only")
    ana.adds_note("Called her.")
    ana.side.get_by_role("button", name="Delete the note").click()
    expect(ana.side.locator(".l24-note")).to_have_count(0)
    ana.undoes("Note deleted")
    expect(ana.side.locator(".l24-note")).to_contain_text("Called her.")


def test_what_another_has_changed_since_is_not_taken_back(app: App, ana: Looker, ben: Looker) -> None:
    conversation_id = talks.talk(app)
    ana.opens(conversation_id)
    ben.opens(conversation_id)
    ana.renames("Maria")
    expect(ben.title).to_have_text("Maria")
    ben.renames("Kitchen")
    expect(ana.title).to_have_text("Kitchen")
    ana.is_told("Title changed").get_by_role("button", name="Undo").click()
    ana.is_told("Ben has changed this meanwhile. Nothing was undone.")
    expect(ana.title).to_have_text("Kitchen")


# The history


def test_a_reason_leads_to_its_message_however_far_up_it_is(app: App, ana: Looker) -> None:
    page = ana.opens(talks.talk(app, 450)).page
    expect(page.locator("#m450")).to_be_in_viewport()
    ana.side.get_by_text("Tone").click()
    ana.side.get_by_role("button", name="“hello”").click()
    expect(page.locator("#m1.marked")).to_be_in_viewport()
    expect(page.locator("#m1")).to_be_focused()
    assert page.evaluate("[...CSS.highlights.get('l24-quote')].map(String)") == ["hello"]
    page.get_by_role("button", name="To the newest message").click()
    expect(page.locator("#m450")).to_be_in_viewport()
    assert numbers(page) == list(range(1, 451))


def test_one_gets_to_the_first_unread_message(app: App, ana: Looker) -> None:
    conversation_id = talks.talk(app)
    talks.read_by(app, "Ana", conversation_id)
    talks.continued(app, conversation_id, *(f"later {number}" for number in range(150)))
    page = ana.opens(conversation_id).page
    expect(page.locator("#munread")).to_have_count(0)
    page.get_by_role("button", name="Jump to the first unread message").click()
    expect(page.locator("#munread")).to_have_text("New messages")
    expect(page.locator("#m5")).to_be_in_viewport()
    expect(page.get_by_role("button", name="Jump to the first unread message")).to_have_count(0)


def test_what_is_new_is_shown_from_its_beginning(app: App, ana: Looker) -> None:
    conversation_id = talks.talk(app, 60)
    talks.read_by(app, "Ana", conversation_id)
    talks.continued(app, conversation_id, *(f"later {number}" for number in range(30)))
    page = ana.opens(conversation_id).page
    expect(page.locator("#munread")).to_be_in_viewport()
    expect(page.locator("#m90")).not_to_be_in_viewport()


def test_a_location_is_shown_and_a_file_says_that_it_is_on_its_way(app: App, ana: Looker) -> None:
    place = {"Body": "", "Latitude": "45.69", "Longitude": "9.67", "Label": "Showroom"}
    photo = with_files(("https://twilio.invalid/1", "image/jpeg"))
    odd = "http://paypal.com@evil.example/ or http://oak.example:99999/"
    long = {"Body": f"See https://oak.example/a, {odd} " + "twelve chairs " * 200}
    page = ana.opens(talks.talk_on_whatsapp(app, place, {"Body": "My kitchen"} | photo, long)).page
    expect(page.locator("#m1")).to_contain_text("Showroom")
    link = page.locator("#m1").get_by_role("link", name="Show on a map")
    expect(link).to_have_attribute("target", "_blank")
    expect(link).to_have_attribute("title", "Opens www.openstreetmap.org in a new tab")
    expect(page.locator("#m2")).to_contain_text("My kitchen")
    expect(page.locator("#m2 .l24-part")).to_have_text("imagePhotoIs being fetched…")
    expect(page.locator("#m3 a")).to_have_text(["https://oak.example/a", "http://oak.example:99999/"])
    height = page.locator("#m3").bounding_box()
    page.get_by_role("button", name="Show the whole message").click()
    unfolded = page.locator("#m3").bounding_box()
    assert height and unfolded and unfolded["height"] > height["height"]
    page.get_by_role("button", name="Show less").click()


def test_a_conversation_that_is_not_there_says_so(app: App, ana: Looker) -> None:
    talks.talk(app)
    page = ana.page
    page.goto(f"{app.url}/conversations/99999")
    expect(page.get_by_role("heading", name="This conversation is not here")).to_be_visible()
    page.get_by_role("button", name="Back to the list").last.click()
    page.wait_for_url(f"{app.url}/")


def test_what_cannot_be_read_can_be_tried_again(app: App, ana: Looker) -> None:
    conversation_id = talks.talk(app)
    page = ana.page
    page.goto(app.url)
    app.execute("ALTER TABLE review RENAME TO away")
    try:
        page.locator(f".l24-row[data-id='{conversation_id}'] a").click()
        expect(page.get_by_role("heading", name="This conversation cannot be shown at the moment")).to_be_visible()
    finally:
        app.execute("ALTER TABLE away RENAME TO review")
    page.get_by_role("button", name="Try again").click()
    expect(ana.title).to_have_text("Oak chairs")


# The side


def test_what_the_review_suggests_is_taken_or_dismissed(app: App, ana: Looker) -> None:
    ana.opens(talks.talk_in_two_reviews(app))
    status = ana.side.locator(".l24-notice").filter(has_text="The review suggests Follow-up.")
    title = ana.side.locator(".l24-notice").filter(has_text="“Six oak chairs”")
    status.get_by_role("button", name="Accept").click()
    expect(ana.status).to_contain_text("Follow-up")
    expect(status).to_have_count(0)
    title.get_by_role("button", name="Dismiss").click()
    expect(title).to_have_count(0)
    ana.page.reload()
    expect(ana.title).to_have_text("Maria's chairs")
    expect(ana.side.locator(".l24-notice")).to_have_count(0)


def test_earlier_reviews_can_be_read(app: App, ana: Looker) -> None:
    page = ana.opens(talks.talk_in_two_reviews(app)).page
    ana.side.get_by_text("1 earlier review").click()
    ana.side.locator(".l24-line-button").click()
    expect(ana.dialog).to_contain_text("Oak chairs")
    ana.dialog.get_by_text("Tone").click()
    ana.dialog.get_by_role("button", name="“hello”").click()
    expect(page.locator("#m1.marked")).to_be_in_viewport()
    expect(ana.dialog).to_have_count(0)


def test_a_contact_is_corrected_and_a_mistake_keeps_what_was_typed(app: App, ana: Looker) -> None:
    page = ana.opens(talks.talk_on_whatsapp(app, {"Body": "Hello"})).page
    page.get_by_role("button", name="Edit the contact").click()
    ana.dialog.get_by_label("Name").fill("Chiara Lombardi")
    ana.dialog.get_by_label("Email").fill("chiara")
    ana.dialog.get_by_role("button", name="Save").click()
    expect(ana.dialog.get_by_text("Write an email address such as anna@example.com.")).to_be_visible()
    expect(ana.dialog.get_by_label("Name")).to_have_value("Chiara Lombardi")
    expect(ana.dialog.get_by_label("Email")).to_be_focused()
    ana.dialog.get_by_label("Email").fill("chiara@example.com")
    ana.dialog.get_by_label("Phone").fill("347 220 2222")
    ana.dialog.get_by_label("Language").select_option(label="Italian")
    ana.dialog.get_by_role("button", name="Save").click()
    for text in ("Chiara Lombardi", "+39 347 220 2222", "chiara@example.com", "Italian"):
        expect(ana.side.locator(".l24-facts")).to_contain_text(text)
    expect(page.locator(".l24-row.on b")).to_have_text("Chiara Lombardi")
    expect(page.get_by_role("button", name="Edit the contact")).to_be_focused()


def test_of_two_who_correct_a_contact_the_later_sees_what_the_other_wrote(app: App, ana: Looker, ben: Looker) -> None:
    conversation_id = talks.talk(app)
    for looker in (ana, ben):
        looker.opens(conversation_id).page.get_by_role("button", name="Edit the contact").click()
    ben.dialog.get_by_label("Name").fill("Maria Rossi")
    ben.dialog.get_by_role("button", name="Save").click()
    expect(ana.side.locator(".l24-facts")).to_contain_text("Maria Rossi")
    ana.dialog.get_by_label("Name").fill("Signora Rossi")
    ana.dialog.get_by_role("button", name="Save").click()
    expect(ana.dialog).to_contain_text("Ben has changed this to “Maria Rossi” meanwhile.")
    expect(ana.dialog.get_by_label("Name")).to_have_value("Signora Rossi")
    ana.dialog.get_by_role("button", name="Save").click()
    expect(ben.side.locator(".l24-facts")).to_contain_text("Signora Rossi")


def test_limits_are_said_before_sending_and_nothing_typed_is_lost(app: App, ana: Looker) -> None:
    page = ana.opens(talks.talk(app)).page
    ana.adds_note("Called her.")
    page.get_by_role("button", name="Edit the note").click()
    field = ana.dialog.get_by_label("Note")
    field.fill("x" * 20_000)
    expect(ana.dialog).to_contain_text("20,000 of 5,000 characters")
    ana.dialog.get_by_role("button", name="Save note").click()
    expect(ana.dialog).to_contain_text("A note can have up to 5,000 characters.")
    expect(field).to_have_value("x" * 20_000)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Add tag").click()
    tag = ana.dialog.get_by_label("Name of the tag")
    tag.fill("y" * 200)
    expect(ana.dialog).to_contain_text("200 of 40 characters")
    tag.press("Enter")
    expect(ana.dialog).to_contain_text("A tag can have up to 40 characters.")
    expect(tag).to_have_value("y" * 200)


def test_ones_own_notes_are_edited_and_deleted(app: App, ana: Looker, ben: Looker) -> None:
    conversation_id = talks.talk(app)
    ana.opens(conversation_id).adds_note("Called her.")
    note = ben.opens(conversation_id).side.locator(".l24-note")
    expect(note).to_contain_text("Called her.")
    expect(note.get_by_role("button")).to_have_count(0)
    ana.side.get_by_role("button", name="Edit the note").click()
    ana.dialog.get_by_label("Note").fill("Called him.")
    ana.dialog.get_by_role("button", name="Save note").click()
    expect(note).to_contain_text("Called him.")
    expect(note).to_contain_text("edited today at")
    ana.side.get_by_role("button", name="Delete the note").click()
    expect(note).to_have_count(0)
    expect(ana.side.get_by_role("button", name="Add note")).to_be_focused()


def test_the_other_conversations_of_the_same_person_are_links(app: App, ana: Looker) -> None:
    first = talks.talk_on_whatsapp(app, {"Body": "Hello"}, phone="+393472203333")
    app.execute("UPDATE conversation SET last_message_at = '2026-01-01 00:00:00' WHERE id = ?", first)
    second = talks.talk_on_whatsapp(app, {"Body": "Hello again"}, phone="+393472203333")
    ana.opens(second).side.locator(".l24-others a").click()
    ana.page.wait_for_url(f"**/conversations/{first}")
    expect(ana.page.locator("#m1 .l24-text")).to_have_text("Hello")
    ana.page.go_back()
    expect(ana.page.locator("#m1")).to_contain_text("Hello again")


# The keyboard


def test_everything_works_by_keyboard_alone(app: App, ana: Looker) -> None:
    talks.talk(app, title="Under it"), talks.talk(app, title="On top")
    page = ana.page
    page.goto(app.url)
    page.wait_for_function("window.did_handshake")
    page.locator(".l24-row").first.wait_for()
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("!!document.activeElement.closest('.l24-row')"):
            break
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    expect(ana.title).to_have_text("On top")

    page.keyboard.press("s")
    expect(page.locator(".l24-menu [aria-pressed=true]")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(ana.status).to_contain_text("Not Interested")

    page.keyboard.press("n")
    expect(ana.note).to_be_focused()
    page.keyboard.type("Called her, just now.")
    page.keyboard.press("Enter")
    expect(ana.side.locator(".l24-note")).to_contain_text("Called her, just now.")
    page.keyboard.press("Escape")

    page.keyboard.press("t")
    expect(ana.dialog.get_by_label("Name of the tag")).to_be_focused()
    page.keyboard.type("kitchen")
    page.keyboard.press("Enter")
    expect(ana.side.locator(".l24-tag")).to_contain_text("kitchen")
    expect(ana.dialog).to_have_count(0)

    page.keyboard.press("u")
    expect(page.locator(".l24-row.on.unread")).to_have_count(1)
    page.keyboard.press("?")
    expect(ana.dialog).to_contain_text("Mark as unread")
    page.keyboard.press("Escape")
    expect(ana.dialog).to_have_count(0)

    page.keyboard.press("s")
    expect(page.locator(".l24-menu [aria-pressed=true]")).to_be_focused()
    page.keyboard.press("Shift+Enter")
    expect(ana.title).to_have_text("Under it")
    page.keyboard.press("Escape")
    page.wait_for_url(f"{app.url}/")
    page.wait_for_function("document.activeElement.closest('.l24-list')")


def test_who_types_presses_no_keys_of_the_page(app: App, ana: Looker) -> None:
    page = ana.opens(talks.talk(app)).page
    page.keyboard.press("t")
    page.keyboard.type("nsu?")  # perhaps before the dialog is there
    field = ana.dialog.get_by_label("Name of the tag")
    expect(field).to_be_focused()
    field.fill("")
    page.keyboard.type("n s u ?")
    expect(field).to_have_value("n s u ?")
    expect(ana.dialog).to_have_count(1)
    expect(page.locator(".l24-menu")).to_have_count(0)


def numbers(page: Page) -> list[int]:
    """Of the messages in the page, in their order."""
    shown = page.locator(".l24-messages li").evaluate_all("(all) => all.map((each) => each.id)")
    return [int(each.removeprefix("m")) for each in shown if each.removeprefix("m").isdecimal()]
