"""The AI review: which conversations are due, what a review changes, and what happens when it fails."""

import logging
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from time import monotonic

from sqlalchemy import select, update

from leader24 import changes, clock, db
from leader24.models import LONGEST_WAIT, Activity, Contact, Conversation, Delivery, Message, Review, SetBy
from leader24.services import preferences, rights, rubric
from leader24.services.conversations import SETTLED, note_activity
from leader24.services.rights import Right
from leader24.services.seams import Misconfigured, Reviewer, Unavailable, Verdict
from leader24.services.transcript import Line, Transcript

MOST_AT_ONCE = 20
LEASE = timedelta(minutes=3)  # longer than a review may take; after a crash the next attempt comes then
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=1)
PATIENCE = 6  # failed attempts, about a quarter of an hour, before the offline reviewer takes over

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Claim:
    """A conversation that is ours to review until the lease ends, as it was when we took it."""

    conversation_id: int
    version: int
    attempts: int
    is_provisional: bool  # the offline reviewer has already stood in for this version
    is_overdue: bool  # it has waited as long as any may: each message counts the attempts anew, not the wait

    def gives_up(self, problem: Unavailable) -> bool:
        """Whether the offline reviewer is to stand in rather than that it waits longer."""
        is_lasting = isinstance(problem, Misconfigured) or self.is_overdue or self.attempts >= PATIENCE
        return is_lasting and not self.is_provisional


def review_safely(claim: Claim, reviewer: Reviewer, stand_in: Reviewer) -> None:
    """As `review`; whatever goes wrong is noted and tried again, so that one conversation cannot stop the others."""
    try:
        review(claim, reviewer, stand_in)
    except Exception:  # one conversation must not stop the others; it is tried again
        log.exception("review of conversation %d failed", claim.conversation_id)
        _remember_failure(claim, Unavailable("internal"))


def claim_due() -> list[Claim]:
    """Take what is due, each with its next attempt already pushed into the future, so that nothing blocks for ever."""
    now = clock.now()
    is_due = (Conversation.due_at <= now) & Conversation.deleted_at.is_(None)
    with db.read() as session:
        if session.scalar(select(Conversation.id).where(is_due).limit(1)) is None:
            return []
    with db.write(can_wait=True) as session:
        due = select(Conversation).where(is_due).order_by(Conversation.due_at).limit(MOST_AT_ONCE)
        claims = []
        for conversation in session.scalars(due):
            claims.append(_claim(conversation, now))
    return claims


def follow_delay(member_id: int) -> None:
    """An owner has changed the delay: the clocks that run already go by it too. What is claimed, tried again or asked
    for by a person keeps its own."""
    review_after = preferences.current().review_after
    runs = Conversation.due_at.is_not(None), Conversation.review_attempts == 0, ~Conversation.wants_person
    with db.write() as session:
        rights.check(session, member_id, Right.RUN)
        for conversation in session.scalars(select(Conversation).where(*runs)):
            conversation.wait(review_after)


def claim(conversation_id: int) -> Claim:
    """Take this one now, due or not."""
    with db.write(can_wait=True) as session:
        return _claim(session.get_one(Conversation, conversation_id), clock.now())


def is_being_reviewed(conversation: Conversation) -> bool:
    """By a claim that still counts: no message came since, and its lease is not over."""
    return conversation.reviewing_since is not None and clock.now() < conversation.reviewing_since + LEASE


def review(claim: Claim, reviewer: Reviewer, stand_in: Reviewer) -> None:
    """Ask, and keep the verdict or the failure."""
    if claim.attempts > PATIENCE and not claim.is_provisional:  # all ended in a crash, or in an error of ours
        _ask(claim, stand_in, again_at=clock.now() + _pause(claim.attempts))
        return
    try:
        _ask(claim, reviewer)
    except Unavailable as problem:
        _remember_failure(claim, problem)
        if claim.gives_up(problem):
            _ask(claim, stand_in, again_at=clock.now() + _pause(claim.attempts))


def save(claim: Claim, verdict: Verdict, seconds: float, again_at: datetime | None = None) -> bool:
    """All of the review in one transaction; False, and nothing kept, if a message came or it was deleted
    meanwhile.

    `again_at`: it is only a stand-in's, and to be done again then."""
    with db.write(can_wait=True) as session:
        unchanged = (Conversation.id == claim.conversation_id) & (Conversation.version == claim.version)
        conversation = session.scalar(select(Conversation).where(unchanged, Conversation.deleted_at.is_(None)))
        if conversation is None:
            return False
        kept = _review(claim, verdict, seconds)
        session.add_all([kept, _happened(conversation, kept)])
        _apply(conversation, kept)
        conversation.due_at, conversation.reviewing_since = again_at, None
        if again_at is None:
            conversation.review_attempts, conversation.review_problem = 0, None
        session.get_one(Contact, conversation.contact_id).learn(language=verdict.language)
    changes.publish(claim.conversation_id)
    return True


def transcript_of(conversation_id: int, version: int) -> Transcript:
    """Its messages up to that version."""
    with db.read() as session:
        conversation = session.get_one(Conversation, conversation_id)
        messages = session.scalars(
            select(Message)
            .where(Message.conversation_id == conversation_id, Message.seq <= version)
            .order_by(Message.seq)
        )
        lines = tuple(
            Line(m.seq, m.author, m.text, m.received_at, is_unsent=m.delivery is Delivery.FAILED) for m in messages
        )
        covered = session.scalar(
            select(Review.covers).where(Review.conversation_id == conversation_id).order_by(Review.id.desc()).limit(1)
        )
        return Transcript(conversation_id, conversation.source, lines, covered or 0)


def _claim(conversation: Conversation, now: datetime) -> Claim:
    conversation.review_attempts += 1
    conversation.due_at, conversation.reviewing_since = now + LEASE, now
    waits_since = conversation.unreviewed_since
    return Claim(
        conversation.id,
        conversation.version,
        conversation.review_attempts,
        is_provisional=conversation.reviewed_at is not None and waits_since is None,
        is_overdue=waits_since is not None and now >= waits_since + LONGEST_WAIT,
    )


def _ask(claim: Claim, reviewer: Reviewer, again_at: datetime | None = None) -> None:
    transcript, business = transcript_of(claim.conversation_id, claim.version), preferences.current().business
    started = monotonic()
    verdict = reviewer.review(transcript, business)
    save(claim, verdict, monotonic() - started, again_at)


def _remember_failure(claim: Claim, problem: Unavailable) -> None:
    log.warning("review of conversation %d failed: %s", claim.conversation_id, problem.code)
    with db.write(can_wait=True) as session:
        session.execute(
            update(Conversation)
            .where(Conversation.id == claim.conversation_id, Conversation.version == claim.version)
            .values(review_problem=problem.code, due_at=clock.now() + _pause(claim.attempts), reviewing_since=None)
        )
    changes.publish(claim.conversation_id)


def _pause(attempts: int) -> timedelta:
    return min(FIRST_PAUSE * int(2 ** min(attempts - 1, 10)), LONGEST_PAUSE)


def _review(claim: Claim, verdict: Verdict, seconds: float) -> Review:
    score = None if verdict.not_rated else rubric.score(verdict.grades, verdict.caps)
    return Review(
        conversation_id=claim.conversation_id,
        covers=claim.version,
        created_at=clock.now(),
        reviewer=verdict.reviewer,
        rubric_version=rubric.VERSION,
        title=verdict.title,
        customer_wants=verdict.customer_wants,
        what_happened=verdict.what_happened,
        to_do_next=verdict.to_do_next,
        score=score,
        not_rated=verdict.not_rated or (rubric.NotRated.NO_EVIDENCE if score is None else None),
        grades=[asdict(grade) for grade in verdict.grades],
        caps=list(verdict.caps),
        status=verdict.status,
        status_reason=verdict.status_reason,
        language=verdict.language,
        wants_person=verdict.wants_person,
        tokens=verdict.tokens,
        seconds=seconds,
        raw=verdict.raw,
    )


def _apply(conversation: Conversation, review: Review) -> None:
    """What the list shows from now on; a title or status that a member set stays."""
    if conversation.title_set_by is not SetBy.MEMBER:
        conversation.title = review.title
    if conversation.status_set_by is not SetBy.MEMBER:
        conversation.status, conversation.status_set_by = review.status, SetBy.AI
    conversation.score, conversation.not_rated = review.score, review.not_rated
    conversation.reviewed_at = review.created_at
    conversation.unreviewed_since = None
    conversation.wants_person = False
    if review.wants_person:
        conversation.keep_waiting_for_person(conversation.last_message_at)
    elif review.status in SETTLED and not conversation.waits_for_person:
        conversation.settle()
    conversation.revision += 1


def _happened(conversation: Conversation, review: Review) -> Activity:
    by_member = conversation.status_set_by is SetBy.MEMBER
    changed = {} if by_member or conversation.status is review.status else {"status": review.status}
    return note_activity(conversation.id, None, "reviewed", reviewer=review.reviewer, **changed)
