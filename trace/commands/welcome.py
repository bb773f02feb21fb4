"""What `serve` says when it starts: the pages to open, and QR codes for phones where LAN=1."""

import click

from ..domain.public_address import label_address_problem
from ..query.example_people import hero_codes
from ..repository.instance import Instance
from ..web.settings import Settings
from ..web.wsgi import INSTANCE
from .addresses import lan_base_url, show_addresses, show_qr
from .example.renewing import was_written_in
from .example.summary import example_summary

DESKS = [
    ("/farm", "growers"),
    ("/packing", "packing house"),
    ("/manage", "manager's desk"),
    ("/inspect", "inspector's desk"),
]


def show_welcome(instance: Instance, settings: Settings) -> None:
    """Print what can be opened."""
    if instance.is_example:
        _show_example(instance, settings)
    else:
        _show_real(instance, settings)
    if settings.lan and not lan_base_url(settings):
        click.echo("This machine has no address in a local network: phones cannot reach it.")


def _show_real(instance: Instance, settings: Settings) -> None:
    """Print what a real installation can open."""
    click.echo(f"Serving {instance.folder}. Ctrl-C ends it.")
    show_addresses(
        settings,
        [
            ("/", "type a label's code"),
            *DESKS,
        ],
    )
    if label_address_problem(settings.public_base_url):
        click.echo("Real labels are refused until PUBLIC_BASE_URL is a public https address.")
    if lan_url := lan_base_url(settings):
        show_qr(lan_url, "For phones in this network")


def _show_example(instance: Instance, settings: Settings) -> None:
    """Print what to open in an example: all of it invented."""
    click.echo(f"Serving the example in {instance.folder}. Ctrl-C ends it. Open:")
    codes = hero_codes(instance)
    hero = [(f"/t/{codes[0]}", "what a shopper sees who scans a label")] if codes else []
    show_addresses(
        settings,
        [
            ("/", "a button for each person of the example"),
            *hero,
            *DESKS,
        ],
    )
    if was_written_in(instance):
        click.echo(f"Somebody wrote in it, so it is kept as it is. Another: {INSTANCE}=FOLDER")
    lan_url = lan_base_url(settings)
    if lan_url and codes:
        summary = example_summary(instance, lan_url)
        for role, link in summary["invitations"].items():
            if role != "grower":
                click.echo(f"  {link}  {role}, once, within 24 hours")
        show_qr(summary["scan"], "What a shopper sees, on a phone in this network")
        show_qr(summary["invitations"]["grower"], "A grower's phone: works once, within 24 hours")
