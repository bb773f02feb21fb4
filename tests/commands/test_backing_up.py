"""`backup` and `restore`: everything into one file, and back, or not at all."""

import gzip
import io
import re
import stat
import tarfile
import zlib
from pathlib import Path

import pytest

from tests.capture.small_farm import SmallFarm
from tests.commands.operating import run
from tests.commands.test_verifying import alter, record_with_photo
from trace.repository import ledger
from trace.repository.instance import DATABASE, KEY, open_instance
from trace.repository.restoring import MEMBER


@pytest.fixture
def backup(recorded: SmallFarm, tmp_path: Path) -> Path:
    """A backup of a small co-op with a photo; its checkpoint is kept beside it."""
    record_with_photo(recorded)
    answer = run("backup", tmp_path / "one.tar.gz")
    assert answer.exit_code == 0, answer.output
    (tmp_path / "checkpoint").write_text(answer.stdout, "utf-8")
    return tmp_path / "one.tar.gz"


def repacked(backup: Path, changes: dict[str, bytes]) -> Path:
    """The backup again, with other bytes for some members and new members."""
    path = backup.with_name("repacked.tar.gz")
    with tarfile.open(backup) as whole, tarfile.open(path, "w:gz") as other:
        members = {member.name: member for member in whole.getmembers()}
        for name in {**members, **dict.fromkeys(changes)}:
            member = members.get(name) or tarfile.TarInfo(name)
            file = whole.extractfile(member) if name in members else None
            content = changes.get(name, file.read() if file else b"")
            member.size = len(content)
            other.addfile(member, io.BytesIO(content))
    return path


def test_a_backup_holds_database_key_photo_and_checkpoint_for_its_owner_alone(
    backup: Path, recorded: SmallFarm
) -> None:
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    with tarfile.open(backup) as whole:
        names = whole.getnames()
    assert names[:3] == ["checkpoint", DATABASE, KEY]
    assert sum(name.startswith("files/") for name in names) == 3  # original, card and page
    assert all(MEMBER.fullmatch(name) for name in names)
    assert [path.name for path in backup.parent.glob(".*")] == []


def test_it_says_that_the_backup_holds_the_key(recorded: SmallFarm, tmp_path: Path) -> None:
    assert "signing key" in run("backup", tmp_path / "b.tar.gz").stderr


def test_a_backup_never_overwrites(backup: Path) -> None:
    before = backup.read_bytes()
    assert run("backup", backup).exit_code == 1
    assert backup.read_bytes() == before


def test_without_a_name_it_goes_into_the_instance_folder(recorded: SmallFarm, folder: Path) -> None:
    assert run("backup").exit_code == 0
    assert len(list((folder / "backups").glob("qijimu-*.tar.gz"))) == 1


def test_a_damaged_database_is_not_backed_up_as_if_it_were_whole(
    recorded: SmallFarm, folder: Path, tmp_path: Path
) -> None:
    recorded.instance.database.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    recorded.instance.database.close()
    whole = (folder / DATABASE).read_bytes()
    middle = len(whole) // 4096 // 2 * 4096
    (folder / DATABASE).write_bytes(whole[:middle] + b"\xff" * 8192 + whole[middle + 8192 :])
    answer = run("backup", tmp_path / "b.tar.gz")
    assert answer.exit_code == 1 and "database" in answer.stderr
    assert [path.name for path in tmp_path.iterdir() if path != folder] == []


def test_what_was_backed_up_comes_back(
    backup: Path, recorded: SmallFarm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "checkpoint"
    answer = run("restore", backup, "--to", tmp_path / "new", "--checkpoint", kept)
    assert answer.exit_code == 0, answer.output
    assert answer.stdout == kept.read_text("utf-8")
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["files", KEY, DATABASE]
    for name in (KEY, DATABASE):
        assert stat.S_IMODE((tmp_path / "new" / name).stat().st_mode) == 0o600
    monkeypatch.setenv("QIJIMU_INSTANCE", str(tmp_path / "new"))
    assert run("verify").exit_code == 0


def test_a_folder_that_has_an_instance_is_left_alone(backup: Path, folder: Path) -> None:
    key = (folder / KEY).read_bytes()
    answer = run("restore", backup)
    assert answer.exit_code == 1 and "not empty" in answer.stderr
    assert (folder / KEY).read_bytes() == key


def test_a_backup_of_nothing_comes_back_as_nothing(folder: Path, tmp_path: Path) -> None:
    run("init")
    run("backup", tmp_path / "b.tar.gz")
    assert run("restore", tmp_path / "b.tar.gz", "--to", tmp_path / "new").exit_code == 0
    assert open_instance(tmp_path / "new").is_empty


@pytest.mark.parametrize("place", [0.02, 0.3, 0.6, 0.9, 0.9999])
def test_a_backup_with_one_wrong_byte_is_refused(backup: Path, place: float) -> None:
    whole = backup.read_bytes()
    backup.write_bytes(with_a_wrong_byte(whole, int(len(whole) * place)))
    answer = run("restore", backup, "--to", backup.parent / "new")
    assert answer.exit_code == 1 and isinstance(answer.exception, SystemExit), answer.exception
    assert list((backup.parent / "new").iterdir()) == []


def with_a_wrong_byte(packed: bytes, place: int) -> bytes:
    """The packed bytes with one of them wrong, from this place on the first that does any harm.

    Within a run of zeros a wrong distance copies the same zeros: such a byte unpacks to the very
    same content, and there is nothing to refuse.
    """
    content = gzip.decompress(packed)
    for at in range(place, len(packed)):
        wrong = packed[:at] + bytes([packed[at] ^ 0x10]) + packed[at + 1 :]
        try:
            if gzip.decompress(wrong) != content:
                return wrong
        except (EOFError, OSError, zlib.error):
            return wrong
    raise AssertionError(f"no byte from {place} on does any harm")


@pytest.mark.parametrize("place", [0.0, 0.5, 0.99])
def test_a_backup_that_was_cut_off_is_refused(backup: Path, place: float) -> None:
    whole = backup.read_bytes()
    backup.write_bytes(whole[: int(len(whole) * place)])
    answer = run("restore", backup, "--to", backup.parent / "new")
    assert answer.exit_code == 1 and isinstance(answer.exception, SystemExit), answer.exception
    assert list((backup.parent / "new").iterdir()) == []


def test_a_backup_whose_record_was_altered_is_refused_by_its_entry(
    backup: Path, tmp_path: Path
) -> None:
    run("restore", backup, "--to", tmp_path / "altered")
    alter(
        tmp_path / "altered",
        "UPDATE entry SET body = CAST(replace(CAST(body AS TEXT), '\"v\":1', '\"v\":2') AS BLOB)"
        " WHERE entry_index = 3",
    )
    database = (tmp_path / "altered" / DATABASE).read_bytes()
    answer = run("restore", repacked(backup, {DATABASE: database}), "--to", tmp_path / "new")
    assert answer.exit_code == 1 and "entry 3 " in answer.stderr
    assert not (tmp_path / "new" / DATABASE).exists()


def test_a_backup_whose_photo_was_exchanged_is_refused(backup: Path, tmp_path: Path) -> None:
    with tarfile.open(backup) as whole:
        name = next(one for one in whole.getnames() if re.fullmatch(r"files/../\w+\.jpg", one))
    answer = run("restore", repacked(backup, {name: b"\xff\xd8"}), "--to", tmp_path / "new")
    assert answer.exit_code == 1 and "has been changed" in answer.stderr


@pytest.mark.parametrize("name", ["../outside", "/outside", "files/../../x", "qijimu.db-wal"])
def test_a_member_of_another_name_is_never_unpacked(
    backup: Path, tmp_path: Path, name: str
) -> None:
    answer = run("restore", repacked(backup, {name: b"x"}), "--to", tmp_path / "new")
    assert answer.exit_code == 1 and "no backup" in answer.stderr
    assert list((tmp_path / "new").iterdir()) == []


def test_something_else_is_no_backup(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "x.gz").write_bytes(gzip.compress(b"hello"))
    (tmp_path / "y.gz").write_bytes(b"hello")
    for name in ("x.gz", "y.gz"):
        assert run("restore", tmp_path / name).exit_code == 1


def test_a_checkpoint_of_later_records_warns_of_the_loss(
    backup: Path, recorded: SmallFarm, tmp_path: Path
) -> None:
    recorded.plant()
    (tmp_path / "later").write_text(run("verify").stdout.split("\n", 1)[1], "utf-8")
    arguments = ("restore", backup, "--to", tmp_path / "new", "--checkpoint", tmp_path / "later")
    answer = run(*arguments)
    assert answer.exit_code == 1 and "1 later ones would be lost" in answer.stderr
    assert run(*arguments, "--accept-loss").exit_code == 0


def test_a_checkpoint_of_another_history_refuses_the_backup(
    backup: Path, recorded: SmallFarm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("restore", backup, "--to", tmp_path / "fork")
    recorded.plant()
    (tmp_path / "ours").write_text(run("verify").stdout.split("\n", 1)[1], "utf-8")
    monkeypatch.setenv("QIJIMU_INSTANCE", str(tmp_path / "fork"))
    run("coop", "另一个")
    run("backup", tmp_path / "fork.tar.gz")
    arguments = ("--to", tmp_path / "new", "--checkpoint", tmp_path / "ours")
    answer = run("restore", tmp_path / "fork.tar.gz", *arguments)
    assert answer.exit_code == 1 and "signed over other entries" in answer.stderr


def test_what_was_erased_since_the_backup_is_erased_again(
    backup: Path, recorded: SmallFarm, folder: Path, tmp_path: Path
) -> None:
    with recorded.instance.database.writing() as connection:
        entry_id, path, value = connection.execute(
            "SELECT entry_id, path, value FROM private_value WHERE value = '王长财'"
        ).fetchone()
        ledger.erase_private_value(connection, entry_id, path)
        connection.execute("INSERT INTO erasure VALUES(?, ?, '2026-03-02')", (entry_id, path))
    answer = run("restore", backup, "--to", tmp_path / "new")
    assert answer.exit_code == 0 and "Erased again: 1 " in answer.stderr
    restored = (tmp_path / "new" / DATABASE).read_bytes()
    assert value.encode() not in restored and "李秀兰".encode() in restored
