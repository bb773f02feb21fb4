"""A small stage to draw the example's photos on: ground, shapes, light, and pictures set on it.

Lengths are in points of the finished photo, WIDTH × HEIGHT, from its upper left corner. Everything
is painted FINE times larger and made smaller at the end, which smooths all edges alike.
"""

import io
import math
import random
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFilter, ImageFont

WIDTH: Final = 1280
HEIGHT: Final = 960
FINE: Final = 1.5
ROOT: Final = Path(__file__).resolve().parents[3]
FONT: Final = ROOT / "labels" / "fonts" / "NotoSansSC-Regular-GBK.ttf"
PICTURES: Final = (ROOT / "trace" / "web" / "static" / "img", Path(__file__).parent / "img")

PAPER: Final = "#f5efe1"
LEAF: Final = "#2b6a3a"
MEADOW: Final = "#7fae62"
SAGE: Final = "#a9c98a"
MIST: Final = "#dcebd6"
SOIL: Final = "#a97a4c"
DARK_SOIL: Final = "#6b4a2e"
SUN: Final = "#e9a93b"
INK: Final = "#3a2c1e"

Point = tuple[float, float]


def rgb(colour: str) -> tuple[int, int, int]:
    """The three parts of a hexadecimal colour."""
    red, green, blue = ImageColor.getrgb(colour)[:3]
    return red, green, blue


def blend(one: str, other: str, share: float) -> str:
    """A colour between two: share 0 is the first, 1 the second."""
    parts = (round(a + (b - a) * share) for a, b in zip(rgb(one), rgb(other), strict=True))
    return "#{:02x}{:02x}{:02x}".format(*parts)


@cache
def picture(name: str) -> Image.Image:
    """A vendored picture by name, with transparency."""
    for folder in PICTURES:
        path = folder / f"{name}.webp"
        if path.is_file():
            with Image.open(path) as opened:
                return opened.convert("RGBA")
    raise FileNotFoundError(f"no picture {name}.webp in {PICTURES}")


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """The label font at a size in pixels."""
    return ImageFont.truetype(FONT, size)


@cache
def _round_shade() -> Image.Image:
    """A soft round spot, for shadows and light: 128 pixels, 255 in the middle, 0 at the rim."""
    return ImageChops.invert(Image.radial_gradient("L")).resize((128, 128)).point(_ease)


def _ease(value: float) -> float:
    # The gradient reaches its end in the corners; stretched so that it ends at the rim.
    share = max(0.0, (value / 255 - 0.3) / 0.7)
    return 255 * share * share * (3 - 2 * share)


@cache
def _evening_edge() -> Image.Image:
    """What the finished photo is multiplied by: warm in the middle, a little darker at the rim."""
    light = Image.radial_gradient("L").resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
    return Image.merge("RGB", [light] * 3).point(
        [round(255 - loss * (value / 255) ** 3) for loss in (30, 36, 46) for value in range(256)]
    )


class Paint:
    """One photo in the making; `random` is its own, so a seed always gives the same picture."""

    def __init__(self, seed: int, top: str, bottom: str) -> None:
        self.random = random.Random(seed)  # noqa: S311  places of leaves, no secret
        self.image = Image.new("RGB", (round(WIDTH * FINE), round(HEIGHT * FINE)))
        self.draw = ImageDraw.Draw(self.image)
        self.box(0, 0, WIDTH, HEIGHT, top, bottom)

    def box(
        self,
        x0: float,
        y0: float,
        x1: float,
        y1: float,
        top: str,
        bottom: str = "",
        radius: float = 0,
    ) -> None:
        """A rectangle whose colour runs from `top` to `bottom`, with round corners if asked."""
        left, upper, right, lower = (round(value * FINE) for value in (x0, y0, x1, y1))
        size = (max(1, right - left), max(1, lower - upper))
        if not bottom or bottom == top:
            self.draw.rounded_rectangle((left, upper, right, lower), radius * FINE, fill=top)
            return
        mask = None
        if radius:
            mask = Image.new("L", size)
            ImageDraw.Draw(mask).rounded_rectangle(
                (0, 0, size[0], size[1]), radius * FINE, fill=255
            )
        self.image.paste(_gradient(size, top, bottom), (left, upper), mask)

    def shape(self, points: Sequence[Point], colour: str) -> None:
        """A filled polygon."""
        self.draw.polygon([(x * FINE, y * FINE) for x, y in points], fill=colour)

    def line(self, points: Sequence[Point], colour: str, width: float) -> None:
        """A line with round ends and joints."""
        scaled = [(x * FINE, y * FINE) for x, y in points]
        self.draw.line(scaled, fill=colour, width=round(width * FINE), joint="curve")
        half = width * FINE / 2
        for x, y in (scaled[0], scaled[-1]):
            self.draw.ellipse((x - half, y - half, x + half, y + half), fill=colour)

    def curve(self, points: Sequence[Point], colour: str, width: float) -> None:
        """A line bent softly: two ends and one or two points that pull it (Bézier)."""
        self.line(bezier(points), colour, width)

    def oval(self, x: float, y: float, across: float, down: float, colour: str) -> None:
        """An ellipse by its middle and its two radii."""
        at = (x - across, y - down, x + across, y + down)
        self.draw.ellipse([value * FINE for value in at], fill=colour)

    def arc(
        self, x: float, y: float, across: float, down: float, colour: str, width: float
    ) -> None:
        """The upper half of an ellipse as a line: a greenhouse hoop."""
        at = [value * FINE for value in (x - across, y - down, x + across, y + down)]
        self.draw.arc(at, 180, 360, fill=colour, width=round(width * FINE))

    def spot(
        self, x: float, y: float, across: float, down: float, colour: str, strength: float
    ) -> None:
        """A soft round spot: a shadow (dark) or light (bright); strength 0 to 1."""
        size = (round(2 * across * FINE), round(2 * down * FINE))
        mask = _round_shade().resize(size).point(lambda value: value * strength)
        self.image.paste(colour, (round((x - across) * FINE), round((y - down) * FINE)), mask)

    def shadow(self, x: float, y: float, across: float, strength: float = 0.55) -> None:
        """The shadow of a thing that stands at (x, y)."""
        self.spot(x, y, across, across * 0.22, INK, strength)

    def put(
        self,
        drawn: Image.Image,
        x: float,
        y: float,
        width: float,
        turn: float = 0,
        flip: bool = False,
    ) -> None:
        """Set a picture with its middle at (x, y); `turn` in degrees against the clock."""
        if flip:
            drawn = drawn.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        if drawn.width > 2 * width * FINE:
            drawn = drawn.reduce(int(drawn.width / (width * FINE)))
        scale = width * FINE / drawn.width
        if turn:
            drawn = _turned(drawn, math.radians(turn), scale)
        else:
            size = (round(drawn.width * scale), round(drawn.height * scale))
            drawn = drawn.resize(size, Image.Resampling.BILINEAR)
        at = (round(x * FINE - drawn.width / 2), round(y * FINE - drawn.height / 2))
        self.image.paste(drawn, at, drawn)

    def stand(self, name: str, x: float, y: float, width: float, *, flip: bool = False) -> None:
        """Set a vendored picture on the ground at (x, y), with its shadow."""
        self.shadow(x, y - width * 0.04, width * 0.55)
        self.put(picture(name), x, y - width * 0.47, width, flip=flip)

    def text(
        self, x: float, y: float, words: str, size: float, colour: str = INK, anchor: str = "mm"
    ) -> None:
        """Words in the label font; the anchor as Pillow counts."""
        self.draw.text((x * FINE, y * FINE), words, colour, font(round(size * FINE)), anchor)

    def soften(self, radius: float) -> None:
        """Put everything so far out of focus, as a lens does with what lies behind."""
        small = self.image.reduce(8).filter(ImageFilter.GaussianBlur(radius * FINE / 8))
        self.image.paste(small.resize(self.image.size, Image.Resampling.BICUBIC))

    def jpeg(self) -> bytes:
        """The finished photo, marked as an example."""
        photo = ImageChops.multiply(
            self.image.resize((WIDTH, HEIGHT), Image.Resampling.HAMMING), _evening_edge()
        )
        mark = Image.new("RGBA", (112, 60))
        pen = ImageDraw.Draw(mark)
        pen.rounded_rectangle((0, 0, 111, 59), 12, fill=(245, 239, 225, 205))
        pen.rounded_rectangle((4, 4, 107, 55), 9, outline=(154, 91, 46, 230), width=2)
        pen.text((56, 30), "示例", (122, 68, 30, 255), font(38), "mm")
        photo.paste(mark, (WIDTH - 140, 28), mark)
        with io.BytesIO() as out:
            photo.save(out, "JPEG", quality=85)
            return out.getvalue()


def _turned(drawn: Image.Image, angle: float, scale: float) -> Image.Image:
    """Turned against the clock and scaled in one pass, which is half the work of two."""
    cosine, sine = math.cos(angle), math.sin(angle)
    wide = round(scale * (abs(drawn.width * cosine) + abs(drawn.height * sine)))
    high = round(scale * (abs(drawn.width * sine) + abs(drawn.height * cosine)))
    a, b = cosine / scale, -sine / scale
    left = drawn.width / 2 - a * wide / 2 - b * high / 2
    upper = drawn.height / 2 + b * wide / 2 - a * high / 2
    back = (a, b, left, -b, a, upper)
    return drawn.transform((wide, high), Image.Transform.AFFINE, back, Image.Resampling.BILINEAR)


def _gradient(size: tuple[int, int], top: str, bottom: str) -> Image.Image:
    column = Image.new("RGB", (1, 64))
    column.putdata([rgb(blend(top, bottom, row / 63)) for row in range(64)])
    return column.resize(size, Image.Resampling.BILINEAR)


def bezier(points: Sequence[Point], steps: int = 24) -> list[Point]:
    """Points along a Bézier curve of any degree (de Casteljau)."""
    found = []
    for step in range(steps + 1):
        share = step / steps
        level = list(points)
        while len(level) > 1:
            level = [
                (x0 + (x1 - x0) * share, y0 + (y1 - y0) * share)
                for (x0, y0), (x1, y1) in pairwise(level)
            ]
        found.append(level[0])
    return found
