"""Laws of lineage on random histories, told through capture and checked by their own account."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.capture.small_farm import SmallFarm, make_farm
from trace.repository import ledger, lineage, nodes
from trace.repository.database import Connection
from trace.repository.rebuilding import first_difference
from trace.repository.standing import held_among, recalled_among, standing_of

from .told_history import History, Link, reopened

Farms = tuple[SmallFarm, SmallFarm]
TOO_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
steps = st.integers(5, 40)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Farms:
    """Two co-ops on one instance, before anything is recorded."""
    farm = make_farm(tmp_path_factory.mktemp("template"))
    other = SmallFarm(farm.instance, farm.now)
    for one, neighbour in ((farm, other), (other, farm)):
        one.ids["neighbour"] = one.declare(
            "party", name="邻村合作社", kind="customer", coop_id=neighbour.coop_id
        )
    farm.instance.database.close()
    return farm, other


@contextmanager
def copy_of(template: Farms) -> Iterator[Farms]:
    """The two co-ops on an instance of their own."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(template[0].instance.folder, Path(folder, "instance"))
        first = reopened(template[0], Path(folder, "instance"))
        second = reopened(template[1], Path(folder, "instance"))
        second.instance = first.instance
        second.recorder = type(second.recorder)(first.instance, lambda: second.now)
        first.instance.database.connection.execute("PRAGMA synchronous=OFF")  # for speed alone
        yield first, second
        first.instance.database.close()


def names(connection: Connection, keys: Any) -> set[str]:
    return set(nodes.node_ids(connection, list(keys)))


def check_closures(connection: Connection, history: History) -> None:
    """Forward and backward are the same relation, and it is the one that was told."""
    keys = {one: nodes.node_key(connection, one) for one in history.kinds}
    forward = {
        one: names(connection, lineage.forward_closure(connection, [keys[one]])) for one in keys
    }
    for one in keys:
        assert forward[one] == history.reached([one])
        above = {cause for cause in keys if one in forward[cause]}
        assert names(connection, lineage.backward_closure(connection, keys[one])) == above
        assert names(connection, lineage.last_days(connection, keys[one])) == above


@settings(max_examples=25, deadline=None, suppress_health_check=TOO_SLOW)
@given(data=st.data(), steps=steps)
def test_closures_are_those_of_the_reports_both_ways(
    template: Farms, data: st.DataObject, steps: int
) -> None:
    with copy_of(template) as farms:
        history = History(farms, data.draw).live(steps)
        with farms[0].instance.database.reading() as connection:
            check_closures(connection, history)


@settings(max_examples=15, deadline=None, suppress_health_check=TOO_SLOW)
@given(data=st.data(), steps=steps)
def test_circles_in_the_rows_end_and_reach_no_less(
    template: Farms, data: st.DataObject, steps: int
) -> None:
    with copy_of(template) as farms:
        history = History(farms, data.draw).live(steps)
        with farms[0].instance.database.writing() as connection:
            for place in range(data.draw(st.integers(1, 6))):
                parent, child = data.draw(
                    st.lists(st.sampled_from(sorted(history.kinds)), min_size=2, max_size=2)
                )
                day = date(2026, 3, 1) + timedelta(days=data.draw(st.integers(0, 4)))
                link = Link(parent, child, day, data.draw(st.booleans()))
                history.raw.append(link)
                by_hand(connection, history, link, 90_000 + place)
            check_closures(connection, history)


def by_hand(connection: Connection, history: History, link: Link, entry_index: int) -> None:
    day = int(link.day.strftime("%Y%m%d"))
    is_cut = history.kinds[link.child] == "planting" and not link.is_making
    connection.execute(
        "INSERT INTO lineage(child_key, parent_key, entry_index, taken_at, enters_on, leaves_on)"
        " VALUES(?,?,?,?,?,?)",
        (
            nodes.node_key(connection, link.child),
            nodes.node_key(connection, link.parent),
            entry_index,
            link.day.isoformat(),
            day if is_cut else 0,
            day if history.kinds[link.parent] == "planting" else 99991231,
        ),
    )


@settings(max_examples=20, deadline=None, suppress_health_check=TOO_SLOW)
@given(data=st.data(), steps=steps)
def test_what_stands_against_goods_is_what_was_told_of_all_they_were_made_from(
    template: Farms, data: st.DataObject, steps: int
) -> None:
    with copy_of(template) as farms:
        history = History(farms, data.draw).live(steps)
        against: dict[str, set[str]] = {}
        for recalled in history.recalls:
            for node in history.recalled_by(recalled):
                against.setdefault(node, set()).add(recalled.entry_id)
        for told in history.told:
            unlisted = "input_name" in told.report.sent
            if told.struck_out_by or not (unlisted or told.report.event_type == "hold"):
                continue
            for node in history.reached(told.subjects, told.day if unlisted else date.min):
                against.setdefault(node, set()).add(told.entry_id)
        with farms[0].instance.database.reading() as connection:
            keys = [nodes.node_key(connection, one) for one in history.kinds]
            held, reached = held_among(connection, keys), recalled_among(connection, keys)
            for node in history.kinds:
                node_key = nodes.node_key(connection, node)
                standing = standing_of(connection, node_key)
                found = {one["entry_id"] for one in standing.recalls}
                found |= {
                    one["entry_id"] for one in standing.holds if one["rule"] != "early_harvest"
                }
                assert found == against.get(node, set())
                assert held_among(connection, [node_key]) == held & {node_key}
                assert (node_key in held) == bool(standing.holds)
                assert (node_key in reached) == bool(standing.recalls)


@settings(max_examples=20, deadline=None, suppress_health_check=TOO_SLOW)
@given(data=st.data(), steps=steps)
def test_corrections_strike_out_and_take_nothing_away(
    template: Farms, data: st.DataObject, steps: int
) -> None:
    with copy_of(template) as farms:
        history = History(farms, data.draw).live(steps)
        with farms[0].instance.database.reading() as connection:
            events = {
                one["entry_id"]: one for one in connection.execute("SELECT * FROM event").fetchall()
            }
            recalled = connection.execute(
                "SELECT entry_index FROM recall WHERE kept_by IS NULL"
            ).fetchall()
            kept = {entry.entry_id for entry in ledger.iterate_entries(connection)}
        for told in history.told:
            event = events[told.entry_id]
            assert told.entry_id in kept
            assert (event["declared_wrong_by"] or "") == told.struck_out_by
            assert event["event_date"] == told.day.isoformat()
            if told.struck_out_by:
                assert events[told.struck_out_by]["event_type"] == "error_declaration"
        places = [
            events[one.entry_id]["entry_index"] for one in history.recalls for _ in one.causes
        ]
        assert sorted(one["entry_index"] for one in recalled) == sorted(places)


@settings(max_examples=15, deadline=None, suppress_health_check=TOO_SLOW)
@given(data=st.data(), steps=steps)
def test_replaying_the_ledger_gives_the_same_rows(
    template: Farms, data: st.DataObject, steps: int
) -> None:
    with copy_of(template) as farms, tempfile.TemporaryDirectory() as scratch:
        History(farms, data.draw).live(steps)
        assert first_difference(farms[0].instance.database, Path(scratch)) is None


@settings(max_examples=20, deadline=None, suppress_health_check=TOO_SLOW)
@given(data=st.data(), steps=steps)
def test_what_is_left_of_every_lot_adds_up(
    template: Farms, data: st.DataObject, steps: int
) -> None:
    with copy_of(template) as farms:
        history = History(farms, data.draw).live(steps)
        with farms[0].instance.database.reading() as connection:
            for node in history.of(farms[0], "lot", "package"):
                balance = nodes.lot_balance(connection, nodes.node_key(connection, node))
                found = {"made": balance.made, "returned": balance.returned, "used": balance.used}
                found |= balance.gone
                expected = history.balance(node)
                assert {name: amount for name, amount in found.items() if amount} == expected


@settings(max_examples=15, deadline=None, suppress_health_check=TOO_SLOW)
@given(data=st.data())
def test_the_order_in_which_movements_are_recorded_changes_no_balance(
    template: Farms, data: st.DataObject
) -> None:
    balances = []
    moves: list[tuple[str, dict[str, Any]]] = []
    for _ in range(data.draw(st.integers(0, 8))):
        kind = data.draw(
            st.sampled_from(["shipping", "selling", "returning", "destroying", "loss"])
        )
        unit = data.draw(st.sampled_from(["kg", "jin", "bundle"]))
        moves.append((kind, {"quantity": str(data.draw(st.integers(1, 300))), "unit": unit}))
    for order in (moves, data.draw(st.permutations(moves))):
        with copy_of(template) as (farm, _):
            lot = farm.pack(farm.harvest(farm.plant()))
            said = {
                "shipping": {"customer": farm.ids["shop"]}, "selling": {"channel": "gate"},
                "returning": {"reason": "退"}, "destroying": {"reason": "坏"},
                "loss": {"cause": "dried"},
            }  # fmt: skip
            for kind, amount in order:
                farm.record(kind, {"lots": [{"node": lot} | amount]} | said[kind])
            with farm.instance.database.reading() as connection:
                key = nodes.node_key(connection, lot)
                balances.append(nodes.lot_balance(connection, key))
    assert balances[0] == balances[1]
    signs = {"returning": 1}
    kg = {"kg": Decimal(1), "jin": Decimal("0.5"), "bundle": Decimal("0.5")}
    moved = sum(
        (signs.get(kind, -1) * Decimal(one["quantity"]) * kg[one["unit"]] for kind, one in moves),
        Decimal(0),
    )
    assert balances[0].remaining == 240 + moved * 2
