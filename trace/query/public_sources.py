"""Whose harvest is in these goods, with which share, as far as a shopper's page names people."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ..domain.key_data import INPUT_LOT, PACKAGE, PLANTING
from ..domain.lineage import Link, Share, origins, parent_shares
from ..domain.quantity import Quantity
from ..repository import lineage, links
from ..repository.database import Connection, Row
from ..repository.declared import Declared


@dataclass(frozen=True)
class Source:
    """One grower, other co-op or supplier, or for a package one product in it, with its share.

    `who` is None where nobody is named; `plots` are a grower's.
    """

    who: Declared | None
    plots: tuple[Declared, ...]
    share: Share


def sources_of(
    connection: Connection, key: int, rows: Mapping[int, Row], names: Mapping[str, Declared]
) -> tuple[Source, ...]:
    """The sources of a lot or package, the largest share first; none where there is only one."""
    own = rows[key]
    if own["kind"] == PLANTING or len(rows) < 3:
        return ()
    until = lineage.last_days(connection, key)
    found = [
        row
        for row in links.links_into(connection, list(rows))
        if row["parent_kind"] != INPUT_LOT
        and row["enters_on"] <= lineage.day_number(until.get(row["child_key"], lineage.NO_CUT))
    ]
    drawn = [_link(row) for row in found]
    if own["kind"] == PACKAGE:
        shares = {
            int(parent): share
            for (parent, child), share in parent_shares(drawn).items()
            if child == str(key)
        }
        told = {one: rows[one]["product_id"] or "" for one in shares}
    else:
        shares = {int(node): share for node, share in origins(drawn, str(key)).items()}
        told = {one: _whose(rows[one], own, names) for one in shares if one != key}
    groups: dict[str, list[int]] = defaultdict(list)
    for one, named in told.items():
        groups[named].append(one)
    if len(groups) < 2:
        return ()
    made = [
        Source(
            names.get(named),
            _plots(members, rows, own, names),
            _sum(shares[one] for one in members),
        )
        for named, members in groups.items()
    ]
    return tuple(sorted(made, key=lambda one: (one.share is None, -(one.share or 0))))


def _link(row: Row) -> Link:
    amount = Quantity(Decimal(row["quantity"]), row["unit"]) if row["quantity"] else None
    mass = Decimal(row["unit_mass_kg"]) if row["unit_mass_kg"] else None
    return Link(str(row["parent_key"]), str(row["child_key"]), row["entry_id"], amount, mass)


def _whose(row: Row, own: Row, names: Mapping[str, Declared]) -> str:
    """The id of whoever a first origin is from: another co-op as a whole, a grower, a supplier."""
    if row["coop_id"] != own["coop_id"]:
        return str(row["coop_id"])
    plot = names.get(row["plot_id"] or "")
    return plot.text("grower_id") if plot else str(row["supplier_id"] or "")


def _plots(
    members: Iterable[int], rows: Mapping[int, Row], own: Row, names: Mapping[str, Declared]
) -> tuple[Declared, ...]:
    ours = [rows[one] for one in members if rows[one]["coop_id"] == own["coop_id"]]
    ids = dict.fromkeys(row["plot_id"] for row in ours if row["plot_id"])
    return tuple(names[one] for one in ids if one in names)


def _sum(shares: Iterable[Share]) -> Share:
    total = Fraction(0)
    for share in shares:
        if share is None:
            return None
        total += share
    return total
