"""What comes from Twilio, and what only says so."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from statistics import quantiles
from urllib.parse import quote, urlencode

import pytest
from httpx import Client, Response

from tests.fakes.fake_twilio import TOKEN, inbound, signed
from tests.pages.conftest import WEBHOOK, Twilio
from tests.server import App, measured

STATUS = "/webhooks/twilio/status"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def stored(app: App, text: str) -> int:
    return int(app.execute("SELECT count(*) FROM message WHERE text = ?", text)[0][0])


def test_a_message_is_stored_before_twilio_is_told_so(app: App, twilio: Twilio) -> None:
    assert twilio.sends("Quanto costa il tavolo?").status_code == 204
    assert stored(app, "Quanto costa il tavolo?") == 1


def test_a_repeat_changes_nothing(app: App, twilio: Twilio) -> None:
    assert [twilio.sends("Ci siete?").status_code for _ in range(3)] == [204] * 3
    assert stored(app, "Ci siete?") == 1


def test_a_thousand_at_once_a_third_of_them_repeats(app: App, twilio: Twilio) -> None:
    numbers = [number % 667 for number in range(1000)]
    seconds: list[float] = []

    def send(number: int) -> int:
        begun = time.perf_counter()
        answer = twilio.sends(f"burst {number}", f"whatsapp:+3934722{number % 50:05}")
        seconds.append(time.perf_counter() - begun)
        return answer.status_code

    begun = time.perf_counter()
    with ThreadPoolExecutor(16) as pool:
        statuses = set(pool.map(send, numbers))
    took = time.perf_counter() - begun
    percentiles = quantiles(seconds, n=100)
    p50, p99 = percentiles[49] * 1000, percentiles[98] * 1000
    measured(f"webhooks, 16 at a time: {1000 / took:.0f} requests/s, p50 {p50:.0f} ms, p99 {p99:.0f} ms")
    assert statuses == {204}
    assert app.execute("SELECT count(*), count(DISTINCT text) FROM message WHERE text LIKE 'burst %'") == [(667, 667)]


# Signatures


@pytest.mark.parametrize(
    ("more", "algorithm"),
    [
        ({}, ""),
        ({}, "HMAC_SHA256"),
        ({"ReferralBody": "", "ButtonText": ""}, ""),
        ({"SomethingNew": "of next year"}, ""),
        ({"MessagingServiceSid": "MG" + "0" * 32}, ""),
    ],
    ids=["usual", "sha256", "blank", "unknown", "messaging service"],
)
def test_what_twilio_signed_comes_in(
    app: App, twilio: Twilio, more: dict[str, str], algorithm: str, request: pytest.FixtureRequest
) -> None:
    text = f"signed: {request.node.name}"
    assert twilio.posts(WEBHOOK, inbound(text, **more), algorithm=algorithm).status_code == 204
    assert stored(app, text) == 1


def test_the_whole_address_is_signed(app: App, twilio: Twilio) -> None:
    assert twilio.posts(f"{WEBHOOK}?shop=1&x=%20", inbound("with a query")).status_code == 204
    assert stored(app, "with a query") == 1


Forge = Callable[[str, dict[str, str]], dict[str, str]]
FORGED: dict[str, Forge] = {
    "missing": lambda url, form: {},
    "wrong": lambda url, form: {"X-Twilio-Signature": "AAAAAAAAAAAAAAAAAAAAAAAAAAA="},
    "no base64": lambda url, form: {"X-Twilio-Signature": "ÿ%%%"},
    "other token": lambda url, form: signed(url, form, "another-token"),
    "empty token": lambda url, form: signed(url, form, ""),
    "other address": lambda url, form: signed("https://evil.example" + WEBHOOK, form),
    "slash at the end": lambda url, form: signed(url + "/", form),
    "blank left out": lambda url, form: signed(url, {name: value for name, value in form.items() if value}),
    "other text": lambda url, form: signed(url, form | {"Body": "something else"}),
    "other algorithm": lambda url, form: signed(url, form) | {
        "X-Twilio-Webhooks-Signature-Settings": "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256"
    },
}  # fmt: skip


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED)
@pytest.mark.parametrize("path", [WEBHOOK, STATUS])
def test_what_twilio_did_not_sign_is_refused_and_not_stored(app: App, twilio: Twilio, path: str, forge: Forge) -> None:
    before = app.texts()
    form = inbound("forged")
    headers = [(name.encode(), value.encode("latin-1")) for name, value in forge(app.url + path, form).items()]
    assert twilio.client.post(path, data=form, headers=headers).status_code == 403
    assert app.texts() == before


def test_a_refusal_for_the_host_that_a_stranger_names_is_no_way_in(app: App, twilio: Twilio) -> None:
    form = inbound("by another host")
    headers = signed(f"http://evil.example{WEBHOOK}", form) | {"Host": "evil.example"}
    assert twilio.client.post(WEBHOOK, data=form, headers=headers).status_code == 403
    by_our_own = signed(app.url + WEBHOOK, form) | {"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
    assert twilio.client.post(WEBHOOK, data=form, headers=by_our_own).status_code == 204


def test_the_owner_sees_what_was_refused_and_nobody_what_it_said(app: App, owner: Client, twilio: Twilio) -> None:
    ben = app.add_member()
    path = f"{WEBHOOK}?seen=by-the-owner"
    assert twilio.posts(path, inbound("nobody may read this", Oddity="nor this"), token="wrong").status_code == 403
    page = owner.get("/settings/whatsapp").text
    assert f"{app.url}{path}" in page and "Oddity" in page
    assert "nobody may read this" not in page and "nor this" not in page and TOKEN not in page
    assert "by-the-owner" not in ben.get("/settings/whatsapp").text


def test_only_the_last_twenty_are_kept(owner: Client, twilio: Twilio) -> None:
    for number in range(25):
        twilio.posts(f"{WEBHOOK}?refused={number}-", inbound("flood"), token="wrong")
    page = owner.get("/settings/whatsapp").text
    assert [number for number in range(25) if f"refused={number}-" in page] == list(range(5, 25))


def test_without_a_token_nobody_is_believed(tmp_path_factory: pytest.TempPathFactory) -> None:
    with App(tmp_path_factory.mktemp("untold") / "data") as app, app.browser(Origin="") as client:
        twilio = Twilio(app, client)
        assert [twilio.posts(WEBHOOK, inbound("x"), token).status_code for token in ("", TOKEN)] == [403, 403]
        assert app.texts() == []


# What is odd


@pytest.mark.parametrize("field", ["MessageSid", "From"])
def test_a_form_without_what_we_need_is_refused_by_name(app: App, twilio: Twilio, field: str) -> None:
    for form in ({**inbound("incomplete"), field: ""}, {k: v for k, v in inbound("incomplete").items() if k != field}):
        answer = twilio.posts(WEBHOOK, form)
        assert answer.status_code == 422 and field in answer.text
    assert stored(app, "incomplete") == 0


@pytest.mark.parametrize(
    "text",
    [
        "long " + "è" * 32_000,
        "😀 👩‍👩‍👧 🏳️‍🌈",
        "مرحبا \u202eolleh\u202c",
        "<script>alert(1)</script>",
        "javascript:alert(1)",
        "{{ 7 * 7 }} ${7 * 7} {% raw %}",
        "  two\r\nlines\tand & a + b = 100 %41 ",
    ],
    ids=["64 KB", "emoji", "right to left", "markup", "javascript", "template", "white space"],
)
def test_a_text_is_kept_as_it_was_written(app: App, twilio: Twilio, text: str) -> None:
    assert twilio.sends(text).status_code == 204
    assert stored(app, text) == 1


def test_what_no_database_takes_is_left_out(app: App, twilio: Twilio) -> None:
    assert twilio.sends("one\x00two").status_code == 204
    assert stored(app, "onetwo") == 1


def test_bytes_that_are_no_text_do_not_stop_a_message(app: App, twilio: Twilio) -> None:
    """Each is read as well as it can be; the signature is about what was read."""
    form = inbound("�", "whatsapp:+393472200002")
    body = urlencode({name: value for name, value in form.items() if name != "Body"}) + "&Body=%ff"
    answer = twilio.client.post(WEBHOOK, content=body, headers=FORM | signed(app.url + WEBHOOK, form))
    assert answer.status_code == 204 and stored(app, "�") == 1


def test_more_fields_than_any_message_has_are_refused(app: App, twilio: Twilio) -> None:
    many = {f"Field{number}": "x" for number in range(1000)}
    assert twilio.sends("a thousand fields", **many).status_code == 400
    assert stored(app, "a thousand fields") == 0


MULTIPART = "multipart/form-data; boundary=b"
FILE = b'--b\r\nContent-Disposition: form-data; name="From"; filename="x"\r\n\r\nx\r\n--b--\r\n'


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b'{"From": "whatsapp:+39347"}'),
        ("", b"\xff\xfe\x00"),
        ("text/plain; charset=nonsense", b"From=x"),
        ("application/x-www-form-urlencoded; charset=utf-16", "From=x".encode("utf-16")),
        ("multipart/form-data", b"--b"),
        (MULTIPART, b"--b\r\nnot a header\r\n"),
        (MULTIPART, b'--b\r\nContent-Disposition: form-data; name="From"\r\n\r\ncut off'),
        (MULTIPART, FILE),
        (f"{MULTIPART}; charset=nonsense", FILE.replace(b'; filename="x"', b"").replace(b"\r\nx\r\n", b"\r\n\xff\r\n")),
    ],
)
def test_what_is_no_form_of_twilios_is_refused(app: App, twilio: Twilio, kind: str, body: bytes) -> None:
    headers = {"Content-Type": kind} if kind else {}
    for path in (WEBHOOK, STATUS):
        assert twilio.client.post(path, content=body, headers=headers).status_code in (400, 403)


def test_two_megabytes_are_refused_before_they_are_read(app: App, twilio: Twilio) -> None:
    def in_pieces() -> Iterator[bytes]:
        yield from [b"Field=" + b"x" * 100_000 + b"&"] * 20

    assert twilio.client.post(WEBHOOK, content=b"Body=" + b"x" * 2_000_000, headers=FORM).status_code == 413
    assert twilio.client.post(WEBHOOK, content=in_pieces(), headers=FORM).status_code == 413
    assert twilio.sends("and then").status_code == 204


# What became of our messages


@pytest.fixture
def sent(app: App, twilio: Twilio) -> int:
    """The id of a message of ours that is on its way."""
    twilio.sends("Hello", "whatsapp:+393472209999")
    app.execute(
        "INSERT INTO message (conversation_id, seq, source, external_id, author, author_name, text, received_at, page, "
        "delivery) SELECT conversation_id, max(seq) + 1000, 'whatsapp', 'ours-' || max(id), 'agent', 'Sofia', 'Hi', "
        "received_at, '', 'unconfirmed' FROM message WHERE conversation_id = "
        "(SELECT conversation_id FROM message WHERE text = 'Hello')"
    )
    return int(app.execute("SELECT max(id) FROM message")[0][0])


def report(twilio: Twilio, message: int | str, status: str, **more: str) -> Response:
    form = {"MessageSid": f"SM{message}", "MessageStatus": status, "To": "whatsapp:+393472209999", "ErrorCode": ""}
    return twilio.posts(f"{STATUS}?m={quote(str(message))}", form | more)


def delivery(app: App, message: int) -> tuple[str, str | None]:
    (row,) = app.execute("SELECT delivery, delivery_problem FROM message WHERE id = ?", message)
    return row[0], row[1]


def test_late_and_repeated_reports_never_move_a_message_back(app: App, twilio: Twilio, sent: int) -> None:
    shown = []
    for status in ("queued", "sent", "delivered", "sent", "delivered", "read", "delivered", "failed"):
        assert report(twilio, sent, status).status_code == 204
        shown.append(delivery(app, sent)[0])
    assert shown == ["unconfirmed", "sent", "delivered", "delivered", "delivered", "read", "read", "read"]


def test_a_failure_is_kept_with_its_reason(app: App, twilio: Twilio, sent: int) -> None:
    assert report(twilio, sent, "undelivered", ErrorCode="63016").status_code == 204
    assert delivery(app, sent) == ("failed", "63016")


@pytest.mark.parametrize("message", ["999999", "", "-1", "1e3", "abc", "9" * 40, "١"])
def test_a_report_on_a_message_that_is_not_ours_is_taken_and_forgotten(twilio: Twilio, message: str) -> None:
    assert report(twilio, message, "delivered").status_code == 204


def test_a_report_on_what_a_customer_wrote_changes_nothing(app: App, twilio: Twilio) -> None:
    twilio.sends("from a customer")
    ((number,),) = app.execute("SELECT id FROM message WHERE text = 'from a customer'")
    assert report(twilio, number, "delivered").status_code == 204
    assert app.execute("SELECT delivery, provider_id FROM message WHERE id = ?", number) == [(None, None)]


def test_a_report_needs_its_name_and_may_say_what_we_do_not_know(app: App, twilio: Twilio, sent: int) -> None:
    assert "MessageSid" in report(twilio, sent, "sent", MessageSid="").text
    assert report(twilio, sent, "teleported").status_code == 204
    assert delivery(app, sent) == ("unconfirmed", None)


# When the disk does not take it


def test_while_another_process_holds_the_database_twilio_is_asked_to_come_back(app: App, twilio: Twilio) -> None:
    senders = [f"whatsapp:+39347330{number:04}" for number in range(8)]
    with closing(sqlite3.connect(app.database, isolation_level=None)) as other, ThreadPoolExecutor(8) as pool:
        other.execute("BEGIN IMMEDIATE")
        begun = time.perf_counter()
        answers = list(pool.map(lambda sender: twilio.sends("locked out", sender), senders))
        took = time.perf_counter() - begun
        other.execute("ROLLBACK")
    measured(f"503 after {took:.1f} s")
    assert {(answer.status_code, answer.headers["Retry-After"]) for answer in answers} == {(503, "5")}
    assert took < 15, "Twilio waits no longer"
    assert stored(app, "locked out") == 0
    assert {twilio.sends("locked out", sender).status_code for sender in senders} == {204}
    assert stored(app, "locked out") == 8
