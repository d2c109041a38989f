"""Whose each route is. Who adds one says so here."""

PUBLIC = {
    ("GET", "/healthz"),
    ("HEAD", "/healthz"),
    ("GET", "/login"),
    ("POST", "/login"),
    ("GET", "/setup"),
    ("POST", "/setup"),
    ("GET", "/join"),
    ("POST", "/join"),
    ("GET", "/reset"),
    ("POST", "/reset"),
    ("GET", "/widget.js"),
}
PUBLIC_FOLDERS = ("/webhooks/twilio/", "/widget/", "/_nicegui/", "/_nicegui_ws/", "/_leader24/")
FOR_MEMBERS = {
    ("GET", "/"),
    ("GET", "/conversations/1"),
    ("GET", "/conversations/1/print"),
    ("GET", "/in-progress"),
    ("GET", "/in-progress/1"),
    ("GET", "/demo"),
    ("GET", "/settings"),  # on to the first page that is for him
    ("GET", "/settings/bin"),
    ("GET", "/settings/tags"),
    ("GET", "/settings/account"),
    ("POST", "/settings/account/password"),
}
FOR_OWNERS = {
    ("GET", "/agent"),
    ("GET", "/start"),
    ("GET", "/settings/about"),
    ("GET", "/settings/ai"),
    ("GET", "/settings/business"),
    ("GET", "/settings/team"),
    ("GET", "/settings/whatsapp"),
    ("GET", "/settings/widget"),
}
# Files for owners; test_exports.py asks for them, and says who is refused.
FILES = {("GET", "/conversations/1/export.1"), ("GET", "/exports/1/conversations.1")}
# What came with messages, for members; test_media.py asks for it.
MEDIA = {("GET", "/media/1")}
NOTHING = {("GET", "/anything"), ("GET", "/webhooks/anything")}  # what no route takes is refused like one


def is_public(method: str, path: str) -> bool:
    return (method, path) in PUBLIC or path.startswith(PUBLIC_FOLDERS)
