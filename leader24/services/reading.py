"""A form that a model filled in becomes a verdict or an answer; what nothing bears out is left out."""

import re
from dataclasses import replace

from leader24.models import Author, Status
from leader24.services import plain_text, rubric
from leader24.services.answer_form import Fault, Faults, Grades, Reply, Review, without_markdown
from leader24.services.rubric import Cap, Dimension, Grade, NotRated
from leader24.services.seams import Answer, Fact, Unavailable, Verdict
from leader24.services.transcript import Transcript

LONGEST_TITLE, LONGEST_SENTENCE, LONGEST_QUOTE, LONGEST_PARAGRAPH = 60, 300, 300, 600
LONGEST_REPLY = 1500


def verdict(review: Review, transcript: Transcript) -> Verdict:
    """Nothing that the model claims counts before the transcript bears it out."""
    is_spam = review.is_spam or review.status is Status.SPAM
    grades = _true_grades(review.grades, transcript)
    not_rated = rubric.why_not_rated(transcript) or (NotRated.SPAM if is_spam else None)
    if not grades:
        not_rated = not_rated or NotRated.NO_EVIDENCE
    customer_wants = _prose(review.customer_wants, LONGEST_PARAGRAPH, transcript)
    return Verdict(
        title=_prose(review.title, LONGEST_TITLE, transcript) or _cut(customer_wants, LONGEST_TITLE),
        customer_wants=customer_wants,
        what_happened=_prose(review.what_happened, LONGEST_PARAGRAPH, transcript),
        to_do_next=_prose(review.to_do_next, LONGEST_PARAGRAPH, transcript),
        grades=() if not_rated else grades,
        caps=() if not_rated else _true_caps(review.faults, transcript),
        not_rated=not_rated,
        status=Status.SPAM if is_spam else review.status,
        status_reason=_prose(review.status_reason, LONGEST_SENTENCE, transcript),
        language=_language(review.language),
        wants_person=review.wants_person,
        reviewer="",
    )


def answer(reply: Reply, facts: tuple[Fact, ...], canary: str) -> Answer:
    """Raises Unavailable where the reply gives away the canary, and so perhaps its instructions."""
    if canary in reply.reply.casefold():
        raise Unavailable("leak")
    known = {fact.id for fact in facts}
    used = tuple(number for number in dict.fromkeys(reply.facts_used) if number in known)
    return Answer(_cut(without_markdown(reply.reply), LONGEST_REPLY), reply.wants_person, used)


def _true_grades(levels: Grades, transcript: Transcript) -> tuple[Grade, ...]:
    """Only what the agent wrote shows how well he answered: a customer cannot praise him into a score."""
    named = [(dimension, getattr(levels, dimension)) for dimension in Dimension]
    grades = tuple(
        Grade(dimension, each.level, each.n, _quote(each.quote), _prose(each.reason, LONGEST_SENTENCE, transcript))
        for dimension, each in named
        if each.level is not None
    )
    return rubric.with_true_quotes(grades, _only(transcript, Author.AGENT))


def _true_caps(faults: Faults, transcript: Transcript) -> tuple[Cap, ...]:
    shown_by = {Cap.IGNORED_PERSON: Author.CUSTOMER, Cap.UNANSWERED: Author.CUSTOMER}
    return tuple(
        cap for cap in Cap if _is_shown(getattr(faults, cap), _only(transcript, shown_by.get(cap, Author.AGENT)))
    )


def _is_shown(fault: Fault, transcript: Transcript) -> bool:
    evidence = Grade(Dimension.RESOLVED, 0, fault.n, _quote(fault.quote), "")  # for the sake of its quote
    return fault.happened and bool(rubric.with_true_quotes((evidence,), transcript))


def _only(transcript: Transcript, author: Author) -> Transcript:
    return replace(transcript, lines=transcript.by(author))


def _quote(text: str) -> str:
    return " ".join(plain_text.storable(text).split())[:LONGEST_QUOTE]


def _prose(text: str, longest: int, transcript: Transcript) -> str:
    """One line without links and phone numbers that nobody wrote: a member may well follow or call them."""
    text = plain_text.line(text[: 10 * longest])
    said = "\n".join(line.text for line in transcript.lines).casefold()
    digits = re.sub(r"[^\d\n]", "", said)
    text = LINK.sub(lambda link: link[0] if link[0].casefold().rstrip(".,;:!?)»”\"'") in said else "", text)
    text = NUMBER.sub(lambda number: number[0] if re.sub(r"\D", "", number[0])[-9:] in digits else "", text)
    return _cut(" ".join(text.split()), longest)


LINK = re.compile(r"(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/\S*", re.IGNORECASE)
NUMBER = re.compile(r"\+?\d(?:[ .()\-]{0,3}\d){8,}")


def _language(text: str) -> str:
    """The "it" of "it-IT"; nothing of what is no code."""
    code = re.match(r"[a-z]{2}(?![a-z])", text.strip().casefold())
    return code[0] if code else ""


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
