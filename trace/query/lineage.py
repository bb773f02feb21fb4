"""Everything around one node: what it was made from, what became of it, with shares and amounts.

Of another co-op's nodes nothing is read but what its shoppers see: co-op, product, lot number, day,
and whether it is held or recalled. Its growers, plots, amounts and customers stay its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from ..domain.key_data import INPUT_LOT
from ..domain.lineage import Link, Share, origins, shares_in, shares_of
from ..domain.quantity import Quantity
from ..repository import declared, lineage, links, lots, nodes
from ..repository.database import Connection, Row
from ..repository.declared import Declared
from ..repository.instance import Instance
from .coop_nodes import NodeLine, node_lines
from .lineage_ends import Relative, by_way_of_ends, ends_of

MOST_NODES = 4000
"""So many nodes each way are read; of more, the nearest in the order of making."""


@dataclass(frozen=True)
class Grown:
    """Whose harvest is in it: a grower of ours, another co-op, or a supplier; with which part."""

    who: Declared | None
    plots: tuple[Declared, ...]
    share: Share


@dataclass(frozen=True)
class Family:
    """A node with all before and behind it; `links` lead from parent to child, ends included."""

    focus: str
    relatives: Mapping[str, Relative]
    links: tuple[Link, ...]
    grown: tuple[Grown, ...]
    is_cut: bool

    @property
    def node(self) -> Relative:
        """The node in question."""
        return self.relatives[self.focus]


def family_of(instance: Instance, coop_id: str, node_id: str) -> Family | None:
    """The family of one node of this co-op, or None."""
    with instance.database.reading() as connection:
        found = nodes.node_keys(connection, [node_id]).get(node_id)
        if found is None or found["coop_id"] != coop_id:
            return None
        return _family(connection, coop_id, found["node_key"])


def _family(connection: Connection, coop_id: str, key: int) -> Family:
    until = lineage.last_days(connection, key)
    behind = [one for one in lineage.forward_closure(connection, [key]) if one != key]
    is_cut = max(len(until), len(behind)) > MOST_NODES
    before = [one for one in sorted(until, reverse=True) if one != key][:MOST_NODES]
    behind = behind[:MOST_NODES]
    lines = {
        line.key: line
        for line in node_lines(connection, [key, *before, *behind])
        if line.coop_id == coop_id or line.kind != INPUT_LOT
    }
    known = _known(connection, coop_id, lines)
    up = [row for row in links.links_into(connection, [key, *before]) if _counts(row, until)]
    down = links.links_into(connection, behind)
    focus = lines[key].id
    shares = _shares(connection, focus, lines, up, down)
    relatives = {
        line.id: replace(
            known.relative(line, line.key in until, line.id == focus, shares.get(line.id)),
            has_share=line.id in shares,
        )
        for line in lines.values()
    }
    ours = [one for one in (key, *behind) if one in lines and lines[one].coop_id == coop_id]
    ends, ways = ends_of(connection, coop_id, {one: lines[one].id for one in ours})
    drawn = [
        _link(row, lines)
        for row in (*up, *down)
        if row["parent_key"] in lines and row["child_key"] in lines
    ]
    return Family(
        focus,
        relatives | ends,
        (*by_way_of_ends(drawn, ways, relatives, ends), *ways),
        tuple(_grown(up, lines, known, focus)),
        is_cut,
    )


def _counts(row: Row, until: Mapping[int, str]) -> bool:
    """Whether a taking counts: what was sprayed after the picking is not in what was picked."""
    return bool(row["enters_on"] <= lineage.day_number(until[row["child_key"]]))


def _link(row: Row, lines: Mapping[int, NodeLine]) -> Link:
    return _plain_link(row, lines[row["parent_key"]].id, lines[row["child_key"]].id)


def _plain_link(row: Row, parent: str, child: str) -> Link:
    mass = row["unit_mass_kg"]
    amount = Quantity(Decimal(row["quantity"]), row["unit"]) if row["quantity"] else None
    return Link(parent, child, row["entry_id"], amount, Decimal(mass) if mass else None)


def _shares(
    connection: Connection,
    focus: str,
    lines: Mapping[int, NodeLine],
    up: Iterable[Row],
    down: Iterable[Row],
) -> dict[str, Share]:
    """The shares of goods; inputs have none. What else went into descendants counts, unnamed."""

    def goods(found: Iterable[Row]) -> list[Link]:
        return [
            _plain_link(
                row,
                lines[row["parent_key"]].id
                if row["parent_key"] in lines
                else f"{row['parent_key']}",
                lines[row["child_key"]].id,
            )
            for row in found
            if row["parent_kind"] != INPUT_LOT
        ]

    return shares_of(goods(down), focus) | shares_in(goods(up), focus)


@dataclass(frozen=True)
class _Known:
    """Names beside the lines: growers of our plots, other co-ops, suppliers of bought-in lots."""

    coop_id: str
    growers: Mapping[str, Declared]
    coops: Mapping[str, Declared]
    suppliers: Mapping[int, Declared]

    def relative(self, line: NodeLine, is_before: bool, is_focus: bool, share: Share) -> Relative:
        """One line with what may be told of it."""
        public = Relative(
            line.id,
            line.kind,
            line.made_by,
            is_before,
            is_focus,
            line.product,
            lot_number=line.lot_number,
            on=line.made_on,
            share=share if is_before else None,
            state=line.state if line.state in ("held", "recalled") else "",
        )
        if line.coop_id != self.coop_id:
            called = line.called if line.kind == "package" else ""
            return replace(public, coop=self.coops.get(line.coop_id), called=called)
        return replace(
            public,
            name=line.product or line.input,
            plot=line.plot,
            grower=self.growers.get(line.plot.text("grower_id")) if line.plot else None,
            called=line.called,
            amounts=(Quantity(line.quantity, line.unit),) if line.quantity is not None else (),
            state=line.state,
            share=share,
            input_kind=line.input.text("kind") if line.input else "",
        )


def _known(connection: Connection, coop_id: str, lines: Mapping[int, NodeLine]) -> _Known:
    ours = [line for line in lines.values() if line.coop_id == coop_id]
    growers = sorted({line.plot.text("grower_id") for line in ours if line.plot})
    others = sorted({line.coop_id for line in lines.values()} - {coop_id})
    arrived = [line.key for line in ours if line.made_by == "receiving"]
    bought = {
        row["node_key"]: row["supplier_id"]
        for row in lots.lots_by_keys(connection, arrived)
        if row["supplier_id"]
    }
    parties = declared.by_ids(connection, "party", [*growers, *bought.values()])
    return _Known(
        coop_id,
        parties,
        declared.by_ids(connection, "coop", others),
        {key: parties[one] for key, one in bought.items() if one in parties},
    )


def _grown(
    up: Iterable[Row], lines: Mapping[int, NodeLine], known: _Known, focus: str
) -> list[Grown]:
    """The shares of all first origins, told by grower, co-op or supplier, the largest first."""
    by_id = {line.id: line for line in lines.values()}
    goods = [
        _link(row, lines)
        for row in up
        if row["parent_kind"] != INPUT_LOT and row["parent_key"] in lines
    ]
    parts: dict[str, list[tuple[NodeLine, Share]]] = defaultdict(list)
    whose: dict[str, Declared | None] = {}
    for node_id, share in origins(goods, focus).items():
        line = by_id[node_id]
        who = _who_of(line, known)
        named = who.id if who else ""
        whose[named] = who
        parts[named].append((line, share))
    told = [
        Grown(
            whose[named],
            _plots(members, known),
            _sum(share for _, share in members),
        )
        for named, members in parts.items()
    ]
    return sorted(told, key=lambda one: (one.share is None, -(one.share or 0)))


def _plots(members: Iterable[tuple[NodeLine, Share]], known: _Known) -> tuple[Declared, ...]:
    ours = [line.plot for line, _ in members if line.coop_id == known.coop_id]
    return tuple({plot.id: plot for plot in ours if plot}.values())


def _who_of(line: NodeLine, known: _Known) -> Declared | None:
    if line.coop_id != known.coop_id:
        return known.coops.get(line.coop_id)
    if line.plot:
        return known.growers.get(line.plot.text("grower_id"))
    return known.suppliers.get(line.key)


def _sum(shares: Iterable[Share]) -> Share:
    total = Fraction(0)
    for share in shares:
        if share is None:
            return None
        total += share
    return total
