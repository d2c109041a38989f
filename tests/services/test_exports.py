"""Conversations to take away: everything that is stored of them, for owners, and it is noted who took them."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from leader24 import changes, clock, db
from leader24.models import Activity, Conversation, Member, Record
from leader24.services import attachments, bin, conversations, exports, notes, tags
from leader24.services.downloads import File
from leader24.services.twilio_client import Media
from tests import factories
from tests.fakes.files import JPEG

pytestmark = pytest.mark.usefixtures("database")

DOCUMENT = Path(__file__).parent.parent.parent / "docs" / "export.md"


def exported(member: Member, *ids: int) -> list[dict[str, Any]]:
    document = json.loads("".join(exports.as_json(member.id, ids)))
    assert (document["format"], document["version"]) == ("leader24.conversations", 1)
    assert document["exported_at"] <= clock.now().isoformat()
    return list(document["conversations"])


def noted(conversation_id: int | None) -> list[tuple[int | None, dict[str, Any]]]:
    query = select(Activity).where(Activity.conversation_id == conversation_id, Activity.kind == "exported")
    with db.read() as session:
        return [(each.member_id, each.details) for each in session.scalars(query)]


def full(member: Member) -> int:
    """With everything that there can be."""
    media = (Media("https://api.twilio.example/1", "image/jpeg"),)
    conversation_id = factories.listed(
        "Quanto costa? “Rovere” 🪑", name="Maria", raw={"Body": "Quanto costa?"}, media=media
    )
    (claim,) = attachments.claim_due()
    attachments.fetch_safely(claim, lambda url: File(JPEG, "kitchen.jpg"))
    tags.add(member.id, conversation_id, "kitchen")
    notes.add(member.id, conversation_id, "Called her.")
    conversations.mark_read(member.id, conversation_id)
    return conversation_id


def keys(value: Any) -> Iterator[str]:
    """Of all that is in it; what the outside world wrote stays closed."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield key
            yield from () if key in ("raw", "details") else keys(each)
    elif isinstance(value, list):
        for each in value:
            yield from keys(each)


def test_everything_of_a_conversation_is_in_it(ana: Member) -> None:
    conversation_id = full(ana)
    (one,) = exported(ana, conversation_id)
    assert (one["id"], one["title"], one["status"], one["score"]) == (conversation_id, "Oak chairs", "Info Only", 80)
    assert one["contact"]["name"] == "Maria" and one["contact"]["identities"][0]["source"] == "widget"
    assert [each["name"] for each in one["tags"]] == ["kitchen"]
    assert [each["text"] for each in one["messages"]] == ["Quanto costa? “Rovere” 🪑", "The oak chair is €148."]
    assert one["messages"][0]["raw"] == {"Body": "Quanto costa?"}
    (file,) = one["messages"][0]["attachments"]
    assert (file["name"], file["size"], file["found_type"]) == ("kitchen.jpg", len(JPEG), "image/jpeg")
    assert "content" not in file and one["messages"][1]["attachments"] == []
    assert one["reviews"][0]["grades"][0]["quote"] == "oak"
    assert (one["notes"][0]["text"], one["notes"][0]["member"]) == ("Called her.", "Ana")
    assert [each["kind"] for each in one["activities"]] == ["reviewed", "tag_added", "note_added", "exported"]
    assert one["readings"] == [{"member": "Ana", "version": 2}]


def test_no_table_that_belongs_to_conversations_is_forgotten() -> None:
    """But for what a member has begun to write, and how far the export looks after itself."""
    belongs = {
        table.name
        for table in Record.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name == "conversation"
    }
    with_messages = {
        table.name
        for table in Record.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name == "message"
    }
    assert with_messages == {"attachment"}
    assert belongs - {"draft"} == {"message", "review", "conversation_tag", "note", "reading", "activity"}


def test_every_field_is_explained(ana: Member) -> None:
    named = set(re.findall(r"`(\w+)`", DOCUMENT.read_text(encoding="utf-8")))
    assert set(keys(exported(ana, full(ana)))) - named == set()


def test_of_many_the_order_stays_and_what_is_gone_is_left_out(ana: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "AT_ONCE", 2)
    made = [factories.listed("oak") for _ in range(5)]
    bin.delete(ana.id, made[1])
    hidden = factories.received().conversation_id
    wanted = [made[4], made[0], 999, made[1], hidden, made[2]]
    assert [each["id"] for each in exported(ana, *wanted)] == [made[4], made[0], made[2]]
    assert [each.id for each in exports.as_values(ana.id, wanted)] == [made[4], made[0], made[2]]


def test_nothing_to_export_is_a_whole_document_too(ana: Member) -> None:
    assert exported(ana) == [] and list(exports.as_values(ana.id, [])) == []


def test_it_is_noted_who_took_which_away(ana: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = factories.listed("oak"), factories.listed("elm")
    told: list[int] = []
    monkeypatch.setattr(changes, "publish", told.append)
    exports.as_values(ana.id, [first])
    assert noted(first) == [(ana.id, {"as": "text"})] and noted(None) == []
    exports.as_json(ana.id, [first, second])
    assert noted(first)[1:] == noted(second) == [(ana.id, {"as": "json"})]
    assert noted(None) == [(ana.id, {"as": "json", "count": 2})]
    assert told == [first, first, second]


def test_a_whole_history_is_in_the_values(ana: Member) -> None:
    texts = [f"message {number}" for number in range(150)]
    conversation_id = factories.listed(*texts)
    (one,) = exports.as_values(ana.id, [conversation_id])
    assert [line.text for line in one.history.lines if line.seq][:150] == texts
    with db.read() as session:
        assert session.get_one(Conversation, conversation_id).version == 151
