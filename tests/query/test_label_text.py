"""What is written on a label comes from the record, and only from it."""

import uuid
from pathlib import Path

import pytest

from labels.placement import place
from labels.stock import STOCKS
from labels.text import LabelText
from tests.capture.small_farm import SmallFarm, make_farm
from trace.capture.declaring import declare
from trace.domain.errors import NotFound
from trace.query.label_text import (
    address,
    label_text_of,
    label_words,
    net_quantity,
    read_text,
    write_text,
)
from trace.repository.instance import EXAMPLE, write_fact


@pytest.fixture
def farm(tmp_path: Path) -> SmallFarm:
    return make_farm(tmp_path)


def text_of(farm: SmallFarm, code: str) -> LabelText:
    with farm.instance.database.reading() as connection:
        return label_text_of(connection, code)


def rows_of(farm: SmallFarm, code: str) -> dict[str, str]:
    return {row.caption: row.value for row in text_of(farm, code).rows}


def grown(farm: SmallFarm, days: int = 74) -> str:
    planting = farm.plant()
    farm.wait(days=days)
    return planting


def second_plot(farm: SmallFarm, grower: str) -> str:
    plot = farm.declare(
        "plot", name="3号大棚", site_id=farm.ids["site"], grower_id=grower, kind="greenhouse"
    )
    sent = {"plot": plot, "product": farm.ids["cucumber"], "variety": "津优35"}
    return farm.record("planting", sent).made[0].node_id


def test_a_label_names_product_mass_picking_grower_plot_and_coop(farm: SmallFarm) -> None:
    code = farm.pack(farm.harvest(grown(farm)))
    text = text_of(farm, code)
    assert (text.product_name, text.net_quantity) == ("黄瓜", "净重 500 克")
    assert rows_of(farm, code) == {
        "采摘": "2026-05-14",
        "种植": "王长财 17号大棚",
        "生产": "大丰收",
    }
    assert text.rows[0].is_strong


def test_the_call_counts_the_days_from_sowing_to_picking(farm: SmallFarm) -> None:
    assert text_of(farm, farm.pack(farm.harvest(grown(farm, 74)))).call == "扫码看这 74 天"


def test_a_lot_of_two_pickings_states_the_earlier_day(farm: SmallFarm) -> None:
    planting = grown(farm)
    first = farm.harvest(planting, "60")
    farm.wait(days=2)
    second = farm.harvest(planting, "60")
    takes = [{"node": first, "quantity": "60"}, {"node": second, "quantity": "60"}]
    sent = {"takes": takes, "packed_quantity": "240", "unit": "bundle"}
    code = farm.record("packing", sent, "packer").made[0].node_id
    assert rows_of(farm, code)["采摘"] == "2026-05-14"


def test_two_plots_of_one_grower_are_counted(farm: SmallFarm) -> None:
    plantings = [farm.plant(), second_plot(farm, farm.ids["grower"])]
    farm.wait(days=60)
    takes = [{"node": one, "quantity": "60"} for one in plantings]
    lot = farm.record("harvesting", {"takes": takes}).made[0].node_id
    assert rows_of(farm, farm.pack(lot))["种植"] == "王长财 2 块地"


def test_several_growers_are_counted(farm: SmallFarm) -> None:
    plantings = [farm.plant(), second_plot(farm, farm.ids["manager"])]
    farm.wait(days=60)
    takes = [{"node": one, "quantity": "60"} for one in plantings]
    lot = farm.record("harvesting", {"takes": takes}).made[0].node_id
    assert rows_of(farm, farm.pack(lot))["种植"] == "2 位农户"


def test_the_coops_origin_stands_on_the_label_when_it_states_one(farm: SmallFarm) -> None:
    fields = {"name": "大丰收", "time_zone": "Asia/Shanghai", "origin_name": "青岛即墨 · 七级"}
    declare(farm.recorder, farm.actor(), "coop", fields, farm.coop_id)
    assert rows_of(farm, farm.pack(farm.harvest(grown(farm))))["产地"] == "青岛即墨 · 七级"


def test_plants_in_pots_state_the_day_of_potting_and_no_mass(farm: SmallFarm) -> None:
    takes = [{"node": grown(farm, 40), "quantity": "100", "unit": "pot"}]
    mass = {"unit_mass": "0.6", "unit_mass_unit": "kg"}
    sent = {"takes": takes, "packed_quantity": "100", "unit": "pot"} | mass
    code = farm.record("packing", sent, "packer").made[0].node_id
    assert text_of(farm, code).net_quantity == "净含量 1 盆"
    assert rows_of(farm, code)["装盆"] == "2026-04-10"


def receive(farm: SmallFarm) -> str:
    supplier = farm.declare("party", name="平度红土地合作社", kind="supplier")
    carrot = farm.declare(
        "product", name="胡萝卜", name_en="Carrot", unit="bag", unit_mass_kg="1",
        label_needs="nothing",
    )  # fmt: skip
    sent = {"supplier": supplier, "product": carrot, "quantity": "50", "quantity_unit": "kg"}
    return farm.record("receiving", sent, "packer").made[0].node_id


def test_what_was_bought_in_names_its_supplier_and_claims_no_growing(farm: SmallFarm) -> None:
    takes = [{"node": receive(farm), "quantity": "40"}]
    sent = {"takes": takes, "packed_quantity": "40", "unit": "bag"}
    code = farm.record("packing", sent, "packer").made[0].node_id
    rows = rows_of(farm, code)
    assert rows == {"到货": "2026-03-01", "供应": "平度红土地合作社", "分装": "大丰收"}
    assert text_of(farm, code).call == "扫码看来历"
    assert text_of(farm, code).second_name == "Carrot"


def test_a_gift_box_lists_what_one_of_them_holds(farm: SmallFarm) -> None:
    cucumbers = farm.pack(farm.harvest(grown(farm)))
    takes = [
        {"node": cucumbers, "quantity": "20", "unit": "bundle"},
        {"node": receive(farm), "quantity": "10", "unit": "kg"},
    ]
    sent = {"takes": takes, "package_name": "七级菜篮子", "packed_quantity": "10"}
    code = farm.record("package_made", sent, "packer").made[0].node_id
    text = text_of(farm, code)
    assert (text.product_name, text.net_quantity) == ("七级菜篮子", "净重 2 千克")
    assert rows_of(farm, code)["内装"] == "黄瓜 2 捆、胡萝卜 1 千克"


def test_an_example_instance_marks_its_labels(farm: SmallFarm) -> None:
    code = farm.pack(farm.harvest(grown(farm)))
    assert text_of(farm, code).example_mark == ""
    with farm.instance.database.writing() as connection:
        write_fact(connection, EXAMPLE, "1")
    assert text_of(farm, code).example_mark == "示例数据"


def test_a_kept_text_is_read_as_it_was_written(farm: SmallFarm) -> None:
    code = farm.pack(farm.harvest(grown(farm)))
    assert read_text(label_words(farm.instance, code)) == text_of(farm, code)
    assert read_text(write_text(text_of(farm, code))) == text_of(farm, code)


@pytest.mark.parametrize("stock", STOCKS.values(), ids=list(STOCKS))
def test_a_full_text_fits_every_stock(farm: SmallFarm, stock: object) -> None:
    fields = {"name": "大丰收农业合作社", "time_zone": "Asia/Shanghai", "origin_name": "青岛即墨"}
    declare(farm.recorder, farm.actor(), "coop", fields, farm.coop_id)
    with farm.instance.database.writing() as connection:
        write_fact(connection, EXAMPLE, "1")
    text = text_of(farm, farm.pack(farm.harvest(grown(farm))))
    assert place(stock, text).runs  # type: ignore[arg-type]  # a parametrized object


def test_an_unknown_lot_has_no_text(farm: SmallFarm) -> None:
    with pytest.raises(NotFound):
        text_of(farm, uuid.uuid4().hex[:16].upper())


@pytest.mark.parametrize(
    ("unit", "mass", "words"),
    [
        ("bundle", "0.5", "净重 500 克"),
        ("box", "0.125", "净重 125 克"),
        ("bag", "5", "净重 5 千克"),
        ("bag", "1.25", "净重 1.25 千克"),
        ("box", None, "净含量 1 盒"),
    ],
)
def test_mass_is_written_in_grams_below_a_kilogram(unit: str, mass: str | None, words: str) -> None:
    assert net_quantity(unit, mass) == words


def test_the_address_is_upper_case_and_ends_with_the_code() -> None:
    expected = "HTTPS://Q.EXAMPLE.ORG/T/7K3M9QX2D4HT8VRB"
    assert address("https://q.example.org/", "7K3M9QX2D4HT8VRB") == expected
