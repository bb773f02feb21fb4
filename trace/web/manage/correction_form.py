"""The form of a correction: the record's own fields with its values in them, of every event type.

Laid out from the table of key data elements, so that a new element can be corrected at once. The
fields are named as the domain names what is wrong with them: `takes-0`, `amount`, `results-2-unit`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict

from ...capture.events import Report
from ...domain.event_check import RESULT_FIELDS
from ...domain.event_time import DAY
from ...domain.events import Photo
from ...domain.key_data import INPUT, INPUT_LOT, KEY_DATA, Element
from ...domain.standing import GOING_OUT
from ...query.coop_records import RecordTold, sent_again
from ..words import _
from .correction_choices import Pairs, options_of

WHOLE = "whole"
"""Sent by the page's own form: a box that is not there is one that was cleared."""

FIXED = ("lot_number", "codes_hash", "closure_hash")
"""What is made keeps its number and its code."""

OWN_FIELDS = ("reason", "note", "when", "performed_by", "for", "sure")
"""Fields of the correction itself: an element of the same name stands beside it as `its_reason`."""

EMPTY_ROWS = 1
"""How many rows more a list of goods has than the record named."""


@dataclass(frozen=True)
class Asked:
    """One field of the form: which element, at which place of a list, what may be chosen."""

    name: str
    element: Element
    shape: str
    options: Pairs = ()
    is_more: bool = False


def field_name(element: Element) -> str:
    """The name of an element's field, or of the first part of it, on this page."""
    return f"its_{element.name}" if element.name in OWN_FIELDS else element.name


def own_words(told: RecordTold) -> dict[str, Any]:
    """What the record's writer said; the input of a lot of the store was added by our list."""
    sent = sent_again(told.record)
    from_store = any(one.kind == INPUT_LOT for one in told.record.of_role(INPUT))
    return {name: value for name, value in sent.items() if name != "input" or not from_store}


def asked_fields(told: RecordTold) -> list[Asked]:
    """The fields of a record's correction, in the order of its table."""
    sent = own_words(told)
    found: list[Asked] = []
    for element in KEY_DATA[told.record.event_type]:
        if element.name in FIXED or element.kind == "entry":
            continue
        found += _asked(told, element, sent.get(element.name))
    return found


def _asked(told: RecordTold, element: Element, value: Any) -> list[Asked]:
    name = field_name(element)
    if element.kind == "nodes":
        options = options_of(told, element)
        if not element.units:
            return [Asked(name, element, "ticks" if element.many else "select", options)]
        rows = len(value or []) + (EMPTY_ROWS if element.many else 0)
        return [
            Asked(f"{name}-{at}", element, "share", options, at >= len(value or []))
            for at in range(max(rows, 1))
        ]
    if element.kind == "decimal" and element.many:
        return [Asked(f"{name}-{at}", element, "number") for at in range(len(value or []))]
    if element.kind == "results":
        rows = len(value or []) + EMPTY_ROWS
        return [Asked(f"{name}-{at}", element, "result") for at in range(rows)]
    shape = {"decimal": "number", "count": "count", "text": "text", "date": "date", "flag": "flag"}
    if element.kind in shape:
        return [Asked(name, element, shape[element.kind])]
    options = _words(element) if element.kind == "choice" else options_of(told, element)
    return [Asked(name, element, "ticks" if element.many else "select", options)]


def _words(element: Element) -> Pairs:
    return [(value, _(words)) for value, words in element.choices]


def as_it_stands(told: RecordTold) -> MultiDict[str, str]:
    """The record's own values, as the form would send them."""
    typed: MultiDict[str, str] = MultiDict()
    record = told.record
    for own_name, value in own_words(told).items():
        element = next(one for one in KEY_DATA[record.event_type] if one.name == own_name)
        name = field_name(element)
        if element.kind == "nodes" and not element.units:
            typed.setlist(name, [one["node"] for one in value])
        elif element.kind in ("nodes", "results") or (element.kind == "decimal" and element.many):
            for at, row in enumerate(value):
                _put_row(typed, f"{name}-{at}", element, row)
        elif element.kind == "decimal":
            _put_row(typed, name, element, value)
        elif element.kind == "flag":
            typed[name] = "yes" if value else "no"
        else:
            typed.setlist(name, [str(one) for one in (value if element.many else [value])])
    typed["when"] = record.on.isoformat()
    typed["when_time"] = "" if told.precision == DAY else told.event_time[11:16]
    typed["performed_by"] = record.performed_by.id if record.performed_by else ""
    typed["record_note"] = record.note
    typed.setlist("kept_file", [*record.photos, *record.papers])
    return typed


def _put_row(
    typed: MultiDict[str, str], name: str, element: Element, row: Mapping[str, Any]
) -> None:
    if element.kind == "results":
        for part in RESULT_FIELDS:
            typed[f"{name}-{part}"] = str(row.get(part, ""))
        return
    typed[name], typed[f"{name}_unit"] = str(row.get("quantity", "")), str(row.get("unit", ""))
    if element.kind == "nodes":
        typed[f"{name}_node"] = str(row["node"])


def typed_now(told: RecordTold) -> MultiDict[str, str]:
    """What the form says; of what it does not name, the record's own values."""
    typed: MultiDict[str, str] = MultiDict() if WHOLE in request.form else as_it_stands(told)
    for name in request.form:
        typed.setlist(name, request.form.getlist(name))
    return typed


def replacement(told: RecordTold) -> tuple[Report, dict[str, str]]:
    """The report that the form makes, and where on the page the rows of its lists stand."""
    typed, record = typed_now(told), told.record
    sent: dict[str, Any] = {}
    places: dict[str, str] = {}
    for one in asked_fields(told):
        places.setdefault(one.element.name, one.name)
        _read(one, typed, sent, places)
    for element in KEY_DATA[record.event_type]:
        if element.kind == "entry" and element.name in record.what:
            sent[element.name] = record.what[element.name]
    hour = typed.get("when_time", "")
    kept = set(typed.getlist("kept_file"))
    return Report(
        record.event_type,
        sent,
        when=f"{typed.get('when', '')}T{hour}" if hour else typed.get("when", ""),
        performed_by=typed.get("performed_by", ""),
        note=typed.get("record_note", ""),
        photos=tuple(Photo(one) for one in record.photos if one in kept)
        + tuple(Photo(one, "report") for one in record.papers if one in kept),
        already_happened=record.already_happened or record.event_type in GOING_OUT,
    ), places


def _read(
    one: Asked, typed: MultiDict[str, str], sent: dict[str, Any], places: dict[str, str]
) -> None:
    name = one.element.name
    if one.shape == "ticks":
        sent[name] = [value for value in typed.getlist(one.name) if value]
    elif one.shape in ("share", "number"):
        row = {"quantity": typed.get(one.name, "").strip(), "unit": _unit(one, typed)}
        if one.shape == "share":
            row = {"node": typed.get(f"{one.name}_node", "")} | row
            if not row["node"] or (one.is_more and not row["quantity"]):
                return
        if one.name == field_name(one.element):
            sent[name] = row if row["quantity"] else ""
            return
        rows = sent.setdefault(name, [])
        places[f"{name}-{len(rows)}"] = one.name
        rows.append(row)
    elif one.shape == "result":
        row = {part: typed.get(f"{one.name}-{part}", "").strip() for part in RESULT_FIELDS}
        if any(row.values()):
            rows = sent.setdefault(name, [])
            places |= {f"{name}-{len(rows)}-{part}": f"{one.name}-{part}" for part in row}
            rows.append(row)
    else:
        sent[name] = typed.get(one.name, "").strip()


def _unit(one: Asked, typed: MultiDict[str, str]) -> str:
    return typed.get(f"{one.name}_unit", "") or (one.element.units or ("",))[0]
