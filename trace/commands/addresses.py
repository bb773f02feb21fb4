"""What `serve` prints: addresses to open, and QR codes in the terminal for one's own phone."""

import errno
import socket
from contextlib import suppress
from io import StringIO
from ipaddress import ip_address

import click
import qrcode

from ..web.settings import Settings
from .surroundings import address_of

# Of a block kept for documentation (RFC 5737). Nothing is sent: a UDP socket is only given a route.
_ANYWHERE = ("192.0.2.1", 9)


def lan_address() -> str | None:
    """This machine's address in its local network; None where it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_ANYWHERE)
            found = str(probe.getsockname()[0])
        except OSError:
            return None
    return None if ip_address(found).is_loopback else found


def lan_base_url(settings: Settings) -> str | None:
    """Where phones of the local network reach this server; None unless LAN=1 and there is one."""
    found = lan_address() if settings.lan else None
    return f"http://{found}:{settings.port}" if found else None


def is_port_free(settings: Settings) -> bool:
    """Whether nobody listens there yet; OSError for an address that is not this machine's.

    Asked without SO_REUSEPORT, which the server uses: two servers could share the port otherwise.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return False
            raise
    return True


def show_addresses(settings: Settings, pages: list[tuple[str, str]]) -> None:
    """Print what to open; `pages` are paths and what they show."""
    base_url = address_of(settings)
    width = max((len(base_url + path) for path, _ in pages), default=0)
    for path, shown in pages:
        click.echo(f"  {base_url + path:<{width}}  {shown}")


def show_qr(url: str, title: str) -> None:
    """Print a QR code as text, for a phone held before the screen; the address alone where the
    terminal's encoding has no blocks."""
    click.echo(f"\n{title}\n{url}")
    symbol = qrcode.QRCode(border=2, error_correction=qrcode.constants.ERROR_CORRECT_L)
    symbol.add_data(url)
    drawing = StringIO()
    symbol.print_ascii(out=drawing, invert=True)
    with suppress(UnicodeEncodeError):
        click.echo(drawing.getvalue())
