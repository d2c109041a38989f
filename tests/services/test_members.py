"""Members: the first owner, signing in and out."""

from dataclasses import replace
from itertools import count

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from leader24 import clock, db, i18n
from leader24.models import Activity, Member, Role, SignIn
from leader24.services import members, preferences
from leader24.services.members import FirstOwner
from leader24.services.refusals import Refused
from tests.threads import at_once
from tests.times import later

pytestmark = pytest.mark.usefixtures("database", "quick_hashes")

PASSWORD = "twelve oak chairs"
_numbers = count(1)


@pytest.fixture
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same kind of hash at a thousandth of the work."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(members, "_hasher", quick)
    monkeypatch.setattr(members, "_nobody", quick.hash("nobody's"))


@pytest.fixture
def giulia() -> FirstOwner:
    """An owner to be, of whom nobody has counted attempts to sign in."""
    return FirstOwner(
        "Giulia", f"giulia{next(_numbers)}@example.com", PASSWORD, i18n.CODES[-1], "Oak & Linen", "Europe/Rome"
    )


@pytest.fixture
def owner(giulia: FirstOwner) -> FirstOwner:
    """The same, set up."""
    members.set_up(link(), giulia)
    return giulia


@pytest.fixture
def address() -> str:
    """From where nobody has tried to sign in."""
    return f"address {next(_numbers)}"


def link() -> str:
    token = members.new_set_up_link()
    assert token
    return token


def refusal(email: str, password: str, address: str) -> str:
    with pytest.raises(Refused) as refused:
        members.sign_in(email, password, address)
    return refused.value.code


def disable(email: str) -> None:
    with db.write() as session:
        session.scalars(select(Member).where(Member.email == email)).one().disabled_at = clock.now()


# Set-up.


def test_the_set_up_link_makes_the_owner_signs_him_in_and_keeps_what_he_chose(giulia: FirstOwner) -> None:
    assert not members.is_set_up()
    token = members.set_up(link(), replace(giulia, email=f" {giulia.email.upper()} "))
    actor = members.signed_in(token)
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


def test_a_new_link_voids_the_one_before(giulia: FirstOwner) -> None:
    old, new = link(), link()
    assert (members.is_set_up_link(old), members.is_set_up_link(new)) == (False, True)
    with pytest.raises(Refused, match="link"):
        members.set_up(old, giulia)
    members.set_up(new, giulia)


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


# Signing in and out.


def test_who_knows_email_and_password_is_signed_in_however_the_email_is_written(
    owner: FirstOwner, address: str
) -> None:
    actor = members.signed_in(members.sign_in(f"  {owner.email.title()} ", PASSWORD, address))
    assert actor and actor.name == "Giulia"


def test_a_wrong_password_an_unknown_email_and_a_disabled_member_are_refused_in_the_same_words(
    owner: FirstOwner, address: str
) -> None:
    codes = {refusal(owner.email, "a wrong password", address), refusal("nobody@example.com", PASSWORD, address)}
    disable(owner.email)
    codes.add(refusal(owner.email, PASSWORD, address))
    assert codes == {"credentials"}


def test_after_five_attempts_an_account_must_wait_whoever_tries(owner: FirstOwner) -> None:
    for number in range(5):
        assert refusal(owner.email, "a wrong password", f"{owner.email} {number}") == "credentials"
    assert refusal(owner.email.upper(), PASSWORD, f"{owner.email} 6") == "too_many_attempts"


def test_an_unknown_account_must_wait_too(owner: FirstOwner, address: str) -> None:
    email = f"nobody-{owner.email}"
    codes = [refusal(email, PASSWORD, address) for _ in range(6)]
    assert codes == ["credentials"] * 5 + ["too_many_attempts"]


def test_who_signs_in_has_all_his_attempts_again(owner: FirstOwner, address: str) -> None:
    for _ in range(2):
        for _ in range(4):
            refusal(owner.email, "a wrong password", address)
        assert members.sign_in(owner.email, PASSWORD, address)


def test_after_twenty_attempts_an_address_must_wait_whomever_it_tries(address: str, owner: FirstOwner) -> None:
    codes = [refusal(f"{number}-{owner.email}", "x", address) for number in range(21)]
    assert codes == ["credentials"] * 20 + ["too_many_attempts"]


def test_signing_out_ends_this_browsers_sign_in_and_no_other(owner: FirstOwner, address: str) -> None:
    here, there = (members.sign_in(owner.email, PASSWORD, address) for _ in range(2))
    members.sign_out(here)
    assert members.signed_in(here) is None and members.signed_in(there)
    members.sign_out(here)


def test_a_sign_in_ends_by_itself_after_two_weeks(owner: FirstOwner, address: str) -> None:
    token = members.sign_in(owner.email, PASSWORD, address)
    with later(days=13, hours=23):
        assert members.signed_in(token)
    with later(days=14, seconds=1):
        assert members.signed_in(token) is None


def test_ended_sign_ins_are_not_kept(owner: FirstOwner, address: str) -> None:
    members.sign_in(owner.email, PASSWORD, address)
    with later(days=15):
        members.sign_in(owner.email, PASSWORD, address)
        with db.read() as session:
            assert len(list(session.scalars(select(SignIn)))) == 1


def test_a_disabled_member_is_not_signed_in_any_more(owner: FirstOwner, address: str) -> None:
    token = members.sign_in(owner.email, PASSWORD, address)
    disable(owner.email)
    assert members.signed_in(token) is None


def test_nobody_is_signed_in_by_a_token_that_was_never_given(owner: FirstOwner) -> None:
    for token in ("", "x" * 43):
        assert members.signed_in(token) is None


def test_neither_password_nor_tokens_are_kept_as_they_are(owner: FirstOwner, address: str) -> None:
    token = members.sign_in(owner.email, PASSWORD, address)
    with db.read() as session:
        member = session.scalars(select(Member)).one()
        assert PASSWORD not in member.password_hash and member.password_hash.startswith("$argon2id$")
        assert token not in list(session.scalars(select(SignIn.token_hash)))


# Passwords and choices.


def test_a_reset_password_ends_all_sign_ins_and_the_old_password(owner: FirstOwner, address: str) -> None:
    token = members.sign_in(owner.email, PASSWORD, address)
    members.reset_password(f" {owner.email.upper()}", "thirteen chairs")
    assert members.signed_in(token) is None
    assert refusal(owner.email, PASSWORD, address) == "credentials"
    assert members.sign_in(owner.email, "thirteen chairs", address)


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
    assert members.sign_in(owner.email, PASSWORD, address)


def test_a_member_chooses_his_own_language_and_theme(owner: FirstOwner, address: str) -> None:
    token = members.sign_in(owner.email, PASSWORD, address)
    actor = members.signed_in(token)
    assert actor
    members.choose(actor.id, language="en")
    members.choose(actor.id, theme="dark")
    actor = members.signed_in(token)
    assert actor and (actor.language, actor.theme) == ("en", "dark")
