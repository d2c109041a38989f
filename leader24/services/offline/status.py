"""The status that a conversation suggests: the first line of the table that fits wins."""

from collections.abc import Callable, Iterator

from leader24.models import Author, Status
from leader24.services.offline import advertising, asking, buying, signals, wordings
from leader24.services.offline.talk import Sentence, Talk, Turn

Recogniser = Callable[[Talk], Sentence | None]


def choose(talk: Talk) -> tuple[Status, Sentence | None]:
    """The status and the sentence that speaks for it, if one does."""
    for status, recognise in _TABLE:
        evidence = recognise(talk)
        if evidence:
            return status, evidence
    return Status.INFO_ONLY, first_told(talk)


def first_told(talk: Talk) -> Sentence | None:
    """What the customer asked for first; what he said where he asked for nothing."""
    return next(filter(signals.is_request, talk.said), next(filter(signals.tells, talk.said), None))


def wants_person(talk: Talk) -> Sentence | None:
    """The last time the customer asked for a person."""
    return signals.last(wordings.WANTS_PERSON, talk.said)


def open_question(talk: Talk) -> Sentence | None:
    """What the customer asked for last, if nobody has answered since; "hello?" means what he had asked before."""
    burst = [s for turn in _last_burst(talk) for s in turn.sentences]
    waiting = [s for s in burst if signals.is_request(s)]
    pressing = [s for s in waiting if signals.presses(s)]
    questions = [s for s in pressing if s.asks]
    nudges = [_meant_by(talk, s) for s in burst if signals.is_nudge(s)]
    return next(iter(questions or pressing or nudges or ([] if talk.ours else waiting)), None)


def _meant_by(talk: Talk, nudge: Sentence) -> Sentence:
    """What the customer had asked before he became impatient."""
    asked = [s for s in talk.said if s.seq < nudge.seq and signals.is_request(s)]
    return next(filter(signals.presses, reversed(asked)), asked[-1] if asked else nudge)


def open_promise(talk: Talk) -> Sentence | None:
    """Something that we promised and no member has taken up."""
    since_member = list(_since_member(talk))
    said = [s for turn in since_member for s in turn.sentences if turn.is_ours and not s.asks]
    stalled = signals.last(wordings.STALLS, said[-1:])  # with anything said after it, it has been kept
    return signals.last(wordings.PROMISES, said) or signals.last(wordings.HANDS_OVER, said) or stalled


def last_answer(talk: Talk) -> Turn | None:
    """Our last message that is more than courtesy."""
    said_something = (turn for turn in reversed(talk.ours) if not signals.is_pleasantry(turn))
    said_yes_or_no = (turn for turn in reversed(talk.ours) if asking.SAYS_YES_OR_NO.search(turn.plain))
    return next(said_something, next(said_yes_or_no, None))


def unknown_to_agent(talk: Talk) -> Sentence | None:
    """Where the agent's last word was that he does not know."""
    last = last_answer(talk)
    return signals.first(wordings.DOES_NOT_KNOW, last.sentences) if last and last.is_agents else None


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
    """The last thing that he said, apart from courtesy; whoever declines and asks on has not declined."""
    for sentence in (s for turn in reversed(talk.customer) for s in reversed(turn.sentences)):
        if not sentence.asks and (_turns_away(sentence) or _refuses(talk, sentence)):
            return sentence
        if not signals.is_small_talk(sentence):
            return None
    return None


def _turns_away(sentence: Sentence) -> bool:
    return bool(buying.DECLINES.search(sentence.plain)) and not buying.LOOKS_ON.search(sentence.plain)


def _refuses(talk: Talk, sentence: Sentence) -> bool:
    """ "No thanks" refuses what was offered or asked for, but not the question whether there is anything else."""
    if arranged(talk) or buying.PUTS_OFF_BUYING.search(sentence.plain):
        return False
    if _answers_offer(talk, sentence):
        chooses = signals.is_specific(sentence) or buying.PREFERS.search(sentence.plain)
        says_no = buying.REFUSES.search(sentence.plain) and (not chooses or buying.DOES_NOT_SUIT.search(sentence.plain))
        return bool(says_no or buying.NO_THANKS.search(sentence.plain))
    if _answers_courtesy(talk, sentence) or _ends_talk(talk, sentence):
        return False
    return bool(buying.NO_THANKS.search(sentence.plain)) and _is_at_stake(talk, sentence)


def _ends_talk(talk: Talk, sentence: Sentence) -> bool:
    since = (s for turn in talk.customer if turn.seq >= sentence.seq for s in turn.sentences)
    return any(buying.ENDS_TALK.search(s.plain) for s in since)


def _is_at_stake(talk: Talk, sentence: Sentence) -> bool:
    """Whether he can do without something: our offer, question or promise, or what he wanted himself."""
    before = _before(talk, sentence)
    if before and (signals.asks_back(before) or any(map(signals.puts_off, before.sentences))):
        return True
    return any(signals.asks_price(s) or signals.wants_to_buy(s) for s in talk.said if s.seq <= sentence.seq)


def arranged(talk: Talk) -> Sentence | None:
    """The last thing that we said to be booked, reserved or ordered."""
    return signals.last(buying.ARRANGED, [s for turn in talk.ours for s in turn.sentences if not s.asks])


def _accepted_offer(talk: Talk) -> Sentence | None:
    accepted = (s for s in talk.said if buying.ACCEPTS.search(s.plain) and _answers_offer(talk, s))
    return next((s for s in accepted if not buying.NO_THANKS.search(s.plain)), None)


def _answers_offer(talk: Talk, sentence: Sentence) -> bool:
    """Whether our last message before it offered something to buy or book."""
    before = _before(talk, sentence)
    offer = signals.asks_back(before) if before else None
    return offer is not None and bool(buying.OFFERS.search(offer.plain))


def _answers_courtesy(talk: Talk, sentence: Sentence) -> bool:
    before = _before(talk, sentence)
    if before is None or signals.only_greets(before):
        return False
    return any(asking.COURTESY_QUESTION.search(s.plain) for s in before.sentences)


def _before(talk: Talk, sentence: Sentence) -> Turn | None:
    """Our last message before it."""
    return next((turn for turn in reversed(talk.ours) if turn.seq < sentence.seq), None)


def _potential_customer(talk: Talk) -> Sentence | None:
    wish = next(filter(signals.wants_to_buy, talk.said), None) or _accepted_offer(talk)
    if wish is None and signals.first(wordings.CONTACT, talk.said):
        wish = next(filter(signals.is_interested, talk.said), None)
    if wish is None and not any(map(signals.is_complaint, talk.said)):
        wish = arranged(talk)
    return wish if wish and any(map(signals.is_specific, talk.said)) else None


def _opportunity(talk: Talk) -> Sentence | None:
    wish = next((s for s in talk.said if signals.wants_to_buy(s) or signals.is_interested(s)), None)
    return wish or _accepted_offer(talk)


def _follow_up(talk: Talk) -> Sentence | None:
    said = [s for turn in _since_member(talk) if not turn.is_ours for s in turn.sentences]
    asked = signals.last(wordings.ASKS_TO_HEAR, said) or signals.last(wordings.WANTS_PERSON, said)
    return asked or open_promise(talk) or open_question(talk) or unknown_to_agent(talk)


def _contacted(talk: Talk) -> Sentence | None:
    by_member = [turn for turn in talk.turns if turn.line.author is Author.MEMBER and turn.sentences]
    if not by_member or (not _last_burst(talk) and signals.asks_back(talk.turns[-1])):
        return None
    return max(by_member[-1].sentences, key=lambda sentence: len(sentence.words))


def _waiting_response(talk: Talk) -> Sentence | None:
    return signals.asks_back(talk.turns[-1]) if talk.turns and talk.turns[-1].is_ours else None


def _since_member(talk: Talk) -> Iterator[Turn]:
    """From the last message of a member on."""
    last = max((turn.seq for turn in talk.turns if turn.line.author is Author.MEMBER), default=0)
    return (turn for turn in talk.turns if turn.seq >= last)


def _last_burst(talk: Talk) -> tuple[Turn, ...]:
    """What the customer wrote since our last message; a mere greeting of ours is no answer."""
    last_of_ours = max((turn.seq for turn in talk.ours if not signals.only_greets(turn)), default=0)
    return tuple(turn for turn in talk.after(last_of_ours) if not turn.is_ours)


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
