"""A story of two co-ops: one grows, the other packs anew and sells; something comes back, and then
the grower's co-op finds out that its cucumbers were bad."""

from fractions import Fraction
from pathlib import Path

from tests.capture.short_deeds import is_recalled, label, recall_from
from tests.capture.small_farm import SmallFarm
from tests.capture.two_farms import packed, send, two_farms
from trace.query.lineage import family_of
from trace.query.public_record import public_page
from trace.repository import nodes
from trace.repository.nodes import lot_balance


def left(farm: SmallFarm, lot: str) -> str:
    with farm.instance.database.reading() as connection:
        return str(lot_balance(connection, nodes.node_key(connection, lot)).remaining)


def test_goods_go_to_another_co_op_come_back_are_sold_again_and_are_recalled(
    tmp_path: Path,
) -> None:
    village, town = two_farms(tmp_path)

    # The village grows and packs 240 bundles, and sends 200 of them to the co-op in town.
    lot = packed(village)
    shipping = send(village, lot, "200")
    assert left(village, lot) == "40"

    # 198 arrive. The town's own lot has a number of its own and the village's traceability code.
    arrived = town.take_over(shipping, lot, "198").made[0].node_id
    assert left(town, arrived) == "198"
    assert left(village, lot) == "40"

    # The town packs boxes of four bundles, labels and sells some; ten come back and are sold again.
    takes = [{"node": arrived, "quantity": "160", "unit": "bundle"}]
    sent = {"takes": takes, "packed_quantity": "40", "unit": "box", "unit_mass": "2"}
    boxes = town.record("repacking", sent | {"unit_mass_unit": "kg"}, "packer").made[0].node_id
    codes = label(town, boxes, 40)
    assert codes.entry_ids
    out = {"lots": [{"node": boxes, "quantity": "30", "unit": "box"}], "customer": town.ids["shop"]}
    back = {"lots": [{"node": boxes, "quantity": "10", "unit": "box"}],
            "customer": town.ids["shop"], "reason": "没卖掉"}  # fmt: skip
    town.record("shipping", out, "packer")
    town.record("returning", back, "packer")
    assert left(town, boxes) == "20"
    again = {"lots": [{"node": boxes, "quantity": "20", "unit": "box"}], "channel": "gate"}
    town.record("selling", again, "packer")
    assert left(town, boxes) == "0"

    # A shopper in town reads who grew it, sprayed it and tested it, though another co-op did.
    page = public_page(town.instance, boxes).record
    assert page.taken_from is not None
    assert page.taken_from.text("name") == "大丰收"
    assert "inspection" in [event.event_type for event in page.events]

    # The town sees the village's goods behind its own, the village sees the town's behind its own;
    # neither sees whom the other sells to.
    behind = family_of(town.instance, town.coop_id, boxes)
    ahead = family_of(village.instance, village.coop_id, lot)
    assert behind is not None and ahead is not None
    assert behind.relatives[lot].share == Fraction(1)
    assert behind.relatives[lot].amounts == ()
    assert {arrived, boxes} <= set(ahead.relatives)
    named = [one.name.text("name") for one in ahead.relatives.values() if one.name]
    assert "秘密客户" not in named
    assert "镇社" in named

    # The village recalls its lot: the boxes in town are recalled at once, sold ones included.
    recall_from(village, lot)
    assert is_recalled(village, boxes)
    assert public_page(town.instance, boxes).verdict == "recalled"
