"""What is asked before a correction: fewer than left the lot already, or more than its lot has."""

from decimal import Decimal

from ...domain.errors import N_, Problem
from ...domain.key_data import GOODS, INPUT, OUTPUT, REMOVED
from ...domain.quantity import Quantity, convert, format_decimal, parse_decimal
from ...query.coop_records import RecordTold
from ...query.field_records import Part
from ...query.packing import PackingLot, packing_lot
from .. import display
from ..access import house, signed_in
from ..language import current_language

BELOW_GONE = N_(
    "%(gone)s of %(lot)s already went out or were packed on, and %(given)s is written. Is it so?"
)
ABOVE_LEFT = N_("Of %(lot)s there were %(left)s, and %(given)s is written. Is it so?")


def correction_questions(told: RecordTold, sent: dict[str, object]) -> list[Problem]:
    """What looks like a slip in the amounts that replace a record's own; `sent` is its report."""
    found = [one for part in told.record.of_role(OUTPUT) for one in _made_less(told, part, sent)]
    for element in ("takes", "lots"):
        shares = sent.get(element)
        for at, share in enumerate(shares if isinstance(shares, list) else []):
            found += _took_more(told, f"{element}-{at}", share)
    return found


def _made_less(told: RecordTold, part: Part, sent: dict[str, object]) -> list[Problem]:
    lot = _lot(part)
    if lot is None:
        return []
    made = lot.amounts.made
    field, given = "packed_quantity", _decimal(sent.get("packed_quantity"))
    if given is None and told.record.event_type == "harvesting":
        field, given = "takes-0", _sum(sent.get("takes"), lot)
    gone = made - lot.remaining
    if given is None or given == made or given >= gone:
        return []
    said = {"gone": _words(gone, lot), "given": _words(given, lot), "lot": lot.lot_number}
    return [Problem(field, BELOW_GONE, said)]


def _took_more(told: RecordTold, field: str, share: dict[str, str]) -> list[Problem]:
    part = next(
        (one for one in told.record.of_role(INPUT, REMOVED) if one.node_id == share["node"]), None
    )
    lot = _lot(part) if part else None
    if part is None or lot is None:
        return []
    before, given = (
        _in_lot(part.quantity, part.unit, lot),
        _in_lot(share.get("quantity", ""), share.get("unit", ""), lot),
    )
    if before is None or given is None or given <= max(before, lot.remaining + before):
        return []
    left = _words(max(lot.remaining + before, Decimal(0)), lot)
    said = {"left": left, "given": _words(given, lot), "lot": lot.lot_number}
    return [Problem(field, ABOVE_LEFT, said)]


def _lot(part: Part) -> PackingLot | None:
    if part.kind not in GOODS:
        return None
    return packing_lot(house().instance, signed_in().coop_id, part.node_id)


def _decimal(typed: object) -> Decimal | None:
    try:
        return None if typed in (None, "") else parse_decimal(str(typed))
    except ValueError:
        return None  # refused with its own words


def _in_lot(quantity: str, unit: str, lot: PackingLot) -> Decimal | None:
    amount = _decimal(quantity)
    try:
        return (
            None if amount is None else convert(Quantity(amount, unit), lot.unit, lot.unit_mass_kg)
        )
    except ValueError:
        return None  # a unit that has nothing in common with the lot's: refused as well


def _sum(shares: object, lot: PackingLot) -> Decimal | None:
    """What was picked from all plantings together."""
    amounts = [
        _in_lot(one.get("quantity", ""), one.get("unit", ""), lot)
        for one in (shares if isinstance(shares, list) else [])
    ]
    known = [one for one in amounts if one is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(amounts) else None


def _words(much: Decimal, lot: PackingLot) -> str:
    return display.quantity(format_decimal(much), lot.unit, current_language())
