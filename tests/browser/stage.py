"""One application and the browsers of its owner and of a stranger, in any language, theme and width."""

from dataclasses import dataclass
from functools import cached_property

from httpx import Client
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from leader24 import i18n
from leader24.services.sign_ins import hash_of
from tests.fakes.fake_openai import FakeOpenAi
from tests.fakes.files import PDF, mp3, png
from tests.server import App

SLOW = 30_000  # milliseconds; machines can be busy
WIDE, NARROW = 1440, 390
TALL = 900
INVITATION, NEW_PASSWORD = "an-invitation-that-stays-open", "a-link-that-stays-open"
OWNER = "giulia@example.com"
AN_ENTRY = "Do you deliver?", "Yes, within 50 km, at no charge."


@dataclass(frozen=True, slots=True)
class Looks:
    language: str = "en"
    scheme: str = "light"
    width: int = WIDE

    def __str__(self) -> str:
        return f"{self.language}-{self.scheme}-{self.width}"


class Stage:
    def __init__(self, app: App, chromium: Browser, model: FakeOpenAi) -> None:
        self.app, self.model = app, model
        self.looks = Looks()
        self._chromium = chromium
        self._pages: dict[tuple[str, bool], Page] = {}

    def put_on(self, looks: Looks) -> None:
        """From now on."""
        self.looks = looks

    def close(self) -> None:
        for page in self._pages.values():
            page.context.close()

    # ---- what is there ----

    @cached_property
    def owner(self) -> Client:
        """Set up, and nothing else."""
        return self.app.sign_up(name="Giulia Rossi", email=OWNER)

    @cached_property
    def is_filled(self) -> bool:
        """With the example, a team of three, a second device, and links that are open."""
        self.opens("/")
        self.presses("Show me an example")
        expect(self.page.locator(".l24-row")).not_to_have_count(0, timeout=SLOW)
        self.app.add_member("Ben")
        self.app.add_member("Carla")
        self.app.execute("UPDATE member SET disabled_at = datetime('now') WHERE name = 'Carla'")
        self.app.execute("DELETE FROM sign_in WHERE member_id = 3")
        self.app.execute("INSERT INTO knowledge (question, answer, is_example) VALUES (?, ?, false)", *AN_ENTRY)
        self._link(INVITATION, "invitation", "member", None)
        self._link(NEW_PASSWORD, "password", None, 2)
        self.app.sign_in(OWNER)
        return True

    def _link(self, token: str, purpose: str, role: str | None, member_id: int | None) -> None:
        self.app.execute(
            "INSERT INTO link (token_hash, purpose, role, member_id, made_by_id, created_at, expires_at) "
            "VALUES (?, ?, ?, ?, 1, datetime('now'), datetime('now', '1 day'))",
            hash_of(token),
            purpose,
            role,
            member_id,
        )

    def keeps_files(self, conversation_id: int) -> None:
        """With the customer's last message there; one of them is still on its way, and one will never come."""
        (message_id,) = self.app.execute(
            "SELECT max(id) FROM message WHERE conversation_id = ? AND author = 'customer'", conversation_id
        )[0]
        known = (png(), "image/png"), (mp3(), "audio/mpeg"), (PDF, "application/pdf"), (b"", "video/mp4")
        for place, (content, kind) in enumerate(known):
            self._file(message_id, place, kind, None, content)
        self._file(message_id, 8, "image/jpeg", None, None)
        self._file(message_id, 9, "audio/ogg", "gone", None)

    def _file(self, message_id: int, place: int, kind: str, problem: str | None, content: bytes | None) -> None:
        is_here = content is not None
        self.app.execute(
            "INSERT INTO attachment (message_id, place, content_type, source_url, due_at, attempts, problem, "
            "fetched_at, name, size, found_type, content) VALUES (?, ?, ?, '', ?, 1, ?, ?, ?, ?, ?, ?)",
            message_id,
            place,
            kind,
            None if is_here or problem else "2999-01-01 00:00:00.000000",
            problem,
            "2026-11-25 12:00:00.000000" if is_here else None,
            "Küchenplan-mit-allen-Maßen-und-allen-Fenstern-im-Erdgeschoss.pdf" if kind == "application/pdf" else "",
            len(content or b""),
            kind if is_here else None,
            content,
        )

    # ---- what people do ----

    @property
    def is_narrow(self) -> bool:
        return self.looks.width == NARROW

    @property
    def page(self) -> Page:
        """The owner's."""
        page = self._page(is_owner=True)
        self.app.execute("UPDATE member SET language = ? WHERE email = ?", self.looks.language, OWNER)
        return page

    @property
    def stranger(self) -> Page:
        return self._page(is_owner=False)

    def opens(self, path: str, page: Page | None = None) -> Page:
        page = page or self.page
        page.goto(self.app.url + path)
        page.locator(".l24-app, .l24-gate, body.demo, body > main").first.wait_for()
        return page

    def says(self, text: str) -> str:
        """In the language of now."""
        return i18n.catalogue(self.looks.language).gettext(text)

    def button(self, text: str) -> Locator:
        """The last one of the page: that of the dialog, where one is open."""
        return self.page.get_by_role("button", name=self.says(text), exact=True).locator("visible=true").last

    def presses(self, text: str) -> None:
        self.button(text).click()

    def asks(self, text: str) -> None:
        """Presses what opens a dialog or menu."""
        self.presses(text)
        self.sees_dialog()

    def sees_dialog(self) -> None:
        self.page.locator(".l24-dialog, .l24-menu").last.wait_for()

    def leaves(self) -> None:
        """The dialog or menu."""
        self.page.keyboard.press("Escape")
        expect(self.page.locator(".l24-dialog, .l24-menu")).to_have_count(0, timeout=SLOW)

    def field(self, label: str, page: Page | None = None) -> Locator:
        return (page or self.page).get_by_label(self.says(label), exact=True)

    def _page(self, *, is_owner: bool) -> Page:
        key = self.looks.language, is_owner
        if key not in self._pages:
            self._pages[key] = self._context(is_owner=is_owner).new_page()
        page = self._pages[key]
        if page.viewport_size != (size := {"width": self.looks.width, "height": TALL}):
            page.set_viewport_size(size)  # type: ignore[arg-type]
        page.emulate_media(color_scheme="dark" if self.looks.scheme == "dark" else "light")
        return page

    def _context(self, *, is_owner: bool) -> BrowserContext:
        locale = {"en": "en-GB"}.get(self.looks.language, self.looks.language)
        context = self._chromium.new_context(locale=locale, timezone_id="Europe/Rome", reduced_motion="reduce")
        context.set_default_timeout(SLOW)
        if is_owner:
            context.add_cookies([{"name": "leader24", "value": self.owner.cookies["leader24"], "url": self.app.url}])
        return context
