"""`verify` names what is not as it was recorded: the entry, the row, or the file."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.capture.small_farm import SmallFarm
from tests.commands.operating import run
from trace.capture.files import keep_photo
from trace.domain.events import Photo
from trace.repository.database import connect
from trace.repository.instance import DATABASE
from trace.repository.rebuilding import PROJECTIONS

TRIGGERS = "SELECT name FROM sqlite_schema WHERE type = 'trigger'"


def alter(folder: Path, *statements: str) -> None:
    """Change the file as its owner could: the triggers dropped first."""
    connection = connect(folder / DATABASE)
    for (name,) in connection.execute(TRIGGERS).fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("PRAGMA foreign_keys=OFF")
    for statement in statements:
        assert connection.execute(statement).rowcount > 0, statement
    connection.close()


def entry_id(folder: Path, entry_index: int) -> str:
    connection = connect(folder / DATABASE)
    found = connection.execute("SELECT entry_id FROM entry WHERE entry_index = ?", (entry_index,))
    said = str(found.fetchall()[0][0])
    connection.close()
    return said


def photo() -> bytes:
    buffer = BytesIO()
    Image.effect_noise((64, 48), 40).convert("RGB").save(buffer, "JPEG")
    return buffer.getvalue()


def record_with_photo(farm: SmallFarm) -> str:
    """An event with a photo; the photo's hash."""
    name = keep_photo(farm.recorder, farm.actor("grower"), photo())
    sent = {"plantings": [farm.plant()]}
    farm.record("irrigation", sent, "grower", photos=(Photo(name, "photo"),))
    return name


def test_an_untouched_record_is_found_whole(recorded: SmallFarm) -> None:
    record_with_photo(recorded)
    answer = run("verify")
    assert answer.exit_code == 0, answer.output
    with recorded.instance.database.reading() as connection:
        size, note = connection.execute(
            "SELECT size, note FROM checkpoint ORDER BY size DESC LIMIT 1"
        ).fetchone()
    assert f"{size} entries" in answer.stdout and answer.stdout.endswith(note)


def test_an_empty_ledger_is_found_whole(folder: Path) -> None:
    run("init")
    assert run("verify").exit_code == 0


def test_one_changed_byte_of_an_entry_is_named_by_that_entry(
    recorded: SmallFarm, folder: Path
) -> None:
    changed = entry_id(folder, 7)
    alter(
        folder,
        "UPDATE entry SET body = CAST(replace(CAST(body AS TEXT), '\"v\":1', '\"v\":2') AS BLOB)"
        " WHERE entry_index = 7",
    )
    answer = run("verify")
    assert answer.exit_code == 1
    assert "entry 7 " in answer.stdout and changed in answer.stdout


def test_one_byte_flipped_in_the_file_is_named_by_that_entry(
    recorded: SmallFarm, folder: Path
) -> None:
    recorded.instance.database.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    recorded.instance.database.close()
    changed, file = entry_id(folder, 5), folder / DATABASE
    whole = bytearray(file.read_bytes())
    body = re.search(rb'"entry_id":"%s"' % changed.encode(), whole)
    assert body is not None
    whole[body.start() + 2] ^= 1  # in a member's name
    file.write_bytes(whole)
    answer = run("verify")
    assert answer.exit_code == 1
    assert "entry 5 " in answer.stdout and changed in answer.stdout


def test_a_file_that_is_no_database_any_more_is_said_plainly(
    recorded: SmallFarm, folder: Path
) -> None:
    recorded.instance.database.close()
    file = folder / DATABASE
    file.write_bytes(b"\0" * 4096 + file.read_bytes()[4096:])
    answer = run("verify")
    assert answer.exit_code == 1 and isinstance(answer.exception, SystemExit)
    assert "database" in answer.output


@pytest.mark.parametrize(
    ("table", "statement", "said"),
    [
        ("event", "UPDATE event SET event_date = '' WHERE event_type = 'packing'", "event_date"),
        ("lot", "UPDATE lot SET quantity = '1' WHERE node_key = 2", "quantity"),
        ("lineage", "DELETE FROM lineage", "missing"),
        ("node", "UPDATE node SET revision = revision + 1 WHERE node_key = 1", "revision"),
        ("declared", "UPDATE declared SET is_retired = 1 WHERE noun = 'plot'", "is_retired"),
        ("event_node", "DELETE FROM event_node WHERE role = 'output'", "missing"),
        (
            "recall",
            "INSERT INTO recall(entry_index, node_key, coop_id) VALUES(1, 2, 'x')",
            "no entry",
        ),
        (
            "hold",
            "INSERT INTO hold(entry_index, node_key, coop_id, rule) VALUES(3, 1, 'x', 'y')",
            "no entry",
        ),
    ],
)
def test_a_projection_changed_by_hand_is_found_and_named(
    recorded: SmallFarm, folder: Path, table: str, statement: str, said: str
) -> None:
    alter(folder, statement)
    answer = run("verify")
    assert answer.exit_code == 1
    assert f"projections: {table} (" in answer.stdout and said in answer.stdout


LATER_PROJECTIONS = {"recall_follow_up", "consignment"}
"""Tables of later migrations that follow from the ledger; their others are truths of their own."""


def test_every_projection_of_the_schema_is_compared(recorded: SmallFarm, root: Path) -> None:
    script = (root / "trace/repository/migrations/0002_record.sql").read_text("utf-8")
    first = re.findall(r"CREATE TABLE (\w+)\(", script)
    assert sorted([*first, *LATER_PROJECTIONS]) == sorted(PROJECTIONS)


def test_a_missing_and_a_changed_photo_are_named(recorded: SmallFarm) -> None:
    lost, changed = record_with_photo(recorded), record_with_photo(recorded)
    files = recorded.instance.files
    files.path(lost).unlink()
    files.path(changed).write_bytes(photo())
    answer = run("verify")
    assert answer.exit_code == 1
    assert f"{lost} is missing" in answer.stdout and f"{changed} has been changed" in answer.stdout


def test_a_checkpoint_kept_elsewhere_is_compared(recorded: SmallFarm, tmp_path: Path) -> None:
    kept = tmp_path / "kept.txt"
    kept.write_text(run("verify").stdout.split("\n", 1)[1], "utf-8")
    recorded.plant()
    assert run("verify", "--checkpoint", kept).exit_code == 0
    kept.write_text(kept.read_text("utf-8").replace("farm.example\n", "hill.example\n", 1), "utf-8")
    assert run("verify", "--checkpoint", kept).exit_code == 1
