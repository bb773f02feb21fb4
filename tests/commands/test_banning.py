"""`banned` prints the list it would import, and names what was used before the list knew it."""

from pathlib import Path

import pytest

from tests.capture.small_farm import SmallFarm
from tests.commands.operating import run
from trace.domain.banned import parse_banned_list

HEAD = "name,name_en,scope,banned_from,notice,notice_date,source\n"


def test_a_fresh_instance_begins_with_a_list_of_which_every_row_has_its_source(
    recorded: SmallFarm,
) -> None:
    listed = parse_banned_list(run("banned").stdout)
    assert len(listed) > 40
    assert all(one.source and one.notice for one in listed)


def test_the_printed_list_can_be_imported_again(recorded: SmallFarm, tmp_path: Path) -> None:
    printed = run("banned").stdout
    (tmp_path / "banned.csv").write_text(printed, "utf-8")
    assert run("banned", tmp_path / "banned.csv").exit_code == 0
    assert run("banned").stdout == printed


def test_a_wrong_list_changes_nothing_and_names_the_line(
    recorded: SmallFarm, tmp_path: Path
) -> None:
    printed = run("banned").stdout
    (tmp_path / "banned.csv").write_text(HEAD + "克百威,,,soon,1,2020-01-01,x\n", "utf-8")
    answer = run("banned", tmp_path / "banned.csv")
    assert answer.exit_code != 0
    assert "Line 2" in answer.stderr
    assert run("banned").stdout == printed


def test_a_use_from_before_the_list_knew_it_is_named(recorded: SmallFarm, tmp_path: Path) -> None:
    planting = recorded.plant()
    sent = {"plantings": [planting], "input": recorded.ids["azoxystrobin"], "amount": "30"}
    entry = recorded.record("spraying", sent).entry_ids[0]
    rows = "嘧菌酯,azoxystrobin,,2020-01-01,公告第1号,2019-12-01,made up for a test\n"
    (tmp_path / "banned.csv").write_text(HEAD + rows, "utf-8")
    assert entry in run("banned", tmp_path / "banned.csv").stdout


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b""])
def test_what_is_no_list_is_refused_in_words(
    recorded: SmallFarm, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "banned.csv").write_bytes(content)
    answer = run("banned", tmp_path / "banned.csv")
    assert answer.exit_code == 1
    assert answer.stderr.startswith("Error:")
