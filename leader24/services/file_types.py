"""What a file is by its first bytes, whatever its sender calls it."""

from typing import Final

DOWNLOAD: Final = "application/octet-stream"  # what is none of these
HEAD: Final = 64  # bytes that tell it

STARTS: Final = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"#!AMR", "audio/amr"),
    (b"%PDF-", "application/pdf"),
)
BRANDS: Final = {  # of the box with which files of the MP4 family begin
    b"M4A ": "audio/mp4",
    b"M4B ": "audio/mp4",
    b"3gp": "video/3gpp",
    b"iso": "video/mp4",
    b"mp4": "video/mp4",
    b"avc1": "video/mp4",
    b"dash": "video/mp4",
    b"M4V": "video/mp4",
    b"MSNV": "video/mp4",
}
ENDINGS: Final = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/gif": "gif",
    "image/webp": "webp",
    "audio/ogg": "ogg",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/aac": "aac",
    "audio/amr": "amr",
    "video/mp4": "mp4",
    "video/3gpp": "3gp",
    "application/pdf": "pdf",
    # Told by the sender only; they are handed out as downloads.
    "text/vcard": "vcf",
    "text/x-vcard": "vcf",
    "text/plain": "txt",
    "text/csv": "csv",
    "application/zip": "zip",
    "application/msword": "doc",
    "application/vnd.ms-excel": "xls",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
}
KNOWN: Final = frozenset({*(kind for _, kind in STARTS), *BRANDS.values(), "image/webp", "audio/aac"})
SHOWN: Final = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
HEARD: Final = frozenset({"audio/ogg", "audio/mpeg", "audio/mp4", "audio/aac"})
WATCHED: Final = frozenset({"video/mp4", "video/3gpp"})


def of(content: bytes, told: str = "") -> str:
    """One of those that we know, or DOWNLOAD. What is `told` only says of an MP4 whether anything is to be seen."""
    head = content[:HEAD]
    if head[4:8] == b"ftyp":
        found = next((kind for brand, kind in BRANDS.items() if head[8:12].startswith(brand)), DOWNLOAD)
        return "audio/mp4" if found.startswith("video/") and told.lower().startswith("audio/") else found
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for start, kind in STARTS if head.startswith(start)), None) or _frame(head)


def plain(told: str) -> str:
    """Without what follows it, as in "audio/ogg; codecs=opus"."""
    return told.partition(";")[0].strip().lower()


def _frame(head: bytes) -> str:
    """Sound without a head of its own begins with its first frame: eleven bits, then two for the layer."""
    if len(head) < 2 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return DOWNLOAD
    if head[1] & 0xF6 == 0xF0:
        return "audio/aac"
    return "audio/mpeg" if head[1] & 0x06 == 0x02 else DOWNLOAD
