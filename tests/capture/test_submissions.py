"""Sending the same again is one record; nothing that is sent is ever lost, or ever moves house."""

import pytest

from trace.capture.events import Report, record_event
from trace.domain.errors import Refused

from .ledger_reading import entries, last_body
from .small_farm import SmallFarm


def test_the_same_submission_gives_the_first_answer(farm: SmallFarm) -> None:
    sent = {"takes": [{"node": farm.plant(), "quantity": "9"}]}
    first = farm.record("harvesting", sent, submission_id="S-1")
    before = entries(farm)
    again = farm.record("harvesting", sent, submission_id="S-1")
    assert (again.entry_ids, again.made, again.is_repeat) == (first.entry_ids, first.made, True)
    assert entries(farm) == before


def test_the_same_submission_with_another_body_goes_to_the_inbox_once(farm: SmallFarm) -> None:
    planting = farm.plant()
    farm.record("irrigation", {"plantings": [planting]}, submission_id="S-1")
    before = entries(farm)
    for _ in range(2):
        other = farm.record(
            "irrigation", {"plantings": [planting], "method": "drip"}, submission_id="S-1"
        )
        assert other.in_inbox
    with farm.instance.database.reading() as connection:
        kept = connection.execute("SELECT coop_id, submission_id, body FROM inbox").fetchall()
    assert [(one["coop_id"], one["submission_id"]) for one in kept] == [(farm.coop_id, "S-1")]
    assert "drip" in kept[0]["body"]
    assert entries(farm) == before


def test_a_refused_submission_may_be_sent_again(farm: SmallFarm) -> None:
    with pytest.raises(Refused):
        farm.record("irrigation", {}, submission_id="S-1")
    assert farm.record("irrigation", {"plantings": [farm.plant()]}, submission_id="S-1").entry_ids


def test_two_co_ops_may_use_the_same_submission_id(farm: SmallFarm) -> None:
    theirs = SmallFarm(farm.instance, farm.now)
    first = farm.record("irrigation", {"plantings": [farm.plant()]}, submission_id="S-1")
    other = theirs.record("irrigation", {"plantings": [theirs.plant()]}, submission_id="S-1")
    assert not other.is_repeat
    assert other.entry_ids != first.entry_ids


def test_the_co_op_comes_from_the_session_and_never_from_what_is_sent(farm: SmallFarm) -> None:
    theirs = SmallFarm(farm.instance, farm.now)
    sent = {"plantings": [farm.plant()], "coop_id": theirs.coop_id}
    record_event(farm.recorder, farm.actor(), Report("irrigation", sent), "S-1")
    assert last_body(farm)["coop_id"] == farm.coop_id
