"""What a visitor does and sees."""

import time

from playwright.sync_api import Frame, FrameLocator, Locator, Page


class Visitor:
    def __init__(self, page: Page, address: str, server: str) -> None:
        self.page = page
        self.server = server
        self.problems: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda message: self._note(message.type, message.text))
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))
        page.goto(address)
        self.bubble.wait_for()

    def _note(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.problems.append(text)

    @property
    def bubble(self) -> Locator:
        return self.page.locator("leader24-chat .bubble")

    @property
    def iframe(self) -> Locator:
        return self.page.locator("leader24-chat iframe")

    @property
    def panel(self) -> FrameLocator:
        return self.page.frame_locator("leader24-chat iframe")

    @property
    def frame(self) -> Frame:
        return next(frame for frame in self.page.frames if frame.url.startswith(f"{self.server}/widget/panel"))

    def open(self) -> "Visitor":
        self.bubble.click()
        self.panel.get_by_role("textbox").wait_for()
        return self

    def write(self, text: str) -> None:
        box = self.panel.get_by_role("textbox")
        box.fill(text)
        box.press("Enter")

    def has_sent(self, count: int) -> None:
        """Waits until the server has so many messages of his."""
        self.panel.locator(".customer[data-seq]").nth(count - 1).wait_for()

    def has_answers(self, count: int) -> None:
        """Waits until he sees so many answers, of the agent or of members."""
        self.panel.locator(":is(.agent, .member)[data-seq]").nth(count - 1).wait_for()

    def mine(self) -> list[str]:
        return self.panel.locator(".customer p").all_inner_texts()

    def answers(self) -> list[str]:
        return self.panel.locator(":is(.agent, .member)[data-seq] p").all_inner_texts()

    def sees(self, *mine: str, within: float = 10) -> None:
        """Each own message and each answer once, in order, and nothing that still waits."""
        wanted = (list(mine), [f"You wrote: {text}" for text in mine])
        end = time.monotonic() + within
        while time.monotonic() < end and (self.mine(), self.answers()) != wanted:
            self.page.wait_for_timeout(50)
        assert (self.mine(), self.answers()) == wanted
        assert self.panel.get_by_text("Waiting to be sent").count() == 0
