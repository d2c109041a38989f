"""What an owner sets in the browser: where each value comes from, a key that is never seen again, and an AI to test."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.owner import Owner
from tests.fakes.fake_openai import FakeOpenAi
from tests.server import App

pytestmark = pytest.mark.browser

SLOW = 30_000  # milliseconds; machines can be busy
KEY = "sk-never-seen-again"


@pytest.fixture(scope="module")
def model() -> Iterator[FakeOpenAi]:
    with FakeOpenAi() as model:
        yield model


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with App(tmp_path_factory.mktemp("settings") / "data", TWILIO_AUTH_TOKEN="of-the-server") as app:
        yield app


@pytest.fixture(scope="module")
def owner(chromium: Browser, app: App) -> Iterator[Owner]:
    context = chromium.new_context(timezone_id="Europe/Rome")
    context.set_default_timeout(SLOW)
    yield Owner(context.new_page(), app.url).sets_up(app.url + app.set_up_link())
    context.close()


def field(owner: Owner, label: str) -> Locator:
    return owner.page.locator(".l24-field").filter(has=owner.page.get_by_label(label, exact=True))


def heading(owner: Owner) -> Locator:
    return owner.page.locator(".l24-card h2").first


def fills_in(owner: Owner, **typed: str) -> None:
    for label, text in typed.items():
        owner.page.get_by_label(label.replace("_", " "), exact=True).fill(text)


def presses(owner: Owner, text: str) -> None:
    owner.page.get_by_role("button", name=text, exact=True).click()


@pytest.mark.parametrize(
    "path", ["/settings/business", "/settings/ai", "/settings/whatsapp", "/settings/widget", "/agent"]
)
def test_every_field_says_where_its_value_comes_from(owner: Owner, path: str) -> None:
    owner.page.goto(owner.server + path)
    fields = owner.page.locator(".l24-field:not(.l24-hours .l24-field)")  # the days have one line for all of them
    expect(fields.first).to_be_visible()
    origins = fields.locator(".l24-origin").all_inner_texts()
    assert len(origins) == fields.count() and all(origins)
    assert set(origins) <= {"Not set", "Default", "Set here", "Set on the server (TWILIO_AUTH_TOKEN)"}
    if path == "/settings/business":
        expect(owner.page.locator(".l24-card:has(.l24-hours) > .l24-origin")).to_have_text("Not set")


def test_a_key_is_tested_and_kept_and_never_seen_again(app: App, model: FakeOpenAi, owner: Owner) -> None:
    page = owner.page
    page.goto(f"{app.url}/settings/ai")
    expect(heading(owner)).to_have_text("Answers and reviews come from the offline AI")
    fills_in(owner, API_key=KEY, Address_of_the_server=model.base_url, Model="gpt-5-nano")
    presses(owner, "Test")
    expect(page.locator(".l24-result")).to_contain_text("It works. Answered in")
    expect(page.locator(".l24-result")).to_contain_text("1,000 tokens")
    assert f"Bearer {KEY}" in str(model.requests[-1].headers["Authorization"])
    presses(owner, "Save")
    expect(heading(owner)).to_have_text("Answers and reviews come from gpt-5-nano")
    expect(page.get_by_label("API key")).to_have_value("")
    expect(field(owner, "API key")).to_contain_text("One is kept, encrypted.")
    page.reload()
    expect(field(owner, "Model")).to_contain_text("Set here")
    assert KEY not in page.content()
    assert KEY not in str(app.execute("SELECT name, value FROM setting"))

    fills_in(owner, Address_of_the_server="http://127.0.0.1:9/v1")
    presses(owner, "Save")
    expect(field(owner, "API key")).to_contain_text("It is another address: enter its key too.")
    for name in ("API key", "Address of the server", "Model"):
        field(owner, name).locator(".l24-textlink").click()
        expect(field(owner, name).locator(".l24-textlink")).to_have_count(0)
    expect(heading(owner)).to_have_text("Answers and reviews come from the offline AI")
    assert owner.problems == []


def test_a_free_model_is_filled_in_by_one_click(app: App, owner: Owner) -> None:
    owner.page.goto(f"{app.url}/settings/ai")
    presses(owner, "Use Ollama")
    expect(owner.page.get_by_label("Model", exact=True)).to_have_value("qwen3:8b")
    is_in_container = owner.page.get_by_text("start Ollama with OLLAMA_HOST=0.0.0.0").count() == 1
    computer = "host.docker.internal" if is_in_container else "localhost"
    expect(owner.page.get_by_label("Address of the server")).to_have_value(f"http://{computer}:11434/v1")
    expect(owner.page.locator(".l24-result")).to_contain_text("Filled in. Test it, then save.")
