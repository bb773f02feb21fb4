"""`example` loads the season once, says it as one JSON object, and leaves real records alone."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.capture.small_farm import SmallFarm
from tests.commands.operating import SECONDS, command, environment, get, run, run_apart, serving
from trace.repository.instance import open_instance
from trace.web.settings import NAMES


@pytest.fixture(scope="module")
def season(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance with the example, made as an operator makes it; what was said lies beside it."""
    folder = tmp_path_factory.mktemp("season") / "instance"
    run_apart(environment(folder), "init")
    answer = subprocess.run(
        command("example", "--json"),
        cwd=folder.parent,
        env=environment(folder),
        capture_output=True,
        encoding="utf-8",
        timeout=4 * SECONDS,
    )
    assert answer.returncode == 0, answer.stderr
    (folder.parent / "said").write_text(answer.stdout, "utf-8")
    return folder


@pytest.fixture
def copied(season: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy that a test may write in, as the instance of this process."""
    shutil.copytree(season, tmp_path / "instance")
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("QIJIMU_INSTANCE", str(tmp_path / "instance"))
    return tmp_path / "instance"


def test_json_is_one_object_with_pages_and_people(season: Path) -> None:
    said = json.loads((season.parent / "said").read_text("utf-8"))
    assert said["scan"].startswith("http://127.0.0.1:8000/t/")
    assert set(said["invitations"]) == {"grower", "packer", "tester", "manager", "inspector"}
    assert said["lots"]


def test_said_again_it_is_the_same_season_with_fresh_links(copied: Path) -> None:
    one, two = (json.loads(run("example", "--json").stdout) for _ in range(2))
    assert (one["scan"], one["lots"]) == (two["scan"], two["lots"])
    assert not set(one["invitations"].values()) & set(two["invitations"].values())


def test_for_people_it_prints_a_link_for_each_person(copied: Path) -> None:
    printed = run("example").stdout
    assert printed.count("/invitation/") == 5 and "what a shopper sees" in printed


def test_links_carry_the_public_address(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLIC_BASE_URL", "https://qijimu.example")
    said = json.loads(run("example", "--json").stdout)
    assert said["scan"].startswith("https://qijimu.example/t/")


def test_real_records_are_refused_and_left_as_they_are(recorded: SmallFarm) -> None:
    with recorded.instance.database.reading() as connection:
        before = connection.execute("SELECT COUNT(*) FROM entry").fetchone()[0]
    for more in ((), ("--json",), ("--serve",)):
        answer = subprocess.run(
            command("example", *more),
            env=environment(recorded.instance.folder),
            capture_output=True,
            encoding="utf-8",
            timeout=SECONDS,
        )
        assert answer.returncode == 1 and "no example" in answer.stderr
        assert answer.stdout == ""
    with recorded.instance.database.reading() as connection:
        assert connection.execute("SELECT COUNT(*) FROM entry").fetchone()[0] == before
    assert not open_instance(recorded.instance.folder).is_example


def test_before_init_it_says_what_to_do(folder: Path) -> None:
    answer = run("example", "--json")
    assert answer.exit_code == 1 and "run.py init" in answer.stderr and answer.stdout == ""


def test_serving_it_prints_what_to_open_and_shows_the_hero(
    copied: Path, tmp_path: Path, free_port: int
) -> None:
    (tmp_path / "elsewhere").mkdir()
    environ = environment(copied, PORT=str(free_port))
    with serving(tmp_path / "elsewhere", environ, "example", "--serve"):
        printed = (tmp_path / "elsewhere" / "stdout").read_text("utf-8")
        base_url = f"http://127.0.0.1:{free_port}"
        for path in ("/", "/farm", "/packing", "/manage"):
            assert f"{base_url}{path} " in printed
        hero = next(word for word in printed.split() if "/t/" in word)
        assert hero.startswith(base_url)
        assert get(hero)[0] == 200
        assert get(base_url)[0] == 200
