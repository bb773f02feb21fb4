"""`check` says what must be done, and ends with 1 where something must."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.capture.small_farm import SmallFarm
from tests.commands.operating import run
from trace.commands.checking import Mark, catalogue_line, sqlite_line
from trace.repository.instance import DATABASE, EXAMPLE, KEY, write_fact


def acts(output: str) -> list[str]:
    return [line for line in output.splitlines() if line.startswith("ACT")]


@pytest.fixture
def in_order(
    recorded: SmallFarm, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> SmallFarm:
    """An installation about which nothing is to be said."""
    monkeypatch.setenv("PUBLIC_BASE_URL", "https://qijimu.example")
    (folder / DATABASE).chmod(0o600)
    run("backup", tmp_path / "backup.tar.gz")
    return recorded


def test_an_installation_in_order_passes(in_order: SmallFarm) -> None:
    answer = run("check")
    assert (acts(answer.output), answer.exit_code) == ([], 0)


@pytest.mark.parametrize("name", [KEY, DATABASE])
def test_a_key_or_database_that_others_can_read_must_be_closed(
    in_order: SmallFarm, folder: Path, name: str
) -> None:
    (folder / name).chmod(0o644)
    answer = run("check")
    assert answer.exit_code == 1
    assert [name in line and "chmod 600" in line for line in acts(answer.output)] == [True]


@pytest.mark.parametrize("url", ["", "http://qijimu.example", "https://192.168.1.7"])
def test_an_address_that_cannot_stand_on_labels_must_be_set(
    in_order: SmallFarm, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("PUBLIC_BASE_URL", url)
    answer = run("check")
    assert answer.exit_code == 1
    assert "Real labels are refused" in acts(answer.output)[0]
    assert ("Without https" in answer.output) == (not url.startswith("https"))


def test_an_example_needs_neither_address_nor_backup(recorded: SmallFarm, folder: Path) -> None:
    (folder / DATABASE).chmod(0o600)
    with recorded.instance.database.writing() as connection:
        write_fact(connection, EXAMPLE, "1")
    answer = run("check")
    assert (acts(answer.output), answer.exit_code) == ([], 0)


def test_no_backup_and_an_old_backup_must_be_mended(in_order: SmallFarm, folder: Path) -> None:
    note = folder / "last-backup"
    long_ago = (datetime.now(UTC) - timedelta(days=3)).timestamp()
    os.utime(note, (long_ago, long_ago))
    assert "72 hours old" in acts(run("check").output)[0]
    note.unlink()
    assert "no backup yet" in acts(run("check").output)[0]


def test_a_clock_behind_the_newest_record_must_be_set(in_order: SmallFarm) -> None:
    in_order.now = datetime.now(UTC) + timedelta(hours=5)
    in_order.declare("site", name="北坡", kind="base")
    assert "behind the newest record" in acts(run("check").output)[0]


def test_an_older_sqlite_is_a_note_that_says_what_follows() -> None:
    assert sqlite_line((3, 51, 3)).mark is Mark.OK
    older = sqlite_line((3, 51, 2))
    assert older.mark is Mark.NOTE and "3.51.3" in older.text


def test_a_catalogue_that_is_not_compiled_must_be(tmp_path: Path) -> None:
    (tmp_path / "zh/LC_MESSAGES").mkdir(parents=True)
    for name in ("scan.po", "scan.mo", "farm.po"):
        (tmp_path / "zh/LC_MESSAGES" / name).touch()
    line = catalogue_line(tmp_path)
    assert line.mark is Mark.ACT and "farm" in line.text and "make install" in line.text
    (tmp_path / "zh/LC_MESSAGES/farm.mo").touch()
    assert catalogue_line(tmp_path).mark is Mark.OK


def test_without_an_instance_it_says_what_to_do(folder: Path) -> None:
    answer = run("check")
    assert answer.exit_code == 1 and "run.py init" in answer.stderr
