"""The blueprint of the manager's desk, and what all its views ask: who, which co-op, which day."""

from dataclasses import replace
from datetime import date
from typing import Any

from flask import Blueprint, abort, render_template, request, send_file
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from ...capture.files import keep_paper
from ...domain.errors import N_, Problem, Refused
from ...domain.events import Photo
from ...domain.imbalance import RULES
from ...domain.roles import ROLES
from ...domain.standing import BREACHES
from ...domain.vocabulary import EVENT_TYPES
from ...query.kept_files import DiskFull, own_file
from ..access import actor, deed, house, signed_in
from ..form_once import new_form
from ..language import current_language
from ..record_words import hold_words, summary, type_words
from ..time_words import written_words
from .options import choice_pairs, choice_tiles, option_pairs, option_tiles, picture_tiles

blueprint = Blueprint("manage", __name__, url_prefix="/manage")

_NOT_ARRIVED = Photo("a file that did not arrive")
DISK_FULL = N_("The server has no room for this file just now. Everything typed is still here.")


FRAME = {
    "roles": ROLES,
    "event_types": EVENT_TYPES,
    "breaches": BREACHES,
    "amount_rules": RULES,
    "hold_words": hold_words,
    "summary": summary,
    "type_words": type_words,
    "written_words": written_words,
    "option_pairs": option_pairs,
    "option_tiles": option_tiles,
    "choice_pairs": choice_pairs,
    "choice_tiles": choice_tiles,
    "picture_tiles": picture_tiles,
}
"""What the templates of both desks ask for by name."""


def today() -> date:
    """Today's date at the co-op."""
    return house().recorder.clock().astimezone(signed_in().zone).date()


def page(template: str, **shown: Any) -> str:
    """A page of templates/manage with what all of them need."""
    session = signed_in()
    shown.setdefault("typed", new_form())
    return render_template(
        f"manage/{template}.html",
        session=session,
        language=current_language(),
        today=today(),
        **FRAME,
        **shown,
    )


def refused_page(template: str, problems: tuple[Problem, ...], **shown: Any) -> ResponseReturnValue:
    """The same form again, with everything typed and every problem beside its field."""
    typed: MultiDict[str, str] = MultiDict(request.form)
    return page(template, problems=problems, typed=typed, **shown), 422


def take_file(name: str, label: str) -> tuple[str, tuple[Problem, ...]]:
    """Keep what was uploaded in a field; its hash, or an empty text, and what is wrong with it."""
    file = request.files.get(name)
    if file is None or not file.filename:
        return "", ()
    try:
        return keep_paper(house().recorder, actor(), file.read()), ()
    except Refused as refused:
        return "", tuple(replace(one, field=name, label=label) for one in refused.problems)
    except DiskFull:
        return "", (Problem(name, DISK_FULL, {}, label),)


def named_files(sha256: str, wrong: tuple[Problem, ...]) -> tuple[Photo, ...]:
    """The file as a report names it; one that was refused makes the report be refused with it."""
    return (_NOT_ARRIVED,) if wrong else (Photo(sha256),) if sha256 else ()


def with_files(
    problems: tuple[Problem, ...], field: str, wrong: tuple[Problem, ...]
) -> tuple[Problem, ...]:
    """A report's problems, what is wrong with its file said once, by the reason it was refused."""
    others = [one for one in problems if not (wrong and one.field == field)]
    return (*others, *wrong)


def kept_file(sha256: str) -> ResponseReturnValue:
    """A photo or paper of the co-op the session acts in; `?small=1` is the picture for a list."""
    found = own_file(house().instance, signed_in().coop_id, sha256, "small" in request.args)
    if found is None:
        abort(404)
    path, media_type = found
    answer = send_file(path, mimetype=media_type, conditional=True)
    answer.headers["Cache-Control"] = "private, max-age=86400"
    return answer


@blueprint.get("/files/<sha256>")
@deed("see_desk")
def file(sha256: str) -> ResponseReturnValue:
    """A photo or paper of our own co-op."""
    return kept_file(sha256)
