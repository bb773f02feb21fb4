"""A backup is taken while people record; the disk dies; the co-op goes on from the backup."""

from pathlib import Path

from tests.capture.small_farm import SmallFarm
from tests.commands.operating import environment, get, run_apart, serving
from tests.stories.test_kill_nine import clients_recording, entry_ids
from trace.domain.checkpoint import verify_checkpoint
from trace.repository import ledger
from trace.repository.instance import open_instance


def test_a_backup_taken_while_people_record_restores_to_the_checkpoint_it_says(
    farm: SmallFarm, tmp_path: Path, free_port: int
) -> None:
    planting, folder = farm.plant(), farm.instance.folder
    with clients_recording(farm, planting) as clients:
        before = {clients.said.readline().strip() for _ in range(20)}
        said = run_apart(environment(folder), "backup", str(tmp_path / "backup.tar.gz"))
        clients.kill()
    (tmp_path / "kept").write_text(said, "utf-8")

    restored = run_apart(
        environment(tmp_path / "new"),
        *("restore", str(tmp_path / "backup.tar.gz"), "--checkpoint", str(tmp_path / "kept")),
    )
    assert restored == said
    instance = open_instance(tmp_path / "new")
    checkpoint = verify_checkpoint(said, farm.instance.verifier_key).checkpoint
    with instance.database.reading() as connection:
        assert ledger.size(connection) == checkpoint.size
    assert before <= entry_ids(instance)
    assert checkpoint.size < len(entry_ids(farm.instance))  # people went on recording
    instance.database.close()

    (tmp_path / "elsewhere").mkdir()
    with serving(tmp_path / "elsewhere", environment(tmp_path / "new", PORT=str(free_port))):
        assert get(f"http://127.0.0.1:{free_port}/readyz")[0] == 200
        invitation = run_apart(
            environment(tmp_path / "new", PORT=str(free_port)),
            *("invite", "--coop", "大丰收", "--role", "grower", "--name", "王长财"),
        )
        status, page = get(invitation.strip())
        assert status == 200 and "王长财" in page
