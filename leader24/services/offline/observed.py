"""What is to be seen in a conversation, before anyone gives points for it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property
from itertools import combinations

from leader24.services.offline import manners, signals, wordings, words
from leader24.services.offline.status import open_question
from leader24.services.offline.talk import Exchange, Sentence, Talk, Turn
from leader24.services.offline.words import Words

READABLE = ("en", "it")  # languages whose wordings the rules know
SAME_TOPIC = 0.75
GENERAL = frozenset({"#when", "#where", "#price"})  # in so many messages that sharing them says little
WORDS_OF_AN_ANSWER = 4
LAST_PRICES = 20  # compared with each other
CLEARLY = 2  # words by which another language must be ahead


class Outcome(Enum):
    """What became of a request."""

    ANSWERED = auto()
    NEXT_STEP = auto()
    HANDED_OVER = auto()  # nothing but the news that a person will answer
    ASKED = auto()  # asked back, in words that the request does not share
    UNKNOWN = auto()
    MISSED = auto()
    SILENT = auto()


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


@dataclass(frozen=True)
class Observed:
    """Faults are given as the passage that shows them."""

    talk: Talk

    @cached_property
    def judged(self) -> tuple[Judged, ...]:
        return tuple(_judge_all(self.talk))

    @cached_property
    def relatedness(self) -> float | None:
        known = [judged.relatedness for judged in self.judged if judged.relatedness is not None]
        return sum(known) / len(known) if known else None

    @cached_property
    def repeated(self) -> Turn | None:
        """An answer that the agent gave twice word for word."""
        answers = [turn for turn in self.talk.agent if _is_answer(turn)]
        said = Counter(turn.plain for turn in answers)
        return next((turn for turn in reversed(answers) if said[turn.plain] > 1), None)

    @cached_property
    def gap(self) -> Turn | None:
        return next(filter(signals.has_gap, self.talk.agent), None)

    @cached_property
    def insult(self) -> Turn | None:
        return next((turn for turn in self.talk.agent if manners.INSULTS.search(turn.plain)), None)

    @cached_property
    def rude(self) -> Turn | None:
        return next((turn for turn in self.talk.agent if manners.RUDE.search(turn.plain)), None)

    @cached_property
    def shouted(self) -> Turn | None:
        return next(filter(signals.is_shouted, self.talk.agent), None)

    @cached_property
    def foreign(self) -> Turn | None:
        """The last answer in a language in which the customer never wrote."""
        spoken = {words.language(turn.plain) for turn in self.talk.customer} | {self.talk.language}
        theirs = words.language(*(turn.plain for turn in self.talk.customer))
        if not theirs:
            return None
        foreign = (turn for turn in reversed(self.talk.agent) if _is_clearly_other(turn, spoken))
        return next(foreign, None)

    @cached_property
    def ignored_person(self) -> Sentence | None:
        asked = signals.first(wordings.WANTS_PERSON, self.talk.said)
        if asked is None:
            return None
        later = [turn for turn in self.talk.after(asked.seq) if turn.is_ours]
        helped = any(not turn.is_agents or wordings.HANDS_OVER.search(turn.plain) for turn in later)
        return asked if later and not helped else None

    @cached_property
    def unanswered(self) -> Sentence | None:
        """The customer's last question, if it waits for the agent and not for a member who has taken over."""
        waiting = open_question(self.talk)
        if waiting is not None:
            return None if self.talk.ours and not self.talk.ours[-1].is_agents else waiting
        if not self.judged or self.judged[-1].outcome is not Outcome.UNKNOWN:
            return None
        return next((sentence for sentence in self.judged[-1].exchange.sentences if sentence.asks), None)

    @cached_property
    def contradiction(self) -> Sentence | None:
        """The later of two sentences that name different prices for the same thing."""
        priced = [s for turn in self.talk.agent for s in turn.sentences if signals.amounts(s) and not s.asks]
        fixed = [s for s in priced if not wordings.LEAVES_PRICE_OPEN.search(s.plain)][-LAST_PRICES:]
        pairs = [(one, other) for one, other in combinations(fixed, 2) if _contradicts(one, other)]
        return next((later for earlier, later in pairs if not self._asked_for_other(earlier, later)), None)

    def _asked_for_other(self, earlier: Sentence, later: Sentence) -> bool:
        """Whether the customer named something new in between, so that another price may be right."""
        before = [s for s in self.talk.said if s.seq < earlier.seq]
        between = [s for s in self.talk.said if earlier.seq < s.seq < later.seq]
        known = frozenset().union(*(s.named for s in (*before, earlier)))
        return any(wordings.OTHER.search(s.plain) or s.named - known for s in between)

    @cached_property
    def unproven(self) -> Turn | None:
        return next((turn for turn in self.talk.agent if manners.UNPROVEN.search(turn.plain)), None)


def _judge_all(talk: Talk) -> Iterator[Judged]:
    earlier: Words = frozenset()
    can_read = _can_read(talk)
    for here, after in zip(talk.exchanges, (*talk.exchanges[1:], None), strict=True):
        if _is_judged(here):
            yield _judge(here, earlier, after.words if after else frozenset(), can_read)
        earlier |= here.words


def _is_judged(here: Exchange) -> bool:
    """A request that the agent had to answer; a farewell to a mere statement is not held against him."""
    requests = [sentence for sentence in here.sentences if signals.is_request(sentence)]
    if not requests or (here.replies and not here.by_agent):
        return False
    if any(map(signals.presses, requests)):
        return True
    return bool(here.by_agent) and not all(map(signals.is_pleasantry, here.by_agent))


def _judge(here: Exchange, earlier: Words, later: Words, can_read: bool) -> Judged:
    said = " ".join(turn.plain for turn in here.by_agent)
    steps = any(signals.asks_back(turn) for turn in here.by_agent) or bool(wordings.HANDS_OVER.search(said))
    if not here.by_agent:
        return Judged(here, Outcome.SILENT, None)
    if _only_hands_over(here):
        return Judged(here, Outcome.HANDED_OVER, None)
    if wordings.DOES_NOT_KNOW.search(said) and not _answers_in_part(here):
        return Judged(here, Outcome.NEXT_STEP if steps else Outcome.UNKNOWN, None)
    related = _relatedness(here, earlier, later)
    announces = wordings.HANDS_OVER.search(said) or wordings.PROMISES.search(said)
    if related == 0 and (announces or not can_read):
        return Judged(here, Outcome.NEXT_STEP, None)
    if related == 0:
        return Judged(here, Outcome.ASKED, 0.3) if steps else Judged(here, Outcome.MISSED, 0.0)
    return Judged(here, Outcome.NEXT_STEP if steps else Outcome.ANSWERED, related)


def _answers_in_part(here: Exchange) -> bool:
    """Whether the reply is about the request beside the sentence that says what is not known."""
    said = [sentence for turn in here.by_agent for sentence in turn.sentences]
    return any(s.words & here.words for s in said if not wordings.DOES_NOT_KNOW.search(s.plain))


def _only_hands_over(here: Exchange) -> bool:
    """Right where the customer asked for a person, wants to buy or complains; a question stays unanswered by it."""
    pressing = (wordings.WANTS_PERSON.search(s.plain) or (signals.presses(s) and not s.asks) for s in here.sentences)
    said = [s for turn in here.by_agent for s in turn.sentences if not signals.is_courtesy(s)]
    handed_over = [s for s in said if wordings.HANDS_OVER.search(s.plain)]
    others = [s for s in said if s not in handed_over and not wordings.DOES_NOT_KNOW.search(s.plain)]
    return bool(handed_over) and not others and not any(pressing)


def _relatedness(here: Exchange, earlier: Words, later: Words) -> float:
    """Whether the reply takes up the request, what was said before it, or what the customer then took up himself."""
    reply: Words = frozenset().union(*(turn.words for turn in here.by_agent))
    shared = here.words & reply
    asked_for: Words = frozenset().union(*(signals.asks_for(s.plain) for s in here.sentences))
    if shared - GENERAL or reply & asked_for:
        return 1.0
    if _answers_yes_or_no(here) or (shared and _share_a_name(here)):
        return 0.8
    if (earlier & reply) - GENERAL:
        return 0.7
    return 0.5 if shared or (later & reply) - GENERAL else 0.0


def _share_a_name(here: Exchange) -> bool:
    """The same day or street, where only the kind of the words is common to both."""
    asked = frozenset().union(*(sentence.named for sentence in here.sentences))
    return any(asked & sentence.named for turn in here.by_agent for sentence in turn.sentences)


def _answers_yes_or_no(here: Exchange) -> bool:
    closed = [s for s in here.sentences if s.asks and not wordings.ASKS_OPENLY.search(s.plain)]
    return bool(closed) and any(
        wordings.SAYS_YES_OR_NO.search(sentence.plain) for turn in here.by_agent for sentence in turn.sentences
    )


def _can_read(talk: Talk) -> bool:
    if talk.language:
        return talk.language in READABLE
    return all(character.isascii() for turn in talk.customer for character in turn.plain if character.isalpha())


def _is_answer(turn: Turn) -> bool:
    long_enough = len(words.tokens(turn.plain)) >= WORDS_OF_AN_ANSWER
    return long_enough and not signals.is_pleasantry(turn)


def _is_clearly_other(turn: Turn, spoken: set[str]) -> bool:
    spoken_here = words.language(turn.plain, lead=CLEARLY)
    return bool(spoken_here) and spoken_here not in spoken and len(words.tokens(turn.plain)) >= WORDS_OF_AN_ANSWER


def _contradicts(earlier: Sentence, later: Sentence) -> bool:
    if earlier.seq == later.seq or signals.amounts(earlier) & signals.amounts(later):
        return False
    one, other = earlier.named, later.named
    return bool(one and other) and len(one & other) >= SAME_TOPIC * len(one | other)
