"""What is asked before goods are recorded: more than is left, labels scanned before, no test yet.

Labels that went out are counted by lot and not kept one by one. So whether a label was scanned
before is guessed from counts, and the question says what went out of its lot so far.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from ...domain.errors import N_, Problem
from ...domain.quantity import Quantity, convert, format_decimal, parse_decimal
from ...domain.standing import GOING_OUT
from ...query.field_records import FieldRecord
from ...query.packing import House, PackingLot, lot_records
from .. import display
from ..access import house, signed_in
from ..language import current_language
from ..record_words import amount, type_words

ONLY_LEFT = N_("Only %(left)s left, and %(given)s is written. Is there a 0 too many?")
ONLY_OUT = N_("Only %(out)s went out, and %(given)s is written. Is there a 0 too many?")
UNTESTED = N_("%(lot)s is not tested yet. Has it really left?")
SCANNED_AGAIN = N_(
    "%(count)s labels of %(lot)s are scanned, and this went out before: %(earlier)s. It is recorded"
    " how many left, not which. Are these others?"
)
AMOUNTS = (ONLY_LEFT, ONLY_OUT)
MOST_EARLIER = 3


def amount_questions(
    event_type: str, lots: Iterable[PackingLot], given: Sequence[Mapping[str, str]]
) -> list[Problem]:
    """What is more than its lot has left, or than went out of it where goods come back."""
    by_code, found = {lot.code: lot for lot in lots}, []
    for one in given:
        lot = by_code.get(one["node"])
        if lot is None:
            continue
        try:
            moved = Quantity(parse_decimal(one["quantity"]), one["unit"])
            much = convert(moved, lot.unit, lot.unit_mass_kg)
        except ValueError:
            continue  # refused with its own words
        is_return = event_type == "returning"
        there = max(out_of(lot) if is_return else lot.remaining, Decimal(0))
        if much > there:
            said = {"given": _words(much, lot), "out" if is_return else "left": _words(there, lot)}
            message = ONLY_OUT if is_return else ONLY_LEFT
            found.append(Problem(f"amount-{lot.code}", message, said, name_of(lot)))
    return found


def out_of(lot: PackingLot) -> Decimal:
    """How much of a lot is with customers: shipped and sold, less what came back."""
    left = sum((lot.amounts.gone.get(one, Decimal(0)) for one in GOING_OUT), Decimal(0))
    return left - lot.amounts.returned


def test_questions(
    event_type: str, lots: Iterable[PackingLot], given: Sequence[Mapping[str, str]]
) -> list[Problem]:
    """Which of the lots on their way out have no test yet although their product needs one."""
    if event_type not in GOING_OUT:
        return []
    codes = {one["node"] for one in given}
    return [
        Problem(f"amount-{lot.code}", UNTESTED, {"lot": name_of(lot)})
        for lot in lots
        if lot.code in codes and lot.awaits and not (lot.is_held or lot.is_recalled)
    ]


def scan_questions(
    event_type: str, lots: Iterable[PackingLot], counts: Mapping[str, int], on: str, shops: House
) -> list[Problem]:
    """Which scanned labels may have gone out before: too many by now, or as many the same day."""
    if event_type not in GOING_OUT:
        return []
    found = []
    for lot in lots:
        count = counts.get(lot.code, 0)
        earlier = _goings(lot) if count else []
        too_many = count > lot.remaining or out_of(lot) + count > lot.issued
        alike = any(
            one.on.isoformat() == on and _amount_of(one, lot) == Decimal(count) for one in earlier
        )
        if earlier and (too_many or alike):
            told = "; ".join(_going_words(one, lot, shops) for one in earlier[:MOST_EARLIER])
            said = {"count": str(count), "lot": name_of(lot), "earlier": told}
            found.append(Problem("codes", SCANNED_AGAIN, said))
    return found


def name_of(lot: PackingLot) -> str:
    """What the lot is called, with its number."""
    return f"{lot.title(current_language())} {lot.lot_number}"


def day_typed(typed: Mapping[str, Any], otherwise: date) -> str:
    """The day a form says, as it was typed."""
    return str(typed.get("when_other") or typed.get("when") or otherwise.isoformat()).strip()


def _words(much: Decimal, lot: PackingLot) -> str:
    return display.quantity(format_decimal(much), lot.unit, current_language())


def _goings(lot: PackingLot) -> list[FieldRecord]:
    records = lot_records(house().instance, signed_in().coop_id, lot.key)
    return [one for one in records if one.event_type in GOING_OUT and not one.struck]


def _amount_of(record: FieldRecord, lot: PackingLot) -> Decimal | None:
    parts = [one for one in record.of_role("removed") if one.node_id == lot.code]
    return Decimal(parts[0].quantity) if parts and parts[0].unit == lot.unit else None


def _going_words(record: FieldRecord, lot: PackingLot, shops: House) -> str:
    """The day, the customer or the way it was sold, and how much."""
    language = current_language()
    names = {one.id: one.in_language("name", language) for one in shops.customers}
    who = names.get(str(record.what.get("customer", ""))) or type_words(record.event_type)
    part = next(one for one in record.of_role("removed") if one.node_id == lot.code)
    return f"{display.day(record.on, language)} {who} {amount(part.quantity, part.unit)}"
