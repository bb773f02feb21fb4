"""Lists of what the co-op has declared: add, change (a new version each time), retire."""

from typing import Any
from zoneinfo import available_timezones

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from ...capture.declaring_once import Declaration, declare_once
from ...domain.certificates import state_on
from ...domain.declared import NOUNS, fields
from ...domain.declared_check import check_declared
from ...domain.errors import N_, Problem, Refused
from ...domain.event_check import Known
from ...query.declared_nouns import Declared, has_file, named, nouns_of, versions_of, who_declared
from ..access import actor, deed, house, signed_in
from ..form_once import new_form, submission_id
from .corrections import told_or_404
from .noun_forms import SHELVES, Shelf
from .noun_words import about, changes
from .routes import blueprint, page, refused_page, take_file, today

NOT_A_ZONE = N_("“%(given)s” is not a time zone.")
NOT_OURS = N_("One of these is not in your lists.")
LISTED = {"product_ids": "product", "site_ids": "site"}
_NAMES = "any(plots, products, inputs, customers, certificates, sites)"


def _shelf(name: str) -> Shelf:
    return SHELVES[name]


def _own(shelf: Shelf, noun_id: str) -> tuple[Declared, ...]:
    """Every version of one of ours, newest first."""
    versions = versions_of(house().instance, signed_in().coop_id, shelf.noun, noun_id)
    if not versions:
        abort(404)
    return versions


def _referred(found: tuple[Declared, ...]) -> dict[str, Declared]:
    """What these name: growers, bases, products."""
    ids: set[str] = set()
    for one in found:
        for field in NOUNS[one.noun]:
            if field.kind in NOUNS:
                ids.add(one.text(field.name))
            elif field.name in LISTED:
                ids |= {str(each) for each in one.fields.get(field.name, ())}
    return named(house().instance, ids)


@blueprint.get(f"/<{_NAMES}:name>")
@deed("declare")
def shelf(name: str) -> ResponseReturnValue:
    """One list, newest first, what is retired folded away."""
    kept = _shelf(name)
    everything = nouns_of(house().instance, signed_in().coop_id, kept.noun, with_retired=True)
    referred = _referred(everything)
    lines = [(one, about(kept, one, referred)) for one in everything]
    return page(
        "nouns",
        here=f"/manage/{name}",
        name=name,
        shelf=kept,
        kinds=_kinds(kept),
        lines=[pair for pair in lines if not pair[0].is_retired],
        retired=[pair for pair in lines if pair[0].is_retired],
        certificate_state=lambda one: state_on(one.fields, today()),
    )


def _kinds(kept: Shelf) -> tuple[tuple[str, str], ...]:
    """The headings of a list that is told apart by kind: parties and inputs."""
    grouped = kept.noun in ("party", "input", "site")
    return fields(kept.noun)["kind"].choices if grouped else (("", ""),)


@blueprint.get(f"/<{_NAMES}:name>/new")
@deed("declare")
def new(name: str) -> ResponseReturnValue:
    """An empty form."""
    return page("noun", typed=new_form(), **_form(name))


@blueprint.post(f"/<{_NAMES}:name>/new")
@deed("declare")
def add(name: str) -> ResponseReturnValue:
    """Declare a new one."""
    return _save(name, None)


@blueprint.get(f"/<{_NAMES}:name>/<noun_id>")
@deed("declare")
def change_form(name: str, noun_id: str) -> ResponseReturnValue:
    """One of them: its form filled in, and how it came to be so."""
    return _filled(name, noun_id)


@blueprint.post(f"/<{_NAMES}:name>/<noun_id>")
@deed("declare")
def change(name: str, noun_id: str) -> ResponseReturnValue:
    """Declare a new version."""
    return _save(name, noun_id)


@blueprint.post(f"/<{_NAMES}:name>/<noun_id>/retire")
@deed("declare")
def retire(name: str, noun_id: str) -> ResponseReturnValue:
    """Take it off the lists, or put it back; its past records keep it."""
    newest = _own(_shelf(name), noun_id)[0]
    ends = request.form.get("put_back") != "yes"
    declaration = Declaration(newest.noun, newest.fields, noun_id, retired=ends)
    if newest.is_retired != ends:
        once = submission_id(str(newest.version))
        try:
            declare_once(house().recorder, actor(), declaration, once)
        except Refused as refused:
            versions = _own(_shelf(name), noun_id)
            shown = _form(name, versions) | {"typed": new_form(newest.fields)}
            return page("noun", problems=refused.problems, **shown), 422
    return redirect(url_for("manage.shelf", name=name), 303)


@blueprint.get("/coop")
@deed("declare")
def coop_form() -> ResponseReturnValue:
    """The co-op's own particulars."""
    return _filled("coop", signed_in().coop_id)


@blueprint.post("/coop")
@deed("declare")
def change_coop() -> ResponseReturnValue:
    """A new version of the co-op."""
    return _save("coop", signed_in().coop_id)


def _filled(name: str, noun_id: str) -> ResponseReturnValue:
    versions = _own(_shelf(name), noun_id)
    return page("noun", typed=new_form(_typed(versions[0])), **_form(name, versions))


def _typed(newest: Declared) -> dict[str, Any]:
    """What a form is filled in with; a co-op stands there by its name, as it is typed."""
    coop_id = newest.text("coop_id")
    coops = named(house().instance, {coop_id}) if coop_id else {}
    named_by = next((one.text("name") for one in coops.values()), "")
    return {**newest.fields, **({"coop_id": named_by} if named_by else {})}


def _form(name: str, versions: tuple[Declared, ...] = ()) -> dict[str, Any]:
    """What the form of one noun needs: its layout, what may be chosen, its history."""
    kept = _shelf(name)
    coop_id = signed_in().coop_id
    nouns = {noun: nouns_of(house().instance, coop_id, noun) for noun in ("site", "product")}
    parties = nouns_of(house().instance, coop_id, "party")
    referred = _referred(versions)
    return {
        "here": f"/manage/{name}",
        "name": name,
        "shelf": kept,
        "current": versions[0] if versions else None,
        "versions": [
            (one, changes(kept, one, versions[at + 1 : at + 2], referred))
            for at, one in enumerate(versions)
        ],
        "who": who_declared(house().instance, versions),
        "listed": {
            "grower_id": [one for one in parties if one.text("kind") == "person"],
            "site_id": nouns["site"],
            "product_ids": nouns["product"],
            "site_ids": nouns["site"],
        },
    }


def _sent(kept: Shelf, file: str) -> dict[str, Any]:
    """What the form says, empty fields left out."""
    sent: dict[str, Any] = {}
    for field in NOUNS[kept.noun]:
        if field.name in LISTED:
            value: Any = request.form.getlist(field.name)
        elif field.name == "file":
            value = file or request.form.get("file_kept", "")
        else:
            value = request.form.get(field.name, "").strip()
        if value:
            sent[field.name] = value
    return sent


def _problems(sent: dict[str, Any]) -> list[Problem]:
    """What the domain cannot know: time zones, and whether the file is ours."""
    instance, coop_id = house().instance, signed_in().coop_id
    found = []
    zone = sent.get("time_zone")
    if zone and zone not in available_timezones():
        found.append(Problem("time_zone", NOT_A_ZONE, {"given": zone[:40]}, N_("Time zone")))
    if "file" in sent and not has_file(instance, coop_id, sent["file"]):
        found.append(Problem("file", NOT_OURS, {}, N_("File")))
    return found


def _read_problems(noun: str, sent: dict[str, Any]) -> list[Problem]:
    """What the domain says of a form that is refused in any case."""
    instance, coop_id = house().instance, signed_in().coop_id
    ids = {
        named: frozenset(one.id for one in nouns_of(instance, coop_id, named))
        for named in ("party", "site", "product")
    }
    asked = {name: value for name, value in sent.items() if name != "coop_id"}
    return check_declared(noun, asked, Known(ids=ids))[2]


def _save(name: str, noun_id: str | None) -> ResponseReturnValue:
    kept = _shelf(name)
    versions = _own(kept, noun_id) if noun_id else ()
    file, wrong = take_file("file", N_("File")) if kept.noun == "certificate" else ("", ())
    sent = _sent(kept, file)
    problems = [*wrong, *_problems(sent)]
    if problems:
        problems += _read_problems(kept.noun, sent)
    declaration = Declaration(kept.noun, sent, noun_id)
    try:
        if problems:
            raise Refused(problems)
        declare_once(house().recorder, actor(), declaration, submission_id(file))
    except Refused as refused:
        wrong_fields = {problem.field for problem in refused.problems}
        return refused_page(
            "noun",
            refused.problems,
            kept_file=file or request.form.get("file_kept", ""),
            folded_open=bool(wrong_fields & set(kept.folded)),
            **_form(name, versions),
        )
    if name == "coop":
        return redirect(url_for("manage.home"), 303)
    if name == "inputs" and request.form.get("for"):
        back_to = told_or_404(request.form["for"]).record.entry_id
        return redirect(url_for("manage.identify_form", entry_id=back_to), 303)
    return redirect(url_for("manage.shelf", name=name), 303)
