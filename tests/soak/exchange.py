"""A request as bytes, and what comes back: no library stands between that would not send what is odd."""

import socket
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage, HTTPResponse
from time import perf_counter

PATIENCE, A_MOMENT = 20.0, 0.1  # seconds for an answer; machines can be busy
MOST_READ = 4_000_000  # bytes

Header = tuple[bytes, bytes]


@dataclass(frozen=True, slots=True)
class Case:
    """`who` sends it: the cookie is put in when it is sent. One that `may_be_waited_for` claims more than it sends."""

    who: str
    method: bytes
    target: bytes
    headers: tuple[Header, ...] = ()
    body: bytes = b""
    may_be_waited_for: bool = False

    @property
    def asks_for_a_websocket(self) -> bool:
        """Then the server itself answers what it does not take."""
        return (b"Upgrade", b"websocket") in self.headers

    def __str__(self) -> str:
        return f"{self.who} {self.method!r} {self.target[:100]!r} with {len(self.body)} bytes"

    def written(self, *more: Header) -> bytes:
        """As it goes over the line. A body's length is added unless the case says something of it itself."""
        headers = [*self.headers, *more]
        names = {name.lower() for name, _ in headers}
        if self.body and not names & {b"content-length", b"transfer-encoding"}:
            headers.append((b"Content-Length", str(len(self.body)).encode()))
        lines = [self.method + b" " + self.target + b" HTTP/1.1", *(name + b": " + value for name, value in headers)]
        return b"\r\n".join([*lines, b"", self.body])


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: HTTPMessage
    body: bytes
    seconds: float

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    @property
    def is_page(self) -> bool:
        return self.headers.get_content_type() == "text/html"


def send(port: int, written: bytes, *, method: bytes, patience: float = PATIENCE) -> Answer | None:
    """None where none came."""
    begun = perf_counter()
    with socket.create_connection(("127.0.0.1", port), timeout=patience) as line:
        with suppress(ConnectionError):  # it may have been refused before its end
            line.sendall(written)
        try:
            answer = HTTPResponse(line, method=method.decode("latin-1"))
            answer.begin()
            body = answer.read1() if _is_endless(answer) else answer.read(MOST_READ)
        except (HTTPException, OSError):
            return None
        return Answer(answer.status, answer.headers, body, perf_counter() - begun)


def _is_endless(answer: HTTPResponse) -> bool:
    return answer.headers.get_content_type() == "text/event-stream"
