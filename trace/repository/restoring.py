"""Restoring a backup: unpacked beside its place, proven whole, and only then moved into it."""

import gzip
import os
import re
import shutil
import tarfile
import tempfile
import zlib
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from ..domain.checkpoint import verify_checkpoint
from ..domain.errors import QijimuError
from . import ledger
from .backups import CHECKPOINT, CONFIG, Progress, erasures_in, file_names, integrity_problems
from .database import connect, migrate
from .files import FileMissing
from .instance import DATABASE, FILES, JOBS, KEY, Instance, open_instance
from .ledger_verification import verify_ledger

MEMBER: Final = re.compile(
    rf"{CHECKPOINT}|{re.escape(DATABASE)}|{re.escape(KEY)}|{re.escape(CONFIG)}"
    rf"|{FILES}/[0-9a-f]{{2}}/[0-9a-f]{{62}}(\.[a-z]+)+|{JOBS}/\w[\w.-]*"
)
"""The only names in a backup: nothing else is unpacked, wherever it would lie."""
# The database last: where it and the key are, an instance is.
PIECES: Final = (CONFIG, FILES, JOBS, KEY, DATABASE)
PRIVATE: Final = 0o600


class NotRestored(QijimuError, RuntimeError):
    """The backup is damaged, or not what it says, or its place is taken; nothing was restored."""


class OlderBackup(NotRestored):
    """The kept checkpoint is of a later time: records made after the backup would be lost."""


@dataclass(frozen=True)
class Restored:
    """What a restored instance stands at; `erased` values were taken out again."""

    checkpoint: str | None
    entries: int
    erased: int
    missing: tuple[str, ...]


def restore_backup(
    backup: Path,
    folder: Path,
    progress: Progress,
    *,
    kept_checkpoint: str | None = None,
    erasures: Sequence[tuple[str, str]] = (),
    accepts_loss: bool = False,
) -> Restored:
    """Restore into a folder that holds no instance. Raises NotRestored, OlderBackup, OSError.

    `kept_checkpoint` is a note that was kept elsewhere; `erasures` those made since the backup.
    """
    taken = [name for name in PIECES if (folder / name).exists()]
    if taken:
        raise NotRestored(f"{folder} is not empty: it has {', '.join(taken)}")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restoring-", dir=folder) as staging:
        unpacked = Path(staging)
        note = _unpack(backup, unpacked)
        instance = _opened(unpacked)
        with closing(instance.database):
            entries = _check_ledger(instance, note, kept_checkpoint, accepts_loss)
            erased = _erase_again(instance, erasures)
            missing = _missing_files(instance, progress)
        os.sync()  # before the names: what is renamed is whole after a power cut
        for name in PIECES:
            if (unpacked / name).exists():
                (unpacked / name).rename(folder / name)
    return Restored(note or None, entries, erased, missing)


def _unpack(backup: Path, folder: Path) -> str:
    """Unpack the members of a backup, and read to the end, where gzip keeps its checksum."""
    try:
        with gzip.open(backup) as packed:
            with tarfile.open(fileobj=packed, mode="r|") as archive:
                for member in archive:
                    if not MEMBER.fullmatch(member.name) or not member.isreg():
                        raise NotRestored(f"{backup} is no backup: it has {member.name!r}")
                    content = archive.extractfile(member)
                    if content is not None:
                        _write(folder / member.name, content)
            while packed.read(1 << 20):
                pass
    except FileNotFoundError:
        raise
    except (EOFError, zlib.error, tarfile.TarError, gzip.BadGzipFile) as error:
        raise NotRestored(f"{backup} is damaged: {error}") from error
    for name in (CHECKPOINT, DATABASE, KEY):
        if not (folder / name).exists():
            raise NotRestored(f"{backup} is no whole backup: {name} is missing")
    return (folder / CHECKPOINT).read_text("utf-8")


def _write(path: Path, content: IO[bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE), "wb") as file:
        shutil.copyfileobj(content, file)


def _opened(folder: Path) -> Instance:
    with closing(connect(folder / DATABASE)) as connection:
        if problems := integrity_problems(connection):
            raise NotRestored(f"the backup's database is damaged: {problems[0]}")
    migrate(folder / DATABASE)  # of an older version of the program
    return open_instance(folder)


def _check_ledger(
    instance: Instance, note: str, kept_checkpoint: str | None, accepts_loss: bool
) -> int:
    """Recompute the root and compare it with the checkpoints inside and outside; the size."""
    connection = instance.database.connection
    newest = ledger.newest_checkpoint(connection)
    if (newest.note if newest else "") != note:
        raise NotRestored("the backup's checkpoint is not the one of its database")
    kept = [note] if note else []
    if kept_checkpoint is not None:
        outside = verify_checkpoint(kept_checkpoint, instance.verifier_key).checkpoint
        here = ledger.size(connection)
        if outside.size <= here:
            kept.append(kept_checkpoint)
        elif not accepts_loss:
            raise OlderBackup(
                f"the kept checkpoint has {outside.size} entries, the backup only {here}:"
                f" {outside.size - here} later ones would be lost"
            )
    verdict = verify_ledger(connection, instance.verifier_key, kept_checkpoints=kept)
    if verdict.fault:
        raise NotRestored(f"the backup's ledger is not whole: {verdict.fault}")
    return verdict.size


def _erase_again(instance: Instance, erasures: Sequence[tuple[str, str]]) -> int:
    """Take out what was erased, before the backup or since; how many values that were."""
    with instance.database.writing() as connection:
        wanted = sorted({*erasures_in(connection), *erasures})
        erased = sum(
            ledger.erase_private_value(connection, entry_id, path) for entry_id, path in wanted
        )
        connection.executemany(
            "INSERT INTO erasure(entry_id, path, erased_at)"
            " VALUES(?, ?, strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) ON CONFLICT DO NOTHING",
            wanted,
        )
    instance.database.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return erased


def _missing_files(instance: Instance, progress: Progress) -> tuple[str, ...]:
    """The files that the record names and the backup has not; NotRestored for a changed one."""
    names = file_names(instance.database.connection)
    missing = []
    for number, name in enumerate(names, 1):
        try:
            if not instance.files.is_whole(name):
                raise NotRestored(f"file {name} has been changed in the backup")
        except FileMissing:
            missing.append(name)
        progress(number, len(names))
    return tuple(missing)
