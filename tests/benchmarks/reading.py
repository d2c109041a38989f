"""What members read: the list, the numbers above it, one conversation, and search. Measured where pages call it."""

from collections.abc import Iterator
from functools import partial

from sqlalchemy import select

from leader24 import changes, db
from leader24.models import Conversation, Source, Status
from leader24.pages.unread import MANY
from leader24.services import conversations, counts, detail, listing
from leader24.services.filters import Filter, Period
from leader24.services.finder import Finder
from leader24.services.list_rows import Key
from leader24.services.orders import Sort
from leader24.services.rubric import Band
from tests.benchmarks import data
from tests.benchmarks.figures import Figure, timed

QUOTES, SOME = frozenset({Status.QUOTE_REQUEST}), frozenset({Status.QUOTE_REQUEST, Status.FOLLOW_UP})
GOOD, BAD = frozenset({Band.GOOD}), frozenset({Band.WEAK, Band.POOR})
COMMON_TAG, RARE_TAG = 1, len(data.TAGS) + 1

FILTERS = {
    "one status": Filter(QUOTES),
    "three statuses": Filter(SOME | {Status.CONTACTED}),
    "every status but one": Filter(frozenset(Status) - {Status.SPAM}),
    "a rare status": Filter(frozenset({Status.SPAM})),
    "one source": Filter(source=Source.WIDGET),
    "status and source": Filter(QUOTES, Source.WIDGET),
    "statuses and source": Filter(SOME, Source.WIDGET),
    "status and source, where nothing fits": Filter(frozenset({Status.SPAM}), Source.WIDGET),
    "a tag": Filter(tags=frozenset({COMMON_TAG})),
    "a rare tag": Filter(tags=frozenset({RARE_TAG})),
    "any of two tags": Filter(tags=frozenset({COMMON_TAG, RARE_TAG})),
    "all of three tags": Filter(tags=frozenset({1, 2, 3}), has_all_tags=True),
    "weak and poor scores": Filter(bands=BAD),
    "not rated, where none is": Filter(bands=frozenset({Band.NOT_RATED})),
    "the last 7 days": Filter(period=Period(days=7)),
    "has a note": Filter(has_note=True),
    "needs attention": Filter(needs_attention=True),
    "unread": Filter(is_unread=True),
    "status, source, tag, note": Filter(QUOTES, Source.WIDGET, frozenset({COMMON_TAG}), has_note=True),
    "everything, where little fits": Filter(
        SOME, Source.WIDGET, frozenset({1, 2}), False, GOOD | BAD, Period(days=300), True, True, True
    ),
    "everything, where nothing fits": Filter(
        frozenset({Status.SPAM}), Source.WIDGET, frozenset({1, 2, 3}), True, GOOD, Period(days=300), True, True, True
    ),
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
    page = partial(listing.listed, data.OWNER)
    yield timed("list: first page", 10, partial(page, Filter()), rounds)
    for name, part in (("half way down", 0.5), ("near the end", 0.02)):
        yield timed(f"list: {name}", 10, partial(page, Filter(), _key(part)), rounds)
    for name, chosen in FILTERS.items():
        yield timed(f"list: {name}", 30, partial(page, chosen), rounds)
        yield timed(f"list: {name}, half way down", 30, partial(page, chosen, _key(0.5)), rounds)
    for name, member in (("all of them", data.IDLE), ("a few", data.DILIGENT)):
        yield timed(f"list: unread, {name}", 30, partial(listing.listed, member, Filter(is_unread=True)), rounds)
    for sort in (Sort.OLDEST, Sort.WAITING, Sort.SCORE):
        yield timed(f"list: by {sort}", 10, partial(page, Filter(), sort=sort), rounds)
        yield timed(f"list: by {sort}, half way down", 10, partial(page, Filter(), _key(0.5), sort), rounds)
        for name in ("a rare status", "all of three tags", "everything, where nothing fits"):
            yield timed(f"list: by {sort}, {name}", 30, partial(page, FILTERS[name], sort=sort), rounds)
    yield timed("the numbers above the list", 500, partial(conversations.overview, data.OWNER), rounds)
    yield timed("the few unread, counted for the tab", None, partial(listing.unread_ids, data.DILIGENT, MANY), rounds)


def of_counts(finder: Finder, rounds: int) -> Iterator[Figure]:
    for name in ("one status", "the last 7 days", "everything, where little fits"):
        yield timed(f"counts of the choices: {name}", 500, partial(_counted, FILTERS[name]), rounds)
    yield timed("counts of the choices: nothing chosen", 500, partial(_counted, Filter()), rounds)
    yield timed("counts of the choices: kept", 500, partial(counts.of, data.OWNER, Filter()), rounds)
    among_chairs = partial(_counted, Filter(), finder, "chair")
    yield timed("counts of the choices: of a common word", 500, among_chairs, rounds)
    yield timed("how many fit", 500, partial(listing.count, data.OWNER, FILTERS["has a note"]), rounds)


def of_conversations(count: int, rounds: int) -> Iterator[Figure]:
    lengths = {data.length(number, count): number for number in range(count - 2 * data.LONG_ONES, count + 1)}
    for length, number in lengths.items():
        yield timed(f"read one of {length} messages", None, partial(detail.of, data.OWNER, number), rounds)


def of_search(finder: Finder, rounds: int) -> Iterator[Figure]:
    search = partial(finder.search, data.OWNER)
    for name, (typed, bar) in SEARCHES.items():
        yield timed(f"search: {name}", bar, partial(search, typed, Filter()), rounds)
    chosen = Filter(QUOTES, Source.WIDGET)
    yield timed("search: a common word, filtered", 150, partial(search, "chair", chosen), rounds)
    nothing = FILTERS["everything, where nothing fits"]
    yield timed("search: a common word, where nothing fits", 150, partial(search, "chair", nothing), rounds)
    yield timed("search: a common word, by score", 150, partial(search, "chair", Filter(), None, Sort.SCORE), rounds)


def _counted(chosen: Filter, finder: Finder | None = None, typed: str = "") -> None:
    """Anew: something has changed."""
    changes.publish(0)
    counts.of(data.OWNER, chosen, finder.all(typed) if finder else None)


def _key(part: float) -> Key:
    """Of the row that so many of all are older than."""
    with db.read() as session:
        total = conversations.overview_for_all().total
        oldest = Conversation.last_message_at, Conversation.id
        query = select(*oldest, Conversation.waiting_since, Conversation.score).where(Conversation.is_listed)
        return Key(*session.execute(query.order_by(*oldest).offset(int(total * part)).limit(1)).one())
