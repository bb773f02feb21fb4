"""Rows to goods: what was examined on the way, and what was sprayed on the plantings."""

from datetime import date
from pathlib import Path

import pytest

from tests.capture.short_deeds import correct, laboratory_pass
from tests.capture.small_farm import SmallFarm, make_farm
from trace.domain.test_before_label import Goods
from trace.repository import nodes
from trace.repository.rebuilding import first_difference
from trace.repository.tested_goods import goods_of, sprayed_on


@pytest.fixture
def farm(tmp_path: Path) -> SmallFarm:
    return make_farm(tmp_path)


def read(farm: SmallFarm, node_id: str) -> tuple[int, dict[int, Goods]]:
    with farm.instance.database.reading() as connection:
        key = nodes.node_key(connection, node_id)
        return key, goods_of(connection, key)


def test_goods_are_the_lot_and_all_it_was_made_from_without_farm_inputs(farm: SmallFarm) -> None:
    planting = farm.plant()
    spray = {"plantings": [planting], "input_lot": farm.buy_pesticide(), "amount": "5"}
    farm.record("spraying", spray, "grower")
    farm.wait(days=4)
    key, goods = read(farm, farm.pack(farm.harvest(planting)))
    assert [one.name for one in goods.values()] == ["17号大棚", "HG-260305-01", "HG-260305-02"]
    assert [one.is_planting for one in goods.values()] == [True, False, False]
    assert [on for _, on in goods[key].taken] == [date(2026, 3, 5)]
    with farm.instance.database.reading() as connection:
        (sprayed,) = sprayed_on(connection, [one for one, at in goods.items() if at.is_planting])
    assert (sprayed.substance, sprayed.on, sprayed.is_known) == ("嘧菌酯", date(2026, 3, 1), True)


def test_a_test_of_planting_or_plot_is_one_at_the_origin(farm: SmallFarm) -> None:
    planting = farm.plant()
    farm.rapid_test(planting)
    sent = {"inspection_kind": "rapid_test", "plots": [farm.ids["plot"]], "passed": "yes"}
    farm.record("inspection", sent, "tester")
    picked = farm.harvest(planting)
    laboratory_pass(farm, picked)
    key, goods = read(farm, picked)
    assert [one.at_origin for at in goods.values() for one in at.examined] == [True, True, False]
    assert goods[key].examined[0].vouched_by == "laboratory"


def test_a_struck_out_test_is_marked_and_a_struck_out_spraying_is_gone(farm: SmallFarm) -> None:
    planting = farm.plant()
    wrong = farm.rapid_test(planting)
    correct(farm, wrong)
    spray = {"plantings": [planting], "input_name": "没标签", "amount": "5"}
    correct(farm, farm.record("spraying", spray, "grower").entry_ids[0])
    key, goods = read(farm, planting)
    assert [one.is_wrong for one in goods[key].examined] == [True]
    with farm.instance.database.reading() as connection:
        assert sprayed_on(connection, [key]) == []
        assert sprayed_on(connection, []) == []


def test_holds_of_failed_plots_are_the_same_when_replayed(farm: SmallFarm, tmp_path: Path) -> None:
    planting = farm.plant()
    farm.wait(days=9)
    for passed in ("no", "yes", "no"):
        sent = {"inspection_kind": "field_inspection", "plots": [farm.ids["plot"]],
                "passed": passed}  # fmt: skip
        wrong = farm.record("inspection", sent, "tester", when="2026-03-05").entry_ids[0]
        farm.harvest(planting, "1")
    correct(farm, wrong)
    laboratory_pass(farm, planting, when="2026-03-04")
    laboratory_pass(farm, planting, when="2026-03-07")
    assert first_difference(farm.instance.database, tmp_path) is None
