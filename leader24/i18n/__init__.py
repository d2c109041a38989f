"""Every text that a person sees, in his language. A further language is one file beside this one: xx.po.

English stands in the code; `_` gives the translation. Nothing is compiled: the catalogues are read as they are.
"""

import gettext
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

FOLDER = Path(__file__).parent
DEFAULT = "en"
CODES = (DEFAULT, *sorted(file.stem for file in FOLDER.glob("*.po")))
LANGUAGES = {code: (Locale(code).get_display_name(code) or code).capitalize() for code in CODES}

_spoken: ContextVar[str] = ContextVar("_spoken", default="")
_chosen: Callable[[], str] = lambda: DEFAULT  # noqa: E731 (a default that `follow` replaces)


def follow(language: Callable[[], str]) -> None:
    """From now on texts are in the language that this gives at the time: that of the page that is being built."""
    global _chosen
    _chosen = language


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Within it, texts are in this language, whatever page there is."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)


def current() -> str:
    return _spoken.get() or _chosen()


def best(accepted: str) -> str:
    """The language of ours that a browser's Accept-Language header likes most."""
    wanted = (re.split("[-;]", part)[0].strip().lower() for part in accepted.split(","))
    return next((code for code in wanted if code in LANGUAGES), DEFAULT)


def _(text: str) -> str:
    return catalogue(current()).gettext(text) if text else ""


def n_(singular: str, plural: str, count: int, **named: str) -> str:
    """The form for so many, with {count} and what else it names filled in."""
    return catalogue(current()).ngettext(singular, plural, count).format(count=number(count), **named)


def number(value: int) -> str:
    """As the language writes it: "12,345" or "12.345"."""
    return format_decimal(value, locale=current() if current() in CODES else DEFAULT)


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    file = FOLDER / f"{language}.po"
    if not file.exists():
        return gettext.NullTranslations()
    with file.open("rb") as written:
        compiled = BytesIO()
        write_mo(compiled, read_po(written, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
