"""What the chips and menus of the filters say."""

from datetime import UTC, date, datetime

import pytest

from leader24 import clock, i18n
from leader24.models import Source, Status
from leader24.pages import filter_choices as choices
from leader24.pages.filter_choices import Choice
from leader24.services.counts import Counts
from leader24.services.filters import Filter, Period
from leader24.services.rubric import Band
from leader24.services.tags import TagRow

pytestmark = pytest.mark.usefixtures("database")

KNOWN = [TagRow(1, "oak", "green"), TagRow(2, "wood", "blue")]
NAMES = {tag.id: tag.name for tag in KNOWN}


def named(options: list[Choice], name: str) -> Choice:
    (found,) = (choice for choice in options if choice.name == name)
    return found


def test_a_chip_says_what_is_chosen_or_of_several_how_many() -> None:
    one, two = Filter(frozenset({Status.SPAM})), Filter(frozenset({Status.SPAM, Status.CONTACTED}))
    assert [choices.status_label(each) for each in (Filter(), one, two)] == ["Status", "Spam", "Status 2"]
    assert choices.source_label(Filter(source=Source.WIDGET)) == "Widget"
    assert choices.tag_label(Filter(tags=frozenset({2})), NAMES) == "wood"
    assert choices.tag_label(Filter(tags=frozenset({1, 2})), NAMES) == "Tag 2"
    assert choices.band_label(Filter(bands=frozenset({Band.FAIR}))) == "60–79 fair"
    assert choices.more_label(Filter(is_unread=True)) == "Unread"
    assert choices.more_label(Filter(is_unread=True, has_note=True)) == "More 2"


@pytest.mark.parametrize(
    ("period", "english", "in_italian"),
    [
        (Period(), "", ""),
        (Period(days=1), "Today", "Oggi"),
        (Period(days=7), "Last 7 days", "Ultimi 7 giorni"),
        (Period(first=date(2026, 11, 3)), "From 3 Nov", "Dal 3 nov"),
        (Period(last=date(2025, 11, 3)), "Until 3 Nov 2025", "Fino al 3 nov 2025"),
        (Period(first=date(2026, 11, 3), last=date(2026, 11, 3)), "3 Nov", "3 nov"),
        (Period(first=date(2026, 11, 3), last=date(2026, 11, 25)), "3 Nov – 25 Nov", "3 nov – 25 nov"),
    ],
)
def test_a_period_is_told_in_words(period: Period, english: str, in_italian: str) -> None:
    with clock.at(datetime(2026, 11, 25, 12, tzinfo=UTC)):
        assert choices.period_words(period) == english
        i18n.follow(lambda: "it")
        try:
            assert choices.period_words(period) == in_italian
        finally:
            i18n.follow(lambda: i18n.DEFAULT)


def test_the_bands_of_the_score_leave_nothing_out() -> None:
    words = [choices.band_words(band) for band in Band]
    assert words == ["80–100 good", "60–79 fair", "40–59 weak", "0–39 poor", "Not rated"]


def test_a_click_chooses_and_a_second_one_takes_it_back() -> None:
    for options in (choices.statuses, choices.sources, choices.bands, choices.periods, choices.more):
        for number, choice in enumerate(options(Filter())):
            assert not choice.is_chosen
            again = options(choice.then)[number]
            assert again.is_chosen and again.then == Filter()
    oak = named(choices.tags(Filter(), KNOWN), "oak")
    assert oak.then == Filter(tags=frozenset({1}))
    assert named(choices.tags(oak.then, KNOWN), "oak").then == Filter()


def test_each_choice_knows_its_own_count() -> None:
    counts = Counts(unread=3, with_note=2, in_need=1)
    counts.statuses[Status.SPAM], counts.tags[2], counts.periods[Period(days=7)] = 7, 5, 4
    assert named(choices.statuses(Filter()), "Spam").count(counts) == 7
    assert named(choices.tags(Filter(), KNOWN), "wood").count(counts) == 5
    assert named(choices.periods(Filter()), "Last 7 days").count(counts) == 4
    assert [choice.count(counts) for choice in choices.more(Filter())] == [1, 3, 2]
