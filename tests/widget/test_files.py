"""What a website and a visitor's browser load."""

import gzip
import json
import re
from string import Formatter

import pytest
from starlette.testclient import TestClient

from leader24.pages import widget_files
from leader24.pages.widget_files import TEXTS
from leader24.services import preferences
from tests.widget.conftest import choose
from tests.widget.visitor import KEY, SERVER, SITE, Visitor

LOADER = f"/widget.js?key={KEY}"
PANEL = f"/widget/panel?key={KEY}&site={SITE}"


def settings_of(page: str) -> dict[str, object]:
    """What the panel's script reads."""
    found = re.search(r'<script type="application/json" id="settings">(.*?)</script>', page)
    assert found
    return dict(json.loads(found[1]))


def test_the_loader_brings_all_that_is_needed_before_the_chat_is_opened(client: TestClient) -> None:
    loader = client.get(LOADER)
    assert loader.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert "Oak & Linen\\nHello!" in loader.text and "Ciao!" in loader.text and ".bubble {" in loader.text
    assert "__SETTINGS__" not in loader.text and "__CSS__" not in loader.text


def test_what_the_owner_changes_holds_at_once(client: TestClient) -> None:
    assert "Oak &amp; Linen" in client.get(PANEL).text
    choose(business_name="Falegnameria Rossi", agent_name="Lia", widget_key="another")
    assert client.get(PANEL).status_code == 404
    page = client.get(PANEL.replace(KEY, "another")).text
    assert "Hello! I am Lia, the AI assistant of Falegnameria Rossi." in page and "Oak" not in page


@pytest.mark.parametrize(
    ("code", "greeting"), [("en", "I am Sofia, an AI assistant."), ("it", "Sono Sofia, un’assistente")]
)
def test_a_business_without_a_name_has_texts_that_need_none(client: TestClient, code: str, greeting: str) -> None:
    choose(business_name="")
    parts = {part: texts for part, texts in TEXTS[code].items() if part != "unnamed"}
    naming = {name for texts in parts.values() for name, text in texts.items() if "{business}" in text}
    assert naming == TEXTS[code]["unnamed"].keys()
    assert not any("{business}" in text for text in TEXTS[code]["unnamed"].values())
    assert greeting in client.get(f"{PANEL}&lang={code}").text


def test_names_are_text_and_never_markup(client: TestClient) -> None:
    choose(business_name="</script><b>{agent}$key", agent_name='<img src=x onerror="1">')
    for path in (PANEL, "/widget/privacy", "/demo"):
        page = client.get(path).text
        assert "<b>{" not in page and "<img" not in page, path
    assert settings_of(client.get(PANEL).text)["words"]["agent"] == '<img src=x onerror="1">'  # type: ignore[index]


def test_a_wrong_key_gets_nothing(client: TestClient) -> None:
    choose(widget_key="")
    for key in ("", KEY):
        assert client.get(f"/widget.js?key={key}").status_code == 404
        assert client.get(f"/widget/panel?key={key}&site={SITE}").status_code == 404
    assert client.get("/widget.js").json() == {"error": "wrong_request"}


def test_the_panel_shows_on_allowed_sites_and_on_our_own_only(client: TestClient) -> None:
    foreign = client.get(PANEL.replace(SITE, "https://evil.example"))
    assert (foreign.status_code, foreign.json()) == (403, {"error": "site_not_allowed"})
    own = client.get(PANEL.replace(SITE, SERVER))
    assert own.headers["Content-Security-Policy"].endswith(f"frame-ancestors {SERVER} {SITE}")
    choose(widget_sites=())
    assert client.get(PANEL).status_code == 403


def test_a_server_on_this_machine_answers_to_both_of_its_names() -> None:
    chosen = preferences.current()
    for server in ("http://localhost:8080", "http://127.0.0.1:8080"):
        assert {"http://localhost:8080", "http://127.0.0.1:8080"} < set(widget_files.sites(chosen, server))


def test_the_panel_speaks_the_language_of_the_page(client: TestClient) -> None:
    italian = client.get(f"{PANEL}&lang=it-CH").text
    assert '<html lang="it" dir="ltr">' in italian and "Ciao! Sono Sofia" in italian
    arabic = client.get(f"{PANEL}&lang=ar").text
    assert '<html lang="en" dir="rtl">' in arabic and settings_of(arabic)["language"] == "ar"


def test_every_language_has_the_same_texts_with_the_same_names_in_them() -> None:
    def shape(code: str) -> dict[str, dict[str, set[str | None]]]:
        return {
            part: {name: {field for _, field, _, _ in Formatter().parse(text) if field} for name, text in texts.items()}
            for part, texts in TEXTS[code].items()
        }

    assert {code for code in TEXTS if shape(code) != shape("en")} == set()


def test_the_privacy_page_says_by_whom_and_what_is_stored(client: TestClient) -> None:
    english = client.get("/widget/privacy", headers={"Accept-Language": "en-GB,en;q=0.9"})
    assert "Oak &amp; Linen runs this chat" in english.text and "no cookies" in english.text
    assert "responsabile" in client.get("/widget/privacy?lang=it").text


def test_the_demo_page_carries_the_line_that_owners_copy(client: TestClient) -> None:
    page = client.get("/demo", headers={"Accept-Language": "de, it;q=0.8, en;q=0.5"})
    line = f'<script src="{SERVER}/widget.js?key={KEY}" async></script>'
    assert widget_files.snippet(SERVER, KEY) == line and line in page.text
    assert "Benvenuti da Oak &amp; Linen" in page.text and '<html lang="it">' in page.text


def test_the_widget_is_light(client: TestClient) -> None:
    loader, *panel = (
        len(gzip.compress(client.get(path).content))
        for path in (LOADER, PANEL, "/widget/panel.js", "/widget/panel.css")
    )
    assert loader <= 4 * 1024
    assert loader + sum(panel) <= 15 * 1024


def test_nothing_ever_sets_a_cookie(client: TestClient, visitor: Visitor) -> None:
    answers = [visitor.write()]
    for path in (
        LOADER,
        PANEL,
        "/widget/panel.js",
        "/widget/panel.css",
        "/widget/page.css",
        "/widget/privacy",
        "/demo",
    ):
        answers.append(client.get(path))
    answers.append(client.get("/widget/messages", headers=visitor.headers))
    assert [answer.status_code for answer in answers] == [200] * len(answers)
    assert not any("Set-Cookie" in answer.headers for answer in answers)
