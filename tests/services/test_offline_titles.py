"""What the offline reviewer calls a conversation, and how it sums it up."""

import pytest

from leader24.models import Status
from tests.services.test_offline_reviewer import NEGOZIO, review


@pytest.mark.parametrize(
    ("said", "title"),
    [
        (
            "Buongiorno! Vorrei prenotare un tavolo per quattro sabato sera",
            "Prenotare un tavolo per quattro sabato sera",
        ),
        ("Hello, I would like to know if you are open on Sunday?", "You are open on Sunday?"),
        ("Hi there! Are you open on Sunday?", "Are you open on Sunday?"),
        ("Salve, quanto costa il tavolo in rovere?", "Quanto costa il tavolo in rovere?"),
        ("I'm looking for a leather sofa", "Leather sofa"),
        (
            "Could you tell me whether the big oak table from the window can be delivered to Bologna before Christmas",
            "Whether the big oak table from the window can be delivered",
        ),
    ],
)
def test_the_title_is_what_the_first_request_is_about(said: str, title: str) -> None:
    assert review(f"customer: {said}").title == title


def test_a_greeting_is_never_the_title() -> None:
    verdict = review(
        "customer: Buongiorno!", "agent: Buongiorno, come posso aiutarla?", "customer: Fate consegne a Monza?"
    )
    assert verdict.title == "Fate consegne a Monza?"
    assert review("customer: Buongiorno!", business=NEGOZIO).title == "Ancora nessuna richiesta"


def test_the_summary_says_what_is_wanted_what_happened_and_what_is_next() -> None:
    verdict = review(
        "customer: Hello, do you deliver to Bologna?",
        "agent: I don't know, I am sorry.",
        "customer: Thanks anyway",
    )
    assert verdict.customer_wants == "an answer to: “Hello, do you deliver to Bologna?”"
    assert verdict.what_happened == "The agent did not know: “I don't know, I am sorry.” The customer said thanks."
    assert verdict.to_do_next == "Answer the customer, and add the answer to the agent's knowledge."


def test_the_summary_is_in_the_language_of_the_business_and_quotes_in_the_customers() -> None:
    verdict = review("customer: Do you deliver to Bologna?", "agent: Yes, within two days.", business=NEGOZIO)
    assert verdict.customer_wants == "una risposta a: «Do you deliver to Bologna?»"
    assert verdict.what_happened == "L'agente ha risposto: «Yes, within two days.»"
    assert verdict.language == "en"


@pytest.mark.parametrize(
    ("said", "happened"),
    [
        (["customer: Is it open?"], "Nobody has answered yet."),
        (["customer: My parcel is late", "agent: What is your order number?"], "The customer has not replied."),
        (["customer: Who are you?", "agent: I have passed this on; a colleague will reply here."], "handed over"),
        (["customer: Is it open?", "member: Yes, until 6."], "A member of the team wrote: “Yes, until 6.”"),
        (["customer: A human please", "agent: Our shop opens at nine."], "was not passed on"),
        (["customer: Do you rent bikes?", "agent: Yes. Shall I book one?", "customer: No thanks"], "customer declined"),
        (["customer: Is it open?", "agent: Yes.", "customer: And tomorrow, is it open?"], "waits for an answer"),
    ],
)
def test_what_happened_tells_apart_how_talks_end(said: list[str], happened: str) -> None:
    assert happened in review(*said).what_happened


def test_there_is_nothing_to_do_after_a_question_was_answered() -> None:
    assert review("customer: Are you open on Sunday?", "agent: Yes, on Sunday from 9 to 13.").to_do_next == ""


def test_waiting_for_a_quote_asks_for_no_price() -> None:
    verdict = review(
        "customer: How much is the oak table?",
        "agent: The oak table costs 900 €. Shall I send you a written quote?",
        "customer: I'll wait for the written quote by email.",
    )
    assert (verdict.status, verdict.title) == (Status.FOLLOW_UP, "How much is the oak table?")


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("Ciao accettate cani?", "Accettate cani?"),
        ("Si può pagare a rate?", "Si può pagare a rate?"),
        ("Can you tell me about some good museums near you?", "Good museums near you"),
        ("A" * 500, "È per domani"),
    ],
)
def test_a_title_reads_whole(asked: str, title: str) -> None:
    assert review(f"customer: {asked}", "agent: One moment please.", "customer: È per domani").title == title


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("PREVENTIVO PER TRE FINESTRE", "Preventivo per tre finestre"),
        ("PREVENTIVO", "Preventivo"),
        ("I will come by next week", "I will come by next week"),
        ("Passo domani a ritirare la giacca", "Passo domani a ritirare la giacca"),
        ("كم سعر 6 كراسي Serio", "كم سعر 6 كراسي Serio"),
        ("\u202bكم سعر 6 كراسي\u202c \u2068Serio\u2069؟", "كم سعر 6 كراسي Serio؟"),
        ("Il tavolo è disponibile?", "Il tavolo è disponibile?"),
        ("Vorrei sapere se siete aperti la domenica?", "Siete aperti la domenica?"),
        ("A che ora chiudete?", "A che ora chiudete?"),
        (
            "How much would it cost to move a flat with two bedrooms from Leeds to York in May?",
            "How much would it cost to move a flat with two bedrooms?",
        ),
        ("Can you show me a leather sofa, please?", "Leather sofa"),
        ("For some personal reasons, I need to rent a car on Tuesday", "Rent a car on Tuesday"),
        ("We are moving in May and I need a quote for the kitchen", "Quote for the kitchen"),
        ("thanks for yesterday, the dinner was wonderful", "Thanks for yesterday, the dinner was wonderful"),
    ],
)
def test_a_title_says_what_it_is_about(said: str, title: str) -> None:
    assert review(f"customer: {said}").title == title


@pytest.mark.parametrize(
    ("first", "then", "title"),
    [
        ("Preventivo", "Imbiancare un bilocale di 60 mq", "Preventivo: Imbiancare un bilocale di 60 mq"),
        ("I'd like to get a cab.", "I'm going to Callowhill Street.", "Cab: I'm going to Callowhill Street"),
        ("I want an apartment", "I want an apartment with three rooms", "Apartment with three rooms"),
        ("Quanto costa il tavolo Adda?", "Lo vorrei in frassino", "Quanto costa il tavolo Adda?"),
    ],
)
def test_a_title_of_one_word_gets_the_next_detail(first: str, then: str, title: str) -> None:
    assert review(f"customer: {first}", "agent: With pleasure.", f"customer: {then}").title == title


@pytest.mark.parametrize(
    ("said", "english", "italian"),
    [
        ("How much are 6 chairs?", "a price: “{}”", "un prezzo: «{}»"),
        ("I want to talk to a person", "to talk to a person: “{}”", "parlare con una persona: «{}»"),
        ("I'd like to book a table", "to buy or book: “{}”", "acquistare o prenotare: «{}»"),
        ("I am thinking of a new kitchen", "perhaps to buy: “{}”", "forse acquistare: «{}»"),
        (
            "My lamp arrived broken",
            "help with an order, a booking or a problem: “{}”",
            "aiuto per un ordine, una prenotazione o un problema: «{}»",
        ),
        ("Is there parking?", "an answer to: “{}”", "una risposta a: «{}»"),
        ("i was wondering if you repair clocks", "an answer to: “{}”", "una risposta a: «{}»"),
        ("I will come by next week", "us to know: “{}”", "far sapere: «{}»"),
    ],
)
def test_what_the_customer_wants_goes_on_after_its_heading(said: str, english: str, italian: str) -> None:
    assert review(f"customer: {said}").customer_wants == english.format(said)
    assert review(f"customer: {said}", business=NEGOZIO).customer_wants == italian.format(said)


def test_who_only_tells_something_asks_for_no_information() -> None:
    verdict = review("customer: I will come by next week", "agent: Very good, see you then!")
    assert verdict.status is Status.INFO_ONLY
    assert verdict.status_reason == "The customer tells something and asks nothing: “I will come by next week”"


def test_what_was_arranged_is_to_be_made_sure_of() -> None:
    verdict = review("customer: I'd like to book a table for two tomorrow at 8", "agent: Your table is booked.")
    assert verdict.to_do_next == "Make sure of what was arranged: “Your table is booked.”"


def test_a_mere_yes_is_no_greeting() -> None:
    verdict = review("customer: Si può pagare con la carta anche da voi in negozio?", "agent: Sì, certo.")
    assert verdict.what_happened == "The agent answered: “Sì, certo.”"
