"""What was counted is kept, and counted anew when something has changed. What the counts are: test_filters.py."""

import pytest

from leader24.models import Member, Status
from leader24.services import conversations, counts, tags
from leader24.services.filters import Filter
from tests import factories

pytestmark = pytest.mark.usefixtures("database")


def test_what_was_counted_is_kept_until_something_changes(ana: Member) -> None:
    conversation_id = factories.listed()
    first = counts.of(ana.id, Filter())
    assert counts.of(ana.id, Filter()) is first and first.statuses[Status.INFO_ONLY] == 1
    conversations.change_status(ana.id, conversation_id, Status.SPAM)
    second = counts.of(ana.id, Filter())
    assert second.statuses == {Status.SPAM: 1} and second.fitting == 1
    tag = tags.add(ana.id, conversation_id, "oak").id
    assert counts.of(ana.id, Filter()).tags == {tag: 1}


def test_each_member_has_counts_of_his_own(ana: Member, ben: Member) -> None:
    conversation_id = factories.listed()
    conversations.mark_read(ana.id, conversation_id)
    assert (counts.of(ana.id, Filter()).unread, counts.of(ben.id, Filter()).unread) == (0, 1)


def test_not_everything_is_kept_for_ever(ana: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counts, "KEPT", 2)
    first = counts.of(ana.id, Filter())
    for status in (Status.SPAM, Status.CONTACTED):
        counts.of(ana.id, Filter(frozenset({status})))
    assert counts.of(ana.id, Filter()) is not first and len(counts._kept) <= 2
