"""Answers customers from the business's own questions and answers, and otherwise says that a person will."""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from leader24.services.offline import signals, wordings, words
from leader24.services.offline.phrases import say
from leader24.services.offline.talk import Sentence, Talk, Turn, read
from leader24.services.offline.words import Words
from leader24.services.seams import Answer, Business, Fact
from leader24.services.transcript import Transcript

MOST_FACTS = 2
MOST_ASKED = 10  # sentences of one burst
BETWEEN_ANSWERS = "\n\n"
SURE = 0.5  # of the weight of the words that the customer used; below it silence is better than a wrong answer
ANSWER_WEIGHT = 0.6  # a word found in the answer says less than one found in the question
GENERAL = frozenset({"#price", "#when", "#where", "#order"})  # asked about everything: alone they name no subject
GENERAL_WEIGHT = 0.4
TOLD = frozenset({"#price", "#when"})  # whoever asks for these must not be told something else

CHEERS = " 👍👌🙏🙂😊😀😍👏🎉\u2764\ufe0f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"  # with their skin tones

HAND_OVERS = ("hand_over", "hand_over_again", "hand_over_still")
FAREWELLS = ("thanked", "thanked_again")


@dataclass(frozen=True, slots=True)
class Request:
    """All that the customer wrote since our last message: customers write in bursts."""

    turns: tuple[Turn, ...]
    said_before: frozenset[str]
    language: str

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(sentence for turn in self.turns for sentence in turn.sentences)

    @property
    def is_impatient(self) -> bool:
        """ "Hello?" from somebody whom we have answered before is no greeting."""
        return bool(self.said_before) and any(map(signals.is_nudge, self.sentences))

    def was_said(self, text: str) -> bool:
        return words.fold(text) in self.said_before


class OfflineAgent:
    def respond(self, transcript: Transcript, business: Business, facts: tuple[Fact, ...]) -> Answer:
        """Never raises Unavailable."""
        request = _request(read(transcript), business)
        if signals.first(wordings.WANTS_PERSON, request.sentences):
            return _hand_over(request)
        asked = [sentence for sentence in request.sentences if signals.is_request(sentence)]
        if asked:
            return _answer_from(facts, asked[-MOST_ASKED:], request)
        return _small_talk(request, business)


def _request(talk: Talk, business: Business) -> Request:
    last_of_ours = max((turn.seq for turn in talk.ours), default=0)
    turns = tuple(turn for turn in talk.after(last_of_ours) if not turn.is_ours)
    said_before = {turn.line.text for turn in talk.ours}
    answers = {part for text in said_before for part in text.split(BETWEEN_ANSWERS)}
    return Request(turns, frozenset(map(words.fold, said_before | answers)), _language(turns, talk, business))


def _language(turns: Iterable[Turn], talk: Talk, business: Business) -> str:
    """Ours where the customer's cannot be told; English where we do not speak it."""
    now = words.language(*(turn.plain for turn in turns))
    return now or words.language(*(turn.plain for turn in talk.customer)) or business.language


def _answer_from(facts: tuple[Fact, ...], asked: list[Sentence], request: Request) -> Answer:
    found = _Knowledge(facts, request.language).search(asked)
    fresh = [fact for fact in found.facts if not request.was_said(fact.answer)][:MOST_FACTS]
    if not fresh:
        return _hand_over(request)
    said = [fact.answer for fact in fresh]
    if found.is_partial:
        said.append(say(request.language, "hand_over_rest"))
    text = BETWEEN_ANSWERS.join(said)
    return _hand_over(request) if request.was_said(text) else Answer(text, found.is_partial, tuple(f.id for f in fresh))


def _hand_over(request: Request) -> Answer:
    texts = [say(request.language, name) for name in HAND_OVERS]
    return Answer(next((text for text in texts if not request.was_said(text)), texts[-1]), wants_person=True)


def _small_talk(request: Request, business: Business) -> Answer:
    plain = " ".join(sentence.plain for sentence in request.sentences)
    is_empty = not plain and request.turns and not all(map(_is_cheer, request.turns))
    if is_empty or request.is_impatient:
        return _hand_over(request)
    calls = wordings.GREETING.search(plain) or any(map(signals.is_nudge, request.sentences))
    greets = not request.turns or (calls and not wordings.THANKS.search(plain))
    texts = [_greeting(request, business)] if greets else [say(request.language, name) for name in FAREWELLS]
    fresh = next((text for text in texts if not request.was_said(text)), None)
    return Answer(fresh, wants_person=False) if fresh else _hand_over(request)


def _is_cheer(turn: Turn) -> bool:
    return bool(turn.line.text.strip()) and not turn.line.text.strip(CHEERS)


def _greeting(request: Request, business: Business) -> str:
    if business.agent_name and business.name:
        return say(request.language, "greeting", agent=business.agent_name, business=business.name)
    return say(request.language, "greeting_unnamed")


def _language_of(fact: Fact) -> str:
    return words.language(words.fold(fact.question), words.fold(fact.answer))


@dataclass(frozen=True, slots=True)
class _Found:
    facts: tuple[Fact, ...]
    is_partial: bool  # a question was left for which nothing was found


class _Knowledge:
    """The facts, searched by the words that they share with a question; rare words weigh more."""

    def __init__(self, facts: tuple[Fact, ...], language: str) -> None:
        self._facts = facts
        self._is_foreign = [_language_of(fact) not in ("", language) for fact in facts]
        self._questions = [words.content(words.fold(fact.question)) for fact in facts]
        self._answers = [words.content(words.fold(fact.answer)) for fact in facts]
        self._frequency = Counter(word for question in self._questions for word in question)

    def search(self, asked: list[Sentence]) -> _Found:
        """The best fact for each sentence, in the order asked."""
        best = {sentence: self._best(sentence) for sentence in asked}
        facts = dict.fromkeys(fact for found in best.values() for fact in found)
        missed = any(not found for sentence, found in best.items() if sentence.asks)
        return _Found(tuple(facts), missed or len(facts) > MOST_FACTS)

    def _best(self, asked: Sentence) -> tuple[Fact, ...]:
        """Those that fit best, in another language only where none fits in the customer's; none where too many fit
        equally, since one cannot tell which is meant."""
        fitting = [(self._score(asked, number), number) for number in range(len(self._facts))]
        fitting = [(score, number) for score, number in fitting if score >= SURE]
        native = [(score, number) for score, number in fitting if not self._is_foreign[number]]
        highest = max(native or fitting, default=(0.0, 0))[0]
        equal = tuple(self._facts[number] for score, number in native or fitting if score == highest)
        return equal if len(equal) <= MOST_FACTS else ()

    def _score(self, sentence: Sentence, number: int) -> float:
        question, answer = self._questions[number], self._answers[number]
        asked, shared = sentence.words, sentence.words & question
        about_nothing_else = not asked - GENERAL
        if not shared or not (shared - GENERAL or about_nothing_else) or not self._tells(sentence, number):
            return 0.0
        if wordings.TROUBLE.search(sentence.plain) and not self._is_about_trouble(number):
            return 0.0
        found = self._weight(shared) + ANSWER_WEIGHT * self._weight(asked & answer - question)
        return (3 * found / self._weight(asked) + self._weight(shared) / self._weight(question)) / 4

    def _tells(self, sentence: Sentence, number: int) -> bool:
        """Whether the fact names the time or price that is asked for, or was written down for the same question."""
        told = self._answers[number] | signals.asks_for(words.fold(self._facts[number].question))
        return signals.asks_for(sentence.plain) & TOLD <= told

    def _is_about_trouble(self, number: int) -> bool:
        """Whoever has trouble needs a person sooner than something roughly fitting."""
        return bool(wordings.TROUBLE.search(words.fold(self._facts[number].question)))

    def _weight(self, some: Words) -> float:
        return sum(self._rarity(word) for word in some)

    def _rarity(self, word: str) -> float:
        """A word that no fact's question has weighs least: it may be a name, or how this customer talks."""
        known = self._frequency[word]
        rarity = 1 + math.log((1 + len(self._facts)) / (1 + known)) if known else 1.0
        return rarity * (GENERAL_WEIGHT if word in GENERAL else 1.0)
