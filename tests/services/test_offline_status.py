"""Which status the offline reviewer suggests."""

import pytest

from leader24.models import Status
from tests.services.test_offline_reviewer import NEGOZIO, review

SPAM: list[tuple[str, ...]] = [
    ("customer: Hi, we offer SEO services and will bring your website to the first page of Google!",),
    ("customer: Congratulations, you have won an iPhone. Click here to claim your prize", "agent: How can I help you?"),
    ("customer: asdfgh qwertz jkljkl",),
    ("customer: jkhgfdsa kjhgf lkjhg",),
    ("customer: Ciao mamma, arrivo tardi", "agent: Come posso aiutarla?", "customer: Scusi, ho sbagliato numero"),
    ("customer: Guadagna 500 euro al giorno da casa, clicca qui",),
    ("customer: Offriamo servizi di posizionamento su Google per il vostro sito",),
]
NOT_INTERESTED: list[tuple[str, ...]] = [
    (
        "customer: How much is the oak table?",
        "agent: It costs 900 €.",
        "customer: That is too expensive for me, sorry.",
    ),
    ("customer: Do you rent bikes?", "agent: Yes. Would you like to book one?", "customer: No thanks"),
    ("customer: I need a new site", "agent: Shall we call you?", "customer: I'm no longer interested", "customer: Bye"),
    ("customer: Quanto costa il tavolo?", "agent: Costa 900 euro.", "customer: Troppo caro, lascio perdere. Grazie"),
    (
        "customer: Avete bici a noleggio?",
        "agent: Sì, vuole prenotarne una?",
        "customer: No grazie, ho già trovato altrove",
    ),
]
QUOTE_REQUEST: list[tuple[str, ...]] = [
    ("customer: We need 40 chairs for a wedding, what would it cost?", "agent: I have passed this on to a colleague."),
    ("customer: Could you send me a quote for painting two rooms?",),
    (
        "customer: How much is a kitchen of 4 metres?",
        "agent: Kitchens start at 3000 €, it depends on the wood.",
        "customer: Ok",
    ),
    ("customer: Buongiorno, mi fate un preventivo per ristrutturare il bagno?", "agent: Certo, quanto è grande?"),
    ("customer: Could you tell me what it would cost to pave 40 square metres?", "agent: A colleague will reply here."),
    ("customer: Cosa costa montare 2 condizionatori", "agent: Un collega le farà sapere."),
    ("customer: Quanto costa imbiancare un appartamento di 80 mq?", "agent: Un collega le risponderà qui."),
]
POTENTIAL_CUSTOMER: list[tuple[str, ...]] = [
    ("customer: I'd like to book a table for 4 on Saturday at 8 pm", "agent: With pleasure, it is booked."),
    ("customer: I'm looking for a leather sofa, my budget is 2000 €", "agent: We have three in the showroom."),
    ("customer: I need a new front door. You can reach me at anna@example.com", "agent: Thank you, Anna."),
    ("customer: Table for two tonight at 8?", "agent: Yes, a table for two is free at 8, I've booked it."),
    ("customer: Ciao, prenoterei per sabato alle 20:30, 5 persone", "agent: Volentieri, a sabato!"),
    ("customer: Vorrei prenotare un tavolo per sabato sera, siamo in 4", "agent: Volentieri, a sabato!"),
    ("customer: Cerco un divano in pelle, il mio numero è 347 220 1188", "agent: Ne abbiamo tre in negozio."),
]
OPPORTUNITY: list[tuple[str, ...]] = [
    ("customer: I am thinking of a new kitchen", "agent: Lovely. We build them to measure."),
    ("customer: We're interested in your garden furniture", "agent: Our showroom shows all of it."),
    ("customer: Sto pensando a una cucina nuova", "agent: Che bello, le facciamo su misura."),
    ("customer: Salve, sarei interessato ai vostri mobili da giardino", "agent: In negozio può vederli tutti."),
]
FOLLOW_UP: list[tuple[str, ...]] = [
    ("customer: Is the blue lamp back in stock?", "agent: Not yet. I will let you know as soon as it arrives."),
    (
        "customer: Are you closed in August?",
        "agent: Not decided yet.",
        "customer: Please let me know when it is decided",
    ),
    ("customer: Can I talk to a real person?", "agent: I have passed this on; a colleague will reply here."),
    ("customer: Is there parking near the shop?",),
    ("customer: Do you stock size 46?", "agent: Not at the moment, but I'll message you when they are back."),
    ("customer: Il tecnico non è venuto, sono furioso", "agent: Mi dispiace molto, avviso subito il responsabile."),
    ("customer: La lampada blu è tornata?", "agent: Non ancora, le faremo sapere appena arriva."),
    ("customer: Siete chiusi ad agosto?", "agent: Non è ancora deciso.", "customer: Fatemi sapere, grazie"),
    ("customer: C'è un parcheggio vicino al negozio?",),
]
CONTACTED: list[tuple[str, ...]] = [
    (
        "customer: My lamp arrived broken",
        "agent: I am sorry. A colleague will reply here.",
        "member: Hello, this is Marco. We sent a new one today.",
        "customer: Thank you",
    ),
    ("customer: La lampada è rotta", "member: Salve, sono Marco. Gliela abbiamo sostituita oggi.", "customer: Grazie!"),
]
WAITING_RESPONSE: list[tuple[str, ...]] = [
    ("customer: My parcel has not arrived", "agent: I am sorry. What is your order number?"),
    ("customer: Do you repair watches?", "member: Yes, we do. Which brand is it?"),
    ("customer: Do you rent vans?", "agent: Yes. For how many days?"),
    ("customer: Il pacco non è arrivato", "agent: Mi dispiace, qual è il numero dell'ordine?"),
]
INFO_ONLY: list[tuple[str, ...]] = [
    ("customer: Are you open on Sunday?", "agent: Yes, on Sundays from 9 to 13.", "customer: Thanks, that's all"),
    ("customer: How much is a haircut?", "agent: A haircut costs 35 €. Is there anything else I can do for you?"),
    ("customer: I would like to know where I can park", "agent: There is free parking behind the shop."),
    ("customer: Siete aperti la domenica?", "agent: Sì, la domenica dalle 9 alle 13.", "customer: Perfetto, grazie"),
    ("customer: Quanto costa un taglio?", "agent: Il taglio costa 35 €. Posso aiutarla in altro?"),
    ("customer: Is my booking for 2 people confirmed?", "agent: Yes, your booking is confirmed."),
    ("customer: Vorrei sapere se bisogna prenotare", "agent: No, si può venire senza prenotare."),
]
EXAMPLES: dict[Status, list[tuple[str, ...]]] = {
    Status.SPAM: SPAM,
    Status.NOT_INTERESTED: NOT_INTERESTED,
    Status.QUOTE_REQUEST: QUOTE_REQUEST,
    Status.POTENTIAL_CUSTOMER: POTENTIAL_CUSTOMER,
    Status.OPPORTUNITY: OPPORTUNITY,
    Status.FOLLOW_UP: FOLLOW_UP,
    Status.CONTACTED: CONTACTED,
    Status.WAITING_RESPONSE: WAITING_RESPONSE,
    Status.INFO_ONLY: INFO_ONLY,
}


@pytest.mark.parametrize(("status", "said"), [(status, said) for status, many in EXAMPLES.items() for said in many])
def test_the_first_status_that_fits_wins(status: Status, said: tuple[str, ...]) -> None:
    assert review(*said).status is status


def test_the_reason_for_a_status_quotes_what_speaks_for_it() -> None:
    english = review("customer: Hello", "agent: Hello!", "customer: What would 40 chairs cost?")
    assert english.status_reason == "A price was asked and not yet fully given: “What would 40 chairs cost?”"
    italian = review("customer: Quanto verrebbero 40 sedie?", business=NEGOZIO)
    assert (
        italian.status_reason == "È stato chiesto un prezzo, non ancora dato del tutto: «Quanto verrebbero 40 sedie?»"
    )


def test_a_decline_that_is_followed_by_a_question_is_none() -> None:
    verdict = review(
        "customer: How much is the oak table?",
        "agent: It costs 900 €.",
        "customer: That is too expensive. Do you have a smaller one?",
    )
    assert verdict.status is not Status.NOT_INTERESTED


def test_whoever_accepts_an_offer_and_leaves_a_number_is_a_potential_customer() -> None:
    verdict = review(
        "customer: Avete ancora posti per il corso di yoga?",
        "agent: Sì, ne restano tre. Vuole che le riservi un posto?",
        "customer: Sì grazie, sono Giulia, 333 123 4567",
    )
    assert verdict.status is Status.POTENTIAL_CUSTOMER


def test_a_mere_remark_at_the_end_leaves_nothing_open() -> None:
    verdict = review(
        "customer: Is there parking?", "agent: Yes, parking is behind the shop.", "customer: Lovely weather"
    )
    assert (verdict.status, verdict.to_do_next) == (Status.INFO_ONLY, "")


def test_nothing_more_to_ask_is_no_decline() -> None:
    verdict = review(
        "customer: Are you open on Sunday?",
        "agent: Yes, from 9 to 13. Is there anything else I can help you with?",
        "customer: No thanks",
    )
    assert verdict.status is Status.INFO_ONLY


def test_a_shop_that_sells_online_marketing_hears_its_customers() -> None:
    assert review("customer: I am looking for SEO services, how much do you charge?").status is Status.QUOTE_REQUEST


@pytest.mark.parametrize("wish", ["Il rubinetto perde, potete venire domani mattina?", "Can you come on Monday at 9?"])
def test_who_wants_someone_to_come_is_a_potential_customer(wish: str) -> None:
    assert review(f"customer: {wish}", "agent: Of course.").status is Status.POTENTIAL_CUSTOMER


OFFERED = ("customer: Do you have the lamp in blue?", "agent: Yes, for 45 €. Shall I order one for you?")
PRICE_GIVEN = ("customer: Quanto costa un taglio?", "agent: Il taglio costa 35 €.")
BOOKED = (
    "customer: I'd like to book a table for two",
    "agent: Your table is booked. Would you like a parking spot?",
)


@pytest.mark.parametrize(
    "said",
    [
        ("customer: How much are 6 chairs?", "customer: no thanks"),
        ("customer: Quanto costano 6 sedie?", "customer: no grazie"),
        (
            "customer: How much are 6 chairs?",
            "agent: I have passed this on; a colleague will reply here.",
            "customer: no thanks",
        ),
        ("customer: How much are 6 chairs?", "agent: Hello! How can I help you?", "customer: no thanks"),
        (*PRICE_GIVEN, "customer: No grazie"),
        (*PRICE_GIVEN, "customer: Per ora no, grazie"),
        (*PRICE_GIVEN, "customer: Lasci stare, grazie"),
        (*OFFERED, "customer: No"),
        (*OFFERED, "customer: Not right now, thanks"),
        (*OFFERED, "customer: I'm just looking, thank you"),
        (*OFFERED, "customer: No thanks, that is all I needed"),
        (*OFFERED, "customer: That is more than I wanted to spend, I will leave it"),
        (*OFFERED, "customer: Too expensive.", "agent: I see. Anything else?", "customer: No thanks"),
        (*OFFERED, "customer: Nah, we decided to keep the old one"),
        (*PRICE_GIVEN, "customer: Not for now, thanks"),
        (*PRICE_GIVEN, "customer: Thanks but no thanks"),
        (*PRICE_GIVEN, "customer: No, per me è eccessivo"),
        ("customer: Can you quote a patio?", "agent: A colleague will reply here.", "customer: We hired someone else"),
        (*PRICE_GIVEN, "customer: È più di quanto pensassi, grazie comunque"),
        (*PRICE_GIVEN, "customer: I found one cheaper elsewhere, bye"),
        ("customer: Quanto costano 6 sedie?", "agent: Un collega risponderà qui.", "customer: Non importa, grazie"),
        ("customer: Please stop sending me messages",),
        ("customer: STOP",),
        ("customer: Basta messaggi, cancellatemi dalla lista",),
    ],
)
def test_whoever_refuses_what_was_asked_or_offered_is_not_interested(said: tuple[str, ...]) -> None:
    verdict = review(*said)
    assert (verdict.status, verdict.to_do_next) == (Status.NOT_INTERESTED, "")


@pytest.mark.parametrize(
    "said",
    [
        ("customer: no thanks",),
        ("customer: No grazie", "agent: Buongiorno! Come posso aiutarla?"),
        ("customer: Are you open on Sunday?", "agent: Yes, from 9 to 13.", "customer: No thanks, that is all I needed"),
        ("customer: A che ora chiudete?", "agent: Alle 19.", "customer: No grazie, mi basta così"),
        (*PRICE_GIVEN, "customer: No grazie, è tutto"),
        (*PRICE_GIVEN, "agent: Le serve altro?", "customer: No grazie"),
        (*OFFERED, "customer: No, the green one please"),
        (*OFFERED, "customer: No, maybe later"),
        (*OFFERED, "customer: I changed my mind, I'd like two please"),
        (*OFFERED, "customer: That's not too expensive, I'll take it"),
        (*PRICE_GIVEN, "customer: Non è troppo caro, vengo domani"),
        (*PRICE_GIVEN, "agent: Ha altre domande?", "customer: No grazie"),
        ("customer: Dove siete?", "agent: In via Roma 5. Scusi il ritardo.", "customer: Non importa, grazie"),
        (*OFFERED, "customer: I'm not interested in blue, do you have another colour"),
        (*BOOKED, "customer: No thanks"),
    ],
)
def test_whoever_has_what_he_came_for_or_still_chooses_has_not_declined(said: tuple[str, ...]) -> None:
    assert review(*said).status is not Status.NOT_INTERESTED


@pytest.mark.parametrize(
    "said",
    [
        "Congratulations you won a prize, click http://x.y",
        "Complimenti, ha vinto un buono! Clicchi su http://x.y",
        "Your account has been suspended. Verify now: http://x.y",
        "Il suo pacco è in giacenza, confermi i dati qui: http://x.y",
        "Ciao mamma, ho cambiato numero, scrivimi qui",
        "Invest in crypto now and double your money in 7 days!",
        "Investi in Bitcoin e raddoppia i tuoi soldi in 24 ore",
        "CONGRATULATIONS!!! You are the lucky winner of 1,000,000 $. Reply YES to collect",
        "Make $500 daily working from home, ask me how",
        "Realizziamo siti web a partire da 199€ per la tua attività",
        "Hai ricevuto un premio di 1000 euro, ritiralo subito",
        "Cheap followers and likes for your Instagram, 1000 for $10!",
        "Aumenta i follower del tuo profilo, prezzi bassissimi",
        "Siamo un'agenzia di marketing e vi portiamo 30 nuovi clienti al mese, possiamo sentirci?",
    ],
)
def test_fraud_is_spam(said: str) -> None:
    assert review(f"customer: {said}").status is Status.SPAM


@pytest.mark.parametrize(
    "said",
    [
        "I won a voucher at your summer party, until when can I use it?",
        "Mia figlia ha vinto un buono da voi, come si usa?",
        "My parcel is on hold at the courier, can you help?",
        "Mia mamma ha cambiato numero di telefono, lo può aggiornare?",
        "I read on your page that you won an award, congratulations!",
        "Complimenti per il vostro sito! Avete tavoli rotondi?",
        "Can you confirm the payment arrived?",
        "Do you sell lottery tickets?",
        "I have a question about an inheritance of my father",
        "I found you on the first page of Google, do you repair roofs?",
        "Is the limited time offer still valid?",
        "When I click on the link to pay, nothing happens",
    ],
)
def test_what_only_sounds_like_fraud_is_no_spam(said: str) -> None:
    assert review(f"customer: {said}").status is not Status.SPAM


def test_a_moment_that_was_asked_for_and_kept_is_no_open_promise() -> None:
    asked = ("customer: Is the blue lamp in stock?", "agent: One moment, let me check.")
    assert review(*asked).status is Status.FOLLOW_UP
    assert review(*asked, "agent: Yes, the blue lamp is in stock.").status is Status.INFO_ONLY


def test_interest_with_a_number_to_call_is_a_potential_customer() -> None:
    verdict = review(
        "customer: mi interesserebbe un corso di inglese",
        "agent: Abbiamo corsi di mattina e di sera.",
        "customer: di sera, sono Laura 339 112 2334",
    )
    assert verdict.status is Status.POTENTIAL_CUSTOMER


def test_what_the_agent_did_not_know_is_still_open() -> None:
    verdict = review("customer: Quando riaprite dopo le ferie?", "agent: Non ho questa informazione, mi dispiace.")
    assert verdict.status is Status.FOLLOW_UP
    assert verdict.to_do_next == "Answer the customer, and add the answer to the agent's knowledge."


def test_to_need_something_for_it_is_a_question_and_no_order() -> None:
    verdict = review("customer: Do I need to bring a towel to the spa?", "agent: No, towels are included.")
    assert verdict.status is Status.INFO_ONLY
