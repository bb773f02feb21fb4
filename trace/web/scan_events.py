"""Each type of event in words: the title and lines of a step on a shopper's page."""

from collections.abc import Callable
from decimal import Decimal

from ..domain.errors import N_
from ..domain.key_data import INPUT, OUTPUT, REMOVED, RETURNED, SOURCE
from ..query.public_events import PublicEvent
from ..query.public_record import Record
from . import display
from .language import current_language
from .scan_tongue import known, said
from .scan_words import amount, choice_words, name_of, result_words, shares_amount, shop_of
from .words import _, ngettext

PRIVATE_NOTES = ("shipping", "selling", "returning", "receiving")
"""Notes of trade may name customers: they stay inside."""

GROWING_WORDS = {
    "sown": N_("Sowing"),
    "planted": N_("Planting out"),
    "transplanted": N_("Planting out"),
    "inoculated": N_("Inoculating"),
}
TEST_TITLES = {
    ("rapid_test", True): N_("Rapid test: passed"),
    ("rapid_test", False): N_("Rapid test: not passed"),
    ("laboratory_report", True): N_("Laboratory test: passed"),
    ("laboratory_report", False): N_("Laboratory test: not passed"),
    ("field_inspection", True): N_("Field inspection: passed"),
    ("field_inspection", False): N_("Field inspection: not passed"),
}
BASIS = {
    "own_control": N_("Basis: the co-op's own quality control"),
    "own_test": N_("Basis: the co-op's own test"),
    "laboratory": N_("Basis: a laboratory's test"),
}


def _joined(*parts: str) -> str:
    between = "，" if current_language() == "zh" else ", "
    return between.join(part for part in parts if part)


def _planting(record: Record, event: PublicEvent) -> tuple[str, list[str]]:
    method = event.what.get("method") or (
        record.product.text("growing_words") if record.product else ""
    )
    lines = [_("Variety: %(variety)s", variety=known(event.what.get("variety") or record.variety))]
    if event.of_role(INPUT):
        lines.append(_("The seed is on record with its receipt"))
    return _(GROWING_WORDS.get(method, "Sowing")), lines


def _irrigation(record: Record, event: PublicEvent) -> tuple[str, list[str]]:
    return _("Watering"), [_joined(choice_words(event, "method"), amount(event.what.get("volume")))]


def _input_words(record: Record, event: PublicEvent) -> str:
    used = event.what.get("input", "")
    name = name_of(record, used, "full_name") or name_of(record, used)
    if not name and event.what.get("input_name"):
        name = _("%(name)s (not in the co-op's list)", name=event.what["input_name"])
    return name or _("Not filled in")


def _fertilising(record: Record, event: PublicEvent) -> tuple[str, list[str]]:
    return _("Fertilising"), [
        _joined(_input_words(record, event), amount(event.what.get("amount"))),
        choice_words(event, "method"),
    ]


def _spraying(record: Record, event: PublicEvent) -> tuple[str, list[str]]:
    target = event.what.get("target")
    title = _("Spraying against %(target)s", target=known(target)) if target else _("Spraying")
    total = _("%(amount)s in all", amount=amount(event.what.get("amount")))
    lines = [_joined(_input_words(record, event), total)]
    needed = event.what.get("pre_harvest_interval_days")
    if needed in (None, ""):
        lines.append(_("Waiting time before picking: not filled in"))
    else:
        lines.append(
            ngettext(
                "Bottle label: wait %(num)s day before picking",
                "Bottle label: wait %(num)s days before picking",
                int(needed),
            )
        )
    number = event.what.get("registration_number")
    return title, [*lines, _("Pesticide registration %(number)s", number=number) if number else ""]


def _field_work(record: Record, event: PublicEvent) -> tuple[str, list[str]]:
    words = choice_words(event, "work")
    return words[:1].upper() + words[1:], []


def _inspection(record: Record, event: PublicEvent) -> tuple[str, list[str]]:
    what = event.what
    kind, passed = what["inspection_kind"], bool(what["passed"])
    title = _(TEST_TITLES[kind, passed])
    lines = [result_words(record, row) for row in what.get("results", [])[:2]]
    if what.get("report_number"):
        lines.append(_("Report %(number)s", number=what["report_number"]))
    return title, lines


def _harvesting(record: Record, event: PublicEvent) -> tuple[str, list[str]]:
    is_mushroom = bool(
        record.product and record.product.text("growing_words") == "inoculated" and record.flush
    )
    title = _("Flush %(number)s picked", number=record.flush) if is_mushroom else _("Picked")
    if event.what.get("picked_by") == "visitors":
        title = _("Picked by visitors")
    lines = [shares_amount(event.of_role(INPUT))]
    mine = {share.node_key for share in event.of_role(INPUT)}
    sprays = [
        spray.on
        for spray in record.growing.sprays
        if spray.planting in mine and spray.on <= event.date
    ]
    if sprays and not event.is_wrong:
        days = (event.date - max(sprays)).days
        lines.append(
            ngettext(
                "%(num)s whole day after the last spraying",
                "%(num)s whole days after the last spraying",
                days,
            )
        )
    return title, lines


def _packing(record: Record, event: PublicEvent) -> tuple[str, list[str]]:
    what = event.what
    made = amount({"quantity": what["packed_quantity"], "unit": what.get("unit", "box")})
    mass = what.get("unit_mass")
    is_own = event.event_type == record.made_by == "packing"  # not that of what was packed anew
    if mass is None and record.unit_mass_kg and is_own:
        grams = Decimal(record.unit_mass_kg) * 1000
        mass = {"quantity": str(grams), "unit": "g"} if grams < 1000 else None
    unit = display.unit_word(what.get("unit", "box"), current_language(), 1)
    each = _("%(mass)s a %(unit)s", mass=amount(mass), unit=unit) if mass else ""
    lines = [_joined(made, each)]
    title = {"packing": _("Packed and labelled"), "repacking": _("Packed anew")}.get(
        event.event_type, _("Put together")
    )
    return title, [*lines, name_of(record, what.get("site", ""))]


def _plain(title: str, *roles: str) -> "Callable[[Record, PublicEvent], tuple[str, list[str]]]":
    def words(record: Record, event: PublicEvent) -> tuple[str, list[str]]:
        what = event.what
        place = name_of(record, what.get("site", ""))
        return _(title), [
            shares_amount(event.of_role(*roles)) if roles else "",
            _joined(place, amount(what.get("temperature")), amount(what.get("humidity"))),
            said(what, "reason"),
        ]

    return words


def _shipping(record: Record, event: PublicEvent) -> tuple[str, list[str]]:
    warmth = event.what.get("temperature")
    return _("Sent off"), [
        _joined(
            shares_amount(event.of_role(REMOVED)),
            _("%(degrees)s in the van", degrees=amount(warmth)) if warmth else "",
        )
    ]


def _receiving(record: Record, event: PublicEvent) -> tuple[str, list[str]]:
    if event.of_role(SOURCE):
        sender = (
            record.taken_from.in_language("name", current_language()) if record.taken_from else ""
        )
        lines = [_("From %(supplier)s", supplier=sender or _("another co-op"))]
        amounts = _joined(
            shares_amount(event.of_role(OUTPUT)), amount(event.what.get("temperature"))
        )
        return _("Taken over from another co-op"), [*lines, amounts]
    if event.of_role(OUTPUT):
        supplier = name_of(record, event.what.get("supplier", ""))
        lines = [_("From %(supplier)s", supplier=supplier or _("a supplier, name not shown"))]
        return _("Bought in"), [*lines, amount(event.what.get("quantity"))]
    return _("Arrived at the shop"), [
        _joined(shop_of(record, event), amount(event.what.get("temperature")))
    ]


def _certificate(record: Record, event: PublicEvent) -> tuple[str, list[str]]:
    basis = BASIS[event.what.get("basis", "own_control")]
    return _("Certificate of conformity issued"), [
        _(basis),
        _("Number %(number)s", number=event.what["number"]),
    ]


_WORDS: dict[str, Callable[[Record, PublicEvent], tuple[str, list[str]]]] = {
    "planting": _planting,
    "irrigation": _irrigation,
    "fertilising": _fertilising,
    "spraying": _spraying,
    "field_work": _field_work,
    "inspection": _inspection,
    "harvesting": _harvesting,
    "packing": _packing,
    "repacking": _packing,
    "package_made": _packing,
    "shipping": _shipping,
    "receiving": _receiving,
    "certificate_issued": _certificate,
    "cooling": _plain(N_("Cooling")),
    "storing": _plain(N_("Into the cold store")),
    "storage_reading": _plain(N_("Storage temperature")),
    "splitting": _plain(N_("Splitting a lot")),
    "merging": _plain(N_("Merging lots"), INPUT),
    "returning": _plain(N_("Came back"), RETURNED),
    "selling": _plain(N_("Sold by the co-op"), REMOVED),
    "destroying": _plain(N_("Destroyed"), REMOVED),
    "hold": _plain(N_("Sale stopped")),
    "hold_lifted": _plain(N_("Sale allowed again")),
    "recall": _plain(N_("Recalled")),
    "recall_closed": _plain(N_("Recall closed")),
}


def event_words(record: Record, event: PublicEvent) -> tuple[str, tuple[str, ...]]:
    """Title and lines of one event, its note last where notes are shown."""
    title, lines = _WORDS[event.event_type](record, event)
    note = "" if event.event_type in PRIVATE_NOTES else event.note
    return title, tuple(line for line in (*lines, note) if line)
