"""An owner's first minutes: set-up, the checklist with its example, plain questions, and tags put in order."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.owner import Owner
from tests.server import App

pytestmark = pytest.mark.browser

SLOW = 30_000  # milliseconds; machines can be busy


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with App(tmp_path_factory.mktemp("app") / "data") as app:
        yield app


@pytest.fixture
def owner(chromium: Browser, app: App) -> Iterator[Owner]:
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, timezone_id="Europe/Rome")
    context.set_default_timeout(SLOW)
    yield Owner(context.new_page(), app.url)
    context.close()


def steps(owner: Owner) -> Locator:
    return owner.page.get_by_role("region", name="First steps")


def done(owner: Owner) -> list[str]:
    """The titles of the steps that are marked so."""
    titles = steps(owner).locator("li.done h3").all_inner_texts()
    return [title.split("\n")[0].removesuffix("Done").strip() for title in titles]


def test_from_set_up_to_the_last_step(app: App, owner: Owner) -> None:
    page = owner.sets_up(app.url + app.set_up_link()).page
    expect(steps(owner).get_by_role("listitem")).to_have_count(5, timeout=SLOW)
    expect(steps(owner)).to_contain_text("0 of 5 done")

    steps(owner).get_by_role("button", name="Show me an example").click()
    expect(steps(owner)).to_contain_text("1 of 5 done", timeout=SLOW)
    expect(owner.rows).not_to_have_count(0, timeout=SLOW)
    owner.opens("Marco Bianchi")
    expect(steps(owner)).to_be_hidden()
    page.go_back()
    page.set_viewport_size({"width": 390, "height": 844})
    expect(steps(owner)).to_be_hidden()
    page.get_by_role("button", name="Set-up: 1 of 5 done").click()
    expect(steps(owner)).to_be_visible()
    expect(owner.rows.first).to_be_hidden()
    steps(owner).get_by_role("button", name="Back to the list").click()
    expect(owner.rows.first).to_be_visible()
    page.set_viewport_size({"width": 1440, "height": 900})
    steps(owner).get_by_role("button", name="Remove the example").click()
    expect(page.get_by_text("The example is gone")).to_be_visible(timeout=SLOW)
    expect(owner.rows).to_have_count(0)
    expect(steps(owner)).to_contain_text("1 of 5 done")
    expect(steps(owner).get_by_role("button", name="Show me an example")).to_be_focused()

    steps(owner).get_by_role("link", name="Answer the questions").click()
    page.get_by_label("Your business in a few sentences").fill("We make oak chairs.")
    page.get_by_label("Monday to Friday").fill("from nine")
    page.get_by_label("Saturday").fill("9-13")
    page.get_by_label("Address, phone, email").fill("Via Roma 12, Turin")
    page.get_by_label("Question 1").fill("Do you deliver?")
    page.get_by_role("button", name="Never promise a delivery date.").click()
    expect(page.get_by_label("In your own words")).to_have_value("Never promise a delivery date.")
    page.get_by_role("button", name="Save my answers").click()
    expect(page.get_by_text("Write times such as")).to_be_visible(timeout=SLOW)
    expect(page.get_by_text("Write the answer.")).to_be_visible()
    expect(page.get_by_label("Monday to Friday")).to_be_focused()
    expect(page.get_by_label("Monday to Friday")).to_have_value("from nine")
    page.get_by_label("Monday to Friday").fill("9-18")
    page.get_by_label("Your answer 1").fill("Yes, within 50 km.")
    page.get_by_role("button", name="Each day on its own").click()
    expect(page.get_by_label("Thursday")).to_have_value("9-18")
    page.get_by_label("Thursday").fill("")
    page.get_by_role("button", name="Save my answers").click()
    expect(steps(owner)).to_contain_text("2 of 5 done", timeout=SLOW)
    assert done(owner) == ["Look at an example inbox", "Tell us about your business"]
    answers = {answer for (answer,) in app.execute("SELECT answer FROM knowledge")}
    assert answers == {
        "We are open Monday to Wednesday 09:00–18:00; Friday 09:00–18:00; Saturday 09:00–13:00. "
        "Closed: Thursday, Sunday.",
        "Via Roma 12, Turin",
        "Yes, within 50 km.",
    }

    steps(owner).get_by_role("button", name="Hide these steps").click()
    expect(page.get_by_text("Hidden. You find the steps again")).to_be_visible(timeout=SLOW)
    expect(steps(owner)).to_be_hidden()
    page.goto(f"{app.url}/start")
    expect(page.get_by_label("Thursday")).to_have_value("")
    page.get_by_role("button", name="Show the first steps again").click()
    expect(steps(owner)).to_contain_text("2 of 5 done", timeout=SLOW)
    assert owner.problems == []
    assert "Traceback" not in app.log


def test_a_member_sees_a_calm_page_without_steps(app: App, owner: Owner) -> None:
    member = app.add_member()
    owner.page.context.add_cookies([{"name": "leader24", "value": member.cookies["leader24"], "url": app.url}])
    owner.page.goto(app.url)
    expect(owner.page.get_by_role("heading", name="No conversations yet")).to_be_visible(timeout=SLOW)
    expect(owner.page.get_by_role("region", name="First steps")).to_have_count(0)
    owner.page.goto(f"{app.url}/start")
    expect(owner.page.get_by_text("Only owners may change this.")).to_be_visible()


def test_tags_are_put_in_order(app: App, owner: Owner) -> None:
    page = owner.signs_in().page
    page.goto(f"{app.url}/settings/tags")
    expect(page.get_by_role("heading", name="No tags yet")).to_be_visible(timeout=SLOW)
    page.goto(app.url)
    steps(owner).get_by_role("button", name="Show me an example").click()
    expect(steps(owner).get_by_role("button", name="Remove the example")).to_be_visible(timeout=SLOW)

    page.goto(f"{app.url}/settings/tags")
    row = page.locator(".l24-tag-list li")
    expect(row).to_have_count(6, timeout=SLOW)
    b2b = row.filter(has_text="B2B")
    expect(b2b).to_contain_text("on 2 conversations")
    page.get_by_role("button", name=re.compile("Colour of B2B")).click()
    page.get_by_role("dialog").get_by_role("button", name="Rose").click()
    expect(b2b.get_by_role("button", name="Colour of B2B: Rose")).to_be_visible()

    page.get_by_role("button", name="Rename the tag B2B").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name of the tag").fill("Office")
    dialog.get_by_label("Name of the tag").press("Enter")
    expect(dialog).to_contain_text("Another tag has this name.")
    dialog.get_by_role("button", name="Merge into “office”").click()
    expect(row).to_have_count(5, timeout=SLOW)
    expect(row.filter(has_text="office")).to_contain_text("on 2 conversations")

    page.get_by_role("button", name="Merge the tag callback into another").click()
    dialog.get_by_label("The tag that stays").select_option("warranty")
    expect(dialog).to_contain_text("1 conversation gets the other tag")
    dialog.get_by_role("button", name="Merge", exact=True).click()
    expect(row).to_have_count(4, timeout=SLOW)

    page.get_by_role("button", name="Delete the tag warranty").click()
    expect(dialog).to_contain_text("2 conversations lose this tag")
    dialog.get_by_role("button", name="Delete the tag").click()
    expect(page.get_by_text("“warranty” is deleted; it was on 2 conversations.")).to_be_visible(timeout=SLOW)
    expect(row).to_have_count(3, timeout=SLOW)
    page.goto(app.url)
    expect(owner.row("Marco Bianchi").locator(".l24-tag")).to_have_text(["office"], timeout=SLOW)
    assert owner.problems == []
    assert "Traceback" not in app.log
