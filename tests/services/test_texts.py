"""What people type, made fit to be stored and sent."""

import pytest

from leader24.services import texts


def test_what_nobody_meant_to_type_is_left_out() -> None:
    assert texts.clean(" \x00one\x07\r\ntwo\t\x7f three \ud83d 👍🏽 ") == "one\ntwo\t three  👍🏽"


def test_marks_that_writing_needs_stay() -> None:
    assert texts.clean("👨\u200d👩\u200d👧 \u200eשלום") == "👨\u200d👩\u200d👧 \u200eשלום"


def test_a_short_text_is_one_piece() -> None:
    assert texts.pieces("x" * 10, 10) == ["x" * 10]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("one two.\nthree\n\nfour", ["one two.\nthree", "four"]),
        ("one two. three\nfour", ["one two. three", "four"]),
        ("one, two. three four", ["one, two.", "three four"]),
        ("one two three four", ["one two three", "four"]),
        ("x" * 35, ["x" * 16, "x" * 16, "xxx"]),
        ("a bcdefghijklmnopqrst", ["a bcdefghijklmno", "pqrst"]),
    ],
)
def test_a_long_text_is_cut_where_it_hurts_least(text: str, pieces: list[str]) -> None:
    assert texts.pieces(text, 16) == pieces


@pytest.mark.parametrize("text", ["word " * 3000, "x" * 10_000, "One. Two!\n\nThree\n" * 500, "x" + "\n" * 4000 + "x"])
def test_nothing_is_lost_and_no_piece_is_too_long(text: str) -> None:
    pieces = texts.pieces(text, 1600)
    assert all(0 < len(piece) <= 1600 for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())
