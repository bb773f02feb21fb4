"""An office's own corrections, a report gone through without writing, and the log of reads."""

import sqlite3
from datetime import date

import pytest

from tests.capture.small_farm import SmallFarm
from trace.capture.correcting import Correction, correct_event
from trace.capture.events import Report, record_event
from trace.capture.office_inspecting import correct_own_inspection, rehearse_event
from trace.capture.people import accept_invitation, choose_coop, found_coop, invite_as_operator
from trace.capture.reading_log import PageRead, record_read
from trace.capture.recording import Actor
from trace.domain.correcting import OFFICE, OTHER_OFFICE
from trace.domain.errors import NotAllowed, Refused
from trace.domain.reading_span import Span
from trace.query.inspector_reads import reads_page, spans_of
from trace.query.sessions import session_of
from trace.repository.database import DatabaseError


def office(farm: SmallFarm, name: str = "区农业农村局") -> Actor:
    """An inspector of a public office."""
    party = farm.declare("party", name=name, kind="office")
    return Actor(f"account-{name}", farm.coop_id, "inspector", party)


def sign(farm: SmallFarm, actor: Actor, node: str, passed: str = "no") -> str:
    """Sign a rapid test; the entry's id."""
    sent = {"inspection_kind": "rapid_test", "subjects": [node], "passed": passed}
    return record_event(farm.recorder, actor, Report("inspection", sent), "").entry_ids[0]


def count(farm: SmallFarm, table: str) -> int:
    """How many rows a table has."""
    with farm.instance.database.reading() as connection:
        found = connection.execute(f"SELECT COUNT(*) AS n FROM {table}").fetchone()
    return int(found["n"])


def test_the_office_that_signed_strikes_its_inspection_out(farm: SmallFarm) -> None:
    actor = office(farm)
    entry = sign(farm, actor, farm.plant())
    assert count(farm, "hold WHERE lifted_by IS NULL") == 1
    correct_own_inspection(
        farm.recorder, actor, Correction(entry, "did_not_occur", "不是这一茬"), "fix"
    )
    assert count(farm, "hold WHERE lifted_by IS NULL") == 0
    assert count(farm, "event WHERE declared_wrong_by IS NOT NULL") == 1


def test_what_replaces_it_is_vouched_for_by_the_office_too(farm: SmallFarm) -> None:
    actor, planting = office(farm), farm.plant()
    entry = sign(farm, actor, planting)
    sent = {"inspection_kind": "rapid_test", "subjects": [planting], "passed": "yes"}
    correction = Correction(entry, "incorrect_data", "看错了", Report("inspection", sent))
    correct_own_inspection(farm.recorder, actor, correction, "fix")
    assert count(farm, "inspection WHERE vouched_by = 'office'") == 2
    assert count(farm, "event WHERE replaces IS NOT NULL") == 1


def test_another_office_cannot_correct_it(farm: SmallFarm) -> None:
    entry = sign(farm, office(farm), farm.plant())
    other = office(farm, "市场监管所")
    with pytest.raises(Refused) as refused:
        correct_own_inspection(farm.recorder, other, Correction(entry, "did_not_occur", "x"), "fix")
    assert [one.message for one in refused.value.problems] == [OTHER_OFFICE]


def test_an_office_cannot_correct_a_record_of_the_coop(farm: SmallFarm) -> None:
    test = farm.rapid_test(farm.plant())
    with pytest.raises(Refused) as refused:
        correct_own_inspection(
            farm.recorder, office(farm), Correction(test, "did_not_occur", "x"), "fix"
        )
    assert [one.message for one in refused.value.problems] == [OTHER_OFFICE]


def test_the_manager_cannot_correct_the_offices(farm: SmallFarm) -> None:
    entry = sign(farm, office(farm), farm.plant())
    with pytest.raises(Refused) as refused:
        correct_event(farm.recorder, farm.actor(), Correction(entry, "did_not_occur", "x"), "fix")
    assert OFFICE in [one.message for one in refused.value.problems]


@pytest.mark.parametrize("role", ["grower", "packer", "tester", "manager"])
def test_nobody_else_has_this_deed(farm: SmallFarm, role: str) -> None:
    entry = sign(farm, office(farm), farm.plant())
    with pytest.raises(NotAllowed):
        correct_own_inspection(
            farm.recorder, farm.actor(role), Correction(entry, "did_not_occur", "x"), "fix"
        )


def test_an_inspection_struck_out_already_is_not_struck_out_again(farm: SmallFarm) -> None:
    actor = office(farm)
    entry = sign(farm, actor, farm.plant())
    for submission in ("one", "one"):  # the same sent twice is the first answer
        correct_own_inspection(
            farm.recorder, actor, Correction(entry, "did_not_occur", "x"), submission
        )
    with pytest.raises(Refused):
        correct_own_inspection(farm.recorder, actor, Correction(entry, "did_not_occur", "x"), "two")


def test_going_through_with_a_report_writes_nothing(farm: SmallFarm) -> None:
    actor, planting = office(farm), farm.plant()
    before = {name: count(farm, name) for name in ("entry", "event", "hold", "checkpoint")}
    sent = {"inspection_kind": "rapid_test", "subjects": [planting], "passed": "no"}
    rehearse_event(farm.recorder, actor, Report("inspection", sent))
    assert {name: count(farm, name) for name in before} == before


def test_going_through_with_a_bad_report_names_every_problem(farm: SmallFarm) -> None:
    with pytest.raises(Refused) as refused:
        rehearse_event(farm.recorder, office(farm), Report("inspection", {}))
    assert len(refused.value.problems) >= 3


def test_a_read_is_kept_and_never_changed(farm: SmallFarm) -> None:
    actor = office(farm)
    days = (date(2026, 1, 1), date(2026, 3, 1))
    record_read(farm.recorder, actor, PageRead("inspect.records", "", days))
    (read,) = reads_page(farm.instance, farm.coop_id).reads
    assert (read.page, read.days, read.at) == ("inspect.records", days, farm.now)
    assert read.reader is not None
    assert read.reader.text("name") == "区农业农村局"
    for statement in (
        "UPDATE inspector_read SET page = 'x'",
        "DELETE FROM inspector_read",
        "INSERT OR REPLACE INTO inspector_read SELECT * FROM inspector_read",
    ):
        with (
            pytest.raises((DatabaseError, sqlite3.DatabaseError)),
            farm.instance.database.writing() as connection,
        ):
            connection.execute(statement)
    assert len(reads_page(farm.instance, farm.coop_id).reads) == 1


def test_the_log_holds_ids_and_no_names(farm: SmallFarm) -> None:
    record_read(farm.recorder, office(farm), PageRead("inspect.home"))
    with farm.instance.database.reading() as connection:
        row = connection.execute("SELECT * FROM inspector_read").fetchone()
    assert "区农业农村局" not in [str(one) for one in row if not str(one).startswith("account-")]


def test_an_inspectors_invitation_carries_its_days(farm: SmallFarm) -> None:
    party = farm.declare("party", name="区局", kind="office")
    span = Span(date(2026, 2, 1), date(2026, 12, 31))
    token = invite_as_operator(farm.recorder, farm.coop_id, "inspector", party, span=span)
    session = accept_invitation(farm.recorder, token, "test")
    assert spans_of(farm.instance, [session.membership_id]) == {session.membership_id: span}
    found = session_of(farm.instance, session.token, farm.now)
    assert found is not None
    assert found.span == span


def test_another_role_has_no_days(farm: SmallFarm) -> None:
    span = Span(last=date(2026, 12, 31))
    token = invite_as_operator(farm.recorder, farm.coop_id, "packer", farm.ids["packer"], span=span)
    session = accept_invitation(farm.recorder, token, "test")
    assert spans_of(farm.instance, [session.membership_id]) == {}


def test_a_second_coop_joins_the_inspectors_own_account(farm: SmallFarm) -> None:
    fields = {"name": "张王庄", "time_zone": "Asia/Shanghai"}
    other, _ = found_coop(farm.recorder, fields, {"name": "张三"})
    ours = farm.declare("party", name="区局", kind="office")
    first = accept_invitation(
        farm.recorder, invite_as_operator(farm.recorder, farm.coop_id, "inspector", ours), "test"
    )
    here = session_of(farm.instance, first.token, farm.now)
    assert here is not None
    with farm.instance.database.reading() as connection:
        theirs = connection.execute(
            "SELECT id FROM declared WHERE noun = 'party' AND coop_id = ?", (other,)
        ).fetchone()["id"]
    token = invite_as_operator(
        farm.recorder, other, "inspector", theirs, span=Span(last=date(2026, 3, 31))
    )
    second = accept_invitation(farm.recorder, token, "test", here.account_id)
    there = session_of(farm.instance, second.token, farm.now)
    assert there is not None
    assert there.account_id == here.account_id
    assert {place.coop.id for place in there.places} == {farm.coop_id, other}
    assert there.span == Span(last=date(2026, 3, 31))
    choose_coop(farm.recorder, second.token, first.membership_id)
    back = session_of(farm.instance, second.token, farm.now)
    assert back is not None
    assert (back.coop_id, back.span.is_limited) == (farm.coop_id, False)


def test_a_packers_invitation_never_joins_an_inspectors_account(farm: SmallFarm) -> None:
    token = invite_as_operator(farm.recorder, farm.coop_id, "packer", farm.ids["packer"])
    session = accept_invitation(farm.recorder, token, "test", "the inspector's account")
    found = session_of(farm.instance, session.token, farm.now)
    assert found is not None
    assert found.account_id != "the inspector's account"
