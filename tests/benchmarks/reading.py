"""What members read: the list, the numbers above it, one conversation, and search. Measured where pages call it."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from sqlalchemy import select

from leader24 import db
from leader24.models import Conversation, Source, Status
from leader24.services import conversations, detail
from leader24.services.conversations import Filter
from leader24.services.finder import Finder
from tests.benchmarks import data
from tests.benchmarks.figures import Figure, timed

FILTERS = {
    "one status": Filter(frozenset({Status.QUOTE_REQUEST})),
    "three statuses": Filter(frozenset({Status.QUOTE_REQUEST, Status.FOLLOW_UP, Status.CONTACTED})),
    "every status but one": Filter(frozenset(Status) - {Status.SPAM}),
    "a rare status": Filter(frozenset({Status.SPAM})),
    "one source": Filter(source=Source.WIDGET),
    "status and source": Filter(frozenset({Status.QUOTE_REQUEST}), Source.WIDGET),
    "statuses and source": Filter(frozenset({Status.QUOTE_REQUEST, Status.FOLLOW_UP}), Source.WIDGET),
    "status and source, where nothing fits": Filter(frozenset({Status.SPAM}), Source.WIDGET),
}
SEARCHES = {
    "a rare word": (data.RARE, 50),
    "a common word": ("chair", 50),
    "several words": ("walnut shelf broken", 50),
    "a beginning": ("quitt", 50),
    "a phone fragment with spaces": ("320 00", 50),
    "a phrase": (f'"{data.PHRASE}"', 150),
    "a typo": ("walnit", 150),
}


def of_the_list(rounds: int) -> Iterator[Figure]:
    page = partial(conversations.listed, data.OWNER)
    yield timed("list: first page", 10, partial(page, Filter()), rounds)
    for name, part in (("half way down", 0.5), ("near the end", 0.02)):
        yield timed(f"list: {name}", 10, partial(page, Filter(), _key(part)), rounds)
    for name, chosen in FILTERS.items():
        yield timed(f"list: {name}", 30, partial(page, chosen), rounds)
        yield timed(f"list: {name}, half way down", 30, partial(page, chosen, _key(0.5)), rounds)
    yield timed("the numbers above the list", 500, partial(conversations.overview, data.OWNER), rounds)


def of_conversations(count: int, rounds: int) -> Iterator[Figure]:
    lengths = {data.length(number, count): number for number in range(count - 2 * data.LONG_ONES, count + 1)}
    for length, number in lengths.items():
        yield timed(f"read one of {length} messages", None, partial(detail.of, data.OWNER, number), rounds)


def of_search(finder: Finder, rounds: int) -> Iterator[Figure]:
    search = partial(finder.search, data.OWNER)
    for name, (typed, bar) in SEARCHES.items():
        yield timed(f"search: {name}", bar, partial(search, typed, Filter()), rounds)
    chosen = Filter(frozenset({Status.QUOTE_REQUEST}), Source.WIDGET)
    yield timed("search: a common word, filtered", 150, partial(search, "chair", chosen), rounds)


def _key(part: float) -> tuple[datetime, int]:
    """Of the row that so many of all are older than."""
    with db.read() as session:
        total = conversations.overview_for_all().total
        oldest = Conversation.last_message_at, Conversation.id
        query = select(*oldest).where(Conversation.reviewed_at.is_not(None)).order_by(*oldest)
        at, number = session.execute(query.offset(int(total * part)).limit(1)).one()
    return at, number
