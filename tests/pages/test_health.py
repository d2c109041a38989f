"""What those see who watch over the server."""

from httpx import Client

from leader24 import __version__
from tests.server import App


def test_it_says_that_it_is_well_and_nothing_else(stranger: Client) -> None:
    answer = stranger.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "version": __version__})
    assert answer.headers["cache-control"] == "no-store" and "set-cookie" not in answer.headers
    assert stranger.head("/healthz").status_code == 200


def test_it_says_when_the_database_cannot_be_read(app: App, stranger: Client) -> None:
    app.execute("ALTER TABLE setting RENAME TO away")
    answer = stranger.get("/healthz")
    assert (answer.status_code, answer.json()["status"]) == (503, "database unavailable")
    app.execute("ALTER TABLE away RENAME TO setting")
    assert stranger.get("/healthz").status_code == 200
