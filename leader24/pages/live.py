"""News for the open inboxes: what changed is read once and told to all of them."""

import asyncio
import logging
from collections.abc import Callable, Set
from dataclasses import dataclass
from typing import Protocol

from nicegui import background_tasks

from leader24 import changes
from leader24.pages.unread import Unread
from leader24.services import conversations, list_rows
from leader24.services.conversations import Overview
from leader24.services.list_rows import ConversationRow

MANY = 200  # changes of one moment

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class News:
    """About one conversation. `row` is None when it is not in the list; `unread` says for each member who looks how
    many he has not read of all."""

    conversation_id: int
    row: ConversationRow | None
    overview: Overview
    unread: dict[int, int]


class Listener(Protocol):
    member_id: int

    def hear(self, news: News) -> None: ...

    async def hear_many(self, conversation_ids: Set[int]) -> None:
        """So much changed at once that each page had better look at what it shows."""


_listeners: set[Listener] = set()
_waiting: dict[int, None] = {}  # conversations with news to tell, in order
_round: asyncio.Task[None] | None = None
_unread = Unread()


def start() -> Callable[[], None]:
    """Returns how to end it."""
    return changes.subscribe(_hear)


def join(listener: Listener) -> None:
    _listeners.add(listener)


def leave(listener: Listener) -> None:
    _listeners.discard(listener)


def _hear(conversation_id: int) -> None:
    global _round
    if not _listeners:
        _unread.forget()
        return
    _waiting[conversation_id] = None
    if _round is None or _round.done():
        _round = background_tasks.create(_tell_all(), name="news for the open inboxes")


async def _tell_all() -> None:
    """The first news at once, then all of a moment together, so that a busy hour costs the pages little."""
    while _waiting:
        ids = list(_waiting)
        _waiting.clear()
        if len(ids) > MANY:
            _unread.forget()
            await _tell_of_many(set(ids))
        else:
            members = {listener.member_id for listener in _listeners}
            for news in await asyncio.to_thread(_read, ids, members):
                _tell(news)
        await asyncio.sleep(changes.PAUSE)


def _tell(news: News) -> None:
    for listener in list(_listeners):
        try:
            listener.hear(news)
        except Exception:  # one page that is just going away must not keep the news from the others
            log.exception("a page could not hear the news")


async def _tell_of_many(ids: Set[int]) -> None:
    for listener in list(_listeners):
        try:
            await listener.hear_many(ids)
        except Exception:  # one page that is just going away must not keep them from the others
            log.exception("a page could not hear the news")


def _read(ids: list[int], members: Set[int]) -> list[News]:
    rows = {id: list_rows.row_for_all(id) for id in ids}
    overview, unread = conversations.overview_for_all(), _unread.after(rows, members)
    return [News(id, row, overview, unread) for id, row in rows.items()]
