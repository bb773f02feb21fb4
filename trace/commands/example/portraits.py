"""Portraits of the example's growers, each in front of what they grow."""

from .field_scenes import foliage, greenhouse, open_field, rows_of
from .paint import HEIGHT, SUN, WIDTH, Paint, picture
from .plants import celery


def _person(paint: Paint, name: str, *, flip: bool = False) -> None:
    paint.spot(640, 560, 520, 560, "#fff6d8", 0.75)
    paint.put(picture(name), 640, 560, 900, flip=flip)


def farmer_in_greenhouse(paint: Paint) -> None:
    """The cucumber grower among his vines."""
    greenhouse(paint, "#b9cf92", "#7fae62")
    foliage(paint, 26, 260, 900, 240)
    paint.soften(16)
    _person(paint, "farmer")


def farmer_in_field(paint: Paint) -> None:
    """The celery grower in her field."""
    open_field(paint, "#8a6138", "#c9a877")
    rows_of(paint, celery(), 300, lines=4, gap=320)
    paint.soften(12)
    _person(paint, "woman-farmer", flip=True)


def farmer_at_home(paint: Paint) -> None:
    """The oldest grower before the wall of her house, maize hung up to dry."""
    paint.box(0, 0, WIDTH, HEIGHT, "#e8b98a", "#c98a5c")
    for row in range(9):
        for column in range(-1, 7):
            x = column * 213 + row % 2 * 106
            paint.box(x + 4, row * 108 + 4, x + 209, row * 108 + 104, "#d99e6c", "#c9885a", 8)
    for x in (130, 1150):
        for y in (170, 330, 490):
            paint.put(picture("corn"), x, y, 210, 20)
    paint.soften(5)
    paint.spot(640, 980, 560, 380, SUN, 0.4)
    # A jacket below the face: the picture ends at the neck.
    paint.box(300, 820, 980, 1120, "#4a6f8f", "#385872", 200)
    paint.box(560, 780, 720, 900, "#e9c06a", "#e0a84b", 50)
    paint.shape([(500, 830), (640, 985), (780, 830), (720, 850), (640, 930), (560, 850)], "#f5efe1")
    paint.put(picture("old-woman"), 640, 470, 700)
