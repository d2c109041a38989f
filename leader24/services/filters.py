"""What of the list a member chose to see: said to the database, and asked of a row that has changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Text, and_, cast, or_, select, type_coerce

from leader24 import clock
from leader24.models import Conversation, ConversationTag, Source, Status
from leader24.services import preferences, rubric
from leader24.services.list_rows import ConversationRow
from leader24.services.rubric import Band

EARLIEST, LATEST = date(1970, 1, 2), date(9000, 1, 1)  # days that are moments in every time zone
MOST_DAYS = 10_000


@dataclass(frozen=True, slots=True)
class Period:
    """Days in the business's time zone: the last so many, today among them; or from one to another, both included."""

    days: int = 0
    first: date | None = None
    last: date | None = None

    @property
    def bounds(self) -> tuple[datetime | None, datetime | None]:
        """From that moment, and before that one."""
        first = today() - timedelta(days=self.days - 1) if self.days else self.first
        return _midnight(first), _midnight(self.last and self.last + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Filter:
    """All of it must be so; of several statuses or bands, one. Nothing chosen is everything."""

    statuses: frozenset[Status] = frozenset()
    source: Source | None = None
    tags: frozenset[int] = frozenset()
    has_all_tags: bool = False  # or any of them
    bands: frozenset[Band] = frozenset()
    period: Period = Period()
    is_unread: bool = False
    has_note: bool = False
    needs_attention: bool = False

    def fits(self, row: ConversationRow) -> bool:
        """As it is seen by whom the filter is."""
        since, until = self.period.bounds
        return (
            (not self.statuses or row.status in self.statuses)
            and self.source in (None, row.source)
            and self._fits_tags(row.tag_ids)
            and (not self.bands or rubric.band(row.score) in self.bands)
            and (since is None or row.last_message_at >= since)
            and (until is None or row.last_message_at < until)
            and (row.is_unread or not self.is_unread)
            and (row.note_count > 0 or not self.has_note)
            and (bool(row.attention) or not self.needs_attention)
        )

    def _fits_tags(self, tags: frozenset[int]) -> bool:
        return self.tags <= tags if self.has_all_tags else not self.tags or bool(self.tags & tags)


def conditions(chosen: Filter, member_id: int) -> Iterator[ColumnElement[bool]]:
    """What a listed conversation must be to fit. SQLite walks the index of the order and passes over the others; told
    plainly that the status is so, it would rather sort all that have it."""
    if chosen.statuses:
        yield cast(Conversation.status, Text).in_(sorted(chosen.statuses))
    if chosen.source:
        yield cast(Conversation.source, Text) == chosen.source.value
    if chosen.bands:
        yield or_(*map(in_band, sorted(chosen.bands)))
    yield from in_period(chosen.period)
    if chosen.is_unread:
        yield is_unread_by(member_id)
    if chosen.has_note:
        yield has_note()
    if chosen.needs_attention:
        yield needs_attention()
    yield from have_tags(chosen)


def in_band(band: Band) -> ColumnElement[bool]:
    score = Conversation.score + 0  # of the plain score SQLite would rather sort all that are in the band
    if band is Band.NOT_RATED:
        return score.is_(None)
    better = [lowest for lowest in rubric.LOWEST.values() if lowest > rubric.LOWEST[band]]
    at_least = score >= rubric.LOWEST[band]
    return and_(at_least, score < min(better)) if better else at_least


def in_period(period: Period) -> Iterator[ColumnElement[bool]]:
    since, until = period.bounds
    if since:
        yield Conversation.last_message_at >= since
    if until:
        yield Conversation.last_message_at < until


def is_unread_by(reader: int) -> ColumnElement[bool]:
    return ~type_coerce(Conversation.read_by, Text).contains(f"|{reader}|")


def has_note() -> ColumnElement[bool]:
    return Conversation.note_count > 0


def needs_attention() -> ColumnElement[bool]:
    """As `ConversationRow.attention`."""
    is_left_alone = Conversation.waits_for_person | Conversation.answer_due_at.is_(None)
    return or_(
        Conversation.waiting_since.is_not(None) & is_left_alone,
        in_band(Band.POOR),
        Conversation.review_problem.is_not(None),
    )


def have_tags(chosen: Filter) -> Iterator[ColumnElement[bool]]:
    groups = [[tag] for tag in sorted(chosen.tags)] if chosen.has_all_tags else [sorted(chosen.tags)]
    for tags in filter(None, groups):
        carries = ConversationTag.conversation_id == Conversation.id
        tagged = select(ConversationTag.tag_id).where(carries, ConversationTag.tag_id.in_(tags))
        yield tagged.correlate(Conversation).exists()


def today() -> date:
    return clock.now().astimezone(preferences.current().zone).date()


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), preferences.current().zone) if day else None
