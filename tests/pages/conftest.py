import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from httpx import Client, Response

from tests.fakes.fake_twilio import TOKEN, inbound, signed
from tests.server import ROOT, App, environment_of

WEBHOOK = "/webhooks/twilio/whatsapp"


@dataclass
class Twilio:
    """Twilio as our webhooks see it."""

    app: App
    client: Client

    def sends(self, text: str, sender: str = "whatsapp:+393472200001", **more: str) -> Response:
        return self.posts(WEBHOOK, inbound(text, sender, **more))

    def posts(self, path: str, form: dict[str, str], token: str = TOKEN, algorithm: str = "") -> Response:
        return self.client.post(path, data=form, headers=signed(self.app.url + path, form, token, algorithm))


@pytest.fixture(scope="session")
def routes(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str]]:
    """Method and path of each, ours and NiceGUI's."""
    environment = environment_of(LEADER24_DATA_DIR=str(tmp_path_factory.mktemp("routes")))
    command = [sys.executable, "-m", "tests.pages.routes"]
    listed = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [(method, path) for method, path in map(str.split, listed.splitlines())]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """Running, with an owner and Twilio's token; all tests of a module share it."""
    with App(tmp_path_factory.mktemp("app") / "data", TWILIO_AUTH_TOKEN=TOKEN) as app:
        yield app


@pytest.fixture(scope="module")
def owner(app: App) -> Client:
    return app.sign_up()


@pytest.fixture
def stranger(app: App) -> Client:
    return app.browser()


@pytest.fixture
def twilio(app: App) -> Twilio:
    return Twilio(app, app.browser(Accept="*/*", Origin=""))
