"""The job process makes what was asked for, says how far it is, and survives being killed."""

import signal
import time
from pathlib import Path

import pytest

from labels.read_back import read_back
from labels.stock import stock_named
from tests.capture.small_farm import SmallFarm, make_farm
from trace.capture.jobs import print_again
from trace.domain.errors import NotFound
from trace.jobs.process import run_waiting
from trace.query.label_text import address
from trace.query.print_jobs import PrintJob, next_cell, print_job, print_jobs, print_work

from .printing import BASE, end, issue, job_process, labelled_lot, wait_for


@pytest.fixture
def farm(tmp_path: Path) -> SmallFarm:
    return make_farm(tmp_path)


def job_of(farm: SmallFarm, job_id: str) -> PrintJob:
    return print_job(farm.instance, farm.coop_id, job_id)


def pdf_of(farm: SmallFarm, job_id: str) -> bytes:
    file = job_of(farm, job_id).file
    assert file is not None
    return file.read_bytes()


def break_text(farm: SmallFarm, job_id: str, name: str) -> None:
    with farm.instance.database.writing() as connection:
        connection.execute(
            "UPDATE print_job SET label_text = json_set(label_text, '$.product_name', ?)"
            " WHERE job_id = ?",
            (name, job_id),
        )


def test_a_waiting_job_becomes_a_pdf_of_its_own_addresses(farm: SmallFarm) -> None:
    job_id = issue(farm, labelled_lot(farm), 24)
    assert run_waiting(farm.instance) == 1
    assert job_of(farm, job_id).state == "done"
    work = print_work(farm.instance, job_id)
    addresses = [address(BASE, code) for code in work.codes]
    found = read_back(pdf_of(farm, job_id), addresses, stock_named("a4-24"))
    assert (found.labels, found.unread) == (24, ())


def test_a_job_starts_in_the_cell_that_was_tapped(farm: SmallFarm) -> None:
    job_id = issue(farm, labelled_lot(farm), 20, first_cell=8)
    run_waiting(farm.instance)
    addresses = [address(BASE, code) for code in print_work(farm.instance, job_id).codes]
    found = read_back(pdf_of(farm, job_id), addresses, stock_named("a4-24"), first_cell=8)
    assert (found.pages, found.unread) == (2, ())


def test_the_next_job_on_a_stock_begins_where_the_last_one_ended(farm: SmallFarm) -> None:
    lot = labelled_lot(farm)
    assert next_cell(farm.instance, farm.coop_id, "a4-24", 24) == 1
    issue(farm, lot, 20, first_cell=8)
    assert next_cell(farm.instance, farm.coop_id, "a4-24", 24) == 4
    assert next_cell(farm.instance, farm.coop_id, "roll-60x40", 1) == 1


def test_a_deleted_file_is_made_again_of_the_same_codes(farm: SmallFarm) -> None:
    job_id = issue(farm, labelled_lot(farm), 24)
    run_waiting(farm.instance)
    first = pdf_of(farm, job_id)
    file = job_of(farm, job_id).file
    assert file is not None
    file.unlink()
    print_again(farm.recorder, farm.actor("packer"), job_id)
    assert job_of(farm, job_id).state == "waiting"
    run_waiting(farm.instance)
    assert pdf_of(farm, job_id) == first


def test_a_text_that_does_not_fit_fails_the_job_and_says_which(farm: SmallFarm) -> None:
    job_id = issue(farm, labelled_lot(farm), 24)
    break_text(farm, job_id, "七级社区大丰收农业合作社露地越冬有机黄瓜大礼包加长特别版本")
    run_waiting(farm.instance)
    job = job_of(farm, job_id)
    assert job.state == "failed"
    assert job.problem is not None
    assert "too long" in str(job.problem)
    assert list(farm.instance.jobs_folder.glob("*")) == []


def test_another_coop_cannot_ask_for_the_job_again(farm: SmallFarm, tmp_path: Path) -> None:
    job_id = issue(farm, labelled_lot(farm), 24)
    with pytest.raises(NotFound):
        print_job(farm.instance, "another", job_id)
    with pytest.raises(NotFound):
        other = farm.actor("packer").__class__("a", "another", "packer", "p")
        print_again(farm.recorder, other, job_id)


def test_the_log_names_the_newest_job_first(farm: SmallFarm) -> None:
    lot = labelled_lot(farm)
    first = issue(farm, lot, 10)
    farm.wait(minutes=1)
    second = issue(farm, lot, 5)
    log = print_jobs(farm.instance, farm.coop_id)
    assert [one.job_id for one in log] == [second, first]
    assert (log[0].first_sequence, log[0].last_sequence) == (11, 15)


def test_the_process_takes_a_job_that_comes_while_it_waits(farm: SmallFarm) -> None:
    lot = labelled_lot(farm)
    process = job_process(farm.instance.folder)
    try:
        time.sleep(1.0)
        job_id = issue(farm, lot, 24)
        wait_for(lambda: job_of(farm, job_id).state == "done")
    finally:
        assert end(process) < 1.5
    assert process.returncode == 0


def test_a_killed_job_is_done_again_with_the_same_codes(farm: SmallFarm) -> None:
    job_id = issue(farm, labelled_lot(farm, 3000), 3000)
    codes = print_work(farm.instance, job_id).codes
    process = job_process(farm.instance.folder)
    wait_for(lambda: job_of(farm, job_id).done > 0)
    end(process, signal.SIGKILL)
    assert job_of(farm, job_id).state == "running"
    assert job_of(farm, job_id).file is None
    again = job_process(farm.instance.folder)
    try:
        wait_for(lambda: job_of(farm, job_id).state == "done", 40)
    finally:
        end(again)
    assert print_work(farm.instance, job_id).codes == codes
    addresses = [address(BASE, code) for code in codes]
    assert read_back(pdf_of(farm, job_id), addresses, stock_named("a4-24")).unread == ()


def test_the_process_ends_within_a_second_in_the_middle_of_a_job(farm: SmallFarm) -> None:
    job_id = issue(farm, labelled_lot(farm, 3000), 3000)
    process = job_process(farm.instance.folder)
    wait_for(lambda: job_of(farm, job_id).done > 0)
    assert end(process) < 1.0
    assert process.returncode == 0
    assert job_of(farm, job_id).file is None
