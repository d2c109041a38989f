"""What somebody with a link may do, and nobody without."""

import pytest
from sqlalchemy import select

from leader24 import db
from leader24.models import Activity, Member, Role
from leader24.services import links, members, preferences, sign_ins, team
from leader24.services.refusals import Refused
from tests.services.conftest import PASSWORD, CountingHasher, Heard, refusal
from tests.threads import at_once
from tests.times import later

pytestmark = pytest.mark.usefixtures("database", "hasher")

NEW = "thirteen chairs, all of walnut"


@pytest.fixture
def invitation(ana: Member) -> str:
    preferences.change(ana.id, business_name="Oak & Linen", language="it")
    return team.invite(ana.id, Role.MEMBER)


@pytest.fixture
def reset(ana: Member, ben: Member) -> str:
    return team.new_password_link(ana.id, ben.id)


def join(token: str, **typed: str) -> str:
    form = {"name": "Dora", "email": "dora@example.com", "password": PASSWORD, "language": "en"} | typed
    return links.join(token, **form)


def test_an_invitation_says_who_invites_and_as_what(invitation: str) -> None:
    invited = links.invited(invitation)
    assert invited and (invited.business, invited.role, invited.language) == ("Oak & Linen", Role.MEMBER, "it")


def test_who_is_invited_joins_and_is_signed_in(invitation: str, ana: Member, address: str) -> None:
    token = join(invitation, name="  Dora  Verdi ", email=" Dora@Example.com", language="it")
    actor = sign_ins.signed_in(token)
    assert actor and (actor.name, actor.role, actor.language) == ("Dora Verdi", Role.MEMBER, "it")
    assert sign_ins.sign_in("dora@example.com", PASSWORD, address)
    assert [each.name for each in team.members(ana.id)] == ["Ana", "Dora Verdi"]
    with db.read() as session:
        joined = session.scalars(select(Activity).where(Activity.kind == "joined")).one()
        assert (joined.member_id, joined.details) == (actor.id, {"role": "member"})


def test_an_invitation_is_used_once(invitation: str) -> None:
    join(invitation)
    assert links.invited(invitation) is None
    with pytest.raises(Refused, match="link_over"):
        join(invitation, email="eve@example.com")


def test_of_two_who_use_it_at_once_one_joins(invitation: str) -> None:
    def try_it(number: int) -> bool:
        try:
            join(invitation, email=f"{number}@example.com")
        except Refused:
            return False
        return True

    assert sum(at_once(4, try_it)) == 1


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"email": "dora"}, "email"),
        ({"email": "do ra@example.com"}, "email"),
        ({"email": "ANA@example.com"}, "email_taken"),
        ({"password": "elevenchars"}, "password_short"),
        ({"password": "x9-" * 70}, "password_long"),
        ({"password": "qwertyuiop123"}, "password_common"),
        ({"password": "Dora-Oak-Linen-1"}, "password_personal"),
        ({"language": "xx"}, "language"),
    ],
)
def test_what_cannot_be_taken_is_refused_and_the_invitation_stays(
    invitation: str, typed: dict[str, str], code: str
) -> None:
    with pytest.raises(Refused, match=f"^{code}$"):
        join(invitation, **typed)
    assert links.invited(invitation)


def test_a_new_password_by_a_link_ends_all_earlier_sign_ins(
    reset: str, ben: Member, address: str, heard: Heard
) -> None:
    with db.write() as session:
        earlier = sign_ins.begin(session, session.get_one(Member, ben.id), "")
    actor = sign_ins.signed_in(links.reset(reset, NEW))
    assert actor and actor.id == ben.id
    assert sign_ins.signed_in(earlier) is None and heard.ended == [({sign_ins.hash_of(earlier)}, False)]
    assert sign_ins.sign_in(ben.email, NEW, address)
    assert not links.may_reset(reset)
    with pytest.raises(Refused, match="link_over"):
        links.reset(reset, NEW)
    assert refusal(ben.email, PASSWORD, address) == "credentials"


@pytest.mark.parametrize("password", ["elevenchars", "qwertyuiop123", "ben@example.com"])
def test_a_password_that_is_refused_leaves_the_link_as_it_was(reset: str, password: str) -> None:
    with pytest.raises(Refused, match="password_"):
        links.reset(reset, password)
    assert links.may_reset(reset)


def test_any_new_password_ends_the_links_to_one(reset: str, ana: Member, ben: Member, address: str) -> None:
    this = links.reset(reset, NEW)
    forgotten = team.new_password_link(ana.id, ben.id)
    sign_ins.change_password(ben.id, NEW, PASSWORD, this)
    assert not links.may_reset(forgotten)
    forgotten = team.new_password_link(ana.id, ben.id)
    members.reset_password(ben.email, NEW)
    assert not links.may_reset(forgotten)


def test_a_link_that_does_not_count_is_refused_in_the_same_words_and_time(
    invitation: str, reset: str, ana: Member, hasher: CountingHasher
) -> None:
    """Forged, of another kind, used, withdrawn, replaced: no hash is paid for and nothing is told."""
    used, withdrawn = (team.invite(ana.id, Role.OWNER) for _ in range(2))
    join(used)
    team.withdraw(ana.id, team.invitations(ana.id)[0].id)
    before = hasher.hashed, hasher.verified
    for token in ("", "forged", "\x00", "\ud800", "x" * 10_000, used, withdrawn, reset):
        assert links.invited(token) is None
        with pytest.raises(Refused, match="link_over"):
            join(token, email="eve@example.com")
    for token in ("", "forged", used, withdrawn, invitation):
        assert not links.may_reset(token)
        with pytest.raises(Refused, match="link_over"):
            links.reset(token, NEW)
    with later(days=7, seconds=1):
        with pytest.raises(Refused, match="link_over"):
            join(invitation)
        with pytest.raises(Refused, match="link_over"):
            links.reset(reset, NEW)
    assert (hasher.hashed, hasher.verified) == before


def test_a_set_up_link_invites_nobody(ana: Member) -> None:
    with db.write() as session:
        session.get_one(Member, ana.id).role = Role.MEMBER
    token = members.new_set_up_link()
    assert token and links.invited(token) is None and not links.may_reset(token)
    assert not members.is_set_up_link("forged")


def test_an_address_may_not_try_for_ever(invitation: str, reset: str, address: str) -> None:
    for _ in range(20):
        with pytest.raises(Refused, match="link_over"):
            links.reset("forged", NEW, address=address)
    with pytest.raises(Refused, match="too_many_attempts"):
        links.reset(reset, NEW, address=address)
    with pytest.raises(Refused, match="too_many_attempts"):
        join(invitation, address=address)
    assert links.may_reset(reset) and links.invited(invitation)
