"""What the activities of a conversation tell about it."""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from leader24.models import Activity, Member, Review


def last_by(session: Session, conversation_id: int, kind: str) -> str:
    """The name of who did that last; "" where it was no member."""
    query = (
        select(Member.name)
        .join(Activity, Activity.member_id == Member.id)
        .where(Activity.conversation_id == conversation_id, Activity.kind == kind)
        .order_by(Activity.id.desc())
    )
    return session.scalar(query.limit(1)) or ""


def happened_since(session: Session, review: Review, kind: str) -> bool:
    """Whether members did that to its conversation after this review."""
    same = Activity.conversation_id == review.conversation_id, Activity.kind == kind
    return bool(session.scalar(select(exists().where(*same, Activity.created_at > review.created_at))))
