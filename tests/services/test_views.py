"""Saved views: what a member sees again with one click."""

import pytest

from leader24.models import Member
from leader24.services import views
from leader24.services.refusals import Refused

pytestmark = pytest.mark.usefixtures("database")


def named(member: Member) -> dict[str, str]:
    return {view.name: view.query for view in views.of(member.id)}


def refusal(member: Member, name: str, query: str = "") -> str:
    with pytest.raises(Refused) as refused:
        views.save(member.id, name, query)
    return refused.value.code


def test_a_view_is_its_members_own(ana: Member, ben: Member) -> None:
    views.save(ana.id, "  Hot   leads ", "status=Opportunity")
    assert named(ana) == {"Hot leads": "status=Opportunity"} and named(ben) == {}
    (view,) = views.of(ana.id)
    views.rename(ben.id, view.id, "Mine")
    views.remove(ben.id, view.id)
    assert views.of(ana.id) == [view]


def test_what_is_saved_under_a_name_again_takes_its_place(ana: Member) -> None:
    views.save(ana.id, "Hot", "status=Opportunity")
    views.save(ana.id, "Later", "status=Follow-up")
    views.save(ana.id, "HOT", "status=Quote+Request")
    assert named(ana) == {"HOT": "status=Quote+Request", "Later": "status=Follow-up"}


def test_a_view_can_be_renamed_and_removed(ana: Member) -> None:
    views.save(ana.id, "Hot", "q=oak")
    views.save(ana.id, "Later", "q=elm")
    hot, later = views.of(ana.id)
    views.rename(ana.id, hot.id, "hot")
    with pytest.raises(Refused, match="view_taken"):
        views.rename(ana.id, hot.id, "LATER")
    views.remove(ana.id, later.id)
    views.remove(ana.id, later.id)
    assert named(ana) == {"hot": "q=oak"}


def test_a_name_is_needed_and_not_too_long(ana: Member) -> None:
    assert (refusal(ana, " \x00 "), refusal(ana, "x" * 41)) == ("view_empty", "view_long")


def test_there_is_an_end_to_saving(ana: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "MOST", 1)
    views.save(ana.id, "Hot", "q=oak")
    assert refusal(ana, "Later") == "views_many"
    views.save(ana.id, "Hot", "q=elm")
    assert named(ana) == {"Hot": "q=elm"}
