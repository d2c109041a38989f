"""Moments in the business's time zone and the member's language."""

import re
from datetime import date as Date
from datetime import datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date, format_time, get_day_names, match_skeleton

from leader24 import clock, i18n
from leader24.i18n import _
from leader24.services import preferences


def clock_time(at: datetime) -> str:
    return format_time(local(at), "HH:mm", locale=i18n.current())


def short(at: datetime) -> str:
    """For the list: the time today, then the weekday, then the date."""
    moment, today = local(at), local(clock.now()).date()
    age = today - moment.date()
    if age <= timedelta(0):
        return f"{moment:%H:%M}"
    if age == timedelta(days=1):
        return _("Yesterday")
    return _day(moment.date().toordinal(), age < timedelta(days=7), moment.year == today.year, i18n.current())


def day(at: datetime) -> str:
    """For the history: "Saturday 21 November"."""
    moment = local(at)
    skeleton = "MMMMEEEEd" if moment.year == local(clock.now()).year else "yMMMMEEEEd"
    return str(format_date(moment, _with_full_names(skeleton, _locale()), locale=_locale()))


def date(at: datetime) -> str:
    return str(format_date(local(at), "d MMM y", locale=i18n.current()))


def day_end() -> datetime:
    """The coming midnight."""
    tomorrow = local(clock.now()).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), zone(preferences.current().time_zone))


def short_date(day: Date) -> str:
    """ "21 Nov", with the year where it is another one."""
    return _day(day.toordinal(), False, day.year == local(clock.now()).year, i18n.current())


def full(at: datetime) -> str:
    """ "today at 10:52", "yesterday at 10:52" or "21 Nov 2026 at 10:52"."""
    age = local(clock.now()).date() - local(at).date()
    when = {0: _("today at {time}"), 1: _("yesterday at {time}")}.get(age.days, _("{date} at {time}"))
    return when.format(time=clock_time(at), date=date(at))


def exact(at: datetime) -> str:
    """ "21 Nov 2026 at 10:52", also where that is today."""
    return _("{date} at {time}").format(time=clock_time(at), date=date(at))


def _begins_large(name: str) -> str:
    """As it would in a list; the rest of it as the language has it."""
    return name[:1].upper() + name[1:]


def weekday(number: int) -> str:
    """From Monday, 0."""
    return _begins_large(str(get_day_names("wide", "stand-alone", i18n.current())[number]))


def language(code: str) -> str:
    """Its name in the member's language; nothing for what is unknown."""
    try:
        return _begins_large(Locale(code).get_display_name(i18n.current()) or "") if code else ""
    except (UnknownLocaleError, ValueError):
        return code


@lru_cache
def _languages(locale: str) -> dict[str, str]:
    known = Locale(locale).languages
    names = {str(code): _begins_large(str(known[code])) for code in known if len(str(code)) == 2}
    return dict(sorted(names.items(), key=lambda each: each[1].casefold()))


def languages(current: str) -> dict[str, str]:
    """By code, to choose from: none, and all that are commonly written, with the one that is chosen."""
    return {"": "—"} | ({current: language(current)} if current else {}) | _languages(i18n.current())


def country() -> str:
    """Where the business is, by its time zone: whose numbers are written without a country code. "" is nowhere."""
    return str(get_global("zone_territories").get(preferences.current().time_zone, ""))


def local(at: datetime) -> datetime:
    return at.astimezone(zone(preferences.current().time_zone))


@lru_cache
def zone(name: str) -> ZoneInfo:
    """Raises ValueError or ZoneInfoNotFoundError."""
    return ZoneInfo(name)


def _locale() -> str:
    return "en_GB" if i18n.current() == "en" else i18n.current()


@lru_cache
def _with_full_names(skeleton: str, locale: str) -> str:
    """Its pattern. Babel itself says "lun 23 nov" where a language has no pattern but the one with short names."""
    known = Locale.parse(locale).datetime_skeletons
    nearest = match_skeleton(skeleton, known)
    assert nearest, (skeleton, locale)
    return re.sub("E+", "EEEE", re.sub("MMM+", "MMMM", known[nearest].pattern))


@lru_cache(1000)
def _day(ordinal: int, is_this_week: bool, is_this_year: bool, language: str) -> str:
    moment = datetime.fromordinal(ordinal)
    pattern = "EEEE" if is_this_week else "d MMM" if is_this_year else "d MMM y"
    return str(format_date(moment, pattern, locale=language))
