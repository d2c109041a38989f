"""Passwords: which are taken, and how they are kept: only as argon2id hashes."""

import re
import secrets
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from leader24.services.refusals import Refused

SHORTEST, LONGEST = 12, 200
COMMON = Path(__file__).with_name("common_passwords.txt")
# Names that anybody tries first here, besides those of the list.
OURS = {"leader", "benvenuto", "benvenuti", "negozio", "azienda", "ufficio", "segreto", "segretissima", "passwort"}
SEQUENCES = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop")
FEWEST_PIECES = 4  # of a password that is no run along the alphabet, the digits or the keyboard
FEWEST_LETTERS = 3  # that must be left when names of the person and the business are taken out
LOOKALIKES = str.maketrans("@4831!05$7", "aabeiiosst")

_NEIGHBOURS = {pair for row in SEQUENCES for pair in [*pairwise(row), *pairwise(row[::-1])]}

_hasher = PasswordHasher()
# What an unknown account is checked against, so that it takes as long as a known one.
_nobody = _hasher.hash(secrets.token_urlsafe(16))


def check(password: str, *known: str) -> None:
    """`known`: what others know of the person, such as name and email. Raises Refused."""
    if len(password) < SHORTEST:
        raise Refused("password_short")
    if len(password) > LONGEST:
        raise Refused("password_long")
    folded = password.casefold()
    if _is_common(folded):
        raise Refused("password_common")
    if _is_made_of(folded, known):
        raise Refused("password_personal")


def hashed(password: str) -> str:
    return _hasher.hash(password)


def fits(password: str, password_hash: str | None) -> bool:
    """Nobody's (None) fits nothing, and takes as long."""
    try:
        _hasher.verify(password_hash or _nobody, password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def _is_common(password: str) -> bool:
    """On the list; a word of it with digits and signs around; or a pattern."""
    core = _bare(password)
    return (
        bool({password, core, _bare(core.translate(LOOKALIKES))} & _common())
        or _is_repeated(password)
        or _pieces(password) < FEWEST_PIECES
    )


def _is_repeated(password: str) -> bool:
    """One block again and again that would be too short by itself."""
    blocks = range(1, min(SHORTEST, len(password) // 2 + 1))
    return any(password[size:] == password[:-size] for size in blocks)


def _pieces(password: str) -> int:
    """How many runs it has: "abcdef4321" has two."""
    return 1 + sum(a != b and (a, b) not in _NEIGHBOURS for a, b in pairwise(password))


def _is_made_of(password: str, known: tuple[str, ...]) -> bool:
    left = password
    for word in sorted(_words(known), key=len, reverse=True):
        left = left.replace(word, " ")
    return left != password and sum(letter.isalpha() for letter in left) < FEWEST_LETTERS


def _words(known: tuple[str, ...]) -> Iterator[str]:
    for text in known:
        yield from (word for word in re.findall(r"\w+", text.casefold()) if len(word) >= 3)


def _bare(password: str) -> str:
    """Without the digits, signs and spaces at its ends."""
    return re.sub(r"^[\W\d_]+|[\W\d_]+$", "", password)


@cache
def _common() -> frozenset[str]:
    lines = COMMON.read_text(encoding="utf-8").splitlines()
    return frozenset(OURS).union(line for line in lines if not line.startswith("#"))
