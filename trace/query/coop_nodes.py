"""A co-op's plantings, lots, packages and input lots in a line each: name, amount left, state."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..domain.errors import Refused
from ..domain.identifiers import parse_code
from ..domain.key_data import PLANTING
from ..domain.mass_balance import Balance, Movement, balance, lot_state
from ..domain.quantity import Quantity
from ..domain.reading_span import UNLIMITED, Span
from ..repository import coop_records, declared, lots, units
from ..repository.database import Connection, Row
from ..repository.declared import Declared
from ..repository.instance import Instance
from ..repository.standing import held_among, recalled_among

STATES = ("recalled", "held", "open", "sold_out", "used_up", "destroyed")
PAGE = 40
_SCAN = 400
MOST_FOUND = 30


@dataclass(frozen=True)
class NodeLine:
    """One node with its state; `remaining` and `labels` are None where they mean nothing."""

    key: int
    id: str
    kind: str
    coop_id: str
    product: Declared | None
    input: Declared | None
    plot: Declared | None
    called: str
    lot_number: str
    made_by: str
    made_on: date
    unit: str
    quantity: Decimal | None
    remaining: Decimal | None
    packed_quantity: int | None
    labels: int
    state: str

    @property
    def picture(self) -> str:
        """Its product's picture, or one for what it is."""
        noun = self.product or self.input
        other = {"package": "gift", "input_lot": "bottle", PLANTING: "seedling"}
        return (noun.text("picture") if noun else "") or other.get(self.kind, "basket")

    def name(self, language: str) -> str:
        """How people call it: the product, the input, the package, with the plot of a planting."""
        named = [one for one in (self.plot, self.product or self.input) if one]
        return " ".join(one.in_language("name", language) for one in named) or self.called


@dataclass(frozen=True)
class LotPage:
    """One page of a list, and the key to go on from where there is more."""

    lines: tuple[NodeLine, ...]
    older: int | None


def lot_page(
    instance: Instance,
    coop_id: str,
    state: str = "",
    before: int | None = None,
    span: Span = UNLIMITED,
) -> LotPage:
    """A co-op's lots and packages, the last made first, of one state or of all.

    `span` limits them to those made in it.
    """
    found: list[NodeLine] = []
    with instance.database.reading() as connection:
        while True:
            rows = coop_records.goods_before(connection, coop_id, before, _SCAN)
            for line in node_lines(connection, [row["node_key"] for row in rows]):
                if (state and line.state != state) or not span.holds(line.made_on):
                    continue
                if len(found) == PAGE:
                    return LotPage(tuple(found), found[-1].key)
                found.append(line)
            if len(rows) < _SCAN:
                return LotPage(tuple(found), None)
            before = rows[-1]["node_key"]


def found_nodes(instance: Instance, coop_id: str, typed: str) -> tuple[NodeLine, ...]:
    """What a lot number, part of one, or the code of a lot or label leads to, in this co-op."""
    wanted = " ".join(typed.upper().split())
    try:
        code = parse_code(typed)
    except Refused:
        code = ""
    with instance.database.reading() as connection:
        unit = units.unit_by_code(connection, code) if code else None
        rows = coop_records.nodes_called(connection, coop_id, code or wanted, MOST_FOUND)
        keys = [row["node_key"] for row in rows] + ([unit["node_key"]] if unit else [])
        lines = node_lines(connection, keys) if wanted else ()
    return tuple(one for one in lines if one.coop_id == coop_id)


def node_lines(connection: Connection, keys: list[int]) -> tuple[NodeLine, ...]:
    """These nodes, of any co-op, the last made first."""
    rows = coop_records.nodes_by_keys(connection, sorted(set(keys)))
    own = {row["node_key"] for row in rows}
    held, recalled = held_among(connection, list(own)), recalled_among(connection, list(own))
    named = declared.by_any_ids(
        connection,
        {row[name] for row in rows for name in ("product_id", "input_id", "plot_id") if row[name]},
    )
    balances = _balances(connection, [row for row in rows if row["kind"] != PLANTING])
    labels: dict[int, int] = {}
    for part in _parts(sorted(own)):
        labels |= lots.issued_counts(connection, part)
    return tuple(
        NodeLine(
            key := row["node_key"],
            row["node_id"],
            row["kind"],
            row["coop_id"],
            named.get(row["product_id"]),
            named.get(row["input_id"]),
            named.get(row["plot_id"]),
            row["name"] or row["variety"] or "",
            row["lot_number"] or "",
            row["made_by"] or "planting",
            date.fromisoformat(row["made_on"]),
            row["unit"] or "",
            Decimal(row["quantity"]) if row["quantity"] else None,
            balances[key].remaining if key in balances else None,
            row["packed_quantity"],
            labels.get(key, 0),
            _state(key in recalled, key in held, balances.get(key)),
        )
        for row in rows
    )


def _state(is_recalled: bool, is_held: bool, amounts: Balance | None) -> str:
    if amounts is None:
        return "recalled" if is_recalled else "held" if is_held else "open"
    return lot_state(is_recalled=is_recalled, is_held=is_held, lot_balance=amounts)


def _parts(keys: list[int]) -> Iterable[list[int]]:
    return (keys[start : start + 500] for start in range(0, len(keys), 500))


def _balances(connection: Connection, rows: list[Row]) -> dict[int, Balance]:
    moved: dict[int, list[Movement]] = {row["node_key"]: [] for row in rows}
    for part in _parts(list(moved)):
        for one in lots.movements_of(connection, part):
            amount = Quantity(Decimal(one["quantity"]), one["unit"])
            moved[one["node_key"]].append(Movement(one["event_type"], one["role"], amount))
    return {
        row["node_key"]: balance(
            Quantity(Decimal(row["quantity"]), row["unit"]),
            Decimal(row["unit_mass_kg"]) if row["unit_mass_kg"] else None,
            moved[row["node_key"]],
        )
        for row in rows
    }
