"""What a member chose stands in the address, all of it, and comes back from there."""

from datetime import date

import pytest
from fastapi import Request
from hypothesis import given
from hypothesis import strategies as st

from leader24.models import Source, Status
from leader24.pages.shown import Shown
from leader24.services import filters
from leader24.services.filters import Filter, Period
from leader24.services.orders import Sort
from leader24.services.rubric import Band

DAYS = st.dates(filters.EARLIEST, filters.LATEST)
PERIODS = st.one_of(
    st.builds(Period, days=st.integers(0, filters.MOST_DAYS)),
    st.builds(lambda days: Period(first=min(days), last=max(days)), st.tuples(DAYS, DAYS)),
    st.builds(Period, first=DAYS),
    st.builds(Period, last=DAYS),
)
TAGS = st.frozensets(st.integers(1, 10**9), max_size=4)
SHOWN = st.builds(
    Shown,
    filter=st.builds(
        Filter,
        statuses=st.frozensets(st.sampled_from(Status)),
        source=st.none() | st.sampled_from(Source),
        tags=TAGS,
        bands=st.frozensets(st.sampled_from(Band)),
        period=PERIODS,
        is_unread=st.booleans(),
        has_note=st.booleans(),
        needs_attention=st.booleans(),
    )
    | st.builds(Filter, tags=TAGS.filter(bool), has_all_tags=st.just(True)),
    sort=st.sampled_from(Sort),
    typed=st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
)


def of_address(address: str, number: str = "") -> Shown:
    path, _, query = address.partition("?")
    return Shown.of(Request({"type": "http", "headers": [], "path": path, "query_string": query.encode()}), number)


@given(SHOWN)
def test_everything_chosen_comes_back_from_the_address(shown: Shown) -> None:
    assert of_address(shown.address) == shown
    again = Shown(Filter(needs_attention=True), Sort.SCORE, "oak")
    again.take(shown.query)
    assert again == shown


def test_the_address_of_everything_is_short() -> None:
    assert (Shown().address, Shown(open=7).address) == ("/", "/conversations/7")


def test_the_address_can_be_read() -> None:
    chosen = Filter(frozenset({Status.SPAM, Status.CONTACTED}), Source.WIDGET, period=Period(first=date(2026, 11, 1)))
    address = Shown(chosen, Sort.WAITING, "oak & elm", 7).address
    assert address == (
        "/conversations/7?status=Contacted&status=Spam&source=widget&from=2026-11-01&sort=waiting&q=oak+%26+elm"
    )


@pytest.mark.parametrize(
    "nonsense",
    [
        "status=Nope",
        "status=",
        "source=fax",
        "tag=oak",
        "tag=0",
        "tag=-1",
        "tag=99999999999999999999",
        "tags=some",
        "score=great",
        "days=0",
        "days=-3",
        "days=1e9",
        "days=99999999",
        "from=2026-13-01",
        "from=20261101",
        "from=0001-01-01",
        "to=9999-12-31",
        "to=tomorrow",
        "unread=yes",
        "note=0",
        "attention=",
        "sort=best",
        "foo=bar",
        "=",
    ],
)
def test_nonsense_is_left_out_and_told_of(nonsense: str) -> None:
    shown = of_address(f"/?score=good&{nonsense}&status=Spam")
    assert shown.filter == Filter(frozenset({Status.SPAM}), bands=frozenset({Band.GOOD}))
    assert shown.ignored == (nonsense,)


def test_days_in_the_wrong_order_are_nonsense() -> None:
    shown = of_address("/?from=2026-11-02&to=2026-11-01")
    assert (shown.filter.period, shown.ignored) == (Period(first=date(2026, 11, 2)), ("to=2026-11-01",))


def test_an_address_can_be_too_long_to_mean_all_of_it() -> None:
    shown = of_address("/?" + "&".join(f"tag={number}" for number in range(1, 1000)) + "&q=" + "x" * 5000)
    assert len(shown.filter.tags) == 50 and len(shown.typed) == 300 and len(shown.ignored) == 949
