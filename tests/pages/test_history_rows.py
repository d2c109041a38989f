"""Messages as the history shows them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from leader24.models import Author, Delivery
from leader24.pages import history_rows
from leader24.services.detail import Line
from leader24.services.twilio_client import Place

pytestmark = pytest.mark.usefixtures("database")

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def line(text: str = "Hello", seq: int = 1, **more: Any) -> Line:
    return replace(Line(seq, Author.CUSTOMER, "", text, NOON + timedelta(minutes=seq)), **more)


def shown(text: str) -> tuple[str, str]:
    """What stands there at first, and what is shown when asked for."""
    pieces, rest = history_rows.folded(text)
    return _joined(pieces), _joined(rest)


def _joined(pieces: list[Any]) -> str:
    return "".join(piece if isinstance(piece, str) else piece["href"] for piece in pieces)


def hrefs(text: str) -> list[str]:
    return [piece["href"] for piece in history_rows.with_links(text) if isinstance(piece, dict)]


def test_what_is_plainly_a_web_address_is_a_link() -> None:
    assert hrefs("See https://oak.example/a?b=c#d, or (http://oak.example).") == [
        "https://oak.example/a?b=c#d",
        "http://oak.example",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "data:text/html,hello",
        "https://paypal.com@evil.example/login",
        "https://user:secret@evil.example",
        "https://[evil",
        "https:///evil",
        "//evil.example",
        "www.evil.example",
    ],
)
def test_what_could_mislead_stays_text(text: str) -> None:
    assert hrefs(text) == []
    assert _joined(history_rows.with_links(text)) == text


def test_a_long_text_is_folded_between_two_words() -> None:
    text = "twelve chairs " * 200
    first, rest = shown(text)
    assert first + rest == text
    assert len(first) <= history_rows.FOLDED_AT and rest.startswith(" ")


def test_so_is_one_of_many_lines() -> None:
    text = "\n".join(f"line {number}: twelve chairs" for number in range(100))
    first, rest = shown(text)
    assert first + rest == text
    assert len(first.split("\n")) == history_rows.FOLDED_LINES


def test_what_is_only_a_little_longer_is_not_folded() -> None:
    text = "x" * (history_rows.FOLDED_AT + 100)
    assert shown(text) == (text, "")


def test_no_link_is_cut_in_two_by_the_fold() -> None:
    link = "https://oak.example/" + "a" * 200
    text = "x" * (history_rows.FOLDED_AT - 50) + f" {link} " + "y" * 400
    pieces, rest = history_rows.folded(text)
    assert {"href": link} in rest and _joined(pieces) + _joined(rest) == text


def test_a_day_and_what_is_new_have_lines_of_their_own() -> None:
    lines = (line(seq=1), line(seq=2), line(seq=3, at=NOON + timedelta(days=1)))
    kinds = [row["kind"] for row in history_rows.history(lines, read_to=2)]
    assert kinds == ["day", "customer", "customer", "day", "unread", "customer"]


@pytest.mark.parametrize("read_to", [0, 3])
def test_nothing_divides_where_nothing_or_all_was_read(read_to: int) -> None:
    lines = (line(seq=1), line(seq=2), line(seq=3))
    assert "unread" not in [row["kind"] for row in history_rows.history(lines, read_to)]


def test_what_is_new_begins_in_one_piece_of_the_history_only() -> None:
    newest, earlier = (line(seq=101),), tuple(line(seq=seq) for seq in range(1, 101))
    assert "unread" not in [row["kind"] for row in history_rows.history(newest, read_to=50)]
    assert [row["kind"] for row in history_rows.history(earlier, read_to=50)].count("unread") == 1


def test_why_a_message_did_not_arrive_stands_under_it_in_words() -> None:
    failed = history_rows.message(line(author=Author.AGENT, delivery=Delivery.FAILED, problem="63016"))
    assert failed["meta"].endswith("not sent") and "24 hours" in failed["problem"]
    lost = history_rows.message(line(author=Author.AGENT, delivery=Delivery.UNCONFIRMED))
    assert lost["meta"].endswith("not confirmed") and "may have arrived" in lost["problem"]


def test_a_location_says_where_it_is_and_leads_to_a_map() -> None:
    row = history_rows.message(line("", place=Place(45.69601, -9.66721, "")))
    assert (row["text"], row["place"]["name"], row["place"]["where"]) == ([], "Location", "45.69601, -9.66721")
    assert row["place"]["href"].startswith("https://www.openstreetmap.org/?mlat=45.69601&mlon=-9.66721")


def test_a_message_without_anything_to_show_says_so() -> None:
    assert history_rows.message(line(""))["text"] == ["This kind of message cannot be shown here."]
