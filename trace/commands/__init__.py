"""The command line: one module a group of commands.

A command is a row of COMMANDS below. Its module is imported when it is called and not before, so
that `--help` stays quick however much the commands need.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import NamedTuple

import click

from ..version import program_version


class Row(NamedTuple):
    """Where a command is: module in this folder, click command in it, its help in a few words."""

    module: str
    attribute: str
    short_help: str


# In the order of the help page: setting up, every day, looking after.
COMMANDS: Mapping[str, Row] = {
    "init": Row("initialising", "init", "make the database and the signing key, once"),
    "coop": Row("coops", "coop", "found a co-op; prints its first manager's invitation"),
    "invite": Row("coops", "invite", "print a link that lets one person in"),
    "example": Row("example_command", "example", "load the example season, or serve it"),
    "serve": Row("serving", "serve", "serve the pages until Ctrl-C"),
    "labels": Row("labelling", "labels", "print the labels of a lot"),
    "banned": Row("banning", "banned", "print or import the list of banned substances"),
    "check": Row("checking", "check", "say what an operator should know or do"),
    "verify": Row("verifying", "verify", "examine the whole record for changes"),
    "backup": Row("backing_up", "backup", "copy everything into one file, while people record"),
    "restore": Row("backing_up", "restore", "come back from a backup, proven whole first"),
}


class LazyGroup(click.Group):
    """A click group whose commands are rows of a table, imported on call."""

    def __init__(self, *, rows: Mapping[str, Row], **settings: object) -> None:
        super().__init__(**settings)  # type: ignore[arg-type]  # click's own settings, handed on
        self.rows = rows

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.rows)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        row = self.rows.get(cmd_name)
        if row is None:
            return None
        command = getattr(import_module(f".{row.module}", __name__), row.attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{row.module}.{row.attribute} is {command!r}, not a click command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if self.rows:
            with formatter.section("Commands"):
                formatter.write_dl([(name, row.short_help) for name, row in self.rows.items()])


@click.group(
    cls=LazyGroup,
    rows=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(program_version(), prog_name="Qijimu")
def main() -> None:
    """Qijimu records what happens to a farming co-op's produce, prints QR labels for it, and shows
    anyone who scans a label the whole record: who grew it, what was sprayed and when, the tests,
    the certificates, and the way to the shop."""
