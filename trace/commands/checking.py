"""`check`: what an operator should know about an installation, and what must be done."""

import shutil
import stat
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import NamedTuple

import click

from ..capture.recording import CLAMPED, system_clock
from ..domain.public_address import label_address_problem
from ..repository import jobs, ledger
from ..repository.backups import LAST_BACKUP
from ..repository.database import SAFE_FOR_MANY_WRITERS, is_migrated, sqlite_version
from ..repository.instance import DATABASE, KEY, Instance, exists, open_instance
from ..web.language import TRANSLATIONS, check_catalogues
from ..web.settings import Settings
from .surroundings import folder_of_instance, plainly, settings_of

BACKUP_OLDEST = timedelta(hours=48)
LEAST_FREE_BYTES = 1_000_000_000
MANY_JOBS = 20


class Mark(Enum):
    """How a line begins: all is well, good to know, something must be done."""

    OK = "ok  "
    NOTE = "note"
    ACT = "ACT "


class Line(NamedTuple):
    """One thing looked at, and what it costs or how it is put right."""

    mark: Mark
    text: str


@click.command()
@plainly
def check() -> None:
    """Look over this installation: settings, key, disk, backups, clock, jobs.

    Each line begins with "ok", "note" (good to know) or "ACT" (do something). Ends with code 1
    where a line says ACT. Quick, and harmless while the server runs; `verify` examines the record
    itself.

    \b
    Example:
      python run.py check
    """
    folder = folder_of_instance()
    lines = list(_look(folder, system_clock()))
    for line in lines:
        click.echo(f"{line.mark.value}  {line.text}")
    if any(line.mark is Mark.ACT for line in lines):
        sys.exit(1)


def _look(folder: Path, now: datetime) -> Iterator[Line]:
    yield sqlite_line(sqlite_version())
    yield catalogue_line()
    if not exists(folder):
        open_instance(folder)  # says what to do
    yield from permission_lines(folder)
    yield room_line(folder)
    if not is_migrated(folder / DATABASE):
        yield Line(Mark.ACT, "The database is older than the program: `python run.py init`.")
        return
    if stat.S_IMODE((folder / KEY).stat().st_mode) & 0o077:
        return  # such a key is not loaded
    instance = open_instance(folder)
    settings = settings_of(folder, is_example=instance.is_example)
    yield from address_lines(settings)
    yield backup_line(folder, now, instance.is_example)
    yield from record_lines(instance, now)


def sqlite_line(version: tuple[int, ...]) -> Line:
    """Whether several processes may write."""
    said = ".".join(map(str, version))
    if version >= SAFE_FOR_MANY_WRITERS:
        return Line(Mark.OK, f"SQLite {said}: several processes may write.")
    needed = ".".join(map(str, SAFE_FOR_MANY_WRITERS))
    return Line(
        Mark.NOTE,
        f"SQLite {said} can damage a file that several processes write (before {needed}): the"
        " server draws labels itself. Stop it before other commands that write.",
    )


def catalogue_line(folder: Path = TRANSLATIONS) -> Line:
    """Whether the message catalogues are compiled."""
    try:
        check_catalogues(folder)
    except RuntimeError as error:
        return Line(Mark.ACT, f"The server will not start: {error}.")
    return Line(Mark.OK, "The message catalogues are compiled.")


def permission_lines(folder: Path) -> Iterator[Line]:
    """Whether others on this machine may read the key or the database."""
    for name, holds in ((KEY, "the signing key"), (DATABASE, "everybody's names")):
        mode = stat.S_IMODE((folder / name).stat().st_mode)
        if mode & 0o077:
            yield Line(
                Mark.ACT,
                f"Others on this machine may read {holds} (mode {mode:04o}):"
                f" chmod 600 {folder / name}",
            )
        else:
            yield Line(Mark.OK, f"Only this user may read {name}.")


def room_line(folder: Path) -> Line:
    """Whether a backup and a week's photos still fit."""
    free = shutil.disk_usage(folder).free
    needed = max(LEAST_FREE_BYTES, 2 * (folder / DATABASE).stat().st_size)
    said = f"{free / 1e9:.1f} GB are free on the disk of {folder}."
    if free < needed:
        return Line(Mark.ACT, f"{said} Make room: at least {needed / 1e9:.1f} GB.")
    return Line(Mark.OK, said)


def address_lines(settings: Settings) -> Iterator[Line]:
    """What the public address allows, and what it costs to have none."""
    mark = Mark.NOTE if settings.is_example else Mark.ACT
    if problem := label_address_problem(settings.public_base_url):
        said = problem.message % problem.values
        yield Line(mark, f"{said} Real labels are refused until then.")
    else:
        yield Line(Mark.OK, f"Labels carry {settings.public_base_url}.")
    if not settings.is_https:
        yield Line(
            mark,
            "Without https anybody in the network can read along and take over a session (cookies"
            " cannot be Secure), and phones cannot keep records while they have no reception.",
        )
    elif not settings.trusted_proxies and settings.host in ("127.0.0.1", "localhost", "::1"):
        yield Line(
            Mark.NOTE,
            "https needs a proxy in front; then set TRUSTED_PROXIES to how many there are.",
        )


def backup_line(folder: Path, now: datetime, is_example: bool) -> Line:
    """How old the newest backup is."""
    note = folder / LAST_BACKUP
    lacking = Mark.NOTE if is_example else Mark.ACT
    if not note.exists():
        return Line(lacking, "There is no backup yet: `python run.py backup`.")
    age = now - datetime.fromtimestamp(note.stat().st_mtime, UTC)
    where = Path(note.read_text("utf-8").strip())
    said = f"The last backup is {max(age, timedelta(0)) // timedelta(hours=1)} hours old: {where}"
    if age > BACKUP_OLDEST:
        return Line(lacking, said)
    if where.exists() and where.stat().st_dev == folder.stat().st_dev:
        return Line(Mark.NOTE, f"{said}. It is on the same disk: keep a copy elsewhere.")
    return Line(Mark.OK, said)


def record_lines(instance: Instance, now: datetime) -> Iterator[Line]:
    """The clock against the newest record, and the work that waits."""
    with instance.database.reading() as connection:
        size = ledger.size(connection)
        newest = ledger.newest_record_time(connection)
        waiting = jobs.waiting_count(connection)
    instance.database.close()
    ahead = datetime.fromisoformat(newest) - now if newest else timedelta(0)
    if ahead > CLAMPED:
        yield Line(
            Mark.ACT,
            f"The clock is {ahead} behind the newest record ({newest}): nothing can be recorded"
            " until it is set right.",
        )
    else:
        yield Line(Mark.OK, f"{size} entries in the ledger of {instance.origin}, newest {newest}.")
    if waiting > MANY_JOBS:
        yield Line(Mark.ACT, f"{waiting} jobs wait or run: is the server running?")
    else:
        yield Line(Mark.OK, f"{waiting} jobs wait or run.")
