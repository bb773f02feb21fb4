"""Photos of what grows: greenhouses, fields, vines and beds."""

from PIL import Image

from .paint import (
    DARK_SOIL,
    HEIGHT,
    INK,
    LEAF,
    MEADOW,
    MIST,
    PAPER,
    SAGE,
    SOIL,
    SUN,
    WIDTH,
    Paint,
    blend,
    picture,
)
from .plants import celery, cucumber_flower, long_cucumber, simple_leaf, tuft, vine_leaf

GREENS = ("#3f8a3c", "#4f9a46", "#62a94f", "#2f7a38", "#74b85a")


def greenhouse(paint: Paint, floor: str, floor_front: str) -> None:
    """The inside of a film greenhouse: bright hoops towards the far end, and its floor."""
    paint.box(0, 0, WIDTH, HEIGHT, "#f4f7ea", "#dfeedd")
    for step in range(6):
        share = 0.72**step
        across, down = 760 * share, 640 * share
        paint.arc(640, 560, across, down, blend("#ffffff", SAGE, 0.35 + 0.1 * step), 16 * share)
    paint.oval(640, 560, 132, 112, "#fffdf2")
    paint.box(0, 560, WIDTH, HEIGHT, floor, floor_front)
    paint.spot(640, 500, 560, 300, "#fffbe0", 0.6)


def open_field(paint: Paint, near: str, far: str) -> None:
    """Sky, sun, two ranges of hills and flat land below 430."""
    paint.box(0, 0, WIDTH, 440, "#cfe6ea", "#f6efd8")
    paint.spot(1010, 170, 260, 260, "#fff3c4", 0.9)
    paint.oval(1010, 170, 66, 66, "#f4b860")
    paint.oval(260, 520, 620, 190, "#b9d3a0")
    paint.oval(1080, 540, 640, 180, SAGE)
    paint.box(0, 430, WIDTH, HEIGHT, far, near)


def furrows(paint: Paint, colour: str, *, count: int = 7) -> None:
    """Dark furrows running to a vanishing point above the horizon."""
    for row in range(-count, count + 1):
        x = 640 + row * 300
        paint.shape([(640 + row * 48, 430), (x - 46, HEIGHT), (x + 46, HEIGHT)], colour)


def rows_of(
    paint: Paint, plant: Image.Image, size: float, *, lines: int = 6, gap: int = 300
) -> None:
    """The same plant in rows that grow towards the viewer."""
    for line in range(lines):
        near = (line + 1) / lines
        y = 450 + 470 * near**1.8
        width = size * (0.16 + 0.84 * near**1.6)
        spread = gap * (0.2 + 0.8 * near**1.7)
        for place in range(-7, 8):
            x = 640 + (place + 0.5 * (line % 2)) * spread
            if -200 < x < WIDTH + 200:
                paint.shadow(x, y - 2, width * 0.42, 0.4)
                wobble = paint.random.uniform(0.92, 1.08)
                height = width * wobble * plant.height / plant.width
                paint.put(plant, x, y - height * 0.46, width * wobble, flip=place % 2 == 0)


def foliage(paint: Paint, count: int, low: float, high: float, size: float) -> None:
    """Leaves at random between two heights, as a hedge of vines."""
    for _ in range(count):
        x, y = paint.random.uniform(-40, WIDTH + 40), paint.random.uniform(low, high)
        leaf = vine_leaf(paint.random.choice(GREENS))
        width = size * paint.random.uniform(0.7, 1.2)
        paint.put(leaf, x, y, width, paint.random.uniform(-70, 70))


def seedlings(paint: Paint) -> None:
    """Trays of seedlings in the greenhouse."""
    greenhouse(paint, "#d9c3a0", SOIL)
    for line, (y, width) in enumerate(((590, 120), (690, 180), (860, 280))):
        high = width * 0.32
        paint.box(-20, y - high * 0.3, WIDTH + 20, y + high, "#4a4038", "#2c2622", 10)
        cells = round(WIDTH / width) + 2
        for cell in range(cells):
            x = (cell - 0.5 * (line % 2)) * width
            paint.oval(x, y, width * 0.42, high * 0.3, "#7c5a3c")
            lean = paint.random.uniform(-5, 5)
            paint.put(picture("seedling"), x, y - width * 0.36, width * 0.92, lean)


def cucumber_flowering(paint: Paint) -> None:
    """Close to the vines: yellow flowers, a young cucumber."""
    paint.box(0, 0, WIDTH, HEIGHT, "#8fc06c", "#2f6f3a")
    foliage(paint, 26, 0, HEIGHT, 300)
    paint.soften(22)
    paint.spot(320, 120, 520, 420, "#fbf6c8", 0.65)
    paint.curve([(-20, 880), (380, 640), (760, 560), (1300, 140)], "#6ba04a", 22)
    paint.put(vine_leaf("#3f8f40"), 1040, 640, 560, -24)
    paint.put(vine_leaf("#57a34a"), 250, 330, 560, 34)
    paint.put(long_cucumber(), 690, 760, 120, 8)
    paint.put(cucumber_flower(), 560, 470, 440, 8)
    paint.put(cucumber_flower(), 985, 300, 250, -30)


def drip_irrigation(paint: Paint) -> None:
    """Seen from above: wet soil, the drip hose, young plants, drops."""
    paint.box(0, 0, WIDTH, HEIGHT, "#b48a5e", "#8d6238")
    for _ in range(260):
        x, y = paint.random.uniform(0, WIDTH), paint.random.uniform(0, HEIGHT)
        tone = paint.random.choice(("#9c7048", "#c79c70", "#7d5634"))
        paint.oval(x, y, paint.random.uniform(5, 16), paint.random.uniform(4, 10), tone)
    for x in (190, 610, 1030, 1450):
        paint.spot(x - 60, 640 - (x - 600) * 0.34, 210, 150, "#4a2f1a", 0.85)
    paint.line([(-40, 800), (WIDTH + 40, 352)], "#241d19", 46)
    paint.line([(-40, 790), (WIDTH + 40, 342)], "#6b6058", 8)
    for x in (190, 610, 1030):
        y = 720 - x * 0.35
        paint.oval(x, y + 4, 26, 26, "#11506e")
        paint.put(picture("water"), x + 10, y + 105, 130)
        paint.spot(x + 20, y - 110, 190, 90, INK, 0.4)
        paint.put(tuft("#3f8f40"), x + 10, y - 190, 330)


def spraying(paint: Paint) -> None:
    """The spray bottle with its label, in front of the vines."""
    paint.box(0, 0, WIDTH, HEIGHT, "#bcd9a4", "#4f8a48")
    foliage(paint, 40, 40, 760, 260)
    paint.soften(16)
    paint.box(0, 770, WIDTH, HEIGHT, "#cfae82", SOIL)
    paint.shadow(620, 870, 330, 0.7)
    paint.box(430, 360, 810, 880, "#fbfdf8", "#cfdcd6", 70)
    paint.box(540, 250, 700, 380, "#f1f5ee", "#d4dfd8", 24)
    paint.box(480, 150, 760, 260, "#d2542f", "#a83a1e", 26)
    paint.box(340, 168, 500, 222, "#e06a3e", "#b8472a", 12)
    paint.curve([(700, 250), (770, 300), (740, 390)], "#8f2f17", 26)
    for ring in range(26):
        x = 320 - paint.random.uniform(0, 300)
        y = 195 + (x - 320) * paint.random.uniform(-0.32, 0.32)
        paint.oval(x, y, 5 + ring % 4 * 2, 5 + ring % 4 * 2, "#eef7fb")
    paint.box(450, 470, 790, 780, "#fffdf4", "#f6efdc", 18)
    paint.box(450, 470, 790, 560, SUN, "#dd942a", 18)
    paint.text(620, 514, "农药标签", 52, INK)
    paint.text(620, 615, "防治霜霉病", 44, LEAF)
    paint.text(620, 680, "安全间隔期 3 天", 38, "#9a2f1c")
    paint.text(620, 736, "稀释 1000 倍", 34, INK)
    paint.stand("bucket", 1040, 890, 270)


def cucumbers_on_vine(paint: Paint) -> None:
    """Ripe cucumbers on strings in the greenhouse."""
    greenhouse(paint, "#cfd9a8", MEADOW)
    paint.soften(10)
    for x in (160, 470, 800, 1120):
        paint.line([(x, -10), (x, 980)], "#f3ead2", 5)
        paint.curve([(x + 10, 990), (x - 50, 640), (x + 60, 320), (x, -10)], "#5f9a45", 16)
    foliage(paint, 30, -30, 280, 300)
    for x, y, width, turn in ((270, 560, 185, 5), (620, 600, 205, -4), (980, 540, 180, 7)):
        paint.put(long_cucumber(), x, y, width, turn)
    foliage(paint, 9, -20, 150, 330)
    for x, y in ((60, 720), (450, 420), (820, 800), (1210, 660)):
        paint.put(vine_leaf("#57a34a"), x, y, 290, paint.random.uniform(-40, 40))
    paint.put(cucumber_flower(), 795, 420, 130, 20)


def celery_rows(paint: Paint) -> None:
    """The celery field in the morning."""
    open_field(paint, "#8a6138", "#c9a877")
    furrows(paint, "#7a5430")
    rows_of(paint, celery(), 330, lines=5, gap=330)


def grape_trellis(paint: Paint) -> None:
    """Bunches hanging from the trellis."""
    paint.box(0, 0, WIDTH, HEIGHT, "#f3e7c4", "#a9c98a")
    paint.spot(900, 700, 620, 420, "#fff6cf", 0.9)
    foliage(paint, 16, 620, 960, 200)
    paint.soften(22)
    for x in (110, 1170):
        paint.box(x - 34, 0, x + 34, HEIGHT, "#9a6b42", "#7a5230")
    for y in (70, 190):
        paint.box(0, y, WIDTH, y + 30, "#b58455", "#8a5f38")
    foliage(paint, 30, -20, 240, 270)
    for x, y, width in ((330, 500, 380), (690, 600, 460), (1010, 470, 350)):
        paint.line([(x, 200), (x, y - width * 0.35)], "#7a5a34", 12)
        paint.put(picture("grapes"), x, y, width, paint.random.uniform(-6, 6))
    foliage(paint, 8, 120, 260, 250)


def strawberry_beds(paint: Paint) -> None:
    """Raised beds with ripe berries over white film."""
    greenhouse(paint, "#e6dcc4", "#cdb78f")
    for left, right, far_left, far_right in (
        (-260, 330, 500, 590),
        (420, 860, 612, 668),
        (950, 1560, 690, 780),
    ):
        paint.shape([(far_left, 570), (far_right, 570), (right, 970), (left, 970)], "#fbfbf6")
        paint.shape([(far_right, 570), (right, 970), (right + 60, 970)], "#cfcabb")
    for line in range(6):
        near = (line + 1) / 6
        y, width = 580 + 330 * near**1.7, 60 + 300 * near**1.6
        for place in (-1, 0, 1):
            x = 640 + place * (100 + 560 * near**1.5)
            paint.put(tuft("#2f7a38"), x, y - width * 0.3, width)
            if line > 1:
                for side in (-0.38, 0.05, 0.4):
                    berry = width * 0.34
                    at = y + berry * (0.15 if side else 0.3)
                    paint.put(picture("strawberry"), x + side * width, at, berry, side * -30)


def strawberries_destroyed(paint: Paint) -> None:
    """Berries on the compost heap: not for sale."""
    paint.box(0, 0, WIDTH, 520, "#c9cdbf", "#e4ddc9")
    paint.box(0, 500, WIDTH, HEIGHT, "#a99067", "#8a6b44")
    paint.shadow(600, 860, 620, 0.7)
    for _ in range(420):  # clods, from the rim inwards and from dark to light
        share = paint.random.random()
        x = 600 + paint.random.uniform(-560, 560) * (1 - 0.55 * share)
        y = 880 - 520 * share * (1 - abs((x - 600) / 640) ** 2)
        tone = blend("#4a3523", "#86664a", paint.random.uniform(0, 1))
        paint.oval(x, y, paint.random.uniform(40, 80), paint.random.uniform(28, 50), tone)
    paint.box(0, 860, WIDTH, HEIGHT, "#8f7048", "#7d5f3b")
    for _ in range(60):
        y = paint.random.uniform(400, 850)
        reach = 520 * ((y - 330) / 530) ** 0.5
        x = 600 + paint.random.uniform(-reach, reach) * 0.92
        name = paint.random.choice(("strawberry", "strawberry", "strawberry", "fallen-leaf"))
        width = paint.random.uniform(80, 130)
        paint.put(picture(name), x, y, width, paint.random.uniform(0, 360))
    for _ in range(24):
        x = paint.random.uniform(180, 1020)
        tone = paint.random.choice(("#6d7a3c", "#8a8244", "#5d6a38"))
        leaf = simple_leaf(tone)
        paint.put(leaf, x, paint.random.uniform(600, 860), 46, paint.random.uniform(0, 360))
    paint.box(1030, 420, 1052, 900, "#8a6238", "#6b4a2a")
    paint.box(900, 330, 1190, 480, "#c4452f", "#a83524", 16)
    paint.text(1045, 405, "销毁", 96, PAPER)


def potato_rows(paint: Paint) -> None:
    """The potato field at harvest: ridges, plants, dug potatoes in front."""
    open_field(paint, DARK_SOIL, "#b58e60")
    furrows(paint, "#8a6440")
    rows_of(paint, tuft("#4a8a3c"), 300, lines=4, gap=330)
    paint.box(0, 800, WIDTH, HEIGHT, "#7d5836", "#5d3f26")
    for _ in range(90):
        x, y = paint.random.uniform(0, WIDTH), paint.random.uniform(800, 950)
        paint.oval(x, y, 16, 9, paint.random.choice(("#8a6440", "#6b4a2e", "#94704a")))
    for x, y, width in (
        (160, 850, 190),
        (380, 890, 150),
        (620, 850, 220),
        (860, 885, 170),
        (1090, 850, 210),
    ):
        paint.shadow(x, y + width * 0.36, width * 0.5, 0.7)
        paint.put(picture("potato"), x, y, width, paint.random.uniform(0, 300))


def potted_vegetables(paint: Paint) -> None:
    """Pots with vegetables on the sunny bench."""
    paint.box(0, 0, WIDTH, HEIGHT, "#fbf3dc", "#f0e2be")
    for x in (60, 660):
        paint.box(x, 60, x + 560, 520, "#ffffff", "#ffffff", 14)
        paint.box(x + 24, 84, x + 536, 496, "#bfe0ea", MIST)
        paint.oval(x + 280, 500, 230, 90, SAGE)
        paint.box(x + 272, 84, x + 288, 496, "#ffffff")
    paint.box(0, 496, WIDTH, 560, "#fbf3dc", "#efe0bb")
    paint.soften(7)
    paint.box(0, 700, WIDTH, 790, "#c99a68", "#b58352")
    paint.box(0, 790, WIDTH, HEIGHT, "#8a5f38", "#6f4a2a")
    for x, name, width in ((190, "herb", 240), (830, "leafy-green", 280)):
        paint.shadow(x, 760, 180)
        paint.put(picture(name), x, 470 if name == "herb" else 480, width)
        paint.shape([(x - 140, 560), (x + 140, 560), (x + 100, 765), (x - 100, 765)], "#d9855a")
        paint.box(x - 160, 530, x + 160, 590, "#e8986c", "#cf7749", 16)
    paint.stand("potted-plant", 510, 775, 400)
    paint.stand("potted-plant", 1120, 775, 360, flip=True)
