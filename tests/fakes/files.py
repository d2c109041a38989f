"""Small files, real enough for what looks at their first bytes, and a picture and a sound for browsers."""

import struct
import zlib

JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 60
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"
OGG = b"OggS\x00\x02" + b"\x00" * 22 + b"OpusHead" + b"\x00" * 30
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def png(width: int = 320, height: int = 240) -> bytes:
    """A plain sunset."""
    rows = b"".join(
        b"\x00" + bytes((250 - y * 120 // height, 160 - y * 100 // height, 90 + y * 60 // height)) * width
        for y in range(height)
    )
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")


def mp3(seconds: int = 3) -> bytes:
    """Silence: frames of 417 bytes, of which 39 last about a second."""
    return (b"\xff\xfb\x90\x00" + b"\x00" * 413) * 39 * seconds


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
