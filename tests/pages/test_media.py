"""Files that customers send by WhatsApp, from the webhook to a member's browser."""

import time
from collections.abc import Iterator

import pytest
from httpx import Client

from leader24.services import bin
from tests import factories
from tests.fakes import fake_twilio
from tests.fakes.fake_twilio import ACCOUNT, TOKEN, FakeTwilio, file, with_files
from tests.fakes.files import HTML, JPEG, OGG, PDF, SVG
from tests.fakes.server import Reply
from tests.pages.conftest import Twilio
from tests.pages.people import id_of, opened
from tests.server import App

PATIENCE = 30  # seconds; machines can be busy


@pytest.fixture(scope="module")
def network() -> Iterator[FakeTwilio]:
    with FakeTwilio() as network:
        yield network


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, network: FakeTwilio) -> Iterator[App]:
    account = {"TWILIO_ACCOUNT_SID": ACCOUNT, "TWILIO_AUTH_TOKEN": TOKEN, "TWILIO_API_BASE": network.address}
    with App(tmp_path_factory.mktemp("media") / "data", **account) as app:
        yield app


@pytest.fixture(scope="module")
def ben(app: App, owner: Client) -> Client:
    return app.add_member("Ben")


@pytest.fixture
def sent(app: App, owner: Client, network: FakeTwilio, twilio: Twilio) -> "Sent":
    return Sent(app, network, twilio)


class Sent:
    """Customers' files by our webhook; the address of the last one here."""

    def __init__(self, app: App, network: FakeTwilio, twilio: Twilio) -> None:
        self.app, self.network, self.twilio = app, network, twilio

    def file(self, content: bytes, told: str, name: str = "") -> str:
        return self.reply(file(content, told, name), told)

    def reply(self, reply: Reply, told: str = "image/jpeg") -> str:
        url = self.network.keeps(reply)
        assert self.twilio.sends("", MessageSid=f"MM{url}", **with_files((url, told))).status_code == 204
        until = time.monotonic() + PATIENCE
        while not (found := self.app.execute("SELECT id FROM attachment WHERE source_url = ? AND due_at IS NULL", url)):
            assert time.monotonic() < until, self.app.log
            time.sleep(0.05)
        return f"/media/{found[0][0]}"


def test_a_picture_is_shown_in_place_and_can_do_nothing(sent: Sent, ben: Client) -> None:
    answer = ben.get(sent.file(JPEG, "image/jpeg", "my kitchen è.jpg"))
    assert (answer.status_code, answer.content) == (200, JPEG)
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["content-disposition"] == (
        "inline; filename=\"my kitchen _.jpg\"; filename*=UTF-8''my%20kitchen%20%C3%A8.jpg"
    )
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'; frame-ancestors 'none'"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "private, no-cache"
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("content", "told", "shown", "name"),
    [
        (PDF, "application/pdf", "application/pdf", "pdf"),
        (HTML, "image/jpeg", "application/octet-stream", "bin"),
        (HTML, "text/html", "application/octet-stream", "bin"),
        (SVG, "image/svg+xml", "application/octet-stream", "bin"),
        (b"BEGIN:VCARD", "text/vcard", "application/octet-stream", "vcf"),
    ],
)
def test_what_is_no_picture_sound_or_film_is_a_download(
    sent: Sent, ben: Client, content: bytes, told: str, shown: str, name: str
) -> None:
    path = sent.file(content, told)
    answer = ben.get(path)
    assert (answer.content, answer.headers["content-type"]) == (content, shown)
    assert answer.headers["content-disposition"].startswith("attachment; ")
    assert f'filename="leader24-{path.removeprefix("/media/")}.{name}"' in answer.headers["content-disposition"]
    assert ben.get(path, headers={"Range": "bytes=0-1"}).status_code == 200


@pytest.mark.parametrize(
    ("asked", "status", "begin", "end"),
    [
        ("bytes=0-", 206, 0, len(OGG)),
        ("bytes=4-9", 206, 4, 10),
        ("bytes=-10", 206, len(OGG) - 10, len(OGG)),
        ("bytes=10-99999", 206, 10, len(OGG)),
        ("bytes=99999-", 416, 0, 0),
        ("bytes=9-4", 416, 0, 0),
        ("bytes=-0", 416, 0, 0),
        ("bytes=0-1,5-6", 200, 0, len(OGG)),
        ("bytes=-", 200, 0, len(OGG)),
        ("bytes=a-b", 200, 0, len(OGG)),
        ("lines=0-1", 200, 0, len(OGG)),
    ],
)
def test_in_sound_one_can_jump(sent: Sent, ben: Client, asked: str, status: int, begin: int, end: int) -> None:
    answer = ben.get(sent.file(OGG, "audio/ogg"), headers={"Range": asked})
    assert (answer.status_code, answer.content) == (status, OGG[begin:end])
    ranges = {206: f"bytes {begin}-{end - 1}/{len(OGG)}", 416: f"bytes */{len(OGG)}"}
    assert answer.headers.get("content-range") == ranges.get(status)
    assert answer.headers["accept-ranges"] == "bytes"


def test_browsers_keep_it_but_ask_whether_it_may_still_be_seen(sent: Sent, app: App, ben: Client) -> None:
    path = sent.file(JPEG, "image/jpeg")
    known = {"If-None-Match": ben.get(path).headers["etag"]}
    again = ben.get(path, headers=known)
    assert (again.status_code, again.content) == (304, b"")
    number = conversation_of(app, path)
    with opened(app):
        factories.reviewed(number)
        bin.delete(id_of(app, "Ana"), number)
    assert ben.get(path, headers=known).status_code == 404
    assert ben.get(path).text == "This file is not here (any more)."
    with opened(app):
        bin.restore(id_of(app, "Ana"), number)
    assert ben.get(path).content == JPEG


def test_only_who_is_signed_in_gets_it(sent: Sent, ben: Client, stranger: Client) -> None:
    path = sent.file(JPEG, "image/jpeg")
    assert stranger.get(path, headers={"Accept": "image/*"}).status_code == 401
    assert stranger.get(path).status_code == 303
    assert ben.get(path).status_code == 200


@pytest.mark.parametrize("number", ["0", "999", "-1", "x", "1" * 30, "%2e%2e"])
def test_what_is_not_there_is_not_found(ben: Client, number: str) -> None:
    assert ben.get(f"/media/{number}").status_code == 404


def test_what_could_not_be_fetched_is_not_there(sent: Sent, ben: Client) -> None:
    assert ben.get(sent.reply(Reply(404, b""))).status_code == 404


def test_the_webhook_waits_for_no_file(sent: Sent, network: FakeTwilio, twilio: Twilio) -> None:
    url = network.keeps(None)
    begun = time.monotonic()
    assert twilio.sends("", MessageSid="MMslow", **with_files((url, "image/jpeg"))).status_code == 204
    assert time.monotonic() - begun < 5
    assert network.asked[-1].headers["Authorization"] == fake_twilio.AUTHORIZATION


def conversation_of(app: App, path: str) -> int:
    query = "SELECT conversation_id FROM message JOIN attachment ON message_id = message.id WHERE attachment.id = ?"
    return int(app.execute(query, path.removeprefix("/media/"))[0][0])
