"""A customer's file from where Twilio keeps it. The only importer of `httpx`.

The address came in a signed form, but where it leads on to is anybody's: no machine of the operator's own network is
asked, and none but Twilio sees the account's token.
"""

import socket
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final

import httpx

from leader24.services import plain_text, preferences, twilio_client

LARGEST: Final = 16 * 1024 * 1024  # bytes; WhatsApp's own limit for pictures, voice and video
MOST_REDIRECTS: Final = 3
TIMEOUT: Final = 10.0  # seconds without a sign of life
LONGEST: Final = 60.0  # seconds for all of it
LONGEST_NAME: Final = 120
TWILIO: Final = "twilio.com"
TRANSLATED: Final = IPv6Network("64:ff9b::/96")  # where a network of IPv6 alone reaches the others
LOCAL_TRANSLATED: Final = IPv6Network("64:ff9b:1::/48")  # which Python takes for public


class NotFetched(Exception):
    """`code` says why, for members; `is_final`: another attempt would end the same."""

    def __init__(self, code: str, *, is_final: bool = False) -> None:
        super().__init__(code)
        self.code, self.is_final = code, is_final


@dataclass(frozen=True, slots=True)
class File:
    content: bytes
    name: str  # "" where none is told


def fetch(url: str, api_base: str = twilio_client.API) -> File:
    """Blocks until done. `api_base` is the address of Twilio's API, which alone may be in our own network. Raises
    NotFetched."""
    until = time.monotonic() + LONGEST
    base = httpx.URL(api_base)
    with _named(), httpx.Client(timeout=TIMEOUT, trust_env=False, follow_redirects=False) as client:
        target = httpx.URL(url)
        for _ in range(MOST_REDIRECTS + 1):
            _check(until)
            response = _ask(client, target, base)
            try:
                if not response.has_redirect_location:
                    return _file(response, until)
                target = target.join(response.headers["location"])
            finally:
                response.close()
    raise NotFetched("refused", is_final=True)


@contextmanager
def _named() -> Iterator[None]:
    """Failures of the network and nonsense addresses by our own names."""
    try:
        yield
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError, ValueError) as problem:
        raise NotFetched("refused", is_final=True) from problem
    except httpx.HTTPError as problem:
        raise NotFetched("unreachable") from problem


def _ask(client: httpx.Client, target: httpx.URL, base: httpx.URL) -> httpx.Response:
    """The name is looked up once: what was checked is what is asked."""
    host = target.raw_host.decode("ascii")
    headers = {"host": target.netloc.decode("ascii"), "accept-encoding": "identity"}
    if _is_twilios(target, base):
        headers |= _credentials()
    *others, last = _addresses(target, base)
    for address in others:
        try:
            return _send(client, target, address, headers, host)
        except httpx.ConnectError:
            continue
    return _send(client, target, last, headers, host)


def _send(client: httpx.Client, target: httpx.URL, address: str, headers: dict[str, str], host: str) -> httpx.Response:
    url = target.copy_with(host=address, username=None, password=None, fragment=None)
    request = client.build_request("GET", url, headers=headers, extensions={"sni_hostname": host})
    return client.send(request, stream=True)


def _file(response: httpx.Response, until: float) -> File:
    if response.status_code in (404, 410):
        raise NotFetched("gone", is_final=True)
    if response.status_code == 429 or response.status_code >= 500:
        raise NotFetched("unreachable")
    if response.status_code != 200:  # also a wrong token, which an owner may correct within the day
        raise NotFetched("refused")
    return File(_content(response, until), _name(response.headers.get("content-disposition", "")))


def _content(response: httpx.Response, until: float) -> bytes:
    length = response.headers.get("content-length", "")
    if length.isdecimal() and int(length) > LARGEST:
        raise NotFetched("too_large", is_final=True)
    content = bytearray()
    for piece in response.iter_raw():
        content += piece
        if len(content) > LARGEST:
            raise NotFetched("too_large", is_final=True)
        _check(until)
    return bytes(content)


def _check(until: float) -> None:
    """A server that gives a byte now and then is no better than none."""
    if time.monotonic() > until:
        raise NotFetched("unreachable")


def _name(disposition: str) -> str:
    """Of the file, without the folders that somebody may have put before it."""
    told = Message()
    told["content-disposition"] = disposition
    name = plain_text.line(told.get_filename("") if disposition else "")
    return name.replace("\\", "/").rpartition("/")[2].strip(". ")[-LONGEST_NAME:]


def _is_twilios(target: httpx.URL, base: httpx.URL) -> bool:
    host = target.raw_host.decode("ascii").lower()
    is_named_so = host == TWILIO or host.endswith(f".{TWILIO}")
    return _origin(target) == _origin(base) or (target.scheme == "https" and is_named_so)


def _addresses(target: httpx.URL, base: httpx.URL) -> list[str]:
    """Where it may be asked for; of the network beyond ours, but for the API itself. Raises NotFetched."""
    if not target.host or target.scheme not in ("https", base.scheme):
        raise NotFetched("refused", is_final=True)
    port = target.port or (443 if target.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(target.raw_host.decode("ascii"), port, type=socket.SOCK_STREAM)
    except OSError as problem:
        raise NotFetched("unreachable") from problem
    addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
    if _origin(target) != _origin(base) and not all(map(_is_public, addresses)):
        raise NotFetched("refused", is_final=True)
    return addresses


def _is_public(address: str) -> bool:
    return _is_public_ip(ip_address(address.partition("%")[0]))


def _is_public_ip(ip: IPv4Address | IPv6Address) -> bool:
    """Addresses that hold another one are no way around."""
    if isinstance(ip, IPv6Address) and (held := _held(ip)):
        return _is_public_ip(held)
    return ip.is_global and not ip.is_multicast and ip not in LOCAL_TRANSLATED


def _held(ip: IPv6Address) -> IPv4Address | None:
    if ip in TRANSLATED:
        return IPv4Address(int(ip) % 2**32)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1])


def _origin(url: httpx.URL) -> tuple[str, bytes, int | None]:
    return url.scheme, url.raw_host.lower(), url.port or {"http": 80, "https": 443}.get(url.scheme)


def _credentials() -> dict[str, str]:
    """Of the account, where it is set up."""
    now = preferences.current()
    if not now.twilio_account_sid or not now.twilio_auth_token:
        return {}
    pair = f"{now.twilio_account_sid}:{now.twilio_auth_token}"
    return {"authorization": f"Basic {b64encode(pair.encode()).decode()}"}
