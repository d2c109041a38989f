"""Twilio's create-message call, as strict as it matters to us; the files that customers sent; and forms signed as
Twilio signs them."""

import base64
import hashlib
import hmac
import json
from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from tests.fakes.server import Reply, Request, Server

ACCOUNT = "AC" + "0" * 32
TOKEN = "a-token-of-twilio"
AUTHORIZATION = "Basic " + base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
LONGEST_BODY = 1600


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that the customer now has."""

    sid: str
    to: str
    from_address: str
    text: str
    status_callback: str


Behaviour = Callable[["FakeTwilio", dict[str, str]], Reply | None]


class FakeTwilio(Server):
    """Sends what it is given, unless `script` holds another behaviour for the next request."""

    def __init__(self) -> None:
        self.script: deque[Behaviour] = deque()
        self.requests: list[Request] = []
        self.sent: list[Sent] = []
        self.files: defaultdict[str, deque[Reply | None]] = defaultdict(deque)
        self.asked: list[Request] = []  # for files
        super().__init__()

    def next(self, *behaviours: Behaviour) -> None:
        self.script.extend(behaviours)

    def answer(self, request: Request) -> Reply | None:
        self.requests.append(request)
        form = dict(parse_qsl(request.body.decode(), keep_blank_values=True))
        if objection := _objection(request, form):
            return objection
        return (self.script.popleft() if self.script else _send)(self, form)

    def keeps(self, *replies: Reply | None) -> str:
        """The address of a file: it is answered by these in turn, and then by the last of them."""
        path = f"/2010-04-01/Accounts/{ACCOUNT}/Messages/MM1/Media/ME{len(self.files)}"
        self.files[path].extend(replies)
        return self.address + path

    def give(self, request: Request) -> Reply | None:
        self.asked.append(request)
        if request.headers.get("Authorization") != AUTHORIZATION:
            return _error(401, 20003)
        replies = self.files.get(request.path)
        if not replies:
            return _error(404, 20404)
        return replies.popleft() if len(replies) > 1 else replies[0]

    def take(self, form: Mapping[str, str]) -> str:
        sid = f"SM{len(self.sent) + 1:032x}"
        self.sent.append(Sent(sid, form["To"], form["From"], form["Body"], form.get("StatusCallback", "")))
        return sid


def error(status: int, code: int | None = None) -> Behaviour:
    """Twilio's own form of an error; without a code, the words of some proxy before it."""
    return lambda twilio, form: _error(status, code) if code else Reply(status, b"<h1>Sorry</h1>", "text/html")


def problem(status: int, code: int) -> Behaviour:
    """The newer form of an error, RFC 9457."""
    body = {"type": "https://www.twilio.com/docs/errors", "title": "Refused", "status": status, "code": code}
    return lambda twilio, form: Reply(status, json.dumps(body).encode(), "application/problem+json")


def hang(twilio: FakeTwilio, form: dict[str, str]) -> Reply | None:
    return None


def take_and_hang(twilio: FakeTwilio, form: dict[str, str]) -> Reply | None:
    twilio.take(form)
    return None


def take_and(reply: Reply) -> Behaviour:
    """Sends the message, but the answer gets lost."""

    def behave(twilio: FakeTwilio, form: dict[str, str]) -> Reply:
        twilio.take(form)
        return reply

    return behave


def with_files(*files: tuple[str, str]) -> dict[str, str]:
    """What a form says more of these: address and type of each."""
    named = {f"MediaUrl{at}": url for at, (url, _) in enumerate(files)}
    return named | {f"MediaContentType{at}": kind for at, (_, kind) in enumerate(files)} | {"NumMedia": str(len(files))}


def file(content: bytes, content_type: str = "image/jpeg", name: str = "") -> Reply:
    disposition = (("Content-Disposition", f'inline; filename="{name}"'),) if name else ()
    return Reply(200, content, content_type, headers=disposition)


def elsewhere(url: str) -> Reply:
    return Reply(307, b"", headers=(("Location", url),))


def inbound(text: str = "Hello", sender: str = "whatsapp:+393331234567", **more: str) -> dict[str, str]:
    """A webhook's form as a customer's message brings it, blank values included."""
    return {
        "MessageSid": "SM" + hashlib.md5((sender + text).encode()).hexdigest(),
        "AccountSid": ACCOUNT,
        "From": sender,
        "To": "whatsapp:+14155238886",
        "Body": text,
        "ProfileName": "Giulia",
        "NumMedia": "0",
        "MessageType": "text",
        "ReferralBody": "",
    } | more


def signed(url: str, form: Mapping[str, str], token: str = TOKEN, algorithm: str = "") -> dict[str, str]:
    """The headers with which Twilio would send this form to this address.
    https://www.twilio.com/docs/usage/webhooks/webhooks-security"""
    text = url + "".join(name + form[name] for name in sorted(form))
    digest = hashlib.sha256 if algorithm == "HMAC_SHA256" else hashlib.sha1
    signature = base64.b64encode(hmac.new(token.encode(), text.encode(), digest).digest()).decode()
    headers = {"X-Twilio-Signature": signature}
    if algorithm:
        headers["X-Twilio-Webhooks-Signature-Settings"] = f"key=webhooks_sharedkey_1,algorithm={algorithm}"
    return headers


def _send(twilio: FakeTwilio, form: dict[str, str]) -> Reply:
    message: dict[str, object] = {
        "sid": twilio.take(form),
        "account_sid": ACCOUNT,
        "api_version": "2010-04-01",
        "body": form["Body"],
        "date_created": "Thu, 24 Aug 2023 05:01:45 +0000",
        "date_sent": None,
        "date_updated": "Thu, 24 Aug 2023 05:01:45 +0000",
        "direction": "outbound-api",
        "error_code": None,
        "error_message": None,
        "from": form["From"],
        "messaging_service_sid": None,
        "num_media": "0",
        "num_segments": "1",
        "price": None,
        "price_unit": None,
        "status": "queued",
        "subresource_uris": {},
        "to": form["To"],
        "uri": "/2010-04-01",
    }
    return Reply(201, json.dumps(message).encode())


def _objection(request: Request, form: Mapping[str, str]) -> Reply | None:
    if request.headers.get("Authorization") != AUTHORIZATION:
        return _error(401, 20003)
    if request.path != f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json":
        return _error(404, 20404)
    if not form.get("To"):
        return _error(400, 21604)
    if not form.get("From"):
        return _error(400, 21603)
    if not form.get("Body"):
        return _error(400, 21619)
    return _error(400, 21617) if len(form["Body"]) > LONGEST_BODY else None


def _error(status: int, code: int | None) -> Reply:
    more = f"https://www.twilio.com/docs/errors/{code}"
    body = {"code": code, "message": "Refused", "more_info": more, "status": status}
    return Reply(status, json.dumps(body).encode())
