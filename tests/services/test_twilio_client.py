from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leader24.models import Delivery
from leader24.services import twilio_client
from leader24.services.seams import NotSent, Unconfirmed
from leader24.services.twilio_client import Malformed, Media, WhatsApp
from tests.fakes import fake_twilio
from tests.fakes.fake_twilio import ACCOUNT, TOKEN, FakeTwilio, inbound, signed
from tests.fakes.server import Reply

URL = "https://chat.example.com/webhooks/twilio?lane=a%20b"
CUSTOMER = "whatsapp:+393331234567"


@pytest.fixture
def twilio() -> Iterator[FakeTwilio]:
    with FakeTwilio() as fake:
        yield fake


@pytest.fixture
def whatsapp(twilio: FakeTwilio) -> WhatsApp:
    return channel(twilio.address)


def channel(address: str, token: str = TOKEN, account: str = ACCOUNT, timeout: float = 5) -> WhatsApp:
    return WhatsApp(account, token, "whatsapp:+14155238886", "https://chat.example.com", address, timeout)


def is_authentic(form: dict[str, str], headers: dict[str, str], url: str = URL, token: str = TOKEN) -> bool:
    settings = headers.get("X-Twilio-Webhooks-Signature-Settings")
    return twilio_client.is_authentic(token, url, form, headers["X-Twilio-Signature"], settings)


# Whether a webhook is Twilio's


@pytest.mark.parametrize("algorithm", ["", "HMAC_SHA256"])
def test_a_form_that_twilio_signed_is_authentic(algorithm: str) -> None:
    form = inbound("Perché no? 🙂")
    assert is_authentic(form, signed(URL, form, algorithm=algorithm))


def test_the_example_of_twilios_documentation_is_authentic() -> None:
    form = {
        "CallSid": "CA1234567890ABCDE",
        "Caller": "+12349013030",
        "Digits": "1234",
        "From": "+12349013030",
        "To": "+18005551212",
    }
    url = "https://mycompany.com/myapp.php?foo=1&bar=2"
    headers = {"X-Twilio-Signature": "0/KCTR6DLpKmkAf8muzZqo1nDgQ="}
    assert is_authentic(form, headers, url, "12345")


@pytest.mark.parametrize("change", [{"Body": "Other"}, {"Extra": ""}, {"From": "whatsapp:+390000000000"}])
def test_a_form_that_was_changed_on_its_way_is_not_authentic(change: dict[str, str]) -> None:
    form = inbound()
    assert not is_authentic(form | change, signed(URL, form))


def test_blank_values_belong_to_what_is_signed() -> None:
    form = inbound(ReferralBody="")
    assert not is_authentic({name: value for name, value in form.items() if value}, signed(URL, form))


@pytest.mark.parametrize(
    "url",
    [
        URL.replace("https", "http"),
        URL.replace("?", "/?"),
        URL.replace("%20", " "),
        URL.replace("chat", "evil"),
        URL.partition("?")[0],
    ],
)
def test_a_signature_holds_for_its_own_address_only(url: str) -> None:
    form = inbound()
    assert not is_authentic(form, signed(URL, form), url)


def test_another_accounts_signature_is_not_authentic() -> None:
    form = inbound()
    assert not is_authentic(form, signed(URL, form, token="another-token"))


def test_without_a_token_nothing_is_authentic() -> None:
    form = inbound()
    assert not is_authentic(form, signed(URL, form, token=""), token="")


@pytest.mark.parametrize("settings", ["algorithm=HMAC_MD5", "algorithm=", "nonsense,,=,", "algorithm=HMAC_SHA256"])
def test_odd_signature_settings_open_no_door(settings: str) -> None:
    form = inbound()
    headers = {"X-Twilio-Signature": "bm9uc2Vuc2U=", "X-Twilio-Webhooks-Signature-Settings": settings}
    assert not is_authentic(form, headers)


@pytest.mark.parametrize("form", [{"Body": b"a file"}, {"Body": "\ud800"}, {}])
def test_what_twilio_never_sends_is_not_authentic(form: dict[str, object]) -> None:
    assert not twilio_client.is_authentic(TOKEN, URL, form, "", None)


# What a customer sent


def test_a_message_is_read_with_its_sender() -> None:
    message = twilio_client.parse(inbound("Buongiorno"))
    assert (message.text, message.name, message.phone) == ("Buongiorno", "Giulia", "+393331234567")
    assert (message.from_address, message.to_address) == (CUSTOMER, "whatsapp:+14155238886")
    assert message.sid.startswith("SM")
    assert message.media == ()


def test_the_form_is_kept_as_it_came() -> None:
    form = inbound("a\x00b", NewParameter="of tomorrow")
    assert twilio_client.parse(form).raw == form


@pytest.mark.parametrize("address", ["whatsapp:IT.13491208655302741918", "whatsapp:+39abc", "whatsapp:"])
def test_a_customer_who_hides_his_number_is_known_by_his_address(address: str) -> None:
    message = twilio_client.parse(inbound(sender=address))
    assert (message.from_address, message.phone) == (address, None)


@pytest.mark.parametrize("field", ["MessageSid", "From"])
@pytest.mark.parametrize("value", [None, "", " \x00"])
def test_a_form_without_message_or_sender_is_malformed(field: str, value: str | None) -> None:
    form = {**inbound(), field: value}
    with pytest.raises(Malformed) as malformed:
        twilio_client.parse(form)
    assert malformed.value.field == field


@pytest.mark.parametrize("text", ["👩‍👩‍👧 ok", "مرحبا كيف الحال", "à" * 65_536, "  two\nlines  "])
def test_texts_are_kept_whole(text: str) -> None:
    assert twilio_client.parse(inbound(text)).text == text


def test_a_nul_is_left_out_as_no_database_keeps_it() -> None:
    message = twilio_client.parse(inbound("a\x00b", ProfileName="Giu\x00lia"))
    assert (message.text, message.name) == ("ab", "Giulia")


def test_a_photo_without_words_has_no_text() -> None:
    photo = {"NumMedia": "1", "MediaUrl0": "https://api.twilio.com/1", "MediaContentType0": "image/jpeg"}
    message = twilio_client.parse(inbound("", **photo))
    assert message.text == ""
    assert message.media == (Media("https://api.twilio.com/1", "image/jpeg"),)


@pytest.mark.parametrize("number", ["", "many", "-1", "²", "1.5", "9" * 5000])
def test_an_odd_number_of_media_is_none(number: str) -> None:
    assert twilio_client.parse(inbound(NumMedia=number)).media == ()


def test_media_are_read_up_to_twilios_own_limit() -> None:
    urls = {f"MediaUrl{i}": f"https://api.twilio.com/{i}" for i in range(30)}
    assert len(twilio_client.parse(inbound(NumMedia="999999999999", **urls)).media) == 10


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ({"Latitude": "45.46", "Longitude": "9.19"}, "📍 45.46, 9.19"),
        ({"Latitude": "45.4", "Longitude": "9.1", "Label": "Duomo", "Address": "MI"}, "📍 Duomo · MI · 45.4, 9.1"),
        ({"ButtonText": "Yes, please", "ButtonPayload": "yes"}, "Yes, please"),
        ({"ListTitle": "Large", "ListId": "l"}, "Large"),
        ({"NumMedia": "1", "MediaUrl0": "https://x/1", "MediaContentType0": "text/vcard"}, "👤 vCard"),
    ],
)  # fmt: skip
def test_what_is_not_typed_can_be_read_too(form: dict[str, str], text: str) -> None:
    assert twilio_client.parse(inbound("", **form)).text == text


@given(st.dictionaries(st.sampled_from(sorted(inbound(Latitude="", MediaUrl0="", ButtonText=""))), st.text()))
def test_whatever_a_form_says_it_is_read_or_malformed(form: dict[str, str]) -> None:
    try:
        message = twilio_client.parse(form)
    except Malformed as malformed:
        assert not form.get(malformed.field, "").replace("\x00", "").strip()
    else:
        assert "\x00" not in message.text


# What became of our message


@pytest.mark.parametrize(
    ("status", "delivery"),
    [
        ("queued", Delivery.SENDING),
        ("sent", Delivery.SENT),
        ("delivered", Delivery.DELIVERED),
        ("read", Delivery.READ),
        ("failed", Delivery.FAILED),
        ("undelivered", Delivery.FAILED),
        ("received", None),
        ("of tomorrow", None),
    ],
)
def test_a_status_call_says_how_far_our_message_has_come(status: str, delivery: Delivery | None) -> None:
    call = twilio_client.parse_status({"MessageSid": "SM1", "MessageStatus": status})
    assert (call.sid, call.status, call.error) == ("SM1", delivery, None)


def test_a_status_call_says_why_our_message_failed() -> None:
    call = twilio_client.parse_status({"MessageSid": "SM1", "MessageStatus": "failed", "ErrorCode": "63016"})
    assert (call.status, call.error) == (Delivery.FAILED, "63016")


def test_a_status_call_without_a_message_is_malformed() -> None:
    with pytest.raises(Malformed, match="MessageSid"):
        twilio_client.parse_status({"MessageStatus": "sent"})


# Sending


def test_a_reply_reaches_the_customer(twilio: FakeTwilio, whatsapp: WhatsApp) -> None:
    sid = whatsapp.send(CUSTOMER, "Ciao! 🙂\nA domani & grazie", "6f1e")
    [sent] = twilio.sent
    assert (sent.sid, sent.to, sent.from_address) == (sid, CUSTOMER, "whatsapp:+14155238886")
    assert sent.text == "Ciao! 🙂\nA domani & grazie"
    assert sent.status_callback == "https://chat.example.com/webhooks/twilio/status?m=6f1e"


def test_a_customer_who_hides_his_number_is_answered_at_his_address(twilio: FakeTwilio, whatsapp: WhatsApp) -> None:
    whatsapp.send("whatsapp:IT.1349", "Ciao", "1")
    assert twilio.sent[0].to == "whatsapp:IT.1349"


def test_a_reference_cannot_change_the_status_address(twilio: FakeTwilio, whatsapp: WhatsApp) -> None:
    whatsapp.send(CUSTOMER, "Ciao", "1&x=/2#")
    assert twilio.sent[0].status_callback.endswith("status?m=1%26x%3D%2F2%23")


@pytest.mark.parametrize(
    ("behaviour", "code"),
    [
        (fake_twilio.error(400, 63016), "63016"),
        (fake_twilio.error(429, 20429), "20429"),
        (fake_twilio.problem(400, 21211), "21211"),
        (fake_twilio.error(400), "http_400"),
        (fake_twilio.error(429), "http_429"),
        (fake_twilio.error(307), "http_307"),
    ],
)
def test_what_twilio_refuses_is_not_sent(
    twilio: FakeTwilio, whatsapp: WhatsApp, behaviour: fake_twilio.Behaviour, code: str
) -> None:
    twilio.next(behaviour)
    with pytest.raises(NotSent, match=f"^{code}$"):
        whatsapp.send(CUSTOMER, "Ciao", "1")
    assert (len(twilio.requests), twilio.sent) == (1, [])


def test_a_wrong_token_is_told_by_its_code(twilio: FakeTwilio) -> None:
    with pytest.raises(NotSent, match="20003"):
        channel(twilio.address, token="wrong").send(CUSTOMER, "Ciao", "1")


def test_a_text_that_is_too_long_is_not_sent(twilio: FakeTwilio, whatsapp: WhatsApp) -> None:
    with pytest.raises(NotSent, match="21617"):
        whatsapp.send(CUSTOMER, "a" * 1601, "1")


def test_without_a_connection_nothing_is_sent() -> None:
    with FakeTwilio() as gone:
        address = gone.address
    with pytest.raises(NotSent, match="connection"):
        channel(address).send(CUSTOMER, "Ciao", "1")


def test_a_name_that_nobody_knows_is_no_connection() -> None:
    with pytest.raises(NotSent, match="connection"):
        channel("http://nobody.invalid").send(CUSTOMER, "Ciao", "1")


@pytest.mark.parametrize(
    "behaviour", [fake_twilio.error(500, 20500), fake_twilio.error(503), fake_twilio.problem(500, 1)]
)
def test_a_server_error_is_unconfirmed_and_never_tried_again(
    twilio: FakeTwilio, whatsapp: WhatsApp, behaviour: fake_twilio.Behaviour
) -> None:
    twilio.next(behaviour)
    with pytest.raises(Unconfirmed):
        whatsapp.send(CUSTOMER, "Ciao", "1")
    assert len(twilio.requests) == 1


@pytest.mark.parametrize("behaviour", [fake_twilio.hang, fake_twilio.take_and_hang])
def test_silence_is_unconfirmed_and_never_tried_again(twilio: FakeTwilio, behaviour: fake_twilio.Behaviour) -> None:
    twilio.next(behaviour)
    with pytest.raises(Unconfirmed):
        channel(twilio.address, timeout=0.2).send(CUSTOMER, "Ciao", "1")
    assert len(twilio.requests) == 1


@pytest.mark.parametrize(
    "reply",
    [
        Reply(500, b""),
        Reply(201, b'{"sid": "SM'),
        Reply(201, b'{"sid": "SM1"}', is_cut_off=True),
        Reply(201, b"<h1>Hello</h1>", "text/html"),
        Reply(201, b"[]"),
        Reply(201, b"{}"),
        Reply(200, b'{"sid": 5}'),
    ],
)
def test_a_message_whose_answer_is_lost_is_unconfirmed(twilio: FakeTwilio, whatsapp: WhatsApp, reply: Reply) -> None:
    twilio.next(fake_twilio.take_and(reply))
    with pytest.raises(Unconfirmed):
        whatsapp.send(CUSTOMER, "Ciao", "1")
    assert (len(twilio.requests), len(twilio.sent)) == (1, 1)


def test_the_token_is_not_shown() -> None:
    assert TOKEN not in repr(channel("http://127.0.0.1"))
