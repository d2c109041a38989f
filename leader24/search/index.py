"""The search index: finds conversations by words, beginnings, phrases and phone fragments, newest first.

What it holds can always be built again, so nothing here is the only place of a fact.
One process writes, one thread at a time; any thread may search meanwhile.
"""

import threading
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Any

from leader24.search.entries import Entry, Text
from leader24.search.folders import open_current
from leader24.search.matching import Variants, View, count, has_phrases, matching, phrases_fit, variants_of
from leader24.search.query import Query, Term, parse
from leader24.search.segments import Segment
from leader24.search.store import FileIndex, W3Segment, damage_named, document, micros, moment, segments_of, writing

MOST_CHECKED, CHECKED_AT_ONCE = 2000, 200  # conversations asked for in the database, for one search
REBUILD_AT = 48  # segments

Ids = Collection[int]
Check = Callable[[list[int]], Ids]  # those of a list that pass


@dataclass(frozen=True, slots=True)
class Hit:
    id: int
    last_message_at: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """`query` is what was sought, forgiven typos included, for the passages. With phrases or a callable `allowed`
    the count may be too high, and `is_complete` is False where the bound on their work left older hits out."""

    query: Query
    hits: tuple[Hit, ...]
    count_at_most: int
    is_complete: bool
    forgiven: tuple[tuple[str, str], ...]  # as typed, as found


@dataclass(frozen=True, slots=True)
class All:
    """Whatever was found, as ids in no order; with phrases the newest, as many as may be asked for in the database."""

    query: Query
    ids: list[int]
    forgiven: tuple[tuple[str, str], ...]


class Index:
    """`read` gives the texts of conversations from the database, by id; phrases are verified there."""

    def __init__(self, root: Path, read: Callable[[list[int]], dict[int, Iterable[Text]]]) -> None:
        """Raises Missing, Outdated or Damaged."""
        self._root, self._read = root, read
        # Whoosh's readers are not safe between threads.
        self._writing, self._searching = threading.Lock(), threading.Lock()
        self._segments: dict[str, Segment] = {}
        self._view: View = []
        self.reopen()

    def reopen(self) -> None:
        """Turn to the current folder, as after a rebuild. Raises Missing, Outdated or Damaged."""
        with self._writing:
            self._load(open_current(self._root))

    def close(self) -> None:
        """Give the files back. Nothing is found afterwards; `reopen` opens again."""
        with self._writing:
            self._show({}, [])

    def add(self, entries: Iterable[Entry]) -> None:
        """Add or replace, in one commit: some dozens at a time are cheapest. Raises as `reopen` does, or OSError."""
        documents = {entry.id: document(entry) for entry in entries}
        self._write(list(documents.values()), gone=list(documents))

    def remove(self, ids: Iterable[int]) -> None:
        """Unknown ids are no error. Raises as `add` does."""
        self._write([], gone=list(ids))

    def revisions(self) -> dict[int, int]:
        """Revision by id of every conversation held, to compare with the database."""
        return {
            segment.ids[place]: segment.revisions[place]
            for segment, live in self._view
            for place in segment.places(live)
        }

    def wants_rebuild(self) -> bool:
        """Whether changes have left so many segments, or so much dead in them, that searches suffer."""
        view = self._view
        return len(view) > REBUILD_AT or count(view) * 4 < sum(segment.size for segment, _ in view) * 3

    def search(
        self, text: str, limit: int = 30, allowed: Ids | Check | None = None, before: Hit | None = None
    ) -> Found:
        """`allowed`: the ids that other filters leave or, where these are many, a function that picks those from a
        list. `before`: the last hit of the page before. Raises Damaged or OSError, whatever the text is."""
        with self._searching:
            query, view = parse(text), self._view
            chosen, variants = _forgiving(view, query)
            if allowed is not None and not callable(allowed):
                ids = frozenset(allowed)
                chosen = [(segment, bits & segment.among(ids)) for segment, bits in chosen]
            count_at_most = count(chosen)
            if before:
                key = micros(before.last_message_at), before.id
                chosen = [(segment, bits & segment.older_than(*key)) for segment, bits in chosen]
            checks = self._checks(query, allowed)
            hits, is_complete = _checked(_newest(chosen), limit, checks)
            if checks and is_complete and not before and len(hits) < limit:
                count_at_most = len(hits)
            return Found(_with_variants(query, variants), hits, count_at_most, is_complete, _said(variants))

    def all(self, text: str) -> All:
        """For those who choose and sort by what only the database knows. Raises as `search` does."""
        with self._searching:
            query = parse(text)
            chosen, variants = _forgiving(self._view, query)
            if not has_phrases(query):
                ids = [segment.ids[place] for segment, bits in chosen for place in segment.places(bits)]
            else:
                hits, _ = _checked(_newest(chosen), MOST_CHECKED, self._checks(query, None))
                ids = [hit.id for hit in hits]
            return All(_with_variants(query, variants), ids, _said(variants))

    def _checks(self, query: Query, allowed: Ids | Check | None) -> list[Check]:
        phrases = [lambda ids: self._with_phrases(query, ids)] if has_phrases(query) else []
        return [*phrases, allowed] if callable(allowed) else [*phrases]

    def _with_phrases(self, query: Query, ids: list[int]) -> Ids:
        return [id_ for id_, texts in self._read(ids).items() if phrases_fit(query, tuple(texts))]

    def _write(self, documents: list[dict[str, Any]], gone: list[int]) -> None:
        with self._writing:
            store = open_current(self._root)  # a rebuild may have switched folders since
            self._load(store)
            with damage_named("commit"), writing(store) as writer:
                for segment in writer.segments:
                    self._delete(segment, gone)
                for fields in documents:
                    writer.add_document(**fields)
            self._load(store)

    def _delete(self, segment: W3Segment, ids: list[int]) -> None:
        ours = self._segments[segment.segment_id()]
        for id_ in ids:
            docnum = ours.docnum_of(id_)
            if docnum is not None:
                segment.delete_document(docnum)

    def _load(self, store: FileIndex) -> None:
        """What is new is read, what is known stays."""
        with damage_named("table of contents"):
            theirs = {segment.segment_id(): segment for segment in segments_of(store)}
            ours = {key: self._segments.get(key) or Segment(store.storage.folder, theirs[key]) for key in theirs}
            live = {key: ours[key].all_but(theirs[key].deleted_docs()) for key in theirs}
        self._show(ours, [(ours[key], live[key]) for key in theirs])

    def _show(self, segments: dict[str, Segment], view: View) -> None:
        """The view is replaced as a whole, so that a search sees one state of the index."""
        with self._searching:
            known, self._segments, self._view = self._segments, segments, view
            for gone in known.keys() - segments.keys():
                known[gone].close()  # or its files stay open


def _forgiving(view: View, query: Query) -> tuple[View, Variants]:
    chosen = matching(view, query, {})
    if count(chosen) or not query.wanted or not (variants := variants_of(view, query)):
        return chosen, {}
    forgiven = matching(view, query, variants)
    return (forgiven, variants) if count(forgiven) else (chosen, {})


def _newest(chosen: View) -> Iterator[Hit]:
    for time, id_ in merge(*(segment.newest(bits) for segment, bits in chosen if bits), reverse=True):
        yield Hit(id_, moment(time))


def _checked(hits: Iterator[Hit], limit: int, checks: list[Check]) -> tuple[tuple[Hit, ...], bool]:
    """The first hits that pass, and whether none was left out for the bound's sake."""
    if not checks:
        return tuple(islice(hits, limit)), True
    passed: list[Hit] = []
    for _ in range(MOST_CHECKED // CHECKED_AT_ONCE):
        chunk = list(islice(hits, CHECKED_AT_ONCE))
        ids = [hit.id for hit in chunk]
        for check in checks:
            ids = list(check(ids)) if ids else []
        kept = set(ids)
        passed += [hit for hit in chunk if hit.id in kept]
        if len(passed) >= limit or len(chunk) < CHECKED_AT_ONCE:
            return tuple(passed[:limit]), True
    return tuple(passed), next(hits, None) is None


def _with_variants(query: Query, variants: Variants) -> Query:
    more = tuple(Term((variant,)) for found in variants.values() for variant in found)
    return Query(query.wanted + more, query.unwanted)


def _said(variants: Variants) -> tuple[tuple[str, str], ...]:
    """Of the words that each may stand for, the one most frequent."""
    return tuple((word, max(found.items(), key=itemgetter(1))[0]) for word, found in variants.items())
