"""A recall reaches everything made from its causes, then and later, and is never undone."""

from hashlib import sha256
from pathlib import Path

import pytest

from trace.capture.recalling import RecallOrder, close_recall, recall
from trace.domain.errors import NotAllowed, NotFound, Refused
from trace.repository.rebuilding import first_difference

from .ledger_reading import entries, last_body
from .short_deeds import correct, is_recalled, recall_from, revision, ship
from .small_farm import SmallFarm


def spray(farm: SmallFarm, planting: str, pesticide: str) -> None:
    sent = {"plantings": [planting], "input_lot": pesticide, "amount": "30"}
    farm.record("spraying", sent)


def test_a_recall_from_a_pesticide_reaches_the_packed_lots(farm: SmallFarm) -> None:
    pesticide, planting, clean = farm.buy_pesticide(), farm.plant(), farm.plant()
    spray(farm, planting, pesticide)
    packed = farm.pack(farm.harvest(planting))
    other = farm.pack(farm.harvest(clean))
    before = revision(farm, packed), revision(farm, other)
    recall_from(farm, pesticide)
    assert is_recalled(farm, packed)
    assert not is_recalled(farm, other)
    assert revision(farm, packed) > before[0]
    assert revision(farm, other) == before[1]


def test_a_recall_passes_through_packages(farm: SmallFarm) -> None:
    picked = farm.harvest(farm.plant())
    takes = [{"node": farm.pack(picked), "quantity": "20", "unit": "bundle"}]
    sent = {"takes": takes, "package_name": "礼盒", "packed_quantity": "20"}
    box = farm.record("package_made", sent).made[0].node_id
    recall_from(farm, picked)
    assert is_recalled(farm, box)


def test_what_is_made_later_of_what_is_recalled_is_recalled_too(farm: SmallFarm) -> None:
    picked = farm.harvest(farm.plant())
    recall_from(farm, picked)
    assert is_recalled(farm, farm.pack(picked))


def test_a_recall_does_not_go_back_to_where_it_came_from(farm: SmallFarm) -> None:
    planting = farm.plant()
    first, second = farm.harvest(planting), farm.harvest(planting)
    recall_from(farm, first)
    assert not is_recalled(farm, planting)
    assert not is_recalled(farm, second)


def test_the_entry_keeps_count_and_hash_of_all_it_reaches(farm: SmallFarm) -> None:
    planting = farm.plant()
    picked = farm.harvest(planting)
    reached = sorted([planting, picked, farm.pack(picked)])
    recall_from(farm, planting)
    what = last_body(farm)["what"]
    assert what["closure_count"] == 3
    assert what["closure_hash"] == sha256("\n".join(reached).encode()).hexdigest()
    assert (what["reason"], what["advice"]) == ("坏药", "别吃")


def test_several_causes_are_one_recall(farm: SmallFarm) -> None:
    first, second = farm.harvest(farm.plant()), farm.harvest(farm.plant())
    recall_from(farm, first, second)
    assert is_recalled(farm, first)
    assert is_recalled(farm, second)
    assert last_body(farm)["what"]["closure_count"] == 2


def test_what_is_recalled_is_not_shipped(farm: SmallFarm) -> None:
    packed = farm.pack(farm.harvest(farm.plant()))
    recall_from(farm, packed)
    with pytest.raises(Refused, match="HG-260301-02 is recalled"):
        ship(farm, packed)


def test_what_left_although_recalled_is_recorded_with_its_breach(farm: SmallFarm) -> None:
    packed = farm.pack(farm.harvest(farm.plant()))
    recall_from(farm, packed)
    lots = [{"node": packed, "quantity": "9", "unit": "bundle"}]
    sent = {"lots": lots, "customer": farm.ids["shop"]}
    receipt = farm.record("shipping", sent, "packer", already_happened=True)
    assert receipt.breaches == ("recalled_lot_left",)


def test_a_closed_recall_still_says_recalled(farm: SmallFarm) -> None:
    packed = farm.pack(farm.harvest(farm.plant()))
    entry_id = recall_from(farm, packed)
    before = revision(farm, packed)
    farm.record("recall_closed", {"recall": entry_id, "reason": "都收回了"})
    assert is_recalled(farm, packed)
    assert revision(farm, packed) > before


@pytest.mark.parametrize(
    ("causes", "reason", "fields"),
    [((), "坏药", {"causes"}), (("NOTHING",), " ", {"causes-0", "reason"})],
)
def test_a_recall_without_known_cause_and_reason_is_refused(
    farm: SmallFarm, causes: tuple[str, ...], reason: str, fields: set[str]
) -> None:
    before = entries(farm)
    with pytest.raises(Refused) as refused:
        recall_from(farm, *causes, reason=reason)
    assert {problem.field for problem in refused.value.problems} == fields
    assert entries(farm) == before


def test_another_co_ops_lot_is_not_recalled_by_us(farm: SmallFarm) -> None:
    theirs = SmallFarm(farm.instance, farm.now)
    with pytest.raises(Refused, match="not known here"):
        recall_from(farm, theirs.plant())


@pytest.mark.parametrize("role", ["grower", "packer", "tester"])
def test_managers_alone_recall(farm: SmallFarm, role: str) -> None:
    with pytest.raises(NotAllowed):
        recall(farm.recorder, farm.actor(role), RecallOrder((farm.plant(),), "坏药"), "S-1")


def test_a_recall_sent_twice_is_one(farm: SmallFarm) -> None:
    order = RecallOrder((farm.plant(),), "坏药")
    first = recall(farm.recorder, farm.actor(), order, "S-1")
    before = entries(farm)
    again = recall(farm.recorder, farm.actor(), order, "S-1")
    assert (again.entry_ids, again.is_repeat) == (first.entry_ids, True)
    assert entries(farm) == before


def picked_on(farm: SmallFarm, planting: str, day: str) -> str:
    takes = [{"node": planting, "quantity": "5"}]
    return farm.record("harvesting", {"takes": takes}, when=day).made[0].node_id


def test_a_recall_of_a_plot_takes_what_was_picked_on_both_days_and_between(
    farm: SmallFarm,
) -> None:
    planting = farm.plant()
    farm.wait(days=9)
    days = ("2026-03-02", "2026-03-03", "2026-03-05", "2026-03-06")
    lots = [picked_on(farm, planting, day) for day in days]
    order = RecallOrder(
        (), "水里有药", cause_kind="plot_days", plots=(farm.ids["plot"],),
        from_day="2026-03-03", until_day="2026-03-05",
    )  # fmt: skip
    recall(farm.recorder, farm.actor(), order, "S-1")
    assert [is_recalled(farm, lot) for lot in lots] == [False, True, True, False]
    assert not is_recalled(farm, planting)
    body = last_body(farm)
    assert {share["node"] for share in body["nodes"]} == set(lots[1:3])
    asked = {"cause_kind", "plots", "from_day", "until_day"}
    assert {name: body["what"][name] for name in asked} == {
        "cause_kind": "plot_days", "plots": [farm.ids["plot"]],
        "from_day": "2026-03-03", "until_day": "2026-03-05",
    }  # fmt: skip


def test_potted_goods_that_are_packed_without_a_picking_are_found_by_plot_and_day(
    farm: SmallFarm,
) -> None:
    takes = [{"node": farm.plant(), "quantity": "5", "unit": "kg"}]
    sent = {"takes": takes, "packed_quantity": "10", "unit": "bundle"}
    packed = farm.record("packing", sent, "packer").made[0].node_id
    day = farm.now.date().isoformat()
    order = RecallOrder(
        (), "坏土", cause_kind="plot_days", plots=(farm.ids["plot"],), from_day=day, until_day=day
    )
    recall(farm.recorder, farm.actor(), order, "S-1")
    assert is_recalled(farm, packed)


def test_a_plot_where_nothing_was_picked_in_these_days_is_a_clear_problem(farm: SmallFarm) -> None:
    farm.harvest(farm.plant())
    before = entries(farm)
    order = RecallOrder(
        (), "坏水", cause_kind="plot_days", plots=(farm.ids["plot"],),
        from_day="2026-02-01", until_day="2026-02-02",
    )  # fmt: skip
    with pytest.raises(Refused, match="Nothing was picked") as refused:
        recall(farm.recorder, farm.actor(), order, "S-1")
    assert [problem.field for problem in refused.value.problems] == ["plots"]
    assert entries(farm) == before


def test_a_picking_that_was_struck_out_is_not_found_by_its_day(farm: SmallFarm) -> None:
    planting = farm.plant()
    wrong = farm.record("harvesting", {"takes": [{"node": planting, "quantity": "5"}]})
    correct(farm, wrong.entry_ids[0])
    day = farm.now.date().isoformat()
    order = RecallOrder(
        (), "坏水", cause_kind="plot_days", plots=(farm.ids["plot"],), from_day=day, until_day=day
    )
    with pytest.raises(Refused, match="Nothing was picked"):
        recall(farm.recorder, farm.actor(), order, "S-1")


def inspected(farm: SmallFarm, passed: str, **about: list[str]) -> str:
    sent = {"inspection_kind": "rapid_test", "passed": passed, **about}
    return farm.record("inspection", sent, "tester").entry_ids[0]


def test_a_recall_of_an_inspection_takes_what_it_was_about(farm: SmallFarm) -> None:
    first, second = farm.harvest(farm.plant()), farm.harvest(farm.plant())
    failed = inspected(farm, "no", subjects=[first])
    order = RecallOrder((), "没过", cause_kind="inspection", inspection=failed)
    recall(farm.recorder, farm.actor(), order, "S-1")
    assert (is_recalled(farm, first), is_recalled(farm, second)) == (True, False)
    assert last_body(farm)["what"]["inspection"] == failed


def test_a_failed_inspection_of_a_plot_means_its_plantings(farm: SmallFarm) -> None:
    planting = farm.plant()
    failed = inspected(farm, "no", plots=[farm.ids["plot"]])
    order = RecallOrder((), "土里有铅", cause_kind="inspection", inspection=failed)
    recall(farm.recorder, farm.actor(), order, "S-1")
    assert is_recalled(farm, planting)


def test_an_inspection_that_was_passed_is_no_cause(farm: SmallFarm) -> None:
    passed = inspected(farm, "yes", subjects=[farm.harvest(farm.plant())])
    order = RecallOrder((), "?", cause_kind="inspection", inspection=passed)
    with pytest.raises(Refused, match="was not passed"):
        recall(farm.recorder, farm.actor(), order, "S-1")


def test_another_co_ops_plot_and_inspection_are_no_cause_of_ours(farm: SmallFarm) -> None:
    theirs = SmallFarm(farm.instance, farm.now)
    failed = inspected(theirs, "no", subjects=[theirs.harvest(theirs.plant())])
    day = farm.now.date().isoformat()
    for order in (
        RecallOrder((), "?", cause_kind="inspection", inspection=failed),
        RecallOrder((), "?", cause_kind="plot_days", plots=(theirs.ids["plot"],),
                    from_day=day, until_day=day),
    ):  # fmt: skip
        with pytest.raises(Refused):
            recall(farm.recorder, farm.actor(), order, "S-1")


def test_what_is_recalled_already_may_be_recalled_for_another_reason(farm: SmallFarm) -> None:
    picked = farm.harvest(farm.plant())
    first, second = recall_from(farm, picked), recall_from(farm, picked, reason="又一条")
    assert first != second
    assert is_recalled(farm, picked)


def test_a_recall_whose_cause_was_struck_out_stays(farm: SmallFarm) -> None:
    wrong = farm.record("harvesting", {"takes": [{"node": farm.plant(), "quantity": "5"}]})
    lot = wrong.made[0].node_id
    recall_from(farm, lot)
    correct(farm, wrong.entry_ids[0])
    assert is_recalled(farm, lot)


def test_two_managers_closing_at_once_close_once(farm: SmallFarm) -> None:
    recalled = recall_from(farm, farm.plant())
    first = close_recall(farm.recorder, farm.actor(), recalled, "都收回了", "C-1")
    before = entries(farm)
    again = close_recall(farm.recorder, farm.actor(), recalled, "还没呢", "C-2")
    assert again.entry_ids == first.entry_ids
    assert entries(farm) == before


def test_another_co_op_does_not_close_our_recall(farm: SmallFarm) -> None:
    recalled = recall_from(farm, farm.plant())
    theirs = SmallFarm(farm.instance, farm.now)
    with pytest.raises(NotFound):
        close_recall(theirs.recorder, theirs.actor(), recalled, "没事", "C-1")


def test_news_of_a_recall_turns_the_pages_and_is_never_corrected_away(farm: SmallFarm) -> None:
    packed = farm.pack(farm.harvest(farm.plant()))
    recalled = recall_from(farm, packed)
    before = revision(farm, packed)
    news = farm.record("recall_updated", {"recall": recalled, "words": "另有一批"}).entry_ids[0]
    assert revision(farm, packed) > before
    with pytest.raises(Refused, match="cannot be corrected"):
        correct(farm, news)


def test_a_correction_of_the_spraying_frees_nothing_from_a_recall_of_the_bottle(
    farm: SmallFarm, tmp_path: Path
) -> None:
    bottle, planting = farm.buy_pesticide(), farm.plant()
    farm.wait(days=30)
    before = farm.harvest(planting)
    farm.wait(days=1)
    sent = {"plantings": [planting], "input_lot": bottle, "amount": "30"}
    spraying = farm.record("spraying", sent).entry_ids[0]
    farm.wait(days=4)
    packed = farm.pack(farm.harvest(planting))
    recall_from(farm, bottle)
    correct(farm, spraying)
    assert is_recalled(farm, packed)
    assert is_recalled(farm, farm.pack(farm.harvest(planting)))
    assert not is_recalled(farm, before)
    assert first_difference(farm.instance.database, tmp_path) is None
