"""One transaction: the clock inside it, entry, projection and checkpoint together or not at all."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from trace.capture.recording import Recorder, format_time, new_code, new_id, system_clock
from trace.domain.errors import ClockRanBack
from trace.domain.identifiers import parse_code
from trace.repository import ledger
from trace.repository.ledger_verification import verify_ledger

from .ledger_reading import entries, last_body
from .small_farm import SmallFarm


def test_a_clock_a_second_back_stands_still(farm: SmallFarm) -> None:
    planting = farm.plant()
    farm.wait(seconds=-1)
    receipt = farm.record("irrigation", {"plantings": [planting]})
    assert receipt.record_time == "2026-03-01T01:00:00.000Z"
    assert last_body(farm)["record_time"] == receipt.record_time


def test_a_clock_two_seconds_back_is_still_forgiven(farm: SmallFarm) -> None:
    farm.wait(seconds=-2)
    assert farm.declare("party", name="张三", kind="person")


@pytest.mark.parametrize("seconds", [2.001, 5, 86400])
def test_a_clock_further_back_stops_recording(farm: SmallFarm, seconds: float) -> None:
    planting = farm.plant()
    before = entries(farm)
    farm.wait(seconds=-seconds)
    with pytest.raises(ClockRanBack, match="the newest record is of 2026-03-01T01"):
        farm.record("irrigation", {"plantings": [planting]})
    assert entries(farm) == before
    farm.wait(seconds=seconds)
    farm.record("irrigation", {"plantings": [planting]})


def test_the_clock_is_read_once_inside_the_transaction(farm: SmallFarm) -> None:
    seen = []

    def clock() -> datetime:
        seen.append(farm.instance.database.connection.in_transaction)
        return farm.now

    with Recorder(farm.instance, clock).recording():
        pass
    assert seen == [True]


def test_what_breaks_half_way_leaves_nothing(farm: SmallFarm) -> None:
    before = entries(farm)
    body = {"v": 1, "kind": "declared", "noun": "site", "id": "S", "version": 1, "fields": {}}
    with pytest.raises(RuntimeError, match="power"), farm.recorder.recording() as recording:
        recording.append(farm.coop_id, body, {"note": "x"})
        raise RuntimeError("power cut")
    assert entries(farm) == before
    with farm.instance.database.reading() as connection:
        left = connection.execute("SELECT COUNT(*) FROM declared WHERE id = 'S'").fetchone()[0]
    assert left == 0


def test_every_transaction_that_writes_ends_with_a_signed_checkpoint(farm: SmallFarm) -> None:
    farm.plant()
    with farm.instance.database.reading() as connection:
        verdict = verify_ledger(connection, farm.instance.verifier_key)
        sizes = [
            one["size"] for one in connection.execute("SELECT size FROM checkpoint").fetchall()
        ]
    assert verdict.is_whole
    assert max(sizes) == entries(farm)


def test_a_transaction_that_writes_no_entry_signs_nothing(farm: SmallFarm) -> None:
    def checkpoints() -> int:
        with farm.instance.database.reading() as connection:
            return int(connection.execute("SELECT COUNT(*) FROM checkpoint").fetchone()[0])

    before = checkpoints()
    with farm.recorder.recording():
        pass
    assert checkpoints() == before


def test_entries_of_one_transaction_share_one_record_time(farm: SmallFarm) -> None:
    with farm.instance.database.reading() as connection:
        first_two = list(ledger.iterate_entries(connection))[:2]
    assert len({entry.record_time for entry in first_two}) == 1


def test_an_empty_private_value_is_not_kept(farm: SmallFarm) -> None:
    farm.record("irrigation", {"plantings": [farm.plant()]}, note="  ")
    assert "commitments" not in last_body(farm)


def test_a_time_is_written_in_utc_with_milliseconds() -> None:
    local = datetime(2026, 3, 1, 9, 0, 0, 123_456, timezone(timedelta(hours=8)))
    assert format_time(local) == "2026-03-01T01:00:00.123Z"


def test_the_system_clock_knows_its_zone() -> None:
    assert system_clock().tzinfo is UTC


def test_ids_and_codes_never_come_twice() -> None:
    made = [new_id() for _ in range(500)] + [new_code() for _ in range(500)]
    assert len(set(made)) == 1000
    assert [parse_code(code) for code in made] == made
