"""What a member chose to see. All of it stands in the address, so that it survives a reload and can be sent on."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import parse_qsl, urlencode

from fastapi import Request

from leader24.models import Source, Status
from leader24.services import filters
from leader24.services.filters import Filter, Period
from leader24.services.orders import Sort
from leader24.services.rubric import Band

LONGEST_TYPED = 300  # a little more than a search may have, so that it can be said that it is too long
MOST_TAGS = 50

Pairs = Iterable[tuple[str, str]]


@dataclass
class Shown:
    filter: Filter = field(default_factory=Filter)
    sort: Sort = Sort.NEWEST
    typed: str = ""
    open: int | None = None
    ignored: tuple[str, ...] = ()  # what in the address made no sense

    @classmethod
    def of(cls, request: Request, number: str) -> "Shown":
        shown = cls(open=named_in(number))
        shown._read(request.query_params.multi_items())
        return shown

    def take(self, query: str) -> None:
        """What that part of an address says, in place of what was chosen."""
        self.filter, self.sort, self.typed, self.ignored = Filter(), Sort.NEWEST, "", ()
        self._read(parse_qsl(query, keep_blank_values=True))

    @property
    def is_everything(self) -> bool:
        return self.filter == Filter() and not self.typed

    @property
    def query(self) -> str:
        sort = [("sort", self.sort.value)] if self.sort is not Sort.NEWEST else []
        typed = [("q", self.typed)] if self.typed else []
        return urlencode([*_written(self.filter), *sort, *typed])

    @property
    def address(self) -> str:
        path = "/" if self.open is None else f"/conversations/{self.open}"
        return f"{path}?{self.query}" if self.query else path

    def _read(self, pairs: Pairs) -> None:
        ignored = []
        for name, value in pairs:
            try:
                self._take_pair(name, value)
            except (KeyError, ValueError):
                ignored.append(f"{name}={value}")
        self.ignored = tuple(ignored)

    def _take_pair(self, name: str, value: str) -> None:
        """Raises KeyError or ValueError."""
        if name == "q":
            self.typed = value[:LONGEST_TYPED]
        elif name == "sort":
            self.sort = Sort(value)
        else:
            self.filter = _READERS[name](self.filter, value)


def named_in(text: str) -> int | None:
    """The conversation that an address names: None where it names none, 0 where there can be no such one."""
    return (number_in(text) or 0) if text else None


def number_in(text: str) -> int | None:
    """The conversation's number, if it can be one."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else None


def day_in(text: str) -> date:
    """Raises ValueError."""
    day = date.fromisoformat(text)
    if len(text) != len("2026-11-25") or not filters.EARLIEST <= day <= filters.LATEST:
        raise ValueError(text)
    return day


def _written(chosen: Filter) -> list[tuple[str, str]]:
    period = chosen.period
    days = [("days", str(period.days))] if period.days else []
    bounds = [(name, day.isoformat()) for name, day in (("from", period.first), ("to", period.last)) if day]
    marks = {"unread": chosen.is_unread, "note": chosen.has_note, "attention": chosen.needs_attention}
    return [
        *(("status", status.value) for status in Status if status in chosen.statuses),
        *([("source", chosen.source.value)] if chosen.source else []),
        *(("tag", str(tag)) for tag in sorted(chosen.tags)),
        *([("tags", "all")] if chosen.has_all_tags and chosen.tags else []),
        *(("score", band.value) for band in Band if band in chosen.bands),
        *days,
        *bounds,
        *((name, "1") for name, is_chosen in marks.items() if is_chosen),
    ]


def _with_status(chosen: Filter, value: str) -> Filter:
    return replace(chosen, statuses=chosen.statuses | {Status(value)})


def _with_source(chosen: Filter, value: str) -> Filter:
    return replace(chosen, source=Source(value))


def _with_tag(chosen: Filter, value: str) -> Filter:
    tag = number_in(value)
    if not tag or len(chosen.tags) == MOST_TAGS:
        raise ValueError(value)
    return replace(chosen, tags=chosen.tags | {tag})


def _with_all_tags(chosen: Filter, value: str) -> Filter:
    if value != "all":
        raise ValueError(value)
    return replace(chosen, has_all_tags=True)


def _with_band(chosen: Filter, value: str) -> Filter:
    return replace(chosen, bands=chosen.bands | {Band(value)})


def _within_days(chosen: Filter, value: str) -> Filter:
    days = number_in(value)
    if not days or days > filters.MOST_DAYS:
        raise ValueError(value)
    return replace(chosen, period=Period(days=days))


def _from_day(chosen: Filter, value: str) -> Filter:
    return replace(chosen, period=period_of(day_in(value), chosen.period.last))


def _to_day(chosen: Filter, value: str) -> Filter:
    return replace(chosen, period=period_of(chosen.period.first, day_in(value)))


def period_of(first: date | None, last: date | None) -> Period:
    """Raises ValueError when they are in the wrong order."""
    if first and last and first > last:
        raise ValueError("the first day comes after the last one")
    return Period(first=first, last=last)


def _marked(**mark: bool) -> Callable[[Filter, str], Filter]:
    def read(chosen: Filter, value: str) -> Filter:
        if value != "1":
            raise ValueError(value)
        return replace(chosen, **mark)  # type: ignore[arg-type]

    return read


_READERS: dict[str, Callable[[Filter, str], Filter]] = {
    "status": _with_status,
    "source": _with_source,
    "tag": _with_tag,
    "tags": _with_all_tags,
    "score": _with_band,
    "days": _within_days,
    "from": _from_day,
    "to": _to_day,
    "unread": _marked(is_unread=True),
    "note": _marked(has_note=True),
    "attention": _marked(needs_attention=True),
}
