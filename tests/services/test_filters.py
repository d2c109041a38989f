"""Filters say the same to the database and of a row that has changed, and pages go on where the one before ended."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leader24 import clock, db
from leader24.models import Conversation, Member, Source, Status
from leader24.services import counts, filters, list_rows, listing, preferences
from leader24.services.filters import Filter, Period
from leader24.services.list_rows import ConversationRow, Key
from leader24.services.orders import Sort, place
from leader24.services.rubric import Band
from tests import factories
from tests.services.assorted import TAGS, ZONE, assorted

pytestmark = pytest.mark.usefixtures("database")

DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
PERIODS = st.one_of(
    st.builds(Period),
    st.builds(Period, days=st.integers(1, 40)),
    st.builds(Period, first=st.none() | DAYS, last=st.none() | DAYS),
)
FILTERS = st.builds(
    Filter,
    statuses=st.frozensets(st.sampled_from([Status.SPAM, Status.CONTACTED, Status.OPPORTUNITY]), max_size=2),
    source=st.none() | st.sampled_from(Source),
    tags=st.frozensets(st.integers(1, TAGS), max_size=2),
    has_all_tags=st.booleans(),
    bands=st.frozensets(st.sampled_from(Band), max_size=2),
    period=PERIODS,
    is_unread=st.booleans(),
    has_note=st.booleans(),
    needs_attention=st.booleans(),
)
ONE_KIND = st.sampled_from(
    [
        Filter(),
        Filter(statuses=frozenset({Status.SPAM, Status.CONTACTED})),
        Filter(source=Source.WIDGET),
        Filter(tags=frozenset({1, 2})),
        Filter(tags=frozenset({1, 2}), has_all_tags=True),
        *(Filter(bands=frozenset({band})) for band in Band),
        *(Filter(period=Period(days=days)) for days in (1, 7, 30)),
        Filter(is_unread=True),
        Filter(has_note=True),
        Filter(needs_attention=True),
    ]
)


@dataclass
class Shelf:
    rows: list[ConversationRow] = field(repr=False)


@pytest.fixture
def everything(ana: Member, ben: Member) -> Shelf:
    """As Ana sees them, in no order."""
    preferences.use_defaults(time_zone=ZONE)
    made = assorted(60, [ana.id, ben.id])
    return Shelf(list_rows.listed_ids(ana.id, made))


def all_pages(member: Member, chosen: Filter, sort: Sort, size: int) -> list[ConversationRow]:
    rows: list[ConversationRow] = []
    key: Key | None = None
    while page := listing.listed(member.id, chosen, key, sort, size=size):
        rows += page
        key = page[-1].key
    return rows


anything = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@anything
@given(FILTERS | ONE_KIND, st.sampled_from(Sort), st.sampled_from([4, 50]), st.booleans())
def test_every_page_in_any_order_shows_what_fits_and_nothing_twice(
    ana: Member, everything: Shelf, chosen: Filter, sort: Sort, size: int, are_few: bool
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(listing, "FEW", 500 if are_few else 0)
        shown = all_pages(ana, chosen, sort, size)
    fitting = [row for row in everything.rows if chosen.fits(row)]
    assert shown == sorted(fitting, key=lambda row: place(sort, row))


@anything
@given(FILTERS | ONE_KIND, st.booleans())
def test_each_choice_shows_as_many_as_it_says(ana: Member, everything: Shelf, chosen: Filter, is_search: bool) -> None:
    rows = everything.rows[::2] if is_search else everything.rows
    among = [row.id for row in rows] if is_search else None

    def many(would_be: Filter) -> int:
        return sum(would_be.fits(row) for row in rows)

    counted = counts.of(ana.id, chosen, among)
    assert counted.fitting == many(chosen) == len(listing.matching(ana.id, chosen, among))
    assert counted.fitting == listing.count(ana.id, chosen, among)
    assert all(counted.statuses[each] == many(replace(chosen, statuses=frozenset({each}))) for each in Status)
    assert all(counted.sources[each] == many(replace(chosen, source=each)) for each in Source)
    assert all(counted.bands[each] == many(replace(chosen, bands=frozenset({each}))) for each in Band)
    assert all(counted.periods[each] == many(replace(chosen, period=each)) for each in counts.PERIODS)
    assert counted.unread == many(replace(chosen, is_unread=True))
    assert counted.with_note == many(replace(chosen, has_note=True))
    assert counted.in_need == many(replace(chosen, needs_attention=True))
    for tag in range(1, TAGS + 1):
        with_it = chosen.tags | {tag} if chosen.has_all_tags else frozenset({tag})
        assert counted.tags[tag] == many(replace(chosen, tags=with_it))


def test_days_begin_at_midnight_where_the_business_is(ana: Member) -> None:
    preferences.use_defaults(time_zone="America/New_York")
    noon = datetime(2026, 11, 25, 17, tzinfo=UTC)
    midnight = datetime(2026, 11, 25, 5, tzinfo=UTC)
    before, at = factories.listed(), factories.listed()
    with db.write() as session:
        session.get_one(Conversation, before).last_message_at = midnight - timedelta(microseconds=1)
        session.get_one(Conversation, at).last_message_at = midnight
    today = Filter(period=Period(days=1))
    yesterday = Filter(period=Period(first=date(2026, 11, 24), last=date(2026, 11, 24)))
    with clock.at(noon):
        for chosen, expected in ((today, at), (yesterday, before)):
            assert [row.id for row in listing.listed(ana.id, chosen)] == [expected]
            rows = list_rows.listed_ids(ana.id, [before, at])
            assert [row.id for row in rows if chosen.fits(row)] == [expected]
    with clock.at(noon + timedelta(days=1)):
        assert listing.listed(ana.id, today) == []


def test_the_farthest_days_are_days_in_every_time_zone() -> None:
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        preferences.use_defaults(time_zone=zone)
        since, until = Period(first=filters.EARLIEST, last=filters.LATEST).bounds
        assert since and until and since.astimezone(UTC) < clock.now() < until.astimezone(UTC)
    assert filters.today() - timedelta(days=filters.MOST_DAYS) > filters.EARLIEST
