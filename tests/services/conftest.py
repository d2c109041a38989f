"""People in tests: an owner who signs in, from addresses of which nobody has counted attempts."""

from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import count

import pytest
from argon2 import PasswordHasher
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from leader24 import changes, i18n
from leader24.services import attempts, members, passwords, sign_ins
from leader24.services.members import FirstOwner
from leader24.services.refusals import Refused

PASSWORD = "twelve oak chairs"
_numbers = count(1)


def refusal(email: str, password: str, address: str) -> str:
    """The code."""
    with pytest.raises(Refused) as refused:
        sign_ins.sign_in(email, password, address)
    return refused.value.code


class CountingHasher:
    """The same kind of hash at a thousandth of the work; counts what it is asked."""

    def __init__(self) -> None:
        self._quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        self.hashed, self.verified = 0, 0

    def hash(self, password: str) -> str:
        self.hashed += 1
        return self._quick.hash(password)

    def verify(self, password_hash: str, password: str) -> bool:
        self.verified += 1
        return self._quick.verify(password_hash, password)


@pytest.fixture(autouse=True)
def nobody_has_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "_attempts", SlidingWindowCounterRateLimiter(MemoryStorage()))


@pytest.fixture
def hasher(monkeypatch: pytest.MonkeyPatch) -> CountingHasher:
    hasher = CountingHasher()
    monkeypatch.setattr(passwords, "_hasher", hasher)
    monkeypatch.setattr(passwords, "_nobody", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("-"))
    return hasher


@pytest.fixture
def giulia() -> FirstOwner:
    """An owner to be, of whom nobody has counted attempts to sign in."""
    return FirstOwner(
        "Giulia", f"giulia{next(_numbers)}@example.com", PASSWORD, i18n.CODES[-1], "Oak & Linen", "Europe/Rome"
    )


@pytest.fixture
def owner(database: object, hasher: CountingHasher, giulia: FirstOwner) -> FirstOwner:
    """The same, set up."""
    token = members.new_set_up_link()
    assert token
    members.set_up(token, giulia)
    return giulia


@pytest.fixture
def address() -> str:
    """From where nobody has tried to sign in."""
    return f"address {next(_numbers)}"


@dataclass
class Heard:
    """What open pages are told."""

    ended: list[tuple[set[str], bool]] = field(default_factory=list)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Heard:
    heard = Heard()

    def end(token_hashes: Collection[str], *, goes_on: bool = False) -> None:
        if token_hashes:
            heard.ended.append((set(token_hashes), goes_on))

    monkeypatch.setattr(changes, "end", end)
    return heard
