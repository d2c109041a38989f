"""What a visitor writes and reads."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from starlette.testclient import TestClient

from leader24 import clock, db
from leader24.models import Author, Contact, Identity, Message, Source
from tests.widget.visitor import KEY, SERVER, SITE, Visitor, answer, stored_texts


def test_a_message_is_stored_for_a_visitor_whose_token_is_not(visitor: Visitor) -> None:
    visitor.write("Do you deliver?", page="https://oak.example/chairs", language="it")
    with db.read() as session:
        message = session.scalars(select(Message)).one()
        assert (message.text, message.source, message.page) == (
            "Do you deliver?",
            Source.WIDGET,
            "https://oak.example/chairs",
        )
        assert session.scalars(select(Identity.external_id)).one() == visitor.hash
        assert session.scalars(select(Contact.language)).one() == "it"
        assert visitor.token not in message.external_id


def test_the_same_message_sent_again_is_the_first_one(visitor: Visitor) -> None:
    first, again = visitor.write("Hello").json(), visitor.write("Hello, changed").json()
    assert first == again and stored_texts() == ["Hello"]


def test_two_visitors_may_use_the_same_name_for_a_message(client: TestClient, visitor: Visitor) -> None:
    other = Visitor(client, "B" * 43)
    visitor.write("from A")
    other.write("from B")
    assert visitor.texts() == ["from A"] and other.texts() == ["from B"]


def test_the_panel_gets_who_wrote_what_and_its_own_names_back(visitor: Visitor) -> None:
    visitor.write("Can I talk to a person?", id="b" * 16)
    answer("I am asking Marta.")
    answer("Here I am.", Author.MEMBER, "Marta")
    seen = [(message["author"], message["name"], message["text"]) for message in visitor.reads()]
    assert seen == [
        ("customer", "", "Can I talk to a person?"),
        ("agent", "Sofia", "I am asking Marta."),
        ("member", "Marta", "Here I am."),
    ]
    assert visitor.reads()[0]["id"] == "b" * 16


def test_reading_goes_on_after_what_was_seen(visitor: Visitor) -> None:
    seen = visitor.write("one").json()["seq"]
    visitor.write("two", id="b" * 16)
    assert [message["text"] for message in visitor.reads(after=seen)] == ["two"]


def test_a_new_conversation_stays_the_same_talk_for_the_visitor(visitor: Visitor) -> None:
    with clock.shifted(-timedelta(days=40)):
        visitor.write("last month")
    with db.write() as session:
        session.execute(text("UPDATE conversation SET last_message_at = '2026-01-01 00:00:00'"))
    visitor.write("today", id="b" * 16)
    with db.read() as session:
        assert len(set(session.scalars(select(Message.conversation_id)))) == 2
    assert visitor.texts() == ["last month", "today"]


def test_markup_is_kept_as_text(visitor: Visitor) -> None:
    visitor.write("<img src=x onerror=alert(1)>")
    assert visitor.texts() == ["<img src=x onerror=alert(1)>"]


def test_a_visitor_whom_nobody_knows_reads_nothing(client: TestClient, visitor: Visitor) -> None:
    visitor.write()
    stranger = Visitor(client, "B" * 43)
    for path in ("/widget/messages", "/widget/events"):
        refused = client.get(path, headers=stranger.headers)
        assert (refused.status_code, refused.json()) == (401, {"error": "unknown_visitor"})


GOOD = {"key": KEY, "id": "a" * 16, "text": "x"}


@pytest.mark.parametrize(
    ("status", "code", "headers", "body"),
    [
        (403, "origin_not_allowed", {"Origin": SITE}, GOOD),
        (403, "origin_not_allowed", {"Origin": ""}, GOOD),
        (404, "unknown_key", {}, GOOD | {"key": "wrong"}),
        (413, "too_large", {}, GOOD | {"text": "x" * 50_000}),
        (422, "wrong_request", {"Authorization": "Bearer short"}, GOOD),
        (422, "wrong_request", {}, GOOD | {"text": ""}),
        (422, "wrong_request", {}, GOOD | {"text": " \n"}),
        (422, "wrong_request", {}, GOOD | {"text": "\x00\u200b"}),
        (422, "wrong_request", {}, GOOD | {"text": "x" * 2001}),
        (422, "wrong_request", {}, GOOD | {"id": "a:b"}),
        (422, "wrong_request", {}, {}),
    ],
)
def test_what_is_wrong_is_refused_and_not_stored(
    client: TestClient, visitor: Visitor, status: int, code: str, headers: dict[str, str], body: dict[str, str]
) -> None:
    refused = client.post("/widget/messages", json=body, headers=visitor.headers | headers)
    assert (refused.status_code, refused.json()) == (status, {"error": code})
    assert stored_texts() == []


def test_without_the_database_the_browser_is_asked_to_come_back(client: TestClient, visitor: Visitor) -> None:
    with db.write() as session:
        session.execute(text("ALTER TABLE message RENAME TO away"))
    refused = visitor.write("keep me")
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
    with db.write() as session:
        session.execute(text("ALTER TABLE away RENAME TO message"))
    assert visitor.write("keep me").status_code == 200 and visitor.texts() == ["keep me"]


def test_what_was_said_is_not_kept_by_caches(client: TestClient, visitor: Visitor) -> None:
    assert visitor.write().headers["Cache-Control"] == "no-store"
    history = client.get("/widget/messages", headers=visitor.headers | {"Origin": SERVER})
    assert history.headers["Cache-Control"] == "no-store"
