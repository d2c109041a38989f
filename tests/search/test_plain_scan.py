"""Search finds exactly what a plain scan of everything finds, after any changes."""

import random
import re
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from leader24.search import Entry, Index, create, switch
from leader24.search.words import fold
from tests.search import sizes
from tests.search.shop import NINE, Database, conversation, index_of

VOCABULARY = [
    *("sofa", "sofas", "sofà", "soft", "blue", "bluer", "table", "tavolo", "caffè", "caffe", "a", "the", "thé", "x"),
    *("40", "4000", "347", "22", "München", "order-12", "ordine", "d'Angelo"),
]
FEW = 5


@dataclass(frozen=True, slots=True)
class Sought:
    words: tuple[str, ...] = ()
    phrase: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    digits: str = ""
    start: str = ""

    def typed(self) -> str:
        parts = [*self.words, f'"{" ".join(self.phrase)}"' if self.phrase else "", *("-" + w for w in self.without)]
        return " ".join([*parts, self.digits, self.start])

    def fits(self, entry: Entry) -> bool:
        texts = [[fold(word) for word in re.findall(r"\w+", text.text)] for text in entry.texts]
        every = {word for text in texts for word in text}
        numbers = [re.sub(r"\D", "", phone) for phone in entry.phones]
        return (
            all(word in every for word in self.words)
            and any(has_neighbours(text, self.phrase) for text in texts)
            and not any(word in every for word in self.without)
            and (self.digits in every or any(self.digits in number for number in numbers))
            and (not self.start or any(word.startswith(self.start) for word in every))
        )


def has_neighbours(text: list[str], phrase: tuple[str, ...]) -> bool:
    return not phrase or any(tuple(text[i : i + len(phrase)]) == phrase for i in range(len(text)))


def random_sought(chance: random.Random) -> Sought:
    match chance.choice(["words", "start", "phrase", "without", "phone", "mixed"]):
        case "words":
            return Sought(words=letters(chance, 2))
        case "start":
            return Sought(start=beginning(chance))
        case "phrase":
            return Sought(words=letters(chance, 1), phrase=letters(chance, chance.randrange(2, 4)))
        case "without":
            return Sought(words=letters(chance, 2), without=letters(chance, 1))
        case "phone":
            return Sought(digits="".join(chance.choices("2347", k=chance.randrange(3, 6))))
        case _:
            return Sought(letters(chance, 1), letters(chance, 2), letters(chance, 1), start=beginning(chance))


def letters(chance: random.Random, number: int) -> tuple[str, ...]:
    """Words without digits: those may also be a piece of a phone number."""
    words = [fold(word) for word in VOCABULARY if word.isalpha()]
    return tuple(chance.choices(words, k=number))


def beginning(chance: random.Random) -> str:
    word = chance.choice([word for word in letters(chance, 9) if len(word) > 1] or ["blue"])
    return word[: chance.randrange(2, 5)]


def random_entry(chance: random.Random, id: int) -> Entry:
    messages = [" ".join(chance.choices(VOCABULARY, k=chance.randrange(1, 7))) for _ in range(chance.randrange(1, 4))]
    phone = "+39" + "".join(chance.choices("012347", k=9))
    at = NINE + timedelta(minutes=chance.randrange(50))
    return conversation(id, *messages, phone=phone, at=at, revision=chance.randrange(9))


def plain_scan(entries: Iterable[Entry], sought: Sought) -> list[int]:
    fitting = [entry for entry in entries if sought.fits(entry)]
    return [entry.id for entry in sorted(fitting, key=lambda e: (e.last_message_at, e.id), reverse=True)]


def change_something(chance: random.Random, database: Database, index: Index) -> None:
    changed = [random_entry(chance, chance.randrange(220)) for _ in range(chance.randrange(1, 6))]
    database.entries |= {entry.id: entry for entry in changed}
    index.add(changed)
    gone = chance.sample(sorted(database.entries), chance.randrange(3))
    index.remove(gone)
    for id in gone:
        del database.entries[id]


def states(chance: random.Random, database: Database, index: Index, root: Path) -> Iterator[int]:
    for number in range(sizes.SCANNED_ROUNDS):
        change_something(chance, database, index)
        if number % 20 == 19:
            switch(root, create(root, database.entries.values()))
            index.reopen()
        yield number


@pytest.mark.parametrize("seed", range(sizes.SCANNED_SEEDS))
def test_the_same_as_a_plain_scan(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    database = Database(*(random_entry(chance, n) for n in range(150)))
    compared = 0
    with closing(index_of(tmp_path, database)) as index:
        for _ in states(chance, database, index, tmp_path):
            assert index.revisions() == {id: entry.revision for id, entry in database.entries.items()}
            for _ in range(sizes.SCANNED_QUERIES):
                compared += same(index, random_sought(chance), database)
    assert compared > sizes.SCANNED_ROUNDS * sizes.SCANNED_QUERIES / 2


def same(index: Index, sought: Sought, database: Database) -> bool:
    """Whether there was something to compare: a forgiven typo finds what no scan does."""
    expected = plain_scan(database.entries.values(), sought)
    result = index.search(sought.typed(), limit=1000)
    if result.forgiven:
        assert not expected
        return False
    assert [hit.id for hit in result.hits] == expected, sought
    assert (result.count_at_most, result.is_complete) == (len(expected), True)
    few = index.search(sought.typed(), limit=FEW, allowed=range(0, 220, 3))
    assert [hit.id for hit in few.hits] == [id for id in expected if id % 3 == 0][:FEW]
    return True
