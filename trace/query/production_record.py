"""A co-op's production record and spray record of some days, whole or of one plot.

Every record of the kinds the law asks about, those struck out among them with what stands in their
place; what is missing is judged by `domain.production_record`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from ..domain.key_data import INPUT, INPUT_LOT, PLANTING
from ..domain.pre_harvest_interval import first_day
from ..domain.production_record import TRAPS, Kept, Missing, facts_named, missing_facts
from ..domain.quantity import Quantity
from ..repository import declared, field_work, inspecting
from ..repository.database import Connection, Row
from ..repository.declared import Declared
from ..repository.instance import Instance
from .field_records import FieldRecord, Part, records_told

KINDS = ("planting", "fertilising", "spraying", "field_work", "harvesting", "packing")
MOST_RECORDS = 20_000
"""More than a thousand households write in a season; a longer span is asked for in parts."""


@dataclass(frozen=True)
class Line:
    """One record with what the law asks of it beside what the record itself says.

    `event_time` has its offset, `precision` is day or minute; `replaced_on` is the day of what
    stands in its place where that is not in the list.
    """

    record: FieldRecord
    event_time: datetime
    precision: str
    plots: tuple[Declared, ...]
    crops: tuple[Declared, ...]
    varieties: tuple[str, ...]
    input: Declared | None
    input_name: str
    supplier: Declared | None
    input_lot: str
    amount: Quantity | None
    registration_number: str
    interval_days: int | None
    replaced_on: date | None

    @property
    def first_day(self) -> date | None:
        """From which day picking was allowed, where the interval is known."""
        known = self.interval_days is not None
        return first_day(self.record.on, self.interval_days or 0) if known else None

    @property
    def taken(self) -> tuple[Part, ...]:
        """What was picked, from each planting."""
        return tuple(one for one in self.record.parts if one.kind == PLANTING and one.role == INPUT)


@dataclass(frozen=True)
class ProductionRecord:
    """The record of some days; `is_cut` says that there was more than one file may hold."""

    days: tuple[date, date]
    plot: Declared | None
    lines: tuple[Line, ...]
    missing: tuple[Missing, ...]
    is_cut: bool

    def of(self, *event_types: str) -> tuple[Line, ...]:
        """The lines of these kinds."""
        return tuple(one for one in self.lines if one.record.event_type in event_types)


def production_record(
    instance: Instance, coop_id: str, days: tuple[date, date], plot_id: str = ""
) -> ProductionRecord | None:
    """The record of these days, of one plot or of all; None where the plot is not this co-op's."""
    with instance.database.reading() as connection:
        plot = declared.one_of(connection, coop_id, "plot", plot_id) if plot_id else None
        if plot_id and plot is None:
            return None
        first, last = days[0].isoformat(), days[1].isoformat()
        rows = inspecting.events_in_order(
            connection, coop_id, first, last, list(KINDS), MOST_RECORDS + 1
        )
        told = records_told(connection, coop_id, rows[:MOST_RECORDS]) if rows else ()
        pairs = [
            (record, row)
            for record, row in zip(told, rows, strict=False)
            if _belongs(record) and (plot is None or plot.id in _plot_ids(record))
        ]
        lines = _lines(connection, coop_id, pairs)
    kept = [_kept(one) for one in lines if one.record.struck is None and not _own_seed(one)]
    return ProductionRecord(days, plot, lines, missing_facts(kept), len(rows) > MOST_RECORDS)


def _belongs(record: FieldRecord) -> bool:
    """Traps among field work, packing straight from the field, sowing of bought seed: the rest."""
    if record.event_type == "field_work":
        return record.what.get("work") == TRAPS
    if record.event_type == "packing":
        return any(one.kind == PLANTING and one.role == INPUT for one in record.parts)
    return True


def _own_seed(line: Line) -> bool:
    """Whether this is a sowing that took nothing from the store: no input was used."""
    return line.record.event_type == "planting" and line.record.used is None


def _plot_ids(record: FieldRecord) -> set[str]:
    found = {one.plot.id for one in record.parts if one.plot}
    return found | ({record.plot.id} if record.plot else set())


def _lines(
    connection: Connection, coop_id: str, pairs: list[tuple[FieldRecord, Row]]
) -> tuple[Line, ...]:
    if not pairs:
        return ()
    parts = [part for record, _ in pairs for part in record.parts]
    bought = inspecting.purchases_of(
        connection, sorted({one.node_id for one in parts if one.kind == INPUT_LOT})
    )
    sown = inspecting.varieties_of(
        connection, sorted({one.node_id for one in parts if one.kind == PLANTING})
    )
    suppliers = declared.by_any_ids(connection, {one["supplier_id"] for one in bought.values()})
    listed = declared.by_any_ids(connection, {str(one.what.get("input", "")) for one, _ in pairs})
    elsewhere = _elsewhere(connection, coop_id, [one for one, _ in pairs])
    return tuple(
        _line(record, row, bought, sown, suppliers, listed, elsewhere) for record, row in pairs
    )


def _elsewhere(connection: Connection, coop_id: str, records: list[FieldRecord]) -> dict[str, date]:
    """The day of each record that stands in place of a struck one and is not in the list."""
    wanted = {one.struck.replaced_by for one in records if one.struck} - {""}
    wanted -= {one.entry_id for one in records}
    found = field_work.events_by_ids(connection, coop_id, sorted(wanted)) if wanted else {}
    return {entry: date.fromisoformat(row["event_date"]) for entry, row in found.items()}


def _line(
    record: FieldRecord,
    row: Row,
    bought: Mapping[str, Row],
    sown: Mapping[str, Row],
    suppliers: Mapping[str, Declared],
    listed: Mapping[str, Declared],
    elsewhere: Mapping[str, date],
) -> Line:
    what, used = record.what, record.used
    store = bought.get(used.node_id) if used else None
    noun = (used.input if used else None) or listed.get(str(what.get("input", "")))
    plots = {one.plot.id: one.plot for one in record.parts if one.plot}
    if record.plot:
        plots[record.plot.id] = record.plot
    crops = {one.product.id: one.product for one in record.parts if one.product and one.plot}
    varieties = dict.fromkeys(
        sown[one.node_id]["variety"] for one in record.parts if one.node_id in sown
    )
    amount = what.get("amount") or what.get("seed_amount")
    interval = _stated(what, noun, "pre_harvest_interval_days")
    replaced_by = record.struck.replaced_by if record.struck else ""
    return Line(
        record,
        datetime.fromisoformat(row["event_time"]),
        row["precision"],
        tuple(plots.values()),
        tuple(crops.values()),
        tuple(one for one in varieties if one),
        noun,
        str(what.get("input_name", "")),
        suppliers.get(store["supplier_id"] or "") if store else None,
        (store["supplier_lot_number"] or store["lot_number"]) if store else "",
        Quantity(Decimal(str(amount["quantity"])), str(amount["unit"])) if amount else None,
        _stated(what, noun, "registration_number"),
        int(interval) if interval else None,
        elsewhere.get(replaced_by),
    )


def _stated(what: Mapping[str, object], noun: Declared | None, name: str) -> str:
    """What the list said when it was used, else what it says now."""
    said = what.get(name)
    if said is not None:
        return str(said)
    return noun.text(name) if noun else ""


def _kept(line: Line) -> Kept:
    """What the rules ask about a record."""
    record = line.record
    input_name = line.input.text("name") if line.input else line.input_name
    return Kept(
        record.entry_id,
        record.event_type,
        record.on,
        facts_named(
            input=input_name,
            source=line.supplier.id if line.supplier else "",
            use=str(record.what.get("method", "")),
            amount=line.amount,
            target=str(record.what.get("target", "")),
            picked=line.taken,
            place=line.plots,
            crop=line.crops,
            manufacturer=line.input.text("manufacturer") if line.input else "",
            interval=line.interval_days,
        ),
        line.input.id if line.input else "",
    )
