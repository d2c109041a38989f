"""What an owner does and sees in the dashboard."""

import re

from playwright.sync_api import Locator, Page, expect

PASSWORD = "a long enough password"


class Owner:
    def __init__(self, page: Page, server: str) -> None:
        self.page, self.server = page, server
        self.problems: list[str] = []
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("console", lambda message: self._note(message.type, message.text))

    def _note(self, kind: str, text: str) -> None:
        if kind == "error":
            self.problems.append(text)

    def sets_up(self, link: str) -> "Owner":
        self.page.goto(link)
        self.page.get_by_label("Your name").fill("Giulia Rossi")
        self.page.get_by_label("Email").fill("giulia@example.com")
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_label("Name of your business").fill("Oak & Linen")
        self.page.get_by_role("button", name="Start").click()
        self.page.get_by_role("heading", name="Conversations", exact=True).wait_for()
        return self

    def signs_in(self) -> "Owner":
        self.page.goto(f"{self.server}/login")
        self.page.get_by_label("Email").fill("giulia@example.com")
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.get_by_role("heading", name="Conversations", exact=True).wait_for()
        return self

    @property
    def rows(self) -> Locator:
        return self.page.locator(".l24-row")

    def row(self, text: str) -> Locator:
        return self.rows.filter(has_text=text)

    def opens(self, text: str) -> None:
        self.row(text).get_by_role("link").click()
        self.page.locator(".l24-bar h2").wait_for()

    @property
    def reply(self) -> Locator:
        """Where one is written, in whatever is open."""
        return self.page.get_by_role("textbox", name=re.compile("^Reply"))

    @property
    def note(self) -> Locator:
        return self.page.get_by_role("textbox", name="Internal note")

    def searches(self, typed: str) -> None:
        self.page.get_by_label("Search conversations").fill(typed)

    def finds_only(self, text: str) -> None:
        expect(self.rows).to_have_count(1)
        expect(self.rows).to_contain_text(text)

    def answers(self) -> list[str]:
        """The agent's, in the conversation that is open."""
        return [text.split("\n")[0] for text in self.page.locator(".l24-messages .agent").all_inner_texts()]

    def adds_note(self, text: str) -> None:
        self.page.get_by_role("button", name="Note", exact=True).click()
        self.note.fill(text)
        self.page.get_by_role("button", name="Save note").click()
        expect(self.page.locator(".l24-note")).to_contain_text(text)

    def adds_tag(self, name: str) -> None:
        self.page.locator(".l24-bar").get_by_role("button", name="Tag", exact=True).click()
        self.page.get_by_role("dialog").get_by_label("Name of the tag").fill(name)
        self.page.get_by_role("dialog").get_by_role("button", name="Add tag").click()
        expect(self.page.locator(".l24-side .l24-tag").filter(has_text=name)).to_be_visible()

    def changes_status(self, to: str) -> None:
        self.page.locator(".l24-bar").get_by_title("Change the status").click()
        self.page.get_by_role("dialog").get_by_role("button", name=to).click()
        expect(self.page.locator(".l24-bar").get_by_title("Change the status")).to_contain_text(to)

    def signs_out(self) -> None:
        self.page.locator(".l24-me").click()
        self.page.get_by_role("button", name="Sign out", exact=True).click()
        self.page.get_by_role("button", name="Sign in").wait_for()
