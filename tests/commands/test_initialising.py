"""`init` makes an instance once, and fixes what it signs as."""

import stat
from pathlib import Path

import pytest

from tests.commands.operating import run
from trace.repository.database import connect, is_migrated
from trace.repository.instance import DATABASE, KEY, open_instance

LEDGER_TABLES = (
    *("entry", "tree_node", "checkpoint", "cosignature", "private_value"),
    "_sqlite_migrations",
)


def test_init_makes_a_database_and_a_key_that_only_their_owner_reads(folder: Path) -> None:
    answer = run("init", "--origin", "farm.example")
    assert answer.exit_code == 0, answer.output
    instance = open_instance(folder)
    assert instance.origin == "farm.example"
    assert instance.is_empty and not instance.is_example
    for name in (DATABASE, KEY):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600


def test_init_again_changes_nothing(folder: Path) -> None:
    run("init", "--origin", "farm.example")
    key = (folder / KEY).read_bytes()
    answer = run("init")
    assert answer.exit_code == 0, answer.output
    assert "farm.example" in answer.stdout
    assert (folder / KEY).read_bytes() == key


def test_a_second_origin_is_refused(folder: Path) -> None:
    run("init", "--origin", "farm.example")
    answer = run("init", "--origin", "other.example")
    assert answer.exit_code == 1
    assert "farm.example" in answer.stderr and "other.example" in answer.stderr
    assert open_instance(folder).origin == "farm.example"


def test_the_origin_comes_from_the_public_address(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBLIC_BASE_URL", "https://qijimu.example:8443")
    assert run("init").exit_code == 0
    assert open_instance(folder).origin == "qijimu.example"


def test_without_any_origin_a_default_is_taken_and_said(folder: Path) -> None:
    answer = run("init")
    assert answer.exit_code == 0
    assert open_instance(folder).origin == "qijimu.local"
    assert "--origin" in answer.stderr and "PUBLIC_BASE_URL" in answer.stderr


def test_an_origin_that_cannot_be_signed_is_a_usage_error(folder: Path) -> None:
    answer = run("init", "--origin", "my farm")
    assert answer.exit_code == 2
    assert not (folder / DATABASE).exists()


def test_init_brings_an_older_database_up_to_date(folder: Path) -> None:
    run("init")
    connection = connect(folder / DATABASE)
    connection.execute("DELETE FROM _sqlite_migrations WHERE name NOT LIKE '0001%'")
    tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    connection.execute("PRAGMA foreign_keys=OFF")
    for (name,) in tables:
        if name not in LEDGER_TABLES:
            connection.execute(f"DROP TABLE {name}")
    connection.close()
    older = run("coop", "大丰收")
    assert older.exit_code == 1 and "run.py init" in older.stderr
    assert run("init", "--origin", "farm.example").exit_code == 0
    assert is_migrated(folder / DATABASE)
    assert run("coop", "大丰收").exit_code == 0
