"""Whoosh, as much of it as is used here: what it keeps of a conversation, and how it reads and writes its files.

The only importer of Whoosh. Its code is older than some of Python's warnings; they are silenced where it is compiled.
"""

import errno
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from hashlib import file_digest
from itertools import accumulate
from pathlib import Path
from typing import Any

from leader24.search.entries import Entry
from leader24.search.phones import number_of
from leader24.search.words import pairs_of, starts_of, words_of

with warnings.catch_warnings():
    warnings.simplefilter("ignore", SyntaxWarning)
    warnings.simplefilter("ignore", DeprecationWarning)
    from whoosh import columns, fields, formats
    from whoosh.codec.whoosh3 import W3Codec
    from whoosh.codec.whoosh3 import W3Segment as W3Segment
    from whoosh.filedb.filestore import FileStorage
    from whoosh.filedb.structfile import StructFile
    from whoosh.index import FileIndex as FileIndex
    from whoosh.reading import SegmentReader as SegmentReader
    from whoosh.util.filelock import LockBase
    from whoosh.writing import SegmentWriter

VERSION = 1  # of all in this file, words.py and phones.py: whatever changes what is found
MEMORY = 48  # MB as Whoosh counts; the whole process then takes about 90
MERGE_BELOW, MERGE_AT, MERGE_MOST = 64, 16, 80  # conversations, segments, conversations: a merge stays below a second
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NO_DAMAGE = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EMFILE, errno.ENFILE}


class Damaged(Exception):
    """The index cannot be read; rebuild it."""


@contextmanager
def damage_named(place: str) -> Iterator[None]:
    """Whoosh raises whatever the damage leads to. Let through is what a rebuild would not cure."""
    try:
        yield
    except Exception as error:
        if isinstance(error, Damaged) or (isinstance(error, OSError) and error.errno in NO_DAMAGE):
            raise
        raise Damaged(place) from error


class Words(fields.FieldType):  # type: ignore[misc]  # Whoosh has no types
    """A set of words without positions and counts; they are found without Whoosh's matchers, ten times faster."""

    def __init__(self) -> None:
        super().__init__(formats.Existence(), None)

    def index(self, words: set[str], **_: object) -> list[tuple[bytes, int, float, bytes]]:
        return [(word.encode(), 1, 1.0, b"") for word in words]


class Codec(W3Codec):  # type: ignore[misc]
    length_stats = False  # else Whoosh asks for a length, with a stat(), at every posting

    def __init__(self) -> None:
        super().__init__(blocklimit=1024, compression=1)


class Private(FileStorage):  # type: ignore[misc]
    """Files that only their owner may read: they hold the words of customers. `with storage.opened:` closes at its end
    whatever was opened, and frees the lock; after an error Whoosh leaves them to chance."""

    def __init__(self, folder: str) -> None:
        super().__init__(folder)
        self.opened = ExitStack()

    def create_file(self, name: str, excl: bool = False, mode: str = "wb", **more: object) -> StructFile:
        Path(self._fpath(name)).touch(mode=0o600)
        return self._noted(super().create_file(name, excl, mode, **more))

    def open_file(self, name: str, **more: object) -> StructFile:
        return self._noted(super().open_file(name, **more))

    def lock(self, name: str) -> LockBase:
        Path(self._fpath(name)).touch(mode=0o600)
        lock = super().lock(name)
        self.opened.callback(lambda: lock.fd and lock.release())
        return lock

    def temp_storage(self, name: str) -> "Private":
        folder = Path(self._fpath(name))
        folder.mkdir(mode=0o700, exist_ok=True)
        storage = Private(str(folder))
        storage.opened = self.opened
        return storage

    def _noted(self, file: StructFile) -> StructFile:
        self.opened.callback(file.raw_file().close)
        return file


SCHEMA = fields.Schema(
    words=Words(),
    starts=Words(),
    pairs=Words(),
    phones=fields.COLUMN(columns.VarBytesColumn()),
    id=fields.COLUMN(columns.NumericColumn("q")),
    revision=fields.COLUMN(columns.NumericColumn("q")),
    last_message_at=fields.COLUMN(columns.NumericColumn("q")),
)


def document(entry: Entry) -> dict[str, Any]:
    texts = [words_of(text.text) for text in entry.texts]
    words = {word for text in texts for word in text}
    return {
        "words": words,
        "starts": starts_of(words),
        "pairs": {pair for text in texts for pair in pairs_of(text)},
        "phones": " ".join(map(number_of, entry.phones)).encode(),
        "id": entry.id,
        "revision": entry.revision,
        "last_message_at": micros(entry.last_message_at),
    }


def micros(moment: datetime) -> int:
    return (moment - EPOCH) // timedelta(microseconds=1)


def moment(micros: int) -> datetime:
    return EPOCH + timedelta(microseconds=micros)


def create_store(folder: Path) -> FileIndex:
    return Private(str(folder)).create_index(SCHEMA)


def open_store(folder: Path) -> FileIndex:
    storage = Private(str(folder))
    with storage.opened:
        return storage.open_index(schema=SCHEMA)


def segments_of(store: FileIndex) -> list[W3Segment]:
    """As they are on disk at the moment."""
    with store.storage.opened:
        return list(store._segments())


class Writer(SegmentWriter):  # type: ignore[misc]
    """Notes what its files hold: after a power cut they may be shorter, or zeros, and Whoosh would not see it."""

    def _finalize_segment(self) -> W3Segment:
        segment = super()._finalize_segment()
        segment.digests = digests(self.storage, segment)
        return segment


def digests(storage: Private, segment: W3Segment) -> dict[str, bytes]:
    files = {name: Path(storage.folder) / name for name in segment.list_files(storage)}
    return {name: _digest(file) for name, file in files.items()}


@contextmanager
def writing(store: FileIndex) -> Iterator[SegmentWriter]:
    """One commit, at the end. What fails inside leaves the store as it was, and its lock free."""
    with store.storage.opened:
        # compound=True would have every reader copy all files into memory.
        writer = Writer(store, codec=Codec(), compound=False, limitmb=MEMORY)
        try:
            yield writer
            writer.commit(mergetype=_merge_small)
        except BaseException:
            with suppress(Exception):  # the first error is the one to tell
                writer.cancel()
            raise


def _merge_small(writer: SegmentWriter, segments: list[W3Segment]) -> list[W3Segment]:
    """Whoosh's own policy also merges the large ones, for many seconds; those are left to the next rebuild."""
    segments = [segment for segment in segments if segment.doc_count() > 0]
    small = sorted((s for s in segments if s.doc_count() < MERGE_BELOW), key=lambda s: s.doc_count())
    if len(small) < MERGE_AT:
        return segments
    sizes = accumulate(segment.doc_count() for segment in small)
    small = [segment for segment, size in zip(small, sizes, strict=True) if size <= MERGE_MOST]
    for segment in small:
        with SegmentReader(writer.storage, SCHEMA, segment) as reader:
            writer.add_reader(reader)
    return [segment for segment in segments if segment not in small]


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return file_digest(file, "sha256").digest()
