"""Uploaded photos come out as new pixels, upright, small and mute; everything else is refused."""

import io
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from PIL.ExifTags import GPS, IFD, Base

from trace.repository.photo_header import measure
from trace.repository.photos import CleanPhoto, clean_photo
from trace.repository.refusals import FileRefused, PhotoRefused

NEEDS_PROC = pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="peak memory is read from /proc (Linux)"
)
ROOT = Path(__file__).resolve().parents[2]


def drawn(width: int = 800, height: int = 600) -> Image.Image:
    """A picture whose left half is red and right half blue, with a gradient to compress."""
    picture = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, width // 2, height // 2), fill="red")
    draw.rectangle((width // 2, 0, width, height // 2), fill="blue")
    return picture


def encoded(picture: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    with io.BytesIO() as out:
        picture.save(out, kind, **options)
        return out.getvalue()


def decoded(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


def refused(content: bytes) -> PhotoRefused:
    with pytest.raises(PhotoRefused) as caught:
        clean_photo(content)
    return caught.value


def phone_exif(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[Base.Make] = "SecretPhone"
    exif[Base.Orientation] = orientation
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (36.0, 23.0, 7.0)
    return exif


def markers(jpeg: bytes) -> set[int]:
    """The segment markers before the first scan."""
    found, at = set(), 2
    while jpeg[at + 1] != 0xDA:
        found.add(jpeg[at + 1])
        at += 2 + int(struct.unpack_from(">H", jpeg, at + 2)[0])
    return found


def png_of(width: int, height: int) -> bytes:
    """A small file of a huge white picture, one bit a pixel."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    rows = zlib.compress(bytes(height * (1 + (width + 7) // 8)), 9)
    size = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    parts = chunk(b"IHDR", size) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_becomes_a_progressive_jpeg_of_the_same_picture(kind: str) -> None:
    clean = clean_photo(encoded(drawn(), kind))
    picture = decoded(clean.content)
    assert (picture.format, picture.size) == ("JPEG", (800, 600))
    assert (clean.width, clean.height) == (800, 600)
    assert picture.info["progressive"]
    red, _, blue = picture.getpixel((100, 100))  # type: ignore[misc]  # an RGB picture
    assert red > 230 > 30 > blue


def test_the_longest_side_is_at_most_1600() -> None:
    clean = clean_photo(encoded(drawn(4000, 3000)))
    assert (clean.width, clean.height) == decoded(clean.content).size == (1600, 1200)


@pytest.mark.parametrize("noise", [0, 80])
def test_the_renditions_keep_their_limits_even_for_noise(noise: int) -> None:
    picture = Image.effect_noise((1600, 1200), noise).convert("RGB") if noise else drawn(1600, 1200)
    clean = clean_photo(encoded(picture, quality=95))
    assert len(clean.card) <= 15_000
    assert len(clean.page) <= 40_000
    assert max(decoded(clean.card).size) <= 640
    assert max(decoded(clean.page).size) <= 960


def test_an_easy_photo_keeps_its_full_card_size() -> None:
    assert decoded(clean_photo(encoded(drawn(1600, 1200))).card).size == (640, 480)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_place_comment_and_colour_profile_are_gone(kind: str) -> None:
    options: dict[str, object] = {"exif": phone_exif(), "icc_profile": b"profile " * 100}
    if kind == "JPEG":
        options["comment"] = b"call me 13800000000"
    upload = encoded(drawn(), kind, **options)
    assert b"SecretPhone" in upload
    clean = clean_photo(upload)
    for content in (clean.content, clean.card, clean.page):
        # APP0 names a plain JFIF; C2 the frame; C4, DB tables. No APP1.. and no comment.
        assert markers(content) == {0xE0, 0xC2, 0xC4, 0xDB}
        assert b"SecretPhone" not in content
        assert b"profile" not in content


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_rotated_phone_photo_is_upright(kind: str, orientation: int) -> None:
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    upright = drawn(640, 320)
    stored = upright.transpose(undo[orientation]) if orientation > 1 else upright
    clean = clean_photo(encoded(stored, kind, exif=phone_exif(orientation)))
    assert (clean.width, clean.height) == (640, 320)
    picture = decoded(clean.content)
    red, blue = picture.getpixel((50, 50)), picture.getpixel((600, 50))
    assert isinstance(red, tuple) and isinstance(blue, tuple)
    assert red[0] > 200 > 60 > red[2]
    assert blue[2] > 200 > 60 > blue[0]


def test_a_web_page_behind_the_photo_is_left_behind() -> None:
    upload = encoded(drawn()) + b"<html><script>alert(1)</script></html>"
    clean = clean_photo(upload)
    assert b"<script>" not in clean.content + clean.card + clean.page
    assert b"<script>" not in measure(upload).bare


def test_a_web_page_in_the_comment_is_left_behind() -> None:
    clean = clean_photo(encoded(drawn(), comment=b"<script>alert(1)</script>"))
    assert b"<script>" not in clean.content + clean.card + clean.page


def test_the_same_photo_is_cleaned_to_the_same_bytes() -> None:
    upload = encoded(drawn())
    assert clean_photo(upload) == clean_photo(upload)


def test_cleaning_a_cleaned_photo_works() -> None:
    assert isinstance(clean_photo(clean_photo(encoded(drawn())).content), CleanPhoto)


def test_what_is_transparent_turns_white() -> None:
    clean = clean_photo(encoded(Image.new("RGBA", (60, 60), (0, 0, 0, 0)), "PNG"))
    assert decoded(clean.content).getpixel((30, 30)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "I;16", "CMYK", "RGBA"])
def test_every_colour_mode_is_taken(mode: str) -> None:
    if mode == "CMYK":
        upload = encoded(drawn().convert("CMYK"))
    elif mode == "I;16":
        upload = encoded(Image.new("I;16", (64, 64), 40_000), "PNG")
    elif mode == "PA":
        upload = encoded(drawn().convert("P"), "PNG", transparency=0)
    else:
        upload = encoded(drawn().convert(mode), "PNG")
    assert decoded(clean_photo(upload).content).mode == "RGB"


def test_sixteen_bit_grey_is_scaled_and_not_clipped() -> None:
    picture = decoded(clean_photo(encoded(Image.new("I;16", (64, 64), 257 * 100), "PNG")).content)
    grey = picture.getpixel((30, 30))
    assert isinstance(grey, tuple) and abs(grey[0] - 100) <= 2


@pytest.mark.parametrize("kind", ["GIF", "TIFF", "BMP", "ICO", "JPEG2000"])
def test_other_picture_formats_are_refused(kind: str) -> None:
    assert refused(encoded(drawn(64, 64), kind)).reason == "not_a_photo"


@pytest.mark.parametrize(
    "content",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"<!doctype html><title>photo.jpg</title>",
        b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(64),
        b"%PDF-1.7\n",
        b"\xff\xd8",
    ],
)
def test_what_is_no_photo_is_refused_as_such(content: bytes) -> None:
    assert refused(content).reason == "not_a_photo"


def test_an_empty_file_is_refused_as_such() -> None:
    assert refused(b"").reason == "empty_file"


def test_a_file_over_ten_megabytes_is_refused_with_both_sizes() -> None:
    refusal = refused(encoded(drawn()) + bytes(10_000_000))
    assert refusal.reason == "too_large"
    assert refusal.values["limit"] == "10"
    assert float(refusal.values["size"]) > 10


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_moving_picture_is_refused(kind: str) -> None:
    frames = [drawn(64, 64), drawn(64, 64).transpose(Image.Transpose.ROTATE_180)]
    upload = encoded(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)
    assert refused(upload).reason == "moving_picture"


def test_of_a_phone_s_double_picture_the_first_is_taken() -> None:
    first, second = drawn(640, 480), Image.new("RGB", (64, 64), "green")
    clean = clean_photo(encoded(first, "MPO", save_all=True, append_images=[second]))
    assert (clean.width, clean.height) == (640, 480)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.95, 0.999])
def test_a_photo_cut_off_on_the_way_is_refused(kind: str, share: float) -> None:
    upload = encoded(drawn(), kind)
    assert refused(upload[: int(len(upload) * share)]).reason == "broken_photo"


def test_thousands_of_scans_are_refused_before_decoding() -> None:
    upload = encoded(drawn(64, 64), progressive=True)
    scan = upload.rindex(b"\xff\xda")
    assert refused(upload[:scan] + upload[scan:-2] * 2000 + b"\xff\xd9").reason == "broken_photo"


def test_a_forty_megapixel_jpeg_is_taken_and_more_is_not() -> None:
    assert clean_photo(encoded(Image.new("L", (8000, 5000)))).width == 1600
    refusal = refused(encoded(Image.new("L", (8000, 5001))))
    assert refusal.reason == "too_many_pixels"
    assert refusal.values == {"width": "8000", "height": "5001", "limit": "40"}


@pytest.mark.parametrize(("kind", "options"), [("PNG", {}), ("JPEG", {"progressive": True})])
def test_what_must_be_decoded_whole_has_a_lower_limit(
    kind: str, options: dict[str, object]
) -> None:
    assert clean_photo(encoded(Image.new("L", (4000, 3000)), kind, **options)).width == 1600
    refusal = refused(encoded(Image.new("L", (4000, 3001)), kind, **options))
    assert (refusal.reason, refusal.values["limit"]) == ("too_many_pixels", "12")


def peak_memory_mb(upload: Path) -> tuple[float, str]:
    """How much cleaning a file adds to a fresh process, and what came of it."""
    program = (
        "import sys, pathlib; sys.path.insert(0, sys.argv[1])\n"
        "from trace.repository.photos import clean_photo\n"
        "content = pathlib.Path(sys.argv[2]).read_bytes()\n"
        # VmHWM is the peak of this program alone; getrusage would begin with the parent's.
        "said = pathlib.Path('/proc/self/status').read_text\n"
        "peak = lambda: int(said().split('VmHWM:')[1].split()[0]) / 1000\n"
        "before = peak()\n"
        "try: answer = str(clean_photo(content).width)\n"
        "except ValueError as error: answer = error.reason\n"
        "print(peak() - before, answer)\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program, str(ROOT), str(upload)],
        capture_output=True,
        text=True,
        check=True,
    )
    used, said = answer.stdout.split()
    return float(used), said


@NEEDS_PROC
def test_a_small_file_of_144_million_pixels_is_refused_without_decoding(tmp_path: Path) -> None:
    upload = tmp_path / "bomb.png"
    upload.write_bytes(png_of(12_000, 12_000))
    assert upload.stat().st_size < 20_000
    used, said = peak_memory_mb(upload)
    assert said == "too_many_pixels"
    assert used < 5


@NEEDS_PROC
def test_a_forty_megapixel_photo_takes_little_memory(tmp_path: Path) -> None:
    upload = tmp_path / "large.jpg"
    upload.write_bytes(encoded(drawn(7300, 5479)))
    used, said = peak_memory_mb(upload)
    assert said == "1600"
    assert used < 80


@NEEDS_PROC
def test_a_transparent_picture_at_the_limit_takes_bounded_memory(tmp_path: Path) -> None:
    upload = tmp_path / "large.png"
    upload.write_bytes(encoded(drawn(4000, 3000).convert("RGBA"), "PNG"))
    used, said = peak_memory_mb(upload)
    assert said == "1600"
    assert used < 140


def test_a_webp_whose_two_sizes_differ_is_refused() -> None:
    upload = bytearray(encoded(drawn(64, 64), "WEBP", exif=phone_exif()))
    assert upload[12:16] == b"VP8X"
    upload[24] += 1  # the canvas, 64 wide, now says 65
    assert refused(bytes(upload)).reason == "broken_photo"


@settings(max_examples=300, deadline=None)
@given(
    start=st.sampled_from(
        [b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"RIFF\x20\0\0\0WEBPVP8X"]
    ),
    rest=st.binary(max_size=400),
)
def test_random_bytes_are_refused_and_nothing_else(start: bytes, rest: bytes) -> None:
    with pytest.raises(FileRefused):
        clean_photo(start + rest)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    kind=st.sampled_from(["JPEG", "PNG", "WEBP"]),
    wounds=st.lists(
        st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=6
    ),
)
def test_a_damaged_photo_is_cleaned_or_refused_and_nothing_else(
    kind: str, wounds: list[tuple[float, int]]
) -> None:
    upload = bytearray(encoded(drawn(48, 32), kind, exif=phone_exif(6)))
    for place, value in wounds:
        upload[int(place * len(upload))] = value
    try:
        clean = clean_photo(bytes(upload))
    except FileRefused as refusal:
        assert refusal.reason
    else:
        assert decoded(clean.content).size == (clean.width, clean.height)
