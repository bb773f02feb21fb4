"""The whole record of one lot, package or planting as a shopper may see it: rows to values.

`public_page` finds what a code stands for; nothing here is in any language yet. Its pages name no
customer but a shop that signed for goods, and show nobody's phone but the co-op's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo

from ..domain import public_record as rules
from ..domain.certificates import OUT_OF_SCOPE
from ..domain.errors import NotFound, Problem
from ..domain.key_data import INPUT_LOT, PACKAGE, PLANTING
from ..repository import declared, inspections, ledger, lineage, nodes, units
from ..repository import public_events as stored
from ..repository.database import Connection, Row
from ..repository.declared import Declared
from ..repository.instance import Instance
from ..repository.standing import standing_of
from .lot_certificates import Certificate, certificates_of
from .public_events import PublicEvent, public_events
from .public_facts import Growing, Test, growing, missing, tests
from .public_names import names_of
from .public_sources import Source, sources_of
from .public_standing import Amounts, HoldNotice, RecallNotice, amounts, hold_notice, recall_notice


@dataclass(frozen=True)
class Record:
    """One lot, package or planting with everything that tells of it.

    `names` holds every declared noun that the record names, by id. `flush` is the number of the
    picking for mushrooms. `made_by` is empty for a planting. `taken_from` is the co-op of this
    server that grew all of it, where that is another.
    """

    node_id: str
    kind: str
    made_by: str
    lot_number: str
    package_name: str
    package_name_en: str
    quantity: str
    unit: str
    unit_mass_kg: str | None
    packed_quantity: int | None
    variety: str
    product: Declared | None
    coop: Declared
    supplier: Declared | None
    supplier_lot_number: str
    supplier_certificate: str
    growing: Growing
    sources: tuple[Source, ...]
    taken_from: Declared | None
    tests: tuple[Test, ...]
    telling_test: Test | None
    is_tested_outside: bool
    certificates: tuple[Certificate, ...]
    events: tuple[PublicEvent, ...]
    names: Mapping[str, Declared]
    flush: int | None
    amounts: Amounts
    hold: HoldNotice | None
    recall: RecallNotice | None
    missing: tuple[Problem, ...]
    verdict: str
    first_recorded: datetime
    first_entry: int
    zone: tzinfo

    @property
    def is_bought_in(self) -> bool:
        """Whether it came from a supplier, so that there is no growing record."""
        return self.supplier is not None


@dataclass(frozen=True)
class Content:
    """A lot in a package, and how much of it went into all packages together."""

    record: Record
    quantity: str
    unit: str


@dataclass(frozen=True)
class Page:
    """What one code shows. `sequence` is the number of the label, None for the lot itself."""

    code: str
    sequence: int | None
    is_void: bool
    record: Record
    contents: tuple[Content, ...]
    verdict: str
    is_tested_outside: bool
    missing: tuple[tuple[Record, Problem], ...]
    origin: str
    witnesses: int


def public_page(instance: Instance, code: str) -> Page:
    """What a canonical code stands for. Raises NotFound; an input lot has no public page."""
    with instance.database.reading() as connection:
        unit = units.unit_by_code(connection, code)
        key = unit["node_key"] if unit else nodes.node_key(connection, code)
        record = _record(connection, key)
        contents: tuple[Content, ...] = ()
        if record.kind == PACKAGE:
            contents = tuple(
                Content(_record(connection, one["node_key"]), one["quantity"], one["unit"])
                for one in stored.contents_of(connection, key)
            )
        is_void = bool(unit and unit["voided_by"])
        inside = [content.record for content in contents] or [record]
        verdicts = [record.verdict, *(one.verdict for one in inside)]
        return Page(
            code,
            unit["sequence"] if unit else None,
            is_void,
            record,
            contents,
            rules.VOID if is_void else rules.worst(verdicts),
            all(one.is_tested_outside for one in inside),
            tuple((one, problem) for one in inside for problem in one.missing),
            instance.origin,
            ledger.witness_count(connection),
        )


def _record(connection: Connection, key: int) -> Record:
    cut_offs = lineage.backward_closure(connection, key)
    rows = stored.closure_nodes(connection, list(cut_offs))
    own = rows[key]
    if own["kind"] == INPUT_LOT:
        raise NotFound(own["node_id"])
    zone = ZoneInfo(declared.time_zone(connection, own["coop_id"]))
    events, pickings = public_events(connection, key, cut_offs, zone)
    grown = growing(rows, events, own)
    examined, further = tests(connection, list(cut_offs), rows, events, grown, zone)
    is_package = own["kind"] == PACKAGE
    told = sorted([*events, *further], key=lambda one: (one.event_time, one.entry_index))
    if is_package:  # what is inside has records of its own
        told = [one for one in told if key in {share.node_key for share in one.shares}]
    names = names_of(connection, rows, told, own)
    product = names.get(own["product_id"] or "")
    bought = [] if is_package else [row for row in rows.values() if _is_bought(row)]
    supplier_row = bought[0] if bought else None
    picked_on = grown.picked_from
    found = [one.examined for one in examined]
    is_tested = is_package or not inspections.untested(connection, key)
    lacking = missing(own, product, grown, told, is_tested, supplier_row)
    hold, recall = _against(connection, key, own, zone)
    made = [one for one in events if not one.is_wrong] or events
    return Record(
        own["node_id"],
        own["kind"],
        own["made_by"] or "",
        own["lot_number"] or "",
        own["name"] or "",
        own["name_en"] or "",
        own["quantity"] or "",
        own["unit"] or "",
        own["unit_mass_kg"],
        own["packed_quantity"],
        grown.varieties[0] if len(grown.varieties) == 1 else "",
        product,
        names[own["coop_id"]],
        names.get(supplier_row["supplier_id"]) if supplier_row else None,
        (supplier_row["supplier_lot_number"] or "") if supplier_row else "",
        (supplier_row["supplier_certificate"] or "") if supplier_row else "",
        grown.named(names),
        sources_of(connection, key, rows, names),
        _taken_from(rows, own, names),
        tuple(examined),
        _telling(examined, picked_on),
        rules.is_tested_outside(found, picked_on),
        () if is_package else _certificates(connection, key),
        tuple(told),
        names,
        _flush(events, pickings),
        amounts(connection, key, own),
        hold,
        recall,
        () if is_package else tuple(lacking),
        rules.verdict(
            is_void=False,
            is_recalled=recall is not None,
            is_held=hold is not None,
            is_missing=bool(lacking) and not is_package and own["kind"] != PLANTING,
        ),
        min(one.record_time for one in made),
        min(one.entry_index for one in made),
        zone,
    )


def _certificates(connection: Connection, key: int) -> tuple[Certificate, ...]:
    """Those whose scope holds these goods; what is out of scope says nothing of them."""
    found = certificates_of(connection, key)
    return tuple(one for one in found if one.state != OUT_OF_SCOPE)


def _taken_from(
    rows: Mapping[int, Row], own: Row, names: Mapping[str, Declared]
) -> Declared | None:
    grew = {row["coop_id"] for row in rows.values() if row["kind"] == PLANTING}
    return names.get(next(iter(grew))) if len(grew) == 1 and own["coop_id"] not in grew else None


def _is_bought(row: Row) -> bool:
    return bool(row["made_by"] == "receiving" and row["supplier_id"])


def _against(
    connection: Connection, key: int, own: Row, zone: tzinfo
) -> tuple[HoldNotice | None, RecallNotice | None]:
    standing = standing_of(connection, key)
    return hold_notice(standing.holds, zone), recall_notice(
        connection, standing.recalls, own["coop_id"], zone
    )


def _telling(examined: list[Test], picked_on: date | None) -> Test | None:
    best = rules.telling_test([one.examined for one in examined], picked_on)
    return next((one for one in examined if one.examined is best), None)


def _flush(events: list[PublicEvent], pickings: list[PublicEvent]) -> int | None:
    """Which picking of its planting this is, counted from 1; None where there are several."""
    own = [one for one in events if one.event_type == "harvesting" and not one.is_wrong]
    if len(own) != 1:
        return None
    plantings = {share.node_key for share in own[0].of_role("input")}
    if len(plantings) != 1:
        return None
    earlier = [
        one
        for one in pickings
        if not one.is_wrong
        and one.event_time < own[0].event_time
        and plantings & {share.node_key for share in one.of_role("input")}
    ]
    return len(earlier) + 1
