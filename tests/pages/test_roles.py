"""Every route, as nobody, a disabled member, a member and an owner."""

from html import unescape
from uuid import uuid4

import pytest
from httpx import Client, Response

from leader24.services import preferences, sealing, team
from tests.pages import people
from tests.pages.access import FILES, FOR_MEMBERS, FOR_OWNERS, MEDIA, NOTHING, is_public
from tests.pages.answers import told
from tests.server import App

NOT_YOURS = "Only owners may"
# What owners have written down, and members find nowhere else.
WRITTEN = {
    "description": "We make canary cages.",
    "instructions": "Never promise a canary.",
    "model": "canary-model",
    "twilio_account_sid": "AC" + "ca" * 16,
    "twilio_whatsapp_from": "+14155238886",
    "widget_sites": "https://canary.example",
}
Route = tuple[str, str]


@pytest.fixture(scope="module")
def settled(app: App, owner: Client) -> App:
    with people.opened(app):
        sealing.use_key((app.folder / "secret_key").read_text(encoding="ascii").strip())
        preferences.use_defaults()
        preferences.change(people.id_of(app, "Ana"), **WRITTEN)
        preferences.forget()
    app.restart()
    return app


@pytest.fixture(scope="module")
def ben(settled: App) -> Client:
    return settled.add_member("Ben")


@pytest.fixture(scope="module")
def disabled(settled: App, ben: Client) -> Client:
    """Who was signed in until a moment ago; his cookie is sent with each request."""
    carl = settled.add_member("Carl")
    with people.opened(settled):
        team.disable(people.id_of(settled, "Ana"), people.id_of(settled, "Carl"))
    return settled.browser(Cookie=f"leader24={carl.cookies['leader24']}")


def ask(browser: Client, route: Route, accept: str = "text/html") -> Response:
    """From an address of its own, so that attempts are not counted together."""
    return browser.request(*route, headers={"Accept": accept, "X-Forwarded-For": uuid4().hex})


def test_every_route_is_somebodys(routes: list[Route]) -> None:
    known = FOR_MEMBERS | FOR_OWNERS | FILES | MEDIA | NOTHING
    assert [route for route in routes if not is_public(*route) and route not in known] == []
    assert known <= set(routes)


@pytest.mark.parametrize("route", sorted(FOR_OWNERS))
def test_what_is_for_owners_tells_members_nothing(owner: Client, ben: Client, route: Route) -> None:
    shown, refused = unescape(ask(owner, route).text), unescape(ask(ben, route).text)
    assert NOT_YOURS not in shown and NOT_YOURS in refused
    said = [*WRITTEN.values(), "ana@example.com"]
    assert [each for each in said if each in refused] == []


def test_owners_find_there_what_they_have_written_down(owner: Client, settled: App) -> None:
    pages = unescape("".join(ask(owner, route).text for route in FOR_OWNERS))
    assert [each for each in WRITTEN.values() if each not in pages] == []


@pytest.mark.parametrize("route", sorted(FOR_MEMBERS))
def test_what_is_for_members_is_for_owners_too(owner: Client, ben: Client, route: Route) -> None:
    for browser in (owner, ben):
        answer = ask(browser, route)
        assert answer.status_code in (200, 303) and NOT_YOURS not in answer.text
        assert not answer.headers.get("location", "").startswith("/login")


def test_to_all_routes_a_disabled_member_is_a_stranger(routes: list[Route], disabled: Client, settled: App) -> None:
    stranger, forged = settled.browser(Cookie="other=1"), settled.browser(Cookie="leader24=forged")
    for route in [*routes, ("POST", "/nowhere"), ("DELETE", "/agent"), ("GET", "/agent/nowhere")]:
        for accept in ("text/html", "*/*"):
            expected = told(ask(stranger, route, accept))
            for browser in (disabled, forged):
                assert told(ask(browser, route, accept)) == expected, route
