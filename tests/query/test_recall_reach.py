"""What a recall reaches: amounts, customers, other co-ops, causes corrected away, late pickings."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from tests.capture.short_deeds import correct, is_recalled, recall_from, ship
from tests.capture.small_farm import SmallFarm, make_farm
from tests.capture.two_farms import packed, send, two_farms
from trace.capture.recall_answers import Answer, Contact, acknowledge, make_links, note_contact
from trace.capture.recalling import RecallOrder, close_recall, recall
from trace.domain.errors import Refused
from trace.domain.recall_causes import AskedCause
from trace.query.public_recalls import public_recall, public_recalls
from trace.query.recall_choices import possible_causes
from trace.query.recall_page import recall_of, recalls_reaching
from trace.query.recall_reach import recall_reach
from trace.query.recall_tasks import shop_page, task_of, tasks_of
from trace.repository.rebuilding import first_difference

SAID = {"reason": "坏药"}


@pytest.fixture
def farm(tmp_path: Path) -> SmallFarm:
    return make_farm(tmp_path)


def shipped(farm: SmallFarm) -> str:
    """A packed lot of 240 bundles, 100 of which went to the shop."""
    lot = farm.pack(farm.harvest(farm.plant()))
    ship(farm, lot)
    return lot


def test_it_says_how_much_is_still_here_and_how_much_has_left(farm: SmallFarm) -> None:
    lot = shipped(farm)
    reach = recall_reach(farm.instance, farm.coop_id, AskedCause("lot", (lot,)), SAID)
    assert reach.still_here == ((Decimal(140), "bundle"),)
    assert reach.has_left == ((Decimal(100), "bundle"),)
    assert [one.text("name") for one, _ in reach.customers] == ["邻家鲜果店"]


def test_looking_changes_nothing_and_names_every_problem(farm: SmallFarm) -> None:
    lot = shipped(farm)
    with pytest.raises(Refused) as refused:
        recall_reach(farm.instance, farm.coop_id, AskedCause("plot_days"), {"reason": ""})
    fields = {one.field for one in refused.value.problems}
    assert fields == {"plots", "from_day", "until_day", "reason"}
    assert not is_recalled(farm, lot)


def test_what_is_recalled_already_is_said_before_it_is_recalled_again(farm: SmallFarm) -> None:
    lot = shipped(farm)
    asked = AskedCause("lot", (lot,))
    before = recall_reach(farm.instance, farm.coop_id, asked, SAID).recalled_before
    recall_from(farm, lot)
    after = recall_reach(farm.instance, farm.coop_id, asked, SAID).recalled_before
    assert (len(before), len(after)) == (0, 1)


def test_a_recall_whose_cause_was_struck_out_stays_and_says_so(farm: SmallFarm) -> None:
    picked = farm.record("harvesting", {"takes": [{"node": farm.plant(), "quantity": "5"}]})
    entry_id = recall_from(farm, picked.made[0].node_id)
    before = recall_of(farm.instance, farm.coop_id, entry_id)
    correct(farm, picked.entry_ids[0])
    after = recall_of(farm.instance, farm.coop_id, entry_id)
    assert before is not None
    assert after is not None
    assert (before.is_struck_out, after.is_struck_out) == (False, True)
    assert len(after.reach.lots) == 1


def test_a_recall_from_an_inspection_that_was_struck_out_says_so(farm: SmallFarm) -> None:
    lot = farm.harvest(farm.plant())
    sent = {"inspection_kind": "rapid_test", "passed": "no", "subjects": [lot]}
    failed = farm.record("inspection", sent, "tester").entry_ids[0]
    order = RecallOrder((), "没过", cause_kind="inspection", inspection=failed)
    entry_id = recall(farm.recorder, farm.actor(), order, "R-1").entry_ids[0]
    correct(farm, failed)
    found = recall_of(farm.instance, farm.coop_id, entry_id)
    assert found is not None
    assert found.is_struck_out
    assert is_recalled(farm, lot)


def test_what_falls_out_of_a_recall_by_a_correction_is_counted_for_the_manager(
    farm: SmallFarm,
) -> None:
    bottle, planting = farm.buy_pesticide(), farm.plant()
    sent = {"plantings": [planting], "input_lot": bottle, "amount": "30"}
    spraying = farm.record("spraying", sent).entry_ids[0]
    farm.wait(days=4)
    farm.pack(farm.harvest(planting))
    entry_id = recall_from(farm, bottle)
    farm.harvest(planting)
    before = recall_of(farm.instance, farm.coop_id, entry_id)
    correct(farm, spraying)
    after = recall_of(farm.instance, farm.coop_id, entry_id)
    assert before is not None
    assert after is not None
    assert (before.kept, after.kept) == (0, 1)
    assert [one.id for one in after.reach.lots] == [one.id for one in before.reach.lots]


def test_a_picking_recorded_after_the_recall_of_its_plot_and_day_is_recalled_too(
    farm: SmallFarm, tmp_path: Path
) -> None:
    planting = farm.plant()
    farm.harvest(planting)
    day = farm.now.date().isoformat()
    order = RecallOrder(
        (), "坏水", cause_kind="plot_days", plots=(farm.ids["plot"],), from_day=day, until_day=day
    )
    entry_id = recall(farm.recorder, farm.actor(), order, "R-1").entry_ids[0]
    farm.wait(days=1)
    takes = [{"node": planting, "quantity": "9"}]
    late = farm.record("harvesting", {"takes": takes}, when=day).made[0].node_id
    found = recall_of(farm.instance, farm.coop_id, entry_id)
    assert found is not None
    assert [one.id for one in found.joined_later] == [late]
    assert is_recalled(farm, late)
    assert late in [one.id for one in found.reach.lots]
    assert not is_recalled(farm, farm.harvest(planting))  # of another day
    assert first_difference(farm.instance.database, tmp_path) is None


@pytest.mark.parametrize("day", ["20260301", "2026-3-1", "1 March"])
def test_a_day_written_in_another_way_is_refused_not_misread(farm: SmallFarm, day: str) -> None:
    farm.harvest(farm.plant())
    asked = AskedCause("plot_days", plots=(farm.ids["plot"],), from_day=day, until_day=day)
    with pytest.raises(Refused, match="is not a date"):
        recall_reach(farm.instance, farm.coop_id, asked, SAID)


def test_a_retired_plot_and_failed_inspections_may_be_chosen(farm: SmallFarm) -> None:
    sent = {"inspection_kind": "rapid_test", "passed": "no"}
    lot = farm.harvest(farm.plant())
    failed = farm.record("inspection", sent | {"subjects": [lot]}, "tester").entry_ids[0]
    farm.record("inspection", sent | {"subjects": [lot], "passed": "yes"}, "tester")
    causes = possible_causes(farm.instance, farm.coop_id)
    assert [one.entry_id for one in causes.inspections] == [failed]
    assert [one.id for one in causes.plots] == [farm.ids["plot"]]


def task_state(farm: SmallFarm, entry_id: str) -> str:
    found = recall_of(farm.instance, farm.coop_id, entry_id)
    assert found is not None
    (task,) = tasks_of(farm.instance, farm.coop_id, found)
    return task.state


def test_a_task_goes_from_not_called_to_taken_off_sale(farm: SmallFarm) -> None:
    entry_id, shop = recall_from(farm, shipped(farm)), farm.ids["shop"]
    states = [task_state(farm, entry_id)]
    for outcome in ("nobody_reached", "called"):
        farm.wait(minutes=1)
        contact = Contact(entry_id, shop, outcome)
        note_contact(farm.recorder, farm.actor(), contact, f"N-{outcome}")
        states.append(task_state(farm, entry_id))
    answer = Answer(entry_id, shop, "刘店长", amounts={"taken_off": {"bundle": "60"}})
    acknowledge(farm.recorder, farm.actor(), answer, "A-1")
    states.append(task_state(farm, entry_id))
    assert states == ["to_call", "nobody_reached", "called", "acknowledged"]


def test_goods_that_leave_after_the_recall_make_a_task_too(farm: SmallFarm) -> None:
    lot = farm.pack(farm.harvest(farm.plant()))
    entry_id = recall_from(farm, lot)
    lots = [{"node": lot, "quantity": "9", "unit": "bundle"}]
    sent = {"lots": lots, "customer": farm.ids["shop"]}
    farm.record("shipping", sent, "packer", already_happened=True)
    assert task_state(farm, entry_id) == "to_call"


def test_three_hundred_customers_have_a_task_each(farm: SmallFarm) -> None:
    lot = farm.pack(farm.harvest(farm.plant(), "300"), "300", "600")
    for number in range(300):
        shop = farm.declare("party", name=f"第{number}家" + "店" * 190, kind="customer")
        one = [{"node": lot, "quantity": "1", "unit": "bundle"}]
        farm.record("shipping", {"lots": one, "customer": shop}, "packer")
    found = recall_of(farm.instance, farm.coop_id, recall_from(farm, lot))
    assert found is not None
    assert len(tasks_of(farm.instance, farm.coop_id, found)) == 300


def test_a_shops_link_shows_its_own_goods_and_nobody_elses(farm: SmallFarm) -> None:
    lot = shipped(farm)
    other = farm.declare("party", name="别家店", kind="customer")
    goods = [{"node": lot, "quantity": "7", "unit": "bundle"}]
    farm.record("shipping", {"lots": goods, "customer": other}, "packer")
    entry_id = recall_from(farm, lot)
    shop = farm.ids["shop"]
    token = make_links(farm.recorder, farm.actor(), entry_id, [shop])[shop]
    found = shop_page(farm.instance, token)
    assert found is not None
    assert found.task.customer.id == farm.ids["shop"]
    assert [one.quantity for one in found.task.given] == ["100"]
    assert shop_page(farm.instance, token + "x") is None


def test_another_co_op_sees_the_recall_with_its_own_customers_alone(tmp_path: Path) -> None:
    sender, town = two_farms(tmp_path)
    lot = packed(sender)
    received = town.take_over(send(sender, lot), lot).made[0].node_id
    lots = [{"node": received, "quantity": "30", "unit": "bundle"}]
    town.record("shipping", {"lots": lots, "customer": town.ids["shop"]}, "packer")
    entry_id = recall_from(sender, lot)
    assert is_recalled(sender, received)

    ours = recall_of(sender.instance, sender.coop_id, entry_id)
    assert ours is not None
    assert [line.id for line, _ in ours.reach.others] == [received]
    assert "秘密客户" not in repr(ours)

    (theirs,) = recalls_reaching(town.instance, town.coop_id, sender.now)
    assert theirs.entry_id == entry_id
    assert not theirs.is_own
    assert (theirs.reach.causes, theirs.reach.others) == ((), ())
    (task,) = tasks_of(town.instance, town.coop_id, theirs)
    assert task.customer.text("name") == "秘密客户"
    assert task_of(town.instance, town.coop_id, theirs, sender.ids["town"]) is None


def test_a_recall_that_does_not_reach_us_is_not_ours_to_see(tmp_path: Path) -> None:
    sender, town = two_farms(tmp_path)
    entry_id = recall_from(sender, packed(sender))
    assert recall_of(town.instance, town.coop_id, entry_id) is None
    assert recalls_reaching(town.instance, town.coop_id, sender.now) == ()


def test_the_public_list_has_open_recalls_first_and_closed_ones_for_a_year(
    farm: SmallFarm,
) -> None:
    first = recall_from(farm, shipped(farm))
    second = recall_from(farm, farm.harvest(farm.plant()), reason="另一件")
    close_recall(farm.recorder, farm.actor(), second, "都收回了", "C-1")
    listed = public_recalls(farm.instance, farm.now)
    assert [one.entry_id for one in listed] == [first, second]
    assert listed[1].closed_reason == "都收回了"
    later = public_recalls(farm.instance, farm.now + timedelta(days=400))
    assert [one.entry_id for one in later] == [first]
    assert public_recall(farm.instance, second) is not None


def test_the_public_list_tells_the_news_and_names_no_customer(farm: SmallFarm) -> None:
    entry_id = recall_from(farm, shipped(farm))
    farm.record("recall_updated", {"recall": entry_id, "words": "大部分收回", "words_en": "Most."})
    told = public_recall(farm.instance, entry_id)
    assert told is not None
    assert [(one.words, one.words_en) for one in told.news] == [("大部分收回", "Most.")]
    assert "邻家鲜果店" not in repr(told)
