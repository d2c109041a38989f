"""Sign-ins: how they begin, and how they end."""

import pytest
from sqlalchemy import select

from leader24 import clock, db
from leader24.models import Activity, Member, SignIn
from leader24.services import members, passwords, sign_ins
from leader24.services.members import FirstOwner
from leader24.services.refusals import Refused
from leader24.services.rights import Forbidden
from tests.services.conftest import PASSWORD, CountingHasher, Heard, refusal
from tests.threads import at_once
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


def test_it_takes_as_long_and_says_as_much_whoever_is_meant(
    owner: FirstOwner, hasher: CountingHasher, address: str
) -> None:
    """One hash each, whose time is all the time that there is; and nothing is written."""
    codes, hashes = set(), []
    for email in (owner.email, "nobody@example.com", "", "no address at all", "x" * 1000):
        before = hasher.verified
        codes.add(refusal(email, "a wrong password", address))
        hashes.append(hasher.verified - before)
    disable(owner.email)
    for password in (PASSWORD, "a wrong password"):
        before = hasher.verified
        codes.add(refusal(owner.email, password, address))
        hashes.append(hasher.verified - before)
    assert codes == {"credentials"} and hashes == [1] * 7
    with db.read() as session:
        assert list(session.scalars(select(Activity.kind))) == ["set_up", "signed_in"]


def test_who_must_wait_costs_nothing_more(owner: FirstOwner, hasher: CountingHasher, address: str) -> None:
    for _ in range(5):
        refusal(owner.email, "a wrong password", address)
    before = hasher.verified
    assert refusal(owner.email, PASSWORD, address) == "too_many_attempts"
    assert hasher.verified == before


def test_one_household_is_one_address(owner: FirstOwner) -> None:
    codes = [refusal(f"{number}@example.com", "x", f"2001:db8:1:2::{number:x}") for number in range(21)]
    assert codes == ["credentials"] * 20 + ["too_many_attempts"]
    assert refusal("21@example.com", "x", "2001:db8:1:3::1") == "credentials"


# Devices


LINUX = "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0"


@pytest.fixture
def me(owner: FirstOwner) -> int:
    """The owner; the sign-in of his set-up is over."""
    with db.write() as session:
        member_id = session.scalars(select(Member.id)).one()
        sign_ins.end_all(session, member_id)
    return member_id


def test_devices_are_listed_this_one_first_then_the_last_used(me: int, owner: FirstOwner, address: str) -> None:
    this = sign_ins.sign_in(owner.email, PASSWORD, address, LINUX)
    with later(minutes=1):
        sign_ins.sign_in(owner.email, PASSWORD, address, "x" * 1000)
    with later(minutes=2):
        sign_ins.sign_in(owner.email, PASSWORD, address)
        found = sign_ins.devices(me, sign_ins.hash_of(this))
    assert [(device.browser, device.is_this) for device in found] == [
        ("Firefox · Linux", True),
        ("", False),
        ("", False),
    ]
    assert found[1].seen_at > found[2].seen_at
    with later(days=14, seconds=61):
        assert [device.is_this for device in sign_ins.devices(me, "")] == [False], "only what still stands"


def test_a_device_is_seen_every_five_minutes_and_no_request_waits_for_it(
    me: int, owner: FirstOwner, address: str
) -> None:
    token = sign_ins.sign_in(owner.email, PASSWORD, address)

    def seen_at() -> object:
        sign_ins.note_seen()
        return sign_ins.devices(me, "")[0].seen_at

    first = seen_at()
    with later(minutes=4):
        assert sign_ins.signed_in(token)
        assert seen_at() == first
    with later(minutes=6), db.write():
        assert sign_ins.signed_in(token), "while somebody else writes"
    assert seen_at() != first
    with later(minutes=12):
        second = seen_at()
        assert sign_ins.standing([sign_ins.hash_of(token)])
        assert seen_at() != second, "an open page counts as seen"


def test_one_device_is_ended_and_only_a_member_s_own(
    me: int, owner: FirstOwner, ben: Member, address: str, heard: Heard
) -> None:
    this, other = (sign_ins.sign_in(owner.email, PASSWORD, address) for _ in range(2))
    sign_ins.end(ben.id, sign_ins.hash_of(other))
    assert sign_ins.signed_in(other) and heard.ended == []
    for _ in range(2):
        sign_ins.end(me, sign_ins.hash_of(other))
    assert sign_ins.signed_in(this) and sign_ins.signed_in(other) is None
    assert heard.ended == [({sign_ins.hash_of(other)}, False)]


def test_all_others_are_ended(me: int, owner: FirstOwner, address: str, heard: Heard) -> None:
    this, *others = (sign_ins.sign_in(owner.email, PASSWORD, address) for _ in range(3))
    assert [sign_ins.end_others(me, sign_ins.hash_of(this)) for _ in range(2)] == [2, 0]
    assert sign_ins.signed_in(this) and not any(map(sign_ins.signed_in, others))
    assert heard.ended == [({sign_ins.hash_of(token) for token in others}, False)]


def test_what_stands_is_known_for_all_open_pages_at_once(me: int, owner: FirstOwner, address: str) -> None:
    token = sign_ins.sign_in(owner.email, PASSWORD, address)
    token_hash = sign_ins.hash_of(token)
    assert list(sign_ins.standing([token_hash, "another"])) == [token_hash]
    assert sign_ins.standing([]) == {}
    with later(days=15):
        assert sign_ins.standing([token_hash]) == {}
    disable(owner.email)
    assert sign_ins.standing([token_hash]) == {}


# Changing the password


NEW = "thirteen chairs, all of walnut"


def test_a_new_password_ends_all_sign_ins_and_begins_one(
    me: int, owner: FirstOwner, address: str, heard: Heard
) -> None:
    this, other = (sign_ins.sign_in(owner.email, PASSWORD, address) for _ in range(2))
    anew = sign_ins.change_password(me, PASSWORD, NEW, this, LINUX)
    assert sign_ins.signed_in(this) is None and sign_ins.signed_in(other) is None
    assert [device.browser for device in sign_ins.devices(me, sign_ins.hash_of(anew))] == ["Firefox · Linux"]
    assert refusal(owner.email, PASSWORD, address) == "credentials"
    assert sign_ins.sign_in(owner.email, NEW, address)
    assert heard.ended == [({sign_ins.hash_of(other)}, False), ({sign_ins.hash_of(this)}, True)]


@pytest.mark.parametrize(
    ("current", "new", "code"),
    [
        ("not it", NEW, "current_password"),
        ("", NEW, "current_password"),
        (PASSWORD, "elevenchars", "password_short"),
        (PASSWORD, "password1234", "password_common"),
        (PASSWORD, "Giulia-Oak-Linen", "password_personal"),
    ],
)
def test_a_password_that_cannot_be_taken_ends_nothing(
    me: int, owner: FirstOwner, address: str, current: str, new: str, code: str
) -> None:
    this = sign_ins.sign_in(owner.email, PASSWORD, address)
    with pytest.raises(Refused, match=code):
        sign_ins.change_password(me, current, new, this)
    assert sign_ins.signed_in(this) and sign_ins.sign_in(owner.email, PASSWORD, address)


def test_whoever_sits_down_at_an_open_page_does_not_guess_the_password(
    me: int, owner: FirstOwner, address: str, hasher: CountingHasher
) -> None:
    this = sign_ins.sign_in(owner.email, PASSWORD, address)
    for _ in range(5):
        with pytest.raises(Refused, match="current_password"):
            sign_ins.change_password(me, "guessed", NEW, this)
    before = hasher.verified
    with pytest.raises(Refused, match="too_many_attempts"):
        sign_ins.change_password(me, PASSWORD, NEW, this)
    assert hasher.verified == before


def test_a_password_is_changed_from_a_sign_in_of_ones_own_that_stands(
    me: int, owner: FirstOwner, ben: Member, address: str
) -> None:
    ended = sign_ins.sign_in(owner.email, PASSWORD, address)
    sign_ins.sign_out(ended)
    with db.write() as session:
        of_ben = sign_ins.begin(session, session.get_one(Member, ben.id), "")
    for token in ("", "forged", ended, of_ben):
        with pytest.raises(Forbidden):
            sign_ins.change_password(me, PASSWORD, NEW, token)


def test_of_two_changes_at_once_one_counts(me: int, owner: FirstOwner, address: str) -> None:
    tokens = [sign_ins.sign_in(owner.email, PASSWORD, address) for _ in range(2)]

    def change(number: int) -> bool:
        try:
            sign_ins.change_password(me, PASSWORD, f"{NEW} {number}", tokens[number])
        except (Refused, Forbidden):
            return False
        return True

    changed = at_once(2, change)
    assert sorted(changed) == [False, True]
    assert sign_ins.sign_in(owner.email, f"{NEW} {changed.index(True)}", address)


def test_who_is_disabled_while_his_password_is_checked_does_not_come_in(
    owner: FirstOwner, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fits = passwords.fits

    def slowly(password: str, password_hash: str | None) -> bool:
        disable(owner.email)
        return fits(password, password_hash)

    monkeypatch.setattr(passwords, "fits", slowly)
    assert refusal(owner.email, PASSWORD, address) == "credentials"


def test_the_operators_reset_is_told_to_open_pages(owner: FirstOwner, address: str, heard: Heard) -> None:
    token = sign_ins.sign_in(owner.email, PASSWORD, address)
    members.reset_password(owner.email, NEW)
    assert any(sign_ins.hash_of(token) in hashes for hashes, _ in heard.ended)
