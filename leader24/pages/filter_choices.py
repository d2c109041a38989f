"""The choices in the menus of the filters, and what their chips say of what is chosen."""

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, replace
from typing import TypeVar

from leader24.i18n import _, n_
from leader24.models import Source, Status
from leader24.pages import times, words
from leader24.services import rubric
from leader24.services.counts import PERIODS, Counts
from leader24.services.filters import Filter, Period
from leader24.services.rubric import Band
from leader24.services.tags import TagRow

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Choice:
    """`then` is what is chosen after a click on it; `meaning` a sentence where the name does not say it all."""

    name: str
    is_chosen: bool
    then: Filter
    count: Callable[[Counts], int]
    symbol: str = ""
    meaning: str = ""


def statuses(chosen: Filter) -> list[Choice]:
    def choice(status: Status) -> Choice:
        then = replace(chosen, statuses=chosen.statuses ^ {status})
        return Choice(
            words.status(status),
            status in chosen.statuses,
            then,
            lambda counts: counts.statuses[status],
            words.STATUS_ICONS[status],
        )

    return [choice(status) for status in Status]


def sources(chosen: Filter) -> list[Choice]:
    def choice(source: Source) -> Choice:
        is_chosen = source is chosen.source
        then = replace(chosen, source=None if is_chosen else source)
        return Choice(
            words.source(source), is_chosen, then, lambda counts: counts.sources[source], words.SOURCE_ICONS[source]
        )

    return [choice(source) for source in Source]


def bands(chosen: Filter) -> list[Choice]:
    def choice(band: Band) -> Choice:
        then = replace(chosen, bands=chosen.bands ^ {band})
        return Choice(band_words(band), band in chosen.bands, then, lambda counts: counts.bands[band])

    return [choice(band) for band in Band]


def tags(chosen: Filter, known: Iterable[TagRow]) -> list[Choice]:
    def choice(tag: TagRow) -> Choice:
        then = replace(chosen, tags=chosen.tags ^ {tag.id})
        return Choice(tag.name, tag.id in chosen.tags, then, lambda counts: counts.tags[tag.id], "sell")

    return [choice(tag) for tag in known]


def periods(chosen: Filter) -> list[Choice]:
    def choice(period: Period) -> Choice:
        is_chosen = period == chosen.period
        then = replace(chosen, period=Period() if is_chosen else period)
        return Choice(period_words(period), is_chosen, then, lambda counts: counts.periods[period])

    return [choice(period) for period in PERIODS]


def more(chosen: Filter) -> list[Choice]:
    return [
        Choice(
            _("Needs attention"),
            chosen.needs_attention,
            replace(chosen, needs_attention=not chosen.needs_attention),
            lambda counts: counts.in_need,
            "priority_high",
            _("Waits for a person or an answer, scored under {score}, or the review failed").format(
                score=rubric.LOWEST[Band.WEAK]
            ),
        ),
        Choice(
            _("Unread"),
            chosen.is_unread,
            replace(chosen, is_unread=not chosen.is_unread),
            lambda counts: counts.unread,
            "mark_chat_unread",
        ),
        Choice(
            _("Has a note"),
            chosen.has_note,
            replace(chosen, has_note=not chosen.has_note),
            lambda counts: counts.with_note,
            "sticky_note_2",
        ),
    ]


def status_label(chosen: Filter) -> str:
    return _of_several(chosen.statuses, _("Status"), words.status)


def source_label(chosen: Filter) -> str:
    return words.source(chosen.source) if chosen.source else _("Source")


def tag_label(chosen: Filter, names: Mapping[int, str]) -> str:
    return _of_several(chosen.tags, _("Tag"), lambda tag: names.get(tag, "?"))


def band_label(chosen: Filter) -> str:
    return _of_several(chosen.bands, _("Score"), band_words)


def period_label(chosen: Filter) -> str:
    return period_words(chosen.period) or _("Date")


def more_label(chosen: Filter) -> str:
    names = [choice.name for choice in more(chosen) if choice.is_chosen]
    return _of_several(set(names), _("More"), str)


def band_words(band: Band) -> str:
    """ "80–100 good" """
    if band is Band.NOT_RATED:
        return _("Not rated")
    above = [lowest for lowest in rubric.LOWEST.values() if lowest > rubric.LOWEST[band]]
    highest = min(above) - 1 if above else 100
    span = f"{rubric.LOWEST[band]}–{highest}"
    return _("{span} {word}").format(span=span, word=words.band(band))


def period_words(period: Period) -> str:
    if period.days:
        return _("Today") if period.days == 1 else n_("Last {count} day", "Last {count} days", period.days)
    first, last = (times.short_date(day) if day else "" for day in (period.first, period.last))
    if first and last:
        return first if first == last else f"{first} – {last}"
    if first:
        return _("From {day}").format(day=first)
    return _("Until {day}").format(day=last) if last else ""


def _of_several(chosen: Set[T], kind: str, word: Callable[[T], str]) -> str:
    """Its name where it is one; of several, how many."""
    if len(chosen) == 1:
        return word(next(iter(chosen)))
    return _("{kind} {count}").format(kind=kind, count=len(chosen)) if chosen else kind
