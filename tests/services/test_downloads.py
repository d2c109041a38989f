"""A customer's file from where Twilio keeps it: with our credentials to Twilio only, and never from our own network."""

import socket
from collections.abc import Iterator
from typing import Any

import pytest

from leader24.services import downloads, preferences
from leader24.services.downloads import File, NotFetched
from tests.fakes import fake_twilio
from tests.fakes.fake_twilio import ACCOUNT, TOKEN, FakeTwilio, elsewhere, file
from tests.fakes.files import JPEG
from tests.fakes.server import Reply, Request, Server

pytestmark = pytest.mark.usefixtures("database")

PRIVATE = (
    *("10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "fe80::1", "fc00::1"),
    *("::", "2002:7f00:1::", "64:ff9b:1::808:808", "64:ff9b::7f00:1", "::ffff:10.0.0.1"),
)


class Elsewhere(Server):
    """Some other host that holds a file, and notes who asks."""

    def __init__(self) -> None:
        self.asked: list[Request] = []
        super().__init__()

    def give(self, request: Request) -> Reply:
        self.asked.append(request)
        return file(JPEG)


@pytest.fixture(autouse=True)
def set_up(database: object) -> None:
    preferences.use_defaults(twilio_account_sid=ACCOUNT, twilio_auth_token=TOKEN)


@pytest.fixture
def twilio() -> Iterator[FakeTwilio]:
    with FakeTwilio() as twilio:
        yield twilio


@pytest.fixture
def other() -> Iterator[Elsewhere]:
    with Elsewhere() as other:
        yield other


def why(url: str, api_base: str) -> tuple[str, bool]:
    """It is not fetched, and whether for good."""
    with pytest.raises(NotFetched) as problem:
        downloads.fetch(url, api_base)
    return problem.value.code, problem.value.is_final


def test_a_file_comes_with_its_name(twilio: FakeTwilio) -> None:
    url = twilio.keeps(file(JPEG, name="kitchen.jpg"))
    assert downloads.fetch(url, twilio.address) == File(JPEG, "kitchen.jpg")


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ('attachment; filename="../../etc/passwd"', "passwd"),
        ('attachment; filename="C:\\\\a\\\\plan.pdf"', "plan.pdf"),
        ("inline; filename*=UTF-8''cucina%20%C3%A8.pdf", "cucina è.pdf"),
        ("inline; filename*=UTF-8''a%E2%80%AEgpj.exe", "agpj.exe"),
        ("inline", ""),
        ("=;=;filename", ""),
    ],
)
def test_a_name_is_no_path_and_turns_nothing_over(twilio: FakeTwilio, told: str, name: str) -> None:
    url = twilio.keeps(Reply(200, JPEG, headers=(("Content-Disposition", told),)))
    assert downloads.fetch(url, twilio.address).name == name


def test_a_redirect_within_the_api_is_followed(twilio: FakeTwilio) -> None:
    target = twilio.keeps(file(JPEG))
    assert downloads.fetch(twilio.keeps(elsewhere(target)), twilio.address).content == JPEG
    assert downloads.fetch(twilio.keeps(elsewhere(target.removeprefix(twilio.address))), twilio.address).content == JPEG


def test_redirects_end_somewhere(twilio: FakeTwilio) -> None:
    url = twilio.keeps(file(JPEG))
    for _ in range(downloads.MOST_REDIRECTS):
        url = twilio.keeps(elsewhere(url))
    assert downloads.fetch(url, twilio.address).content == JPEG
    assert why(twilio.keeps(elsewhere(url)), twilio.address) == ("refused", True)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "2130706433", "name:pass@127.0.0.1"]
)
def test_a_redirect_into_our_own_network_is_refused(twilio: FakeTwilio, other: Elsewhere, host: str) -> None:
    port = other.address.rpartition(":")[2]
    assert why(twilio.keeps(elsewhere(f"http://{host}:{port}/")), twilio.address) == ("refused", True)
    assert other.asked == []


@pytest.mark.parametrize("address", PRIVATE)
def test_what_a_name_leads_to_counts(monkeypatch: pytest.MonkeyPatch, twilio: FakeTwilio, address: str) -> None:
    look_up = socket.getaddrinfo

    def found(host: str, *args: Any, **more: Any) -> Any:
        return [(0, 0, 0, "", (address, 80))] if host == "cdn.example" else look_up(host, *args, **more)

    monkeypatch.setattr(socket, "getaddrinfo", found)
    assert why(twilio.keeps(elsewhere("http://cdn.example/")), twilio.address) == ("refused", True)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8"])
def test_the_network_beyond_ours_is_asked(address: str) -> None:
    assert downloads._is_public(address)


@pytest.mark.parametrize(
    "url",
    ["http://cdn.example/", "ftp://cdn.example/", "file:///etc/passwd", "javascript:1", "https://", "", "//", "\x00"],
)
def test_only_https_is_spoken_where_the_api_speaks_it(url: str) -> None:
    assert why(url, "https://api.twilio.example") == ("refused", True)


def test_nobody_but_twilio_sees_our_credentials(
    monkeypatch: pytest.MonkeyPatch, twilio: FakeTwilio, other: Elsewhere
) -> None:
    monkeypatch.setattr(downloads, "_is_public", lambda address: True)
    url = twilio.keeps(elsewhere(f"{other.address}/file"))
    assert downloads.fetch(url, twilio.address).content == JPEG
    assert twilio.asked[0].headers["Authorization"] == fake_twilio.AUTHORIZATION
    assert [(each.headers["Authorization"], each.headers["Host"]) for each in other.asked] == [
        (None, other.address.removeprefix("http://"))
    ]


@pytest.mark.parametrize(
    ("reply", "problem"),
    [
        (Reply(404, b""), ("gone", True)),
        (Reply(410, b""), ("gone", True)),
        (Reply(403, b""), ("refused", False)),
        (Reply(429, b""), ("unreachable", False)),
        (Reply(500, b""), ("unreachable", False)),
        (Reply(200, JPEG, is_cut_off=True), ("unreachable", False)),
        (Reply(200, b"x" * 301), ("too_large", True)),
        (Reply(302, b""), ("refused", False)),
    ],
)
def test_why_a_file_does_not_come(
    monkeypatch: pytest.MonkeyPatch, twilio: FakeTwilio, reply: Reply, problem: tuple[str, bool]
) -> None:
    monkeypatch.setattr(downloads, "LARGEST", 300)
    monkeypatch.setattr(downloads, "TIMEOUT", 0.5)
    assert why(twilio.keeps(reply), twilio.address) == problem


def test_what_grows_beyond_the_limit_is_given_up_on_the_way(
    monkeypatch: pytest.MonkeyPatch, twilio: FakeTwilio
) -> None:
    """Where nobody has told how long it is."""
    monkeypatch.setattr(downloads, "LARGEST", 100)
    chunked = (("Transfer-Encoding", "chunked"),)
    body = b"".join(b"32\r\n" + b"x" * 50 + b"\r\n" for _ in range(10)) + b"0\r\n\r\n"
    assert why(twilio.keeps(Reply(200, body, has_length=False, headers=chunked)), twilio.address) == ("too_large", True)


def test_a_server_that_says_nothing_is_not_waited_for(monkeypatch: pytest.MonkeyPatch, twilio: FakeTwilio) -> None:
    monkeypatch.setattr(downloads, "TIMEOUT", 0.2)
    assert why(twilio.keeps(None), twilio.address) == ("unreachable", False)
    monkeypatch.setattr(downloads, "LONGEST", 0)
    assert why(twilio.keeps(file(JPEG)), twilio.address) == ("unreachable", False)


def test_where_nobody_is_the_file_may_come_later() -> None:
    with FakeTwilio() as gone:
        address = gone.address
    assert why(f"{address}/1", address) == ("unreachable", False)
    assert why("http://nobody.invalid/1", "http://nobody.invalid") == ("unreachable", False)


def test_a_wrong_token_may_be_corrected(twilio: FakeTwilio) -> None:
    url = twilio.keeps(file(JPEG))
    for token in ("wrong", ""):
        preferences.use_defaults(twilio_account_sid=ACCOUNT, twilio_auth_token=token)
        assert why(url, twilio.address) == ("refused", False)
