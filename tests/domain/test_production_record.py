"""What the law asks of production and spray record, and what is said of a record that lacks it."""

from datetime import date

import pytest

from trace.domain.key_data import ART27, PESTICIDE34, PESTICIDE36
from trace.domain.production_record import (
    DUTIES,
    INPUT,
    NAME_FIRST,
    RECORD,
    Kept,
    facts_named,
    missing_facts,
)

DAY = date(2026, 11, 12)
WHOLE = frozenset(duty.fact for duty in DUTIES)


def lacking(event_type: str, *facts: str, input_id: str = "listed") -> list[tuple[str, str]]:
    """Fact and article that a record without these facts is told of."""
    record = Kept("E1", event_type, DAY, WHOLE - set(facts), input_id)
    return [(one.duty.fact, one.duty.clause) for one in missing_facts([record])]


@pytest.mark.parametrize(
    "event_type", sorted({name for duty in DUTIES for name in duty.event_types})
)
def test_a_record_with_every_fact_lacks_nothing(event_type: str) -> None:
    assert lacking(event_type) == []


@pytest.mark.parametrize("duty", DUTIES)
def test_each_fact_is_missed_by_its_own_article_alone(duty: object) -> None:
    for event_type in ("fertilising", "spraying", "harvesting", "planting", "field_work"):
        asked = [
            (one.fact, one.clause)
            for one in DUTIES
            if one.fact == duty.fact and event_type in one.event_types  # type: ignore[attr-defined]
        ]
        assert lacking(event_type, duty.fact) == asked  # type: ignore[attr-defined]


def test_the_law_asks_of_each_input_its_name_source_use_and_amount() -> None:
    asked = {duty.fact for duty in DUTIES if duty.clause == ART27}
    assert {"input", "source", "use", "amount", "target", "picked"} == asked


def test_the_law_asks_of_each_spraying_place_crop_name_amount_and_manufacturer() -> None:
    asked = {duty.fact for duty in DUTIES if duty.clause == PESTICIDE36}
    assert asked == {"place", "crop", "input", "amount", "manufacturer"}
    assert all(duty.event_types == ("spraying",) for duty in DUTIES if duty.clause == PESTICIDE36)


def test_an_interval_nobody_knows_is_missed_by_article_34() -> None:
    assert lacking("spraying", "interval") == [("interval", PESTICIDE34)]


def test_a_fact_of_a_listed_input_is_missed_once_however_often_it_was_used() -> None:
    records = [
        Kept(f"E{at}", "spraying", date(2026, 5, at), WHOLE - {"manufacturer"}, "listed")
        for at in (3, 1, 2)
    ]
    (missing,) = missing_facts(records)
    assert (missing.times, missing.on, missing.entry_id) == (3, date(2026, 5, 1), "E1")
    assert (missing.place, missing.input_id) == (INPUT, "listed")


def test_a_fact_of_a_record_is_missed_once_a_record() -> None:
    records = [
        Kept(f"E{at}", "spraying", date(2026, 5, at), WHOLE - {"target"}, "listed") for at in (1, 2)
    ]
    assert [one.entry_id for one in missing_facts(records)] == ["E1", "E2"]


def test_an_input_that_is_not_in_the_list_is_to_be_added_first() -> None:
    (missing,) = missing_facts([Kept("E1", "spraying", DAY, WHOLE - {"manufacturer"})])
    assert (missing.mend, missing.place) == (NAME_FIRST, RECORD)


def test_two_inputs_that_are_not_in_the_list_are_two_matters() -> None:
    records = [Kept(f"E{at}", "spraying", DAY, WHOLE - {"manufacturer"}) for at in (1, 2)]
    assert len(missing_facts(records)) == 2


def test_missing_facts_stand_by_article_then_by_day() -> None:
    records = [
        Kept("E2", "spraying", date(2026, 5, 2), WHOLE - {"target", "interval"}, "a"),
        Kept("E1", "spraying", date(2026, 5, 1), WHOLE - {"target", "crop"}, "a"),
    ]
    said = [(one.duty.fact, one.entry_id) for one in missing_facts(records)]
    assert said == [("target", "E1"), ("target", "E2"), ("crop", "E1"), ("interval", "E2")]


def test_an_interval_of_no_days_is_known() -> None:
    assert facts_named(interval=0, target="") == {"interval"}
