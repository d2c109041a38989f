"""An owner answers plain questions, and the agent knows it."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from leader24 import db
from leader24.models import Activity, Knowledge, Member
from leader24.services import agents, introduction, preferences
from leader24.services.introduction import Asked, Introduction, Unclear
from leader24.services.offline import OfflineAgent
from leader24.services.seams import Fact
from tests.services.test_offline_reviewer import talk

pytestmark = pytest.mark.usefixtures("database")

WEEK = (*["9-13, 15.30-19"] * 5, "9-13", "")
SAID = Introduction(
    description="We make oak chairs to measure.",
    hours=WEEK,
    where="Via Roma 12, Turin. Phone 011 555 0100.",
    asked=(Asked("Do you deliver?", "Yes, within 50 km for 30 €."), Asked(), Asked()),
    agent_name="Marta",
    instructions="Be brief.",
)


def facts() -> dict[str, str]:
    return {fact.question: fact.answer for fact in agents.known_facts()}


def answer_to(asked: str) -> str:
    known: tuple[Fact, ...] = agents.known_facts()
    return OfflineAgent().respond(talk(f"customer: {asked}"), preferences.current().business, known).text


def kinds() -> list[str]:
    with db.read() as session:
        return [each.kind for each in session.scalars(select(Activity).order_by(Activity.id))]


def test_what_was_said_is_kept_and_shown_again(ana: Member) -> None:
    introduction.save(ana.id, SAID)
    chosen = preferences.current()
    assert (chosen.description, chosen.agent_name, chosen.instructions) == (SAID.description, "Marta", "Be brief.")
    assert chosen.hours == (*["09:00–13:00, 15:30–19:00"] * 5, "09:00–13:00", "")
    again = introduction.known(ana.id)
    assert again.where == SAID.where
    assert [(each.question, each.answer) for each in again.asked] == [
        ("Do you deliver?", "Yes, within 50 km for 30 €."),
        ("", ""),
        ("", ""),
    ]
    assert kinds().count("business_introduced") == 1


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("When are you open on Saturday?", "Monday to Friday"),
        ("What are your opening hours?", "Closed: Sunday."),
        ("Where are you?", "Via Roma 12"),
        ("What is your address?", "Via Roma 12"),
        ("What is your phone number?", "011 555 0100"),
        ("How can I reach you?", "Via Roma 12"),
        ("Do you deliver?", "within 50 km"),
    ],
)
def test_the_offline_agent_answers_from_it(ana: Member, asked: str, told: str) -> None:
    introduction.save(ana.id, SAID)
    assert told in answer_to(asked)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Siete aperti sabato?", "da lunedì a venerdì"),
        ("Che orari fate?", "Chiuso: domenica."),
        ("Dove siete?", "Via Roma 12"),
        ("Qual è il vostro indirizzo?", "Via Roma 12"),
        ("Mi dite il numero di telefono?", "011 555 0100"),
    ],
)
def test_it_does_so_in_the_language_of_the_business(ana: Member, asked: str, told: str) -> None:
    preferences.change(ana.id, language="it")
    introduction.save(ana.id, replace(SAID, where="Via Roma 12, Torino. Telefono 011 555 0100."))
    assert told in answer_to(asked)


def test_saying_it_again_doubles_nothing(ana: Member) -> None:
    introduction.save(ana.id, SAID)
    introduction.save(ana.id, SAID)
    before = facts()
    assert len(before) == len(agents.known_facts()) == 3
    introduction.save(ana.id, introduction.known(ana.id))
    assert facts() == before


def test_in_another_language_the_same_entries_are_changed(ana: Member) -> None:
    introduction.save(ana.id, SAID)
    preferences.change(ana.id, language="it")
    introduction.save(ana.id, introduction.known(ana.id))
    assert len(agents.known_facts()) == 3
    assert any("Siamo aperti" in answer for answer in facts().values())


def test_what_is_emptied_is_known_no_more(ana: Member) -> None:
    introduction.save(ana.id, SAID)
    known = introduction.known(ana.id)
    emptied = replace(known, hours=("",) * 7, where=" ", asked=(Asked(id=known.asked[0].id), Asked(), Asked()))
    introduction.save(ana.id, emptied)
    assert agents.known_facts() == ()


def test_what_was_taught_otherwise_and_the_example_stay(ana: Member) -> None:
    for number in range(5):
        agents.teach(ana.id, f"Question {number}?", f"Answer {number}.")
    with db.write() as session:
        session.add(Knowledge(question="Example?", answer="Yes.", is_example=True))
    known = introduction.known(ana.id)
    assert [each.question for each in known.asked] == ["Question 0?", "Question 1?", "Question 2?"]
    changed = replace(known, asked=(replace(known.asked[0], answer="Another."), *known.asked[1:]))
    introduction.save(ana.id, changed)
    assert facts() == {"Question 0?": "Another."} | {f"Question {n}?": f"Answer {n}." for n in range(1, 5)}


def test_each_answer_that_cannot_be_taken_is_named_and_nothing_is_kept(ana: Member) -> None:
    wrong = replace(
        SAID,
        hours=("9-8", *WEEK[1:6], "always"),
        where="x" * 2001,
        asked=(Asked("Do you deliver?", " "), Asked("", "Yes."), Asked()),
        agent_name=" ",
    )
    with pytest.raises(Unclear) as unclear:
        introduction.save(ana.id, wrong)
    assert unclear.value.problems == {
        "hours 0": "hours",
        "hours 6": "hours",
        "where": "answer_long",
        "answer 0": "answer_empty",
        "question 1": "question_empty",
        "agent_name": "agent_name_empty",
    }
    assert (facts(), preferences.current().description, kinds()) == ({}, "", [])


@pytest.mark.parametrize(
    ("hours", "sentence"),
    [
        (("",) * 7, ""),
        (("09:00–18:00",) * 7, "We are open Monday to Sunday 09:00–18:00."),
        (
            ("", *["10:00–12:00"] * 2, "", "", "09:00–13:00", ""),
            "We are open Tuesday and Wednesday 10:00–12:00; Saturday 09:00–13:00. "
            "Closed: Monday, Thursday and Friday, Sunday.",
        ),
    ],
)
def test_hours_are_a_sentence(hours: tuple[str, ...], sentence: str) -> None:
    assert introduction.opening(hours, "en") == sentence
