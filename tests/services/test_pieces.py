"""A long text in pieces that can be sent one after the other."""

import pytest

from leader24.services import pieces


def test_a_short_text_is_one_piece() -> None:
    assert pieces.of("x" * 10, 10) == ["x" * 10]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("one two.\nthree\n\nfour", ["one two.\nthree", "four"]),
        ("one two. three\nfour", ["one two. three", "four"]),
        ("one, two. three four", ["one, two.", "three four"]),
        ("one two three four", ["one two three", "four"]),
        ("x" * 35, ["x" * 16, "x" * 16, "xxx"]),
        ("a bcdefghijklmnopqrst", ["a bcdefghijklmno", "pqrst"]),
    ],
)
def test_a_long_text_is_cut_where_it_hurts_least(text: str, cut: list[str]) -> None:
    assert pieces.of(text, 16) == cut


@pytest.mark.parametrize(
    "text", ["word " * 3000 + "end", "x" * 10_000, "One. Two!\n\nThree\n" * 500 + "x", "x" + "\n" * 4000 + "x"]
)
def test_nothing_is_lost_and_no_piece_is_too_long(text: str) -> None:
    found = pieces.of(text, 1600)
    assert all(0 < len(piece) <= 1600 for piece in found)
    assert "".join("".join(found).split()) == "".join(text.split())
