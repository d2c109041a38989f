"""Files as the history shows them and as paper names them."""

from dataclasses import replace

import pytest

from leader24.pages import attachment_rows, words
from leader24.services.attachments import AttachmentRow

pytestmark = pytest.mark.usefixtures("database")

WAITING = AttachmentRow(7, "image/jpeg", "", None, None, False, None)


def fetched(content_type: str, found_type: str, name: str = "", size: int = 123_456) -> AttachmentRow:
    return AttachmentRow(7, content_type, name, size, found_type, True, None)


@pytest.mark.parametrize(
    ("content_type", "found_type", "place", "name"),
    [
        ("image/jpeg", "image/jpeg", "image", "Photo"),
        ("audio/ogg; codecs=opus", "audio/ogg", "audio", "Voice message"),
        ("audio/mpeg", "audio/mpeg", "audio", "Sound"),
        ("audio/amr", "audio/amr", "file", "Sound"),
        ("video/mp4", "video/mp4", "video", "Video"),
        ("application/pdf", "application/pdf", "file", "PDF document"),
        ("application/vnd.ms-excel", "application/octet-stream", "file", "Document"),
        ("text/vcard", "application/octet-stream", "file", "Contact card"),
        ("image/jpeg", "application/octet-stream", "file", "File"),
        ("", "application/octet-stream", "file", "File"),
        ("<script>", "image/png", "image", "Photo"),
    ],
)
def test_each_kind_has_its_place(content_type: str, found_type: str, place: str, name: str) -> None:
    row = attachment_rows.shown(fetched(content_type, found_type), "Maria")
    assert (row["as"], row["name"], row["href"]) == (place, name, "/media/7")


def test_who_sent_it_is_said_to_those_who_do_not_see_it() -> None:
    image, voice = fetched("image/jpeg", "image/jpeg"), fetched("audio/ogg", "audio/ogg")
    assert attachment_rows.shown(image, "Maria")["label"] == "Image from Maria"
    assert attachment_rows.shown(voice, "Maria")["label"] == "Voice message from Maria"


def test_a_document_has_its_name_kind_and_size() -> None:
    row = attachment_rows.shown(fetched("application/pdf", "application/pdf", "plan.pdf", 2_345_678), "Maria")
    assert (row["name"], row["about"], row["download"]) == ("plan.pdf", "PDF document · 2.3 MB", "Download plan.pdf")


def test_what_is_on_its_way_says_so() -> None:
    row = attachment_rows.shown(WAITING, "Maria")
    assert (row["as"], row["href"], row["name"], row["about"]) == ("waiting", "", "Photo", "Is being fetched…")


@pytest.mark.parametrize("code", ["gone", "too_large", "refused", "unreachable"])
def test_what_did_not_come_says_why(code: str) -> None:
    row = attachment_rows.shown(replace(WAITING, problem=code), "Maria")
    assert (row["as"], row["href"]) == ("failed", "")
    assert row["about"] == f"Could not be fetched: {words.fetch_problem(code)}"


def test_on_paper_it_is_named() -> None:
    assert attachment_rows.told(fetched("application/pdf", "application/pdf", "plan.pdf", 45)) == (
        "PDF document · plan.pdf · 1 KB"
    )
    assert attachment_rows.told(WAITING) == "Photo · Is being fetched…"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("📎 image/jpeg", "📎 Photo"),
        ("📎 audio/ogg; codecs=opus, application/pdf", "📎 Voice message, PDF document"),
        ("📎 ?", "📎 File"),
        ("📎 see my photo", "📎 see my photo"),
        ("image/jpeg", "image/jpeg"),
        ("", ""),
    ],
)
def test_the_list_has_words_for_what_came_without_any(text: str, shown: str) -> None:
    assert words.preview(text) == shown
