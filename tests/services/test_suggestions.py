"""What a review would have otherwise than a member set it."""

from datetime import timedelta

import pytest

from leader24 import clock
from leader24.models import Member, Status
from leader24.services import conversations, detail, suggestions
from leader24.services.conversations import Gone
from leader24.services.suggestions import Suggested, Suggestion
from tests import factories

pytestmark = pytest.mark.usefixtures("database")


def chosen_and_reviewed(member: Member, status: Status = Status.FOLLOW_UP) -> int:
    """A conversation that the member called contacted, and that a later review would sort otherwise."""
    conversation_id = factories.listed()
    conversations.change_status(member.id, conversation_id, Status.CONTACTED)
    reviewed(conversation_id, status)
    return conversation_id


def reviewed(conversation_id: int, status: Status) -> None:
    with clock.shifted(timedelta(hours=1)):
        factories.reviewed(conversation_id, status=status)


def newest_review(member: Member, conversation_id: int) -> int:
    review = detail.of(member.id, conversation_id).review
    assert review
    return review.id


def suggested(member: Member, conversation_id: int) -> Suggested:
    return detail.of(member.id, conversation_id).suggested


def test_a_status_that_the_ai_set_needs_no_suggestion(ana: Member) -> None:
    assert suggested(ana, factories.listed()) == Suggested()


def test_a_choice_after_the_review_is_the_answer_to_it(ana: Member) -> None:
    conversation_id = chosen_and_reviewed(ana)
    assert suggested(ana, conversation_id).status is Status.FOLLOW_UP
    with clock.shifted(timedelta(hours=2)):
        conversations.change_status(ana.id, conversation_id, Status.SPAM)
    assert suggested(ana, conversation_id).status is None


def test_what_is_dismissed_stays_so_for_everybody_until_the_next_review(ana: Member, ben: Member) -> None:
    conversation_id = chosen_and_reviewed(ana)
    review = newest_review(ana, conversation_id)
    suggestions.dismiss(ana.id, conversation_id, review, Suggestion.STATUS)
    suggestions.dismiss(ben.id, conversation_id, review, Suggestion.STATUS)
    assert suggested(ben, conversation_id).status is None
    lines = detail.of(ana.id, conversation_id).history.lines
    assert [line.author_name for line in lines if line.kind == "suggestion_dismissed"] == ["Ana"]
    with clock.shifted(timedelta(hours=1)):
        factories.reviewed(conversation_id, status=Status.OPPORTUNITY)
    assert suggested(ben, conversation_id).status is Status.OPPORTUNITY


def test_a_dismissal_can_be_taken_back(ana: Member) -> None:
    conversation_id = chosen_and_reviewed(ana)
    review = newest_review(ana, conversation_id)
    suggestions.dismiss(ana.id, conversation_id, review, Suggestion.STATUS)
    for _ in range(2):
        suggestions.dismiss(ana.id, conversation_id, review, Suggestion.STATUS, is_so=False)
    assert suggested(ana, conversation_id).status is Status.FOLLOW_UP


def test_status_and_title_are_dismissed_each_by_itself(ana: Member) -> None:
    conversation_id = chosen_and_reviewed(ana)
    suggestions.dismiss(ana.id, conversation_id, newest_review(ana, conversation_id), Suggestion.TITLE)
    assert suggested(ana, conversation_id).status is Status.FOLLOW_UP


def test_a_review_of_another_conversation_has_nothing_to_dismiss(ana: Member) -> None:
    conversation_id, other = chosen_and_reviewed(ana), factories.listed()
    with pytest.raises(Gone):
        suggestions.dismiss(ana.id, other, newest_review(ana, conversation_id), Suggestion.STATUS)
    assert suggested(ana, conversation_id).status is Status.FOLLOW_UP
