"""An AI that does as the test says."""

from typing import TypeVar

from leader24.services.seams import Answer, Business, Fact, Verdict
from leader24.services.transcript import Transcript
from tests.factories import VERDICT

Said = TypeVar("Said")
SURE = Answer("Sure.", wants_person=False)


class FakeAi:
    """Says what it is told to, and remembers what it read. An exception is raised instead of said."""

    def __init__(self, verdict: Verdict | Exception = VERDICT, answer: Answer | Exception = SURE) -> None:
        self.verdict, self.answer = verdict, answer
        self.reviewed: list[Transcript] = []
        self.answered: list[Transcript] = []

    def review(self, transcript: Transcript, business: Business) -> Verdict:
        self.reviewed.append(transcript)
        return _said(self.verdict)

    def respond(self, transcript: Transcript, business: Business, facts: tuple[Fact, ...]) -> Answer:
        self.answered.append(transcript)
        return _said(self.answer)


def _said(what: Said | Exception) -> Said:
    if isinstance(what, Exception):
        raise what
    return what
