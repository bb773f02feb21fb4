"""Whether the same was recorded a moment ago on another form: worth a question, never a refusal."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from ...capture.events import Report
from ...domain.event_check import as_list
from ...domain.key_data import elements
from ...query.field_records import FieldRecord, my_records, was_sent
from ..access import house, signed_in

A_MOMENT = timedelta(minutes=30)
"""Longer than it takes to doubt whether something was saved, shorter than until the next tank."""

_TOLD_BY = ("choice", "flag", "plot", "product", "decimal")
_TOLD_BY_NAME = ("input_name", "variety", "report_number")
"""Elements that make two reports different; notes, targets and photos do not."""


def recorded_just_now(reports: Sequence[Report], submission_id: str) -> FieldRecord | None:
    """What this person recorded a moment ago and one of these says again; None for a repeat."""
    session, instance = signed_in(), house().instance
    now = house().recorder.clock()
    if was_sent(instance, session.coop_id, submission_id):
        return None
    for one in my_records(instance, session.coop_id, session.party_id, now, A_MOMENT):
        if not one.struck and any(_is_same(one, report) for report in reports):
            return one
    return None


def _is_same(record: FieldRecord, report: Report) -> bool:
    if (record.event_type, record.on.isoformat()) != (report.event_type, report.when[:10]):
        return False
    asked = elements(report.event_type)
    nodes = [one for name, row in asked.items() if row.kind == "nodes"
             for one in as_list(report.sent.get(name))]  # fmt: skip
    sent = {_share(one) for one in nodes}
    told = {
        (part.node_id, _number(part.quantity), part.unit if part.quantity else "")
        for part in record.parts
        if part.role != "output"
    }
    if sent != told:
        return False
    names = [name for name, row in asked.items() if row.kind in _TOLD_BY or name in _TOLD_BY_NAME]
    return all(_sent_value(report, name) == _told_value(record, name) for name in names)


def _share(given: Any) -> tuple[str, Decimal | None, str]:
    if isinstance(given, str):
        return given, None, ""
    return given["node"], _number(given["quantity"]), given["unit"]


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None


def _sent_value(report: Report, name: str) -> Any:
    element = elements(report.event_type)[name]
    value = report.sent.get(name) or ""
    if element.kind == "decimal":
        unit = report.sent.get(f"{name}_unit") or element.units[0]
        return (_number(value), unit) if value else None
    if element.kind == "flag":
        return value in ("true", "yes", "1")
    return " ".join(str(value).split())


def _told_value(record: FieldRecord, name: str) -> Any:
    element = elements(record.event_type)[name]
    value = record.what.get(name)
    if element.kind == "decimal":
        return (_number(value["quantity"]), value["unit"]) if value else None
    return bool(value) if element.kind == "flag" else str(value or "")
