"""The team: roles, invitations, disabling; and that there is always an owner."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import NoResultFound

from leader24 import db
from leader24.models import Activity, Link, Member, Role
from leader24.services import links, sign_ins, team
from leader24.services.refusals import Refused
from leader24.services.rights import Forbidden
from tests import factories
from tests.services.conftest import Heard
from tests.threads import at_once
from tests.times import later

pytestmark = pytest.mark.usefixtures("database", "hasher")


@pytest.fixture
def carla(database: object) -> Member:
    """Another owner."""
    return factories.member("Carla", Role.OWNER)


def signed_in(member: Member) -> str:
    with db.write() as session:
        return sign_ins.begin(session, session.get_one(Member, member.id), "")


def activities() -> list[tuple[str, dict[str, object]]]:
    with db.read() as session:
        query = select(Activity).where(Activity.kind != "signed_in").order_by(Activity.id)
        return [(each.kind, each.details) for each in session.scalars(query)]


def test_the_team_is_listed_owners_first_with_when_they_were_seen(ana: Member, ben: Member, carla: Member) -> None:
    tokens = [signed_in(ben) for _ in range(2)]
    with later(minutes=10):
        sign_ins.signed_in(tokens[0])
        sign_ins.note_seen()
        team.disable(ana.id, carla.id)
        found = team.members(ana.id)
    assert [(each.name, each.role, each.is_disabled, each.devices) for each in found] == [
        ("Ana", Role.OWNER, False, 0),
        ("Carla", Role.OWNER, True, 0),
        ("Ben", Role.MEMBER, False, 2),
    ]
    assert found[0].seen_at is None and found[2].seen_at and found[2].email == "ben@example.com"
    with later(days=15):
        assert [each.devices for each in team.members(ana.id)] == [0, 0, 0]


def test_a_role_takes_effect_at_once(ana: Member, ben: Member) -> None:
    for _ in range(2):
        team.change_role(ana.id, ben.id, Role.OWNER)
    assert team.members(ben.id)
    team.change_role(ben.id, ana.id, Role.MEMBER)
    with pytest.raises(Forbidden):
        team.members(ana.id)
    assert activities() == [
        ("role_changed", {"of": "Ben", "role": "owner"}),
        ("role_changed", {"of": "Ana", "role": "member"}),
    ]


def test_the_last_owner_stays_one(ana: Member, ben: Member, carla: Member) -> None:
    team.disable(ana.id, carla.id)
    with pytest.raises(Refused, match="last_owner"):
        team.change_role(ana.id, ana.id, Role.MEMBER)
    with pytest.raises(Refused, match="last_owner"):
        team.disable(ana.id, ana.id)
    team.enable(ana.id, carla.id)
    with pytest.raises(Refused, match="oneself"):
        team.disable(ana.id, ana.id)
    team.change_role(ana.id, ana.id, Role.MEMBER)
    assert [each.role for each in team.members(carla.id)] == [Role.OWNER, Role.MEMBER, Role.MEMBER]


@pytest.mark.parametrize("verb", ["demote", "disable", "leave"])
def test_two_owners_at_once_do_not_leave_the_place_to_nobody(ana: Member, carla: Member, verb: str) -> None:
    owners = [ana.id, carla.id]

    def act(number: int) -> bool:
        me, other = owners[number], owners[1 - number]
        try:
            if verb == "disable":
                team.disable(me, other)
            else:
                team.change_role(me, other if verb == "demote" else me, Role.MEMBER)
        except (Forbidden, Refused):
            return False
        return True

    assert sorted(at_once(2, act)) == [False, True]
    with db.read() as session:
        still = select(Member).where(Member.role == Role.OWNER, Member.disabled_at.is_(None))
        assert len(list(session.scalars(still))) == 1


def test_a_disabled_members_sign_ins_end_at_once(ana: Member, ben: Member, heard: Heard) -> None:
    here, there, mine = signed_in(ben), signed_in(ben), signed_in(ana)
    for _ in range(2):
        team.disable(ana.id, ben.id)
    assert sign_ins.signed_in(here) is None and sign_ins.signed_in(there) is None and sign_ins.signed_in(mine)
    assert heard.ended == [({sign_ins.hash_of(here), sign_ins.hash_of(there)}, False)]
    for _ in range(2):
        team.enable(ana.id, ben.id)
    assert sign_ins.signed_in(here) is None, "he signs in again"
    assert activities() == [("disabled", {"of": "Ben"}), ("enabled", {"of": "Ben"})]


@pytest.mark.parametrize("end", ["disable", "demote"])
def test_a_former_owner_does_not_come_back_by_a_link_that_he_made(
    ana: Member, ben: Member, carla: Member, end: str
) -> None:
    invitation, reset = team.invite(carla.id, Role.OWNER), team.new_password_link(carla.id, ben.id)
    kept = team.invite(ana.id, Role.MEMBER)
    if end == "disable":
        team.disable(ana.id, carla.id)
    else:
        team.change_role(ana.id, carla.id, Role.MEMBER)
    assert links.invited(invitation) is None and not links.may_reset(reset)
    assert links.invited(kept)


def test_invitations_are_listed_until_they_are_used_withdrawn_or_over(ana: Member, carla: Member) -> None:
    first = team.invite(ana.id, Role.MEMBER)
    with later(hours=1):
        second = team.invite(carla.id, Role.OWNER)
        found = team.invitations(ana.id)
    assert [(each.role, each.made_by) for each in found] == [(Role.OWNER, "Carla"), (Role.MEMBER, "Ana")]
    assert found[0].expires_at - found[0].created_at == timedelta(days=7)
    for _ in range(2):
        team.withdraw(ana.id, found[0].id)
    assert links.invited(second) is None and links.invited(first)
    with later(days=7, seconds=1):
        assert team.invitations(ana.id) == [] and links.invited(first) is None
        team.invite(ana.id, Role.MEMBER)
    with db.read() as session:
        assert len(list(session.scalars(select(Link)))) == 1, "what is over is not kept"
    assert [kind for kind, _ in activities()] == ["invited", "invited", "invitation_withdrawn", "invited"]


def test_only_invitations_are_withdrawn(ana: Member, ben: Member) -> None:
    token = team.new_password_link(ana.id, ben.id)
    with db.read() as session:
        link_id = session.scalars(select(Link.id)).one()
    team.withdraw(ana.id, link_id)
    assert links.may_reset(token)


def test_no_token_is_kept_or_noted(ana: Member, ben: Member) -> None:
    tokens = [team.invite(ana.id, Role.MEMBER), team.new_password_link(ana.id, ben.id)]
    with db.read() as session:
        kept = list(session.scalars(select(Link.token_hash)))
    assert not set(tokens) & set(kept)
    assert not any(token in str(activities()) for token in [*tokens, *kept])


def test_a_link_to_a_new_password_replaces_the_earlier_one_and_ends_with_the_member(ana: Member, ben: Member) -> None:
    first, second = (team.new_password_link(ana.id, ben.id) for _ in range(2))
    own = team.new_password_link(ana.id, ana.id)
    assert (links.may_reset(first), links.may_reset(second), links.may_reset(own)) == (False, True, True)
    with later(hours=24, seconds=1):
        assert not links.may_reset(second)
    team.disable(ana.id, ben.id)
    assert not links.may_reset(second)
    with pytest.raises(Refused, match="disabled"):
        team.new_password_link(ana.id, ben.id)


def test_nobody_is_no_member_of_the_team(ana: Member) -> None:
    for verb in (team.disable, team.enable, team.new_password_link):
        with pytest.raises(NoResultFound):
            verb(ana.id, 999)
