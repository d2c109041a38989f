"""The HTTP server around the application, and what the console says."""

import fcntl
import gc
import logging
import os
import signal
import socket
from collections.abc import Callable
from types import FrameType
from typing import TextIO

import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from leader24 import redaction
from leader24.demo import Account
from leader24.redaction import AS_IT_STANDS
from leader24.services import members
from leader24.settings import Settings, WrongSetting

LARGEST_HEAD = 65_536  # bytes of all headers of a request
LARGEST_MESSAGE = 1_000_000  # bytes over a websocket; NiceGUI takes no more either, but only looks when all is there
GRACE = 5  # seconds for what is open when the server is told to stop

log = logging.getLogger("leader24")


def take_port(settings: Settings) -> socket.socket:
    """Take the port, which opens only when all is ready. Before anything else is touched: a second start by mistake
    must leave the first one alone. Raises WrongSetting.
    """
    taken = socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((settings.host, settings.port))
        return taken
    except (OSError, UnicodeError) as error:
        where = f"LEADER24_HOST is {settings.host!r} and LEADER24_PORT is {settings.port}"
        raise WrongSetting(f"{where}; allowed: an address of this machine, and a free port ({error})") from None


def take_data_dir(settings: Settings) -> TextIO:
    """Ours as long as this file stays open, also through a kill: two servers would review and send everything twice.
    Raises WrongSetting."""
    lock = (settings.data_dir / "lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        where = f"LEADER24_DATA_DIR is {str(settings.data_dir)!r}"
        raise WrongSetting(f"{where}; allowed: a folder that no other Leader24 uses at the moment") from None
    return lock


class Server(uvicorn.Server):
    """Ends open streams when it is told to stop: uvicorn would wait for them and tell nobody."""

    end_streams: Callable[[], None]

    @classmethod
    def of(cls, web: FastAPI, settings: Settings, end_streams: Callable[[], None]) -> "Server":
        config = uvicorn.Config(
            web,
            host=settings.host,
            port=settings.port,
            log_config=None,
            access_log=False,
            server_header=False,
            http=_Protocol,
            ws_max_size=LARGEST_MESSAGE,
            timeout_graceful_shutdown=GRACE,
        )
        server = cls(config)
        server.end_streams = end_streams
        return server

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        log.info("%s: stopping", signal.Signals(sig).name)
        self.end_streams()
        self.force_exit = self.should_exit and sig == signal.SIGINT  # a second Ctrl-C
        super().handle_exit(signal.SIGTERM, frame)  # it is raised again in the end, and SIGINT would leave a traceback


class _Protocol(HttpToolsProtocol):
    """Gives up a request whose head has no end: it is kept in memory before anybody is asked who he is."""

    _is_in_head, _read = True, 0

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._read += len(data)
        if self._is_in_head and self._read > LARGEST_HEAD:
            self.send_400_response("Invalid HTTP request received.")

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._is_in_head, self._read = True, 0

    def on_headers_complete(self) -> None:
        super().on_headers_complete()
        self._is_in_head = False


def prepare_process() -> None:
    """What is written is for this user only, and what is said goes to the console."""
    os.umask(0o077)
    gc.freeze()  # NiceGUI looks at every object that is not: openai's would then load all of itself, some 50 MB
    handler = logging.StreamHandler()
    handler.setFormatter(redaction.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    for noisy in ("uvicorn.error", "httpx2", "httpx", "httpcore2", "twilio", "alembic", "openai", "multipart"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    logging.getLogger("engineio.server").addFilter(_is_no_strangers_mistake)


def _is_no_strangers_mistake(record: logging.LogRecord) -> bool:
    """The socket's library notes as an error what somebody has sent it that is none of its messages."""
    kind = record.exc_info[0] if record.exc_info else None
    return kind is not None and not issubclass(kind, (LookupError, TypeError, ValueError))


def announce(settings: Settings, demo: Account | None) -> None:
    """Where it is to be found, and what to open first."""
    log.info("Leader24 is at %s", settings.public_url)
    if demo:
        words = "demo owner: %s  password: %s  (all of this goes when the server stops)"
        log.info(words, demo.email, demo.password, extra=AS_IT_STANDS)
        log.info("a page with the chat widget: %s/demo", settings.public_url)
    elif link := members.new_set_up_link():
        log.info("set it up by this link, valid once: %s/setup?link=%s", settings.public_url, link, extra=AS_IT_STANDS)
