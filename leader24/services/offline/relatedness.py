"""How far a reply is about the request, told by the words that both share."""

from leader24.services.offline import asking, signals, wordings
from leader24.services.offline.talk import Exchange
from leader24.services.offline.words import Words, tokens

GENERAL = frozenset({"#when", "#where", "#price"})  # in so many messages that sharing them says little
REACHED_BY = frozenset({"#phone", "#mail"})
SHORT_ANSWER = 8  # words


def relatedness(here: Exchange, earlier: Words, later: Words) -> float:
    """0 to 1: whether it takes up the request, what was said before it, or what the customer then took up himself."""
    reply: Words = frozenset().union(*(turn.words for turn in here.by_agent))
    shared = here.words & reply
    asked_for: Words = frozenset().union(*(signals.asks_for(s.plain) for s in here.sentences))
    if shared - GENERAL or reply & asked_for:
        return 1.0
    if _answers_yes_or_no(here) or _gives_figure(here) or _offers_other(here) or (shared and _share_a_name(here)):
        return 0.8
    if (earlier & reply) - GENERAL:
        return 0.7
    return 0.5 if shared or (later & reply) - GENERAL or _refers_back(here) else 0.0


def _answers_yes_or_no(here: Exchange) -> bool:
    closed = [s for s in here.sentences if s.asks and not asking.ASKS_OPENLY.search(s.plain)]
    return bool(closed) and any(asking.SAYS_YES_OR_NO.search(s.plain) for s in here.said_by_agent)


def _gives_figure(here: Exchange) -> bool:
    """A number where one was asked for: how many, which year, what telephone number."""
    if here.words & REACHED_BY and any(wordings.CONTACT.search(s.plain) for s in here.said_by_agent):
        return True
    asks = any(asking.ASKS_FIGURE.search(s.plain) for s in here.sentences)
    return asks and any(map(str.isdigit, "".join(s.plain for s in here.said_by_agent)))


def _offers_other(here: Exchange) -> bool:
    """Another one, where the customer asked for another one."""
    asks = any(s.asks and wordings.OTHER.search(s.plain) for s in here.sentences)
    return asks and any(wordings.OTHER.search(s.plain) for s in here.said_by_agent)


def _share_a_name(here: Exchange) -> bool:
    """The same day or street, where only the kind of the words is common to both."""
    asked = frozenset().union(*(sentence.named for sentence in here.sentences))
    return any(asked & sentence.named for sentence in here.said_by_agent)


def _refers_back(here: Exchange) -> bool:
    """ "It's made of oak": a short answer that has its subject from the question."""
    answers = [s for s in here.said_by_agent if asking.REFERS_BACK.search(s.plain)]
    return any(s.asks for s in here.sentences) and any(len(tokens(s.plain)) <= SHORT_ANSWER for s in answers)
