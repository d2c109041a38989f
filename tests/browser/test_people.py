"""An owner runs the team, and whoever was invited runs an account of his own."""

from collections.abc import Iterator

import pytest
from httpx import Client
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.owner import Owner
from tests.server import PASSWORD, App

pytestmark = pytest.mark.browser

PATIENCE = 30_000  # milliseconds; machines can be busy
NEW = "seven green umbrellas"
BEN = "ben@example.com"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with App(tmp_path_factory.mktemp("people") / "data") as app:
        yield app


@pytest.fixture(scope="module")
def owner(chromium: Browser, app: App) -> Iterator[Owner]:
    context = chromium.new_context(timezone_id="Europe/Rome")
    context.set_default_timeout(PATIENCE)
    owner = Owner(context.new_page(), app.url).sets_up(app.url + app.set_up_link())
    owner.page.goto(f"{app.url}/settings/team")
    yield owner
    context.close()


@pytest.fixture(scope="module")
def ben(chromium: Browser) -> Iterator[Page]:
    """In a second browser."""
    context = chromium.new_context(timezone_id="Europe/Rome")
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def row(owner: Owner, text: str) -> Locator:
    return owner.page.locator(".l24-person").filter(has_text=text)


def does(owner: Owner, what: str) -> None:
    """In Ben's menu, and agrees."""
    row(owner, BEN).get_by_role("button").click()
    owner.page.get_by_role("button", name=what, exact=True).click()
    dialog = owner.page.locator(".l24-dialog")
    dialog.get_by_role("button", name=what, exact=True).click()
    expect(dialog).to_have_count(0, timeout=PATIENCE)


def link(owner: Owner) -> str:
    """Makes it in the dialog that is open, copies it and closes the dialog, which shows it this once."""
    dialog = owner.page.locator(".l24-dialog")
    dialog.get_by_role("button", name="Make the link").click()
    shown = dialog.locator("code").inner_text()
    dialog.get_by_role("button", name="Copy the link").click()
    expect(dialog.get_by_role("status")).not_to_be_empty(timeout=PATIENCE)
    dialog.get_by_role("button", name="Done").click()
    expect(dialog).to_have_count(0, timeout=PATIENCE)
    assert shown not in owner.page.content()
    return shown


def test_an_owner_invites_and_whoever_has_the_link_joins(app: App, owner: Owner, ben: Page) -> None:
    owner.page.get_by_role("button", name="Invite somebody").click()
    expect(owner.page.get_by_role("radio", name="Member")).to_be_checked(timeout=PATIENCE)
    invitation = link(owner)
    expect(row(owner, "Invited by Giulia Rossi")).to_have_count(1, timeout=PATIENCE)
    ben.goto(invitation)
    ben.get_by_label("Your name").fill("Ben")
    ben.get_by_label("Email").fill(BEN)
    ben.get_by_label("Password").fill(PASSWORD)
    ben.get_by_role("button", name="Join").click()
    ben.get_by_role("heading", name="Conversations", exact=True).wait_for()
    expect(row(owner, BEN)).to_contain_text("Member", timeout=PATIENCE)
    expect(row(owner, BEN)).to_contain_text("Here now · 1 device")
    expect(row(owner, "Invited by Giulia Rossi")).to_have_count(0)


def test_an_invitation_is_withdrawn(app: App, owner: Owner) -> None:
    owner.page.get_by_role("button", name="Invite somebody").click()
    owner.page.get_by_role("radio", name="Owner").check()
    invitation = link(owner)
    row(owner, "Invited by Giulia Rossi").get_by_role("button", name="Withdraw").click()
    owner.page.locator(".l24-dialog").get_by_role("button", name="Withdraw").click()
    expect(row(owner, "Invited by Giulia Rossi")).to_have_count(0, timeout=PATIENCE)
    assert "This link does not work" in app.browser().get(invitation).text


def test_the_last_owner_stays_and_the_menu_says_why(owner: Owner) -> None:
    row(owner, "giulia@example.com").get_by_role("button").click()
    menu = owner.page.locator(".l24-menu")
    for what in ("Make member", "Disable"):
        expect(menu.get_by_role("button", name=what)).to_be_disabled(timeout=PATIENCE)
    expect(menu.get_by_text("There must be an owner").first).to_be_visible()
    owner.page.keyboard.press("Escape")
    expect(menu).to_have_count(0, timeout=PATIENCE)


def test_a_role_changes_at_once(app: App, owner: Owner, ben: Page) -> None:
    does(owner, "Make owner")
    expect(row(owner, BEN)).to_contain_text("Owner", timeout=PATIENCE)
    expect(ben.locator(".l24-nav").get_by_text("AI agent")).to_be_visible(timeout=PATIENCE)  # it loaded itself anew
    ben.goto(f"{app.url}/settings/team")
    expect(ben.get_by_role("button", name="Invite somebody")).to_be_visible(timeout=PATIENCE)
    does(owner, "Make member")
    expect(row(owner, BEN)).to_contain_text("Member", timeout=PATIENCE)
    expect(ben.get_by_text("Only owners may see and change this.")).to_be_visible(timeout=PATIENCE)


def test_who_forgot_his_password_gets_a_link(app: App, owner: Owner, ben: Page) -> None:
    row(owner, BEN).get_by_role("button").click()
    owner.page.get_by_role("button", name="New password link").click()
    ben.goto(link(owner))
    ben.get_by_label("New password").fill(NEW)
    ben.get_by_role("button", name="Save and sign in").click()
    ben.get_by_role("heading", name="Conversations", exact=True).wait_for()


def test_one_sees_and_ends_where_one_is_signed_in(app: App, ben: Page) -> None:
    elsewhere = app.sign_in(BEN, NEW)
    ben.goto(f"{app.url}/settings/account")
    expect(ben.locator(".l24-person").first).to_contain_text("this one", timeout=PATIENCE)
    ben.get_by_role("button", name="Sign out: Unknown browser").click()
    expect(ben.locator(".l24-person")).to_have_count(1, timeout=PATIENCE)
    assert elsewhere.get("/").status_code == 303


def test_one_changes_password_name_and_looks(app: App, ben: Page) -> None:
    elsewhere = app.sign_in(BEN, NEW)
    ben.goto(f"{app.url}/settings/account")
    ben.get_by_label("Current password").fill(NEW)
    ben.get_by_label("New password").fill(PASSWORD)
    ben.get_by_role("button", name="Change password").click()
    expect(ben.get_by_role("status").first).to_have_text(
        "Password changed. You are signed out everywhere else.", timeout=PATIENCE
    )
    assert elsewhere.get("/").status_code == 303
    ben.get_by_label("Name", exact=True).fill("Benedikt")
    ben.get_by_role("button", name="Save name").click()
    expect(ben.locator(".l24-me")).to_contain_text("Benedikt", timeout=PATIENCE)
    ben.get_by_role("button", name="Dark").click()
    expect(ben.locator("body.body--dark")).to_have_count(1, timeout=PATIENCE)


def kept_cookie(app: App, page: Page) -> Client:
    """A browser to which somebody has copied the cookie."""
    (value,) = [each["value"] for each in page.context.cookies() if each["name"] == "leader24"]
    copied = app.browser(Cookie=f"leader24={value}")
    assert copied.get("/").status_code == 200
    return copied


def test_who_signs_out_is_out_in_every_tab_and_by_every_copy_of_the_cookie(app: App, ben: Page) -> None:
    ben.goto(app.url)
    other = ben.context.new_page()
    other.goto(f"{app.url}/settings/account")
    copied = kept_cookie(app, ben)
    ben.get_by_role("button", name="My account, language, theme, sign out").click()
    ben.get_by_role("button", name="Sign out", exact=True).click()
    for page in (ben, other):
        page.wait_for_url(f"{app.url}/login*")
    other.close()
    assert copied.get("/").status_code == 303 and copied.post("/settings/account/password").status_code == 401
    ben.get_by_label("Email").fill(BEN)
    ben.get_by_label("Password").fill(PASSWORD)
    ben.get_by_role("button", name="Sign in").click()
    ben.get_by_role("heading", name="Conversations", exact=True).wait_for()


def test_who_is_disabled_is_out_at_once(app: App, owner: Owner, ben: Page) -> None:
    ben.goto(app.url)
    ben.get_by_role("heading", name="Conversations", exact=True).wait_for()
    copied = kept_cookie(app, ben)
    does(owner, "Disable")
    ben.wait_for_url(f"{app.url}/login*")
    expect(ben.get_by_role("status")).to_contain_text("You are signed out.")
    assert copied.get("/").status_code == 303
    is_marked = row(owner, BEN).get_by_text("Disabled", exact=True)
    expect(is_marked).to_be_visible(timeout=PATIENCE)
    row(owner, BEN).get_by_role("button").click()
    owner.page.get_by_role("button", name="Enable", exact=True).click()
    expect(is_marked).to_be_hidden(timeout=PATIENCE)
    app.sign_in(BEN)
    assert owner.problems == []
