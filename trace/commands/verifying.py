"""`verify`: examine the whole record, and say where it is not what it was."""

import sys
from contextlib import ExitStack
from pathlib import Path

import click

from ..query.verification import Step, verify_instance
from ..repository.rebuilding import Progress
from .surroundings import opened_instance, plainly, progress_of, say

SAID: dict[Step, str] = {
    "ledger": "Ledger: every entry, hash and signature",
    "database": "Database file",
    "projections": "Projections: replaying every entry",
    "files": "Files: hashing every photo and paper",
}


@click.command()
@click.option(
    "--checkpoint",
    "checkpoints",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    multiple=True,
    help="A checkpoint kept elsewhere that the ledger must agree with; may be repeated.",
)
@plainly
def verify(checkpoints: tuple[Path, ...]) -> None:
    """Examine everything: ledger, database file, projections, photos and papers.

    Ends with code 1 where something is not what it was, naming the first bad entry, the first row
    that differs from the ledger, or the file. Only reads; the server may run meanwhile. It proves
    "unchanged since", and only against whoever does not hold the key: give a checkpoint that
    somebody else kept to prove it against everybody.

    \b
    Example:
      python run.py verify
      python run.py verify --checkpoint from-the-county-office.txt
    """
    instance = opened_instance()
    with ExitStack() as shown:

        def announce(step: Step) -> Progress:
            shown.close()
            say(SAID[step])
            return shown.enter_context(progress_of("  done"))

        verification = verify_instance(
            instance, announce, [path.read_text("utf-8") for path in checkpoints]
        )
    for finding in verification.findings:
        click.echo(f"{finding.step}: {finding.problem}")
    if verification.findings:
        sys.exit(1)
    click.echo(f"All is as it was recorded: {verification.size} entries, {verification.root_hash}")
    click.echo(verification.checkpoint or "", nl=False)
