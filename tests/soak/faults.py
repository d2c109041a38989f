"""What an answer may never be or hold, whatever was asked."""

import builtins
import re
from collections.abc import Iterator

from tests.server import ROOT
from tests.soak.exchange import Answer, Case
from tests.soak.known import STRANGER

HEADERS = ("content-security-policy", "x-content-type-options", "referrer-policy", "permissions-policy")
UNREADABLE = "Invalid HTTP request received."  # says the server itself, before anything of ours is asked
LIBRARIES = b"/_nicegui/"  # files that are the same for everybody, and name the errors of JavaScript
ERRORS = [name for name, each in vars(builtins).items() if isinstance(each, type) and issubclass(each, Exception)]
INNER = re.compile(
    rf'Traceback|File "|site-packages|{ROOT}|\b(?:[a-z]\w*\.)+\w*(?:Error|Exception)\b|\b(?:{"|".join(ERRORS)})\b'
)


def of(case: Case, answer: Answer | None, url: str) -> Iterator[str]:
    """In words; none where all is well."""
    if answer is None:
        if not case.may_be_waited_for:
            yield "no answer"
        return
    if answer.status >= 500:
        yield f"status {answer.status}"
    yield from _of_its_headers(answer, url, case)
    if not case.target.startswith(LIBRARIES) and (found := INNER.search(answer.text)):
        yield f"tells {found[0]!r}"
    if case.who == STRANGER and answer.is_page and "l24-nav" in answer.text:
        yield "shows a stranger a page of members"


def in_log(log: str) -> list[str]:
    """Each with the lines that belong to it."""
    records = re.split(r"^(?=\d{4}-\d\d-\d\d )", log, flags=re.MULTILINE)
    return [each for each in records if re.search(r"^\S+ \S+ (ERROR|CRITICAL) |^Traceback", each, re.MULTILINE)]


def _of_its_headers(answer: Answer, url: str, case: Case) -> Iterator[str]:
    missing = [name for name in HEADERS if name not in answer.headers]
    if missing and not case.asks_for_a_websocket and not _is_unreadable(answer):
        yield f"no header {', '.join(missing)}"
    if "x-injected" in answer.headers:
        yield "a header of the sender's"
    location = answer.headers.get("location", "/")
    is_path = re.fullmatch(r"/(?![/\\])[!-~]*", location)
    if not is_path and location != url and not location.startswith(f"{url}/"):
        yield f"sends on to {location!r}"


def _is_unreadable(answer: Answer) -> bool:
    """To HEAD the server tells the length of its words only."""
    is_as_long = answer.headers.get("content-length") == str(len(UNREADABLE))
    return answer.status == 400 and is_as_long and answer.text in ("", UNREADABLE)
