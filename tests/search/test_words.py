"""What a member types, and the conversations that he sees for it."""

import pytest

from leader24.search.words import one_typo_away
from tests.search.conftest import Found, Indexed
from tests.search.shop import conversation


def test_newest_come_first(found: Found) -> None:
    assert found("hello", *(conversation(n, "hello") for n in (2, 3, 1))) == [3, 2, 1]


@pytest.mark.parametrize("typed", ["caffè", "CAFFE", "ＣＡＦＦＥ", "caf", "ca", "Caffè ", "caffe*"])
def test_accents_case_width_and_the_rest_of_the_word_do_not_matter(found: Found, typed: str) -> None:
    assert found(typed, conversation(1, "Vorrei un caffè"), conversation(2, "un tè")) == [1]


def test_only_the_last_word_may_go_on(found: Found) -> None:
    assert found("mar ros", conversation(1, "Mario Rossi")) == []
    assert found("mario ros", conversation(1, "Mario Rossi")) == [1]
    assert found("ros ", conversation(1, "Mario Rossi")) == []


def test_every_word_must_be_there_in_whichever_text(found: Found) -> None:
    assert found("sofa monday", conversation(1, "a sofa", "on monday"), conversation(2, "a sofa")) == [1]


def test_nothing_typed_finds_everything(found: Found) -> None:
    assert found("", conversation(1, "sofa"), conversation(2, "table")) == [2, 1]


@pytest.mark.parametrize("typed", ['"blue sofa"', "“blue sofa”", '"blue sofa', '"BLUE  sofa"'])
def test_a_phrase_is_neighbouring_words_of_one_text(found: Found, typed: str) -> None:
    entries = conversation(1, "the blue sofa"), conversation(2, "sofa blue"), conversation(3, "blue", "sofa")
    assert found(typed, *entries) == [1]


def test_all_of_several_phrases_must_be_there(found: Found) -> None:
    entries = conversation(1, "the blue sofa", "on monday"), conversation(2, "the blue sofa", "monday on")
    assert found('"on monday" "blue sofa"', *entries) == [1]


def test_words_and_phrases_can_be_excluded(found: Found) -> None:
    entries = conversation(1, "blue sofa"), conversation(2, "sofa blue"), conversation(3, "red sofa")
    assert found("sofa -red", *entries) == [2, 1]
    assert found('sofa -"blue sofa"', *entries) == [3, 2]
    assert found("-red", *entries) == [2, 1]


@pytest.mark.parametrize("typed", ["preventvo", "prevnetivo", "preventxivo", "prexentivo"])
def test_a_typo_is_forgiven_and_said_when_nothing_matches(indexed: Indexed, typed: str) -> None:
    result = indexed(conversation(1, "un preventivo"), conversation(2, "altro")).search(typed)
    assert [hit.id for hit in result.hits] == [1]
    assert result.forgiven == ((typed, "preventivo"),)


def test_of_several_words_that_a_typo_may_mean_the_most_frequent_is_said(indexed: Indexed) -> None:
    entries = conversation(1, "card"), conversation(2, "cart"), conversation(3, "cart")
    result = indexed(*entries).search("carx ")
    assert [hit.id for hit in result.hits] == [3, 2, 1]
    assert result.forgiven == (("carx", "cart"),)


def test_no_typo_is_forgiven_when_something_matches(found: Found) -> None:
    assert found("card", conversation(1, "card"), conversation(2, "cart")) == [1]


def test_a_typo_is_one_letter_left_out_added_mistaken_or_swapped() -> None:
    assert {"crad", "cad", "cards", "cart", "cxard"} <= one_typo_away("card", "abcdefghijklmnopqrstuvwxyz")


def test_other_filters_leave_a_set_of_conversations_or_answer_for_a_list(found: Found) -> None:
    entries = [conversation(n, "hello") for n in range(1, 60)]
    assert found("hello", *entries, limit=3, allowed={4, 8, 90}) == [8, 4]
    assert found("hello", *entries, limit=3, allowed=lambda ids: [id for id in ids if id % 2 == 0]) == [58, 56, 54]
