"""Phone numbers are found however they are typed."""

import pytest

from leader24.search import Text, parse, passage
from tests.search.conftest import Found
from tests.search.shop import conversation

ITALIAN, GERMAN = conversation(1, phone="+39 347 220 9184"), conversation(2, phone="+49 1511 2345678")

WRITINGS = [
    "347 220",
    "220 91",
    "347 2",
    "347 220 ",
    "3 4 7 2 2 0",
    "347-220",
    "347–220",
    "347.2209184",
    "347\u00a0220",
    "(347) 2209184",
    "+39 347",
    "+39347",
    "+39 (0)347",
    "+39 347 220 9184",
    "0039347",
    "0039 347 220",
    "9184",
]


@pytest.mark.parametrize("typed", WRITINGS)
def test_a_fragment_is_found_in_any_writing(found: Found, typed: str) -> None:
    assert found(typed, ITALIAN, GERMAN) == [1]


@pytest.mark.parametrize("kept", ["+39 347 220 9184", "+393472209184", "+39-347-2209184", "39 3472209184"])
def test_it_does_not_matter_how_the_number_is_kept(found: Found, kept: str) -> None:
    assert found("347 220", conversation(1, phone=kept)) == [1]


@pytest.mark.parametrize("typed", ["347 221", "9184 347", "220 347", "220–347", "+39 220", "0049 347", "91840"])
def test_other_digits_are_not_found(found: Found, typed: str) -> None:
    assert found(typed, ITALIAN, GERMAN) == []


def test_a_fragment_begins_at_three_digits(found: Found) -> None:
    assert found("184", ITALIAN, GERMAN) == [1]
    assert found("84", ITALIAN, GERMAN) == []


def test_a_fragment_stands_beside_words(found: Found) -> None:
    other = conversation(2, "a table", phone="+39 347 220 9184")
    assert found("sofa 347 220", conversation(1, "a sofa"), other) == [1]
    assert found("347 220 sofa", conversation(1, "a sofa"), other) == [1]


def test_a_fragment_can_be_excluded(found: Found) -> None:
    assert found("-347 220", ITALIAN, GERMAN) == [2]


def test_a_fragment_does_not_reach_from_one_number_into_the_next(found: Found) -> None:
    assert found("918439", conversation(1), conversation(2)) == []


def test_a_national_zero_stands_for_the_country(found: Found) -> None:
    assert found("01511 234", ITALIAN, GERMAN) == [2]


def test_a_plus_is_where_the_number_begins(found: Found) -> None:
    assert found("+347", ITALIAN) == []


def test_digits_are_words_too(found: Found) -> None:
    assert found("81924865", conversation(1, "order 81924865")) == [1]
    assert found("40 chairs", conversation(1, "40 chairs"), conversation(2, "40 tables")) == [1]


def test_the_whole_number_is_marked() -> None:
    where = passage(parse("347 22"), [Text("title", "Kitchen"), Text("phone", "+39 347 220")])
    assert where and where.text.kind == "phone"
    assert [where.excerpt[first:last] for first, last in where.marks] == ["+39 347 220"]
