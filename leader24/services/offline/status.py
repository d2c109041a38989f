"""The status that a conversation suggests: the first line of the table that fits wins."""

from collections.abc import Callable, Iterator
from itertools import dropwhile

from leader24.models import Author, Status
from leader24.services.offline import advertising, signals, wordings
from leader24.services.offline.talk import Sentence, Talk, Turn

Recogniser = Callable[[Talk], Sentence | None]


def choose(talk: Talk) -> tuple[Status, Sentence | None]:
    """The status and the sentence that speaks for it, if one does."""
    for status, recognise in _TABLE:
        evidence = recognise(talk)
        if evidence:
            return status, evidence
    return Status.INFO_ONLY, next(filter(signals.is_request, talk.said), None)


def wants_person(talk: Talk) -> Sentence | None:
    """The last time the customer asked for a person."""
    return signals.last(wordings.WANTS_PERSON, talk.said)


def open_question(talk: Talk) -> Sentence | None:
    """What the customer asked for last, if nobody has written since."""
    waiting = [s for turn in _last_burst(talk) for s in turn.sentences if signals.is_request(s)]
    pressing = [s for s in waiting if signals.presses(s)]
    questions = [s for s in pressing if s.asks]
    return next(iter(questions or pressing or ([] if talk.ours else waiting)), None)


def open_promise(talk: Talk) -> Sentence | None:
    """Something that we promised and no member has taken up."""
    since_member = list(_since_member(talk))
    said = [s for turn in since_member for s in turn.sentences if turn.is_ours]
    return signals.last(wordings.PROMISES, said) or signals.last(wordings.HANDS_OVER, said)


def open_price(talk: Talk) -> Sentence | None:
    """A price that was asked for and not yet fully given."""
    asked = [s for s in talk.said if signals.asks_price(s) and not signals.is_closing(s)]
    concrete = any(s.words - {"#price", "#when"} for s in talk.said)
    if not asked or not concrete:
        return None
    answers = [s for turn in talk.after(asked[-1].seq) if turn.is_ours for s in turn.sentences]
    return None if any(map(signals.gives_price, answers)) else asked[-1]


def _spam(talk: Talk) -> Sentence | None:
    wrong = signals.first(advertising.WRONG_NUMBER, talk.said)
    if wrong or (talk.said and all(map(signals.is_nonsense, talk.said))):
        return wrong or talk.said[0]
    return next(filter(signals.is_advertising, talk.said), None)


def _decline(talk: Talk) -> Sentence | None:
    """The last thing that he said, apart from thanks; whoever declines and asks on has not declined."""
    last_first = (s for turn in reversed(talk.customer) for s in reversed(turn.sentences))
    closing = next(dropwhile(_says_nothing, last_first), None)
    if closing is None or closing.asks:
        return None
    if wordings.DECLINES.search(closing.plain):
        return closing
    return closing if _declines_offer(talk, closing) else None


def _says_nothing(sentence: Sentence) -> bool:
    declines = wordings.DECLINES.search(sentence.plain) or wordings.NO_THANKS.search(sentence.plain)
    return signals.is_small_talk(sentence) and not declines


def _declines_offer(talk: Talk, sentence: Sentence) -> bool:
    """ "No thanks" declines what we offered, not the question whether there is anything else."""
    return _answers_offer(talk, sentence) and bool(wordings.NO_THANKS.search(sentence.plain))


def _accepted_offer(talk: Talk) -> Sentence | None:
    accepted = (s for s in talk.said if wordings.ACCEPTS.search(s.plain) and _answers_offer(talk, s))
    return next((s for s in accepted if not wordings.NO_THANKS.search(s.plain)), None)


def _answers_offer(talk: Talk, sentence: Sentence) -> bool:
    """Whether our last message before it offered something to buy or book."""
    before = [turn for turn in talk.ours if turn.seq < sentence.seq]
    offer = signals.asks_back(before[-1]) if before else None
    return offer is not None and bool(wordings.OFFERS.search(offer.plain))


def _potential_customer(talk: Talk) -> Sentence | None:
    wish = next(filter(signals.wants_to_buy, talk.said), None) or _accepted_offer(talk)
    return wish if wish and any(map(signals.is_specific, talk.said)) else None


def _opportunity(talk: Talk) -> Sentence | None:
    wish = next((s for s in talk.said if signals.wants_to_buy(s) or signals.is_interested(s)), None)
    return wish or _accepted_offer(talk)


def _follow_up(talk: Talk) -> Sentence | None:
    said = [s for turn in _since_member(talk) if not turn.is_ours for s in turn.sentences]
    asked = signals.last(wordings.ASKS_TO_HEAR, said) or signals.last(wordings.WANTS_PERSON, said)
    return asked or open_promise(talk) or open_question(talk)


def _contacted(talk: Talk) -> Sentence | None:
    by_member = [turn for turn in talk.turns if turn.line.author is Author.MEMBER and turn.sentences]
    if not by_member or (not _last_burst(talk) and signals.asks_back(talk.turns[-1])):
        return None
    return by_member[-1].sentences[0]


def _waiting_response(talk: Talk) -> Sentence | None:
    return signals.asks_back(talk.turns[-1]) if talk.turns and talk.turns[-1].is_ours else None


def _since_member(talk: Talk) -> Iterator[Turn]:
    """From the last message of a member on."""
    last = max((turn.seq for turn in talk.turns if turn.line.author is Author.MEMBER), default=0)
    return (turn for turn in talk.turns if turn.seq >= last)


def _last_burst(talk: Talk) -> tuple[Turn, ...]:
    last_of_ours = max((turn.seq for turn in talk.ours), default=0)
    return talk.after(last_of_ours)


_TABLE: tuple[tuple[Status, Recogniser], ...] = (
    (Status.SPAM, _spam),
    (Status.NOT_INTERESTED, _decline),
    (Status.QUOTE_REQUEST, open_price),
    (Status.POTENTIAL_CUSTOMER, _potential_customer),
    (Status.OPPORTUNITY, _opportunity),
    (Status.FOLLOW_UP, _follow_up),
    (Status.CONTACTED, _contacted),
    (Status.WAITING_RESPONSE, _waiting_response),
)
