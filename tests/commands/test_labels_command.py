"""`labels` issues and prints under the packing page's rules, and leaves nothing when refused."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from labels.read_back import read_back
from labels.stock import stock_named
from tests.capture.small_farm import SmallFarm, make_farm
from tests.jobs.printing import BASE, labelled_lot
from trace.commands import main
from trace.query.label_text import address
from trace.query.print_jobs import print_jobs, print_work
from trace.repository.events import lot_number_of
from trace.repository.instance import EXAMPLE, write_fact


@pytest.fixture
def farm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallFarm:
    monkeypatch.setenv("QIJIMU_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.setenv("PUBLIC_BASE_URL", BASE)
    return make_farm(tmp_path)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["labels", *map(str, arguments)])


def order(lot: str, output: Path, count: int = 48, *more: object) -> Result:
    return run(lot, "--stock", "a4-24", "--count", count, "--output", output, *more)


def number_of(farm: SmallFarm, code: str) -> str:
    with farm.instance.database.reading() as connection:
        return lot_number_of(connection, code)


def issued(farm: SmallFarm) -> int:
    return sum(one.quantity for one in print_jobs(farm.instance, farm.coop_id))


def test_it_writes_labels_that_say_their_own_addresses(farm: SmallFarm, tmp_path: Path) -> None:
    lot = labelled_lot(farm)
    result = order(number_of(farm, lot), tmp_path / "out.pdf")
    assert result.exit_code == 0, result.output
    job = print_jobs(farm.instance, farm.coop_id)[0]
    addresses = [address(BASE, code) for code in print_work(farm.instance, job.job_id).codes]
    found = read_back(tmp_path / "out.pdf", addresses, stock_named("a4-24"))
    assert (found.labels, found.unread) == (48, ())


def test_the_job_stands_in_the_log_as_done_by_the_first_manager(
    farm: SmallFarm, tmp_path: Path
) -> None:
    order(labelled_lot(farm), tmp_path / "out.pdf", 24, "--first-cell", 8)
    job = print_jobs(farm.instance, farm.coop_id)[0]
    assert (job.state, job.first_cell) == ("done", 8)
    assert job.asked_by is not None
    assert job.asked_by.id == farm.ids["manager"]
    assert job.file is not None
    assert job.file.read_bytes() == (tmp_path / "out.pdf").read_bytes()


def test_it_says_what_it_printed(farm: SmallFarm, tmp_path: Path) -> None:
    lot = labelled_lot(farm)
    said = order(lot, tmp_path / "out.pdf", 24, "--first-cell", 8).output
    expected = f"24 labels of {number_of(farm, lot)}, numbers 1 to 24, 2 pages of a4-24"
    assert f"{expected}, next free cell 8. All read back." in said


def test_more_labels_than_were_packed_are_refused(farm: SmallFarm, tmp_path: Path) -> None:
    result = order(labelled_lot(farm), tmp_path / "out.pdf", 241)
    assert result.exit_code == 1
    assert "241 labels are too many: 240 were packed" in result.output
    assert not (tmp_path / "out.pdf").exists()


def test_every_reason_is_named_at_once(
    farm: SmallFarm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBLIC_BASE_URL", "http://192.168.1.7:8000")
    lot = farm.pack(farm.harvest(farm.plant()))
    farm.record("hold", {"subjects": [lot], "reason": "可疑"})
    result = order(lot, tmp_path / "out.pdf", 300)
    assert result.exit_code == 1
    for reason in ("on hold", "rapid test", "300 labels are too many", "https://"):
        assert reason in result.output
    assert issued(farm) == 0


def test_an_example_may_print_for_this_machine(
    farm: SmallFarm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PUBLIC_BASE_URL")
    with farm.instance.database.writing() as connection:
        write_fact(connection, EXAMPLE, "1")
    assert order(labelled_lot(farm), tmp_path / "out.pdf").exit_code == 0
    job = print_jobs(farm.instance, farm.coop_id)[0]
    assert print_work(farm.instance, job.job_id).base_url == "http://127.0.0.1:8000"


def test_a_number_of_two_coops_needs_the_coop(farm: SmallFarm, tmp_path: Path) -> None:
    lot = labelled_lot(farm)
    number = number_of(farm, lot)
    second = SmallFarm(farm.instance, farm.now)
    sent = {"takes": [{"node": second.plant(), "quantity": "9"}], "lot_number": number}
    second.record("harvesting", sent)
    result = order(number, tmp_path / "out.pdf")
    assert result.exit_code == 1
    assert f"2 lots are called {number}" in result.output
    assert lot in result.output
    assert order(number, tmp_path / "out.pdf", 24, "--coop", farm.coop_id).exit_code == 0


def test_an_unknown_lot_is_named(farm: SmallFarm, tmp_path: Path) -> None:
    result = order("HG-000000-01", tmp_path / "out.pdf")
    assert (result.exit_code, (tmp_path / "out.pdf").exists()) == (1, False)
    assert "no lot has the number or code HG-000000-01" in result.output


def test_a_folder_that_is_not_there_costs_no_codes(farm: SmallFarm, tmp_path: Path) -> None:
    result = order(labelled_lot(farm), tmp_path / "nowhere" / "out.pdf")
    assert result.exit_code == 2
    assert issued(farm) == 0


def test_a_cell_the_stock_does_not_have_is_refused(farm: SmallFarm, tmp_path: Path) -> None:
    result = order(labelled_lot(farm), tmp_path / "out.pdf", 24, "--first-cell", 25)
    assert result.exit_code == 2
    assert issued(farm) == 0
