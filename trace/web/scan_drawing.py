"""The two drawings of a shopper's page: the way of the lot, and its temperatures. Geometry only."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from ..domain.vocabulary import EVENT_TYPES
from ..query.public_events import PublicEvent
from ..query.public_record import Record
from . import display
from .language import current_language
from .scan_words import amount, name_of, shares_amount, shop_of
from .words import _, ngettext

LEFT, RIGHT, ROW, TOP, BEND, BEND_SPACE = 82, 238, 92, 40, 46, 20
WIDEST, BESIDE_BEND = 152, 124
CHART_WIDTH, CHART_HEIGHT = 284, 110


@dataclass(frozen=True)
class Stop:
    """One stop on the way: where it stands, its name and what happened there.

    `name_x` is the middle of the name, which keeps clear of the bend before it.
    """

    x: int
    y: int
    name_x: int
    name: str
    note: str


@dataclass(frozen=True)
class Way:
    """The way of a lot as a winding path of stops, two to a row."""

    path: str
    stops: tuple[Stop, ...]
    height: int
    words: str


def way(record: Record) -> Way | None:
    """The way from the plot to the shop; None where nothing is known but one stop."""
    found = _stops(record)
    if len(found) < 2:
        return None
    placed = []
    path = ""
    for number, (name, note) in enumerate(found):
        row, second = divmod(number, 2)
        goes_right = row % 2 == 0
        x = RIGHT if goes_right == bool(second) else LEFT
        y = TOP + ROW * row
        if number == 0:
            path = f"M{x} {y}"
        elif second:
            path += f"H{x}"
        else:
            way_out = RIGHT if goes_right is False else LEFT
            side = BEND if goes_right is False else -BEND
            path += f"H{way_out}q{side} 0 {side} {BEND}t{-side} {BEND}"
        short = fit_to(name, 18, WIDEST if second or not number else BESIDE_BEND)
        name_x = x
        if number and not second:
            x += -BEND_SPACE if goes_right is False else BEND_SPACE
            half = int(_width(short, 18) / 2)
            name_x = min(x, 264 - half) if goes_right is False else max(x, 56 + half)
        placed.append(Stop(x, y, name_x, short, fit_to(note, 16, WIDEST)))
    words = _(" → ").join(_(": ").join(part for part in one if part) for one in found)
    return Way(path, tuple(placed), placed[-1].y + 40, words)


def _width(text: str, size: int) -> float:
    """About how wide a bold text is drawn."""
    return sum(size if sign > "\u2e80" else size * 0.56 for sign in text)


def fit_to(text: str, size: int, room: float) -> str:
    """The text, cut where it would run into its neighbour."""
    if _width(text, size) <= room:
        return text
    while text and _width(text, size) > room - size:
        text = text[:-1]
    return text.rstrip(" ·") + "…"


def _stops(record: Record) -> list[tuple[str, str]]:
    language = current_language()
    right = [event for event in record.events if not event.is_wrong]
    of_type = {name: [event for event in right if event.event_type == name] for name in EVENT_TYPES}
    stops: list[tuple[str, str]] = []
    is_package = record.kind == "package"
    plots = () if is_package else record.growing.plots
    if len(plots) == 1:
        place = plots[0].in_language("name", language)
    else:
        place = ngettext("%(num)s plot", "%(num)s plots", len(plots))
    if record.taken_from and not is_package:
        stops.append((record.taken_from.in_language("name", language), _("grown there")))
    elif plots:
        picked = [share for event in of_type["harvesting"] for share in event.of_role("input")]
        stops.append((place, shares_amount(tuple(picked))))
    elif record.supplier:
        stops.append((record.supplier.in_language("name", language), _("bought in")))
    if record.telling_test and not is_package:
        passed = record.telling_test.examined.passed
        stops.append((_("Testing room"), _("passed") if passed else _("not passed")))
    for event in [*of_type["packing"], *of_type["repacking"], *of_type["package_made"]][-1:]:
        made = {
            "quantity": event.what["packed_quantity"],
            "unit": event.what.get("unit", "box"),
        }
        place = name_of(record, event.what.get("site", "")) or _("Packing room")
        stops.append((place, amount(made)))
    for event in of_type["storing"][-1:]:
        place = name_of(record, event.what.get("site", "")) or _("Cold store")
        stops.append((place, amount(event.what.get("temperature"))))
    sent = of_type["shipping"]
    if sent:
        stops.append((_("On the road"), _when(sent[0])))
    arrived = [event for event in of_type["receiving"] if not event.of_role("output")]
    shops = list(dict.fromkeys(name for event in arrived if (name := shop_of(record, event))))
    taken = [event for event in of_type["receiving"] if event.of_role("source")]
    if taken:
        stops.append((record.coop.in_language("name", language), _when(taken[-1])))
    if len(shops) == 1:
        stops.append((shops[0], _when(arrived[-1])))
    elif shops:
        stops.append((ngettext("%(num)s shop", "%(num)s shops", len(shops)), ""))
    return stops


def _when(event: PublicEvent) -> str:
    """The day in short, with the time of day where it was noted to the minute."""
    moment = event.event_time
    if current_language() == "zh":
        return (display.moment if event.is_to_the_minute else display.day)(moment, "zh")
    day, month = display.day(moment, "en").split()
    return f"{day} {month[:3]}" + (f", {display.clock(moment)}" if event.is_to_the_minute else "")


@dataclass(frozen=True)
class Temperatures:
    """Readings to scale: `band` is the right range as (y, height), `dots` the readings."""

    path: str
    dots: tuple[tuple[str, str], ...]
    band: tuple[str, str] | None
    top: str
    bottom: str
    top_y: str
    bottom_y: str
    first: str
    last: str
    lowest: str
    highest: str
    right_from: str
    right_to: str
    outside: int


def temperatures(record: Record) -> Temperatures | None:
    """The temperatures noted in store and on the road; None where there are none."""
    measured = [
        event for event in record.events if not event.is_wrong and event.what.get("temperature")
    ]
    if not measured:
        return None
    readings = [
        (event.event_time, Decimal(event.what["temperature"]["quantity"])) for event in measured
    ]
    product = record.product
    limits = [
        Decimal(product.text(name))
        for name in ("store_from_celsius", "store_to_celsius")
        if product and product.text(name)
    ]
    values = [value for _moment, value in readings]
    low, high = min([*values, *limits]), max([*values, *limits])
    spare = max((high - low) / 10, Decimal("0.5"))
    low, high = low - spare, high + spare
    first, last = readings[0][0], readings[-1][0]
    span = max((last - first).total_seconds(), 1)

    def x(moment: datetime) -> str:
        return f"{6 + (CHART_WIDTH - 12) * (moment - first).total_seconds() / span:.0f}"

    def y(value: Decimal) -> str:
        return f"{16 + float((high - value) / (high - low)) * CHART_HEIGHT:.0f}"

    points = [(x(moment), y(value)) for moment, value in readings]
    is_range = len(limits) == 2
    marks = (limits[1], limits[0]) if is_range else (max(values), min(values))
    return Temperatures(
        "M" + "L".join(f"{across} {down}" for across, down in points),
        tuple(points if len(points) <= 24 else points[-1:]),
        (y(limits[1]), str(int(y(limits[0])) - int(y(limits[1])))) if is_range else None,
        display.number(marks[0]),
        display.number(marks[1]),
        y(marks[0]),
        y(marks[1]),
        _when(measured[0]),
        _when(measured[-1]),
        display.number(min(values)),
        display.number(max(values)),
        display.number(limits[0]) if is_range else "",
        display.number(limits[1]) if is_range else "",
        sum(not limits[0] <= value <= limits[1] for value in values) if is_range else 0,
    )
