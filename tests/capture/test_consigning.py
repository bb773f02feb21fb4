"""Goods from co-op to co-op: taken over once, by the one they were sent to, with their code."""

from pathlib import Path

import pytest

from trace.capture.events import Report
from trace.domain.errors import Refused
from trace.domain.standing import MORE_ARRIVED
from trace.repository import lineage, lots, nodes
from trace.repository.consignments import on_the_way, struck_after_arrival
from trace.repository.nodes import lot_balance
from trace.repository.rebuilding import first_difference

from .short_deeds import correct, hold, is_held, is_recalled, lift, recall_from
from .small_farm import SmallFarm
from .two_farms import Receiver, packed, send, two_farms

Two = tuple[SmallFarm, Receiver]


@pytest.fixture
def two(tmp_path: Path) -> Two:
    return two_farms(tmp_path)


def on_way(two: Two) -> list[tuple[str, str]]:
    with two[0].instance.database.reading() as connection:
        return [
            (one["node_id"], one["quantity"])
            for one in on_the_way(connection, two[1].coop_id)
        ]  # fmt: skip


def messages(refused: "pytest.ExceptionInfo[Refused]") -> str:
    return "; ".join(str(one) for one in refused.value.problems)


def test_what_was_sent_to_us_is_on_the_way_until_it_is_taken_over(two: Two) -> None:
    sender, receiver = two
    lot = packed(sender)
    shipping = send(sender, lot)
    assert on_way(two) == [(lot, "100")]
    receiver.take_over(shipping, lot)
    assert on_way(two) == []


def test_the_own_lot_hangs_on_the_senders_and_keeps_its_traceability_lot_code(two: Two) -> None:
    sender, receiver = two
    lot = packed(sender)
    own = receiver.take_over(send(sender, lot), lot, "98").made[0]
    with sender.instance.database.reading() as connection:
        theirs, ours = lots.lot_by_code(connection, lot), lots.lot_by_code(connection, own.node_id)
        assert theirs and ours
        assert (
            ours["traceability_lot_code"] == theirs["traceability_lot_code"] != ours["lot_number"]
        )
        assert ours["product_id"] == receiver.ids["cucumber"]
        assert (ours["quantity"], ours["unit"], ours["unit_mass_kg"]) == ("98", "bundle", "0.5")
        assert theirs["node_key"] in lineage.last_days(connection, ours["node_key"])


def test_taking_over_moves_nothing_in_the_senders_stock(two: Two) -> None:
    sender, receiver = two
    lot = packed(sender)
    shipping = send(sender, lot)
    with sender.instance.database.reading() as connection:
        before = lot_balance(connection, nodes.node_key(connection, lot))
    receiver.take_over(shipping, lot)
    with sender.instance.database.reading() as connection:
        assert lot_balance(connection, nodes.node_key(connection, lot)) == before


def test_the_same_goods_are_not_taken_over_twice(two: Two) -> None:
    sender, receiver = two
    lot = packed(sender)
    shipping = send(sender, lot)
    receiver.take_over(shipping, lot)
    with pytest.raises(Refused) as refused:
        receiver.take_over(shipping, lot)
    assert "was taken in already" in messages(refused)


def test_a_double_click_makes_one_lot(two: Two) -> None:
    sender, receiver = two
    lot = packed(sender)
    shipping = send(sender, lot)
    first = receiver.take_over(shipping, lot, submission_id="once")
    assert receiver.take_over(shipping, lot, submission_id="once").made == first.made


@pytest.mark.parametrize(("count", "unit"), [("101", "bundle"), ("50.5", "kg")])
def test_more_than_was_sent_is_recorded_and_flagged(two: Two, count: str, unit: str) -> None:
    sender, receiver = two
    lot = packed(sender)
    shipping = send(sender, lot, "100")
    source = {"node": lot, "quantity": count, "unit": unit}
    sent = {"shipping": shipping, "source": source, "product": receiver.ids["cucumber"]}
    assert receiver.record("receiving", sent, "packer").breaches == (MORE_ARRIVED,)


def test_as_much_as_was_sent_is_no_breach(two: Two) -> None:
    sender, receiver = two
    lot = packed(sender)
    assert receiver.take_over(send(sender, lot, "100"), lot, "100").breaches == ()


def test_nobody_takes_over_what_was_sent_to_another(two: Two) -> None:
    sender, receiver = two
    lot = packed(sender)
    sent = {"lots": [{"node": lot, "quantity": "5", "unit": "bundle"}],
            "customer": sender.ids["shop"]}  # fmt: skip
    shipping = sender.record("shipping", sent, "packer").entry_ids[0]
    assert on_way(two) == []
    with pytest.raises(Refused) as refused:
        receiver.take_over(shipping, lot)
    assert f"{lot} is not known here" in messages(refused)


def test_another_lot_of_the_sender_cannot_be_named_with_a_shipping_of_ours(two: Two) -> None:
    sender, receiver = two
    lot, other = packed(sender), packed(sender)
    with pytest.raises(Refused) as refused:
        receiver.take_over(send(sender, lot), other)
    assert f"{other} is not known here" in messages(refused)


def test_a_lot_of_our_own_is_no_source(two: Two) -> None:
    sender, receiver = two
    lot = packed(sender)
    shipping = send(sender, lot)
    own = receiver.take_over(shipping, lot).made[0].node_id
    with pytest.raises(Refused) as refused:
        receiver.take_over(shipping, own)
    assert f"{own} is not known here" in messages(refused)


def test_what_was_sent_to_us_is_no_arrival_at_a_shop_of_ours(two: Two) -> None:
    sender, receiver = two
    lot = packed(sender)
    shipping = send(sender, lot)
    with pytest.raises(Refused) as refused:
        receiver.record("receiving", {"shipping": shipping, "lots": [lot]}, "packer")
    assert f"{lot} is not known here" in messages(refused)


def test_held_goods_are_not_taken_in_but_what_has_arrived_is_recorded_and_flagged(two: Two) -> None:
    sender, receiver = two
    lot = packed(sender)
    shipping = send(sender, lot)
    hold(sender, lot)
    with pytest.raises(Refused) as refused:
        receiver.take_over(shipping, lot)
    assert "is on hold. It may not be taken in." in messages(refused)
    receipt = receiver.take_over(shipping, lot, already_happened=True)
    assert receipt.breaches == ("held_lot_taken_in",)
    assert is_held(sender, receipt.made[0].node_id)


def test_a_hold_or_recall_of_the_sender_reaches_the_receivers_lot_later_too(two: Two) -> None:
    sender, receiver = two
    planting = sender.plant()
    lot = sender.pack(sender.harvest(planting))
    own = receiver.take_over(send(sender, lot), lot).made[0].node_id
    entry = hold(sender, lot)
    assert is_held(sender, own)
    lift(sender, entry)
    assert not is_held(sender, own)
    recall_from(sender, planting)
    assert is_recalled(sender, own)


def test_a_shipping_that_did_not_occur_leaves_the_lot_and_both_are_told(two: Two) -> None:
    sender, receiver = two
    lot = packed(sender)
    shipping = send(sender, lot)
    own = receiver.take_over(shipping, lot).made[0].node_id
    correct(sender, shipping)
    with sender.instance.database.reading() as connection:
        key = nodes.node_key(connection, own)
        assert lot_balance(connection, key).remaining == 100
        assert nodes.node_key(connection, lot) in lineage.last_days(connection, key)
        for coop_id in (sender.coop_id, receiver.coop_id):
            told = struck_after_arrival(connection, coop_id)
            assert [one["node_id"] for one in told] == [lot]


def test_a_shipping_that_did_not_occur_is_no_longer_on_the_way(two: Two) -> None:
    sender, _ = two
    correct(sender, send(sender, packed(sender)))
    assert on_way(two) == []


def test_a_corrected_shipping_keeps_its_arrival(two: Two) -> None:
    sender, receiver = two
    lot = packed(sender)
    shipping = send(sender, lot)
    receiver.take_over(shipping, lot)
    sent = {"lots": [{"node": lot, "quantity": "90", "unit": "bundle"}],
            "customer": sender.ids["town"]}  # fmt: skip
    correct(sender, shipping, Report("shipping", sent))
    assert on_way(two) == []
    with sender.instance.database.reading() as connection:
        assert struck_after_arrival(connection, sender.coop_id) == []


def test_a_shipping_corrected_to_somebody_else_or_another_lot_tells_both(two: Two) -> None:
    sender, receiver = two
    for lots_sent, customer in (([0], "shop"), ([1], "town")):
        sent = [packed(sender), packed(sender)]
        shipping = send(sender, sent[0])
        receiver.take_over(shipping, sent[0])
        named = [{"node": sent[one], "quantity": "90", "unit": "bundle"} for one in lots_sent]
        right = {"lots": named, "customer": sender.ids[customer]}
        correct(sender, shipping, Report("shipping", right))
        with sender.instance.database.reading() as connection:
            for coop_id in (sender.coop_id, receiver.coop_id):
                told = struck_after_arrival(connection, coop_id)
                assert told[0]["node_id"] == sent[0], customer


def test_an_arrival_that_did_not_happen_is_on_the_way_again(two: Two) -> None:
    sender, receiver = two
    lot = packed(sender)
    arrival = receiver.take_over(send(sender, lot), lot).entry_ids[0]
    correct(receiver, arrival)
    assert on_way(two) == [(lot, "100")]


def test_a_co_op_is_named_by_its_name_or_credit_code_alone(two: Two) -> None:
    sender, _ = two
    for given in ("镇上的 合作社", "93370282ma0000099x"):
        sender.declare("party", name="镇社", kind="customer", coop_id=given)
    for given in ("镇上", "大丰收", "没有这个社"):
        with pytest.raises(Refused):
            sender.declare("party", name="镇社", kind="customer", coop_id=given)


def test_the_rows_of_consignments_follow_from_the_ledger(two: Two, tmp_path: Path) -> None:
    sender, receiver = two
    lot = packed(sender)
    first, second = send(sender, lot, "50"), send(sender, lot, "60")
    arrival = receiver.take_over(first, lot, "50").entry_ids[0]
    correct(receiver, arrival)
    receiver.take_over(second, lot, "60")
    correct(sender, second)
    assert first_difference(sender.instance.database, tmp_path) is None
