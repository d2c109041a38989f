"""What reaches the log, and what does not."""

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leader24.redaction import AS_IT_STANDS, Formatter, redacted


def line(text: str, *values: object, **more: object) -> str:
    record = logging.getLogger("leader24").makeRecord(
        "leader24", logging.INFO, __file__, 1, text, values, None, extra=more or None
    )
    return Formatter("%(asctime)s %(levelname)s: %(message)s").format(record)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("from whatsapp:+393472209184", "from whatsapp:+39…84"),
        ("+39 347 220-9184 called", "+39…84 called"),
        ("3472209184", "34…84"),
        ("347 220 9184", "34…84"),
        ("GET /?q=anna%20rossi&page=2 failed", "GET /?… failed"),
        ("https://chat.example.com/setup?link=abc", "https://chat.example.com/setup?…"),
        ("anna.rossi+shop@mail.example.com wrote", "…@… wrote"),
    ],
)
def test_what_is_private_is_left_out(said: str, written: str) -> None:
    assert redacted(said) == written


@pytest.mark.parametrize(
    "said",
    ["review of conversation 123456 failed: timeout", "line 1047, in run", "Leader24 is at http://10.0.0.1:8080"],
)
def test_what_helps_is_still_there(said: str) -> None:
    assert redacted(said) == said


@given(st.from_regex(r"\+[1-9][0-9]{7,14}", fullmatch=True), st.sampled_from(["{}", "a {} b", "whatsapp:{}", "'{}'"]))
def test_no_number_survives(number: str, around: str) -> None:
    assert number[3:-2] not in redacted(around.format(number))


def test_a_line_keeps_its_time_and_says_the_rest_redacted() -> None:
    said = line("%s wrote", "+393472209184")
    assert said.endswith("INFO: +39…84 wrote") and said[:4].isdecimal() and "…" not in said[:23]


def test_a_line_that_is_meant_to_be_read_whole_stands() -> None:
    assert line("/setup?link=%s", "abc", **AS_IT_STANDS).endswith("/setup?link=abc")


def test_nobody_writes_a_line_of_his_own() -> None:
    said = line("%s", "x\n2026-01-01 00:00:00 ERROR leader24: forged\r\u2028\x1b[2J\x9b2Jy")
    assert said.splitlines() == [said] and said.isprintable() and "forged" in said
    assert len(line("x" * 1_000_000)) < 2100


def test_tracebacks_are_redacted_too() -> None:
    try:
        raise ValueError("+393472209184 is not a name")
    except ValueError as error:
        said = Formatter().formatException((type(error), error, error.__traceback__))
    assert "+39…84" in said and "347220" not in said.split("ValueError:")[1]
