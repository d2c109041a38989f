"""What became of each request of the customer."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from leader24.services.offline import asking, signals, wordings
from leader24.services.offline.relatedness import GENERAL, relatedness
from leader24.services.offline.talk import Exchange, Sentence, Talk, Turn
from leader24.services.offline.words import Words

READABLE = ("en", "it")  # languages whose wordings the rules know
IN_OTHER_WORDS = 0.4  # how related a sensible reply is held to be that shares no word with a mere statement


class Outcome(Enum):
    """What became of a request."""

    ANSWERED = auto()
    NEXT_STEP = auto()
    ASKED = auto()  # asked back, in words that the request does not share
    UNCLEAR = auto()  # replied in words by which nobody can tell
    NO_PRICE = auto()  # about the thing, but not what it costs
    HANDED_OVER = auto()  # nothing but the news that a person will answer, or that somebody will look into it
    UNKNOWN = auto()
    MISSED = auto()
    GREETED = auto()  # nothing but a greeting, while the customer waited
    SILENT = auto()


UNANSWERED = frozenset(Outcome) - {Outcome.ANSWERED, Outcome.NEXT_STEP, Outcome.ASKED, Outcome.UNCLEAR}


@dataclass(frozen=True, slots=True)
class Judged:
    """A request of the customer and how far the agent's reply is about it, 0 to 1; None where words cannot tell."""

    exchange: Exchange
    outcome: Outcome
    relatedness: float | None

    @property
    def reply(self) -> Turn | None:
        """The message that stands for the reply: the one that says most."""
        return max(self.exchange.by_agent, key=lambda turn: len(turn.words), default=None)

    @property
    def leaves_waiting(self) -> bool:
        return self.outcome in UNANSWERED or any(map(signals.puts_off, self.exchange.said_by_agent))

    def asks_again(self, before: "Judged") -> Sentence | None:
        """The sentence by which the customer comes back to what he has been left waiting for."""
        if not before.leaves_waiting:
            return None
        known = before.exchange.words
        again = (s for s in self.exchange.sentences if s.words and s.words <= known and signals.presses(s))
        return next(filter(signals.is_nudge, self.exchange.sentences), next(again, None))


def judge_all(talk: Talk) -> Iterator[Judged]:
    earlier: Words = frozenset()
    last: Judged | None = None
    for here, after in zip(talk.exchanges, (*talk.exchanges[1:], None), strict=True):
        is_members = not here.replies and bool(talk.ours) and not talk.ours[-1].is_agents
        if not is_members and _is_judged(here, is_waiting=last is not None and last.leaves_waiting):
            last = _judge(here, earlier, after.words if after else frozenset(), _can_read(talk))
            yield last
        elif any(not turn.is_agents for turn in here.replies):
            last = None
        earlier |= here.words


def _is_judged(here: Exchange, *, is_waiting: bool) -> bool:
    """A request that the agent had to answer; a farewell to a mere statement is not held against him."""
    if here.replies and not here.by_agent:
        return False
    if is_waiting and any(map(signals.is_nudge, here.sentences)):
        return True
    requests = [sentence for sentence in here.sentences if signals.is_request(sentence)]
    if any(map(signals.presses, requests)):
        return True
    return bool(requests and here.by_agent) and not all(map(signals.is_pleasantry, here.by_agent))


def _judge(here: Exchange, earlier: Words, later: Words, can_read: bool) -> Judged:
    if not here.by_agent:
        return Judged(here, Outcome.SILENT, None)
    if all(map(signals.only_greets, here.by_agent)):
        return Judged(here, Outcome.GREETED, 0.0)
    if _only_puts_off(here):
        return Judged(here, Outcome.NEXT_STEP if _may_put_off(here, earlier) else Outcome.HANDED_OVER, None)
    return _judge_reply(here, earlier, later, can_read)


def _judge_reply(here: Exchange, earlier: Words, later: Words, can_read: bool) -> Judged:
    """Of a reply that says something of its own."""
    puts_off = any(map(signals.puts_off, here.said_by_agent))
    asks_back = any(signals.asks_back(turn) for turn in here.by_agent)
    if any(wordings.DOES_NOT_KNOW.search(s.plain) for s in here.said_by_agent) and not _answers_in_part(here):
        return Judged(here, _without_knowing(puts_off, asks_back), None)
    related = relatedness(here, earlier, later)
    if related and _lacks_price(here) and not asks_back:
        return Judged(here, Outcome.HANDED_OVER if puts_off else Outcome.NO_PRICE, related)
    if related:
        return Judged(here, Outcome.NEXT_STEP if puts_off or asks_back else Outcome.ANSWERED, related)
    if puts_off:
        return Judged(here, Outcome.NEXT_STEP if _may_put_off(here, earlier) else Outcome.HANDED_OVER, None)
    return _unrelated(here, asks_back, can_read)


def _unrelated(here: Exchange, asks_back: bool, can_read: bool) -> Judged:
    if not can_read:
        return Judged(here, Outcome.UNCLEAR, None)
    if asks_back:
        return Judged(here, Outcome.ASKED, IN_OTHER_WORDS)
    misses = any(map(_wants_certain_words, here.sentences))
    return Judged(here, Outcome.MISSED, 0.0) if misses else Judged(here, Outcome.UNCLEAR, IN_OTHER_WORDS)


def _without_knowing(puts_off: bool, asks_back: bool) -> Outcome:
    if puts_off:
        return Outcome.HANDED_OVER
    return Outcome.ASKED if asks_back else Outcome.UNKNOWN


def _answers_in_part(here: Exchange) -> bool:
    """Whether the reply is about the request beside the sentence that says what is not known."""
    return any(s.words & here.words for s in here.said_by_agent if not wordings.DOES_NOT_KNOW.search(s.plain))


def _only_puts_off(here: Exchange) -> bool:
    said = [s for s in here.said_by_agent if not signals.is_courtesy(s)]
    put_off = [s for s in said if signals.puts_off(s) and not asking.ANSWERS_BRIEFLY.search(s.plain)]
    others = [s for s in said if s not in put_off and not wordings.DOES_NOT_KNOW.search(s.plain)]
    return bool(put_off) and not others


def _may_put_off(here: Exchange, earlier: Words) -> bool:
    """Right where the customer asked for a person or for a call, where he complains, and where the agent says what
    exactly he passes on; a question stays unanswered by it."""
    if any(map(_is_for_a_person, here.sentences)):
        return True
    said: Words = frozenset().union(*(s.words for s in here.said_by_agent))
    return not _is_question(here) and bool(said & (here.words | earlier) - GENERAL)


def _is_for_a_person(sentence: Sentence) -> bool:
    if wordings.WANTS_PERSON.search(sentence.plain) or (signals.is_complaint(sentence) and not sentence.asks):
        return True
    return bool(asking.ASKS_TO_ACT.search(sentence.plain)) and not signals.asks_price(sentence)


def _is_question(here: Exchange) -> bool:
    """A quote is made by a person, so that asking for one is none that the agent could answer."""
    return any(
        asking.ASKS_PRICE.search(s.plain) or (s.asks and not asking.ASKS_QUOTE.search(s.plain)) for s in here.sentences
    )


def _wants_certain_words(sentence: Sentence) -> bool:
    """A yes or a no, a price, a time, a place; what answers "how" or "which" may share no word with it."""
    is_open = asking.ASKS_OPENLY.search(sentence.plain) and not signals.asks_for(sentence.plain)
    return signals.asks_price(sentence) or (sentence.asks and not is_open)


def _lacks_price(here: Exchange) -> bool:
    asks = any(asking.ASKS_PRICE.search(s.plain) for s in here.sentences)
    told = (s for s in here.said_by_agent if signals.gives_price(s) or not signals.puts_off(s))
    return asks and not any(map(signals.tells_price, told))


def _can_read(talk: Talk) -> bool:
    if talk.language:
        return talk.language in READABLE
    return all(character.isascii() for turn in talk.customer for character in turn.plain if character.isalpha())
