"""The packing house: which lots wait to be packed, labelled or sent out, and how much is left."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from ..domain.errors import NotFound
from ..domain.key_data import LOT, PACKAGE
from ..domain.mass_balance import Balance, Movement, balance
from ..domain.quantity import Quantity, can_convert
from ..repository import balances, declared, events, inspections, lots
from ..repository.database import Connection, Row
from ..repository.declared import Declared
from ..repository.instance import Instance
from ..repository.standing import standing_of
from .field_records import FieldRecord, records_told
from .lot_origin import LotOrigin, origin_of

LOOK_BACK = timedelta(days=180)
GROWN_LATELY = timedelta(days=400)
POTTED = "pot"

Noun = Declared
"""For the layer above, which may not import the repository."""


@dataclass(frozen=True)
class PackingLot:
    """One lot or package as the packing house sees it; amounts are in its own unit.

    `awaits` is the test its labels need and that has not passed yet, else empty. `issued` counts
    all labels ever printed, `alive` those of them that are not void.
    """

    key: int
    code: str
    lot_number: str
    kind: str
    made_by: str
    made_on: date
    product: Declared | None
    name: str
    unit_mass_kg: Decimal | None
    packed_quantity: int | None
    issued: int
    alive: int
    amounts: Balance
    is_held: bool
    is_recalled: bool
    awaits: str
    origin: LotOrigin

    @property
    def unit(self) -> str:
        """The unit of its amounts."""
        return self.amounts.unit

    @property
    def remaining(self) -> Decimal:
        """What should still be there; below zero where more went out than came in."""
        return self.amounts.remaining

    @property
    def units(self) -> tuple[str, ...]:
        """The units its amounts may be told in: its own first, then what scales show."""
        scales = [one for one in ("kg", "jin") if can_convert(one, self.unit, self.unit_mass_kg)]
        return tuple(dict.fromkeys((self.unit, *scales)))

    @property
    def is_package(self) -> bool:
        """Whether it is gift boxes, not one product."""
        return self.kind == PACKAGE

    @property
    def is_packed(self) -> bool:
        """Whether it is packed in units that carry labels."""
        return self.packed_quantity is not None

    @property
    def labels_left(self) -> int:
        """How many labels may still be printed."""
        return (self.packed_quantity or 0) - self.alive

    @property
    def labels_wanted(self) -> int:
        """How many labels are likely wanted: for what is there, where anything is there."""
        left = max(0, self.labels_left)
        return min(left, max(0, int(self.remaining))) or left

    @property
    def state(self) -> str:
        """The first that is true: recalled, held, printed (all), waits (for a test), open."""
        if self.is_recalled:
            return "recalled"
        if self.is_held:
            return "held"
        if self.is_packed and self.labels_left <= 0:
            return "printed"
        return "waits" if self.awaits else "open"

    def title(self, language: str) -> str:
        """What people call it."""
        return self.product.in_language("name", language) if self.product else self.name


@dataclass(frozen=True)
class PottedPlanting:
    """A planting whose plants are sold as they stand."""

    id: str
    product: Declared
    plot: Declared | None
    started_on: date


@dataclass(frozen=True)
class House:
    """What forms of the packing house choose from."""

    customers: tuple[Declared, ...]
    suppliers: tuple[Declared, ...]
    carriers: tuple[Declared, ...]
    sites: tuple[Declared, ...]
    products: tuple[Declared, ...]


def packing_lots(instance: Instance, coop_id: str, today: date) -> list[PackingLot]:
    """The co-op's lots and packages of the last half year, newest first."""
    since = (today - LOOK_BACK).isoformat()
    with instance.database.reading() as connection:
        return _read(connection, lots.lots_since(connection, coop_id, since))


def packing_lot(instance: Instance, coop_id: str, code: str) -> PackingLot:
    """One lot or package of this co-op. Raises NotFound."""
    with instance.database.reading() as connection:
        found = lots.lot_by_code(connection, code)
        if found is None or found["coop_id"] != coop_id or found["kind"] not in (LOT, PACKAGE):
            raise NotFound(code)
        return _read(connection, [found])[0]


def potted_plantings(instance: Instance, coop_id: str, today: date) -> list[PottedPlanting]:
    """Plantings of products that are packed in their pots, newest first."""
    since = (today - GROWN_LATELY).isoformat()
    with instance.database.reading() as connection:
        rows = [row for row in lots.plantings_of(connection, coop_id) if row["started_on"] >= since]
        products = declared.by_ids(connection, "product", [row["product_id"] for row in rows])
        plots = declared.by_ids(connection, "plot", [row["plot_id"] for row in rows])
    return [
        PottedPlanting(
            row["node_id"],
            products[row["product_id"]],
            plots.get(row["plot_id"]),
            date.fromisoformat(row["started_on"]),
        )
        for row in rows
        if row["product_id"] in products and products[row["product_id"]].text("unit") == POTTED
    ]


def house_of(instance: Instance, coop_id: str) -> House:
    """The co-op's customers, suppliers, carriers, sites and products."""
    with instance.database.reading() as connection:
        parties = declared.all_current(connection, coop_id, "party")
        sites = declared.all_current(connection, coop_id, "site")
        products = declared.all_current(connection, coop_id, "product")
    of_kind = defaultdict[str, list[Declared]](list)
    for party in parties:
        of_kind[party.text("kind")].append(party)
    return House(
        tuple(of_kind["customer"]),
        tuple(of_kind["supplier"]),
        tuple(of_kind["carrier"]),
        tuple(sites),
        tuple(products),
    )


def goods_records(
    instance: Instance, coop_id: str, event_types: tuple[str, ...], limit: int = 20
) -> tuple[FieldRecord, ...]:
    """The co-op's newest records of these types."""
    with instance.database.reading() as connection:
        rows = lots.events_of_types(connection, coop_id, list(event_types), limit)
        return records_told(connection, coop_id, rows)


def lot_records(instance: Instance, coop_id: str, key: int) -> tuple[FieldRecord, ...]:
    """Everything that names a lot, newest first."""
    with instance.database.reading() as connection:
        unique = {row["entry_index"]: row for row in lots.events_of_node(connection, key)}
        ours = [row for row in unique.values() if row["coop_id"] == coop_id]
        return records_told(connection, coop_id, ours)


def is_recorded(instance: Instance, coop_id: str, submission_id: str) -> bool:
    """Whether this very form was recorded before: a double click is not asked anything."""
    with instance.database.reading() as connection:
        return events.answered(connection, coop_id, submission_id) is not None


def _read(connection: Connection, rows: list[Row]) -> list[PackingLot]:
    keys = [row["node_key"] for row in rows]
    products = declared.by_ids(connection, "product", [row["product_id"] for row in rows])
    issued = lots.issued_counts(connection, keys)
    alive = balances.labels_of(connection, keys)
    moved = defaultdict[int, list[Movement]](list)
    for one in lots.movements_of(connection, keys):
        amount = Quantity(Decimal(one["quantity"]), one["unit"])
        moved[one["node_key"]].append(Movement(one["event_type"], one["role"], amount))
    found = []
    for row in rows:
        key = row["node_key"]
        mass = Decimal(row["unit_mass_kg"]) if row["unit_mass_kg"] else None
        standing = standing_of(connection, key)
        found.append(
            PackingLot(
                key,
                row["node_id"],
                row["lot_number"],
                row["kind"],
                row["made_by"],
                date.fromisoformat(row["made_on"]),
                products.get(row["product_id"] or ""),
                row["name"] or "",
                mass,
                row["packed_quantity"],
                issued.get(key, 0),
                alive.get(key, 0),
                balance(Quantity(Decimal(row["quantity"]), row["unit"]), mass, moved[key]),
                bool(standing.holds),
                bool(standing.recalls),
                _awaits(connection, key),
                origin_of(connection, key),
            )
        )
    return found


def _awaits(connection: Connection, key: int) -> str:
    """The test that a product in this lot needs before labels and that has not passed."""
    return min(inspections.untested(connection, key).values(), default="")
