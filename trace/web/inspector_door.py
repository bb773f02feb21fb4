"""The door of an inspector's pages: shut outside his days, and every page he reads written down.

`access.deed` asks here for each view, so that no page of whatever desk can be forgotten. The row
is written before the page is sent: what cannot be written down is not shown. A page that shows
days says so by `tell_days`; a small picture belongs to the page of its record. A form shown again
with its problems shows the same lists, and is written down again.
"""

from datetime import date, datetime

from flask import g, make_response, render_template, request
from flask.typing import ResponseReturnValue

from ..capture.reading_log import PageRead, record_read
from ..capture.recording import Actor, Recorder
from ..domain.errors import N_
from ..domain.reading_span import OPEN
from ..domain.roles import ROLES
from ..query.sessions import Session
from .language import current_language

READ_PAGES: dict[str, str] = {
    "inspect.home": N_("The overview"),
    "inspect.records": N_("The list of records"),
    "inspect.record": N_("A record"),
    "inspect.lots": N_("The list of lots"),
    "inspect.lot": N_("A lot or planting"),
    "inspect.plots": N_("The list of plots"),
    "inspect.plot": N_("A plot"),
    "inspect.certificates": N_("The certificates"),
    "inspect.file": N_("A photo or paper"),
    "inspect.choose_subject": N_("What can be inspected"),
    "inspect.change_result": N_("The form of an inspection"),
    "inspect.result_form": N_("The form of an inspection"),
    "inspect.check": N_("The form of an inspection"),
    "inspect.sign": N_("The form of an inspection"),
    "inspect.correction_form": N_("The form to correct an inspection"),
    "inspect.correct": N_("The form to correct an inspection"),
    "inspect.papers": N_("What the production record lacks"),
    "inspect.production_paper": N_("The production record, printed"),
    "inspect.spray_paper": N_("The spray record, printed"),
    "inspect.workbook": N_("The production and spray record, as a spreadsheet"),
    "farm.record_inspection": N_("The form of an inspection"),
    "farm.save_inspection": N_("The form of an inspection"),
    "farm.tests": N_("The grid of a morning's tests"),
    "farm.save_tests": N_("The grid of a morning's tests"),
    "farm.tested": N_("The grid of a morning's tests"),
}
"""Every page an inspector can open, in the words of the log; a test walks the routes."""

NOT_LOGGED = frozenset({"inspect.reads"})
"""His own list of what he read tells nothing of the co-op."""

SHOWN = (200, 206, 304, 422)
"""Answers that show something; a redirect shows nothing, its target is written down."""


def tell_days(days: tuple[date, date]) -> None:
    """Say which days the page of this request covers."""
    g.days_read = days


def closed_page(session: Session, now: datetime) -> ResponseReturnValue | None:
    """The page that says his days here are over or have not begun, or None while they run."""
    today = now.astimezone(session.zone).date()
    state = session.span.state(today)
    if state == OPEN:
        return None
    shown = render_template(
        "inspect/closed.html",
        session=session,
        state=state,
        roles=ROLES,
        language=current_language(),
    )
    return shown, 403


def log_read(recorder: Recorder, actor: Actor, answer: ResponseReturnValue) -> None:
    """Write down that this page was read, if it is one and was shown."""
    shown = make_response(answer) if isinstance(answer, tuple) else answer
    code = getattr(shown, "status_code", 200)
    if code not in SHOWN or request.endpoint in NOT_LOGGED:
        return
    if request.endpoint == "inspect.file" and "small" in request.args:
        return
    subject = next((str(one) for one in (request.view_args or {}).values()), "")
    page = PageRead(request.endpoint or "", subject, g.get("days_read"))
    record_read(recorder, actor, page)
