"""How much was picked of some products on some bases in a span of days."""

from collections.abc import Collection
from decimal import Decimal

from ..domain.quantity import Quantity, convert
from . import declared
from .database import Connection, marks, rows


def picked_kg(
    connection: Connection,
    coop_id: str,
    product_ids: Collection[str],
    site_ids: Collection[str],
    first_day: str,
    last_day: str,
) -> Decimal:
    """The mass of all pickings that were not declared wrong, both days included; none means all."""
    plots = declared.all_current(connection, coop_id, "plot", with_retired=True)
    on_sites = {plot.id for plot in plots if not site_ids or plot.text("site_id") in site_ids}
    chosen = sorted(product_ids)
    of_products = f" AND p.product_id IN ({marks(len(chosen))})" if chosen else ""
    found = rows(
        connection,
        "SELECT p.plot_id, s.quantity, s.unit FROM planting p"
        " JOIN event_node s ON s.node_key = p.node_key AND s.role = 'input'"
        " JOIN event e ON e.entry_index = s.entry_index WHERE p.coop_id = ?"
        " AND e.event_type = 'harvesting' AND e.declared_wrong_by IS NULL"
        f" AND e.event_date >= ? AND e.event_date <= ?{of_products}",
        (coop_id, first_day, last_day, *chosen),
    )
    amounts = [
        convert(Quantity(Decimal(one["quantity"]), one["unit"]), "kg")
        for one in found
        if one["plot_id"] in on_sites and one["quantity"]
    ]
    return sum(amounts, Decimal(0))
