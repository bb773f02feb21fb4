"""The power fails while people record: nothing that was acknowledged is lost (TRUST promise 3)."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TextIO

import pytest

from tests.capture.small_farm import SmallFarm
from tests.environment.needs import ROOT
from trace.query.verification import verify_instance
from trace.repository import ledger
from trace.repository.database import SAFE_FOR_MANY_WRITERS, sqlite_version
from trace.repository.instance import Instance, open_instance

# With an older SQLite one process alone may write.
CLIENTS = 2 if sqlite_version() >= SAFE_FOR_MANY_WRITERS else 1


@dataclass
class Clients:
    """Programs that record at once, in one process group; `said` is what they print."""

    group: int
    said: TextIO

    def kill(self) -> list[str]:
        """Kill them all at once; the entries they had been told of and we have not read yet."""
        os.killpg(self.group, signal.SIGKILL)
        lines = self.said.read().splitlines(keepends=True)
        return [line.strip() for line in lines if line.endswith("\n")]


@contextmanager
def clients_recording(farm: SmallFarm, planting: str) -> Iterator[Clients]:
    """Start the programs; they are killed at the end if they still live."""
    client = [sys.executable, "-m", "tests.stories.recording_client"]
    arguments = [str(farm.instance.folder), farm.coop_id, farm.ids["grower"], planting]
    read_end, write_end = os.pipe()
    processes: list[subprocess.Popen[bytes]] = []
    for _ in range(CLIENTS):
        group = processes[0].pid if processes else 0
        processes.append(
            subprocess.Popen([*client, *arguments], cwd=ROOT, stdout=write_end, process_group=group)
        )
    os.close(write_end)
    with os.fdopen(read_end, encoding="utf-8") as said:
        yield Clients(processes[0].pid, said)
        for process in processes:
            process.kill()
            process.wait()


def acknowledged_before_the_kill(farm: SmallFarm, planting: str, seconds: float) -> list[str]:
    """Let the clients record for so long after their first answer, then kill them."""
    with clients_recording(farm, planting) as clients:
        first = clients.said.readline().strip()
        time.sleep(seconds)
        return [first, *clients.kill()]


def entry_ids(instance: Instance) -> set[str]:
    with instance.database.reading() as connection:
        return {entry.entry_id for entry in ledger.iterate_entries(connection)}


def kill_again_and_again(farm: SmallFarm, times: int) -> None:
    planting, chance = farm.plant(), random.Random(9)
    farm.instance.database.close()
    acknowledged: set[str] = set()
    for _ in range(times):
        acknowledged |= {*acknowledged_before_the_kill(farm, planting, chance.uniform(0, 0.3))}
        instance = open_instance(farm.instance.folder)
        assert acknowledged - entry_ids(instance) == set()
        found = verify_instance(instance, lambda step: lambda done, total: None).findings
        assert found == ()
        instance.database.close()
    assert len(acknowledged) > times * CLIENTS


def test_killed_while_recording_nothing_acknowledged_is_lost_and_the_record_is_whole(
    farm: SmallFarm,
) -> None:
    kill_again_and_again(farm, 5)


@pytest.mark.soak
def test_killed_a_hundred_times_nothing_acknowledged_is_lost(farm: SmallFarm) -> None:
    kill_again_and_again(farm, 100)
