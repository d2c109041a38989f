"""A Whoosh segment read as sets of conversations: whole numbers whose bits, from the highest, stand for
its conversations from the newest. AND, OR and NOT of 100,000 conversations then take microseconds, where
Whoosh's own matchers, stepping from posting to posting in Python, take tenths of a second."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate, islice
from typing import Any

from leader24.search.store import SCHEMA, Private, SegmentReader, W3Segment, damage_named, digests
from leader24.search.words import START_LENGTHS

DIGITS = bytes.maketrans(b"\0\1", b"01")
CACHED_TERMS = 400
MOST_COMPLETIONS = 2000
SMALL = 500  # conversations, whose words are kept in memory: a typo asks for hundreds of words of every segment


class Segment:
    """Immutable, but for its cache; what was deleted since is known to the Index. Place 0 is the newest."""

    def __init__(self, folder: str, segment: W3Segment) -> None:
        self._storage = Private(folder)
        self._cache: dict[tuple[str, str], int] = {}
        try:
            with damage_named(segment.segment_id()):
                if segment.digests != digests(self._storage, segment):
                    raise ValueError("files differ from what was written")
                self._reader = SegmentReader(self._storage, SCHEMA, segment)
                self._load(segment.doc_count_all())
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self._storage.opened.close()

    def all_but(self, docnums: Iterable[int]) -> int:
        return self.everything & ~self._bits(self._places[docnum] for docnum in docnums)

    def among(self, ids: frozenset[int]) -> int:
        return int(bytes(map(ids.__contains__, self.ids)).translate(DIGITS), 2) if self.size else 0

    def docnum_of(self, id_: int) -> int | None:
        at = bisect_left(self._by_id, id_, key=self.ids.__getitem__)
        place = self._by_id[at] if at < self.size else None
        return self.docnums[place] if place is not None and self.ids[place] == id_ else None

    def older_than(self, time: int, id_: int) -> int:
        first = bisect_right(range(self.size), (-time, -id_), key=lambda place: (-self.times[place], -self.ids[place]))
        return (1 << (self.size - first)) - 1

    def having(self, field: str, word: str) -> int:
        """The conversations with the word (field "words"), with a word beginning so ("starts"), with neighbouring
        words in this bucket ("pairs") or with the fragment in a phone number ("phones")."""
        if (field, word) not in self._cache:
            if len(self._cache) == CACHED_TERMS:
                self._cache.clear()
            with damage_named(word):
                self._cache[field, word] = self._look_up(field, word)
        return self._cache[field, word]

    def knows(self, word: str) -> bool:
        if self.size <= SMALL:
            return word.encode() in self._vocabulary
        with damage_named(word):
            return ("words", word) in self._reader

    def newest(self, bits: int) -> Iterator[tuple[int, int]]:
        return ((self.times[place], self.ids[place]) for place in self.places(bits))

    def places(self, bits: int) -> Iterator[int]:
        flags = format(bits, f"0{self.size}b")
        place = flags.find("1")
        while place >= 0:
            yield place
            place = flags.find("1", place + 1)

    def _load(self, size: int) -> None:
        ids, times, revisions = self._numbers("id"), self._numbers("last_message_at"), self._numbers("revision")
        phones = list(self._column("phones"))
        if not len(ids) == len(times) == len(revisions) == len(phones) == size:
            raise ValueError("columns differ in length")
        self.size, self.everything = size, (1 << size) - 1
        self.docnums = array("I", sorted(range(size), key=lambda docnum: (times[docnum], ids[docnum]), reverse=True))
        self._places = array("I", bytes(4 * size))
        for place, docnum in enumerate(self.docnums):
            self._places[docnum] = place
        self.ids = array("q", (ids[docnum] for docnum in self.docnums))
        self.revisions = array("q", (revisions[docnum] for docnum in self.docnums))
        self.times = array("q", (times[docnum] for docnum in self.docnums))
        self._by_id = array("I", sorted(range(size), key=self.ids.__getitem__))  # places, in a tenth of a dict's memory
        self._phones = b"".join(phones[docnum] + b"\n" for docnum in self.docnums)
        self._phone_ends = array("I", accumulate(len(phones[docnum]) + 1 for docnum in self.docnums))
        self._vocabulary = frozenset(self._reader.lexicon("words")) if size <= SMALL else frozenset()

    def _numbers(self, name: str) -> "array[int]":
        return array("q", self._column(name))

    def _column(self, name: str) -> Iterable[Any]:
        column: Iterable[Any] = self._reader.column_reader(name, translate=False)
        return column

    def _look_up(self, field: str, word: str) -> int:
        if field == "phones":
            return self._bits(self._with_fragment(word.encode()))
        if field == "starts" and len(word) not in START_LENGTHS:
            return self._bits(self._places[docnum] for docnum in self._completions(word))
        return self._bits(self._places[docnum] for docnum in self._postings(field, word))

    def _with_fragment(self, fragment: bytes) -> Iterator[int]:
        at = self._phones.find(fragment)
        while at >= 0:
            place = bisect_right(self._phone_ends, at)
            yield place
            at = self._phones.find(fragment, self._phone_ends[place])

    def _completions(self, start: str) -> set[int]:
        words = islice(self._reader.expand_prefix("words", start), MOST_COMPLETIONS)
        return {docnum for word in words for docnum in self._postings("words", word)}

    def _postings(self, field: str, word: str | bytes) -> Iterator[int]:
        """Whole blocks by their private parts: one posting at a time is twenty times slower."""
        if (field, word) in self._reader:
            matcher = self._reader.postings(field, word)
            matcher = getattr(matcher, "child", matcher)  # past Whoosh's filter of deleted ones: the Index has its own
            while not matcher._atend:
                matcher._read_data()
                yield from accumulate(matcher._data[0])
                matcher._next_block()

    def _bits(self, places: Iterable[int]) -> int:
        flags = bytearray(b"0") * self.size
        for place in places:
            flags[place] = 49  # "1"
        return int(flags, 2) if flags else 0
