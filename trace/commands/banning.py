"""`banned`: print the list of banned substances, or import a newer one."""

import csv
import sys
from pathlib import Path

import click

from ..capture.banning import import_banned_list
from ..domain.banned import COLUMNS, BannedSubstance
from ..domain.errors import Refused
from ..query.banned_uses import unjudged_uses
from ..repository.banned import banned_list
from .surroundings import opened_instance, plainly, say


@click.command()
@click.argument(
    "file", type=click.Path(path_type=Path, exists=True, dir_okay=False), required=False
)
@plainly
def banned(file: Path | None) -> None:
    """Print the list of banned substances as CSV, or import FILE in its place.

    Every row names the notice and its date, from which day the ban holds, and where the row was
    read. A use is judged by the list of the day it is recorded; records from before that a newer
    list names are printed, for somebody to look at.

    \b
    Example:
      python run.py banned > banned.csv
      python run.py banned banned.csv
    """
    instance = opened_instance()
    if file is None:
        with instance.database.reading() as connection:
            write_banned_list(banned_list(connection))
        return
    try:
        listed, before = import_banned_list(instance, file.read_text("utf-8"))
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{file} is not a text file in UTF-8: {error}") from error
    except Refused as refused:
        said = "\n".join(
            f"  {problem.message % dict(problem.values)}" for problem in refused.problems
        )
        raise click.ClickException(f"{file} was not imported:\n{said}") from refused
    names, old = {one.name for one in listed}, {one.name for one in before}
    new, gone = len(names - old), len(old - names)
    say(f"Imported {len(names)} substances: {new} new, {gone} no longer listed.")
    for use in unjudged_uses(instance, listed):
        named = f"{use.substance.name} ({use.substance.notice})"
        click.echo(f"{use.coop_id} {use.on} {use.entry_id}: {named}")


def write_banned_list(listed: tuple[BannedSubstance, ...]) -> None:
    """Write the list to standard output, as it is imported."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([*one.as_stated().values(), one.source] for one in listed)
