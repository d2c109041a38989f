"""What somebody may know of a running application who tries everything: routes, keys, links, and who is signed in."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from leader24 import db
from leader24.models import Member, Role
from leader24.services import sign_ins
from tests.fakes.fake_twilio import TOKEN, inbound, signed
from tests.pages import people
from tests.pages.conftest import WEBHOOK
from tests.server import OWNER, PASSWORD, ROOT, App, environment_of

STRANGER = "stranger"
NAMES = {"member": "Ben", "owner": "Ana"}
WHO = (STRANGER, *NAMES)
VISITOR = "v" * 43  # a token of the widget


@dataclass
class Known:
    app: App
    description: dict[str, Any]  # by OpenAPI
    widget_key: str
    links: list[str]
    cookies: dict[str, str]

    def routes(self) -> list[tuple[str, str]]:
        """Method and path, with {names} in it."""
        return [(method.upper(), path) for path, methods in self.description["paths"].items() for method in methods]

    def names(self) -> list[str]:
        """Of all fields and parameters that there are, NiceGUI's too."""
        operations = [each for methods in self.description["paths"].values() for each in methods.values()]
        parameters = {each["name"] for operation in operations for each in operation.get("parameters", ())}
        forms = [form for each in operations for form in each.get("requestBody", {}).get("content", {}).values()]
        fields = {name for form in forms for name in form["schema"]["properties"]}
        return sorted(parameters | fields | {"sid", "EIO", "transport", "client_id"})

    def words(self) -> list[str]:
        """That open something, where they stand in the right place."""
        own = [self.app.url, self.widget_key, f"Bearer {VISITOR}", "a" * 16, PASSWORD, OWNER["email"]]
        return [*own, *self.links, "1", "2", "en", "it", "js", "Europe/Rome", "/conversations/1?q=oak"]

    def sign_in(self) -> None:
        """Anew, as what was tried may have ended it."""
        with people.opened(self.app), db.write() as session:
            members = {who: session.get_one(Member, people.id_of(self.app, name)) for who, name in NAMES.items()}
            self.cookies = {who: sign_ins.begin(session, member, "") for who, member in members.items()}


def settled(app: App, folder: Path) -> Known:
    """With an owner and a member, conversations on both sources, and open links."""
    app.sign_up()
    app.add_member("Ben")
    ((key,),) = app.execute("SELECT value FROM setting WHERE name = 'widget_key'")
    links = [people.invite(app, role) for role in (*Role, Role.MEMBER)] + [people.password_link(app, "Ben")]
    known = Known(app, described(folder), json.loads(key), [link.partition("link=")[2] for link in links], {})
    known.sign_in()
    form = inbound("Quanto costa il tavolo?")
    app.browser(Origin="").post(WEBHOOK, data=form, headers=signed(app.url + WEBHOOK, form, TOKEN))
    writing = {"key": known.widget_key, "id": "a" * 16, "text": "Do you deliver?"}
    app.browser(Authorization=f"Bearer {VISITOR}").post("/widget/messages", json=writing)
    return known


def described(folder: Path) -> dict[str, Any]:
    """The application's OpenAPI description."""
    environment = environment_of(LEADER24_DATA_DIR=str(folder / "described"))
    command = [sys.executable, "-m", "tests.soak.description"]
    printed = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return dict(json.loads(printed))
