"""Title and summary: the customer's own words, cut to what they are about, and what became of them."""

from leader24.models import Author, Status
from leader24.services.offline import signals, wordings
from leader24.services.offline import title as titles
from leader24.services.offline.observed import Observed
from leader24.services.offline.phrases import say
from leader24.services.offline.status import (
    arranged,
    last_answer,
    open_promise,
    open_question,
    unknown_to_agent,
    wants_person,
)
from leader24.services.offline.talk import Sentence, Talk, Turn


def title(talk: Talk, language: str) -> str:
    """At most 60 characters; what the customer's first real request is about, or what he tells."""
    return titles.choose(_by_relevance(talk)) or say(language, "untitled")


def customer_wants(talk: Talk, language: str) -> str:
    requests = _by_relevance(talk)
    if not requests:
        return say(language, "wants_nothing")
    main = titles.main(requests) or requests[0]
    said = [say(language, _kind_of_wish(main), quote=main.quote)]
    others = [s for s in requests if s.seq > main.seq and _is_new(s, main)]
    if others:
        said.append(say(language, "also", quote=others[-1].quote))
    return " ".join(said)


def _by_relevance(talk: Talk) -> list[Sentence]:
    """What the customer asked for: within his first message with a request, the request itself before its story."""
    requests = [s for s in talk.said if signals.is_request(s)] or [s for s in talk.said if signals.tells(s)]
    return sorted(requests, key=lambda s: s.seq > requests[0].seq or _kind_of_wish(s) == "writes")


def what_happened(seen: Observed, status: Status, language: str) -> str:
    talk = seen.talk
    if not talk.turns:
        return say(language, "no_messages")
    lost = [say(language, "unsent", quote=turn.quote) for turn in talk.unsent[-1:]]
    if not talk.ours:
        return " ".join(lost or [say(language, "no_answer")])
    return " ".join((_our_part(seen, language), *_their_part(talk, status, language), *lost))


def to_do_next(talk: Talk, status: Status, language: str) -> str:
    """Empty where nothing is to be done."""
    if status in (Status.SPAM, Status.NOT_INTERESTED):
        return ""
    waiting = open_question(talk)
    if waits_for_person(talk):
        return say(language, "do_person")
    if waiting and status is not Status.QUOTE_REQUEST:
        return say(language, "do_answer", quote=waiting.quote)
    return _next_for(talk, status, language)


def _next_for(talk: Talk, status: Status, language: str) -> str:
    if status is Status.FOLLOW_UP:
        return _to_follow_up(talk, language)
    done = arranged(talk)
    if done and status in (Status.POTENTIAL_CUSTOMER, Status.OPPORTUNITY):
        return say(language, "do_arranged", quote=done.quote)
    return say(language, _NEXT[status]) if status in _NEXT else ""


def _to_follow_up(talk: Talk, language: str) -> str:
    promise = open_promise(talk)
    if promise:
        return say(language, "do_promise", quote=promise.quote)
    return say(language, "do_knowledge" if unknown_to_agent(talk) else "do_asked")


_NEXT = {
    Status.QUOTE_REQUEST: "do_quote",
    Status.POTENTIAL_CUSTOMER: "do_contact",
    Status.OPPORTUNITY: "do_interest",
    Status.WAITING_RESPONSE: "do_remind",
}


def _our_part(seen: Observed, language: str) -> str:
    talk, last = seen.talk, last_answer(seen.talk)
    if last is None:
        return (
            say(language, "agent_greeted") if talk.agent else say(language, "member_wrote", quote=talk.ours[-1].quote)
        )
    if last.line.author is Author.MEMBER:
        return say(language, "member_wrote", quote=last.quote)
    if seen.ignored_person:
        return say(language, "ignored_person")
    return say(language, _kind_of_answer(last), quote=last.quote)


def _kind_of_answer(turn: Turn) -> str:
    if wordings.HANDS_OVER.search(turn.plain):
        return "agent_handed_over"
    if wordings.DOES_NOT_KNOW.search(turn.plain):
        return "agent_did_not_know"
    only_asks = all(s.asks for s in turn.sentences) and signals.asks_back(turn)
    return "agent_asked" if only_asks else "agent_answered"


def _their_part(talk: Talk, status: Status, language: str) -> list[str]:
    waiting = open_question(talk)
    if status is Status.NOT_INTERESTED:
        return [say(language, "customer_declined")]
    if waiting:
        return [say(language, "customer_waits", quote=waiting.quote)]
    if talk.turns[-1].is_ours and signals.asks_back(talk.turns[-1]):
        return [say(language, "customer_silent")]
    last = talk.customer[-1] if talk.customer else None
    return [say(language, "customer_thanked")] if last and wordings.THANKS.search(last.plain) else []


def _kind_of_wish(sentence: Sentence) -> str:
    if wordings.WANTS_PERSON.search(sentence.plain):
        return "wants_person"
    if signals.asks_price(sentence):
        return "wants_quote"
    if signals.is_complaint(sentence):
        return "complains"
    if signals.wants_to_buy(sentence):
        return "wants_to_buy"
    if signals.is_interested(sentence):
        return "may_buy"
    return "asks" if sentence.asks else "writes"


def _is_new(sentence: Sentence, main: Sentence) -> bool:
    return (sentence.asks or signals.wants_to_buy(sentence)) and not sentence.words <= main.words


def waits_for_person(talk: Talk) -> bool:
    asked = wants_person(talk)
    return asked is not None and not any(turn.line.author is Author.MEMBER for turn in talk.after(asked.seq))
