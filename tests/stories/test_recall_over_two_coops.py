"""A false pesticide: practised first, then recalled over two co-ops, to the last answer."""

from pathlib import Path

from tests.capture.ledger_reading import entries
from tests.capture.two_farms import send, two_farms
from trace.capture.drilling import start_drill
from trace.capture.recall_answers import (
    Answer,
    Contact,
    acknowledge_by_link,
    make_links,
    note_contact,
)
from trace.capture.recalling import RecallOrder, close_recall, recall
from trace.domain.recall_causes import AskedCause
from trace.query.drill_page import drill_of, share_of
from trace.query.public_recalls import public_recalls
from trace.query.public_record import public_page
from trace.query.recall_page import recall_of, recalls_reaching
from trace.query.recall_tasks import tasks_of


def test_a_false_pesticide_is_recalled_from_the_shops_of_two_co_ops(tmp_path: Path) -> None:
    farm, town = two_farms(tmp_path)

    # The farm sprays one planting with the bottle, the other one not; both are packed and sold.
    bottle = farm.buy_pesticide()
    sprayed, clean = farm.plant(), farm.plant()
    spraying = {"plantings": [sprayed], "input_lot": bottle, "amount": "30"}
    farm.record("spraying", spraying, "grower")
    farm.wait(days=5)
    lots = {name: farm.pack(farm.harvest(one)) for name, one in
            (("sprayed", sprayed), ("clean", clean))}  # fmt: skip
    for lot in lots.values():
        farm.rapid_test(lot)
    goods = [{"node": lots["sprayed"], "quantity": "90", "unit": "bundle"}]
    farm.record("shipping", {"lots": goods, "customer": farm.ids["shop"]}, "packer")
    in_town = town.take_over(send(farm, lots["sprayed"]), lots["sprayed"]).made[0].node_id
    sold = [{"node": in_town, "quantity": "40", "unit": "bundle"}]
    town.record("shipping", {"lots": sold, "customer": town.ids["shop"]}, "packer")

    # They practise: everything is found, and nothing changes.
    before = entries(farm)
    drill_id = start_drill(farm.recorder, farm.actor(), AskedCause("input_lot", (bottle,)), "D-1")
    drill = drill_of(farm.instance, farm.coop_id, drill_id, farm.now)
    assert drill is not None
    assert share_of(farm.instance, drill) == "100"
    assert entries(farm) == before
    assert public_page(farm.instance, lots["sprayed"]).verdict != "recalled"

    # The bottle was false. One deed turns the pages of both co-ops, and no other.
    order = RecallOrder((bottle,), "假药", "别吃，退货", cause_kind="input_lot")
    entry_id = recall(farm.recorder, farm.actor(), order, "R-1").entry_ids[0]
    assert public_page(farm.instance, lots["sprayed"]).verdict == "recalled"
    assert public_page(farm.instance, in_town).verdict == "recalled"
    assert public_page(farm.instance, lots["clean"]).verdict != "recalled"

    # Each co-op calls its own customers; the farm never sees those of the town.
    ours = recall_of(farm.instance, farm.coop_id, entry_id)
    (theirs,) = recalls_reaching(town.instance, town.coop_id, farm.now)
    assert ours is not None
    called = {task.customer.text("name") for task in tasks_of(farm.instance, farm.coop_id, ours)}
    assert called == {"邻家鲜果店", "镇社"}
    (task,) = tasks_of(town.instance, town.coop_id, theirs)
    assert task.customer.text("name") == "秘密客户"

    # The shop in town is called, and answers with its own link.
    shop = town.ids["shop"]
    note_contact(town.recorder, town.actor(), Contact(entry_id, shop, "called"), "N-1")
    token = make_links(town.recorder, town.actor(), entry_id, [shop])[shop]
    typed = {"taken_off": {"bundle": "31"}, "sold": {"bundle": "9"}}
    acknowledge_by_link(town.recorder, token, Answer("", "", "店长", amounts=typed), "A-1")
    (task,) = tasks_of(town.instance, town.coop_id, theirs)
    assert (task.state, len(task.answers[0].amounts)) == ("acknowledged", 2)

    # News, the end, and what the public can still read a month later.
    farm.record("recall_updated", {"recall": entry_id, "words": "大部分收回"})
    close_recall(farm.recorder, farm.actor(), entry_id, "收回 121 捆，已销毁", "C-1")
    farm.wait(days=30)
    (public,) = public_recalls(farm.instance, farm.now)
    assert public.closed_reason == "收回 121 捆，已销毁"
    assert [news.words for news in public.news] == ["大部分收回"]
    assert public_page(farm.instance, in_town).verdict == "recalled"
