"""The example's own print jobs."""

from pathlib import Path

from trace.commands.example.loading import load_example
from trace.jobs.process import run_waiting
from trace.repository.database import rows
from trace.repository.instance import create_instance


def test_every_label_of_the_example_is_printed_and_reads_back(tmp_path: Path) -> None:
    instance = create_instance(tmp_path / "instance", "example.test")
    load_example(instance)

    run_waiting(instance)

    with instance.database.reading() as connection:
        jobs = rows(connection, "SELECT state, problem FROM job")
    assert [(job["state"], job["problem"]) for job in jobs] == [("done", None)] * 8
