"""How many conversations each choice of a filter would show, beside what else is chosen.

One walk over the index of the list counts them in groups of equals; the rest is adding up. What was counted is kept
until something changes.
"""

from collections import Counter, OrderedDict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import Select, SQLColumnExpression, and_, case, func, literal, select
from sqlalchemy.orm import Session

from leader24 import changes, db
from leader24.models import Conversation, ConversationTag, Source, Status
from leader24.services import filters, rights, rubric
from leader24.services.filters import Filter, Period
from leader24.services.listing import among_ids
from leader24.services.orders import NEWEST
from leader24.services.rights import Right
from leader24.services.rubric import Band

KEPT = 100
PERIODS = (Period(days=1), Period(days=7), Period(days=30))  # each within the next


@dataclass(slots=True)
class Counts:
    """`fitting` is how many the filter shows as it is; the others, how many it would with only this choice of its kind.
    Of tags that all must be there, how many it would with this one too."""

    fitting: int = 0
    statuses: Counter[Status] = field(default_factory=Counter)
    sources: Counter[Source] = field(default_factory=Counter)
    bands: Counter[Band] = field(default_factory=Counter)
    periods: Counter[Period] = field(default_factory=Counter)
    tags: Counter[int] = field(default_factory=Counter)
    unread: int = 0
    with_note: int = 0
    in_need: int = 0


_kept: OrderedDict[tuple[int, Filter, date], tuple[int, Counts]] = OrderedDict()


def of(member_id: int, chosen: Filter, among: Collection[int] | None = None) -> Counts:
    """Not to be changed. `among`: only of what a search has found."""
    key, last = (member_id, chosen, filters.today()), changes.last()
    kept_at, kept = _kept.get(key, (-1, Counts()))
    if kept_at == last and among is None:
        return kept
    with db.read() as session:
        rights.check(session, member_id, Right.WORK)
        counted = _counted(session, member_id, chosen, among)
    if among is None:
        _kept[key] = last, counted
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return counted


@dataclass(frozen=True, slots=True)
class _Group:
    """So many conversations that are alike in all that is filtered by."""

    status: Status
    source: Source
    band: Band
    period: Period | None  # the shortest in which they are
    fits_period: bool
    is_unread: bool
    has_note: bool
    needs_attention: bool
    count: int

    def obstacles(self, chosen: Filter) -> set[str]:
        """What keeps them out of the filter."""
        kept_out = {
            "status": chosen.statuses and self.status not in chosen.statuses,
            "source": chosen.source not in (None, self.source),
            "band": chosen.bands and self.band not in chosen.bands,
            "period": not self.fits_period,
            "unread": chosen.is_unread and not self.is_unread,
            "note": chosen.has_note and not self.has_note,
            "need": chosen.needs_attention and not self.needs_attention,
        }
        return {name for name, is_so in kept_out.items() if is_so}


def _counted(session: Session, member_id: int, chosen: Filter, among: Collection[int] | None) -> Counts:
    counts = Counts()
    within = [Conversation.is_listed, *([among_ids(among)] if among is not None else [])]
    for group in _groups(session, member_id, chosen, within):
        _add(counts, group, group.obstacles(chosen))
    beside = chosen if chosen.has_all_tags else replace(chosen, tags=frozenset())
    fitting = select(Conversation.id).where(*within, *filters.conditions(beside, member_id)).order_by(*NEWEST)
    tagged = select(ConversationTag.tag_id, func.count()).where(ConversationTag.conversation_id.in_(fitting.offset(0)))
    counts.tags.update(dict(session.execute(tagged.group_by(ConversationTag.tag_id)).all()))
    return counts


def _add(counts: Counts, group: _Group, obstacles: set[str]) -> None:
    """To each kind of choice that is the only one to keep them out, or to all where none does."""

    def is_alone(name: str) -> int:
        return group.count if obstacles <= {name} else 0

    counts.fitting += 0 if obstacles else group.count
    counts.statuses[group.status] += is_alone("status")
    counts.sources[group.source] += is_alone("source")
    counts.bands[group.band] += is_alone("band")
    if group.period:
        for period in PERIODS[PERIODS.index(group.period) :]:
            counts.periods[period] += is_alone("period")
    counts.unread += is_alone("unread") * group.is_unread
    counts.with_note += is_alone("note") * group.has_note
    counts.in_need += is_alone("need") * group.needs_attention


def _groups(
    session: Session, member_id: int, chosen: Filter, within: list[SQLColumnExpression[bool]]
) -> Iterator[_Group]:
    columns: dict[str, SQLColumnExpression[Any]] = {
        "status": Conversation.status,
        "source": Conversation.source,
        "band": case(*((filters.in_band(band), band.value) for band in rubric.LOWEST), else_=Band.NOT_RATED.value),
        "period": case(*((and_(*filters.in_period(each)), at) for at, each in enumerate(PERIODS)), else_=-1),
        "fits_period": and_(literal(value=True), *filters.in_period(chosen.period)),
        "is_unread": filters.is_unread_by(member_id),
        "has_note": filters.has_note(),
        "needs_attention": filters.needs_attention(),
    }
    # In the order of the list, whose index holds all of this; else SQLite takes a smaller one and looks up each row.
    walked: Select[*tuple[Any, ...]] = select(*(column.label(name) for name, column in columns.items()))
    walked = walked.where(*within, *filters.have_tags(chosen)).order_by(*NEWEST).offset(0)
    each = walked.subquery().c
    query = select(*each, func.count().label("count")).group_by(*each)
    for row in session.execute(query):
        period = PERIODS[row.period] if row.period >= 0 else None
        needs = bool(row.needs_attention)  # the database does not know it of what is not rated
        yield _Group(**row._asdict() | {"band": Band(row.band), "period": period, "needs_attention": needs})
