"""`python -m tests.soak.description` prints the OpenAPI description that the application shows to nobody.

A process of its own, as NiceGUI is one for each process.
"""

import json
import sys
import warnings
from typing import Any

from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from app import build
from leader24.pages import join, set_up
from leader24.pages.widget_api import Bells, Writing
from leader24.settings import Settings
from tests.pages.routes import endpoints

# What the routes read by themselves, so that FastAPI does not know of it.
FORMS = {
    "/login": ("email", "password", "next"),
    "/setup": (*set_up.KEPT, "password", "link"),
    "/join": (*join.KEPT, "password", "link"),
    "/reset": ("password", "link"),
    "/settings/account/password": ("current", "new"),
    "/webhooks/twilio/whatsapp": ("MessageSid", "From", "To", "Body", "NumMedia", "ProfileName", "ButtonText"),
    "/webhooks/twilio/status": ("MessageSid", "MessageStatus", "ErrorCode"),
}


def description() -> dict[str, Any]:
    web = build(Settings.from_env(), Bells())
    routes = [route for _, route in endpoints(web.routes) if isinstance(route, APIRoute)]
    for route in routes:
        route.include_in_schema = True
    with warnings.catch_warnings(action="ignore"):  # GET and HEAD of one function share their name
        made = get_openapi(title="Leader24", version="1", routes=routes)
    for path, names in FORMS.items():
        made["paths"][path]["post"]["requestBody"] = body(_form(names), "application/x-www-form-urlencoded")
    made["paths"]["/widget/messages"]["post"]["requestBody"] = body(Writing.model_json_schema(), "application/json")
    return made


def body(schema: dict[str, Any], kind: str) -> dict[str, Any]:
    return {"required": True, "content": {kind: {"schema": schema}}}


def _form(names: tuple[str, ...]) -> dict[str, Any]:
    return {"type": "object", "properties": {name: {"type": "string"} for name in names}, "required": list(names)}


if __name__ == "__main__":
    json.dump(description(), sys.stdout)
