"""Points for the agent's answers, by rules that anyone can check against the quoted passage."""

from dataclasses import dataclass

from leader24.services.offline import manners, signals, words
from leader24.services.offline.observed import Observed
from leader24.services.offline.outcomes import Judged, Outcome
from leader24.services.offline.phrases import say
from leader24.services.offline.talk import Sentence, Turn
from leader24.services.rubric import Cap, Dimension, Grade

RELATED = 0.3  # less than this on average, and the answers belong to other questions
LONG_ANSWER = 150  # words
VERY_LONG = 300
CURT = 2

POINTS = {
    Outcome.ANSWERED: 5.0,
    Outcome.NEXT_STEP: 4.0,
    Outcome.ASKED: 3.0,
    Outcome.UNCLEAR: 3.0,
    Outcome.NO_PRICE: 1.0,
    Outcome.HANDED_OVER: 1.0,
    Outcome.UNKNOWN: 0.4,
    Outcome.MISSED: 0.0,
    Outcome.GREETED: 0.0,
    Outcome.SILENT: 0.0,
}


@dataclass(frozen=True, slots=True)
class Remark:
    """A grade before it is put into words. Without a turn to quote it does not count."""

    points: float
    reason: str
    evidence: Turn | Sentence | None


def grade(seen: Observed, language: str) -> tuple[Grade, ...]:
    """One grade for each dimension that can be judged; none where the customer asked nothing."""
    if not seen.judged:
        return ()
    remarks = {
        Dimension.UNDERSTOOD: _understood(seen),
        Dimension.RESOLVED: _resolved(seen),
        Dimension.CORRECT: _correct(seen),
        Dimension.CLEAR: _clear(seen),
        Dimension.TONE: _tone(seen),
    }
    grades = (_in_words(dimension, remark, language) for dimension, remark in remarks.items() if remark)
    return tuple(grade for grade in grades if grade)


def caps(seen: Observed) -> tuple[Cap, ...]:
    found = {
        Cap.HARM: seen.insult,
        Cap.IGNORED_PERSON: seen.ignored_person,
        Cap.WRONG_LANGUAGE: seen.foreign,
        Cap.UNANSWERED: seen.unanswered,
    }
    return tuple(cap for cap, evidence in found.items() if evidence)


def _understood(seen: Observed) -> Remark | None:
    if seen.ignored_person:
        return Remark(1, "person_ignored", seen.ignored_person)
    if seen.judged[-1].outcome is Outcome.GREETED:
        return Remark(0, "only_greeted", seen.judged[-1].reply)
    if seen.relatedness is None:
        return None
    known = [judged for judged in seen.judged if judged.relatedness is not None and judged.reply]
    points = min(5.0, 6 * seen.relatedness)
    if seen.repeated:
        return Remark(min(points, 2), "repeated", seen.repeated)
    if points >= 4:
        return Remark(points, "related", max(known, key=lambda j: j.relatedness or 0).reply)
    return Remark(
        points, "partly_related" if points >= 2 else "unrelated", min(known, key=lambda j: j.relatedness or 0).reply
    )


def _resolved(seen: Observed) -> Remark:
    last = seen.judged[-1]
    points = [POINTS[judged.outcome] for judged in seen.judged]
    mean = (sum(points) / len(points) + points[-1]) / 2
    flaws = (
        ("asked_again", seen.asked_again, 0.0),
        ("unanswered", seen.unanswered, 1.0),
        ("person_ignored", seen.ignored_person, 1.0),
        ("gap", seen.gap, 2.0),
        ("repeated", seen.repeated, 2.0),
        ("contradiction", seen.contradiction, 3.0),
        ("rude", seen.insult or seen.rude, 3.0),
    )
    for reason, evidence, most in flaws:
        if evidence:
            return Remark(min(mean, most), reason, evidence)
    worst = min(seen.judged, key=lambda judged: POINTS[judged.outcome])
    shown = last if mean >= 4 else worst
    return Remark(mean, _OUTCOME_REASONS[shown.outcome], shown.reply or _asked(shown))


def _correct(seen: Observed) -> Remark | None:
    if seen.contradiction:
        return Remark(0, "contradiction", seen.contradiction)
    if seen.gap:
        return Remark(0, "gap", seen.gap)
    if seen.unproven:
        return Remark(2, "unproven", seen.unproven)
    answered = [judged for judged in seen.judged if judged.outcome is Outcome.ANSWERED]
    if not answered or (seen.relatedness or 0) < RELATED:
        return None
    return Remark(4, "consistent", answered[-1].reply)


def _clear(seen: Observed) -> Remark:
    longest = max(seen.talk.agent, key=lambda turn: len(words.tokens(turn.plain)))
    length = len(words.tokens(longest.plain))
    flaws = (
        (0.0, "foreign", seen.foreign),
        (1.0, "gap", seen.gap),
        (2.0, "repeated", seen.repeated),
        (2.0, "shouted", seen.shouted),
        (2.0 if length > VERY_LONG else 3.0, "long", longest if length > LONG_ANSWER else None),
    )
    return next((Remark(*flaw) for flaw in flaws if flaw[2]), Remark(5, "clear", _best_reply(seen) or longest))


def _tone(seen: Observed) -> Remark:
    flaws = (
        (0.0, "insult", seen.insult),
        (0.0, "rude", seen.rude),
        (1.0, "shouted", seen.shouted),
    )
    found = next((Remark(*flaw) for flaw in flaws if flaw[2]), None)
    if found:
        return found
    courteous = next((turn for turn in seen.talk.agent if manners.COURTEOUS.search(turn.plain)), None)
    if courteous:
        return Remark(5, "courteous", courteous)
    curt = all(len(words.tokens(turn.plain)) <= CURT for turn in seen.talk.agent)
    return Remark(2 if curt else 4, "curt" if curt else "neutral", seen.talk.agent[-1])


_OUTCOME_REASONS = {
    Outcome.ANSWERED: "answered",
    Outcome.NEXT_STEP: "next_step",
    Outcome.ASKED: "asked_back",
    Outcome.UNCLEAR: "unclear",
    Outcome.NO_PRICE: "no_price",
    Outcome.HANDED_OVER: "handed_over",
    Outcome.UNKNOWN: "unknown",
    Outcome.MISSED: "missed",
    Outcome.GREETED: "only_greeted",
    Outcome.SILENT: "silent",
}


def _in_words(dimension: Dimension, remark: Remark, language: str) -> Grade | None:
    evidence = remark.evidence
    if evidence is None or not evidence.quote:
        return None
    return Grade(dimension, round(remark.points), evidence.seq, evidence.quote, say(language, remark.reason))


def _asked(judged: Judged) -> Sentence | None:
    return next(filter(signals.is_request, judged.exchange.sentences), next(iter(judged.exchange.sentences), None))


def _best_reply(seen: Observed) -> Turn | None:
    return next((judged.reply for judged in reversed(seen.judged) if judged.reply), None)
