"""`backup` and `restore`: keep a copy of everything, and come back from one."""

from contextlib import closing
from datetime import UTC
from pathlib import Path

import click

from ..capture.recording import system_clock
from ..repository.backups import erasures_in, write_backup
from ..repository.instance import NoInstance, open_instance
from ..repository.restoring import OlderBackup, restore_backup
from .surroundings import folder_of_instance, opened_instance, plainly, progress_of, say

BACKUPS = "backups"
PATH = click.Path(path_type=Path)
FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command()
@click.argument("file", type=PATH, required=False)
@plainly
def backup(file: Path | None) -> None:
    """Write a backup to FILE, while people go on recording.

    One .tar.gz: the database, the files, and the signing key. Whoever holds it can sign as you
    and read every name in it: keep it as you keep the key, and not only on this disk. Without
    FILE it goes into `backups/` of the instance folder, named by the time.

    The checkpoint it stands at is printed on stdout. Keep that apart from the backup, and
    `restore --checkpoint` will prove that nothing in the backup was altered.

    \b
    Example, each night:
      python run.py backup /mnt/disk/qijimu-$(date +%F).tar.gz > checkpoint-$(date +%F).txt
    """
    instance = opened_instance()
    with closing(instance.database):
        name = system_clock().astimezone(UTC).strftime("qijimu-%Y%m%d-%H%M%S.tar.gz")
        target = (file or instance.folder / BACKUPS / name).resolve()
        with progress_of("Packing files") as progress:
            made = write_backup(instance, target, progress)
    say(
        f"Wrote {made.path}: {made.entries} entries, {made.files - len(made.missing)} files,"
        f" {made.path.stat().st_size / 1e6:.1f} MB. It holds the signing key: keep it private."
    )
    for lost in made.missing:
        say(f"Missing on this disk, so in no backup either: file {lost}")
    click.echo(made.checkpoint or "", nl=False)


@click.command()
@click.argument("backup", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--to", "folder", type=FOLDER, help="The instance folder. Default: QIJIMU_INSTANCE.")
@click.option(
    "--checkpoint",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A checkpoint that was kept apart: the backup must agree with it.",
)
@click.option(
    "--erasures",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A later instance folder: what was erased there is erased here too.",
)
@click.option(
    "--accept-loss",
    is_flag=True,
    help="Restore although the checkpoint is newer than the backup.",
)
@plainly
def restore(
    backup: Path,
    folder: Path | None,
    checkpoint: Path | None,
    erasures: Path | None,
    accept_loss: bool,
) -> None:
    """Restore BACKUP into a folder without an instance, and prove it whole first.

    Every entry is hashed anew and the root compared with the checkpoint in the backup, and with
    the one you kept. Personal values that were erased are erased again: those in the backup's own
    list, and those of the instance in use (or of --erasures), if it can still be read. Nothing is
    put in place unless all is well. The checkpoint is printed last.

    \b
    Example:
      python run.py restore /mnt/disk/qijimu-2026-11-20.tar.gz --checkpoint checkpoint.txt
      python run.py restore backup.tar.gz --to /tmp/drill
    """
    target = (folder or folder_of_instance()).resolve()
    with progress_of("Checking files") as progress:
        try:
            restored = restore_backup(
                backup,
                target,
                progress,
                kept_checkpoint=checkpoint.read_text("utf-8") if checkpoint else None,
                erasures=_erasures(erasures or folder_of_instance(), must=erasures is not None),
                accepts_loss=accept_loss,
            )
        except OlderBackup as error:
            raise click.ClickException(f"{error}. To restore all the same: --accept-loss") from None
    say(f"Restored {restored.entries} entries into {target}.")
    if restored.erased:
        say(f"Erased again: {restored.erased} personal values.")
    for lost in restored.missing:
        say(f"Not in the backup: file {lost}")
    click.echo(restored.checkpoint or "", nl=False)


def _erasures(folder: Path, *, must: bool) -> list[tuple[str, str]]:
    try:
        instance = open_instance(folder)
    except NoInstance:
        if must:
            raise
        return []
    with closing(instance.database), instance.database.reading() as connection:
        return erasures_in(connection)
