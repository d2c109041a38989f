"""A conversation taken apart: who said what, in which exchanges, in which language."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from leader24.models import Author
from leader24.services.offline import asking, words
from leader24.services.offline.steering import heard
from leader24.services.offline.words import Words
from leader24.services.transcript import Line, Transcript

QUOTE_LENGTH = 140
QUESTION_MARKS = ("?", "؟", "？")
# A talk of any length is read in a moment: what is left out lies in the middle and has been reviewed before.
FIRST_LINES = 20
LAST_LINES = 100
HALF_A_MESSAGE = 1500  # characters


@dataclass(frozen=True)
class Sentence:
    seq: int
    author: Author
    raw: str

    @cached_property
    def plain(self) -> str:
        return words.fold(self.raw)

    @cached_property
    def words(self) -> Words:
        return words.content(self.plain)

    @cached_property
    def named(self) -> Words:
        return words.named(self.plain)

    @cached_property
    def asks(self) -> bool:
        if self.raw.endswith(QUESTION_MARKS):
            return True
        return self.author is Author.CUSTOMER and bool(asking.ASKS_WITHOUT_MARK.search(self.plain))

    @property
    def quote(self) -> str:
        """A passage of the message itself, never more than one line of a page."""
        return cut(self.raw, QUOTE_LENGTH)


@dataclass(frozen=True)
class Turn:
    """One message; of a customer's, only what is meant for the business."""

    line: Line
    sentences: tuple[Sentence, ...]

    @property
    def seq(self) -> int:
        return self.line.seq

    @property
    def is_ours(self) -> bool:
        return self.line.author is not Author.CUSTOMER

    @property
    def is_agents(self) -> bool:
        return self.line.author is Author.AGENT

    @cached_property
    def plain(self) -> str:
        return " ".join(sentence.plain for sentence in self.sentences)

    @cached_property
    def words(self) -> Words:
        return frozenset().union(*(sentence.words for sentence in self.sentences))

    @cached_property
    def quote(self) -> str:
        return cut(self.line.text.strip().split("\n")[0], QUOTE_LENGTH)


@dataclass(frozen=True)
class Exchange:
    """What the customer wrote in one go, and all of ours up to his next message."""

    asked: tuple[Turn, ...]
    replies: tuple[Turn, ...]

    @cached_property
    def words(self) -> Words:
        return frozenset().union(*(turn.words for turn in self.asked))

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(sentence for turn in self.asked for sentence in turn.sentences)

    @property
    def by_agent(self) -> tuple[Turn, ...]:
        return tuple(turn for turn in self.replies if turn.is_agents)

    @cached_property
    def said_by_agent(self) -> tuple[Sentence, ...]:
        return tuple(sentence for turn in self.by_agent for sentence in turn.sentences)


@dataclass(frozen=True)
class Talk:
    """`turns` are what both sides have read; what of ours the customer never got stands apart."""

    turns: tuple[Turn, ...]
    unsent: tuple[Turn, ...] = ()

    @cached_property
    def customer(self) -> tuple[Turn, ...]:
        return tuple(turn for turn in self.turns if not turn.is_ours)

    @cached_property
    def ours(self) -> tuple[Turn, ...]:
        return tuple(turn for turn in self.turns if turn.is_ours)

    @cached_property
    def agent(self) -> tuple[Turn, ...]:
        return tuple(turn for turn in self.turns if turn.is_agents)

    @cached_property
    def has_member(self) -> bool:
        return any(turn.line.author is Author.MEMBER for turn in self.turns)

    @cached_property
    def said(self) -> tuple[Sentence, ...]:
        return tuple(sentence for turn in self.customer for sentence in turn.sentences)

    @cached_property
    def exchanges(self) -> tuple[Exchange, ...]:
        return tuple(_exchanges(self.turns))

    @cached_property
    def language(self) -> str:
        """The customer's; ours where he wrote too little to tell."""
        by_customer = words.language(*(turn.plain for turn in self.customer))
        return by_customer or words.language(*(turn.plain for turn in self.ours))

    def after(self, seq: int) -> tuple[Turn, ...]:
        return tuple(turn for turn in self.turns if turn.seq > seq)


def read(transcript: Transcript) -> Talk:
    turns = [_turn(_shortened(line)) for line in _shown(transcript.lines)]
    return Talk(
        tuple(turn for turn in turns if not turn.line.is_unsent), tuple(turn for turn in turns if turn.line.is_unsent)
    )


def cut(text: str, length: int) -> str:
    """Its beginning, at most so long, ending with a whole word."""
    if len(text) <= length:
        return text
    return text[: length + 1].rsplit(None, 1)[0].rstrip()[:length]


def _shown(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    return lines if len(lines) <= FIRST_LINES + LAST_LINES else lines[:FIRST_LINES] + lines[-LAST_LINES:]


def _shortened(line: Line) -> Line:
    """Its beginning and its end, where a long message says what it is about and what it asks."""
    if len(line.text) <= 2 * HALF_A_MESSAGE:
        return line
    return replace(line, text=f"{line.text[:HALF_A_MESSAGE]}\n{line.text[-HALF_A_MESSAGE:]}")


def _turn(line: Line) -> Turn:
    pieces = heard(line.text) if line.author is Author.CUSTOMER else words.sentences(line.text)
    if not pieces and line.text.strip() and not line.text.strip(" ?!"):
        pieces = [line.text.strip()]
    return Turn(line, tuple(Sentence(line.seq, line.author, piece) for piece in pieces))


def _exchanges(turns: Iterable[Turn]) -> Iterable[Exchange]:
    asked: list[Turn] = []
    replies: list[Turn] = []
    for turn in turns:
        if replies and not turn.is_ours:
            yield Exchange(tuple(asked), tuple(replies))
            asked, replies = [], []
        (replies if turn.is_ours else asked).append(turn)
    if asked or replies:
        yield Exchange(tuple(asked), tuple(replies))
