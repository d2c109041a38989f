"""The checklist, by how things stand."""

import pytest

from leader24.models import Member
from leader24.services import agents, example, first_steps, preferences
from leader24.services.first_steps import Step
from tests import factories

pytestmark = pytest.mark.usefixtures("database")


def done(member: Member) -> set[Step]:
    return set(first_steps.look(member.id).done)


def test_in_the_beginning_nothing_is_done(ana: Member) -> None:
    steps = first_steps.look(ana.id)
    assert (steps.done, steps.has_example, steps.are_over) == (frozenset(), False, False)
    assert steps.next is Step.EXAMPLE


def test_who_has_seen_the_example_has_seen_it_also_when_it_is_gone(ana: Member) -> None:
    example.load(ana.id)
    assert first_steps.look(ana.id).has_example
    example.unload(ana.id)
    steps = first_steps.look(ana.id)
    assert (set(steps.done), steps.has_example, steps.next) == ({Step.EXAMPLE}, False, Step.BUSINESS)


def test_who_has_customers_needs_no_example(ana: Member) -> None:
    factories.received()
    assert done(ana) == {Step.EXAMPLE}


def test_what_the_example_knows_is_not_what_the_business_said(ana: Member) -> None:
    example.load(ana.id)
    assert Step.BUSINESS not in done(ana)


def test_each_setting_does_its_step(ana: Member) -> None:
    preferences.change(ana.id, description="We make chairs.")
    assert done(ana) == {Step.BUSINESS}
    preferences.change(ana.id, openai_api_key="sk-test")
    preferences.change(ana.id, widget_sites="https://oak.example")
    preferences.change(ana.id, twilio_account_sid="AC" + "0" * 32, twilio_auth_token="t" * 32)
    assert done(ana) == {Step.BUSINESS, Step.AI, Step.WIDGET}
    preferences.change(ana.id, twilio_whatsapp_from="+14155238886")
    assert done(ana) == set(Step) - {Step.EXAMPLE}
    factories.received()
    assert first_steps.look(ana.id).are_over


def test_a_taught_agent_knows_the_business(ana: Member) -> None:
    agents.teach(ana.id, "Do you deliver?", "Yes.")
    assert done(ana) == {Step.BUSINESS}


def test_hidden_steps_can_come_back(ana: Member) -> None:
    first_steps.dismiss(ana.id)
    assert first_steps.look(ana.id).are_over
    first_steps.dismiss(ana.id, dismissed=False)
    assert not first_steps.look(ana.id).are_over
