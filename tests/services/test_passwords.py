"""Which passwords are taken."""

import pytest

from leader24.services import passwords
from leader24.services.refusals import Refused

KNOWN = ("Giulia Rossi", "giulia.rossi@oak-linen.example", "Oak & Linen")


def refusal(password: str) -> str:
    try:
        passwords.check(password, *KNOWN)
    except Refused as problem:
        return problem.code
    return ""


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "twelve oak chairs",  # though the business has a word of it
        "una sedia di rovere",
        "kX9#mana81$pQ2v",
        "8f3a1c9e7b2d",
        "tavolo-lampada-7-verde",
        "日本語のとても長い合言葉です",
        "x4!" * 3 + "y8?" * 3,
    ],
)
def test_what_nobody_tries_first_is_taken(password: str) -> None:
    assert refusal(password) == ""


def test_it_has_at_least_12_characters_and_no_more_than_200() -> None:
    assert refusal("kX9#mana81$") == "password_short"
    assert refusal("kX9#mana81$p") == ""
    assert refusal("kX9#mana81$p" * 17) == "password_long"


@pytest.mark.parametrize(
    "password",
    [
        "qwertyuiop123",
        "PassWord1234",
        "1Q2w3e4R5t6y",
        "counterstrike",
        "P@ssw0rd2024!!",
        "football-2024",
        "!!! Benvenuto 2026",
        "Leader24-2026",
        "leader24leader24",
        "administrator1",
        "abcdefghijkl",
        "zyxwvutsrqpo",
        "qwertzuiopasdf",
        "abcdef654321",
        "aaaaaaaaaaaa",
        "aaaabbbbcccc",
        "xk!xk!xk!xk!",
        "kX9#makX9#makX",
        "202420242024",
        "            ",
        "!!!!!!!!!!!!!!",
    ],
)
def test_what_others_try_first_is_refused(password: str) -> None:
    assert refusal(password) == "password_common"


@pytest.mark.parametrize(
    "password", ["GiuliaRossi2026", "giulia.rossi!!", "rossi-oak-linen", "oak-linen.example", "1985-12-19-Giulia"]
)
def test_what_others_know_of_the_person_is_refused(password: str) -> None:
    assert refusal(password) == "password_personal"


def test_what_is_known_need_not_be_known() -> None:
    passwords.check("kX9#mana81$pQ2v", "", "")


def test_the_list_names_its_origin_and_licence_and_has_what_it_is_for() -> None:
    text = passwords.COMMON.read_text(encoding="utf-8")
    words = [line for line in text.splitlines() if not line.startswith("#")]
    assert "zxcvbn" in text and "Permission is hereby granted" in text
    assert len(words) > 5000 and all(word == word.casefold().strip() and len(word) >= 5 for word in words)


def test_a_hash_is_of_argon2id_and_fits_its_password_only() -> None:
    hashed = passwords.hashed("twelve oak chairs")
    assert hashed.startswith("$argon2id$") and passwords.hashed("twelve oak chairs") != hashed
    assert passwords.fits("twelve oak chairs", hashed)
    assert not passwords.fits("Twelve oak chairs", hashed)
    assert not passwords.fits("twelve oak chairs", None)
    assert not passwords.fits("twelve oak chairs", "no hash")
