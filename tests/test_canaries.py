"""Secrets that are unlike anything else go through a whole day of the application, and must turn up nowhere."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from httpx import Client

from leader24 import db
from leader24.services import preferences, sealing
from tests.fakes.fake_openai import FakeOpenAi, fails
from tests.fakes.fake_twilio import ACCOUNT, FakeTwilio, error, inbound, signed
from tests.pages.conftest import WEBHOOK
from tests.server import OWNER, ROOT, App

SECRET_KEY = "canary-secret-key-of-this-server-0001"
OPENAI_KEY, OPENAI_KEY_TYPED = "sk-canary-environment-0002", "sk-canary-typed-0003"
TWILIO_TOKEN, TWILIO_TOKEN_TYPED = "canary-token-environment-0004", "canary-token-typed-0005"
PASSWORD, WRONG_PASSWORD = "canary password of Ana 0006", "canary wrong password 0007"
CANARIES = (
    SECRET_KEY,
    OPENAI_KEY,
    OPENAI_KEY_TYPED,
    TWILIO_TOKEN,
    TWILIO_TOKEN_TYPED,
    PASSWORD,
    WRONG_PASSWORD,
)
PHONE, TEXT = "393472209184", "I live at the canary's nest"
PAGES = ("/", "/conversations/1", "/agent", "/settings/whatsapp", "/settings/widget", "/healthz", "/login", "/demo")


@pytest.fixture
def provider() -> Iterator[FakeOpenAi]:
    with FakeOpenAi() as fake:
        fake.next(*[fails(401, "invalid_api_key", f"Incorrect API key provided: {OPENAI_KEY}")] * 20)
        yield fake


@pytest.fixture
def twilio() -> Iterator[FakeTwilio]:
    with FakeTwilio() as fake:
        fake.next(*[error(401, 20003)] * 20)
        yield fake


@pytest.fixture
def app(tmp_path: Path, provider: FakeOpenAi, twilio: FakeTwilio) -> Iterator[App]:
    with App(
        tmp_path / "data",
        LEADER24_SECRET_KEY=SECRET_KEY,
        LEADER24_REVIEW_AFTER_MINUTES="0.02",
        OPENAI_API_KEY=OPENAI_KEY,
        OPENAI_BASE_URL=provider.base_url,
        TWILIO_ACCOUNT_SID=ACCOUNT,
        TWILIO_AUTH_TOKEN=TWILIO_TOKEN,
        TWILIO_WHATSAPP_FROM="+14155238886",
        TWILIO_API_BASE=twilio.address,
    ) as app:
        yield app


def test_secrets_turn_up_nowhere(app: App, tmp_path: Path) -> None:
    owner = app.sign_up(password=PASSWORD)
    tries_to_sign_in(app.browser(), WRONG_PASSWORD)
    writes_on_whatsapp(app, TWILIO_TOKEN)
    until(lambda: app.execute("SELECT 1 FROM message WHERE delivery = 'failed'"))
    until(lambda: app.execute("SELECT 1 FROM review"))
    types_secrets(app)
    app.restart()
    writes_on_whatsapp(app, TWILIO_TOKEN_TYPED)
    backup = backed_up(app, tmp_path / "kept.backup")

    places = {path: owner.get(path).content for path in PAGES}
    places |= {str(file): file.read_bytes() for file in app.folder.rglob("*") if file.is_file()}
    places |= {"log": app.log.encode(), "backup": backup.read_bytes()}
    tokens = (owner.cookies["leader24"],)
    found = [
        (place, canary) for place, text in places.items() for canary in CANARIES + tokens if canary.encode() in text
    ]
    assert found == []
    assert TEXT.encode() in places[str(app.database)] + places.get(f"{app.database}-wal", b""), "the search works"


def test_the_log_says_nothing_of_customers(app: App) -> None:
    app.sign_up(password=PASSWORD)
    writes_on_whatsapp(app, TWILIO_TOKEN)
    writes_on_whatsapp(app, "a wrong token")
    until(lambda: app.execute("SELECT 1 FROM review"))
    log = app.log
    assert "a WhatsApp webhook was refused" in log
    assert TEXT not in log and PHONE not in log and PHONE[2:] not in log and OWNER["email"] not in log


def tries_to_sign_in(browser: Client, password: str) -> None:
    assert "again" in browser.post("/login", data={"email": OWNER["email"], "password": password}).headers["location"]


def writes_on_whatsapp(app: App, token: str) -> None:
    form = inbound(TEXT, f"whatsapp:+{PHONE}", MessageSid=f"SM{time.monotonic_ns():032x}")
    app.browser(Accept="*/*", Origin="").post(WEBHOOK, data=form, headers=signed(app.url + WEBHOOK, form, token))


def types_secrets(app: App) -> None:
    db.connect(f"sqlite:///{app.database}")
    sealing.use_key(SECRET_KEY)
    preferences.use_defaults()
    preferences.change(1, openai_api_key=OPENAI_KEY_TYPED, twilio_auth_token=TWILIO_TOKEN_TYPED)
    db.disconnect()


def backed_up(app: App, file: Path) -> Path:
    command = [sys.executable, "-m", "leader24", "backup", str(file)]
    subprocess.run(command, env=app.environment, cwd=ROOT, check=True, capture_output=True)
    return file


def unpacked(file: Path) -> dict[str, bytes]:
    with ZipFile(file) as packed:
        return {f"{file}:{name}": packed.read(name) for name in packed.namelist()}


def until(is_so: Callable[[], object]) -> None:
    end = time.monotonic() + 30
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.05)
