"""What has broken something somewhere, as it may stand in each part of a request."""

from collections.abc import Sequence
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

METHODS = (
    *(b"HEAD", b"OPTIONS", b"PUT", b"PATCH", b"DELETE", b"TRACE", b"CONNECT", b"PROPFIND"),
    *(b"get", b"BREW", b""),
)
FORM, JSON, MULTIPART = "application/x-www-form-urlencoded", "application/json", "multipart/form-data; boundary=b"
KINDS = (
    *(FORM, f"{FORM}; charset=utf-16", JSON, f"{JSON}; charset=nonsense", "text/plain", "application/xml"),
    *(MULTIPART, "multipart/form-data", 'multipart/form-data; boundary="' + "b" * 5000 + '"'),
    *("", "\xff/\xff", "x/y;" + ";" * 999),
)
TEXTS = (
    *("\0", "a\0b", "%00", "%ff", "%", "ÿ", "İ", "\ufffe", "\u2028", "\u202e", "😀", "x" * 20_000),
    *("../../../../etc/passwd", "..%2f..%2fsecret_key", "\\..\\", "//evil.example"),
    *("\r\nX-Injected: 1", "%0d%0aX-Injected:%201", "<script>alert(1)</script>"),
    *("' OR 1=1 --", '"; DROP TABLE member; --', "{{7*7}}", "${7*7}", "%s%n", "{0.__class__}"),
    *("[]", "{}", "null", "NaN", "True", "-1", "0", "1e999", "١", "²", "9" * 5000),
    *(str(2**31), str(2**53), str(2**63), str(2**64)),
)
BODIES = (b"\0" * 50, b"\xff" * 1000, b"--b\r\n", b"[" * 9000, b"x" * 300_000)
HEADERS: tuple[tuple[bytes, tuple[bytes, ...]], ...] = (
    (b"Accept", (b"text/html", b"*/*", b"text/event-stream", b";q=", b"a" * 9000)),
    (b"Accept-Encoding", (b"gzip", b"br;q=x", b"gzip;q=0", b"\xff")),
    (b"Accept-Language", (b"it", b"it-IT,it;q=0.9,en;q=x", b",,,;;", b"\xff", b"x" * 9000)),
    (b"Authorization", (b"Bearer", b"Basic Og==", b"Bearer \xff")),
    (b"Connection", (b"close", b"keep-alive, upgrade", b"Upgrade", b"x" * 500)),
    (b"Content-Encoding", (b"gzip", b"deflate, br", b"nonsense")),
    (b"Content-Length", (b"0", b"-1", b"+5", b"5, 5", b"1e3", b"0x10", b"9" * 30, b"")),
    (b"Cookie", (b"leader24=x", b'leader24="\\377"', b"session=x.y.z", b"=;=;;", b"\xff=\xfe", b"x=y " * 900)),
    (b"Expect", (b"100-continue", b"nonsense")),
    (b"Forwarded", (b"for=1;host=evil.example;proto=https",)),
    (b"Host", (b"evil.example", b"", b"a b", b"[::1", b"127.0.0.1:99999", b"\xff", b"x" * 9000)),
    (b"If-Modified-Since", (b"nonsense", b"Thu, 01 Jan 1970 00:00:00 GMT", b"99999999999")),
    (b"If-None-Match", (b"*", b'"', b'W/"x", "y"')),
    (b"If-Range", (b"x", b'"y"')),
    (b"Last-Event-ID", (b"0", b"-1", b"9" * 400, b"\xff", b"1e3")),
    (b"Origin", (b"https://evil.example", b"null", b"", b"\xff", b"file://", b"http://[")),
    (b"Range", (b"bytes=0-", b"bytes=-1", b"bytes=5-1", b"bytes=" + b"0-1," * 400, b"nonsense=1-2", b"bytes=9999999-")),
    (b"Referer", (b"javascript:alert(1)", b"\xff" * 99)),
    (b"Sec-WebSocket-Key", (b"dGhlIHNhbXBsZSBub25jZQ==", b"x")),
    (b"Sec-WebSocket-Version", (b"13", b"12", b"x")),
    (b"Transfer-Encoding", (b"chunked", b"identity", b"gzip, chunked", b"xchunked", b"\x0bchunked")),
    (b"Upgrade", (b"websocket", b"h2c", b"\xff")),
    (b"User-Agent", (b"", b"x" * 60_000, b"\xff\xfe", b"<script>")),
    (b"X-Forwarded-For", (b"unknown", b"1.2.3.4, ::1", b"\xff", b"1.2.3.4:99999", b"[::1")),
    (b"X-Forwarded-Host", (b"evil.example", b"\xff")),
    (b"X-Forwarded-Prefix", (b"/login", b"//evil.example", b"\xff")),
    (b"X-Forwarded-Proto", (b"https", b"wss", b"javascript", b"\xff")),
    (b"X-HTTP-Method-Override", (b"DELETE",)),
    (b"X-Twilio-Signature", (b"AAAA", b"%%%", b"\xff")),
    (b"X-Twilio-Webhooks-Signature-Settings", (b"algorithm=HMAC_SHA256", b"algorithm=\xff", b"key=")),
    (b"X" * 300, (b"y" * 100_000,)),
)

Value = TypeVar("Value")


def one_of(values: Sequence[Value]) -> SearchStrategy[Value]:
    """`sampled_from` would write them all down wherever hypothesis speaks of it."""
    return st.integers(0, len(values) - 1).map(lambda at: values[at])


text = st.one_of(st.text(st.characters(codec="utf-8"), max_size=40), one_of(TEXTS))
body = st.one_of(st.binary(max_size=200), one_of(BODIES))
header = one_of(HEADERS).flatmap(lambda each: st.tuples(st.just(each[0]), one_of(each[1])))
