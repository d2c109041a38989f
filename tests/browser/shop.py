"""A running shop with Twilio at its back, and those who come to it."""

import re
from dataclasses import dataclass, field

import httpx
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.owner import Owner
from tests.browser.widget.visitor import Visitor
from tests.fakes.fake_twilio import TOKEN, inbound, signed
from tests.server import PASSWORD, App

WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@dataclass
class Shop:
    """Everybody has a browser of his own, closed with the shop."""

    app: App
    chromium: Browser
    contexts: list[BrowserContext] = field(default_factory=list)

    def page(self, size: dict[str, int] = WIDE) -> Page:
        is_phone = size == PHONE
        context = self.chromium.new_context(
            viewport={"width": size["width"], "height": size["height"]},
            timezone_id="Europe/Rome",
            has_touch=is_phone,
            is_mobile=is_phone,
        )
        context.set_default_timeout(20_000)
        self.contexts.append(context)
        return context.new_page()

    def owner(self, size: dict[str, int] = WIDE) -> Owner:
        """Giulia Rossi; at first she sets up."""
        page = self.page(size)
        is_set_up = bool(self.app.execute("SELECT 1 FROM member"))
        who = Owner(page, self.app.url)
        return who.signs_in() if is_set_up else who.sets_up(self.app.url + self.app.set_up_link())

    def member(self, name: str = "Ben", size: dict[str, int] = WIDE) -> Owner:
        if not self.app.execute("SELECT 1 FROM member WHERE name = ?", name):
            self.app.add_member(name)
        page = self.page(size)
        page.goto(f"{self.app.url}/login")
        page.get_by_label("Email").fill(f"{name.lower()}@example.com")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("heading", name="Conversations", exact=True).wait_for()
        return Owner(page, self.app.url)

    def visitor(self) -> Visitor:
        """The page with the widget is for members, so somebody has signed in there before."""
        page = self.page()
        Owner(page, self.app.url).signs_in()
        return Visitor(page, f"{self.app.url}/demo", self.app.url).open()

    def whatsapp(self, text: str, sender: str = "+393472209184", name: str = "Elena Greco") -> None:
        url = f"{self.app.url}/webhooks/twilio/whatsapp"
        form = inbound(text, f"whatsapp:{sender}", ProfileName=name)
        assert httpx.post(url, data=form, headers=signed(url, form, TOKEN)).status_code == 204

    def close(self) -> None:
        for context in self.contexts:
            context.close()


def is_within(page: Page) -> bool:
    """Nothing sticks out sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def too_small(page: Page, inside: str) -> list[str]:
    """What one taps there and is under 44 pixels high."""
    buttons = page.locator(f"{inside} :is(button, a)").all()
    sizes = [(button.inner_text(), button.bounding_box()) for button in buttons if button.is_visible()]
    return [re.sub(r"\s+", " ", text) for text, size in sizes if size and size["height"] < 43.5]
