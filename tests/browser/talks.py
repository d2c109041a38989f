"""Conversations to look at, made in the application's database by the real verbs, and members who look at them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from typing import Any

from httpx import Client
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import select, update

from leader24 import clock, db
from leader24.models import Conversation, Message, Source, Status
from leader24.pages.open_pages import COOKIE
from leader24.services import conversations, messages, titles, twilio_client
from leader24.services.rubric import Dimension, Grade
from tests import factories
from tests.browser.conftest import PATIENCE
from tests.fakes.fake_twilio import inbound
from tests.pages.people import id_of, opened
from tests.server import App

_numbers = count(1000)


class Looker:
    """A member with an open browser; notes what goes wrong in it."""

    def __init__(self, page: Page, app: App) -> None:
        self.page, self.app = page, app
        self.problems: list[str] = []
        page.on("pageerror", lambda error: self.problems.append(str(error)))

    def opens(self, conversation_id: int) -> "Looker":
        """By its link."""
        self.page.goto(f"{self.app.url}/conversations/{conversation_id}")
        self.page.locator(".l24-bar h2").wait_for()
        self.page.wait_for_function("window.did_handshake")
        return self

    @property
    def title(self) -> Locator:
        return self.page.locator(".l24-bar h2")

    @property
    def status(self) -> Locator:
        return self.page.locator(".l24-status-button")

    @property
    def side(self) -> Locator:
        return self.page.locator(".l24-side")

    @property
    def note(self) -> Locator:
        """Where one is written."""
        return self.page.get_by_role("textbox", name="Internal note")

    @property
    def dialog(self) -> Locator:
        return self.page.locator(".l24-dialog")

    def renames(self, title: str) -> None:
        self.page.get_by_role("button", name="Change the title").click()
        self.page.get_by_label("Title", exact=True).fill(title)
        self.page.keyboard.press("Enter")

    def adds_note(self, text: str) -> None:
        self.page.get_by_role("button", name="Add note").click()
        self.note.fill(text)
        self.page.get_by_role("button", name="Save note").click()
        expect(self.side.locator(".l24-note").filter(has_text=text)).to_have_count(1)

    def in_menu(self, button: str, item: str) -> None:
        self.page.locator(".l24-bar").get_by_role("button", name=button, exact=True).click()
        self.page.locator(".l24-menu").get_by_role("button", name=item, exact=True).click()

    def is_told(self, text: str) -> Locator:
        toast = self.page.locator(".l24-toast").filter(has_text=text).last
        expect(toast).to_be_visible()
        return toast

    def undoes(self, text: str) -> None:
        """What the page has just said to be done."""
        self.is_told(text).get_by_role("button", name="Undo").click()
        self.is_told("Undone")

    def number(self) -> int:
        """Of the conversation in the address."""
        return int(self.page.url.partition("/conversations/")[2].partition("?")[0])


@contextmanager
def looking(chromium: Browser, app: App, member: Client, **options: Any) -> Iterator[Looker]:
    """In a browser of its own, signed in as that member."""
    context = chromium.new_context(
        **{"viewport": {"width": 1440, "height": 900}, "timezone_id": "Europe/Rome"} | options
    )
    context.set_default_timeout(PATIENCE)
    context.add_cookies([{"name": COOKIE, "value": member.cookies[COOKIE], "url": app.url}])
    looker = Looker(context.new_page(), app)
    yield looker
    context.close()
    assert not looker.problems, looker.problems


@contextmanager
def _made_in(app: App) -> Iterator[None]:
    """What is made in it stays as it is: the application's agent answers nobody."""
    with opened(app):
        yield
        with db.write() as session:
            session.execute(update(Conversation).values(answer_due_at=None))


def talk(app: App, length: int = 4, **verdict: Any) -> int:
    """A reviewed conversation of so many messages, a minute apart, the last of them a moment ago."""
    with _made_in(app):
        return _talk(length, **verdict)


def talk_on_whatsapp(app: App, *forms: dict[str, str], phone: str = "") -> int:
    """A reviewed one, of messages that came by these forms; of somebody new unless `phone` says otherwise."""
    phone = phone or f"+39347220{next(_numbers)}"
    sender = f"whatsapp:{phone}"
    with _made_in(app):
        for form in forms:
            text = form.get("Body", "")
            raw, his = inbound(text, sender) | form, {"sender": sender, "name": "Chiara", "phone": phone}
            media = twilio_client.contents(raw).media
            stored = factories.received(text, source=Source.WHATSAPP, raw=raw, media=media, **his)
        factories.reviewed(stored.conversation_id)
        return stored.conversation_id


def talk_in_two_reviews(app: App, member: str = "Ana") -> int:
    """A member has set status and title; a later review would have both otherwise."""
    with _made_in(app):
        conversation_id, me = _talk(4, title="Oak chairs"), id_of(app, member)
        conversations.change_status(me, conversation_id, Status.CONTACTED)
        titles.change(me, conversation_id, "Maria's chairs", "Oak chairs")
        with clock.shifted(timedelta(seconds=1)):
            factories.reviewed(conversation_id, title="Six oak chairs", status=Status.FOLLOW_UP)
        return conversation_id


def continued(app: App, conversation_id: int, *texts: str) -> None:
    with _made_in(app):
        for text in texts:
            factories.received(text, sender=factories.sender_of(conversation_id))


def read_by(app: App, name: str, conversation_id: int) -> None:
    with opened(app):
        conversations.mark_read(id_of(app, name), conversation_id)


def _talk(length: int, **verdict: Any) -> int:
    begin = clock.now() - timedelta(minutes=length)
    first = factories.arrival("message 1: hello")
    arrivals = [factories.arrival(f"message {seq}: twelve oak chairs", sender=first.sender) for seq in range(2, length)]
    with clock.at(begin):
        (stored, *_) = messages.receive([first, *arrivals])
    with db.write() as session:
        mine = select(Message).where(Message.conversation_id == stored.conversation_id)
        for message in session.scalars(mine):
            message.received_at = begin + timedelta(minutes=message.seq)
    factories.answered(stored.conversation_id, "The oak chair is €148.")
    grades = (
        Grade(Dimension.RESOLVED, 4, length, "oak chair", "Answered."),
        Grade(Dimension.TONE, 3, 1, "hello", "Polite."),
    )
    factories.reviewed(stored.conversation_id, **{"grades": grades} | verdict)
    return stored.conversation_id
