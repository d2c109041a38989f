"""Search for the pages, and the index kept in step with the database, which alone knows what is to be found."""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import ColumnElement, bindparam, func, or_, select, update

from leader24 import db, search
from leader24.models import Contact, Conversation, ConversationTag, Message, Note, Review, Tag
from leader24.search import All, Damaged, Entry, Hit, Index, Missing, Outdated, Passage, Query, Text
from leader24.services import list_rows, listing
from leader24.services.filters import Filter
from leader24.services.list_rows import ConversationRow, Key
from leader24.services.orders import Sort
from leader24.services.refusals import Refused
from leader24.settings import Settings

LONGEST_QUERY = 200
HITS = 50
CATCH_UP = 50  # conversations indexed in one commit
BUILT_HERE = 1000  # conversations; more are indexed in a process of their own, so that the pages stay quick
SOURCE = "leader24.services.finder:all_entries"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Found:
    """`forgiven`: words as typed and as found instead. `is_from_database`: the index is being built anew."""

    rows: list[ConversationRow]
    passages: dict[int, Passage]
    next: Key | None = None
    forgiven: tuple[tuple[str, str], ...] = ()
    is_from_database: bool = False


@dataclass
class Finder:
    """One for the process. Any thread may search; one at a time writes."""

    root: Path
    indexed: int = 0  # while it rebuilds: conversations done
    is_rebuilding: bool = False
    _index: Index | None = None
    _writing: threading.Lock = field(default_factory=threading.Lock)

    def open(self) -> bool:
        """False if the index must be built anew first."""
        try:
            self._index = Index(self.root, _read)
        except (Missing, Outdated, Damaged) as problem:
            level = logging.INFO if isinstance(problem, Missing) else logging.WARNING  # as at the first start
            log.log(level, "the search index is built anew: %s", type(problem).__name__.lower())
            self._index = None
            return False
        self._reconcile(self._index.revisions())
        return True

    def rebuild(self, on_progress: Callable[[int], None] = lambda done: None) -> None:
        """From the database; searches are answered meanwhile. Raises RebuildFailed."""
        with self._writing:
            self.is_rebuilding, self.indexed = True, 0
            try:
                self._build(on_progress)
            finally:
                self.is_rebuilding = False

    def catch_up(self) -> int:
        """Index what changed since; how many conversations. Notices a damaged index and builds it anew."""
        if self._index is None and not self.open():
            self.rebuild()
        due = _unindexed()
        if not due:
            return 0
        with self._writing, self._given_up_where_broken():
            self._add(due)
            return len(due)
        return 0

    def forget(self, ids: Iterable[int]) -> None:
        """Take deleted conversations out."""
        with self._writing, self._given_up_where_broken():
            if self._index:
                self._index.remove(ids)

    def search(
        self, member_id: int, typed: str, chosen: Filter, before: Key | None = None, sort: Sort = Sort.NEWEST
    ) -> Found:
        """One page of hits, newest first unless sorted otherwise. Raises Refused when too much was typed, Forbidden."""
        index = self._checked(typed)
        if index is None:
            return _in_database(member_id, typed, chosen, before, sort)
        try:
            if chosen == Filter() and sort is Sort.NEWEST:
                return _newest(index, member_id, typed, before)
            return _sorted(index.all(typed), member_id, chosen, before, sort)
        except Damaged:
            self._is_damaged()
            return _in_database(member_id, typed, chosen, before, sort)

    def all(self, typed: str) -> list[int]:
        """The ids of all hits, for counts. Raises Refused as `search` does."""
        index = self._checked(typed)
        if index is None:
            return _ids_in_database(typed)
        try:
            return index.all(typed).ids
        except Damaged:
            self._is_damaged()
            return _ids_in_database(typed)

    def _checked(self, typed: str) -> Index | None:
        """The index, if there is one; what was typed can be looked for."""
        if len(typed) > LONGEST_QUERY:
            raise Refused("search_long")
        sought = search.parse(typed)
        if self._index and not sought.wanted and not sought.unwanted:
            raise Refused("search_nothing")
        return self._index

    def close(self) -> None:
        with self._writing:
            self._give_up()

    @contextmanager
    def _given_up_where_broken(self) -> Iterator[None]:
        """What is lost with it is seen when it is opened again, and indexed then."""
        try:
            yield
        except (Missing, Outdated, Damaged, OSError):
            log.exception("the search index cannot be written")
            self._give_up()

    def _is_damaged(self) -> None:
        log.exception("the search index cannot be read")
        self._give_up()

    def _give_up(self) -> None:
        index, self._index = self._index, None
        if index:
            index.close()

    def _build(self, on_progress: Callable[[int], None] = lambda done: None) -> None:
        def report(done: int) -> None:
            self.indexed = done
            on_progress(done)

        if count() <= BUILT_HERE:
            search.switch(self.root, search.create(self.root, _entries(), report))
        else:
            search.rebuild(self.root, SOURCE, on_progress=report)
        if self._index:
            self._index.reopen()
        else:
            self._index = Index(self.root, _read)
        _mark_indexed(self._index.revisions())

    def _add(self, due: dict[int, int]) -> None:
        assert self._index
        entries = entries_of(list(due))
        if entries:
            self._index.add(entries)
        if binned := due.keys() - {entry.id for entry in entries}:
            self._index.remove(binned)
        _mark_indexed(due)
        if self._index.wants_rebuild():
            self._build()

    def _reconcile(self, held: dict[int, int]) -> None:
        """What the index holds otherwise than the database believes is indexed again: a restored database, a lost
        folder, a process killed between the two commits."""
        with db.read() as session:
            query = select(Conversation.id, Conversation.indexed_revision).where(Conversation.is_listed)
            believed = dict(session.execute(query).all())
        if gone := held.keys() - believed.keys():
            self.forget(gone)
        _mark_indexed({id: 0 for id, revision in believed.items() if held.get(id, 0) != revision})


def texts_of(ids: list[int]) -> dict[int, list[Text]]:
    """All that these conversations can be found by, in the order in which hits prefer to show them."""
    texts: dict[int, list[Text]] = {id: [] for id in ids}
    with db.read() as session:
        his = Contact.id == Conversation.contact_id
        heads = select(Conversation.id, Conversation.title, Contact.name, Contact.phone).join(Contact, his)
        for id, title, name, phone in session.execute(heads.where(Conversation.id.in_(ids))):
            texts[id] += [Text("title", title), Text("contact", name)]
            texts[id] += [Text("phone", phone)] if phone else []
        messages = select(Message.conversation_id, Message.text, Message.seq).where(Message.conversation_id.in_(ids))
        for id, text, seq in session.execute(messages.order_by(Message.conversation_id, Message.seq)):
            texts[id].append(Text("message", text, seq))
        notes = select(Note.conversation_id, Note.text, Note.id).where(Note.conversation_id.in_(ids))
        for id, text, note in session.execute(notes.order_by(Note.id)):
            texts[id].append(Text("note", text, note))
        tags = select(ConversationTag.conversation_id, Tag.name).join(Tag)
        for id, name in session.execute(tags.where(ConversationTag.conversation_id.in_(ids))):
            texts[id].append(Text("tag", name))
        for id, summary in session.execute(_summaries(ids)):
            texts[id].append(Text("summary", summary))
    return texts


def _read(ids: list[int]) -> dict[int, Iterable[Text]]:
    return dict(texts_of(ids).items())


def entries_of(ids: list[int]) -> list[Entry]:
    """What the index is to hold of these; hidden ones are left out."""
    texts = texts_of(ids)
    with db.read() as session:
        query = (
            select(Conversation.id, Conversation.revision, Conversation.last_message_at, Contact.phone)
            .join(Contact, Contact.id == Conversation.contact_id)
            .where(Conversation.id.in_(ids), Conversation.is_listed)
        )
        return [
            Entry(id, revision, tuple(texts[id]), (phone,) if phone else (), last_message_at)
            for id, revision, last_message_at, phone in session.execute(query)
        ]


def all_entries() -> Iterator[Entry]:
    """For the process that rebuilds: it finds the database by the environment that it inherits."""
    db.connect(Settings.from_env().database_url)
    return _entries()


def _entries() -> Iterator[Entry]:
    last = 0
    while ids := _listed_after(last):
        yield from entries_of(ids)
        last = ids[-1]


def _listed_after(id: int) -> list[int]:
    query = select(Conversation.id).where(Conversation.is_listed, Conversation.id > id)
    with db.read() as session:
        return list(session.scalars(query.order_by(Conversation.id).limit(CATCH_UP)))


def count() -> int:
    """Conversations that are to be found."""
    with db.read() as session:
        return session.scalar(select(func.count()).where(Conversation.is_listed)) or 0


def _unindexed() -> dict[int, int]:
    """Revision by id of conversations, listed or in the bin, that changed since they were indexed."""
    changed = (Conversation.revision > Conversation.indexed_revision) & Conversation.reviewed_at.is_not(None)
    with db.read() as session:
        query = select(Conversation.id, Conversation.revision).where(changed).limit(CATCH_UP)
        return dict(session.execute(query).all())


def _mark_indexed(revisions: dict[int, int]) -> None:
    """What changed meanwhile keeps a higher revision and so stays due; what was deleted meanwhile is no error."""
    if not revisions:
        return
    held = update(Conversation).where(Conversation.id == bindparam("which")).values(indexed_revision=bindparam("held"))
    with db.write(can_wait=True) as session:
        session.connection().execute(held, [{"which": id, "held": held} for id, held in revisions.items()])


def _summaries(ids: list[int]):  # type: ignore[no-untyped-def]
    newest = select(func.max(Review.id)).where(Review.conversation_id.in_(ids)).group_by(Review.conversation_id)
    summary = Review.customer_wants + "\n" + Review.what_happened + "\n" + Review.to_do_next
    return select(Review.conversation_id, summary).where(Review.id.in_(newest))


def _newest(index: Index, member_id: int, typed: str, before: Key | None) -> Found:
    """As the index itself has them."""
    hit = Hit(before.id, before.last_message_at) if before else None
    found = index.search(typed, limit=HITS, allowed=listing.still_listed, before=hit)
    ids = [hit.id for hit in found.hits]
    last = found.hits[-1] if len(found.hits) == HITS else None
    return Found(
        rows=list_rows.listed_ids(member_id, ids),
        passages=_passages(found.query, ids),
        next=Key(last.last_message_at, last.id) if last else None,
        forgiven=found.forgiven,
    )


def _sorted(found: All, member_id: int, chosen: Filter, before: Key | None, sort: Sort) -> Found:
    """As the database sorts and chooses them."""
    rows = listing.listed(member_id, chosen, before, sort, among=found.ids, size=HITS)
    passages = _passages(found.query, [row.id for row in rows])
    return Found(rows, passages, next=_last(rows), forgiven=found.forgiven)


def _in_database(member_id: int, typed: str, chosen: Filter, before: Key | None, sort: Sort) -> Found:
    """Slow and plain, while the index is built anew: what contains exactly that."""
    rows = listing.listed(member_id, chosen, before, sort, among=_ids_in_database(typed), size=HITS)
    passages = _passages(search.parse(typed), [row.id for row in rows])
    return Found(rows, passages, next=_last(rows), is_from_database=True)


def _last(rows: list[ConversationRow]) -> Key | None:
    return rows[-1].key if len(rows) == HITS else None


def _passages(query: Query, ids: list[int]) -> dict[int, Passage]:
    texts = texts_of(ids)
    return {id: passage for id in ids if (passage := search.passage(query, tuple(texts.get(id, ()))))}


def _ids_in_database(typed: str) -> list[int]:
    typed = typed.strip()
    digits = "".join(filter(str.isdigit, typed))
    hits: list[ColumnElement[bool]] = [
        Conversation.title.icontains(typed, autoescape=True),
        Contact.name.icontains(typed, autoescape=True),
        Message.text.icontains(typed, autoescape=True),
    ]
    if len(digits) >= 3:
        hits.append(Contact.phone.contains(digits.removeprefix("00")))
    query = (
        select(Conversation.id)
        .join(Contact, Contact.id == Conversation.contact_id)
        .join(Message, Message.conversation_id == Conversation.id)
        .where(or_(*hits), Conversation.is_listed)
        .distinct()
    )
    with db.read() as session:
        return list(session.scalars(query))
