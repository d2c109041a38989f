"""Reads a conversation with no key and no network: quotes instead of prose, rules instead of judgement."""

from leader24.models import Status
from leader24.services import rubric
from leader24.services.offline import grading, signals, summary
from leader24.services.offline.observed import Observed
from leader24.services.offline.phrases import say
from leader24.services.offline.status import choose
from leader24.services.offline.talk import Sentence, read
from leader24.services.rubric import Cap, Grade, NotRated
from leader24.services.seams import Business, Verdict
from leader24.services.transcript import Transcript

NAME = "offline"


class OfflineReviewer:
    def review(self, transcript: Transcript, business: Business) -> Verdict:
        """The same conversation always gets the same verdict. Never raises Unavailable."""
        seen = Observed(read(transcript))
        talk = seen.talk
        status, evidence = choose(talk)
        not_rated, grades, caps = _rate(transcript, seen, status, business.language)
        return Verdict(
            title=summary.title(talk, business.language),
            customer_wants=summary.customer_wants(talk, business.language),
            what_happened=summary.what_happened(seen, status, business.language),
            to_do_next=summary.to_do_next(talk, status, business.language),
            grades=grades,
            caps=caps,
            not_rated=not_rated,
            status=status,
            status_reason=_reason(status, evidence, business.language),
            language=talk.language,
            wants_person=summary.waits_for_person(talk),
            reviewer=NAME,
        )


def _rate(
    transcript: Transcript, seen: Observed, status: Status, language: str
) -> tuple[NotRated | None, tuple[Grade, ...], tuple[Cap, ...]]:
    not_rated = NotRated.SPAM if status is Status.SPAM else rubric.why_not_rated(transcript)
    if not_rated:
        return not_rated, (), ()
    grades = rubric.with_true_quotes(grading.grade(seen, language), transcript)
    return (None, grades, grading.caps(seen)) if grades else (NotRated.NO_EVIDENCE, (), ())


def _reason(status: Status, evidence: Sentence | None, language: str) -> str:
    if evidence is None:
        return say(language, "nothing_asked")
    only_tells = status is Status.INFO_ONLY and not signals.presses(evidence)
    return say(language, "only_tells" if only_tells else status, quote=evidence.quote)
