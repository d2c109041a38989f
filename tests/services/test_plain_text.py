"""What others write, before it is stored and shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leader24.models import Member
from leader24.services import detail, plain_text
from tests import factories

TURNED = "\u202eabc\u2069 \u2066def\u202c"
UNSEEN = ["", " ", "\u200b\u200d\ufeff", "\u3164", "\u2800 \u00ad", "\u202e\u2069", "\x00\x1b", "\u0301\ufe0f"]


def seen_by(member: Member, name: str) -> str:
    """How a customer is called who says that this is his name."""
    return detail.of(member.id, factories.listed("Hello", name=name)).contact.name


@pytest.mark.parametrize(
    "name", ["Zoë O'Neil", "<b>Ann</b>", "{{ 7 * 7 }}", "עדי", "👩‍👩‍👧", "نرگس\u200cها", "ㅋㅋ", "é", "e\u0301"]
)
def test_a_name_stays_as_it_is(ana: Member, name: str) -> None:
    assert seen_by(ana, name) == name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("  Ann\r\n\tLee ", "Ann Lee"),
        ("Ann\x00\x1b[31m", "Ann [31m"),
        ("Ann\u2028\u2029Lee", "Ann Lee"),
        (TURNED, "abc def"),
        ("A" * 300, "A" * 100),
    ],
)
def test_a_name_is_one_line_that_turns_nothing_over(ana: Member, name: str, shown: str) -> None:
    assert seen_by(ana, name) == shown


@pytest.mark.parametrize("name", UNSEEN)
def test_a_name_that_nobody_sees_is_none(ana: Member, name: str) -> None:
    assert seen_by(ana, name) == ""


@pytest.mark.parametrize("text", UNSEEN)
def test_a_text_that_nobody_sees_is_empty(text: str) -> None:
    assert plain_text.lines(text) == ""


def test_a_text_keeps_its_lines() -> None:
    assert plain_text.lines(" one\n\n  two\t\u202ethree ") == "one\n\n  two\t\u202ethree"


@given(st.text(st.characters()) | st.text("\u202e\u2069\ud83d\x00\u200b Aא\n"))
def test_whatever_is_written_can_be_stored(text: str) -> None:
    for made in (plain_text.line(text), plain_text.lines(text), plain_text.storable(text)):
        assert "\x00" not in made.encode().decode()
    line = plain_text.line(text)
    assert plain_text.line(line) == line == plain_text.without_turning(line) and "\n" not in line
