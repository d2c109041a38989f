"""Leader24 as it runs: a process of its own on a data folder, watched from outside."""

import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, sleep

from tests.browser.widget.conftest import free_port
from tests.fakes.fake_twilio import TOKEN

APP = Path(__file__).parents[2] / "app.py"
TICKS = os.sysconf("SC_CLK_TCK")
PATIENCE = 60  # seconds for the start


@dataclass(frozen=True, slots=True)
class Memory:
    """In MB: all that the process uses, and what goes with it when it ends."""

    rss: float
    uss: float


@dataclass(frozen=True, slots=True)
class Server:
    url: str
    pid: int
    started_in: float  # seconds until the first answer

    def cpu(self) -> float:
        """Spent so far, in ms, by all its threads; the system counts in steps of 10."""
        after_name = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(after_name[11]) + int(after_name[12])) * 1000 / TICKS

    def memory(self) -> Memory:
        lines = Path(f"/proc/{self.pid}/smaps_rollup").read_text().splitlines()[1:]
        mb = {line.split(":")[0]: int(line.split()[1]) / 1024 for line in lines}
        return Memory(mb["Rss"], mb["Private_Clean"] + mb["Private_Dirty"])


@contextmanager
def running(folder: Path) -> Iterator[Server]:
    port = free_port()
    url = f"http://localhost:{port}"
    settings = {"LEADER24_DATA_DIR": str(folder), "LEADER24_PORT": str(port), "TWILIO_AUTH_TOKEN": TOKEN}
    begin = perf_counter()
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([sys.executable, APP], env=os.environ | settings, stdout=log, stderr=log)
        try:
            _wait_for_answer(url, process)
            yield Server(url, process.pid, perf_counter() - begin)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def _wait_for_answer(url: str, process: subprocess.Popen[bytes]) -> None:
    begin = perf_counter()
    while perf_counter() - begin < PATIENCE and process.poll() is None:
        try:
            urllib.request.urlopen(f"{url}/healthz").close()
            return
        except OSError:
            sleep(0.02)
    raise TimeoutError("the server did not start")
