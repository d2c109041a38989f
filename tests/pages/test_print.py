"""A conversation as a page to print."""

import re

from httpx import Client

from leader24.models import Source
from leader24.services import conversations, notes, tags, titles
from leader24.services.twilio_client import Media
from tests import factories
from tests.pages.people import id_of, opened
from tests.server import App


def listed(app: App, *texts: str, title: str = "Oak chairs") -> int:
    with opened(app):
        return factories.listed(*texts, title=title, name="Maria", phone="+393472209184")


def test_all_of_it_stands_on_one_plain_page(app: App, owner: Client) -> None:
    conversation_id = listed(app, *(f"message {number}." for number in range(150)))
    with opened(app):
        notes.add(id_of(app, "Ana"), conversation_id, "Called her.")
        tags.add(id_of(app, "Ana"), conversation_id, "kitchen")
    page = owner.get(f"/conversations/{conversation_id}/print").text
    assert all(f"message {number}." in page for number in range(150))
    for text in ("<h1>Oak chairs</h1>", "Maria", "+39 347 220 9184", "kitchen", "Sofia, AI agent", "Info Only"):
        assert text in page
    assert "<script" not in page and "http" not in page


def test_what_the_team_says_is_apart_from_what_can_be_handed_on(app: App, owner: Client) -> None:
    conversation_id = listed(app, "Hello")
    with opened(app):
        notes.add(id_of(app, "Ana"), conversation_id, "Difficult.")
        titles.change(id_of(app, "Ana"), conversation_id, "Maria", "Oak chairs")
    said, _, internal = owner.get(f"/conversations/{conversation_id}/print").text.partition("For your team only")
    assert "Hello" in said and "Difficult." not in said and "changed the title" not in said
    assert "Difficult." in internal and "Quality score: good" in internal


def test_what_customers_write_is_text(app: App, owner: Client) -> None:
    evil = "</style><script>alert(1)</script><img src=x onerror=alert(1)>"
    conversation_id = listed(app, evil, title=evil)
    page = owner.get(f"/conversations/{conversation_id}/print").text
    assert not re.search(r"<(script|img)", page) and page.count("</style>") == 1
    assert "&lt;script&gt;" in page


def test_it_is_in_the_members_language(app: App, owner: Client) -> None:
    conversation_id = listed(app, "Hello")
    app.execute("UPDATE member SET language = 'it'")
    try:
        page = owner.get(f"/conversations/{conversation_id}/print").text
    finally:
        app.execute("UPDATE member SET language = 'en'")
    assert '<html lang="it">' in page and "Messaggi" in page and "Nota di" not in page


def test_what_is_not_to_be_seen_is_said_in_the_dashboard(app: App, owner: Client) -> None:
    with opened(app):
        hidden = factories.received("Hello").conversation_id
    for number in (str(hidden), "99999", "0", "x", "9" * 30):
        answer = owner.get(f"/conversations/{number}/print")
        assert answer.status_code == 303
        assert answer.headers["location"] in (f"/conversations/{number}", "/")


def test_it_is_for_members_only(app: App, owner: Client, stranger: Client) -> None:
    answer = stranger.get("/conversations/1/print")
    assert (answer.status_code, answer.headers["location"]) == (303, "/login?next=/conversations/1/print")
    conversation_id = listed(app, "Hello")
    with opened(app):
        conversations.mark_read(id_of(app, "Ana"), conversation_id)
    assert app.add_member().get(f"/conversations/{conversation_id}/print").status_code == 200


def test_files_are_named_on_paper(app: App, owner: Client) -> None:
    with opened(app):
        media = (Media("https://twilio.invalid/1", "image/jpeg"),)
        stored = factories.received("Our kitchen", source=Source.WHATSAPP, media=media)
        factories.reviewed(stored.conversation_id)
    page = owner.get(f"/conversations/{stored.conversation_id}/print").text
    assert "Our kitchen" in page and "Photo · Is being fetched…" in page
