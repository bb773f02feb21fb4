"""The first page: what this is, a box for a label's code, in an example a button for each person.

The buttons are there only where the server is reached on loopback and nothing forwarded the
request: whoever sits at the machine may be anybody, a neighbour on the network may not.
"""

from ipaddress import ip_address
from urllib.parse import urlencode

from flask import Blueprint, abort, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from ..capture.people import sign_in_as
from ..domain.errors import NotFound
from ..query.example_people import hero_codes, personas
from .access import current_session, house
from .language import current_language
from .security import set_session_cookie
from .settings import current_settings
from .signing_in import first_page

blueprint = Blueprint("home", __name__)

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


@blueprint.get("/")
def home() -> ResponseReturnValue:
    """What the product does, in a minute; with `?code=` the page of that label."""
    typed = request.args.get("code", "").strip()
    if typed:
        return redirect("/t?" + urlencode({"code": typed[:100]}))
    instance = house().instance
    people = personas(instance) if shows_personas() else ()
    hero = hero_codes(instance) if instance.is_example else None
    session = current_session()
    return render_template(
        "home/home.html",
        people=people,
        hero=hero,
        session=session,
        desk=first_page(session.role) if session else None,
        language=current_language(),
    )


@blueprint.post("/persona/<role>")
def persona(role: str) -> ResponseReturnValue:
    """Become one of the example's people."""
    if not shows_personas():
        abort(403)
    found = next((one for one in personas(house().instance) if one.role == role), None)
    if found is None:
        abort(404)
    try:
        session = sign_in_as(
            house().recorder, found.membership_id, request.headers.get("User-Agent", "")
        )
    except NotFound:
        abort(404)
    response = make_response(redirect(first_page(session.role), 303))
    set_session_cookie(response, session.token)
    return response
