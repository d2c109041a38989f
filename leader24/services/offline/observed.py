"""What is to be seen in a conversation, before anyone gives points for it."""

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from leader24.services.offline import buying, manners, signals, wordings, words
from leader24.services.offline.outcomes import Judged, Outcome, judge_all
from leader24.services.offline.status import open_question
from leader24.services.offline.talk import Exchange, Sentence, Talk, Turn

SAME_TOPIC = 0.75
ALIKE = 0.5
WORDS_OF_AN_ANSWER = 4
LAST_PRICES = 20  # compared with each other
CLEARLY = 2  # words by which another language must be ahead


@dataclass(frozen=True)
class Observed:
    """Faults are given as the passage that shows them."""

    talk: Talk

    @cached_property
    def judged(self) -> tuple[Judged, ...]:
        return tuple(judge_all(self.talk))

    @cached_property
    def relatedness(self) -> float | None:
        known = [judged.relatedness for judged in self.judged if judged.relatedness is not None]
        return sum(known) / len(known) if known else None

    @cached_property
    def repeated(self) -> Turn | None:
        """An answer that the agent gave twice word for word, though something else was asked."""
        said: dict[str, Exchange] = {}
        for here in self.talk.exchanges:
            for turn in filter(_is_answer, here.by_agent):
                before = said.setdefault(turn.plain, here)
                if turn not in before.by_agent and not _ask_alike(before, here):
                    return turn
        return None

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
            return None if self._member_took_over else waiting
        if not self.judged or self.judged[-1].outcome is not Outcome.UNKNOWN:
            return None
        return next((sentence for sentence in self.judged[-1].exchange.sentences if sentence.asks), None)

    @cached_property
    def asked_again(self) -> Sentence | None:
        """How the customer came back to what he had asked, if he still waits for the agent."""
        if not self.judged or not self.judged[-1].leaves_waiting or self._member_took_over:
            return None
        pairs = zip(self.judged[1:], self.judged, strict=False)
        return next((again for here, before in reversed(list(pairs)) if (again := here.asks_again(before))), None)

    @property
    def _member_took_over(self) -> bool:
        return bool(self.talk.ours) and not self.talk.ours[-1].is_agents

    @cached_property
    def contradiction(self) -> Sentence | None:
        """The later of two sentences that name different prices for the same thing."""
        priced = [s for turn in self.talk.agent for s in turn.sentences if signals.amounts(s) and not s.asks]
        fixed = [s for s in priced if not buying.LEAVES_PRICE_OPEN.search(s.plain)][-LAST_PRICES:]
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


def _is_answer(turn: Turn) -> bool:
    long_enough = len(words.tokens(turn.plain)) >= WORDS_OF_AN_ANSWER
    return long_enough and not (signals.is_pleasantry(turn) or buying.ARRANGED.search(turn.plain))


def _ask_alike(one: Exchange, other: Exchange) -> bool:
    """ "And where is that one?" may well get the same answer."""
    return len(one.words & other.words) >= ALIKE * len(one.words | other.words) > 0


def _is_clearly_other(turn: Turn, spoken: set[str]) -> bool:
    spoken_here = words.language(turn.plain, lead=CLEARLY)
    return bool(spoken_here) and spoken_here not in spoken and len(words.tokens(turn.plain)) >= WORDS_OF_AN_ANSWER


def _contradicts(earlier: Sentence, later: Sentence) -> bool:
    if earlier.seq == later.seq or signals.amounts(earlier) & signals.amounts(later):
        return False
    one, other = earlier.named, later.named
    return bool(one and other) and len(one & other) >= SAME_TOPIC * len(one | other)
