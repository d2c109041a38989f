"""A few of the requests of bin/soak; and that it would see what is wrong."""

from dataclasses import replace
from http.client import HTTPMessage
from pathlib import Path

import pytest

from tests.soak import faults, requests, soak
from tests.soak.exchange import Answer, Case
from tests.soak.requests import Report

URL = "http://127.0.0.1:8080"
ASKED = Case("stranger", b"GET", b"/")
SAFE = dict.fromkeys(faults.HEADERS, "set") | {"content-type": "text/html"}


def test_any_request_is_answered_plainly_and_the_server_goes_on(tmp_path: Path) -> None:
    report = requests.soak(tmp_path, 200, 24)
    assert report.failures == [], str(report)
    assert report.statuses.total() == 200 and {200, 204, 303, 400, 401, 404} <= report.statuses.keys()


def answer(status: int = 200, text: str = "", **headers: str) -> Answer:
    """An empty header is none."""
    message = HTTPMessage()
    for name, value in (SAFE | {name.replace("_", "-"): value for name, value in headers.items()}).items():
        if value:
            message[name] = value
    return Answer(status, message, text.encode(), 0.01)


def found(given: Answer | None, case: Case = ASKED) -> list[str]:
    return list(faults.of(case, given, URL))


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        (None, "no answer"),
        (answer(500), "status 500"),
        (answer(503, "storage is not available", retry_after="5"), "status 503"),
        (answer(text="Traceback (most recent call last)"), "tells 'Traceback'"),
        (answer(422, "ValueError: not a number"), "tells 'ValueError'"),
        (answer(400, "sqlalchemy.exc.IntegrityError"), "tells 'sqlalchemy.exc.IntegrityError'"),
        (answer(404, f"{requests.__file__} is not there"), "tells '"),
        (answer(303, content_security_policy=""), "no header content-security-policy"),
        (answer(400, "Invalid", content_length="30", x_content_type_options=""), "no header x-content-type-options"),
        (answer(303, x_injected="1"), "a header of the sender's"),
        (answer(303, location="//evil.example"), "sends on to '//evil.example'"),
        (answer(303, location=f"{URL}.evil.example/"), f"sends on to '{URL}.evil.example/'"),
        (answer(text='<nav class="l24-nav">'), "shows a stranger a page of members"),
    ],
)
def test_what_is_wrong_is_seen(given: Answer | None, fault: str) -> None:
    (seen,) = found(given)
    assert seen.startswith(fault)


@pytest.mark.parametrize(
    "given",
    [
        answer(text="all is well"),
        answer(303, location="/login?next=/"),
        answer(303, location=f"{URL}/login"),
        answer(400, "Invalid HTTP request received.", content_length="30", x_content_type_options=""),
    ],
)
def test_what_is_right_is_not(given: Answer) -> None:
    assert found(given) == []


def test_who_claims_more_than_he_sends_may_get_no_answer() -> None:
    assert found(None, replace(ASKED, may_be_waited_for=True)) == []


def test_errors_in_the_log_are_seen() -> None:
    well = "2026-11-25 16:19:14,782 INFO leader24: ERROR is only a word"
    wrong = "2026-11-25 16:19:14,782 ERROR leader24: failed"
    traceback = f"{wrong}\nTraceback (most recent call last):\n  File\nValueError\n"
    assert faults.in_log(f"{well}\n{wrong}\n{traceback}{well}\n") == [f"{wrong}\n", traceback]


@pytest.mark.parametrize(("failures", "status"), [([], 0), (["no answer"], 1)])
def test_it_says_what_was_found_and_fails_with_it(
    failures: list[str], status: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def part(_: Path, times: int, seed: int) -> Report:
        report = Report(failures=list(failures))
        report.note(Case("owner", b"GET", b"/agent"), answer())
        assert (times, seed) == (7, 5)
        return report

    monkeypatch.setattr(soak, "PARTS", {"requests": part})
    monkeypatch.setattr("sys.argv", ["bin/soak", "requests", "--times", "7", "--seed", "5"])
    assert soak.main() == status
    said = capsys.readouterr().out
    assert "requests, seed 5" in said and "200: 1" in said and "owner b'GET' b'/agent'" in said
    assert f"{len(failures)} failures" in said and all(each in said for each in failures)
