"""Every figure once, on little data and with nothing said about time; and what a page may cost at most, counted."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event

from leader24 import clock, db
from leader24.models import Source, Status
from leader24.services import conversations, detail, preferences
from leader24.services.conversations import Filter
from tests.benchmarks import bench, data
from tests.benchmarks.bench import Scale
from tests.benchmarks.figures import Figure, head

COUNT = 300
ONCE = Scale(rounds=2, loads=2, tabs=2, dashboards=2, updates=1, posts=5, clicks=1)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return data.made(tmp_path_factory.mktemp("benchmarks"), COUNT)


@pytest.fixture
def installation(made: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("LEADER24_DATA_DIR", str(made))
    data.use(made)
    preferences.use_defaults(review_after=timedelta(minutes=10))
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
        assert len(conversations.listed(data.OWNER, Filter())) == conversations.PAGE
    assert len(asked) == 3, "the member's rights, the rows, their tags"


def test_a_conversation_costs_eleven_queries_however_long_it_is(installation: Path) -> None:
    for number in (COUNT - 20, COUNT - 1, COUNT):
        with statements() as asked:
            detail.of(data.OWNER, number)
        assert len(asked) <= 11


NOW = clock.now(), 1


@pytest.mark.parametrize("before", [None, NOW])
def test_the_list_comes_from_its_index_in_order(installation: Path, before: tuple[datetime, int] | None) -> None:
    plan = plan_of_rows(Filter(), before)
    assert "ix_conversation_listed" in plan[0]
    assert not any("TEMP B-TREE" in step for step in plan)


@pytest.mark.parametrize("before", [None, NOW])
@pytest.mark.parametrize(
    ("chosen", "parts"),
    [
        (Filter(frozenset({Status.SPAM})), len(Source)),
        (Filter(source=Source.WIDGET), len(Status)),
        (Filter(frozenset({Status.SPAM, Status.CONTACTED}), Source.WIDGET), 2),
    ],
)
def test_a_filtered_list_reads_each_part_in_order(
    installation: Path, chosen: Filter, parts: int, before: tuple[datetime, int] | None
) -> None:
    steps = [step for step in plan_of_rows(chosen, before) if " conversation " in step]
    assert sum("ix_conversation_filtered (status=? AND source=?" in step for step in steps) == parts
    assert sum("INTEGER PRIMARY KEY" in step for step in steps) == 1
    assert len(steps) == parts + 1


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


def plan_of_rows(chosen: Filter, before: tuple[datetime, int] | None) -> list[str]:
    """How SQLite finds the rows of a page, step by step."""
    with statements() as asked:
        conversations.listed(data.OWNER, chosen, before)
    statement, parameters = asked[1]
    with db.engine().connect() as connection:
        return [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
