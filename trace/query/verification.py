"""Verifying a whole instance: ledger, projections made of it, database file and kept files."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ..domain.errors import NotFound
from ..repository import backups, ledger
from ..repository.instance import Instance
from ..repository.ledger_verification import verify_ledger
from ..repository.rebuilding import Progress, first_difference

Step = Literal["ledger", "database", "projections", "files"]
STEPS: tuple[Step, ...] = ("ledger", "database", "projections", "files")

Announce = Callable[[Step], Progress]
"""Called as each step begins; what it returns is called with what is done and the total."""


@dataclass(frozen=True)
class Finding:
    """Something wrong in one step, in words for the operator."""

    step: Step
    problem: str


@dataclass(frozen=True)
class Verification:
    """How many entries the ledger has, the root over them in hex, and all that is wrong."""

    size: int
    root_hash: str
    checkpoint: str | None
    findings: tuple[Finding, ...]


def verify_instance(
    instance: Instance, announce: Announce, kept_checkpoints: Sequence[str] = ()
) -> Verification:
    """Examine everything; recording may go on meanwhile. Takes minutes where there are years.

    A ledger that is not whole ends it: nothing can be rebuilt from it. LedgerError for a kept
    checkpoint that this ledger did not sign.
    """
    connection = instance.database.connection
    announce("ledger")
    verdict = verify_ledger(connection, instance.verifier_key, kept_checkpoints=kept_checkpoints)
    found = []
    if verdict.fault:
        found.append(Finding("ledger", str(verdict.fault)))
    announce("database")
    found += [Finding("database", problem) for problem in backups.integrity_problems(connection)]
    note = None
    if not found:
        newest = ledger.newest_checkpoint(connection)
        note = newest.note if newest else None
        with tempfile.TemporaryDirectory(prefix="qijimu-verify-") as folder:
            progress = announce("projections")
            if difference := first_difference(instance.database, Path(folder), progress):
                found.append(Finding("projections", str(difference)))
        found += [Finding("files", text) for text in _file_problems(instance, announce("files"))]
    return Verification(verdict.size, verdict.root_hash.hex(), note, tuple(found))


def _file_problems(instance: Instance, progress: Progress) -> Iterator[str]:
    """Files that the record names and that are not on the disk as they were."""
    with instance.database.reading() as connection:
        names = backups.file_names(connection)
    for number, name in enumerate(names, 1):
        try:
            if not instance.files.is_whole(name):
                yield f"file {name} has been changed"
        except NotFound:
            yield f"file {name} is missing"
        except OSError as error:
            yield f"file {name} cannot be read: {error.strerror}"
        progress(number, len(names))
