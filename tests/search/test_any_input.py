"""Whatever is typed or pasted into the bar is an ordinary search."""

import random

import pytest

from leader24.search import Hit, parse, passage
from leader24.search.words import fold
from tests.search import sizes
from tests.search.conftest import Indexed
from tests.search.shop import NINE, conversation

STRANGE = [
    *("", " ", "*", '"', '""', "((", "-", "--", '-"', "+", "+(", "(0)", "%", "_", "AND OR NOT", "title:foo~2 [a TO b]"),
    *("' OR 1=1 --", "\0", "a\0b", "\ud800", "0", "00", "000", "00 00 00", "²³", "½", "٣", "௧௨௩", "مرحبا ١٢٣٤", "שלום"),
    *("😀😀", "İ", "ß", "ﬃ", "\u0301", "\u034f", "x" * 10_000, "a " * 5_000, "1 " * 5_000, "1-" * 5_000 + "a"),
    *("-" * 500, '"' * 500, "(" * 500 + "1"),
]
ALPHABET = 'ab12 "-+*()./\0é😀٣ß'


@pytest.mark.parametrize("typed", STRANGE, ids=lambda typed: ascii(typed[:20]))
def test_strange_input_is_an_ordinary_search(indexed: Indexed, typed: str) -> None:
    entries = [conversation(n, "hello 42 ½ ß") for n in range(3)]
    index = indexed(*entries)
    index.search(typed, before=Hit(1, NINE))
    passage(parse(typed), entries[0].texts)


def test_random_input_never_fails(indexed: Indexed) -> None:
    index = indexed(*(conversation(n, "hello 42 ½ ß") for n in range(3)))
    chance = random.Random(1)
    for _ in range(sizes.RANDOM_QUERIES):
        typed = "".join(random_letter(chance) for _ in range(chance.randrange(40)))
        index.search(typed)
        passage(parse(typed), conversation(1, typed).texts)
        assert fold(fold(typed)) == fold(typed)


def test_any_text_can_be_indexed(indexed: Indexed) -> None:
    chance = random.Random(2)
    texts = STRANGE + ["".join(random_letter(chance) for _ in range(60)) for _ in range(200)]
    index = indexed(*(conversation(n, text) for n, text in enumerate(texts)))
    assert len(index.revisions()) == len(texts)


def random_letter(chance: random.Random) -> str:
    return chance.choice(ALPHABET) if chance.random() < 0.9 else chr(chance.randrange(0x110000))
