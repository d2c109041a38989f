"""WhatsApp by Twilio: what its webhooks say, and messages to customers. The only importer of `twilio`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlsplit

import requests
from twilio.base.exceptions import TwilioRestException, TwilioServiceException
from twilio.http.http_client import TwilioHttpClient
from twilio.request_validator import RequestValidator, get_signature_algorithm
from twilio.rest import Client
from urllib3.exceptions import NewConnectionError

from leader24.models import Delivery
from leader24.services import preferences
from leader24.services.seams import NotSent, Unconfirmed

API = "https://api.twilio.com"
STATUS_PATH = "/webhooks/twilio/status"
MOST_MEDIA = 10  # Twilio's own limit of a message

Form = Mapping[str, object]  # what a web framework makes of a form: texts, and files where somebody sends some


class Malformed(Exception):
    """Not a form of Twilio's: `field` is missing."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True, slots=True)
class Media:
    url: str
    content_type: str


@dataclass(frozen=True, slots=True)
class Place:
    """A location that was sent: where it lies, and what it is called."""

    latitude: float
    longitude: float
    name: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What a message holds, its parts apart."""

    text: str
    place: Place | None = None
    media: tuple[Media, ...] = ()


@dataclass(frozen=True, slots=True)
class Inbound:
    """A customer's message. `from_address` is how WhatsApp knows him, as it came; it need not be a phone number."""

    sid: str
    from_address: str
    to_address: str
    phone: str | None  # E.164
    name: str
    text: str
    media: tuple[Media, ...]
    raw: dict[str, str]


@dataclass(frozen=True, slots=True)
class StatusCall:
    """What became of a message of ours; `status` is None where Twilio says nothing that we show."""

    sid: str
    status: Delivery | None
    error: str | None


STATUSES = {
    "accepted": Delivery.SENDING,
    "scheduled": Delivery.SENDING,
    "queued": Delivery.SENDING,
    "sending": Delivery.SENDING,
    "sent": Delivery.SENT,
    "partially_delivered": Delivery.SENT,
    "delivered": Delivery.DELIVERED,
    "read": Delivery.READ,
    "undelivered": Delivery.FAILED,
    "failed": Delivery.FAILED,
    "canceled": Delivery.FAILED,
}


def is_authentic(auth_token: str, url: str, form: Form, signature: str, settings_header: str | None) -> bool:
    """Whether Twilio signed this form for this address.

    `url` is the public address as Twilio was given it, with path and raw query; `form` keeps blank values;
    `settings_header` is X-Twilio-Webhooks-Signature-Settings, which names the algorithm where it is not SHA-1.
    """
    if not auth_token:  # anybody can sign with an empty secret
        return False
    algorithm = get_signature_algorithm(settings_header)
    try:
        return bool(RequestValidator(auth_token).validate(url, form, signature, algorithm))
    except (TypeError, ValueError):  # a file among the values, or text that is no Unicode: never Twilio's
        return False


def parse(form: Form) -> Inbound:
    """Raises Malformed without MessageSid or From; whatever else is missing or odd is left out."""
    address = _required(form, "From")
    return Inbound(
        sid=_required(form, "MessageSid"),
        from_address=address,
        to_address=_text(form, "To"),
        phone=_phone(address),
        name=_text(form, "ProfileName").strip(),
        text="\n".join(part for part in (_words(form), _place(form), _card(form)) if part),
        media=_media(form),
        raw={name: value for name, value in form.items() if isinstance(value, str)},
    )


def contents(form: Form) -> Contents:
    """Of a form that was stored; `parse` has made one text of all of it."""
    return Contents(_words(form), _located(form), _media(form))


def parse_status(form: Form) -> StatusCall:
    """Raises Malformed without MessageSid."""
    error = _text(form, "ErrorCode").strip()
    return StatusCall(
        sid=_required(form, "MessageSid"),
        status=STATUSES.get(_text(form, "MessageStatus").strip().lower()),
        error=error if error not in ("", "0") else None,
    )


def chosen(public_url: str, api_base: str = API) -> "WhatsApp | None":
    """By the preferences of this moment; None where they do not say all that sending needs."""
    now = preferences.current()
    if not now.can_send_whatsapp:
        return None
    return _whatsapp(now.twilio_account_sid, now.twilio_auth_token, now.twilio_whatsapp_from, public_url, api_base)


@dataclass(frozen=True)
class WhatsApp:
    """A Channel. `from_address` is ours, "whatsapp:+39…"; `public_url` is where Twilio reaches us, without a slash
    at the end."""

    account_sid: str
    auth_token: str = field(repr=False)
    from_address: str
    public_url: str
    api_base: str = API
    timeout: float = 10.0  # seconds
    client: Any = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        http = _Http(self.api_base, self.timeout)
        object.__setattr__(self, "client", Client(self.account_sid, self.auth_token, http_client=http))

    def send(self, to: str, text: str, reference: str) -> str:
        """One request and never a second: Twilio knows no idempotency key and would send again.

        NotSent carries Twilio's error code, "http_…" or "connection".
        """
        callback = f"{self.public_url}{STATUS_PATH}?m={quote(reference, safe='')}"
        try:
            message = self.client.messages.create(to=to, from_=self.from_address, body=text, status_callback=callback)
        except (TwilioRestException, TwilioServiceException) as error:
            raise (NotSent(_code(error)) if error.status < 500 else Unconfirmed()) from error
        except requests.RequestException as error:
            raise (NotSent("connection") if _never_connected(error) else Unconfirmed()) from error
        except (AttributeError, KeyError, TypeError, ValueError) as error:  # taken, but the answer is unreadable
            raise Unconfirmed from error
        if not isinstance(message.sid, str):
            raise Unconfirmed
        return message.sid


@lru_cache(maxsize=1)  # it keeps connections open
def _whatsapp(account_sid: str, auth_token: str, from_address: str, public_url: str, api_base: str) -> WhatsApp:
    return WhatsApp(account_sid, auth_token, from_address, public_url, api_base)


class _Http(TwilioHttpClient):  # type: ignore[misc]
    """Twilio's client with a time limit, and with another address than Twilio's where tests want one."""

    def __init__(self, api_base: str, timeout: float) -> None:
        super().__init__(timeout=timeout)
        self.api_base = api_base.rstrip("/")

    def request(self, method: str, url: str, **kwargs: Any) -> Any:
        # A connection that is kept may be closed by Twilio just as we use it: "unconfirmed" for nothing.
        kwargs["headers"] = {**(kwargs.get("headers") or {}), "Connection": "close"}
        return super().request(method, self.api_base + urlsplit(url).path, **kwargs)


def _code(error: TwilioRestException | TwilioServiceException) -> str:
    """Where Twilio gave no code of its own, its library repeats the HTTP status."""
    return str(error.code) if error.code and error.code != error.status else f"http_{error.status}"


def _never_connected(error: requests.RequestException) -> bool:
    """Refused, no such name, or no connection in time: nothing was handed over."""
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(error, requests.ConnectTimeout) or isinstance(reason, NewConnectionError)


def _text(form: Form, name: str) -> str:
    value = form.get(name)
    return value.replace("\x00", "") if isinstance(value, str) else ""


def _required(form: Form, name: str) -> str:
    value = _text(form, name).strip()
    if not value:
        raise Malformed(name)
    return value


def _phone(address: str) -> str | None:
    """None for the name that WhatsApp gives to people who hide their number ("whatsapp:IT.1349…")."""
    number = address.removeprefix("whatsapp:")
    return number if re.fullmatch(r"\+[1-9][0-9]{6,14}", number) else None


def _words(form: Form) -> str:
    """What the customer wrote, or what is on the button or line that he chose."""
    chosen = (_text(form, name) for name in ("Body", "ButtonText", "ListTitle"))
    return next((text for text in chosen if text.strip()), "")


def _place(form: Form) -> str:
    """A location that was sent: its names where it has some, and where it lies."""
    where = ", ".join(_text(form, name).strip() for name in ("Latitude", "Longitude") if _text(form, name).strip())
    names = [_text(form, name).strip() for name in ("Label", "Address")]
    return "📍 " + " · ".join(part for part in (*names, where) if part) if where else ""


def _located(form: Form) -> Place | None:
    try:
        latitude, longitude = float(_text(form, "Latitude")), float(_text(form, "Longitude"))
    except ValueError:
        return None
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):  # nor what is no number at all
        return None
    names = [_text(form, name).strip() for name in ("Label", "Address")]
    return Place(latitude, longitude, " · ".join(filter(None, names)))


def _card(form: Form) -> str:
    """A contact that was sent comes as a file."""
    if _words(form) or not any("vcard" in media.content_type for media in _media(form)):
        return ""
    return "👤 vCard"


def _media(form: Form) -> tuple[Media, ...]:
    try:
        count = int(_text(form, "NumMedia"))
    except ValueError:
        count = 0
    named = [(_text(form, f"MediaUrl{i}"), _text(form, f"MediaContentType{i}")) for i in range(min(count, MOST_MEDIA))]
    return tuple(Media(url, content_type) for url, content_type in named if url)
