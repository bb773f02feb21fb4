"""Photos of what is done indoors and on the road: packing, testing, storing, carrying, selling."""

from .field_scenes import foliage, greenhouse, open_field
from .paint import HEIGHT, INK, LEAF, MEADOW, PAPER, SOIL, SUN, WIDTH, Paint, blend, picture
from .plants import celery, long_cucumber, sack, tuft


def planks(paint: Paint, y: float, tone: str) -> None:
    """A table of boards from y down to the lower edge, seen from above."""
    paint.box(0, y, WIDTH, HEIGHT, blend(tone, "#ffffff", 0.15), tone)
    for board in range(1, 6):
        edge = y + (HEIGHT - y) * (board / 6) ** 1.25
        paint.line([(0, edge), (WIDTH, edge)], blend(tone, INK, 0.3), 4)
        for _ in range(3):
            x = paint.random.uniform(0, WIDTH)
            grain = [(x, edge - 16), (x + 150, edge - 19), (x + 260, edge - 15)]
            paint.curve(grain, blend(tone, INK, 0.15), 3)


def crate(paint: Paint, x: float, y: float, width: float, colour: str) -> None:
    """The front of a plastic crate with its upper left corner at (x, y)."""
    high = width * 0.46
    dark = blend(colour, INK, 0.35)
    paint.box(x, y, x + width, y + high, blend(colour, "#ffffff", 0.18), colour, 14)
    paint.box(x, y, x + width, y + high * 0.2, blend(colour, "#ffffff", 0.35), colour, 12)
    for slot in range(6):
        left = x + width * (0.07 + slot * 0.148)
        paint.box(left, y + high * 0.34, left + width * 0.11, y + high * 0.86, dark, radius=8)


def label(paint: Paint, x: float, y: float, width: float, words: str) -> None:
    """A paper label with a code-like square and two words' room beside it."""
    high = width * 0.5
    paint.box(x, y, x + width, y + high, "#fffef8", "#f3ecd9", 8)
    cell = high * 0.8 / 9
    for row in range(9):
        for column in range(9):
            corner = (column < 3 and not 3 <= row <= 5) or (row < 3 and column > 5)
            if corner or paint.random.random() < 0.45:
                left, top = x + high * 0.1 + column * cell, y + high * 0.1 + row * cell
                paint.box(left, top, left + cell, top + cell, INK)
    paint.text(x + width * 0.72, y + high * 0.36, words, width * 0.17, LEAF)
    for line in (0.66, 0.82):
        paint.line(
            [(x + width * 0.53, y + high * line), (x + width * 0.9, y + high * line)], SOIL, 4
        )


def fertiliser(paint: Paint) -> None:
    """Sacks of organic fertiliser in the barn."""
    paint.box(0, 0, WIDTH, 660, "#e8c79a", "#c99a68")
    for x in range(0, WIDTH, 160):
        paint.line([(x, 0), (x, 660)], "#b58352", 6)
    paint.shape([(760, 0), (1180, 0), (700, 660), (200, 660)], "#f3dcb0")
    paint.box(0, 650, WIDTH, HEIGHT, "#a07a50", "#7d5a38")
    sacks = ((250, 560, 330), (1010, 570, 330), (430, 690, 420), (850, 690, 420))
    for x, y, width in sacks:
        paint.shadow(x, y + width * 0.6, width * 0.62, 0.7)
        paint.put(sack("#efe4c8", MEADOW), x, y, width)
        paint.text(x, y + width * 0.04, "有机肥", width * 0.2, PAPER)
        paint.text(x, y + width * 0.22, "40 千克", width * 0.1, PAPER)
    paint.put(picture("seedling"), 430, 545, 90)
    paint.put(picture("seedling"), 850, 545, 90)


def cucumber_crates(paint: Paint) -> None:
    """Picked cucumbers in crates, in the greenhouse aisle."""
    greenhouse(paint, "#cbb48c", "#a98a5c")
    foliage(paint, 14, 300, 600, 150)
    paint.box(420, 240, 860, 760, "#f2ead0", "#cbb48c")
    paint.soften(16)
    paint.shadow(640, 925, 640, 0.75)
    for x, y, width, colour in (
        (70, 640, 540, "#3f8f6a"),
        (670, 640, 540, "#3d7fa8"),
        (330, 380, 620, "#d2762f"),
    ):
        for place in range(7):
            at = x + width * (0.13 + place * 0.123)
            lean = paint.random.uniform(-14, 14)
            paint.put(long_cucumber(), at, y + 10 - 18 * (place % 2), width * 0.15, lean)
        crate(paint, x, y, width, colour)


def cucumber_bundles(paint: Paint) -> None:
    """Tied bundles with their labels on the packing table."""
    planks(paint, 0, "#d2a878")
    paint.spot(300, 200, 700, 520, "#fff3d2", 0.55)
    for x, y in ((330, 500), (950, 460)):
        paint.spot(x + 20, y + 30, 330, 460, INK, 0.5)
        for place, turn in ((-120, 3), (110, -3), (-5, 0)):
            paint.put(long_cucumber(), x + place, y, 215, turn)
        paint.box(x - 225, y - 70, x + 225, y + 60, "#f7d79a", SUN, 20)
        label(paint, x - 150, y - 62, 300, "黄瓜")
    paint.put(picture("scissors"), 655, 800, 200, 20)


def testing_room(paint: Paint) -> None:
    """The co-op's testing room: tubes in a rack, the instrument, a microscope."""
    paint.box(0, 0, WIDTH, 640, "#e4f0f2", "#cfe3e6")
    for x in range(-40, WIDTH, 170):
        for y in range(0, 640, 130):
            paint.box(x + 4, y + 4, x + 166, y + 126, "#edf6f6", "#dcecee", 6)
    paint.box(0, 620, WIDTH, HEIGHT, "#7fa59a", "#4f7a70")
    paint.box(0, 620, WIDTH, 640, "#b4cfc6")
    paint.shadow(800, 850, 400)
    paint.box(560, 400, 1060, 850, "#fbf7ea", "#d8cfb8", 34)
    paint.box(560, 810, 1060, 850, "#e9a93b", "#c98a28", 20)
    paint.box(600, 440, 1020, 640, "#173d33", "#0f2a24", 16)
    paint.text(810, 500, "抑制率", 56, "#8fe0a8")
    paint.text(810, 580, "12.0 %", 76, "#c9ffd6")
    for place in range(4):
        paint.box(610 + place * 105, 690, 690 + place * 105, 790, "#dfe6e8", "#94a4ab", 12)
    paint.shadow(290, 860, 330)
    for place, tone in enumerate(("#f2d15a", "#cfe07a", "#f2d15a", "#9fcf6a", "#f2e08a")):
        x = 90 + place * 96
        paint.box(x, 400, x + 62, 830, "#f4fbfc", "#dcebee", 30)
        paint.box(x + 6, 560 + place % 3 * 30, x + 56, 824, tone, blend(tone, SOIL, 0.3), 26)
        paint.line([(x + 18, 430), (x + 18, 780)], "#ffffff", 7)
    for y in (520, 780):
        paint.box(50, y, 570, y + 44, "#d9a066", "#b57f48", 14)
    paint.stand("microscope", 1140, 880, 280)
    paint.put(picture("cucumber"), 480, 880, 170, 60)


def lorry_at_gate(paint: Paint) -> None:
    """The lorry leaves through the co-op's gate at dawn."""
    open_field(paint, "#8fae6a", "#b9cf92")
    paint.box(0, 0, WIDTH, 330, "#f3b67c", "#fbe6bd")
    paint.spot(980, 330, 420, 300, "#fff0c0", 0.95)
    paint.oval(200, 520, 620, 170, "#a9b98a")
    paint.oval(1120, 560, 640, 170, "#8fae76")
    paint.box(0, 480, WIDTH, HEIGHT, "#a9c98a", MEADOW)
    for x, width in ((40, 210), (1170, 250)):
        paint.stand("tree", x, 600, width)
    paint.shape([(470, 520), (810, 520), (1500, 970), (-220, 970)], "#cdbfa6")
    for near in (0.1, 0.3, 0.6):
        y = 540 + 400 * near
        paint.shape(
            [(634, y), (646, y), (655, y + 90 * near + 20), (625, y + 90 * near + 20)], PAPER
        )
    for x in (230, 1050):
        paint.shadow(x, 700, 90)
        paint.box(x - 44, 240, x + 44, 710, "#c98a5c", "#9a6238", 8)
    paint.box(170, 170, 1110, 290, LEAF, "#1f5230", 20)
    paint.text(640, 228, "大丰收农业合作社", 74, PAPER)
    paint.stand("lorry", 630, 900, 560, flip=True)


def shop_shelf(paint: Paint) -> None:
    """The vegetable shelf in the shop, with price tags."""
    paint.box(0, 0, WIDTH, HEIGHT, "#fdf6e6", "#ecdcb8")
    paint.box(0, 0, WIDTH, 120, LEAF, "#22592f")
    paint.text(640, 60, "邻家鲜果店", 66, PAPER)
    for y, names in (
        (470, ("tomato", "cucumber", "leafy-green", "grapes")),
        (830, ("potato", "strawberry", "carrot", "cucumber")),
    ):
        paint.box(20, y - 300, WIDTH - 20, y, "#cfa873", "#e2c496")
        paint.box(20, y - 300, WIDTH - 20, y - 250, "#9c7442", "#c39a66")
        for place, name in enumerate(names):
            x = 175 + place * 310
            for across, up, width in (
                (-70, 150, 150),
                (70, 150, 150),
                (0, 165, 160),
                (-80, 70, 170),
                (80, 70, 170),
                (0, 60, 180),
            ):
                paint.put(picture(name), x + across, y - up, width, paint.random.uniform(-18, 18))
        paint.box(0, y, WIDTH, y + 56, "#b98552", "#8f6238", 8)
        for place in range(4):
            x = 175 + place * 310
            paint.box(x - 75, y - 4, x + 75, y + 68, "#fffdf2", "#f6e8c2", 10)
            paint.text(
                x,
                y + 32,
                f"¥{paint.random.randint(3, 9)}.{paint.random.choice('058')}",
                44,
                "#a83524",
            )


def celery_bundles(paint: Paint) -> None:
    """Heads of celery tied in bundles, upright in a blue crate."""
    paint.box(0, 0, WIDTH, 700, "#f0dfb8", "#e2c998")
    planks(paint, 690, "#b58a5c")
    paint.soften(5)
    paint.shadow(640, 900, 620, 0.8)
    for x, y in ((230, 440), (640, 410), (1050, 440), (435, 460), (845, 460)):
        paint.put(celery(), x, y, 500, paint.random.uniform(-5, 5))
        paint.box(x - 92, y + 70, x + 92, y + 116, "#d2452f", "#a83021", 18)
    crate(paint, 90, 620, 1100, "#3d7fa8")
    label(paint, 490, 700, 300, "芹菜")


def grape_gift_box(paint: Paint) -> None:
    """A gift box of grapes, open, with its ribbon."""
    paint.box(0, 0, WIDTH, HEIGHT, "#7a3b5c", "#4a2140")
    paint.spot(640, 380, 720, 520, "#e9a8b8", 0.6)
    paint.shadow(640, 860, 640, 0.9)
    paint.shape([(190, 330), (1090, 330), (1010, 130), (270, 130)], "#b8893f")
    paint.shape([(222, 322), (1058, 322), (990, 152), (290, 152)], "#f6e3b4")
    paint.text(640, 238, "小蜗牛 · 葡萄", 76, "#6b2a4a")
    paint.box(170, 330, 1110, 850, "#e9c06a", "#c08d38", 18)
    paint.box(215, 372, 1065, 690, "#5b2d3f", "#3a1b2a", 14)
    for x, y, width, turn in ((350, 520, 310, 14), (930, 520, 310, -14), (640, 530, 360, 0)):
        paint.put(picture("grapes"), x, y, width, turn)
    paint.box(170, 690, 1110, 850, "#edc873", "#c08d38", 18)
    paint.box(600, 690, 680, 850, "#a8243c", "#7c1529")
    for side in (-1, 1):
        bow = [(640, 760), (640 + side * 150, 690), (640 + side * 160, 820)]
        paint.shape(bow, "#c4304a")
    paint.oval(640, 760, 34, 30, "#8f1a32")


def mushroom_house(paint: Paint) -> None:
    """Shelves in the cool dark mushroom house."""
    paint.box(0, 0, WIDTH, HEIGHT, "#5f6b62", "#2f3a36")
    paint.spot(640, 60, 620, 300, "#eef3d8", 0.7)
    paint.line([(360, 26), (920, 26)], "#fbffe8", 26)
    for y in (360, 620, 880):
        paint.box(0, y - 10, WIDTH, y + 66, "#b9946a", "#7d5c3c")
        for _ in range(36):
            tone = paint.random.choice(("#cfae82", "#8f6c48", "#e2cba6"))
            paint.oval(paint.random.uniform(0, WIDTH), paint.random.uniform(y, y + 50), 14, 6, tone)
        for place in range(7):
            x = 40 + place * 200 + paint.random.uniform(-24, 24)
            paint.shadow(x, y + 6, 100, 0.6)
            flip = paint.random.random() < 0.5
            paint.put(picture("mushroom"), x, y - 66, paint.random.uniform(165, 205), flip=flip)
        paint.box(0, y + 66, WIDTH, y + 84, "#c9d2d0", "#8b9694")
    for x in (130, 1120):
        paint.box(x, 100, x + 34, HEIGHT, "#d6dedc", "#8b9694")


def mushroom_punnet(paint: Paint) -> None:
    """One punnet, weighed and labelled."""
    planks(paint, 0, "#c7b299")
    paint.spot(420, 240, 760, 560, "#fffaf0", 0.6)
    paint.spot(650, 600, 640, 420, INK, 0.75)
    paint.box(170, 210, 1110, 830, "#3f6f58", "#2a4f3f", 60)
    paint.box(215, 255, 1065, 785, "#27443a", "#1d352d", 40)
    for y in (360, 520, 680):
        for place in range(4):
            x = 330 + place * 205 + (40 if y == 520 else 0)
            turn = paint.random.uniform(-25, 25)
            paint.put(picture("mushroom"), min(x, 985), y, 235, turn, flip=place % 2 == 0)
    label(paint, 660, 610, 380, "香菇")
    paint.spot(390, 340, 260, 150, "#ffffff", 0.35)


def potato_sacks(paint: Paint) -> None:
    """Sacks of potatoes in the yard, one open."""
    paint.box(0, 0, WIDTH, 560, "#d9e4d2", "#f3ead0")
    paint.stand("house", 1080, 560, 380)
    paint.stand("tree", 110, 570, 260)
    paint.soften(8)
    paint.box(0, 545, WIDTH, HEIGHT, "#cbb083", "#a98a5c")
    for x, y, width in ((300, 590, 390), (980, 600, 390)):
        paint.shadow(x, y + width * 0.6, width * 0.62, 0.7)
        paint.put(sack("#c9a06a", "#efe0b8"), x, y, width)
        paint.text(x, y + 14, "土豆", width * 0.22, INK)
    paint.shadow(640, 905, 300, 0.8)
    for x, y in ((560, 480), (720, 480), (640, 440), (540, 540), (740, 540), (640, 520)):
        paint.put(picture("potato"), x, y, 170, paint.random.uniform(0, 300))
    paint.put(sack("#b98d56", "#efe0b8").crop((0, 50, 320, 400)), 640, 720, 430)
    paint.text(640, 712, "土豆", 96, INK)
    for x, y in ((420, 890), (860, 880), (900, 915)):
        paint.put(picture("potato"), x, y, 120, paint.random.uniform(0, 300))


def storage_room(paint: Paint) -> None:
    """The cool room: stacked crates, the thermometer and what it reads."""
    paint.box(0, 0, WIDTH, 700, "#b9d3e0", "#dcebf2")
    for x in range(0, WIDTH, 213):
        paint.line([(x, 0), (x, 700)], "#a3c0d0", 5)
    paint.box(0, 690, WIDTH, HEIGHT, "#9fb4bd", "#74909c")
    paint.spot(700, 0, 640, 240, "#ffffff", 0.9)
    for x in (30, 330, 980):
        paint.shadow(x + 140, 880, 200, 0.6)
        for y in (740, 580, 420):
            for place in range(4):
                paint.put(tuft("#3f8f40"), x + 50 + place * 62, y - 4, 110)
            crate(paint, x, y, 280, "#3f8f6a" if y != 580 else "#d2762f")
    paint.box(655, 110, 945, 560, "#fdfefe", "#dfe8ec", 30)
    paint.put(picture("thermometer"), 800, 275, 260, -45)
    paint.text(800, 480, "10.4 ℃", 74, "#1d5a78")
    paint.put(picture("snowflake"), 1130, 170, 150, 12)
