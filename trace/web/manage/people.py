"""Members, their devices, and invitations."""

from dataclasses import replace

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from ...capture.declaring_once import Declaration, declare_once
from ...capture.people import end_membership, invite, sign_out_everywhere
from ...domain.errors import N_, Problem, Refused
from ...domain.reading_span import UNLIMITED, read_span
from ...domain.roles import ROLES
from ...query.declared_nouns import nouns_of
from ...query.inspector_reads import spans_of
from ...query.members import Member, people_of
from ..access import actor, deed, house, signed_in
from ..form_once import new_form, submission_id
from ..link_picture import link_picture
from ..settings import current_settings
from ..words import _
from .routes import blueprint, page, refused_page, today

CHOOSE_SOMEBODY = N_("Choose somebody from the list, or write a name.")
NOT_YOURSELF = N_("You cannot end your own membership; another manager has to do it.")
NOT_A_ROLE = N_("Choose what this person does.")
INVITED_KINDS = ("person", "office", "laboratory")


def _member(membership_id: str) -> Member:
    people = people_of(house().instance, signed_in().coop_id, house().recorder.clock())
    for one in (*people.members, *people.former):
        if one.membership_id == membership_id:
            return one
    abort(404)


@blueprint.get("/people")
@deed("manage_people")
def people() -> ResponseReturnValue:
    """Everybody who works in this co-op, and who is invited."""
    found = people_of(house().instance, signed_in().coop_id, house().recorder.clock())
    inspects = [one.membership_id for one in found.members if one.role == "inspector"]
    spans = spans_of(house().instance, inspects)
    return page("people", here="/manage/people", people=found, spans=spans)


@blueprint.get("/people/<membership_id>")
@deed("manage_people")
def member(membership_id: str) -> ResponseReturnValue:
    """One member: a new phone, a lost phone, leaving."""
    found = _member(membership_id)
    return page("member", here="/manage/people", member=found)


@blueprint.post("/people/<membership_id>/sign-out")
@deed("manage_people")
def sign_member_out(membership_id: str) -> ResponseReturnValue:
    """Sign all devices of a member out, as after a lost phone."""
    sign_out_everywhere(house().recorder, actor(), _member(membership_id).account_id)
    if _member(membership_id).account_id == signed_in().account_id:
        return redirect(url_for("signing_in.sign_in"), 303)
    return redirect(url_for("manage.member", membership_id=membership_id), 303)


@blueprint.post("/people/<membership_id>/end")
@deed("manage_people")
def end_member(membership_id: str) -> ResponseReturnValue:
    """End somebody's membership; what they recorded stays."""
    found = _member(membership_id)
    if membership_id == signed_in().membership_id:
        problem = Problem("", NOT_YOURSELF)
        return refused_page("member", (problem,), here="/manage/people", member=found)
    if found.ended is None:
        end_membership(house().recorder, actor(), membership_id)
    return redirect(url_for("manage.people"), 303)


def _choices() -> dict[str, object]:
    parties = [
        one
        for one in nouns_of(house().instance, signed_in().coop_id, "party")
        if one.text("kind") in INVITED_KINDS
    ]
    return {"here": "/manage/people", "parties": parties}


@blueprint.get("/people/invite")
@deed("invite")
def invitation_form() -> ResponseReturnValue:
    """Whom to invite as what; `?party=` and `?role=` choose ahead."""
    asked = {name: request.args.get(name, "") for name in ("party", "role")}
    return page("invite", typed=new_form(asked), **_choices())


@blueprint.post("/people/invite")
@deed("invite")
def make_invitation() -> ResponseReturnValue:
    """Make the link and show it, this once: only its hash is kept."""
    role, party_id = request.form.get("role", ""), request.form.get("party", "")
    name = " ".join(request.form.get("name", "").split())
    problems = []
    if role not in ROLES:
        problems.append(Problem("role", NOT_A_ROLE, {}, N_("What they do")))
    if not party_id and not name:
        problems.append(Problem("party", CHOOSE_SOMEBODY, {}, N_("Who")))
    known = {one.id: one for one in nouns_of(house().instance, signed_in().coop_id, "party")}
    if party_id and not name and party_id not in known:
        problems.append(Problem("party", CHOOSE_SOMEBODY, {}, N_("Who")))
    span = UNLIMITED
    if role == "inspector":
        first, last = request.form.get("first_day", ""), request.form.get("last_day", "")
        span, wrong = read_span(first, last, today())
        problems += wrong
    if problems:
        return refused_page("invite", tuple(problems), **_choices())
    try:
        if name:
            party_id = _new_party(name, role)
        token = invite(house().recorder, actor(), role, party_id, span)
    except Refused as refused:
        said = tuple(replace(one, field=one.field or "name") for one in refused.problems)
        return refused_page("invite", said, **_choices())
    link = _base() + url_for("signing_in.invitation", token=token)
    who = known.get(party_id)
    picture = link_picture(link, _("The link as a code to scan"))
    return page(
        "invited",
        here="/manage/people",
        link=link,
        picture_of_link=picture,
        name=name or (who.text("name") if who else ""),
        role=_(ROLES[role]),
    )


def _new_party(name: str, role: str) -> str:
    """Add the person; an inspector is of a public office."""
    sent = {"name": name, "kind": "office" if role == "inspector" else "person"}
    phone = request.form.get("phone", "").strip()
    declaration = Declaration("party", sent | ({"phone": phone} if phone else {}))
    return declare_once(house().recorder, actor(), declaration, submission_id("party"))


def _base() -> str:
    return current_settings().public_base_url or request.host_url.rstrip("/")
