"""A small real HTTP server on this machine, in a thread."""

from dataclasses import dataclass
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from types import TracebackType
from typing import Self


@dataclass(frozen=True, slots=True)
class Request:
    path: str
    headers: Message  # whose names have no case
    body: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    body: bytes
    content_type: str = "application/json"
    is_cut_off: bool = False  # promises more than it sends
    has_length: bool = True
    headers: tuple[tuple[str, str], ...] = ()


class Server:
    """`answer` gives the reply to a POST and `give` to a GET, or None to leave the caller waiting until `close`."""

    def __init__(self) -> None:
        self._closing = Event()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self, self._closing))
        self._http.handle_error = lambda *_: None  # type: ignore[method-assign]  # a caller who gave up is no news
        self._thread = Thread(target=self._http.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}"

    def answer(self, request: Request) -> Reply | None:
        raise NotImplementedError

    def give(self, request: Request) -> Reply | None:
        return Reply(404, b"")

    def close(self) -> None:
        self._closing.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def _handler(server: Server, closing: Event) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self._send(server.answer(Request(self.path, self.headers, body)))

        def do_GET(self) -> None:
            self._send(server.give(Request(self.path, self.headers, b"")))

        def _send(self, reply: Reply | None) -> None:
            if reply is None:
                closing.wait()
                return
            self.send_response(reply.status)
            self.send_header("Content-Type", reply.content_type)
            if reply.has_length:
                self.send_header("Content-Length", str(len(reply.body) + 100 * reply.is_cut_off))
            for name, value in reply.headers:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.body)

        def log_message(self, *_: object) -> None:
            pass

    return Handler
