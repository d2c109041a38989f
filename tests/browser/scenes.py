"""Every page, dialog and menu as somebody may have it before him.

A scene is a generator: it gives a page that stands still, with what is to be seen on it, as often as there is something
else to see. The chapters follow one another on one application; each scene leaves it as it found it.
"""

from collections.abc import Callable, Iterator

from playwright.sync_api import Page, expect

from tests.browser.stage import INVITATION, NEW_PASSWORD, SLOW, Stage

Sight = tuple[str, Page]
Scene = Callable[[Stage], Iterator[Sight]]

MARCO = "Marco Bianchi"


# ---- before anybody is there ----


def set_up(stage: Stage) -> Iterator[Sight]:
    page = stage.opens(stage.app.set_up_link(), stage.stranger)
    yield "set-up", page
    stage.field("Your name", page).fill("Giulia")
    stage.field("Email", page).fill("giulia@example.com")
    stage.field("Password", page).fill("password1234")
    stage.field("Name of your business", page).fill("Oak & Linen")
    page.get_by_role("button", name=stage.says("Start")).click()
    page.locator(".l24-error:not(:empty)").wait_for()
    yield "set-up refused", page
    stage.opens("/setup", page)
    yield "set-up without its link", page
    stage.opens("/login", page)
    yield "sign-in before the set-up", page


# ---- set up, and nothing is there ----


def first_steps(stage: Stage) -> Iterator[Sight]:
    page = stage.opens("/")
    if stage.is_narrow:
        yield "first steps above the list", page
    page.locator(".l24-steps").wait_for()
    yield "first steps", page
    stage.presses("Hide these steps")
    page.locator(".l24-steps").wait_for(state="hidden")
    stage.opens("/")
    yield "no conversation yet", page
    stage.opens("/start")
    stage.presses("Show the first steps again")
    page.locator(".l24-steps").wait_for()


def no_tags(stage: Stage) -> Iterator[Sight]:
    yield "no tags yet", stage.opens("/settings/tags")


# ---- a business at work ----


def inbox(stage: Stage) -> Iterator[Sight]:
    page = stage.opens("/")
    page.locator(".l24-row").first.wait_for()
    yield "inbox", page
    if stage.is_narrow:
        page.locator(".l24-steps-bar").click()
        page.locator(".l24-steps").wait_for()
        yield "first steps with the example", page
        stage.presses("Back to the list")
    stage.asks("Status")
    yield "menu of statuses", page
    stage.leaves()
    page.locator(".l24-me").click()
    stage.sees_dialog()
    yield "my menu", page
    stage.leaves()
    stage.field("Search conversations").fill("zzz")
    page.locator(".l24-empty h2").wait_for()
    yield "nothing fits", page


def conversation(stage: Stage) -> Iterator[Sight]:
    page = stage.opens("/")
    page.locator(".l24-row").filter(has_text=MARCO).get_by_role("link").click()
    page.locator(".l24-bar h2").wait_for()
    yield "conversation", page
    page.locator(".l24-bar").get_by_title(stage.says("Change the status")).click()
    stage.sees_dialog()
    yield "dialog of the status", page
    stage.leaves()
    page.locator(".l24-bar").get_by_role("button", name=stage.says("Tag"), exact=True).click()
    stage.sees_dialog()
    yield "dialog of a tag", page
    stage.leaves()
    page.locator(".l24-bar").get_by_role("button", name=stage.says("Note"), exact=True).click()
    stage.field("Internal note").wait_for()
    yield "note that is begun", page
    page.locator(".l24-composer.note textarea").fill("x" * 5001)
    yield "a note that is too long", page
    page.locator(".l24-composer.note textarea").fill("")
    stage.asks("More")
    yield "menu of a conversation", page
    stage.leaves()
    stage.presses("Change the title")
    stage.field("Title").fill("x" * 130)
    stage.field("Title").press("Enter")
    page.locator(".l24-title-field .l24-error:not(:empty)").first.wait_for()
    yield "title refused", page
    stage.field("Title").press("Escape")
    page.keyboard.press("?")
    stage.sees_dialog()
    yield "keys", page
    stage.leaves()


def beside_the_conversation(stage: Stage) -> Iterator[Sight]:
    page = stage.opens("/")
    page.locator(".l24-row").filter(has_text=MARCO).get_by_role("link").click()
    page.locator(".l24-bar h2").wait_for()
    if stage.is_narrow:
        stage.presses("Review and contact")
    page.locator(".l24-rubric summary").first.click()
    yield "review", page
    stage.asks("Edit the contact")
    stage.field("Email").last.fill("marco")
    stage.presses("Save")
    page.locator(".l24-dialog .l24-error:not(:empty)").wait_for()
    yield "contact refused", page
    stage.leaves()
    stage.asks("Edit the note")
    yield "dialog of a note", page
    stage.leaves()
    page.locator(".l24-earlier-reviews summary").click()
    yield "earlier reviews", page
    page.locator(".l24-line-button").first.click()
    stage.sees_dialog()
    yield "earlier review", page
    stage.leaves()
    number = page.url.partition("/conversations/")[2].partition("#")[0]
    yield "conversation on paper", stage.opens(f"/conversations/{number}/print")
    stage.opens("/conversations/999")
    yield "conversation that is gone", page


def in_progress(stage: Stage) -> Iterator[Sight]:
    page = stage.opens("/")
    page.locator(".l24-live").get_by_role("button").click()
    page.locator(".l24-waiting li").first.wait_for()
    yield "what is in progress", page
    page.locator(".l24-waiting a").first.click()
    page.locator(".l24-peek-thread .l24-composer").wait_for()
    yield "a conversation in progress", page
    stage.presses("Take over")
    stage.button("Give back to the agent").wait_for()
    yield "a conversation that was taken over", page
    stage.presses("Give back to the agent")
    stage.button("Take over").wait_for()
    stage.opens("/in-progress/999")
    page.locator(".l24-peek-thread .l24-empty").wait_for()
    yield "what was in progress and is gone", page


def agent(stage: Stage) -> Iterator[Sight]:
    page = stage.opens("/agent")
    page.locator(".l24-card li").first.wait_for()
    yield "agent", page
    stage.asks("Add an entry")
    stage.presses("Save")
    page.locator(".l24-error:not(:empty)").wait_for()
    yield "knowledge entry", page
    stage.leaves()


def questions(stage: Stage) -> Iterator[Sight]:
    page = stage.opens("/start")
    yield "plain questions", page
    stage.field("Monday to Friday").fill("from nine")
    stage.presses("Save my answers")
    page.locator(".l24-error:not(:empty)").wait_for()
    stage.presses("Each day on its own")
    yield "plain questions, refused", page


def business(stage: Stage) -> Iterator[Sight]:
    page = stage.opens("/settings/business")
    yield "settings of the business", page
    page.locator(".l24-hours input").first.fill("from nine")
    page.get_by_role("button", name=stage.says("Save")).nth(1).click()
    page.locator(".l24-error:not(:empty)").wait_for()
    yield "settings of the business, refused", page


def ai(stage: Stage) -> Iterator[Sight]:
    page = stage.opens("/settings/ai")
    yield "settings of the AI", page
    stage.field("Address of the server").fill(f"{stage.model.address}/v1")
    stage.field("API key").fill("sk-test")
    stage.presses("Test")
    page.locator(".l24-result").get_by_text(stage.says("It works.")).wait_for()
    yield "a test of the AI that works", page
    stage.field("Address of the server").fill("http://127.0.0.1:9/v1")
    stage.presses("Test")
    page.locator(".l24-result").get_by_text(stage.says("The AI provider could not be reached.")).wait_for()
    yield "a test of the AI that fails", page
    stage.field("Address of the server").fill("")
    stage.presses("Save")
    page.locator(".q-notification").first.wait_for()
    yield "settings of the AI with a key", page
    stage.presses("Remove it")
    stage.button("Remove it").wait_for(state="hidden")


def whatsapp(stage: Stage) -> Iterator[Sight]:
    stage.app.browser(Origin="").post("/webhooks/twilio/whatsapp", data={"Body": "hello"})
    page = stage.opens("/settings/whatsapp")
    yield "settings of WhatsApp", page
    stage.field("Account SID").fill("AC12")
    stage.presses("Save")
    page.locator(".l24-error:not(:empty)").wait_for()
    yield "settings of WhatsApp, refused", page


def widget(stage: Stage) -> Iterator[Sight]:
    yield "settings of the widget", stage.opens("/settings/widget")


def tags(stage: Stage) -> Iterator[Sight]:
    page = stage.opens("/settings/tags")
    row = page.locator(".l24-tag-list li").first
    row.wait_for()
    yield "tags", page
    row.get_by_role("button").nth(0).click()
    stage.sees_dialog()
    yield "menu of colours", page
    stage.leaves()
    for at, what in enumerate(("rename", "merge", "delete"), 1):
        row.get_by_role("button").nth(at).click()
        stage.sees_dialog()
        if what == "rename":
            stage.field("Name of the tag").fill("warranty")
            stage.field("Name of the tag").press("Enter")
            page.locator(".l24-dialog .l24-notice").wait_for()
        yield f"dialog to {what} a tag", page
        stage.leaves()


def team(stage: Stage) -> Iterator[Sight]:
    page = stage.opens("/settings/team")
    ben = page.locator(".l24-person").filter(has_text="ben@example.com")
    ben.wait_for()
    yield "team", page
    ben.get_by_role("button").click()
    stage.sees_dialog()
    yield "menu of a member", page
    stage.presses("Disable")
    page.locator(".l24-dialog").wait_for()
    yield "dialog to disable a member", page
    stage.leaves()
    page.locator(".l24-person").first.get_by_role("button").click()
    stage.sees_dialog()
    yield "menu of the last owner", page
    stage.leaves()
    stage.asks("Invite somebody")
    yield "invitation", page
    stage.presses("Make the link")
    page.locator(".l24-once").wait_for()
    yield "link of an invitation", page
    stage.presses("Done")
    expect(page.locator(".l24-dialog")).to_have_count(0, timeout=SLOW)
    page.get_by_role("button", name=stage.says("Withdraw"), exact=True).first.click()
    stage.sees_dialog()
    yield "dialog to withdraw an invitation", page
    stage.presses("Withdraw")
    page.locator(".q-notification").first.wait_for()
    ben.get_by_role("button").click()
    stage.asks("New password link")
    page.locator(".l24-dialog").wait_for()
    yield "link to a new password", page
    stage.leaves()


def account(stage: Stage) -> Iterator[Sight]:
    page = stage.opens("/settings/account")
    page.locator(".l24-person").first.wait_for()
    yield "my account", page
    stage.field("Current password").fill("wrong")
    stage.field("New password").fill("a new long password")
    stage.presses("Change password")
    page.locator(".l24-error:not(:empty)").wait_for()
    yield "my account, refused", page


def about(stage: Stage) -> Iterator[Sight]:
    yield "about", stage.opens("/settings/about")


def strangers(stage: Stage) -> Iterator[Sight]:
    page = stage.opens("/login", stage.stranger)
    yield "sign-in", page
    page.locator("summary").click()
    stage.field("Email", page).fill("nobody@example.com")
    stage.field("Password", page).fill("wrong")
    page.get_by_role("button", name=stage.says("Sign in")).click()
    page.locator(".l24-error:not(:empty)").wait_for()
    yield "sign-in refused", page
    stage.opens(f"/join?link={INVITATION}", page)
    yield "join", page
    stage.opens("/join?link=used", page)
    yield "a link that is over", page
    stage.opens(f"/reset?link={NEW_PASSWORD}", page)
    yield "new password", page


def errors(stage: Stage) -> Iterator[Sight]:
    page = stage.opens("/nothing")
    yield "no such page", page
    [(colour,)] = stage.app.execute("SELECT colour FROM tag WHERE name = 'B2B'")
    stage.app.execute("UPDATE tag SET colour = 'mauve' WHERE name = 'B2B'")
    stage.opens("/settings/tags")
    yield "a page that fails", page
    stage.app.execute("UPDATE tag SET colour = ? WHERE name = 'B2B'", colour)


def member(stage: Stage) -> Iterator[Sight]:
    """What an owner has and a member has not."""
    stage.page.goto("about:blank")  # an open page would load itself anew
    stage.app.execute("UPDATE member SET role = 'member' WHERE id = 1")
    page = stage.opens("/settings/team")
    yield "settings that are for owners", page
    page.goto("about:blank")
    stage.app.execute("UPDATE member SET role = 'owner' WHERE id = 1")


def chat(stage: Stage) -> Iterator[Sight]:
    page = stage.opens("/demo")
    page.locator("leader24-chat .bubble").wait_for()
    yield "page with the chat", page
    page.locator("leader24-chat .bubble").click()
    box = page.frame_locator("leader24-chat iframe").get_by_role("textbox")
    box.wait_for()
    yield "chat", page
    box.fill("Do you deliver?")
    box.press("Enter")
    page.frame_locator("leader24-chat iframe").locator(".agent[data-seq]").first.wait_for()
    yield "chat with an answer", page
    page.evaluate("() => sessionStorage.clear() || localStorage.clear()")  # the next time it is closed
    stage.opens("/")
    page.locator(".l24-live").wait_for()
    yield "inbox with a conversation in progress", page


def files(stage: Stage) -> Iterator[Sight]:
    """As they came with a message, and two that did not."""
    page = stage.opens("/")
    page.locator(".l24-row").filter(has_text=MARCO).get_by_role("link").click()
    page.locator(".l24-messages .customer").first.wait_for()
    number = page.url.partition("/conversations/")[2].partition("?")[0]
    stage.keeps_files(int(number))
    stage.opens(f"/conversations/{number}")
    page.locator(".l24-image").scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('.l24-image img').naturalWidth")
    yield "files in a conversation", page
    page.goto("about:blank")
    stage.app.execute("DELETE FROM attachment")


NOBODY_YET: list[Scene] = [set_up]
EMPTY: list[Scene] = [first_steps, no_tags]
AT_WORK: list[Scene] = [
    inbox,
    conversation,
    beside_the_conversation,
    in_progress,
    agent,
    questions,
    business,
    ai,
    whatsapp,
    widget,
    tags,
    team,
    account,
    about,
    strangers,
    errors,
    member,
    chat,
    files,
]
