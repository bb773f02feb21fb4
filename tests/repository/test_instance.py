"""One installation on disk: made once, opened often, never with another key or origin."""

from pathlib import Path

import pytest

from tests.capture.small_farm import make_farm
from trace.domain.merkle import LedgerError
from trace.repository.database import connect
from trace.repository.instance import (
    DATABASE,
    EXAMPLE,
    KEY,
    NoInstance,
    create_instance,
    exists,
    open_instance,
    write_fact,
)


def test_an_instance_is_made_and_opened(tmp_path: Path) -> None:
    made = create_instance(tmp_path / "a" / "b", "farm.example")
    opened = open_instance(tmp_path / "a" / "b")
    assert (opened.origin, opened.verifier_key) == ("farm.example", made.verifier_key)
    assert opened.is_empty
    assert not opened.is_example


def test_making_it_again_keeps_key_and_origin(tmp_path: Path) -> None:
    first = create_instance(tmp_path, "farm.example")
    assert create_instance(tmp_path, "farm.example").verifier_key == first.verifier_key


def test_an_origin_is_chosen_for_ever(tmp_path: Path) -> None:
    create_instance(tmp_path, "farm.example")
    with pytest.raises(NoInstance, match=r"signs as farm\.example, not other\.example"):
        create_instance(tmp_path, "other.example")
    assert open_instance(tmp_path).origin == "farm.example"


@pytest.mark.parametrize("origin", ["", "two words", "a+b"])
def test_what_cannot_be_signed_as_makes_nothing(tmp_path: Path, origin: str) -> None:
    with pytest.raises(LedgerError):
        create_instance(tmp_path / "x", origin)
    assert not (tmp_path / "x").exists()


def test_a_folder_without_instance_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoInstance, match=r"run\.py init"):
        open_instance(tmp_path)
    assert not exists(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_an_older_schema_is_not_opened(tmp_path: Path) -> None:
    create_instance(tmp_path, "farm.example").database.close()
    (tmp_path / DATABASE).unlink()
    connect(tmp_path / DATABASE).close()
    with pytest.raises(NoInstance, match="older"):
        open_instance(tmp_path)


def test_an_instance_without_origin_is_not_opened(tmp_path: Path) -> None:
    instance = create_instance(tmp_path, "farm.example")
    with instance.database.writing() as connection:
        connection.execute("DELETE FROM instance")
    with pytest.raises(NoInstance, match="no origin"):
        open_instance(tmp_path)


def test_a_ledger_without_its_key_gets_no_other_key(tmp_path: Path) -> None:
    farm = make_farm(tmp_path)
    farm.instance.database.close()
    key = farm.instance.folder / KEY
    key.unlink()
    with pytest.raises(NoInstance, match=r"no ledger\.key"):
        create_instance(farm.instance.folder, "farm.example")
    assert not key.exists()


def test_an_interrupted_making_is_finished_the_next_time(tmp_path: Path) -> None:
    create_instance(tmp_path, "farm.example").database.close()
    (tmp_path / KEY).unlink()
    assert create_instance(tmp_path, "farm.example").is_empty


def test_facts_of_an_instance_are_written_over(tmp_path: Path) -> None:
    instance = create_instance(tmp_path, "farm.example")
    for value in ("one", "two"):
        with instance.database.writing() as connection:
            write_fact(connection, EXAMPLE, value)
    assert instance.fact(EXAMPLE) == "two"
    assert instance.is_example
    assert instance.fact("nothing") is None


def test_an_instance_with_entries_is_not_empty(tmp_path: Path) -> None:
    assert not make_farm(tmp_path).instance.is_empty


def test_finished_jobs_leave_their_files_inside_the_folder(tmp_path: Path) -> None:
    assert create_instance(tmp_path, "farm.example").jobs_folder.parent == tmp_path
