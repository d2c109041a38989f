"""What members read of a moment: in the business's time zone, in their own language."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from leader24 import clock, db, i18n
from leader24.pages import times
from leader24.services import preferences


def utc(month: int, day: int, hour: int, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


NOON = utc(11, 23, 12)  # a Monday; 13:00 in Rome


@pytest.fixture(autouse=True)
def rome(database: Path) -> None:
    move_to("Europe/Rome")


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    i18n.follow(lambda: i18n.DEFAULT)


def move_to(time_zone: str) -> None:
    with db.write() as session:
        preferences.store(session, time_zone=time_zone)
    preferences.forget()


def speak(language: str) -> None:
    i18n.follow(lambda: language)


@pytest.mark.parametrize(
    ("language", "day", "other_year"),
    [
        ("en", "Monday 23 November", "Tuesday, 23 December 2025"),
        ("it", "lunedì 23 novembre", "martedì 23 dicembre 2025"),
    ],
)
def test_a_day_is_called_as_people_call_it(language: str, day: str, other_year: str) -> None:
    speak(language)
    with clock.at(NOON):
        assert times.day(NOON) == day
        assert times.day(utc(12, 23, 12, year=2025)) == other_year


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["12:59", "00:00", "Yesterday", "Yesterday", "Saturday", "Tuesday", "16 Nov", "31 Dec 2025"]),
        ("it", ["12:59", "00:00", "Ieri", "Ieri", "sabato", "martedì", "16 nov", "31 dic 2025"]),
    ],
)
def test_the_list_says_time_then_weekday_then_date(language: str, expected: list[str]) -> None:
    speak(language)
    moments = [
        utc(11, 23, 11, 59),
        utc(11, 22, 23),  # midnight in Rome begins the day
        utc(11, 22, 22, 59),
        utc(11, 21, 23),
        utc(11, 21, 22, 59),
        utc(11, 16, 23),  # six days ago
        utc(11, 16, 22, 59),  # a week ago
        utc(12, 31, 22, 59, year=2025),
    ]
    with clock.at(NOON):
        assert [times.short(moment) for moment in moments] == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["today at 00:00", "yesterday at 23:59", "21 Nov 2026 at 23:59"]),
        ("it", ["oggi alle 00:00", "ieri alle 23:59", "21 nov 2026 alle 23:59"]),
    ],
)
def test_a_moment_in_full_is_a_phrase(language: str, expected: list[str]) -> None:
    speak(language)
    with clock.at(NOON):
        moments = [utc(11, 22, 23), utc(11, 22, 22, 59), utc(11, 21, 22, 59)]
        assert [times.full(moment) for moment in moments] == expected


def test_the_day_ends_at_midnight_of_the_business_not_of_the_server() -> None:
    with clock.at(utc(11, 23, 4)):
        assert times.short(utc(11, 22, 23, 30)) == "00:30"
        move_to("America/New_York")  # there it is still the evening of the 22nd
        assert times.short(utc(11, 22, 23, 30)) == "18:30"
        move_to("Asia/Tokyo")
        assert times.full(utc(11, 22, 14, 59)) == "yesterday at 23:59"


def test_the_hour_that_summer_time_leaves_out_moves_no_day() -> None:
    with clock.at(utc(3, 29, 22)):  # midnight in Rome after a day of 23 hours: 30 March begins
        assert times.full(utc(3, 28, 23)) == "yesterday at 00:00"
        assert [times.clock_time(utc(3, 29, hour)) for hour in (0, 1)] == ["01:00", "03:00"]
        assert times.short(utc(3, 28, 22, 59)) == "Saturday"


def test_the_hour_that_comes_twice_moves_no_day() -> None:
    with clock.at(utc(10, 25, 22, 59)):  # 23:59 in Rome, at the end of a day of 25 hours
        assert times.short(utc(10, 24, 22)) == "00:00"
        assert times.short(utc(10, 24, 21, 59)) == "Yesterday"
        assert [times.clock_time(utc(10, 25, hour)) for hour in (0, 1)] == ["02:00", "02:00"]


def test_a_language_is_named_in_the_members_own() -> None:
    assert [times.language(code) for code in ("it", "de", "", "xx-")] == ["Italian", "German", "", "xx-"]
    speak("it")
    assert times.language("de") == "Tedesco"


def test_the_coming_midnight_is_the_businesss() -> None:
    with clock.at(utc(11, 23, 4)):
        assert times.day_end() == utc(11, 23, 23)
        move_to("America/New_York")
        assert times.day_end() == utc(11, 23, 5)
    move_to("Europe/Rome")
    with clock.at(utc(3, 29, 0, 30)):  # a day of 23 hours
        assert times.day_end() == utc(3, 29, 22)
