"""What came in and what went out of a co-op, worked out from the record as it stands now.

A late record or a correction changes the sums of long ago, so nothing here is kept: the season is
read in a few statements and added up anew.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ..domain.imbalance import (
    Imbalance,
    labels_above_packed,
    made_and_taken,
    more_than_grows,
    more_than_taken,
    more_than_there,
)
from ..domain.key_data import INPUT, OUTPUT
from ..domain.mass_balance import Movement, balance
from ..domain.quantity import Quantity
from ..domain.season_balance import (
    PACKAGES,
    Moved,
    ProductBalance,
    Stock,
    by_entry,
    mass_of,
    package_masses,
    product_balances,
)
from ..repository import balances, declared
from ..repository.database import Connection, Row
from ..repository.declared import Declared
from ..repository.instance import Instance


@dataclass(frozen=True)
class Finding:
    """One thing that does not add up, with the lot, planting or record to look at."""

    imbalance: Imbalance
    product_id: str
    node_id: str
    name: str
    plot: Declared | None = None
    entry_id: str = ""


@dataclass(frozen=True)
class Unweighed:
    """An amount without a weight: of which lot, in what kind of record."""

    node_id: str
    lot_number: str
    event_type: str
    role: str
    quantity: Quantity


@dataclass(frozen=True)
class ProductSeason:
    """One product's balance over the days asked for; gift boxes have no product."""

    product: Declared | None
    balance: ProductBalance
    findings: tuple[Finding, ...]
    unweighed: tuple[Unweighed, ...]


@dataclass(frozen=True)
class _Stocks:
    """Everything whose amounts move, by key: for sums, for names, by product."""

    stocks: dict[int, Stock]
    rows: dict[int, Row]
    products: dict[str, Declared]

    def tolerance(self, product_id: str) -> Decimal:
        return _number(self.products.get(product_id), "tolerance_percent") or Decimal(0)


def season_balances(
    instance: Instance, coop_id: str, first_day: str, last_day: str
) -> tuple[ProductSeason, ...]:
    """Every product that was there in these days, those that do not add up first, then by name."""
    with instance.database.reading() as connection:
        stocks = _stocks(connection, coop_id)
        moved = _moved(balances.movements_until(connection, coop_id, last_day), stocks)
        entries = by_entry(moved)
        boxes = package_masses(entries)
        found = product_balances(entries, first_day, boxes)
        findings = [
            *_of_lots(moved, stocks, first_day),
            *_of_making(connection, entries, boxes, stocks, first_day),
            *_of_plantings(connection, moved, stocks, first_day),
            *_of_labels(balances.labels_alive(connection, coop_id), stocks),
        ]
    by_product = defaultdict[str, list[Finding]](list)
    for one in findings:
        by_product[one.product_id].append(one)
    seasons = [
        ProductSeason(
            stocks.products.get(product_id),
            found.get(product_id) or ProductBalance(),
            tuple(by_product[product_id]),
            tuple(_unweighed(found[product_id].uncounted, stocks) if product_id in found else ()),
        )
        for product_id in {*found, *by_product}
        if product_id in by_product or not found[product_id].is_empty
    ]
    return tuple(sorted(seasons, key=_order))


def _order(one: ProductSeason) -> tuple[bool, bool, Decimal, str]:
    name = one.product.text("name") if one.product else PACKAGES
    return not one.findings, one.product is None, -one.balance.there, name


def _stocks(connection: Connection, coop_id: str) -> _Stocks:
    products = {
        one.id: one
        for one in declared.all_current(connection, coop_id, "product", with_retired=True)
    }
    stocks, named = dict[int, Stock](), dict[int, Row]()
    masses = dict[str | None, Decimal | None]({None: None})
    for row in balances.goods_of(connection, coop_id):
        mass = row["unit_mass_kg"]
        if mass not in masses:
            masses[mass] = Decimal(mass)
        key, product_id = row["node_key"], row["product_id"] or PACKAGES
        stocks[key] = Stock(key, product_id, row["unit"], masses[mass])
        named[key] = row
    for row in balances.plantings_of(connection, coop_id):
        key = row["node_key"]
        mass = _number(products.get(row["product_id"]), "unit_mass_kg")
        stocks[key] = Stock(key, row["product_id"], "kg", mass, is_planting=True)
        named[key] = row
    return _Stocks(stocks, named, products)


def _number(noun: Declared | None, name: str) -> Decimal | None:
    text = noun.text(name) if noun else ""
    return Decimal(text) if text else None


def _moved(found: Iterable[Row], stocks: _Stocks) -> list[Moved]:
    moved, known = list[Moved](), dict[tuple[str, str], Quantity]()
    for one in found:
        if (stock := stocks.stocks.get(one["node_key"])) is None:
            continue
        typed = one["quantity"], one["unit"]
        if (quantity := known.get(typed)) is None:
            quantity = known[typed] = Quantity(Decimal(typed[0]), typed[1])
        moved.append(
            Moved(
                one["entry_index"],
                one["event_date"],
                one["event_type"],
                one["role"],
                stock,
                quantity,
            )
        )
    return moved


def _of_lots(moved: Iterable[Moved], stocks: _Stocks, first_day: str) -> Iterable[Finding]:
    """Lots of which more went out than came in, and that moved in these days."""
    by_stock = defaultdict[int, list[Moved]](list)
    for one in moved:
        if not one.stock.is_planting:
            by_stock[one.stock.key].append(one)
    for key, moves in by_stock.items():
        stock = moves[0].stock
        if max(one.day for one in moves) < first_day or _is_plainly_there(moves):
            continue
        made = [one.quantity for one in moves if one.role == OUTPUT]
        movements = [
            Movement(one.event_type, one.role, one.quantity) for one in moves if one.role != OUTPUT
        ]
        amounts = balance(
            made[0] if made else Quantity(Decimal(0), stock.unit), stock.unit_mass_kg, movements
        )
        if wrong := more_than_there(amounts, stocks.tolerance(stock.product_id)):
            yield Finding(wrong, stock.product_id, *_named(stocks, key))


def _is_plainly_there(moves: list[Moved]) -> bool:
    """Whether nothing went out of a lot, or less of one unit than was made of it: most lots."""
    made = left = None
    for one in moves:
        if one.role == OUTPUT:
            made, left = one.quantity.unit, one.quantity.amount
        elif left is None or one.quantity.unit != made:
            return False
        elif one.role in (INPUT, "removed"):
            left -= one.quantity.amount
    return left is not None and left >= 0


def _of_making(
    connection: Connection,
    entries: Mapping[int, list[Moved]],
    boxes: Mapping[int, Decimal],
    stocks: _Stocks,
    first_day: str,
) -> list[Finding]:
    """Records of which more came out than went in."""
    found = dict[int, tuple[Imbalance, Moved]]()
    for index, moves in entries.items():
        if moves[0].day < first_day or moves[0].event_type == "package_made":
            continue
        made = [one for one in moves if one.role == OUTPUT]
        taken = [one for one in moves if one.role == INPUT]
        if not made or not taken:
            continue
        sums = made_and_taken(_amounts(made, boxes), _amounts(taken, boxes))
        tolerance = stocks.tolerance(made[0].stock.product_id)
        if sums and (wrong := more_than_taken(*sums, tolerance)):
            found[index] = wrong, made[0]
    ids = balances.entry_ids(connection, list(found))
    return [
        Finding(wrong, one.stock.product_id, *_named(stocks, one.stock.key), entry_id=ids[index])
        for index, (wrong, one) in found.items()
    ]


def _amounts(
    moves: list[Moved], boxes: Mapping[int, Decimal]
) -> list[tuple[Quantity, Decimal | None]]:
    return [(one.quantity, boxes.get(one.stock.key, one.stock.unit_mass_kg)) for one in moves]


def _of_plantings(
    connection: Connection, moved: Iterable[Moved], stocks: _Stocks, first_day: str
) -> list[Finding]:
    """Plantings picked in these days of which more was picked in all than can grow there."""
    picked, last = defaultdict[int, Decimal](Decimal), dict[int, str]()
    for one in moved:
        if one.stock.is_planting and one.role == INPUT:
            picked[one.stock.key] += mass_of(one.quantity, one.stock.unit_mass_kg) or 0
            last[one.stock.key] = max(one.day, last.get(one.stock.key, ""))
    own = [key for key in picked if last[key] >= first_day]
    plots = declared.by_ids(connection, "plot", [stocks.rows[key]["plot_id"] for key in own])
    found = []
    for key in own:
        row, product_id = stocks.rows[key], stocks.stocks[key].product_id
        plot = plots.get(row["plot_id"])
        wrong = more_than_grows(
            picked[key],
            Decimal(row["area_mu"]) if row["area_mu"] else _number(plot, "area_mu"),
            _number(stocks.products.get(product_id), "top_yield_kg_per_mu"),
            stocks.tolerance(product_id),
        )
        if wrong:
            found.append(Finding(wrong, product_id, row["node_id"], row["variety"], plot))
    return found


def _of_labels(alive: Mapping[int, int], stocks: _Stocks) -> Iterable[Finding]:
    for key, labels in alive.items():
        stock, row = stocks.stocks[key], stocks.rows[key]
        if wrong := labels_above_packed(labels, row["packed_quantity"] or 0, stock.unit):
            yield Finding(wrong, stock.product_id, *_named(stocks, key))


def _named(stocks: _Stocks, key: int) -> tuple[str, str]:
    row = stocks.rows[key]
    return row["node_id"], row["lot_number"]


def _unweighed(found: Iterable[Moved], stocks: _Stocks) -> Iterable[Unweighed]:
    for one in found:
        node_id, name = _named(stocks, one.stock.key) if not one.stock.is_planting else ("", "")
        if one.stock.is_planting:
            row = stocks.rows[one.stock.key]
            node_id, name = row["node_id"], row["variety"]
        yield Unweighed(node_id, name, one.event_type, one.role, one.quantity)
