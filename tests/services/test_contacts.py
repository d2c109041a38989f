"""Contacts as members correct them."""

from dataclasses import replace

import pytest

from leader24.models import Member, Source
from leader24.services import contacts, detail
from leader24.services.contacts import ContactFields
from leader24.services.conversations import Gone
from leader24.services.refusals import Overtaken, Refused
from tests import factories

pytestmark = pytest.mark.usefixtures("database")

MARIA = ContactFields("Maria", "+393472201234", "", "it")


@pytest.fixture
def conversation_id() -> int:
    return factories.listed(sender="maria", name="Maria", phone="+393472201234", language="it", source=Source.WHATSAPP)


def known(conversation_id: int) -> ContactFields:
    return contacts.fields_of(factories.contact(conversation_id))


def edit(member: Member, conversation_id: int, shown: ContactFields = MARIA, **typed: str) -> contacts.Change:
    return contacts.edit(member.id, conversation_id, replace(shown, **typed), shown, country="IT")


def told(member: Member, conversation_id: int) -> list[list[str]]:
    lines = detail.of(member.id, conversation_id).history.lines
    return [line.details["fields"] for line in lines if line.kind == "contact_edited" and line.details]


def test_a_member_corrects_what_is_known(ana: Member, conversation_id: int) -> None:
    edit(ana, conversation_id, name=" Maria  Rossi ", email="maria@example.com", language="en")
    assert known(conversation_id) == ContactFields("Maria Rossi", "+393472201234", "maria@example.com", "en")
    assert told(ana, conversation_id) == [["name", "email", "language"]]
    edit(ana, conversation_id, shown=known(conversation_id))
    assert len(told(ana, conversation_id)) == 1


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("+39 347 220-9184", "+393472209184"),
        ("0039 347 2209184", "+393472209184"),
        ("347 220 9184", "+393472209184"),
        ("035 123456", "+39035123456"),
        ("+44 (0)20 7946 0018", "+442079460018"),
        ("", ""),
    ],
)
def test_a_number_is_stored_as_e164_however_it_is_typed(
    ana: Member, conversation_id: int, typed: str, stored: str
) -> None:
    edit(ana, conversation_id, phone=typed)
    assert known(conversation_id).phone == stored


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"name": "x" * 101}, "contact_name"),
        ({"phone": "call me"}, "contact_phone"),
        ({"phone": "12"}, "contact_phone"),
        ({"phone": "+999 1234567"}, "contact_phone"),
        ({"email": "maria"}, "contact_email"),
        ({"email": "maria@example"}, "contact_email"),
        ({"email": "maria rossi@example.com"}, "contact_email"),
        ({"email": "m" * 200 + "@example.com"}, "contact_email"),
        ({"language": "../it"}, "contact_language"),
    ],
)
def test_what_cannot_be_right_is_refused_and_nothing_is_stored(
    ana: Member, conversation_id: int, typed: dict[str, str], code: str
) -> None:
    with pytest.raises(Refused, match=code):
        edit(ana, conversation_id, MARIA, **{"name": "Other"} | typed)
    assert known(conversation_id) == MARIA


def test_without_a_country_a_number_needs_its_code(ana: Member, conversation_id: int) -> None:
    with pytest.raises(Refused, match="contact_phone"):
        contacts.edit(ana.id, conversation_id, replace(MARIA, phone="347 220 9184"), MARIA)


def test_an_odd_number_of_old_hinders_nobody(ana: Member) -> None:
    conversation_id = factories.listed(phone="+1")
    odd = known(conversation_id)
    edit(ana, conversation_id, shown=odd, name="Maria")
    assert known(conversation_id).name == "Maria"


def test_neither_a_source_nor_a_review_overwrites_what_a_member_wrote(ana: Member, conversation_id: int) -> None:
    edit(ana, conversation_id, name="Signora Rossi", language="")
    factories.received("Hello again", sender="maria", source=Source.WHATSAPP, name="~mary~")
    factories.reviewed(conversation_id, language="en")
    assert known(conversation_id) == ContactFields("Signora Rossi", "+393472201234", "", "")


def test_also_a_name_that_a_member_took_away_stays_away(ana: Member, conversation_id: int) -> None:
    edit(ana, conversation_id, name="")
    factories.received("Hello again", sender="maria", source=Source.WHATSAPP, name="Maria")
    assert known(conversation_id).name == ""


def test_two_who_correct_different_fields_do_not_meet(ana: Member, ben: Member, conversation_id: int) -> None:
    edit(ben, conversation_id, email="maria@example.com")
    edit(ana, conversation_id, name="Maria Rossi")
    assert known(conversation_id) == replace(MARIA, name="Maria Rossi", email="maria@example.com")


def test_of_two_the_later_sees_what_the_other_wrote(ana: Member, ben: Member, conversation_id: int) -> None:
    edit(ben, conversation_id, name="Maria Rossi", email="maria@example.com")
    with pytest.raises(Overtaken) as overtaken:
        edit(ana, conversation_id, name="M. Rossi", language="en")
    assert (overtaken.value.now, overtaken.value.by) == ({"name": "Maria Rossi"}, "Ben")
    assert known(conversation_id).language == "it"
    edit(ana, conversation_id, shown=replace(MARIA, name="Maria Rossi"), name="M. Rossi", language="en")
    assert known(conversation_id) == ContactFields("M. Rossi", "+393472201234", "maria@example.com", "en")


def test_what_a_source_said_meanwhile_is_nobodys(ana: Member) -> None:
    conversation_id = factories.listed(sender="visitor")
    shown = known(conversation_id)
    factories.received("It is me", sender="visitor", name="Maria")
    with pytest.raises(Overtaken) as overtaken:
        edit(ana, conversation_id, shown=shown, name="Marta")
    assert (overtaken.value.now, overtaken.value.by) == ({"name": "Maria"}, "")


def test_two_who_write_the_same_do_not_meet(ana: Member, ben: Member, conversation_id: int) -> None:
    for member in (ana, ben):
        edit(member, conversation_id, name="Maria Rossi")
    assert told(ana, conversation_id) == [["name"]]


def test_an_edit_can_be_taken_back_but_not_what_others_wrote_since(
    ana: Member, ben: Member, conversation_id: int
) -> None:
    change = edit(ana, conversation_id, name="Maria Rossi", email="maria@example.com")
    edit(ben, conversation_id, shown=known(conversation_id), email="rossi@example.com")
    contacts.put_back(ana.id, conversation_id, change)
    assert known(conversation_id) == replace(MARIA, email="rossi@example.com")
    assert len(told(ana, conversation_id)) == 3


def test_where_others_have_changed_all_of_it_nothing_is_taken_back(
    ana: Member, ben: Member, conversation_id: int
) -> None:
    change = edit(ana, conversation_id, name="Maria Rossi")
    edit(ben, conversation_id, shown=known(conversation_id), name="M. Rossi")
    with pytest.raises(Overtaken) as overtaken:
        contacts.put_back(ana.id, conversation_id, change)
    assert overtaken.value.by == "Ben" and known(conversation_id).name == "M. Rossi"


def test_after_that_a_source_may_say_again_what_it_knows(ana: Member) -> None:
    conversation_id = factories.listed(sender="visitor")
    change = edit(ana, conversation_id, shown=known(conversation_id), name="Marta")
    for _ in range(2):
        contacts.put_back(ana.id, conversation_id, change)
    factories.received("It is me", sender="visitor", name="Maria")
    assert known(conversation_id).name == "Maria"


def test_all_of_his_conversations_are_found_anew(ana: Member, conversation_id: int) -> None:
    before = factories.conversation(conversation_id).revision
    edit(ana, conversation_id, name="Maria Rossi")
    assert factories.conversation(conversation_id).revision == before + 1


def test_a_hidden_or_unknown_conversation_has_no_contact_to_edit(ana: Member) -> None:
    for conversation_id in (factories.received().conversation_id, 999):
        with pytest.raises(Gone):
            edit(ana, conversation_id, name="Maria Rossi")
