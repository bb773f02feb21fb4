"""Labels: never more than packed, never the same code, and what is tested first."""

import json
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import pytest

from trace.capture.labelling import LabelOrder, VoidOrder, issue_labels, void_labels
from trace.domain.errors import NotAllowed, NotFound, Refused
from trace.domain.identifiers import CODE_LENGTH
from trace.repository import nodes, units

from .ledger_reading import entries, last_body
from .short_deeds import codes, hold, keep_report, label, laboratory_pass, recall_from
from .small_farm import SmallFarm


@pytest.fixture
def packed(farm: SmallFarm) -> str:
    """240 bundles of tested cucumbers."""
    picked = farm.harvest(farm.plant())
    farm.rapid_test(picked)
    return farm.pack(picked)


def product(farm: SmallFarm, name: str, label_needs: str) -> str:
    return farm.declare(
        "product", name=name, unit="bundle", unit_mass_kg="0.5", label_needs=label_needs
    )


def pick(farm: SmallFarm, product_id: str) -> str:
    sent = {"plot": farm.ids["plot"], "product": product_id, "variety": "一号"}
    return farm.harvest(farm.record("planting", sent).made[0].node_id)


def gift_box(farm: SmallFarm, *lots: str) -> str:
    takes = [{"node": lot, "quantity": "20", "unit": "bundle"} for lot in lots]
    sent = {"takes": takes, "package_name": "礼盒", "packed_quantity": "20"}
    return farm.record("package_made", sent).made[0].node_id


def test_labels_are_numbered_codes(farm: SmallFarm, packed: str) -> None:
    label(farm, packed, 24)
    label(farm, packed, 6, "labels-2")
    printed = codes(farm, packed)
    assert len(printed) == len(set(printed)) == 30
    assert {len(code) for code in printed} == {CODE_LENGTH}
    with farm.instance.database.reading() as connection:
        last = units.unit_by_code(connection, printed[-1])
    assert last is not None
    assert (last["sequence"], last["print_job_id"]) == (30, "labels-2")


def test_the_ledger_holds_count_and_hash_of_the_codes_and_no_code(
    farm: SmallFarm, packed: str
) -> None:
    label(farm, packed, 3)
    label(farm, packed, 2, "labels-2")
    body, printed = last_body(farm), codes(farm, packed)
    assert body["what"] == {
        "count": 2, "first_sequence": 4, "stock": "a4-24",
        "codes_hash": sha256("\n".join(printed[3:]).encode()).hexdigest(),
    }  # fmt: skip
    assert not [code for code in printed if code in json.dumps(body)]


def test_one_label_too_many_is_refused_and_none_is_printed(farm: SmallFarm, packed: str) -> None:
    label(farm, packed, 239)
    with pytest.raises(Refused, match="2 labels are too many: 240 were packed and 239"):
        label(farm, packed, 2, "labels-2")
    label(farm, packed, 1, "labels-3")
    assert len(codes(farm, packed)) == 240


@pytest.mark.parametrize("count", [0, -1])
def test_at_least_one_label_is_asked_for(farm: SmallFarm, packed: str, count: int) -> None:
    with pytest.raises(Refused, match="At least one label"):
        label(farm, packed, count)


def test_a_double_click_prints_once(farm: SmallFarm, packed: str) -> None:
    first = label(farm, packed, 24)
    again = label(farm, packed, 24)
    assert (again.entry_ids, again.is_repeat) == (first.entry_ids, True)
    assert len(codes(farm, packed)) == 24


def test_the_same_click_for_another_count_waits_in_the_inbox(farm: SmallFarm, packed: str) -> None:
    label(farm, packed, 24)
    assert label(farm, packed, 48).in_inbox
    assert len(codes(farm, packed)) == 24


def test_two_threads_never_print_more_than_was_packed(farm: SmallFarm, packed: str) -> None:
    def try_once(number: int) -> bool:
        try:
            label(farm, packed, 70, f"labels-{number}")
        except Refused:
            return False
        finally:
            farm.instance.database.close()
        return True

    with ThreadPoolExecutor(4) as threads:
        printed = list(threads.map(try_once, range(6)))
    assert sorted(printed) == [False] * 3 + [True] * 3
    assert len(set(codes(farm, packed))) == 210


def test_what_is_held_or_recalled_gets_no_labels(farm: SmallFarm, packed: str) -> None:
    hold(farm, packed)
    with pytest.raises(Refused, match="on hold"):
        label(farm, packed, 1)
    recall_from(farm, packed)
    with pytest.raises(Refused, match="is recalled"):
        label(farm, packed, 1)


def test_every_reason_is_said_at_once(farm: SmallFarm) -> None:
    packed = farm.pack(farm.harvest(farm.plant()), count="24")
    hold(farm, packed)
    with pytest.raises(Refused) as refused:
        label(farm, packed, 25)
    assert len(refused.value.problems) == 3


def test_what_is_not_packed_has_no_labels(farm: SmallFarm) -> None:
    picked = farm.harvest(farm.plant())
    with pytest.raises(Refused, match="HG-260301-01 is not packed yet"):
        label(farm, picked, 1)


def test_plantings_inputs_and_other_co_ops_lots_have_no_labels(farm: SmallFarm) -> None:
    theirs = SmallFarm(farm.instance, farm.now)
    foreign = theirs.pack(theirs.harvest(theirs.plant()))
    before = entries(farm)
    for node in (farm.plant(), farm.buy_pesticide(), foreign, "NOTHING", ""):
        with pytest.raises(NotFound):
            label(farm, node, 1)
    assert entries(farm) == before + 2


@pytest.mark.parametrize("role", ["grower", "tester"])
def test_packers_and_managers_print(farm: SmallFarm, packed: str, role: str) -> None:
    order = LabelOrder(packed, "a4-24", 1, "https://farm.example", {})
    with pytest.raises(NotAllowed):
        issue_labels(farm.recorder, farm.actor(role), order, "labels-1")
    assert issue_labels(farm.recorder, farm.actor(), order, "labels-1").entry_ids


def test_a_test_of_the_planting_counts_for_what_was_picked(farm: SmallFarm) -> None:
    planting = farm.plant()
    farm.rapid_test(planting)
    assert label(farm, farm.pack(farm.harvest(planting)), 1).entry_ids


def test_a_test_of_the_plot_counts_for_what_grew_there(farm: SmallFarm) -> None:
    packed = farm.pack(farm.harvest(farm.plant()))
    test = {"inspection_kind": "rapid_test", "plots": [farm.ids["plot"]], "passed": "yes"}
    farm.record("inspection", test, "tester")
    assert label(farm, packed, 1).entry_ids


def test_a_look_at_the_field_is_no_test(farm: SmallFarm) -> None:
    packed = farm.pack(farm.harvest(farm.plant()))
    seen = {"inspection_kind": "field_inspection", "subjects": [packed], "passed": "yes"}
    farm.record("inspection", seen, "tester")
    with pytest.raises(Refused, match="needs a passed rapid test"):
        label(farm, packed, 1)


def test_a_mixed_lot_is_tested_in_every_part(farm: SmallFarm) -> None:
    planting = farm.plant()
    tested, untested = farm.harvest(planting), farm.harvest(planting)
    farm.rapid_test(tested)
    takes = [{"node": lot, "quantity": "60"} for lot in (tested, untested)]
    sent = {"takes": takes, "packed_quantity": "240", "unit": "bundle"}
    packed = farm.record("packing", sent).made[0].node_id
    with pytest.raises(Refused, match="needs a passed rapid test"):
        label(farm, packed, 1)
    farm.rapid_test(untested)
    label(farm, packed, 1)


def test_a_test_of_one_product_is_no_test_of_the_other_in_the_box(farm: SmallFarm) -> None:
    tomato = pick(farm, product(farm, "番茄", "rapid_test"))
    cucumber = farm.harvest(farm.plant())
    farm.rapid_test(cucumber)
    box = gift_box(farm, farm.pack(cucumber), farm.pack(tomato))
    with pytest.raises(Refused) as refused:
        label(farm, box, 1)
    assert [str(one) for one in refused.value.problems] == [
        "lot: 番茄 needs a passed rapid test before its labels are printed."
    ]
    farm.rapid_test(tomato)
    label(farm, box, 20)


@pytest.mark.parametrize("straight", [False, True])
def test_what_is_packed_as_another_product_needs_the_test_of_what_was_picked(
    farm: SmallFarm, straight: bool
) -> None:
    free = farm.declare(
        "product", name="拌菜", unit="bundle", unit_mass_kg="0.5", label_needs="nothing"
    )
    planting = farm.plant()
    taken = planting if straight else farm.harvest(planting)
    takes = [{"node": taken, "quantity": "20"}]
    sent = {"takes": takes, "packed_quantity": "40", "unit": "bundle", "product": free}
    lot = farm.record("packing", sent, "packer").made[0].node_id
    with pytest.raises(Refused, match="黄瓜 needs a passed rapid test"):
        label(farm, lot, 1)
    farm.rapid_test(lot)
    assert label(farm, lot, 1, "labels-2").entry_ids


def test_a_box_of_what_needs_nothing_needs_nothing(farm: SmallFarm) -> None:
    flowers = pick(farm, product(farm, "花", "nothing"))
    assert label(farm, gift_box(farm, farm.pack(flowers)), 1).entry_ids


def test_a_laboratory_report_is_one_that_a_laboratory_vouches_for(farm: SmallFarm) -> None:
    lot = farm.pack(pick(farm, product(farm, "西瓜", "laboratory")))
    keep_report(farm)
    farm.rapid_test(lot)
    laboratory_pass(farm, lot, number="")
    with pytest.raises(Refused, match="needs a laboratory report"):
        label(farm, lot, 1)
    laboratory_pass(farm, lot)
    label(farm, lot, 1)


def test_a_laboratory_report_is_more_than_a_rapid_test(farm: SmallFarm) -> None:
    packed = farm.pack(farm.harvest(farm.plant()))
    laboratory_pass(farm, packed)
    assert label(farm, packed, 1).entry_ids


def test_a_print_job_waits_for_its_pages(farm: SmallFarm, packed: str) -> None:
    label(farm, packed, 24)
    with farm.instance.database.reading() as connection:
        job = units.print_job(connection, "labels-1")
        key = nodes.node_key(connection, packed)
    assert job is not None
    assert (job["state"], job["quantity"], job["node_key"]) == ("waiting", 24, key)
    assert json.loads(job["label_text"]) == {"name": "黄瓜"}


def test_a_void_label_says_so(farm: SmallFarm, packed: str) -> None:
    order = LabelOrder(packed, "a4-24", 24, "https://trace.example", {})
    issue_labels(farm.recorder, farm.actor("packer"), order, "job-void")

    void = VoidOrder(packed, 3, 2, "卡纸撕坏了")
    void_labels(farm.recorder, farm.actor("packer"), void, "void-1")

    with farm.instance.database.reading() as connection:
        printed = units.codes_of(connection, nodes.node_key(connection, packed), 1, 5)
        voided = [units.unit_by_code(connection, code) for code in printed]
    assert [bool(unit and unit["voided_by"]) for unit in voided] == [
        False,
        False,
        True,
        True,
        False,
    ]


def test_labels_never_issued_are_not_voided(farm: SmallFarm, packed: str) -> None:
    packer = farm.actor("packer")
    with pytest.raises(Refused, match="not all issued"):
        void_labels(farm.recorder, packer, VoidOrder(packed, 1, 1, "试试"), "void-1")
    with pytest.raises(Refused, match="missing"):
        void_labels(farm.recorder, packer, VoidOrder(packed, 1, 1, ""), "void-2")
