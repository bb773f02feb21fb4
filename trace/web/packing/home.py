"""What waits in the packing room; one lot with its balance; records, and what was just saved."""

from collections.abc import Callable, Iterable

from flask import abort
from flask.typing import ResponseReturnValue

from ...query.arrivals import arriving, contradictions
from ...query.coop_records import record_told
from ...query.lot_proofs import lot_proofs
from ...query.node_page import node_page
from ...query.packing import (
    PackingLot,
    goods_records,
    lot_records,
    packing_lot,
    packing_lots,
)
from ...query.print_jobs import print_jobs
from ..access import deed, house, signed_in
from ..balance_drawing import lot_river
from .routes import GOODS, blueprint, page, today

LAST_JOBS = 4
LAST_RECORDS = 60
_URGENCY = {"open": 0, "waits": 1, "held": 2, "recalled": 3, "printed": 4}
PRINTED_LATELY = 6


@blueprint.get("")
@deed("see_packing")
def home() -> ResponseReturnValue:
    """Lots to pack, lots to label, and what was printed."""
    session, instance = signed_in(), house().instance
    lots = packing_lots(instance, session.coop_id, today())
    bulk = [lot for lot in lots if not lot.is_packed and lot.remaining > 0]
    packed = [lot for lot in lots if lot.is_packed]
    printed = [lot for lot in packed if lot.state == "printed"][:PRINTED_LATELY]
    return page(
        "home",
        bulk=by_urgency(bulk),
        packed=by_urgency(lot for lot in packed if to_label(lot)) + printed,
        jobs=print_jobs(instance, session.coop_id, LAST_JOBS),
        coming=arriving(instance, session.coop_id),
        contradictions=contradictions(instance, session.coop_id),
    )


def to_label(lot: PackingLot) -> bool:
    """Whether labels of this lot may still be asked for, now or when it is free again."""
    return lot.labels_left > 0 and (lot.remaining > 0 or lot.issued > 0)


def by_urgency(lots: Iterable[PackingLot]) -> list[PackingLot]:
    """What can be done first, then what waits, then what is stopped; newest first among equals."""
    order: Callable[[PackingLot], int] = lambda lot: _URGENCY[lot.state]  # noqa: E731 - typed key
    return sorted(lots, key=order)


@blueprint.get("/lots/<code>")
@deed("see_packing")
def lot(code: str) -> ResponseReturnValue:
    """One lot: what it is, what came in and went out, its labels and everything that names it."""
    session, instance = signed_in(), house().instance
    shown = packing_lot(instance, session.coop_id, code)
    jobs = [one for one in print_jobs(instance, session.coop_id, 500) if one.lot_code == shown.code]
    return page(
        "lot",
        lot=shown,
        river=lot_river(shown.amounts),
        jobs=jobs,
        around=node_page(instance, session.coop_id, shown.code),
        proofs=lot_proofs(instance, session.coop_id, shown.code),
        records=lot_records(instance, session.coop_id, shown.key),
    )


@blueprint.get("/records")
@deed("see_packing")
def records() -> ResponseReturnValue:
    """What was packed, received and sent lately."""
    found = goods_records(house().instance, signed_in().coop_id, GOODS, LAST_RECORDS)
    return page("records", records=found)


@blueprint.get("/saved/<entry_id>")
@deed("see_packing")
def saved(entry_id: str) -> ResponseReturnValue:
    """What was just recorded, and the next step."""
    told = record_told(house().instance, signed_in().coop_id, entry_id)
    if told is None or told.record.event_type not in GOODS:
        abort(404)
    return page("saved", told=told, record=told.record)
