"""What a reviewer and an agent are, whoever stands behind them: a model or the offline rules."""

from dataclasses import dataclass, field
from typing import Protocol

from leader24.models import Status
from leader24.services.rubric import Cap, Grade, NotRated
from leader24.services.transcript import Transcript


class Unavailable(Exception):
    """The provider did not answer usably; later it may. `code` says why, for members: see pages/words.py."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Misconfigured(Unavailable):
    """It will not get better by itself: key, address or model are wrong, or the account is empty."""


@dataclass(frozen=True, slots=True)
class Business:
    """What the owner says of himself; `language` is that of reviews (a two-letter code)."""

    name: str
    language: str
    agent_name: str
    instructions: str
    description: str = ""
    hours: tuple[str, ...] = ()  # by weekday from Monday, "09:00–13:00"; "" is closed; () where he has not said


@dataclass(frozen=True, slots=True)
class Fact:
    """A question that customers ask, and the business's answer."""

    id: int
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of a call to a model, as its provider counts them."""

    read: int
    written: int

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(self.read + other.read, self.written + other.written)

    @property
    def total(self) -> int:
        return self.read + self.written


@dataclass(frozen=True, slots=True)
class Verdict:
    """A review before it is stored. `grades` and `caps` carry the score: see services/rubric.py."""

    title: str
    customer_wants: str
    what_happened: str
    to_do_next: str
    grades: tuple[Grade, ...]
    caps: tuple[Cap, ...]
    not_rated: NotRated | None
    status: Status
    status_reason: str
    language: str
    wants_person: bool
    reviewer: str
    tokens: int | None = None
    raw: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the agent says, which facts it used (ids), and whether a person must take it from here."""

    text: str
    wants_person: bool
    facts: tuple[int, ...] = field(default=())


class Reviewer(Protocol):
    def review(self, transcript: Transcript, business: Business) -> Verdict:
        """Blocks until done. Raises Unavailable."""
        ...


class Responder(Protocol):
    def respond(self, transcript: Transcript, business: Business, facts: tuple[Fact, ...]) -> Answer:
        """The next message of the agent. Blocks until done. Raises Unavailable."""
        ...


class Ai(Reviewer, Responder, Protocol):
    """What both reviews and answers."""


class Channel(Protocol):
    def send(self, to: str, text: str, reference: str) -> str:
        """Hands a message to the source's network and gives its name there. `reference` comes back in status
        calls. Raises NotSent or Unconfirmed."""
        ...


class NotSent(Exception):
    """Certainly not sent; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Unconfirmed(Exception):
    """The answer was lost: it may have been sent, so nobody may send it again by himself."""
