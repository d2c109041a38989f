"""What a file is by its first bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leader24.services import file_types
from tests.fakes.files import HTML, JPEG, OGG, PDF, SVG, png


def mp4(brand: bytes) -> bytes:
    return b"\x00\x00\x00\x18ftyp" + brand + b"\x00" * 20


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (JPEG, "image/jpeg"),
        (png(1, 1), "image/png"),
        (b"GIF89a\x01", "image/gif"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "image/webp"),
        (OGG, "audio/ogg"),
        (b"ID3\x04", "audio/mpeg"),
        (b"\xff\xfb\x90\x00", "audio/mpeg"),
        (b"\xff\xf1\x50\x80", "audio/aac"),
        (b"#!AMR\n", "audio/amr"),
        (mp4(b"M4A "), "audio/mp4"),
        (mp4(b"isom"), "video/mp4"),
        (mp4(b"mp42"), "video/mp4"),
        (mp4(b"3gp5"), "video/3gpp"),
        (PDF, "application/pdf"),
    ],
)
def test_a_file_is_known_by_its_first_bytes(content: bytes, kind: str) -> None:
    assert file_types.of(content) == kind


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff", HTML, SVG, b"<?xml version='1.0'?>" + SVG, b"  " + PDF, b"RIFF\x10\x00\x00\x00WAVE", mp4(b"heic")],
)
def test_what_is_none_of_these_is_a_download_whatever_it_is_called(content: bytes) -> None:
    for told in ("", "image/svg+xml", "text/html", "image/jpeg", "audio/mp4"):
        assert file_types.of(content, told) == file_types.DOWNLOAD


def test_sound_in_the_box_of_a_film_is_sound_where_its_sender_says_so() -> None:
    assert file_types.of(mp4(b"isom"), "audio/mp4") == "audio/mp4"


@given(st.binary(), st.text())
def test_whatever_comes_it_is_something(content: bytes, told: str) -> None:
    assert file_types.of(content, told) in {*file_types.KNOWN, file_types.DOWNLOAD}
