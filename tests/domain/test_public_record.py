"""The rules behind the verdict of a shopper's page."""

from datetime import date

from trace.domain import public_record as rules
from trace.domain.inspection import Examined
from trace.domain.public_record import Pick, Spray

DAY = date(2026, 11, 21)


def says(**true: bool) -> str:
    flags = {"is_void": False, "is_recalled": False, "is_held": False, "is_missing": False}
    return rules.verdict(**(flags | true))


def test_a_void_label_says_so_before_anything_else() -> None:
    assert says(is_void=True, is_recalled=True) == "void"


def test_a_recall_comes_before_a_hold() -> None:
    assert says(is_recalled=True, is_held=True) == "recalled"


def test_a_hold_comes_before_what_is_missing() -> None:
    assert says(is_held=True, is_missing=True) == "held"


def test_what_is_missing_makes_it_incomplete() -> None:
    assert says(is_missing=True) == "incomplete"


def test_with_nothing_against_it_the_record_is_complete() -> None:
    assert says() == "complete"


def test_the_worst_of_several_verdicts_is_the_first_in_order() -> None:
    assert rules.worst(["complete", "held", "incomplete"]) == "held"


def test_nothing_at_all_is_not_worse_than_complete() -> None:
    assert rules.worst([]) == "complete"


def test_only_sprayings_of_the_same_planting_before_the_picking_count() -> None:
    sprays = [Spray(1, date(2026, 11, 12), 3), Spray(2, date(2026, 11, 20), 3),
              Spray(1, date(2026, 11, 22), 3)]  # fmt: skip
    assert [one.days for one in rules.intervals(sprays, [Pick(1, DAY)])] == [9]


def test_a_broken_interval_comes_first() -> None:
    sprays = [Spray(1, date(2026, 11, 20), 3), Spray(1, date(2026, 11, 1), None),
              Spray(1, date(2026, 11, 12), 3)]  # fmt: skip
    kept = [one.is_kept for one in rules.intervals(sprays, [Pick(1, DAY)])]
    assert kept == [False, None, True]


def test_picking_on_the_last_day_of_waiting_keeps_the_interval() -> None:
    (interval,) = rules.intervals([Spray(1, date(2026, 11, 18), 3)], [Pick(1, DAY)])
    assert interval.is_kept


def test_sprayed_on_the_twelfth_with_three_days_means_from_the_fifteenth() -> None:
    assert rules.first_picking_date([Spray(1, date(2026, 11, 12), 3)]) == date(2026, 11, 15)


def test_without_a_known_interval_there_is_no_first_date() -> None:
    assert rules.first_picking_date([Spray(1, DAY, None)]) is None


def examined(**more: object) -> Examined:
    given: dict[str, object] = {
        "inspection_kind": "rapid_test", "passed": True, "vouched_by": "coop", "on": DAY,
    }  # fmt: skip
    return Examined(**(given | more))  # type: ignore[arg-type]  # a test's shorthand


def test_a_test_of_the_plot_that_ran_out_before_picking_does_not_count() -> None:
    assert not examined(at_origin=True, valid_until="2026-11-20").counts(DAY)


def test_a_test_of_the_goods_themselves_always_counts() -> None:
    assert examined(valid_until="2026-11-20").counts(DAY)


def test_a_test_declared_wrong_never_counts() -> None:
    assert not examined(is_wrong=True).counts(None)


def test_only_a_laboratory_or_office_tests_from_outside() -> None:
    assert rules.is_tested_outside([examined(vouched_by="office")], DAY)
    assert not rules.is_tested_outside([examined(vouched_by="grower")], DAY)


def test_a_failed_test_is_told_before_a_passed_one() -> None:
    failed = examined(passed=False)
    assert rules.telling_test([failed, examined()], DAY) is failed


def test_a_later_passed_laboratory_test_settles_a_failed_one() -> None:
    settled = examined(
        inspection_kind="laboratory_report", vouched_by="laboratory", on=date(2026, 11, 25)
    )
    assert rules.telling_test([examined(passed=False), settled], DAY) is settled


def test_without_any_inspection_there_is_nothing_to_tell() -> None:
    assert rules.telling_test([], DAY) is None


def test_a_spraying_without_its_target_is_missing_something() -> None:
    assert rules.missing_elements("spraying", {"amount": {"quantity": "1"}}) == ["Against what"]


def test_an_event_no_law_asks_about_lacks_nothing() -> None:
    assert rules.missing_elements("irrigation", {}) == []


def test_all_that_is_missing_is_named_at_once() -> None:
    found = rules.missing_facts(
        has_standard=False,
        meets_rule=False,
        lacks_picking=True,
        unknown_intervals=[DAY, DAY],
        lacks_certificate=True,
    )
    assert [one.field for one in found] == [
        "standard", "test", "picking", "interval", "certificate",
    ]  # fmt: skip


def test_a_report_that_no_laboratory_vouches_for_settles_nothing() -> None:
    failed = examined(passed=False)
    own = examined(inspection_kind="laboratory_report", on=date(2026, 11, 25))
    assert rules.telling_test([failed, own], DAY) is failed
