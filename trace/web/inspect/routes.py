"""The blueprint of the inspector's desk, and what all its views ask: which days, which co-op."""

from datetime import date
from typing import Any

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from ...query.inspector_reads import may_read_file
from ..access import deed, house, signed_in
from ..days_asked import days_asked
from ..form_once import new_form
from ..inspector_door import tell_days
from ..language import current_language
from ..manage.routes import FRAME, kept_file, today

blueprint = Blueprint("inspect", __name__, url_prefix="/inspect")


def page(template: str, **shown: Any) -> str:
    """A page of templates/inspect with what all of them need."""
    shown.setdefault("typed", new_form())
    return render_template(
        f"inspect/{template}.html",
        session=signed_in(),
        language=current_language(),
        today=today(),
        **FRAME,
        **shown,
    )


def days_to_read() -> tuple[date, date]:
    """The days asked for, as far as he may read them; the log is told."""
    span = signed_in().span
    days = span.within(days_asked(today()))
    if days[0] > days[1]:  # none of the days asked for is his: the nearest one that is
        edge = span.first if span.first and span.first > days[1] else span.last or days[1]
        days = (edge, edge)
    tell_days(days)
    return days


@blueprint.get("/files/<sha256>")
@deed("inspect")
def file(sha256: str) -> ResponseReturnValue:
    """A photo or paper of the co-op chosen, of a record that he may read."""
    session = signed_in()
    if not may_read_file(house().instance, session.coop_id, session.span, sha256):
        abort(404)
    return kept_file(sha256)
