"""Requests that nobody should ever send."""

import json
from collections.abc import Callable
from urllib.parse import quote, urlencode

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.soak import oddities
from tests.soak.exchange import Case, Header
from tests.soak.expected import usual_headers, who
from tests.soak.known import Known
from tests.soak.oddities import FORM, JSON, KINDS, MULTIPART, one_of, text

NICEGUI = [("GET", "/_nicegui_ws/socket.io/"), ("GET", "/_nicegui/{version}/static/{file}")]
# Whoever says something of his own of the length, or asks for another protocol, may wait for an answer in vain.
FRAMING = {b"content-length", b"transfer-encoding", b"upgrade"}
BENDS: tuple[Callable[[bytes], bytes], ...] = (
    lambda path: path + b"/",
    lambda path: b"/" + path,
    lambda path: b"/." + path,
    lambda path: b"/login/.." + path,
    lambda path: b"/widget/%2e%2e" + path,
    lambda path: path.upper(),
    lambda path: path.replace(b"/", b"%2f"),
    lambda path: path + b";x=y",
    lambda path: path + b"%00",
    lambda path: path + b"\xff\xfe",
    lambda path: path + b"#x",
    lambda path: b"http://evil.example" + path,
    lambda path: path + b"/x" * 5000,
    lambda path: path.removeprefix(b"/"),
    lambda path: b"*",
)

Pairs = list[tuple[str, str]]


def anything(known: Known) -> SearchStrategy[Case]:
    """On every route of ours, and some of NiceGUI's."""
    routes = [*known.routes(), *NICEGUI]
    values = st.one_of(text, one_of(known.words()))
    names = st.one_of(one_of(known.names()), text)
    pairs = st.lists(st.tuples(names, values), max_size=5)
    bodies = _bodies(names, values)

    @st.composite
    def case(draw: st.DrawFn) -> Case:
        method, path = draw(one_of(routes))
        target = draw(_bent(_filled(path, lambda: draw(values), draw(one_of(["", "/", "/%.\\;"])))))
        query = draw(_query(draw(pairs)))
        kind, body = draw(bodies) if method == "POST" or draw(st.booleans()) else ("", b"")
        odd = draw(_odd_headers())
        usual = [each for each in draw(usual_headers(known, kind)) if each[0] not in dict(odd)]
        sent_as = draw(st.one_of(st.just(method.encode()), st.just(method.encode()), one_of(oddities.METHODS)))
        may_be_waited_for = any(name.lower() in FRAMING for name, _ in odd)
        return Case(draw(who), sent_as, target + query, (*usual, *odd), body, may_be_waited_for)

    return case()


def _filled(path: str, value: Callable[[], str], safe: str) -> bytes:
    """With something in place of each {name}; it may bring slashes."""
    while "{" in path:
        before, _, rest = path.partition("{")
        path = before + quote(value(), safe=safe) + rest.partition("}")[2]
    return path.encode()


def _bent(path: bytes) -> SearchStrategy[bytes]:
    return st.one_of(*[st.just(path)] * 3, one_of(BENDS).map(lambda bend: bend(path)))


def _query(pairs: Pairs) -> SearchStrategy[bytes]:
    """As it should be; nearly so; or in bytes that are no text."""
    if not pairs:
        return st.just(b"")
    proper = urlencode(pairs)
    bare = "&".join(f"{name}={value}" for name, value in pairs)
    foreign = "&".join(f"{quote(name)}={quote(value, encoding='utf-16')}" for name, value in pairs)
    queries = [proper, proper, proper, bare, foreign, f"{proper}&&=&%&%zz=%f", "&".join([proper] * 20)]
    return one_of(queries).map(lambda query: b"?" + query.encode())


def _bodies(names: SearchStrategy[str], values: SearchStrategy[str]) -> SearchStrategy[tuple[str, bytes]]:
    """Each with what it says that it is, which need not be so."""
    pairs = st.lists(st.tuples(names, values), max_size=6)
    forms = pairs.map(lambda each: urlencode(each).encode())
    scalars = st.none() | st.booleans() | st.floats() | st.integers() | values
    nested = st.recursive(
        scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3), max_leaves=8
    )
    return st.one_of(
        st.tuples(st.just(FORM), forms),
        st.tuples(st.just(JSON), nested.map(lambda each: json.dumps(each).encode())),
        st.tuples(st.just(MULTIPART), pairs.map(_multipart)),
        st.tuples(one_of(KINDS), forms),
        st.tuples(one_of(KINDS), oddities.body),
    )


def _multipart(pairs: Pairs) -> bytes:
    """Each second one is a file. Names are not escaped."""
    parts = [
        f'--b\r\nContent-Disposition: form-data; name="{name}"{"; filename=x" * (at % 2)}\r\n\r\n{value}\r\n'
        for at, (name, value) in enumerate(pairs)
    ]
    return "".join([*parts, "--b--\r\n"]).encode()


def _odd_headers() -> SearchStrategy[list[Header]]:
    none: list[Header] = []
    return st.one_of(
        st.just(none), st.lists(oddities.header, max_size=3), oddities.header.map(lambda each: [each] * 200)
    )
