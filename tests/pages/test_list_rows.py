"""What a line of the list has room for."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from leader24.models import Author, Source, Status
from leader24.pages import rows
from leader24.services.list_rows import ConversationRow

ROW = ConversationRow(
    id=1,
    contact_id=1,
    contact_name="Emily Carter",
    phone=None,
    title="Oak chairs",
    source=Source.WIDGET,
    status=Status.SPAM,
    preview="Hello",
    last_author=Author.CUSTOMER,
    last_message_at=datetime(2026, 11, 25, 12, tzinfo=UTC),
    version=1,
    score=92,
    not_rated=None,
    reviewed_at=datetime(2026, 11, 25, 12, 10, tzinfo=UTC),
    waiting_since=None,
    waits_for_person=False,
    answer_due_at=None,
    review_problem=None,
    note_count=0,
    read_by=frozenset(),
    is_unread=False,
    tags=(),
    tag_ids=frozenset(),
)
WAITING = replace(ROW, waiting_since=ROW.last_message_at, waits_for_person=True)


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(
    ("row", "shown", "more"),
    [
        (ROW, [], ""),
        (replace(ROW, tags=("vip", "garden")), ["vip", "garden"], ""),
        (replace(ROW, tags=("vip", "garden", "gift")), ["vip", "garden"], "+1"),
        (replace(ROW, tags=("callback", "warranty")), ["callback", "warranty"], ""),
        (replace(WAITING, tags=("callback", "warranty"), status=Status.FOLLOW_UP), ["callback"], "+1"),
        (replace(ROW, tags=("callback", "warranty"), score=None), ["callback"], "+1"),
        (replace(ROW, tags=("a tag of very many words",)), ["a tag of very many words"], ""),
        (replace(WAITING, tags=("wholesale", "vip"), status=Status.POTENTIAL_CUSTOMER), [], "+2"),
    ],
)
def test_tags_are_shown_as_far_as_they_can_be_read_and_the_others_counted(
    row: ConversationRow, shown: list[str], more: str
) -> None:
    plain = rows.conversation(row)
    assert (plain["tags"], plain["more_tags"]) == (shown, more)
