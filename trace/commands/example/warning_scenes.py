"""Photos of what went wrong and was put right: a bottle nobody knows, a bed ploughed under."""

from .field_scenes import furrows, open_field
from .house_scenes import planks
from .paint import HEIGHT, INK, WIDTH, Paint, blend, picture
from .plants import tuft


def unknown_bottle(paint: Paint) -> None:
    """A small brown bottle in a greenhouse corner; its label is stained and torn."""
    paint.box(0, 0, WIDTH, 640, "#7d8f78", "#a3b092")
    for x in range(60, WIDTH, 210):
        paint.line([(x, 0), (x + 30, 640)], "#8fa088", 14)
    paint.soften(10)
    planks(paint, 620, "#9a7f5e")
    paint.shadow(640, 850, 300, 0.85)
    paint.box(455, 330, 825, 860, "#8a4f22", "#5c3114", 80)
    paint.box(570, 190, 710, 360, "#7a441c", "#5c3114", 20)
    paint.box(545, 130, 735, 215, "#e8e2d0", "#b9b09a", 24)
    paint.box(490, 380, 530, 800, "#b97a48", "#7a441c", 20)
    paint.box(480, 470, 800, 760, "#e6dcc0", "#cdbf9a", 10)
    paint.text(640, 530, "某某灵", 62, blend("#e6dcc0", INK, 0.35))
    for line, y in enumerate((600, 640, 680, 720)):
        words = [(505, y), (760 - line * 34, y)]
        paint.line(words, blend("#d8cbaa", INK, 0.22), 9)
    for x, y, size in ((560, 560, 60), (720, 650, 74), (640, 720, 52)):
        paint.spot(x, y, size * 1.4, size, "#6a4a2a", 0.75)
    paint.shape([(800, 470), (690, 470), (740, 540), (720, 590), (800, 640)], "#6b3b19")


def ploughed_under(paint: Paint) -> None:
    """A tractor at the end of a bed that has just been turned over."""
    open_field(paint, "#6b4a2e", "#97714a")
    furrows(paint, "#54371f", count=9)
    for _ in range(90):
        y = 470 + 470 * paint.random.random() ** 1.6
        near = (y - 430) / 530
        x = paint.random.uniform(0, WIDTH)
        paint.oval(x, y, 60 * near + 8, 26 * near + 5, blend("#4a3018", "#8a6540", 1 - near))
    for _ in range(26):
        y = paint.random.uniform(560, HEIGHT - 40)
        x, turn = paint.random.uniform(40, WIDTH - 40), paint.random.uniform(60, 300)
        paint.put(tuft("#7f9a4a"), x, y, 60 + 60 * (y - 500) / 400, turn)
    paint.shadow(870, 640, 230, 0.7)
    paint.put(picture("tractor"), 870, 520, 380)
