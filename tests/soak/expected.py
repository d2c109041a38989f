"""Requests much as our pages, the widget and Twilio send them, with anything in them."""

import json
from ipaddress import IPv4Address
from typing import Any
from urllib.parse import urlencode

import schemathesis
from hypothesis import reject
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from requests import PreparedRequest, Request, RequestException
from schemathesis import GenerationMode

from tests.fakes.fake_twilio import TOKEN, inbound, signed
from tests.soak.exchange import Case, Header
from tests.soak.known import STRANGER, VISITOR, WHO, Known
from tests.soak.oddities import FORM, JSON, one_of, text

TWILIO_FIELDS = (
    *("From", "To", "Body", "ProfileName", "WaId", "NumMedia", "MediaContentType0", "ButtonText", "Latitude"),
    *("MessageSid", "MessageStatus", "ErrorCode"),
)
TWILIO_TARGETS = ("/webhooks/twilio/whatsapp", "/webhooks/twilio/status?m=1", "/webhooks/twilio/status?m=x")

who = one_of(WHO)


def usual_headers(known: Known, kind: str = "", visitor: str = VISITOR) -> SearchStrategy[list[Header]]:
    """Of a page of ours. Each time from another address, or attempts would be counted together."""
    host = known.app.url.partition("://")[2].encode()
    fixed = [(b"Host", host), (b"Origin", known.app.url.encode()), (b"Authorization", f"Bearer {visitor}".encode())]
    fixed += [(b"Content-Type", kind.encode("latin-1"))] if kind else []
    accepted = one_of([b"text/html", b"*/*"]).map(lambda each: (b"Accept", each))
    address = st.integers(2**24, 2**32 - 1).map(lambda each: (b"X-Forwarded-For", str(IPv4Address(each)).encode()))
    return st.tuples(accepted, address).map(lambda drawn: [*fixed, *drawn])


def described(known: Known) -> SearchStrategy[Case]:
    """By the description: what fits it, and what breaks it in one place."""
    schema, modes = (
        schemathesis.openapi.from_dict(known.description),
        (GenerationMode.POSITIVE, GenerationMode.NEGATIVE),
    )
    operations = [schema[path][method] for method, path in known.routes()]
    drawn = st.one_of(*[each.as_strategy(generation_mode=mode) for each in operations for mode in modes])

    @st.composite
    def case(draw: st.DrawFn) -> Case:
        made = _prepared(draw(drawn), known.app.url)
        own = [(_encoded(name), _encoded(value)) for name, value in made.headers.items()]
        names = {name.lower() for name, _ in own}
        more = [each for each in draw(usual_headers(known)) if each[0].lower() not in names]
        return Case(
            draw(who), _encoded(made.method), _encoded(made.path_url), (*own, *more), _encoded(made.body or b"")
        )

    return case()


def signed_by_twilio(known: Known) -> SearchStrategy[Case]:
    names = st.one_of(one_of(TWILIO_FIELDS), text)
    forms = st.dictionaries(names, text, max_size=8)

    @st.composite
    def case(draw: st.DrawFn) -> Case:
        target, number = draw(one_of(TWILIO_TARGETS)), draw(st.integers(0, 99_999))
        form = inbound("Hello", f"whatsapp:+39347{number:07}") | {"MessageSid": f"SM{number}"} | draw(forms)
        signature = signed(known.app.url + target, form, TOKEN)
        usual = [each for each in draw(usual_headers(known, FORM)) if each[0] != b"Origin"]
        headers = (*usual, *((name.encode(), value.encode()) for name, value in signature.items()))
        return Case(STRANGER, b"POST", target.encode(), headers, urlencode(form).encode())

    return case()


def written_by_visitors(known: Known) -> SearchStrategy[Case]:
    @st.composite
    def case(draw: st.DrawFn) -> Case:
        visitor, number = f"{draw(st.integers(0, 9999)):043}", f"{draw(st.integers(0)):016}"[:16]
        said = {"key": known.widget_key, "id": number, "text": draw(text), "page": draw(text)}
        headers = draw(usual_headers(known, JSON, visitor))
        return Case(STRANGER, b"POST", b"/widget/messages", tuple(headers), json.dumps(said).encode())

    return case()


def _prepared(case: Any, url: str) -> PreparedRequest:
    """What cannot be put into a request is no case."""
    try:
        return Request(**case.as_transport_kwargs(base_url=url)).prepare()
    except (RequestException, ValueError):
        reject()


def _encoded(text: Any) -> bytes:
    return text if isinstance(text, bytes) else str(text).encode("latin-1", "replace")
