"""A cookie that somebody kept, after all that ends a sign-in: worth no more than a forged one, for requests, for new
sockets and for those that are open."""

import subprocess
import sys
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from httpx import Client

from leader24.services import sign_ins, team
from tests.pages import people
from tests.pages.answers import told
from tests.pages.sockets import Polling, Socket, cookies_of, page_of
from tests.server import PASSWORD, ROOT, App

NEW = "seven green umbrellas"
REQUESTS = (
    ("GET", "/", "text/html"),
    ("GET", "/conversations/1?q=oak", "text/html"),
    ("GET", "/settings/account", "*/*"),
    ("POST", "/settings/account/password", "text/html"),
    ("DELETE", "/nowhere", "*/*"),
)


def signs_out(app: App, name: str, kept: Client) -> None:
    with people.opened(app):
        sign_ins.sign_out(kept.cookies["leader24"])


def ends_it_from_another_device(app: App, name: str, kept: Client) -> None:
    with people.opened(app):
        sign_ins.end(people.id_of(app, name), sign_ins.hash_of(kept.cookies["leader24"]))


def changes_his_password_here(app: App, name: str, kept: Client) -> None:
    here = app.browser(Cookie=f"leader24={kept.cookies['leader24']}")
    answer = here.post("/settings/account/password", data={"current": PASSWORD, "new": NEW})
    assert "leader24=" in answer.headers["set-cookie"]


def changes_his_password_elsewhere(app: App, name: str, kept: Client) -> None:
    elsewhere = app.sign_in(f"{name.lower()}@example.com")
    answer = elsewhere.post("/settings/account/password", data={"current": PASSWORD, "new": NEW})
    assert "leader24=" in answer.headers["set-cookie"]


def uses_a_link_to_a_new_password(app: App, name: str, kept: Client) -> None:
    (link,) = parse_qs(urlsplit(people.password_link(app, name)).query)["link"]
    answer = app.browser().post("/reset", data={"link": link, "password": NEW})
    assert answer.headers["location"] == "/"


def is_given_a_password_by_the_operator(app: App, name: str, kept: Client) -> None:
    command = [sys.executable, "-m", "leader24", "reset-password", f"{name.lower()}@example.com"]
    subprocess.run(command, env=app.environment, cwd=ROOT, input=NEW, text=True, check=True, capture_output=True)


def is_disabled(app: App, name: str, kept: Client) -> None:
    with people.opened(app):
        team.disable(people.id_of(app, "Ana"), people.id_of(app, name))


def was_disabled_for_a_moment(app: App, name: str, kept: Client) -> None:
    with people.opened(app):
        ana, member = people.id_of(app, "Ana"), people.id_of(app, name)
        team.disable(ana, member)
        team.enable(ana, member)


def lets_somebody_else_sign_in_here(app: App, name: str, kept: Client) -> None:
    here = app.browser(Cookie=f"leader24={kept.cookies['leader24']}")
    assert here.post("/login", data={"email": "ana@example.com", "password": PASSWORD}).headers["location"] == "/"


@pytest.mark.parametrize(
    "end",
    [
        signs_out,
        ends_it_from_another_device,
        changes_his_password_here,
        changes_his_password_elsewhere,
        uses_a_link_to_a_new_password,
        is_given_a_password_by_the_operator,
        is_disabled,
        was_disabled_for_a_moment,
        lets_somebody_else_sign_in_here,
    ],
)
def test_a_kept_cookie_is_worth_no_more_than_a_forged_one(
    app: App, owner: Client, end: Callable[[App, str, Client], None]
) -> None:
    name = "B" + uuid4().hex.translate(str.maketrans("0123456789", "ghijklmnop"))
    kept = app.add_member(name)
    cookies, page, unopened = cookies_of(kept), page_of(kept), page_of(kept)
    late = uuid4().hex.translate(str.maketrans("0123456789", "ghijklmnop"))
    with Socket(app, cookies, page) as socket:
        assert socket.is_admitted()
        end(app, name, kept)
        socket.all_until_its_end()
        socket.says("log", client_id=page["client_id"], level="warning", message=late)
    thief = app.browser(Cookie=f"leader24={kept.cookies['leader24']}")
    assert is_nobody(app, thief)
    for again in (page, unopened):
        with Socket(app, cookies, again) as socket:
            assert not socket.is_admitted()
        assert not Polling(thief, again).is_admitted()
    assert late not in app.log


def is_nobody(app: App, browser: Client) -> bool:
    """Each answer is that to a forged cookie."""
    forged = app.browser(Cookie="leader24=forged")
    for method, path, accept in REQUESTS:
        expected, given = (told(each.request(method, path, headers={"Accept": accept})) for each in (forged, browser))
        assert given == expected, path
        assert given[0] in (303, 401)
    return True
