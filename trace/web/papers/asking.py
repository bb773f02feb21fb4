"""Which days and which plot the papers are asked for; the page before the download, the files."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from flask import abort, render_template, request, send_file
from flask.typing import ResponseReturnValue

from ...domain.errors import N_
from ...domain.reading_span import Span
from ...query.declared_nouns import nouns_of
from ...query.production_record import MOST_RECORDS, ProductionRecord, production_record
from ..access import house, signed_in
from ..inspector_door import tell_days
from ..language import current_language
from ..settings import current_settings
from ..words import _
from . import cells, files, notes

SHOWN_MISSING = 100
PDF, XLSX = (
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
)
MAKERS: dict[str, tuple[str, str, str, Callable[[files.Source], bytes]]] = {
    "production": (N_("Production record"), "pdf", PDF, files.production_pdf),
    "spray": (N_("Spray record"), "pdf", PDF, files.spray_pdf),
    "workbook": (N_("Production and spray record"), "xlsx", XLSX, files.workbook),
}


@dataclass(frozen=True)
class Asked:
    """The days and the plot asked for, empty for all plots."""

    days: tuple[date, date]
    plot_id: str

    @property
    def query(self) -> dict[str, str]:
        """The same as parameters of an address."""
        days = {"from": self.days[0].isoformat(), "to": self.days[1].isoformat()}
        return days | ({"plot": self.plot_id} if self.plot_id else {})


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None


def asked(span: Span) -> Asked:
    """What the address asks for: this year where it names no days, never outside the span."""
    today = house().recorder.clock().astimezone(signed_in().zone).date()
    last = _day("to") or today
    first = _day("from") or date(last.year, 1, 1)
    days = span.within((min(first, last), max(first, last)))
    if days[0] > days[1]:
        edge = span.first if span.first and span.first > days[1] else span.last or days[1]
        days = (edge, edge)
    tell_days(days)
    return Asked(days, request.args.get("plot", ""))


def _record(what: Asked) -> ProductionRecord:
    found = production_record(house().instance, signed_in().coop_id, what.days, what.plot_id)
    if found is None:
        abort(404)
    return found


def papers_page(template: str, span: Span, **shown: Any) -> ResponseReturnValue:
    """What the papers would hold and what they lack, with the way to each file."""
    what = asked(span)
    record = _record(what)
    lines = {one.record.entry_id: one for one in record.lines}
    missing = notes.missing_of(record)
    today = house().recorder.clock().astimezone(signed_in().zone).date()
    return render_template(
        template,
        session=signed_in(),
        language=current_language(),
        today=today,
        asked=what,
        record=record,
        missing=[(one, lines[one.entry_id]) for one in missing[:SHOWN_MISSING]],
        more=max(0, len(missing) - SHOWN_MISSING),
        most=MOST_RECORDS,
        plots=nouns_of(house().instance, signed_in().coop_id, "plot", with_retired=True),
        years=[today.year, today.year - 1],
        clause=notes.clause,
        names=cells.names,
        input_words=cells.input_words,
        **shown,
    )


def paper_file(kind: str, span: Span) -> ResponseReturnValue:
    """One of the files; more records than one may hold are asked for in parts."""
    what = asked(span)
    record = _record(what)
    if record.is_cut:
        abort(400)
    session = signed_in()
    coop = session.coop.in_language("name", current_language())
    made_at = house().recorder.clock().astimezone(session.zone)
    title, ending, media_type, make = MAKERS[kind]
    content = make(files.Source(record, coop, made_at, session.zone, current_settings().is_example))
    name = f"{_(title)} {coop} {what.days[0]} {what.days[1]}.{ending}"
    answer = send_file(
        BytesIO(content),
        mimetype=media_type,
        as_attachment=ending == "xlsx",
        download_name=name.replace("/", " "),
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
