"""Whether an address may stand on labels: goods travel, and what is printed stays for years.

An example instance prints labels for loopback too; its caller does not ask.
"""

from ipaddress import ip_address
from urllib.parse import urlsplit

from .errors import N_, Problem

NO_ADDRESS = N_("Labels need the public address of this server: the setting PUBLIC_BASE_URL.")
NOT_HTTPS = N_("Labels need an address that begins with https://, not %(given)s.")
NOT_PUBLIC = N_("%(given)s can only be reached from nearby: labels need a public address.")

# RFC 6761 and RFC 6762, ICANN's .internal, and what home routers call their own network.
_NEARBY_DOMAINS = frozenset({"localhost", "local", "internal", "lan", "home", "arpa"})


def label_address_problem(base_url: str | None) -> Problem | None:
    """Why real labels must not be printed with this address, or None where they may.

    >>> label_address_problem("https://qijimu.example")
    >>> print(label_address_problem("https://192.168.1.7"))
    base_url: https://192.168.1.7 can only be reached from nearby: labels need a public address.
    """
    if not base_url:
        return Problem("base_url", NO_ADDRESS)
    url = urlsplit(base_url)
    if url.scheme != "https":
        return Problem("base_url", NOT_HTTPS, {"given": base_url})
    if not _is_public(url.hostname or ""):
        return Problem("base_url", NOT_PUBLIC, {"given": base_url})
    return None


def _is_public(host: str) -> bool:
    try:
        return ip_address(host).is_global
    except ValueError:
        labels = host.lower().rstrip(".").split(".")
    # A name that ends in a number is an address in a shorter writing: 127.1 is loopback.
    return len(labels) > 1 and labels[-1] not in _NEARBY_DOMAINS and not labels[-1].isdigit()
