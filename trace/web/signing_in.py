"""Signing in by invitation, signing out, and choosing the co-op to act in.

Opening an invitation only shows a button: chat apps open links ahead, so only the POST uses it up.
"""

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ..capture.people import accept_invitation, choose_coop, sign_out
from ..domain.errors import NotFound, Refused
from ..domain.roles import ROLES
from ..query.invitations import invitation_of
from .access import current_session, deed, house
from .language import current_language
from .personas import people_to_be
from .security import clear_session_cookie, own_address, set_session_cookie

blueprint = Blueprint("signing_in", __name__)

FIRST_PAGE = {
    "grower": "/farm",
    "tester": "/farm",
    "packer": "/packing",
    "manager": "/manage",
    "inspector": "/inspect",
}


def first_page(role: str) -> str:
    """Where somebody of this role begins."""
    return FIRST_PAGE[role]


@blueprint.get("/sign-in")
def sign_in() -> ResponseReturnValue:
    """How to sign in: there is no password, only the manager's invitation."""
    session = current_session()
    if session:
        return redirect(own_address(request.args.get("next"), first_page(session.role)))
    return render_template(
        "signing_in/sign_in.html", people=people_to_be(), language=current_language()
    )


@blueprint.get("/invitation/<token>")
def invitation(token: str) -> ResponseReturnValue:
    """Show who is invited to what, and the button."""
    found = invitation_of(house().instance, token, house().recorder.clock())
    if found is None:
        return render_template("signing_in/invitation.html", found=None), 404
    return render_template("signing_in/invitation.html", found=found, role=_(ROLES[found.role]))


@blueprint.post("/invitation/<token>")
def use_invitation(token: str) -> ResponseReturnValue:
    """Use the invitation up and enrol this device."""
    here = current_session()
    inspector = here.account_id if here and here.role == "inspector" else None
    device = request.headers.get("User-Agent", "")[:200]
    try:
        session = accept_invitation(house().recorder, token, device, inspector)
    except Refused as refused:
        found = invitation_of(house().instance, token, house().recorder.clock())
        status = 410 if found else 404
        return (
            render_template("signing_in/invitation.html", found=found, problems=refused.problems),
            status,
        )
    response = make_response(redirect(first_page(session.role), 303))
    set_session_cookie(response, session.token)
    return response


@blueprint.post("/sign-out")
@deed("use_session")
def leave() -> ResponseReturnValue:
    """Sign this device out."""
    session = current_session()
    if session:
        sign_out(house().recorder, session.token)
    response = make_response(redirect(url_for("home.home"), 303))
    clear_session_cookie(response)
    return response


@blueprint.post("/choose")
@deed("use_session")
def choose() -> ResponseReturnValue:
    """Act in another of one's co-ops or roles from now on."""
    session = current_session()
    membership_id = request.form.get("membership", "")
    place = (
        next((one for one in session.places if one.membership_id == membership_id), None)
        if session
        else None
    )
    if session is None or place is None:
        abort(404)
    try:
        choose_coop(house().recorder, session.token, membership_id)
    except NotFound:
        abort(404)
    return redirect(own_address(request.form.get("next"), first_page(place.role)), 303)
