"""What a review would have otherwise than a member set it: shown beside it until it is taken or dismissed."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from leader24 import changes, db
from leader24.models import Conversation, Review, SetBy, Status
from leader24.services import happenings, rights
from leader24.services.conversations import Gone, note_activity, seen
from leader24.services.rights import Right


class Suggestion(StrEnum):
    STATUS = "status"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Suggested:
    """Of the newest review; None where there is nothing to take."""

    status: Status | None = None
    title: str | None = None


def of(session: Session, conversation: Conversation, review: Review) -> Suggested:
    """A choice that a member made after the review is his answer to it."""
    status = review.status if conversation.status_set_by is SetBy.MEMBER else conversation.status
    title = review.title if conversation.title_set_by is SetBy.MEMBER else conversation.title
    is_open = {
        Suggestion.STATUS: status is not conversation.status,
        Suggestion.TITLE: bool(title) and title != conversation.title,
    }
    waits = {each for each, differs in is_open.items() if differs and _waits(session, review, each)}
    return Suggested(
        status=review.status if Suggestion.STATUS in waits else None,
        title=review.title if Suggestion.TITLE in waits else None,
    )


def dismiss(member_id: int, conversation_id: int, review_id: int, what: Suggestion, *, is_so: bool = True) -> None:
    """For everybody, until the next review; with `is_so` False it is shown again. Raises Gone."""
    with db.write() as session:
        rights.check(session, member_id, Right.WORK)
        seen(session, conversation_id)
        review = session.get(Review, review_id)
        if review is None or review.conversation_id != conversation_id:
            raise Gone(conversation_id)
        if (what in review.dismissed) is is_so:
            return
        others = [each for each in review.dismissed if each != what]
        review.dismissed = [*others, what.value] if is_so else others
        kind = "suggestion_dismissed" if is_so else "suggestion_restored"
        session.add(note_activity(conversation_id, member_id, kind, what=what))
    changes.publish(conversation_id)


def _waits(session: Session, review: Review, what: Suggestion) -> bool:
    kind = {Suggestion.STATUS: "status_changed", Suggestion.TITLE: "title_changed"}[what]
    return what not in review.dismissed and not happenings.happened_since(session, review, kind)
