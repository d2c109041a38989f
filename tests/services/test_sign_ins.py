"""Sign-ins: how they begin, and how they end."""

import pytest
from sqlalchemy import select

from leader24 import clock, db
from leader24.models import Member, SignIn
from leader24.services import sign_ins
from leader24.services.members import FirstOwner
from tests.services.conftest import PASSWORD, refusal
from tests.times import later

pytestmark = pytest.mark.usefixtures("database", "hasher")


def disable(email: str) -> None:
    with db.write() as session:
        session.scalars(select(Member).where(Member.email == email)).one().disabled_at = clock.now()


# Signing in and out.


def test_who_knows_email_and_password_is_signed_in_however_the_email_is_written(
    owner: FirstOwner, address: str
) -> None:
    actor = sign_ins.signed_in(sign_ins.sign_in(f"  {owner.email.title()} ", PASSWORD, address))
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
        assert sign_ins.sign_in(owner.email, PASSWORD, address)


def test_after_twenty_attempts_an_address_must_wait_whomever_it_tries(address: str, owner: FirstOwner) -> None:
    codes = [refusal(f"{number}-{owner.email}", "x", address) for number in range(21)]
    assert codes == ["credentials"] * 20 + ["too_many_attempts"]


def test_signing_out_ends_this_browsers_sign_in_and_no_other(owner: FirstOwner, address: str) -> None:
    here, there = (sign_ins.sign_in(owner.email, PASSWORD, address) for _ in range(2))
    sign_ins.sign_out(here)
    assert sign_ins.signed_in(here) is None and sign_ins.signed_in(there)
    sign_ins.sign_out(here)


def test_a_sign_in_ends_by_itself_after_two_weeks(owner: FirstOwner, address: str) -> None:
    token = sign_ins.sign_in(owner.email, PASSWORD, address)
    with later(days=13, hours=23):
        assert sign_ins.signed_in(token)
    with later(days=14, seconds=1):
        assert sign_ins.signed_in(token) is None


def test_ended_sign_ins_are_not_kept(owner: FirstOwner, address: str) -> None:
    sign_ins.sign_in(owner.email, PASSWORD, address)
    with later(days=15):
        sign_ins.sign_in(owner.email, PASSWORD, address)
        with db.read() as session:
            assert len(list(session.scalars(select(SignIn)))) == 1


def test_a_disabled_member_is_not_signed_in_any_more(owner: FirstOwner, address: str) -> None:
    token = sign_ins.sign_in(owner.email, PASSWORD, address)
    disable(owner.email)
    assert sign_ins.signed_in(token) is None


def test_nobody_is_signed_in_by_a_token_that_was_never_given(owner: FirstOwner) -> None:
    for token in ("", "x" * 43):
        assert sign_ins.signed_in(token) is None


def test_neither_password_nor_tokens_are_kept_as_they_are(owner: FirstOwner, address: str) -> None:
    token = sign_ins.sign_in(owner.email, PASSWORD, address)
    with db.read() as session:
        member = session.scalars(select(Member)).one()
        assert PASSWORD not in member.password_hash and member.password_hash.startswith("$argon2id$")
        assert token not in list(session.scalars(select(SignIn.token_hash)))
