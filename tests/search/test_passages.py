"""Hits say where they matched."""

from collections.abc import Iterable

from leader24.search import Text, parse, passage
from tests.search.conftest import Indexed
from tests.search.shop import conversation


def marked(typed: str, texts: Iterable[Text]) -> tuple[int | None, list[str]]:
    where = passage(parse(typed), texts)
    assert where
    return where.text.id, [where.excerpt[first:last] for first, last in where.marks]


def test_a_word_is_marked_as_it_is_written() -> None:
    texts = Text("title", "Kitchen"), Text("message", "Il Caffè è buono", 7)
    assert marked("caff", texts) == (7, ["Caffè"])


def test_accents_written_as_letters_of_their_own_are_marked_with_the_word() -> None:
    assert marked("cafes", [Text("message", "two cafe\u0301s", 1)]) == (1, ["cafe\u0301s"])


def test_the_text_with_most_of_the_words_is_shown() -> None:
    texts = [Text("message", "a sofa, a sofa", 1), Text("message", "a blue sofa", 2), Text("message", "blue sofa", 3)]
    assert marked("blue sofa", texts) == (2, ["blue", "sofa"])


def test_a_phrase_is_shown_where_it_stands() -> None:
    texts = [Text("message", "a sofa, a blue one", 1), Text("message", "the blue sofa", 2)]
    assert marked('"blue sofa"', texts) == (2, ["blue", "sofa"])


def test_a_long_text_is_cut_around_the_first_mark() -> None:
    where = passage(parse("sofa"), [Text("message", "x" * 500 + " sofa " + "y" * 500)])
    assert where and where.excerpt == "x" * 49 + " sofa " + "y" * 105


def test_a_forgiven_typo_is_marked_as_found(indexed: Indexed) -> None:
    entry = conversation(1, "un preventivo")
    query = indexed(entry).search("preventvo ").query
    where = passage(query, entry.texts)
    assert where and where.marks == ((3, 13),)


def test_where_nothing_matches_there_is_no_passage() -> None:
    assert passage(parse("sofa"), [Text("message", "a table")]) is None
    assert passage(parse("sofa"), []) is None
