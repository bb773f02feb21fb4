"""The season worked out from a real record: whatever was written first, late or corrected."""

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.capture.short_deeds import label
from tests.capture.small_farm import SmallFarm, make_farm
from trace.capture.correcting import Correction, correct_event
from trace.capture.events import Report
from trace.query.balances import ProductSeason, season_balances
from trace.query.plantings_standing import plantings_standing

YEAR = "2026-01-01", "2026-12-31"
DEEDS = (
    ("shipping", "120", "bundle"),
    ("selling", "7", "jin"),
    ("loss", "2.5", "kg"),
    ("destroying", "3", "bundle"),
    ("returning", "11", "bundle"),
    ("wrong loss", "40", "bundle"),
)


def seasons(farm: SmallFarm, first: str = YEAR[0], last: str = YEAR[1]) -> list[ProductSeason]:
    return list(season_balances(farm.instance, farm.coop_id, first, last))


def do(farm: SmallFarm, lot: str, number: int) -> None:
    """One of the deeds, on its own day; the wrong loss is corrected to a tenth at once."""
    name, much, unit = DEEDS[number]
    event_type = name.split()[-1]
    sent: dict[str, Any] = {"lots": [{"node": lot, "quantity": much, "unit": unit}]}
    sent |= {"shipping": {"customer": farm.ids["shop"]}, "selling": {"channel": "gate"}}.get(
        event_type, {"cause": "dried"} if event_type == "loss" else {"reason": "坏了"}
    )
    day = f"2026-03-{number + 2:02}"
    entry = farm.record(event_type, sent, "packer", when=day).entry_ids[0]
    if name == "wrong loss":
        right = Report("loss", sent | {"lots": [{"node": lot, "quantity": "4", "unit": unit}]}, day)
        correction = Correction(entry, "incorrect_data", "多写了一个零", right)
        correct_event(farm.recorder, farm.actor(), correction, f"correct-{number}")


def told(season: ProductSeason) -> tuple[Any, ...]:
    amounts = season.balance
    return amounts.before, dict(amounts.came_in), dict(amounts.went_out), amounts.left


@settings(max_examples=6, deadline=None)
@given(st.permutations(range(len(DEEDS))))
def test_the_order_of_writing_changes_no_sum(order: list[int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        farm = make_farm(Path(folder))
        packed = farm.pack(farm.harvest(farm.plant(), "126"), "126", "240")
        farm.wait(days=30)
        for number in order:
            do(farm, packed, number)
        (season,) = seasons(farm)
        amounts = season.balance
        assert dict(amounts.came_in) == {"picked": 126, "returned": 5.5}
        assert dict(amounts.went_out) == {
            "trimmed": 6, "shipping": 60, "selling": 3.5, "loss": 4.5, "destroying": 1.5,
        }  # fmt: skip
        assert float(amounts.left) == 56
        (march,) = seasons(farm, "2026-03-03")
        assert float(march.balance.before) == 60
        assert march.balance.left == amounts.left
        farm.instance.database.close()


def test_what_was_struck_out_never_was(tmp_path: Path) -> None:
    farm = make_farm(tmp_path)
    entry = farm.record(
        "harvesting", {"takes": [{"node": farm.plant(), "quantity": "50"}]}, "grower"
    ).entry_ids[0]
    assert told(seasons(farm)[0])[1] == {"picked": 50}
    correction = Correction(entry, "did_not_occur", "没摘")
    correct_event(farm.recorder, farm.actor(), correction, "correct-1")
    assert seasons(farm) == []


def test_a_season_knows_its_own_co_op_alone(tmp_path: Path) -> None:
    farm = make_farm(tmp_path)
    other = SmallFarm(farm.instance, farm.now)
    other.harvest(other.plant())
    assert seasons(farm) == []
    assert len(seasons(other)) == 1


def test_labels_above_a_count_corrected_in_the_database_are_found(tmp_path: Path) -> None:
    farm = make_farm(tmp_path)
    harvest = farm.harvest(farm.plant())
    farm.rapid_test(harvest)
    packed = farm.pack(harvest)
    label(farm, packed, 10)
    with farm.instance.database.writing() as connection:
        connection.execute("UPDATE lot SET packed_quantity = 8 WHERE code = ?", (packed,))
    (season,) = seasons(farm)
    assert [(one.imbalance.rule, one.node_id) for one in season.findings] == [
        ("labels_above_packed", packed)
    ]


def test_a_planting_that_is_ploughed_under_no_longer_stands(tmp_path: Path) -> None:
    farm = make_farm(tmp_path)
    first, second = farm.plant(), farm.plant()
    sent = {"plantings": [first], "reason": "病了"}
    farm.record("destroying", sent, "packer")
    assert [one.id for one in plantings_standing(farm.instance, farm.coop_id)] == [second]
