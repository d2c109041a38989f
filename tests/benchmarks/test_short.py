"""Every figure once, on little data and with nothing said about time; and what a page may cost at most, counted."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event

from leader24 import clock, db
from leader24.models import Source, Status
from leader24.services import counts, detail, listing, preferences
from leader24.services.filters import Filter, Period
from leader24.services.list_rows import Key
from leader24.services.orders import Sort
from leader24.services.rubric import Band
from tests.benchmarks import bench, data
from tests.benchmarks.bench import Scale
from tests.benchmarks.figures import Figure, head

COUNT = 300
ONCE = Scale(rounds=2, counts=1, loads=2, tabs=2, dashboards=2, updates=1, posts=5, clicks=1)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return data.made(tmp_path_factory.mktemp("benchmarks"), COUNT)


@pytest.fixture
def installation(made: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("LEADER24_DATA_DIR", str(made))
    data.use(made)
    preferences.use_defaults(review_after=timedelta(minutes=10))
    preferences.current()  # read once, and not by what is counted
    yield made
    preferences.forget()
    db.disconnect()


@pytest.mark.browser
def test_the_bench_measures_every_figure(installation: Path) -> None:
    figures = {figure.name: figure for figure in bench.figures(installation, COUNT, ONCE)}
    assert len(figures) > 40
    assert all(figure.at(0.5) >= 0 for figure in figures.values())
    assert figures["inbox: elements"].at(1) < 150


def test_a_figure_is_over_when_too_many_samples_are() -> None:
    assert not Figure("list", "ms", [1] * 96 + [50] * 4, bar=10).is_over
    assert Figure("list", "ms", [1] * 94 + [50] * 6, bar=10).is_over
    assert not Figure("list", "ms", [50]).is_over
    assert "OVER  p95 ≤ 10" in str(Figure("list", "ms", [50, 50], bar=10))
    assert head().index("p50") == str(Figure("", "", [123.0])).index("123.00") + 3


def test_a_page_of_the_list_costs_three_queries(installation: Path) -> None:
    with statements() as asked:
        assert len(listing.listed(data.OWNER, Filter())) == listing.PAGE
    assert len(asked) == 3, "the member's rights, the rows, their tags"


def test_a_conversation_costs_as_many_queries_however_long_it_is(installation: Path) -> None:
    for number in (COUNT - 20, COUNT - 1, COUNT):
        with statements() as asked:
            detail.of(data.OWNER, number)
        assert len(asked) <= 16


NOW = Key(clock.now(), 1, clock.now(), 50)


@pytest.mark.parametrize("after", [None, NOW])
@pytest.mark.parametrize(
    "chosen",
    [
        Filter(),
        Filter(is_unread=True, has_note=True),
        Filter(frozenset({Status.SPAM, Status.CONTACTED}), Source.WIDGET, needs_attention=True),
        Filter(bands=frozenset({Band.POOR})),
        Filter(bands=frozenset({Band.NOT_RATED}), has_note=True),
    ],
)
@pytest.mark.parametrize(
    ("sort", "index"),
    [
        (Sort.NEWEST, "ix_conversation_listed"),
        (Sort.OLDEST, "ix_conversation_listed"),
        (Sort.WAITING, "ix_conversation_waiting"),
        (Sort.SCORE, "ix_conversation_rated"),
    ],
)
def test_the_list_is_walked_in_the_index_of_its_order(
    installation: Path, sort: Sort, index: str, chosen: Filter, after: Key | None
) -> None:
    plan = plan_of_rows(chosen, after, sort)
    walk = plan.index(next(step for step in plan if index in step))
    assert not any("TEMP B-TREE FOR ORDER BY" in step for step in plan[: walk + 2]), "only the page is sorted"


@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.OLDEST])
def test_a_period_is_a_piece_of_the_walk(installation: Path, sort: Sort) -> None:
    for chosen in (Filter(period=Period(days=7)), Filter(bands=frozenset({Band.POOR}), period=Period(days=7))):
        plan = plan_of_rows(chosen, None, sort)
        assert any("ix_conversation_listed (last_message_at>?)" in step for step in plan)


@pytest.mark.parametrize("after", [None, NOW])
@pytest.mark.parametrize(
    ("chosen", "parts"),
    [
        (Filter(frozenset({Status.SPAM})), len(Source)),
        (Filter(source=Source.WIDGET), len(Status)),
        (Filter(frozenset({Status.SPAM, Status.CONTACTED}), Source.WIDGET), 2),
    ],
)
def test_a_list_of_some_statuses_or_one_source_reads_each_part_in_order(
    installation: Path, chosen: Filter, parts: int, after: Key | None
) -> None:
    steps = [step for step in plan_of_rows(chosen, after) if " conversation " in step]
    assert sum("ix_conversation_filtered (status=? AND source=?" in step for step in steps) == parts
    assert sum("INTEGER PRIMARY KEY" in step for step in steps) == 1
    assert len(steps) == parts + 1


def test_few_that_carry_a_tag_are_looked_up(installation: Path) -> None:
    plan = plan_of_rows(Filter(tags=frozenset({len(data.TAGS) + 1})), None, which=2)
    assert not any("SCAN conversation" in step for step in plan)


def test_counts_cost_one_walk_and_the_tags(installation: Path) -> None:
    with statements() as asked:
        counts.of(data.OWNER, Filter(has_note=True))
    assert len(asked) == 3, "the member's rights, the groups, the tags"
    for statement, parameters in asked[1:]:
        plan = explained(statement, parameters)
        assert any("ix_conversation_listed" in step for step in plan)
        assert not any("conversation USING INTEGER PRIMARY KEY" in step for step in plan)


@contextmanager
def statements() -> Iterator[list[tuple[str, Any]]]:
    """What the database is asked meanwhile, with the parameters."""
    sent: list[tuple[str, Any]] = []

    def note(_: Connection, __: object, statement: str, parameters: Any, *___: object) -> None:
        if statement.startswith("SELECT"):
            sent.append((statement, parameters))

    event.listen(db.engine(), "before_cursor_execute", note)
    yield sent
    event.remove(db.engine(), "before_cursor_execute", note)


def plan_of_rows(chosen: Filter, after: Key | None, sort: Sort = Sort.NEWEST, which: int = 1) -> list[str]:
    """How SQLite finds the rows of a page, step by step; `which` of the statements asks for them."""
    with statements() as asked:
        listing.listed(data.OWNER, chosen, after, sort)
    return explained(*asked[which])


def explained(statement: str, parameters: Any) -> list[str]:
    with db.engine().connect() as connection:
        return [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
