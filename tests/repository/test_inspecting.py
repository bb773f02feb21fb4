"""The log of reads and the days of inspectors: truths of their own, in every backup."""

from pathlib import Path

from tests.capture.small_farm import SmallFarm, make_farm
from trace.capture.people import accept_invitation, invite_as_operator
from trace.capture.reading_log import PageRead, record_read
from trace.domain.reading_span import Span, read_span
from trace.query.inspector_reads import reads_page, spans_of
from trace.repository import inspecting, rebuilding
from trace.repository.backups import write_backup
from trace.repository.instance import open_instance
from trace.repository.restoring import restore_backup


def test_reads_and_days_are_in_a_backup_and_come_back(tmp_path: Path) -> None:
    farm = make_farm(tmp_path)
    membership, span = _inspected(farm)
    write_backup(farm.instance, tmp_path / "b.tar.gz", lambda done, total: None)
    restore_backup(tmp_path / "b.tar.gz", tmp_path / "new", lambda done, total: None)
    again = open_instance(tmp_path / "new")
    assert [one.page for one in reads_page(again, farm.coop_id).reads] == ["inspect.home"]
    assert spans_of(again, [membership]) == {membership: span}
    again.database.close()
    farm.instance.database.close()


def test_they_are_no_projections(tmp_path: Path) -> None:
    assert {"inspector_read", "membership_span", "invitation_span"} & set(
        rebuilding.PROJECTIONS
    ) == set()
    farm = make_farm(tmp_path)
    _inspected(farm)
    assert rebuilding.first_difference(farm.instance.database, tmp_path) is None
    farm.instance.database.close()


def test_nothing_is_asked_where_nothing_is_named(tmp_path: Path) -> None:
    farm = make_farm(tmp_path)
    with farm.instance.database.reading() as connection:
        assert inspecting.spans_of(connection, []) == {}
        assert inspecting.purchases_of(connection, []) == {}
        assert inspecting.varieties_of(connection, []) == {}
        assert inspecting.events_in_order(connection, farm.coop_id, "", "9", [], 5) == []
    farm.instance.database.close()


def _inspected(farm: SmallFarm) -> tuple[str, Span]:
    party = farm.declare("party", name="区局", kind="office")
    span, problems = read_span("2026-01-01", "2026-12-31", farm.now.date())
    assert problems == ()
    token = invite_as_operator(farm.recorder, farm.coop_id, "inspector", party, span=span)
    membership = accept_invitation(farm.recorder, token, "test").membership_id
    record_read(farm.recorder, farm.actor(), PageRead("inspect.home"))
    return membership, span
