"""Goods that another co-op of this server sent to us: on their way, taken over, or contradicted.

Of the sender nothing is read but its public name, the product, the lot number and day, and how much
it says it sent to us.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..repository import consignments, declared
from ..repository.database import Connection, Row
from ..repository.declared import Declared
from ..repository.instance import Instance
from ..repository.standing import standing_of


@dataclass(frozen=True)
class Arriving:
    """One lot of a shipping to us; `taken_as` is our product that the sender's was before."""

    shipping: str
    node_id: str
    sender: Declared
    product: Declared | None
    called: str
    lot_number: str
    sent_on: date
    quantity: Decimal
    unit: str
    is_held: bool
    is_recalled: bool
    is_taken: bool
    taken_as: str

    @property
    def picture(self) -> str:
        """Its product's picture."""
        return (self.product.text("picture") if self.product else "") or "box"

    def title(self, language: str) -> str:
        """What the sender calls it."""
        return self.product.in_language("name", language) if self.product else self.called


@dataclass(frozen=True)
class Contradiction:
    """One co-op says that the goods arrived, the other that they were never sent.

    `own` is our entry in question; `lot` our lot: the one sent, or the one that arrived.
    """

    is_sender: bool
    other: Declared | None
    own: str
    lot: str
    lot_number: str
    on: date


@dataclass(frozen=True)
class Consigned:
    """One lot of a shipping of ours, whom it was sent to, and when it arrived, if it did."""

    receiver: Declared | None
    lot_number: str
    arrived_on: date | None


def arriving(instance: Instance, coop_id: str) -> tuple[Arriving, ...]:
    """What is on the way to us, the last sent first."""
    with instance.database.reading() as connection:
        return _arriving(connection, coop_id, consignments.on_the_way(connection, coop_id))


def arriving_lot(instance: Instance, coop_id: str, shipping: str, code: str) -> Arriving | None:
    """One lot of one shipping to us, taken over or not; None where it was not sent to us."""
    with instance.database.reading() as connection:
        rows = consignments.to_coop(connection, coop_id, shipping)
        found = _arriving(connection, coop_id, [row for row in rows if row["node_id"] == code])
    return found[0] if found else None


def _arriving(connection: Connection, coop_id: str, rows: Iterable[Row]) -> tuple[Arriving, ...]:
    listed = list(rows)
    coops = declared.by_ids(connection, "coop", [row["coop_id"] for row in listed])
    products = declared.by_ids(connection, "product", [row["product_id"] or "" for row in listed])
    ours = {one.id for one in declared.all_current(connection, coop_id, "product")}
    found = []
    for row in listed:
        standing = standing_of(connection, row["node_key"])
        before = consignments.product_taken_as(connection, coop_id, row["product_id"] or "")
        found.append(
            Arriving(
                row["entry_id"],
                row["node_id"],
                coops[row["coop_id"]],
                products.get(row["product_id"] or ""),
                row["name"] or "",
                row["lot_number"],
                date.fromisoformat(row["event_date"]),
                Decimal(row["quantity"]),
                row["unit"],
                bool(standing.holds),
                bool(standing.recalls),
                row["received_by"] is not None,
                before if before in ours and before else "",
            )
        )
    return tuple(found)


def consigned(instance: Instance, coop_id: str, entry_id: str) -> tuple[Consigned, ...]:
    """What one shipping of ours sent to another co-op of this server, and whether it is there."""
    with instance.database.reading() as connection:
        sent = consignments.of_shipping(connection, entry_id)
        ours = [row for row in sent if row["coop_id"] == coop_id]
        made = consignments.lots_made_by(
            connection, [row["received_by"] for row in ours if row["received_by"]]
        )
        coops = declared.by_ids(connection, "coop", [row["receiver_coop_id"] for row in ours])
    return tuple(
        Consigned(
            coops.get(row["receiver_coop_id"]),
            row["lot_number"],
            date.fromisoformat(arrived["event_date"])
            if (arrived := made.get(row["received_by"] or ""))
            else None,
        )
        for row in ours
    )


def contradictions(
    instance: Instance, coop_id: str, node_id: str = ""
) -> tuple[Contradiction, ...]:
    """Arrivals whose shipping was struck out, of this co-op or of one lot of it, newest first."""
    with instance.database.reading() as connection:
        rows = consignments.struck_after_arrival(connection, coop_id)
        made = consignments.lots_made_by(connection, [row["received_by"] for row in rows])
        others = [row[name] for row in rows for name in ("coop_id", "receiver_coop_id")]
        coops = declared.by_ids(connection, "coop", others)
    found = []
    for row in rows:
        is_sender = row["coop_id"] == coop_id
        arrived = made.get(row["received_by"])
        ours = row if is_sender else arrived
        if ours is None or node_id not in ("", ours["node_id"]):
            continue
        found.append(
            Contradiction(
                is_sender,
                coops.get(row["receiver_coop_id" if is_sender else "coop_id"]),
                row["entry_id"] if is_sender else row["received_by"],
                ours["node_id"],
                ours["lot_number"],
                date.fromisoformat(ours["event_date"]),
            )
        )
    return tuple(found)
