"""`serve` as a process of its own: it starts, answers, refuses plainly, and ends whole."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.capture.small_farm import SmallFarm
from tests.commands.operating import (
    SECONDS,
    command,
    environment,
    get,
    living_group,
    serving,
    wait_for_nobody,
)
from tests.jobs.printing import issue, labelled_lot, wait_for
from trace.repository import jobs


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """An empty folder to start from."""
    (tmp_path / "elsewhere").mkdir()
    return tmp_path / "elsewhere"


def refused(folder: Path, port: int, **more: str) -> str:
    """What `serve` says when it does not start."""
    answer = subprocess.run(
        command("serve"),
        env=environment(folder, PORT=str(port), **more),
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
    )
    assert answer.returncode == 1
    assert "Traceback" not in answer.stderr
    return answer.stderr


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_from_an_empty_folder_and_ends_with_code_0_and_no_child(
    recorded: SmallFarm, folder: Path, elsewhere: Path, free_port: int, stop: signal.Signals
) -> None:
    with serving(elsewhere, environment(folder, PORT=str(free_port))) as server:
        assert get(f"http://127.0.0.1:{free_port}/healthz") == (200, "ok\n")
        assert get(f"http://127.0.0.1:{free_port}/")[0] == 200
        if stop is signal.SIGINT:  # Ctrl-C reaches the whole group
            os.killpg(server.pid, stop)
        else:
            server.send_signal(stop)
        assert server.wait(SECONDS) == 0
        assert wait_for_nobody(server.pid) == []
    assert sorted(path.name for path in elsewhere.iterdir()) == ["stderr", "stdout"]
    assert (elsewhere / "stderr").read_text("utf-8") == ""
    assert f"http://127.0.0.1:{free_port}/farm" in (elsewhere / "stdout").read_text("utf-8")


def test_a_server_killed_outright_leaves_no_child_and_its_port_free(
    recorded: SmallFarm, folder: Path, elsewhere: Path, free_port: int
) -> None:
    with serving(elsewhere, environment(folder, PORT=str(free_port))) as server:
        server.kill()
        server.wait()
        assert wait_for_nobody(server.pid) == []
    with serving(elsewhere, environment(folder, PORT=str(free_port))):
        assert get(f"http://127.0.0.1:{free_port}/healthz")[0] == 200


def test_a_job_process_that_died_is_begun_anew_and_the_pages_go_on(
    recorded: SmallFarm, folder: Path, elsewhere: Path, free_port: int
) -> None:
    with serving(elsewhere, environment(folder, PORT=str(free_port))) as server:
        children = subprocess.run(
            ["ps", "--ppid", str(server.pid), "-o", "pid=,ni=,args="],
            capture_output=True,
            encoding="utf-8",
        ).stdout.splitlines()
        (job_process,) = [line.split()[0] for line in children if line.split()[1] == "5"]
        os.kill(int(job_process), signal.SIGKILL)
        end = time.monotonic() + SECONDS
        while "begun anew" not in (elsewhere / "stderr").read_text("utf-8"):
            assert time.monotonic() < end
            time.sleep(0.05)
        assert get(f"http://127.0.0.1:{free_port}/healthz")[0] == 200


def test_a_port_that_is_taken_is_refused_with_another(folder: Path, recorded: SmallFarm) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port: int = other.getsockname()[1]
        assert f"PORT={port + 1}" in refused(folder, port)


def test_a_second_server_of_the_same_instance_is_refused(
    recorded: SmallFarm, folder: Path, elsewhere: Path, free_port: int
) -> None:
    with serving(elsewhere, environment(folder, PORT=str(free_port))):
        assert "already serving" in refused(folder, free_port + 1)


def test_before_init_it_says_what_to_do(folder: Path, free_port: int) -> None:
    assert "run.py init" in refused(folder, free_port)


def test_wrong_settings_are_all_named(folder: Path, free_port: int, recorded: SmallFarm) -> None:
    said = refused(folder, free_port, PUBLIC_BASE_URL="nowhere", TRUSTED_PROXIES="x")
    assert "PUBLIC_BASE_URL" in said and "TRUSTED_PROXIES" in said


def test_in_the_local_network_it_prints_an_address_and_a_qr_code(
    recorded: SmallFarm, folder: Path, elsewhere: Path, free_port: int
) -> None:
    with serving(elsewhere, environment(folder, PORT=str(free_port), LAN="1")):
        printed = (elsewhere / "stdout").read_text("utf-8")
    if "no address in a local network" in printed:
        pytest.skip("this machine is in no network")
    assert "▀" in printed
    address = next(line for line in printed.splitlines() if line.startswith("http://"))
    assert not address.startswith("http://127.")


def test_with_an_older_sqlite_the_server_draws_labels_in_its_one_process(
    recorded: SmallFarm, folder: Path, elsewhere: Path, free_port: int, root: Path
) -> None:
    as_if_older = (
        "import sys; sys.path.insert(0, sys.argv.pop(1)); from trace.commands import main, serving;"
        " serving.SAFE_FOR_MANY_WRITERS = (99,); main(['serve'])"
    )
    program = [sys.executable, "-P", "-c", as_if_older, str(root)]
    job = issue(recorded, labelled_lot(recorded), 24)
    environ = environment(folder, PORT=str(free_port))
    with serving(elsewhere, environ, program=program) as server:
        wait_for(lambda: state_of(recorded, job) == "done")
        children = [one for one in living_group(server.pid) if "spawn_main" in one]
        assert len(children) == 1
        server.terminate()
        assert server.wait(SECONDS) == 0


def test_labels_are_drawn_while_it_serves(
    recorded: SmallFarm, folder: Path, elsewhere: Path, free_port: int
) -> None:
    with serving(elsewhere, environment(folder, PORT=str(free_port))):
        job = issue(recorded, labelled_lot(recorded), 24)
        wait_for(lambda: state_of(recorded, job) == "done")


def state_of(farm: SmallFarm, job_id: str) -> str:
    with farm.instance.database.reading() as connection:
        found = jobs.job(connection, job_id)
    return str(found["state"]) if found else ""
