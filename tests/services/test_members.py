"""Members: the first owner, and what a member says of himself."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from leader24 import db
from leader24.models import Activity, Link, Member, Role
from leader24.services import members, preferences, sign_ins
from leader24.services.members import FirstOwner
from leader24.services.refusals import Refused
from tests.services.conftest import PASSWORD, refusal
from tests.threads import at_once
from tests.times import later

pytestmark = pytest.mark.usefixtures("database", "hasher")


def link() -> str:
    token = members.new_set_up_link()
    assert token
    return token


# Set-up.


def test_the_set_up_link_makes_the_owner_signs_him_in_and_keeps_what_he_chose(giulia: FirstOwner) -> None:
    assert not members.is_set_up()
    token = members.set_up(link(), replace(giulia, email=f" {giulia.email.upper()} "))
    actor = sign_ins.signed_in(token)
    assert members.is_set_up() and actor
    assert (actor.name, actor.role, actor.language) == ("Giulia", Role.OWNER, giulia.language)
    chosen = preferences.current()
    assert (chosen.business_name, chosen.language, chosen.time_zone) == (
        "Oak & Linen",
        giulia.language,
        "Europe/Rome",
    )
    with db.read() as session:
        assert session.scalars(select(Member.email)).one() == giulia.email
        assert list(session.scalars(select(Activity.kind))) == ["set_up", "signed_in"]


def test_the_set_up_link_works_once(giulia: FirstOwner) -> None:
    token = link()
    assert members.is_set_up_link(token)
    members.set_up(token, giulia)
    assert not members.is_set_up_link(token)
    with pytest.raises(Refused, match="link"):
        members.set_up(token, replace(giulia, email="other@example.com"))


def test_of_two_who_use_the_link_at_once_one_becomes_owner(giulia: FirstOwner) -> None:
    token = link()

    def try_it(number: int) -> bool:
        try:
            members.set_up(token, replace(giulia, email=f"{number}@example.com"))
        except Refused:
            return False
        return True

    assert sum(at_once(4, try_it)) == 1
    with db.read() as session:
        assert len(list(session.scalars(select(Member)))) == 1


def test_every_link_works_until_there_is_an_owner(giulia: FirstOwner) -> None:
    """So a link that was printed before a restart is still good."""
    first, second, third = link(), link(), link()
    with later(days=400):
        assert members.is_set_up_link(first) and members.is_set_up_link(third)
        members.set_up(second, giulia)
    for used in (first, second, third):
        assert not members.is_set_up_link(used)
        with pytest.raises(Refused, match="link"):
            members.set_up(used, replace(giulia, email="eve@example.com"))
    with db.read() as session:
        assert list(session.scalars(select(Link))) == []


def test_there_is_no_link_once_there_is_an_owner(owner: FirstOwner) -> None:
    assert members.new_set_up_link() is None


def test_without_a_link_there_is_none_to_guess(giulia: FirstOwner) -> None:
    for guess in ("", "None", "x" * 43):
        assert not members.is_set_up_link(guess)
        with pytest.raises(Refused, match="link"):
            members.set_up(guess, giulia)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"email": "giulia"}, "email"),
        ({"email": "@example.com"}, "email"),
        ({"email": "giulia@" + "x" * 200}, "email"),
        ({"password": "elevenchars"}, "password_short"),
        ({"password": "x" * 201}, "password_long"),
        ({"password": "password1234"}, "password_common"),
        ({"password": "Giulia-2024-Oak"}, "password_personal"),
        ({"business_name": "x" * 101}, "business_name_long"),
        ({"language": "xx"}, "choice"),
        ({"time_zone": "Europe/Atlantis"}, "choice"),
    ],
)
def test_what_cannot_be_taken_is_refused_and_the_link_stays(
    giulia: FirstOwner, wrong: dict[str, str], code: str
) -> None:
    token = link()
    with pytest.raises(Refused, match=code):
        members.set_up(token, replace(giulia, **wrong))
    assert members.is_set_up_link(token) and not members.is_set_up()


# Passwords and choices.


def test_a_reset_password_ends_all_sign_ins_and_the_old_password(owner: FirstOwner, address: str) -> None:
    token = sign_ins.sign_in(owner.email, PASSWORD, address)
    members.reset_password(f" {owner.email.upper()}", "thirteen chairs")
    assert sign_ins.signed_in(token) is None
    assert refusal(owner.email, PASSWORD, address) == "credentials"
    assert sign_ins.sign_in(owner.email, "thirteen chairs", address)


@pytest.mark.parametrize(
    ("email", "password", "code"),
    [
        ("nobody@example.com", PASSWORD, "unknown_email"),
        (None, "elevenchars", "password_short"),
        (None, "x" * 201, "password_long"),
    ],
)
def test_a_reset_that_cannot_be_done_is_refused(
    owner: FirstOwner, address: str, email: str | None, password: str, code: str
) -> None:
    with pytest.raises(Refused, match=code):
        members.reset_password(email or owner.email, password)
    assert sign_ins.sign_in(owner.email, PASSWORD, address)


def test_a_member_chooses_his_own_language_and_theme(owner: FirstOwner, address: str) -> None:
    token = sign_ins.sign_in(owner.email, PASSWORD, address)
    actor = sign_ins.signed_in(token)
    assert actor
    members.choose(actor.id, language="en")
    members.choose(actor.id, theme="dark")
    actor = sign_ins.signed_in(token)
    assert actor and (actor.language, actor.theme) == ("en", "dark")
