"""Parts of plants as transparent pictures, drawn once and set many times with `Paint.put`."""

import math
from functools import cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from .paint import LEAF, bezier, blend

SIZE = 512  # pixels a side while drawing; made smaller by half afterwards


def _blank(width: int = SIZE, height: int = SIZE) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGBA", (width, height))
    return image, ImageDraw.Draw(image)


def _lit(image: Image.Image, strength: int = 70) -> Image.Image:
    """Light from the upper left on a flat picture, made half the size."""
    small = image.reduce(2)
    alpha = small.getchannel("A")
    shade = ImageChops.offset(alpha.filter(ImageFilter.GaussianBlur(14)), -12, -14)
    light = ImageChops.offset(alpha.filter(ImageFilter.GaussianBlur(14)), 12, 14)
    colours = small.convert("RGB")
    dark = ImageChops.invert(shade).point(lambda value: value * strength / 140)
    bright = ImageChops.invert(light).point(lambda value: value * strength / 160)
    colours = ImageChops.subtract(colours, Image.merge("RGB", [dark] * 3))
    colours = ImageChops.add(colours, Image.merge("RGB", [bright] * 3))
    colours.putalpha(alpha)
    return colours


@cache
def vine_leaf(colour: str = "#4f9248") -> Image.Image:
    """A cucumber or grape leaf: five lobes, veins, its stalk below."""
    image, pen = _blank()
    outline = []
    for step in range(180):
        angle = math.radians(step * 2)
        lobes = 1 + 0.13 * math.cos(5 * angle) + 0.025 * math.cos(25 * angle)
        dent = 1 - 0.5 * math.exp(-(((math.degrees(angle) - 180) / 22) ** 2))
        radius = 205 * lobes * dent
        outline.append((256 + radius * math.sin(angle), 256 - radius * math.cos(angle)))
    pen.polygon(outline, fill=colour)
    vein = blend(colour, "#e6f2c8", 0.5)
    for degrees in (0, 62, -62, 118, -118):
        angle = math.radians(degrees)
        tip = (256 + 185 * math.sin(angle), 330 - 225 * math.cos(angle))
        reach = 0.92 if abs(degrees) < 100 else 0.72
        tip = (256 + (tip[0] - 256) * reach, 330 + (tip[1] - 330) * reach)
        pen.line([(256, 345), tip], fill=vein, width=9)
        for share in (0.45, 0.7):
            x, y = 256 + (tip[0] - 256) * share, 345 + (tip[1] - 345) * share
            for side in (-0.7, 0.7):
                end = (x + 55 * math.sin(angle + side), y - 55 * math.cos(angle + side))
                pen.line([(x, y), end], fill=vein, width=5)
    pen.line(bezier([(256, 345), (262, 430), (300, 500)]), fill=vein, width=16)
    return _lit(image)


@cache
def simple_leaf(colour: str = "#6fb04a") -> Image.Image:
    """A pointed oval leaf, tip up."""
    image, pen = _blank(256, 512)
    left = bezier([(128, 10), (-20, 170), (30, 420), (128, 500)])
    right = bezier([(128, 500), (226, 420), (276, 170), (128, 10)])
    pen.polygon([*left, *right], fill=colour)
    vein = blend(colour, "#f2f7d0", 0.45)
    pen.line([(128, 40), (128, 500)], fill=vein, width=9)
    for y in range(150, 430, 70):
        for side in (-1, 1):
            pen.line([(128, y + 40), (128 + side * 62, y - 15)], fill=vein, width=5)
    return _lit(image)


@cache
def cucumber_flower() -> Image.Image:
    """A yellow flower of five petals, seen from the front."""
    image, pen = _blank()
    for layer, colour in ((1.0, "#f2b824"), (0.86, "#ffd34a")):
        for petal in range(5):
            angle = math.radians(petal * 72 - 90)
            for spread in range(-10, 11):
                turn = angle + math.radians(spread * 2.6)
                reach = (232 - abs(spread) ** 1.7 * 1.35) * layer
                x, y = 256 + reach * 0.62 * math.cos(turn), 256 + reach * 0.62 * math.sin(turn)
                radius = 62 * layer
                pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)
    for petal in range(5):
        angle = math.radians(petal * 72 - 90)
        for spread in (-14, 0, 14):
            turn = angle + math.radians(spread)
            end = (256 + 170 * math.cos(turn), 256 + 170 * math.sin(turn))
            pen.line([(256, 256), end], fill="#e8a51c", width=5)
    pen.ellipse((206, 206, 306, 306), fill="#e08a12")
    pen.ellipse((222, 218, 292, 288), fill="#f7b733")
    return _lit(image, 50)


@cache
def long_cucumber() -> Image.Image:
    """A slender cucumber hanging from its stalk, with its prickles and a withered flower."""
    image, pen = _blank(300, 1000)
    spine = bezier([(150, 90), (110, 380), (130, 650), (175, 900)], 60)
    for index, (x, y) in enumerate(spine):
        share = index / 60
        radius = 78 * min(1.0, 0.45 + share * 5, 0.5 + (1 - share) * 4)
        colour = blend("#245f33", "#6fae54", max(0.0, share - 0.35) * 1.4)
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)
    for index, (x, y) in enumerate(spine[6:52]):
        for lane in (-46, -14, 20, 50):
            if (index + lane) % 5 == 0:
                pen.ellipse((x + lane - 5, y - 5, x + lane + 5, y + 5), fill="#a9d07f")
    pen.line(bezier([(150, 100), (150, 50), (120, 0)]), fill="#5b8f41", width=26)
    pen.ellipse((150, 925, 215, 975), fill="#e0a733")
    pen.ellipse((165, 945, 235, 995), fill="#f0c04b")
    return _lit(image, 72)


@cache
def celery() -> Image.Image:
    """A head of celery: pale ribbed stalks, leaves on top."""
    image, pen = _blank(760, 1000)
    for x, lean, colour in (
        (270, -110, "#8dbb55"),
        (490, 110, "#8dbb55"),
        (315, -65, "#a9d06b"),
        (445, 65, "#a9d06b"),
        (380, 0, "#c3e08b"),
    ):
        stalk = bezier([(380 + (x - 380) * 0.6, 985), (x, 700), (x + lean * 0.8, 300)])
        for width, tone in ((74, colour), (26, blend(colour, "#f4fadb", 0.55)), (6, colour)):
            pen.line(stalk, fill=tone, width=width, joint="curve")
        top = stalk[-1]
        for branch in range(-2, 3):
            tip = (top[0] + branch * 52 + lean * 0.25, top[1] - 200 + abs(branch) * 48)
            pen.line([top, tip], fill="#7fb04c", width=14)
            for across, down, radius in ((0, 0, 46), (-34, 26, 34), (34, 26, 34), (0, -36, 30)):
                cx, cy = tip[0] + across, tip[1] + down
                tone = blend("#3f8a3c", "#6db04f", (branch + 2) / 4)
                pen.ellipse((cx - radius, cy - radius, cx + radius, cy + radius), fill=tone)
    pen.ellipse((290, 940, 470, 1000), fill="#dcebb0")
    return _lit(image, 60)


@cache
def sack(colour: str, band: str) -> Image.Image:
    """A full sack standing up, its mouth sewn, a broad band for words."""
    image, pen = _blank(640, 800)
    body = [
        *bezier([(90, 60), (30, 260), (10, 560), (60, 780)]),
        *bezier([(60, 780), (320, 810), (580, 780)]),
        *bezier([(580, 780), (630, 560), (610, 260), (550, 60)]),
    ]
    pen.polygon(body, fill=colour)
    pen.polygon([(70, 20), (570, 20), (552, 75), (88, 75)], fill=blend(colour, "#ffffff", 0.25))
    for x in range(90, 550, 36):
        pen.line([(x, 62), (x + 18, 62)], fill=blend(colour, "#000000", 0.35), width=8)
    pen.rounded_rectangle((95, 270, 545, 590), 40, fill=band)
    for x0, x1 in ((120, 96), (520, 540)):
        pen.line([(x0, 100), (x1, 250)], fill=blend(colour, "#000000", 0.12), width=10)
    return _lit(image, 60)


@cache
def tuft(colour: str = LEAF) -> Image.Image:
    """A low bushy plant seen from the side: many leaves out of one foot."""
    image, _ = _blank(640, 520)
    for index, degrees in enumerate((-78, 78, -58, 58, -38, 38, -18, 18, 0)):
        tone = blend(colour, "#b5d98a", 0.1 + index * 0.055)
        leaf = simple_leaf(tone).resize((170, 380))
        turned = leaf.rotate(-degrees, Image.Resampling.BICUBIC, expand=True)
        angle = math.radians(degrees)
        x, y = 320 + 180 * math.sin(angle), 500 - 175 * math.cos(angle)
        at = (round(x - turned.width / 2), round(y - turned.height / 2))
        image.alpha_composite(turned, (max(0, at[0]), max(0, at[1])))
    return image
