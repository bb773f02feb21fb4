"""What a hold reaches, and what ends it: a named laboratory, a person's word, or destroying all."""

import pytest

from trace.capture.correcting import Correction, correct_event
from trace.capture.events import Report
from trace.domain.errors import Refused
from trace.domain.events import Photo
from trace.repository import nodes
from trace.repository.standing import standing_of

from .small_farm import SmallFarm

REPORT_SHA = "ab" * 32


def is_held(farm: SmallFarm, node_id: str) -> bool:
    with farm.instance.database.reading() as connection:
        return bool(standing_of(connection, nodes.node_key(connection, node_id)).holds)


def revision(farm: SmallFarm, node_id: str) -> int:
    with farm.instance.database.reading() as connection:
        return int(nodes.node_keys(connection, [node_id])[node_id]["revision"])


def keep_report(farm: SmallFarm) -> None:
    """A report's file is there, without the pains of making a real one."""
    with farm.instance.database.writing() as connection:
        connection.execute(
            "INSERT INTO file(coop_id, sha256, media_type, byte_size, record_time, uploaded_by)"
            " VALUES(?,?,'application/pdf',1,'2026-01-01T00:00:00.000Z','x')"
            " ON CONFLICT DO NOTHING",
            (farm.coop_id, REPORT_SHA),
        )


def laboratory_pass(farm: SmallFarm, lot: str, when: str = "", number: str = "SY-1") -> str:
    keep_report(farm)
    sent = {
        "inspection_kind": "laboratory_report", "subjects": [lot], "passed": "yes",
        "laboratory": farm.ids["shop"], "report_number": number,
    }  # fmt: skip
    photos = (Photo(REPORT_SHA, "report"),)
    return farm.record("inspection", sent, "tester", when=when, photos=photos).entry_ids[0]


def destroy(farm: SmallFarm, lot: str, quantity: str, unit: str) -> str:
    lots = [{"node": lot, "quantity": quantity, "unit": unit}]
    return farm.record("destroying", {"lots": lots, "reason": "没过"}, "packer").entry_ids[0]


def ship(farm: SmallFarm, lot: str, count: str = "100") -> str:
    sent = {
        "lots": [{"node": lot, "quantity": count, "unit": "bundle"}], "customer": farm.ids["shop"],
    }  # fmt: skip
    return farm.record("shipping", sent, "packer").entry_ids[0]


def correct(farm: SmallFarm, wrong: str, replacement: Report | None = None) -> None:
    correction = Correction(wrong, "did_not_occur", "看错了", replacement)
    correct_event(farm.recorder, farm.actor(), correction, f"correct-{wrong}")


def hold(farm: SmallFarm, node: str) -> str:
    return farm.record("hold", {"subjects": [node], "reason": "有人投诉"}).entry_ids[0]


def lift(farm: SmallFarm, entry_id: str) -> str:
    return farm.record("hold_lifted", {"hold": entry_id, "reason": "查清了"}).entry_ids[0]


@pytest.fixture
def picked(farm: SmallFarm) -> str:
    """A harvest lot of 126 kg."""
    return farm.harvest(farm.plant())


def test_a_failed_rapid_test_holds_the_lot_and_what_is_packed_from_it_later(
    farm: SmallFarm, picked: str
) -> None:
    farm.rapid_test(picked, passed=False)
    assert is_held(farm, picked)
    assert is_held(farm, farm.pack(picked))


def test_a_failed_rapid_test_holds_what_was_packed_before(farm: SmallFarm, picked: str) -> None:
    packed = farm.pack(picked)
    before = revision(farm, packed)
    farm.rapid_test(picked, passed=False)
    assert is_held(farm, packed)
    assert revision(farm, packed) > before


def test_a_held_child_does_not_hold_what_it_was_made_from(farm: SmallFarm, picked: str) -> None:
    farm.rapid_test(farm.pack(picked), passed=False)
    assert not is_held(farm, picked)


def test_a_passed_rapid_test_never_lifts_a_hold(farm: SmallFarm, picked: str) -> None:
    farm.rapid_test(picked, passed=False)
    farm.wait(hours=1)
    farm.rapid_test(picked, passed=True)
    assert is_held(farm, picked)


def test_a_later_laboratory_pass_lifts_a_failed_test(farm: SmallFarm, picked: str) -> None:
    farm.rapid_test(picked, passed=False)
    farm.wait(days=2)
    laboratory_pass(farm, picked)
    assert not is_held(farm, picked)


def test_a_laboratory_pass_of_the_same_day_known_to_the_day_lifts_a_failed_test(
    farm: SmallFarm, picked: str
) -> None:
    farm.wait(hours=7)
    farm.rapid_test(picked, passed=False)
    laboratory_pass(farm, picked, when=farm.now.date().isoformat())
    assert not is_held(farm, picked)


def test_a_laboratory_pass_from_before_the_failed_test_lifts_nothing(
    farm: SmallFarm, picked: str
) -> None:
    day = farm.now.date().isoformat()
    farm.wait(days=2)
    farm.rapid_test(picked, passed=False)
    laboratory_pass(farm, picked, when=day)
    assert is_held(farm, picked)


def test_a_laboratory_report_without_its_number_is_our_own_word_and_lifts_nothing(
    farm: SmallFarm, picked: str
) -> None:
    farm.rapid_test(picked, passed=False)
    laboratory_pass(farm, picked, number="")
    assert is_held(farm, picked)


def test_a_laboratory_pass_does_not_lift_a_suspicion(farm: SmallFarm, picked: str) -> None:
    hold(farm, picked)
    laboratory_pass(farm, picked)
    assert is_held(farm, picked)


def test_a_suspicion_holds_until_a_person_lifts_it(farm: SmallFarm, picked: str) -> None:
    packed = farm.pack(picked)
    suspicion = hold(farm, picked)
    assert is_held(farm, packed)
    before = revision(farm, packed)
    lift(farm, suspicion)
    assert not is_held(farm, packed)
    assert revision(farm, packed) > before


def test_lifting_one_suspicion_leaves_the_other(farm: SmallFarm, picked: str) -> None:
    first = hold(farm, picked)
    hold(farm, picked)
    lift(farm, first)
    assert is_held(farm, picked)


def test_nobody_lifts_a_failed_test_by_their_word(farm: SmallFarm, picked: str) -> None:
    failed = farm.rapid_test(picked, passed=False)
    with pytest.raises(Refused, match="not known here"):
        lift(farm, failed)
    assert is_held(farm, picked)


def test_lifting_names_a_hold_and_no_other_record(farm: SmallFarm, picked: str) -> None:
    sold = {"lots": [{"node": picked, "quantity": "1"}], "channel": "gate"}
    sale = farm.record("selling", sold).entry_ids[0]
    with pytest.raises(Refused, match="not known here"):
        lift(farm, sale)


def test_closing_names_a_recall_and_no_other_record(farm: SmallFarm, picked: str) -> None:
    with pytest.raises(Refused, match="not known here"):
        farm.record("recall_closed", {"recall": hold(farm, picked), "reason": "查清了"})


def test_destroying_all_of_a_lot_lifts_its_hold(farm: SmallFarm, picked: str) -> None:
    farm.rapid_test(picked, passed=False)
    destroy(farm, picked, "126", "kg")
    assert not is_held(farm, picked)


def test_destroying_a_part_of_a_lot_leaves_it_held(farm: SmallFarm, picked: str) -> None:
    farm.rapid_test(picked, passed=False)
    destroy(farm, picked, "125.999", "kg")
    assert is_held(farm, picked)


def test_destroying_what_is_left_of_a_picking_leaves_what_was_packed_from_it_held(
    farm: SmallFarm, picked: str
) -> None:
    farm.rapid_test(picked, passed=False)
    packed = farm.pack(picked)
    destroy(farm, picked, "6", "kg")
    assert is_held(farm, packed)


def test_destroying_the_packed_lot_last_lifts_the_hold_of_the_picking(
    farm: SmallFarm, picked: str
) -> None:
    farm.rapid_test(picked, passed=False)
    packed = farm.pack(picked)
    destroy(farm, picked, "6", "kg")
    before = revision(farm, picked)
    destroy(farm, packed, "240", "bundle")
    assert not is_held(farm, packed)
    assert not is_held(farm, picked)
    assert revision(farm, picked) > before


def test_what_has_left_keeps_the_hold_although_the_rest_is_destroyed(
    farm: SmallFarm, picked: str
) -> None:
    packed = farm.pack(picked)
    ship(farm, packed, "100")
    farm.rapid_test(packed, passed=False)
    destroy(farm, packed, "140", "bundle")
    assert is_held(farm, packed)


def test_what_came_back_and_was_destroyed_is_held_no_more(farm: SmallFarm, picked: str) -> None:
    packed = farm.pack(picked)
    ship(farm, packed, "100")
    farm.rapid_test(packed, passed=False)
    back = {"lots": [{"node": packed, "quantity": "100", "unit": "bundle"}], "reason": "召回"}
    farm.record("returning", back, "packer")
    destroy(farm, packed, "240", "bundle")
    assert not is_held(farm, packed)


def test_what_turns_up_after_all_was_destroyed_is_held_again(farm: SmallFarm, picked: str) -> None:
    packed = farm.pack(picked)
    farm.rapid_test(packed, passed=False)
    destroy(farm, packed, "240", "bundle")
    back = {"lots": [{"node": packed, "quantity": "5", "unit": "bundle"}], "reason": "退货"}
    farm.record("returning", back, "packer")
    assert is_held(farm, packed)


def test_what_is_packed_from_a_lot_said_to_be_destroyed_is_held(
    farm: SmallFarm, picked: str
) -> None:
    farm.rapid_test(picked, passed=False)
    destroy(farm, picked, "126", "kg")
    assert is_held(farm, farm.pack(picked))


def test_destroying_one_picking_does_not_free_a_held_planting(farm: SmallFarm) -> None:
    planting = farm.plant()
    picked = farm.harvest(planting)
    farm.rapid_test(planting, passed=False)
    destroy(farm, picked, "126", "kg")
    assert is_held(farm, planting)


def test_correcting_a_test_failed_by_mistake_lifts_its_hold(farm: SmallFarm, picked: str) -> None:
    failed = farm.rapid_test(picked, passed=False)
    sent = {"inspection_kind": "rapid_test", "subjects": [picked], "passed": "yes"}
    correct(farm, failed, Report("inspection", sent))
    assert not is_held(farm, picked)


def test_correcting_a_test_passed_by_mistake_holds_the_lot(farm: SmallFarm, picked: str) -> None:
    passed = farm.rapid_test(picked)
    sent = {"inspection_kind": "rapid_test", "subjects": [picked], "passed": "no"}
    correct(farm, passed, Report("inspection", sent))
    assert is_held(farm, picked)


def test_correcting_a_lifting_holds_again(farm: SmallFarm, picked: str) -> None:
    lifted = lift(farm, hold(farm, picked))
    before = revision(farm, picked)
    correct(farm, lifted)
    assert is_held(farm, picked)
    assert revision(farm, picked) > before


def test_correcting_a_destroying_holds_again(farm: SmallFarm, picked: str) -> None:
    farm.rapid_test(picked, passed=False)
    correct(farm, destroy(farm, picked, "126", "kg"))
    assert is_held(farm, picked)


def test_correcting_a_laboratory_pass_holds_again(farm: SmallFarm, picked: str) -> None:
    farm.rapid_test(picked, passed=False)
    correct(farm, laboratory_pass(farm, picked))
    assert is_held(farm, picked)


def test_a_hold_that_was_itself_wrong_does_not_come_back(farm: SmallFarm, picked: str) -> None:
    suspicion = hold(farm, picked)
    lifted = lift(farm, suspicion)
    correct(farm, suspicion)
    correct(farm, lifted)
    assert not is_held(farm, picked)


def test_correcting_how_much_was_destroyed_holds_again_what_is_left(
    farm: SmallFarm, picked: str
) -> None:
    farm.rapid_test(picked, passed=False)
    lots = [{"node": picked, "quantity": "26", "unit": "kg"}]
    wrong = destroy(farm, picked, "126", "kg")
    correct(farm, wrong, Report("destroying", {"lots": lots, "reason": "没过"}))
    assert is_held(farm, picked)
