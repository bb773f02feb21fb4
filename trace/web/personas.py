"""Whether a request may become one of the example's people, and who they are.

Whoever sits at the machine may be anybody, a neighbour on the network may not: the server must be
reached on loopback, with nothing forwarding the request.
"""

from ipaddress import ip_address

from flask import request

from ..query.example_people import Persona, personas
from .access import house
from .settings import current_settings

FORWARDING = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP")


def shows_personas() -> bool:
    """Whether this request may sign in as an example person."""
    settings = current_settings()
    if not settings.is_example or not house().instance.is_example:
        return False
    if any(name in request.headers for name in FORWARDING):
        return False
    try:
        listens_locally = settings.host == "localhost" or ip_address(settings.host).is_loopback
        asks_locally = ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
    return listens_locally and asks_locally and not settings.lan


def people_to_be() -> tuple[Persona, ...]:
    """The people whose buttons this request is shown; none outside an example."""
    return personas(house().instance) if shows_personas() else ()
