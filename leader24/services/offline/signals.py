"""What a sentence or message does, told by its wording."""

import re
from collections.abc import Iterable, Sequence

from leader24.services.offline import advertising, asking, buying, manners, wordings
from leader24.services.offline.talk import Sentence, Turn
from leader24.services.offline.words import Words, fold, tokens

SHOUTED_LETTERS = 12
SHORT = 10  # words of a sentence that is only courtesy

_DOTS = " \t\n.,;:…-–_*?!"
_KEYBOARD = re.compile(r"asdf|fdsa|qwer|zxcv|jkl|lkj|kjh|[bcdfghjklmnpqrstvwxz]{6,}|(.)\1{4,}")


def first(pattern: re.Pattern[str], sentences: Iterable[Sentence]) -> Sentence | None:
    return next((sentence for sentence in sentences if pattern.search(sentence.plain)), None)


def last(pattern: re.Pattern[str], sentences: Sequence[Sentence]) -> Sentence | None:
    return first(pattern, reversed(sentences))


def is_small_talk(sentence: Sentence) -> bool:
    """A greeting, a thank-you, a yes: nothing that needs an answer."""
    if not sentence.words:
        return not sentence.asks
    thanks = wordings.THANKS.search(sentence.plain) and not (sentence.asks or asks_price(sentence))
    return bool(thanks) and len(sentence.words) <= 1 and _is_short(sentence)


def is_request(sentence: Sentence) -> bool:
    return tells(sentence) and not is_closing(sentence)


def tells(sentence: Sentence) -> bool:
    """Has something to say that is more than courtesy or impatience."""
    return bool(sentence.words) and not is_small_talk(sentence) and not is_nudge(sentence)


def is_nudge(sentence: Sentence) -> bool:
    """ "Hello?", "are you there?", "??": nothing but a sign that somebody is waiting."""
    if sentence.asks and asking.NUDGES.search(sentence.plain):
        return True
    return bool(asking.STILL_WAITS.search(sentence.plain)) and _is_short(sentence)


def is_closing(sentence: Sentence) -> bool:
    """ "I'll wait for your quote": the customer says what he will do, and nothing is for us to answer."""
    return bool(wordings.CLOSES.search(sentence.plain)) and not sentence.asks and not is_complaint(sentence)


def presses(sentence: Sentence) -> bool:
    """Asks for something, so that silence is no answer."""
    wants_person = wordings.WANTS_PERSON.search(sentence.plain)
    wants_goods = asks_price(sentence) or wants_to_buy(sentence)
    return bool(wants_person) or sentence.asks or wants_goods or is_complaint(sentence)


def puts_off(sentence: Sentence) -> bool:
    """Passes it on, promises to look into it or asks for patience."""
    ways = (wordings.HANDS_OVER, wordings.PROMISES, wordings.STALLS)
    return not sentence.asks and any(way.search(sentence.plain) for way in ways)


def is_nonsense(sentence: Sentence) -> bool:
    """Keys hit at random, in every word that has more than three letters."""
    long = [token for token in tokens(sentence.plain) if len(token) > 3]
    return bool(long) and all(token.isascii() and _KEYBOARD.search(token) for token in long)


def is_advertising(sentence: Sentence) -> bool:
    return bool(advertising.SPAM.search(sentence.plain)) and not advertising.SEEKS_SERVICE.search(sentence.plain)


def asks_price(sentence: Sentence) -> bool:
    return bool(asking.ASKS_QUOTE.search(sentence.plain) or asking.ASKS_PRICE.search(sentence.plain))


def asks_for(plain: str) -> Words:
    """Whether a time, a place or a price is what one wants to know, and not just mentions."""
    return frozenset(name for name, wording in asking.ASKS_FOR.items() if wording.search(plain))


def gives_price(sentence: Sentence) -> bool:
    if buying.LEAVES_PRICE_OPEN.search(sentence.plain):
        return False
    return bool(buying.MONEY.search(sentence.plain) or buying.FREE_OF_CHARGE.search(sentence.plain))


def tells_price(sentence: Sentence) -> bool:
    """Says something of the price, be it that it depends; a figure may be one without its currency."""
    if "#price" in sentence.words or any(map(str.isdigit, sentence.plain)):
        return True
    return bool(buying.FREE_OF_CHARGE.search(sentence.plain) or buying.LEAVES_PRICE_OPEN.search(sentence.plain))


def is_complaint(sentence: Sentence) -> bool:
    """Wants something put right or undone."""
    return bool(wordings.TROUBLE.search(sentence.plain) or wordings.CHANGES.search(sentence.plain))


def wants_to_buy(sentence: Sentence) -> bool:
    """A wish to have something, not merely to know it."""
    plain = sentence.plain
    if is_complaint(sentence) or wordings.SPEAKS.search(plain) or not sentence.words - {"#when", "#price"}:
        return False
    return bool(buying.BUYS.search(plain) or buying.WANTS.search(plain)) and not _only_asks(sentence)


def is_interested(sentence: Sentence) -> bool:
    if is_complaint(sentence) or not sentence.words:
        return False
    return bool(buying.INTERESTED.search(sentence.plain)) and not _only_asks(sentence)


def is_specific(sentence: Sentence) -> bool:
    """Names a time, an amount, a budget or a way to be reached."""
    return "#when" in sentence.words or any(
        pattern.search(sentence.plain) for pattern in (wordings.CONTACT, buying.MONEY, wordings.NUMBER, buying.BUDGET)
    )


def asks_back(turn: Turn) -> Sentence | None:
    """The question with which our message waits for the customer; courtesy alone does not wait."""
    questions = [s for s in turn.sentences if s.asks and not asking.COURTESY_QUESTION.search(s.plain)]
    return questions[-1] if questions else None


def is_pleasantry(turn: Turn) -> bool:
    """Only greeting, courtesy or farewell; whoever offers his help may say his name before."""
    if all(map(is_courtesy, turn.sentences)):
        return True
    offers_help = turn.sentences[-1].asks and is_courtesy(turn.sentences[-1])
    return offers_help and all(is_courtesy(s) or _is_introduction(s) for s in turn.sentences)


def only_greets(turn: Turn) -> bool:
    """Says hello or offers its help, as at the beginning of a talk, whatever it was asked."""
    begins = wordings.GREETING.search(turn.plain) or asking.OFFERS_HELP.search(turn.plain)
    agrees = any(asking.SAYS_YES_OR_NO.search(s.plain) for s in turn.sentences)
    return bool(begins) and not agrees and is_pleasantry(turn)


def is_courtesy(sentence: Sentence) -> bool:
    """Greeting, thanks or farewell. What it does not know, the agent may say with no word of its own."""
    if wordings.DOES_NOT_KNOW.search(sentence.plain) or puts_off(sentence):
        return False
    return not sentence.words or is_small_talk(sentence) or _is_set_phrase(sentence)


def is_shouted(turn: Turn) -> bool:
    letters = [c for c in turn.line.text if c.isalpha()]
    return len(letters) >= SHOUTED_LETTERS and sum(c.isupper() for c in letters) > 0.7 * len(letters)


def has_gap(turn: Turn) -> bool:
    """A piece of a template or an error that no customer should have seen, or nothing at all."""
    return not turn.line.text.strip(_DOTS) or bool(manners.PLACEHOLDER.search(fold(turn.line.text)))


def amounts(sentence: Sentence) -> frozenset[str]:
    found = (re.sub(r"[^\d.,]", "", money) for money in buying.MONEY.findall(sentence.plain))
    return frozenset(re.sub(r"[.,]00$", "", money) for money in found)


def _is_introduction(sentence: Sentence) -> bool:
    return not sentence.asks and bool(wordings.INTRODUCES.search(sentence.plain)) and _is_short(sentence)


def _is_set_phrase(sentence: Sentence) -> bool:
    courtesy = asking.COURTESY_QUESTION if sentence.asks else wordings.FAREWELL
    return bool(courtesy.search(sentence.plain)) and _is_short(sentence)


def _is_short(sentence: Sentence) -> bool:
    """So short, and without a number, that beside courtesy nothing else fits in."""
    return len(tokens(sentence.plain)) <= SHORT and not any(map(str.isdigit, sentence.plain))


def _only_asks(sentence: Sentence) -> bool:
    """ "I would like to know …" wants no goods; "… whether I can book a table" does."""
    lead = asking.ONLY_ASKS.search(sentence.plain)
    if (lead or sentence.asks) and asking.ASKS_WHETHER_TO_BUY.search(sentence.plain):
        return True
    return lead is not None and not buying.BUYS.search(sentence.plain, lead.end())
