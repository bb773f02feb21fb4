"""The first page: what this is, a box for a code, in an example a button for each person."""

from urllib.parse import urlencode

from flask import Blueprint, abort, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from ..capture.people import sign_in_as
from ..domain.errors import NotFound
from ..query.example_people import hero_codes
from .access import current_session, house
from .language import current_language
from .personas import people_to_be
from .security import set_session_cookie
from .signing_in import first_page

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def home() -> ResponseReturnValue:
    """What the product does, in a minute; with `?code=` the page of that label."""
    typed = request.args.get("code", "").strip()
    if typed:
        return redirect("/t?" + urlencode({"code": typed[:100]}))
    instance = house().instance
    hero = hero_codes(instance) if instance.is_example else None
    session = current_session()
    return render_template(
        "home/home.html",
        people=people_to_be(),
        hero=hero,
        session=session,
        desk=first_page(session.role) if session else None,
        language=current_language(),
    )


@blueprint.post("/persona/<role>")
def persona(role: str) -> ResponseReturnValue:
    """Become one of the example's people."""
    found = next((one for one in people_to_be() if one.role == role), None)
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
