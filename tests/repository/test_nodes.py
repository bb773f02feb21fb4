"""Closures through lineage against an independent search, and what is left of a lot."""

from collections import deque
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.capture.small_farm import SmallFarm, make_farm
from trace.domain.errors import NotFound
from trace.repository import lineage, nodes
from trace.repository.database import Connection, connect, migrate
from trace.repository.projection import project

START = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty migrated database."""
    path = tmp_path_factory.mktemp("schema") / "empty.db"
    migrate(path)
    return path


@pytest.fixture
def farm(tmp_path: Path) -> SmallFarm:
    """A small co-op."""
    return make_farm(tmp_path)


class Goods:
    """Events projected straight into a database in memory, and the edges they draw.

    All are of one day, a minute apart, so that no planting cuts: test_lineage_laws.py has the days.
    """

    def __init__(self, schema: Path) -> None:
        on_disk = connect(schema)
        self.connection: Connection = connect(Path(":memory:"))
        on_disk.backup(self.connection)
        on_disk.close()
        self.kinds: dict[str, str] = {}
        self.edges: list[tuple[str, str, int]] = []
        self.entries = 0

    def event(
        self, event_type: str, nodes_of: list[dict[str, Any]], what: dict[str, Any] | None = None
    ) -> str:
        number, self.entries = self.entries, self.entries + 1
        moment = START + timedelta(minutes=number)
        body = {
            "kind": "event", "entry_id": f"E{number}", "coop_id": "coop", "event_type": event_type,
            "event_time": moment.isoformat(), "event_time_precision": "minute",
            "record_time": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "performed_by": "p", "recorded_by": "p", "files": [], "nodes": nodes_of,
            "what": what or {},
        }  # fmt: skip
        project(self.connection, number, body)
        return f"E{number}"

    def make(self, event_type: str, kind: str, parents: list[str], how_many: int = 1) -> list[str]:
        minute = self.entries
        made = [f"N{len(self.kinds) + number}" for number in range(how_many)]
        facts = {"plot_id": "plot", "product_id": "x", "variety": "v"}
        shares: list[dict[str, Any]] = [{"node": one, "role": "input"} for one in parents]
        shares += [
            {"node": one, "role": "output", "kind": kind, "quantity": "10", "unit": "kg",
             "facts": facts | {"lot_number": one}}
            for one in made
        ]  # fmt: skip
        self.event(event_type, shares)
        self.kinds |= dict.fromkeys(made, kind)
        self.edges += [(parent, child, minute) for parent in parents for child in made]
        return made

    def spray(self, input_lot: str, planting: str) -> None:
        minute = self.entries
        shares = [{"node": input_lot, "role": "input"}, {"node": planting, "role": "subject"}]
        self.event("spraying", shares)
        self.edges.append((input_lot, planting, minute))

    def of(self, *kinds: str) -> list[str]:
        return [node for node, kind in self.kinds.items() if kind in kinds]

    def reached(self, start: str, *, forward: bool) -> set[str]:
        """Breadth first, one edge at a time."""
        found, waiting = {start}, deque([start])
        while waiting:
            node = waiting.popleft()
            for parent, child, _ in self.edges:
                here, there = (parent, child) if forward else (child, parent)
                if here == node and there not in found:
                    found.add(there)
                    waiting.append(there)
        return found

    def key(self, node: str) -> int:
        return nodes.node_key(self.connection, node)

    def names(self, keys: list[int]) -> set[str]:
        return set(nodes.node_ids(self.connection, keys))


def grow(goods: Goods, data: st.DataObject, steps: int) -> None:
    """A random farm: sowing, spraying, picking, splitting, merging, packing, boxes."""
    goods.make("input_purchase", "input_lot", [])
    goods.make("planting", "planting", [])
    for _ in range(steps):
        step = data.draw(st.sampled_from(["buy", "sow", "spray", "pick", "pack", "split", "box"]))
        lots = goods.of("lot")
        if step == "buy":
            goods.make("input_purchase", "input_lot", [])
        elif step == "sow":
            goods.make("planting", "planting", [])
        elif step == "spray":
            sprayed = data.draw(st.sampled_from(goods.of("planting")))
            goods.spray(data.draw(st.sampled_from(goods.of("input_lot"))), sprayed)
        elif step == "pick" or not lots:
            some = st.lists(
                st.sampled_from(goods.of("planting")), min_size=1, max_size=2, unique=True
            )
            goods.make("harvesting", "lot", data.draw(some))
        else:
            several = st.lists(st.sampled_from(lots), min_size=1, max_size=3, unique=True)
            parents = data.draw(several)
            kind = {"box": "package"}.get(step, "lot")
            parts = data.draw(st.integers(1, 3)) if step == "split" else 1
            goods.make({"box": "package_made"}.get(step, "packing"), kind, parents, parts)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), steps=st.integers(0, 25))
def test_closures_are_those_of_a_search_edge_by_edge(
    schema: Path, data: st.DataObject, steps: int
) -> None:
    goods = Goods(schema)
    grow(goods, data, steps)
    for node in goods.kinds:
        forward = lineage.forward_closure(goods.connection, [goods.key(node)])
        backward = lineage.backward_closure(goods.connection, goods.key(node))
        assert goods.names(forward) == goods.reached(node, forward=True)
        assert goods.names(list(backward)) == goods.reached(node, forward=False)
    goods.connection.close()


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), steps=st.integers(0, 20))
def test_a_cut_off_is_the_last_taking_on_any_way_to_the_lot(
    schema: Path, data: st.DataObject, steps: int
) -> None:
    goods = Goods(schema)
    grow(goods, data, steps)
    for node in goods.kinds:
        inside = goods.reached(node, forward=False)
        expected = {
            parent: max(
                minute for one, child, minute in goods.edges if one == parent and child in inside
            )
            for parent in inside - {node}
        }
        found = lineage.backward_closure(goods.connection, goods.key(node))
        for key, taken_at in found.items():
            (name,) = goods.names([key])
            if name == node:
                assert taken_at is None
            else:
                moment = START + timedelta(minutes=expected[name])
                assert taken_at == moment.isoformat(timespec="milliseconds")
    goods.connection.close()


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), steps=st.integers(0, 15))
def test_an_event_raises_the_revision_of_all_it_reaches_and_of_nothing_else(
    schema: Path, data: st.DataObject, steps: int
) -> None:
    goods = Goods(schema)
    grow(goods, data, steps)
    node = data.draw(st.sampled_from(sorted(goods.kinds)))

    def revisions() -> dict[str, int]:
        found = nodes.node_keys(goods.connection, sorted(goods.kinds))
        return {name: row["revision"] for name, row in found.items()}

    before = revisions()
    goods.event("hold", [{"node": node, "role": "subject"}], {"reason": "x"})
    raised = {name for name, number in revisions().items() if number > before[name]}
    assert raised == goods.reached(node, forward=True)
    goods.connection.close()


def test_a_circle_in_lineage_does_not_run_for_ever(schema: Path) -> None:
    goods = Goods(schema)
    goods.make("harvesting", "lot", goods.make("planting", "planting", []))
    goods.connection.execute(
        "INSERT INTO lineage(child_key, parent_key, entry_index, taken_at) VALUES(1, 2, 9, '2026')"
    )
    assert lineage.forward_closure(goods.connection, [1]) == [1, 2]
    assert set(lineage.backward_closure(goods.connection, 2)) == {1, 2}


def test_a_closure_over_forty_thousand_lots_is_one_closure(schema: Path) -> None:
    goods = Goods(schema)
    many = 40_000
    goods.connection.executemany(
        "INSERT INTO node(node_key, node_id, coop_id, kind, entry_index)"
        " VALUES(?, ?, 'coop', 'lot', 0)",
        [(key, f"L{key}") for key in range(1, many + 1)],
    )
    goods.connection.executemany(
        "INSERT INTO lineage(child_key, parent_key, entry_index, taken_at) VALUES(?, ?, 0, '2026')",
        [(key, key // 2) for key in range(2, many + 1)],
    )
    closure = lineage.forward_closure(goods.connection, [1])
    assert len(closure) == many
    assert len(nodes.node_ids(goods.connection, closure)) == many
    lineage.raise_revisions(goods.connection, [1])
    lowest = goods.connection.execute("SELECT MIN(revision) FROM node").fetchone()[0]
    assert lowest == 2


def test_nothing_reaches_nothing(schema: Path) -> None:
    goods = Goods(schema)
    assert lineage.forward_closure(goods.connection, []) == []
    assert nodes.node_ids(goods.connection, []) == []
    assert nodes.node_keys(goods.connection, []) == {}
    assert lineage.lots_of_plots(goods.connection, "coop", []) == frozenset()


def test_a_node_nobody_knows_is_not_found(schema: Path) -> None:
    goods = Goods(schema)
    with pytest.raises(NotFound):
        nodes.node_key(goods.connection, "NOTHING")
    with pytest.raises(NotFound):
        nodes.lot_balance(goods.connection, 7)
    assert nodes.remaining(goods.connection, 7) == 0
    assert nodes.packed_quantity(goods.connection, 7) is None


def test_a_lot_number_given_twice_never_takes_a_lots_place(schema: Path) -> None:
    goods = Goods(schema)
    goods.make("harvesting", "lot", [])
    share = {"node": "OTHER", "role": "output", "kind": "lot", "quantity": "1", "unit": "kg"}
    with pytest.raises(goods.connection.IntegrityError):
        goods.event("harvesting", [share | {"facts": {"lot_number": "N0"}}])
    kept = goods.connection.execute("SELECT code FROM lot WHERE lot_number = 'N0'").fetchone()
    assert kept["code"] == "N0"


def test_a_planting_sprayed_after_the_picking_has_not_sprayed_the_earlier_lot(
    farm: SmallFarm,
) -> None:
    planting = farm.plant()
    first = farm.harvest(planting)
    farm.wait(days=1)
    sent = {"plantings": [planting], "input_lot": farm.buy_pesticide(), "amount": "30"}
    sprayed = farm.record("spraying", sent).entry_ids[0]
    farm.wait(days=4)
    second = farm.harvest(planting)
    with farm.instance.database.reading() as connection:
        spraying = connection.execute(
            "SELECT event_utc FROM event WHERE entry_id = ?", (sprayed,)
        ).fetchone()["event_utc"]
        key = nodes.node_key(connection, planting)
        cut_offs = [
            lineage.backward_closure(connection, nodes.node_key(connection, lot))[key]
            for lot in (first, second)
        ]
    assert cut_offs[0] is not None
    assert cut_offs[1] is not None
    assert cut_offs[0] < spraying < cut_offs[1]


def test_lots_of_a_plot_are_those_made_from_it_directly_or_later(farm: SmallFarm) -> None:
    picked = farm.harvest(farm.plant())
    packed = farm.pack(picked)
    with farm.instance.database.reading() as connection:
        found = lineage.lots_of_plots(connection, farm.coop_id, [farm.ids["plot"]])
        other = lineage.lots_of_plots(connection, "another co-op", [farm.ids["plot"]])
    assert (found, other) == (frozenset({picked, packed}), frozenset())


def test_what_is_left_of_a_lot_is_what_came_in_less_what_went_out(farm: SmallFarm) -> None:
    picked = farm.harvest(farm.plant(), "126")
    packed = farm.pack(picked, kg="120")
    lots = [{"node": packed, "quantity": "20", "unit": "kg"}]
    farm.record("selling", {"lots": lots, "channel": "gate"})
    with farm.instance.database.reading() as connection:
        left = [
            nodes.remaining(connection, nodes.node_key(connection, lot)) for lot in (picked, packed)
        ]
        count = nodes.packed_quantity(connection, nodes.node_key(connection, packed))
    assert left == [Decimal(6), Decimal(200)]
    assert count == 240
