"""`init`: make an instance, or bring one up to date."""

from urllib.parse import urlsplit

import click

from ..domain.merkle import LedgerError
from ..domain.public_address import label_address_problem
from ..repository.database import migrate
from ..repository.instance import DATABASE, create_instance, exists, open_instance
from ..web.wsgi import INSTANCE
from .surroundings import folder_of_instance, plainly, say, settings_of

DEFAULT_ORIGIN = "qijimu.local"


@click.command()
@click.option(
    "--origin",
    metavar="NAME",
    help="The ledger's name, signed for ever. Without it: the host of PUBLIC_BASE_URL.",
)
@plainly
def init(origin: str | None) -> None:
    """Make the database and the signing key, or bring an older database up to date.

    The origin is the name every checkpoint of the ledger is signed for. It is chosen once: use a
    host name that will stay yours. Safe to repeat.

    \b
    Example:
      PUBLIC_BASE_URL=https://qijimu.example python run.py init
      python run.py init --origin qijimu.example
    """
    folder = folder_of_instance()
    settings = settings_of(folder)
    is_new = not exists(folder)
    if is_new:
        public_host = urlsplit(settings.public_base_url or "").hostname
        chosen = origin or public_host or DEFAULT_ORIGIN
    else:
        migrate(folder / DATABASE)
        chosen = origin or open_instance(folder).origin
    try:
        instance = create_instance(folder, chosen)
    except LedgerError as error:
        raise click.BadParameter(str(error), param_hint="--origin") from error
    (folder / DATABASE).chmod(0o600)  # it holds everybody's names; -wal and -shm take its mode
    click.echo(f"{'Made' if is_new else 'Ready:'} {folder}, signing as {instance.origin}")
    if is_new and instance.origin == DEFAULT_ORIGIN and not origin:
        say(
            f"Neither --origin nor PUBLIC_BASE_URL was given, so this ledger signs as"
            f" {DEFAULT_ORIGIN} for ever. Right for trying out; for a real installation choose"
            f" another {INSTANCE} and --origin."
        )
    if is_new and label_address_problem(settings.public_base_url):
        say("Real labels need PUBLIC_BASE_URL, an https address that anybody can reach.")
