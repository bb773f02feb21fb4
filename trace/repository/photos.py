"""Uploaded photos made harmless: new pixels, upright, small, with nothing of the old file left.

Photos come as bytes and go as bytes; `files.FileStore` keeps them on disk.
"""

import io
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PIL import Image
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from .photo_header import Kind, PhotoHeader, measure
from .refusals import PhotoRefused, megabytes

MOST_BYTES: Final = 10_000_000
MOST_PIXELS_IN_PARTS: Final = 40_000_000  # a baseline JPEG, decoded at a fraction of its size
MOST_PIXELS_WHOLE: Final = 12_000_000  # PNG, WebP, progressive JPEG: decoding holds every pixel
LONGEST_SIDE: Final = 1600
CARD_BYTES: Final = 15_000  # the first photo a shopper loads
CARD_SIDE: Final = 640
PAGE_BYTES: Final = 40_000  # the others, loaded when scrolled to
PAGE_SIDE: Final = 960
PAPER_WHITE: Final = (255, 255, 255)  # what shows through a transparent picture

# What Pillow raises on files put together with ill will, beside its own errors.
DECODING_ERRORS: Final = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    OverflowError,
    struct.error,
    zlib.error,
)
READERS: Final[dict[Kind, Callable[[io.BytesIO], ImageFile]]] = {
    "jpeg": JpegImageFile,
    "png": PngImageFile,
    "webp": WebPImageFile,
}
# EXIF orientation -> how to turn the picture upright (EXIF 2.32, 4.6.4).
UPRIGHT: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True)
class CleanPhoto:
    """A photo of ours: JPEGs without metadata; `width` and `height` of `content` in pixels."""

    content: bytes
    card: bytes
    page: bytes
    width: int
    height: int


def clean_photo(content: bytes) -> CleanPhoto:
    """Decode an upload and write it anew, with its smaller renditions.

    JPEG, PNG and WebP by content, whatever the name says. Raises PhotoRefused (empty_file,
    too_large, not_a_photo, moving_picture, too_many_pixels, broken_photo); sizes are judged
    before decoding.
    """
    if len(content) > MOST_BYTES:
        raise PhotoRefused("too_large", size=megabytes(len(content)), limit=megabytes(MOST_BYTES))
    header = measure(content)
    limit = MOST_PIXELS_IN_PARTS if header.in_parts else MOST_PIXELS_WHOLE
    if header.width * header.height > limit:
        raise PhotoRefused(
            "too_many_pixels",
            width=str(header.width),
            height=str(header.height),
            limit=str(limit // 1_000_000),
        )
    if not header.width or not header.height:
        raise PhotoRefused("broken_photo")
    try:
        picture = _decode(header)
    except DECODING_ERRORS:
        raise PhotoRefused("broken_photo") from None
    return CleanPhoto(
        content=_jpeg(picture, quality=82),
        card=jpeg_within(picture, CARD_SIDE, CARD_BYTES),
        page=jpeg_within(picture, PAGE_SIDE, PAGE_BYTES),
        width=picture.width,
        height=picture.height,
    )


def jpeg_within(picture: Image.Image, longest_side: int, most_bytes: int) -> bytes:
    """A JPEG of at most so many pixels and bytes: first the quality is lowered, then the size."""
    side = longest_side
    while True:
        smaller = _fitted(picture, side)
        for quality in (78, 66, 54, 44):
            encoded = _jpeg(smaller, quality)
            if len(encoded) <= most_bytes or side < 16:
                return encoded
        side = side * 4 // 5


def _decode(header: PhotoHeader) -> Image.Image:
    """The upright picture in RGB, at most LONGEST_SIDE. Raises one of DECODING_ERRORS."""
    # The decoders are named one by one: Image.open would let the content choose among forty.
    with READERS[header.kind](io.BytesIO(header.bare)) as opened:
        if opened.size != (header.width, header.height):
            raise ValueError(f"decoder sees {opened.size}, header says otherwise")
        wanted = _fitted_size(opened.width, opened.height, LONGEST_SIDE)
        if header.kind == "jpeg":
            opened.draft("RGB", wanted)
        opened.load()
        picture = _fitted(_in_rgb(opened), LONGEST_SIDE)
    turn = UPRIGHT.get(header.orientation)
    return picture if turn is None else picture.transpose(turn)


def _in_rgb(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I"):  # 16 bits of grey; a plain conversion would clip them to white
        picture = picture.convert("I").point(lambda grey: grey / 257).convert("L")
    if picture.has_transparency_data:
        # Made small first: a transparent picture at the limit would be held four times over.
        upper = _fitted(
            picture if picture.mode == "RGBA" else picture.convert("RGBA"), LONGEST_SIDE
        )
        picture = Image.new("RGBA", upper.size, (*PAPER_WHITE, 255))
        picture.alpha_composite(upper)
    # Pixels alone go on: ICC profile, comments and the like hang on the old picture object.
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def _fitted_size(width: int, height: int, side: int) -> tuple[int, int]:
    longest = max(width, height, side)
    return max(1, round(width * side / longest)), max(1, round(height * side / longest))


def _fitted(picture: Image.Image, side: int) -> Image.Image:
    size = _fitted_size(*picture.size, side)
    if size == picture.size:
        return picture
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3)


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    with io.BytesIO() as out:
        picture.save(out, "JPEG", quality=quality, progressive=True, optimize=True)
        return out.getvalue()
