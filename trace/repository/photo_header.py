"""What a photo file says of itself, read from its bytes before any pixel is decoded.

`measure` walks the segments of JPEG (ITU-T T.81 annex B), the chunks of PNG (ISO/IEC 15948) and of
WebP (RFC 9649), and gives the size together with a *bare* copy: only what a decoder needs to make
pixels. Everything else (EXIF, GPS, comments, colour profiles, a web page hung behind the picture)
is left behind here, so the decoder never sees it.
"""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from .refusals import PhotoRefused

Kind = Literal["jpeg", "png", "webp"]

MOST_SCANS: Final = 100  # a camera writes 1 to 12; thousands of empty ones would only burn time
JPEG_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")  # 00 is stuffing, D0-D7 restart: T.81 B.1.1
JPEG_SIZE_MARKERS = frozenset({0xC0, 0xC1, 0xC2})  # Huffman baseline, extended, progressive
JPEG_DECODING_MARKERS = JPEG_SIZE_MARKERS | {0xC4, 0xDB, 0xDD, 0xEE}  # tables, restart, Adobe
PNG_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
PNG_DECODING_CHUNKS = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})
ORIENTATION_TAG: Final = 0x0112  # EXIF 2.32, 4.6.4


@dataclass(frozen=True)
class PhotoHeader:
    """Size in pixels as stored; `orientation` 1-8 as EXIF counts; `bare` is what to decode."""

    kind: Kind
    width: int
    height: int
    orientation: int
    in_parts: bool  # may be decoded at a fraction of its size: a JPEG that is not progressive
    bare: bytes


def measure(content: bytes) -> PhotoHeader:
    """The header of a JPEG, PNG or WebP, told by content alone. Raises PhotoRefused."""
    try:
        if content.startswith(b"\xff\xd8\xff"):
            return _measure_jpeg(content)
        if content.startswith(PNG_SIGNATURE):
            return _measure_png(content)
        if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
            return _measure_webp(content)
    except (struct.error, IndexError):
        raise PhotoRefused("broken_photo") from None
    raise PhotoRefused("empty_file" if not content else "not_a_photo")


def _measure_jpeg(content: bytes) -> PhotoHeader:
    size: tuple[int, int] | None = None
    orientation, scans, progressive = 1, 0, False
    bare = [b"\xff\xd8"]
    at = 2
    while True:
        while content[at] == content[at + 1] == 0xFF:  # fill bytes, T.81 B.1.1.2
            at += 1
        if content[at] != 0xFF:
            raise PhotoRefused("broken_photo")
        marker = content[at + 1]
        if marker == 0xD9:
            break
        (length,) = struct.unpack_from(">H", content, at + 2)
        end = at + 2 + length
        body = content[at + 4 : end]
        if length < 2 or end > len(content):
            raise PhotoRefused("broken_photo")
        if marker in JPEG_SIZE_MARKERS:
            if size is not None:
                raise PhotoRefused("broken_photo")
            height, width = struct.unpack_from(">HH", body, 1)
            size, progressive = (width, height), marker == 0xC2
        elif marker == 0xE1 and body.startswith(b"Exif\0\0"):
            orientation = _orientation(body[6:])
        elif marker == 0xDA:
            scans += 1
            following = JPEG_MARKER.search(content, end)
            if following is None or scans > MOST_SCANS:
                raise PhotoRefused("broken_photo")
            end = following.start()
        if marker == 0xDA or marker in JPEG_DECODING_MARKERS:
            bare.append(content[at:end])
        at = end
    if size is None or not scans:
        raise PhotoRefused("broken_photo")
    bare.append(b"\xff\xd9")
    return PhotoHeader("jpeg", *size, orientation, not progressive, b"".join(bare))


def _measure_png(content: bytes) -> PhotoHeader:
    bare = [PNG_SIGNATURE]
    orientation = 1
    at = len(PNG_SIGNATURE)
    kind = b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", content, at)
        end = at + 12 + length
        if end > len(content) or (len(bare) == 1) != (kind == b"IHDR"):
            raise PhotoRefused("broken_photo")
        if kind == b"acTL":
            raise PhotoRefused("moving_picture")
        if kind == b"eXIf":
            orientation = _orientation(content[at + 8 : end - 4])
        if kind in PNG_DECODING_CHUNKS:
            bare.append(content[at:end])
        at = end
    width, height = struct.unpack_from(">II", bare[1], 8)
    return PhotoHeader("png", width, height, orientation, False, b"".join(bare))


def _measure_webp(content: bytes) -> PhotoHeader:
    canvas: tuple[int, int] | None = None
    picture: tuple[int, int] | None = None
    orientation = 1
    bare: list[bytes] = []
    for kind, body in _riff_chunks(content):
        if kind == b"VP8X":
            flags, wide, high = body[0], body[4:7], body[7:10]
            if flags & 0b10:
                raise PhotoRefused("moving_picture")
            canvas = (int.from_bytes(wide, "little") + 1, int.from_bytes(high, "little") + 1)
            body = bytes([flags & 0b10000]) + body[1:]  # of its flags only "has transparency"
        elif kind == b"VP8 ":
            width, height = struct.unpack_from("<HH", body, 6)
            picture = (width & 0x3FFF, height & 0x3FFF)
        elif kind == b"VP8L":
            (packed,) = struct.unpack_from("<I", body, 1)
            picture = ((packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1)
        elif kind == b"EXIF":
            orientation = _orientation(body.removeprefix(b"Exif\0\0"))
        if kind in {b"VP8X", b"ALPH", b"VP8 ", b"VP8L"}:
            bare.append(kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2))
    if picture is None or (canvas is not None and canvas != picture):
        raise PhotoRefused("broken_photo")
    chunks = b"WEBP" + b"".join(bare)
    riff = b"RIFF" + struct.pack("<I", len(chunks)) + chunks
    return PhotoHeader("webp", *picture, orientation, False, riff)


def _riff_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    (length,) = struct.unpack_from("<I", content, 4)
    stop = 8 + length
    if stop > len(content):
        raise PhotoRefused("broken_photo")
    at = 12
    while at < stop:
        kind, size = struct.unpack_from("<4sI", content, at)
        if at + 8 + size > stop:
            raise PhotoRefused("broken_photo")
        yield kind, content[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def _orientation(exif: bytes) -> int:
    """The orientation in a TIFF structure; 1 where it cannot be read, never a refusal."""
    try:
        order = {b"II": "<", b"MM": ">"}[exif[:2]]
        (at,) = struct.unpack_from(order + "I", exif, 4)
        (entries,) = struct.unpack_from(order + "H", exif, at)
        for entry in range(entries):
            tag, kind, _, value = struct.unpack_from(order + "HHIH", exif, at + 2 + entry * 12)
            if tag == ORIENTATION_TAG:
                return value if kind == 3 and 1 <= value <= 8 else 1
    except (KeyError, struct.error):
        pass
    return 1
