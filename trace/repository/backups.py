"""Backups: one .tar.gz with database, signing key, files, and the checkpoint they stand at.

A backup is taken while people record: `VACUUM INTO` copies one moment of the database. Whoever
holds one holds the key and every personal value in it.
"""

import gzip
import os
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ..domain.errors import NotFound, QijimuError
from . import ledger
from .database import Connection, connect, rows
from .files import FileStore, Rendition
from .instance import DATABASE, FILES, JOBS, KEY, Instance

CHECKPOINT, CONFIG = "checkpoint", "config.ini"
RENDITIONS: Final[tuple[Rendition, ...]] = ("original", "card", "page")
LAST_BACKUP: Final = "last-backup"

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Backup:
    """What went into a backup; `missing` are files the record names that the disk has not."""

    path: Path
    checkpoint: str | None
    entries: int
    files: int
    missing: tuple[str, ...]


class DamagedDatabase(QijimuError, RuntimeError):
    """The database file is damaged; the text says how."""


def integrity_problems(connection: Connection) -> list[str]:
    """What SQLite itself finds wrong in the file, a hundred lines at most."""
    try:
        said = [str(one[0]) for one in rows(connection, "PRAGMA integrity_check(100)")]
        broken = rows(connection, "PRAGMA foreign_key_check")
    except connection.DatabaseError as error:
        return [f"the database file is damaged: {error}"]
    found = [line for line in said if line != "ok"]
    return found + [f"a row of {one[0]} refers to a row of {one[2]} that is gone" for one in broken]


def file_names(connection: Connection) -> list[str]:
    """The hash of every file that the record names, in order."""
    sql = "SELECT sha256 FROM file UNION SELECT sha256 FROM event_file ORDER BY sha256"
    return [one["sha256"] for one in rows(connection, sql)]


def erasures_in(connection: Connection) -> list[tuple[str, str]]:
    """Entry id and path of every personal value that was erased."""
    found = rows(connection, "SELECT entry_id, path FROM erasure ORDER BY entry_id, path")
    return [(one["entry_id"], one["path"]) for one in found]


def write_backup(instance: Instance, target: Path, progress: Progress) -> Backup:
    """Write a backup under a temporary name and rename it when it is whole, readable by us alone.

    Raises FileExistsError, DamagedDatabase, OSError; nothing is left behind then.
    """
    if target.exists():
        raise FileExistsError(17, "there is a file of that name already", str(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=target.parent) as folder:
        scratch = Path(folder)
        copy = scratch / DATABASE
        _copy_database(instance.database.connection, copy)
        with closing(connect(copy)) as connection:
            if problems := integrity_problems(connection):
                raise DamagedDatabase(problems[0])
            newest = ledger.newest_checkpoint(connection)
            entries = ledger.size(connection)
            names = file_names(connection)
            papers = _results(connection)
        note = newest.note if newest else None
        part = scratch / "part"
        missing = []
        with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as raw:
            with (
                gzip.GzipFile("", "wb", compresslevel=1, fileobj=raw) as packed,
                tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as archive,
            ):
                (scratch / CHECKPOINT).write_text(note or "", "utf-8")
                archive.add(scratch / CHECKPOINT, CHECKPOINT)
                archive.add(copy, DATABASE)
                archive.add(instance.folder / KEY, KEY)
                if (instance.folder / CONFIG).exists():
                    archive.add(instance.folder / CONFIG, CONFIG)
                for number, name in enumerate(names, 1):
                    kept = list(_renditions(instance.files, name))
                    missing += [] if kept else [name]
                    for path in kept:
                        archive.add(path, f"{FILES}/{path.relative_to(instance.files.folder)}")
                    progress(number, len(names))
                for paper in papers:
                    if (instance.jobs_folder / paper).is_file():
                        archive.add(instance.jobs_folder / paper, f"{JOBS}/{paper}")
            raw.flush()
            os.fsync(raw.fileno())
        part.rename(target)
    _note_last(instance, target)
    return Backup(target, note, entries, len(names), tuple(missing))


def _copy_database(connection: Connection, copy: Path) -> None:
    try:
        connection.execute("VACUUM INTO ?", (str(copy),))
    except connection.OperationalError:  # no room, no right
        raise
    except connection.DatabaseError as error:
        raise DamagedDatabase(f"the database file is damaged: {error}") from error


def _results(connection: Connection) -> list[str]:
    """The files that finished jobs left, such as the PDFs of labels."""
    found = rows(connection, "SELECT result FROM job WHERE result IS NOT NULL ORDER BY job_id")
    return [one["result"] for one in found if Path(one["result"]).name == one["result"]]


def _renditions(files: FileStore, name: str) -> Iterator[Path]:
    for rendition in RENDITIONS:
        try:
            yield files.path(name, rendition)
        except NotFound:
            if rendition == "original":
                return


def _note_last(instance: Instance, target: Path) -> None:
    """Leave word of the newest backup for `check`; its age is that of the note."""
    note = instance.folder / LAST_BACKUP
    part = note.with_suffix(".part")
    part.write_text(f"{target}\n", "utf-8")
    part.replace(note)
