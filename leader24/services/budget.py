"""The daily cap on calls to the AI provider, so that nobody can run up its bill."""

from sqlalchemy import select

from leader24 import clock, db
from leader24.models import AiUsage
from leader24.services import preferences
from leader24.services.seams import Ai, Answer, Business, Fact, Misconfigured, Verdict
from leader24.services.transcript import Transcript


class Capped:
    """A reviewer and agent that asks for its share of the day's budget before each call."""

    def __init__(self, model: Ai) -> None:
        self._model = model

    def review(self, transcript: Transcript, business: Business) -> Verdict:
        take()
        return self._model.review(transcript, business)

    def respond(self, transcript: Transcript, business: Business, facts: tuple[Fact, ...]) -> Answer:
        take()
        return self._model.respond(transcript, business, facts)


def take() -> None:
    """Count one call of today. Raises Misconfigured when the day's calls are used up."""
    with db.write(can_wait=True) as session:
        day = clock.now().date().isoformat()
        usage = session.get(AiUsage, day) or session.merge(AiUsage(day=day, calls=0))
        if usage.calls >= preferences.current().ai_calls_a_day:
            raise Misconfigured("cap")
        usage.calls += 1


def used_today() -> int:
    with db.read() as session:
        return session.scalar(select(AiUsage.calls).where(AiUsage.day == clock.now().date().isoformat())) or 0
