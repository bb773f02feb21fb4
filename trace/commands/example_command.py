"""`example`: a whole season of an invented co-op, to look around in."""

import json

import click

from ..web.wsgi import DEFAULT_FOLDER
from .addresses import lan_base_url
from .example.loading import load_example
from .example.renewing import example_of_today, is_stale
from .example.summary import example_summary
from .initialising import DEFAULT_ORIGIN
from .serving import run_server
from .surroundings import address_of, folder_of_instance, opened_instance, plainly, say, settings_of

EXAMPLE_FOLDER = DEFAULT_FOLDER / "example"


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
@click.option("--serve", "and_serve", is_flag=True, help="Make what is needed, then serve it.")
@plainly
def example(as_json: bool, and_serve: bool) -> None:
    """Load the example season, or say what is in one that is loaded.

    The instance must be initialised and empty, or hold the example: it never mixes with real
    records. Prints the pages to open and, for each person of the example, a link that works once.

    With --serve, which is what `make run` calls, the instance is made where it is missing (in
    instance/example, or where QIJIMU_INSTANCE says), made anew when it is no longer of today and
    nobody has written in it, and then served.

    \b
    Example:
      QIJIMU_INSTANCE=/tmp/look python run.py init
      QIJIMU_INSTANCE=/tmp/look python run.py example --json
      python run.py example --serve
    """
    if as_json and and_serve:
        raise click.UsageError("--json prints and ends; --serve serves: choose one")
    if and_serve:
        _serve_example()
        return
    instance = opened_instance()
    base_url = address_of(settings_of(instance.folder, is_example=True))
    if instance.is_empty or not instance.is_example:  # real records are refused there
        say("Loading the example season")
        load_example(instance, base_url=base_url)
    elif is_stale(instance):
        say("This example is not of today. `example --serve` makes it anew, if nobody wrote in it.")
    summary = example_summary(instance, base_url)
    instance.database.close()
    if as_json:
        click.echo(json.dumps(summary))
        return
    click.echo(f"{summary['scan']}  what a shopper sees\n{summary['lot']}  its lot")
    for role, link in summary["invitations"].items():
        click.echo(f"{link}  {role}, once, within 24 hours")


def _serve_example() -> None:
    folder = folder_of_instance()
    if folder == DEFAULT_FOLDER:
        folder = EXAMPLE_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    settings = settings_of(folder, is_example=True)
    base_url = lan_base_url(settings) or address_of(settings)

    def prepare() -> None:
        say("Making the example of today, where it is not there yet: a moment, please")
        example_of_today(folder, DEFAULT_ORIGIN, base_url).database.close()

    run_server(folder, prepare)
