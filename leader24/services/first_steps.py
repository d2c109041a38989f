"""What an owner has still to do before Leader24 is set up, by how things stand."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from leader24 import db
from leader24.models import Activity, Contact, Conversation, Knowledge
from leader24.services import preferences, rights
from leader24.services.preferences import Preferences
from leader24.services.rights import Right


class Step(StrEnum):
    """In the order in which they help most."""

    EXAMPLE = "example"
    BUSINESS = "business"
    AI = "ai"
    WIDGET = "widget"
    WHATSAPP = "whatsapp"


@dataclass(frozen=True, slots=True)
class FirstSteps:
    done: frozenset[Step]
    has_example: bool  # now
    are_dismissed: bool

    @property
    def are_over(self) -> bool:
        return self.are_dismissed or len(self.done) == len(Step)

    @property
    def next(self) -> Step | None:
        return next((step for step in Step if step not in self.done), None)


def look(member_id: int) -> FirstSteps:
    """Raises Forbidden."""
    chosen = preferences.current()
    with db.read() as session:
        rights.check(session, member_id, Right.RUN)
        has_example = _is_any(session, select(Contact.id).where(Contact.is_example))
        return FirstSteps(frozenset(_done(session, chosen)), has_example, chosen.are_first_steps_dismissed)


def dismiss(member_id: int, *, dismissed: bool = True) -> None:
    """For all owners; False brings them back. Raises Forbidden."""
    preferences.change(member_id, are_first_steps_dismissed=dismissed)


def _done(session: Session, chosen: Preferences) -> Iterator[Step]:
    # Only where there is no conversation, and so hardly any activity, the activities are looked through.
    shown = select(Activity.id).where(Activity.kind == "example_loaded")
    if _is_any(session, select(Conversation.id)) or _is_any(session, shown):
        yield Step.EXAMPLE
    if chosen.description or _is_any(session, select(Knowledge.id).where(~Knowledge.is_example)):
        yield Step.BUSINESS
    if chosen.has_model:
        yield Step.AI
    if chosen.widget_sites:
        yield Step.WIDGET
    if chosen.can_send_whatsapp:
        yield Step.WHATSAPP


def _is_any(session: Session, query: Select[int]) -> bool:
    return session.scalar(query.limit(1)) is not None
