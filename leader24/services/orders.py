"""The orders of the list, and what of it comes after a row."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, UnaryExpression, tuple_

from leader24.models import Conversation
from leader24.services.list_rows import ConversationRow, Key


class Sort(StrEnum):
    """What has nothing to be sorted by comes last, the newest first."""

    NEWEST = "newest"
    OLDEST = "oldest"
    WAITING = "waiting"  # the longest first
    SCORE = "score"  # the lowest first


Order = tuple[UnaryExpression[Any], ...]

NEWEST: Order = (Conversation.last_message_at.desc(), Conversation.id.desc())
OLDEST: Order = (Conversation.last_message_at.asc(), Conversation.id.asc())
LONGEST: Order = (Conversation.waiting_since.asc(), Conversation.id.asc())
LOWEST: Order = (Conversation.score.asc(), *NEWEST)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the list that the database reads from an index as it stands."""

    order: Order
    where: tuple[ColumnElement[bool], ...]


def stretches(sort: Sort, after: Key | None) -> Iterator[Stretch]:
    """The list, or what of it comes after the key, one piece after the other."""
    match sort:
        case Sort.NEWEST:
            yield Stretch(NEWEST, _older(after))
        case Sort.OLDEST:
            yield Stretch(OLDEST, _newer(after))
        case Sort.WAITING:
            yield from _longest(after)
        case Sort.SCORE:
            yield from _lowest(after)


def place(sort: Sort, row: ConversationRow) -> tuple[float, ...]:
    """Rows stand in the order of their places."""
    newest = (-row.last_message_at.timestamp(), -row.id)
    match sort:
        case Sort.NEWEST:
            return newest
        case Sort.OLDEST:
            return row.last_message_at.timestamp(), row.id
        case Sort.WAITING:
            return (0, row.waiting_since.timestamp(), row.id) if row.waiting_since else (1, *newest)
        case Sort.SCORE:
            return (1, *newest) if row.score is None else (0, row.score, *newest)


def _longest(after: Key | None) -> Iterator[Stretch]:
    waits, others = Conversation.waiting_since.is_not(None), Conversation.waiting_since.is_(None)
    if after is None:
        yield Stretch(LONGEST, (waits,))
    elif after.waiting_since:
        key = tuple_(Conversation.waiting_since, Conversation.id) > (after.waiting_since, after.id)
        yield Stretch(LONGEST, (waits, key))
        after = None
    yield Stretch(NEWEST, (others, *_older(after)))


def _lowest(after: Key | None) -> Iterator[Stretch]:
    rated, others = Conversation.score.is_not(None), Conversation.score.is_(None)
    if after is None:
        yield Stretch(LOWEST, (rated,))
    elif after.score is not None:
        yield Stretch(NEWEST, (Conversation.score == after.score, *_older(after)))
        yield Stretch(LOWEST, (Conversation.score > after.score,))
        after = None
    yield Stretch(NEWEST, (others, *_older(after)))


def _older(key: Key | None) -> tuple[ColumnElement[bool], ...]:
    mine = tuple_(Conversation.last_message_at, Conversation.id)
    return (mine < (key.last_message_at, key.id),) if key else ()


def _newer(key: Key | None) -> tuple[ColumnElement[bool], ...]:
    mine = tuple_(Conversation.last_message_at, Conversation.id)
    return (mine > (key.last_message_at, key.id),) if key else ()
