"""A record in the reader's words: one line for lists, pairs of name and value for its own page."""

from collections.abc import Mapping
from typing import Any

from ..domain.declared import NOUNS
from ..domain.event_check import as_list
from ..domain.holds import HOLD_RULES
from ..domain.key_data import INPUT, INPUT_LOT, KEY_DATA, Element, elements
from ..domain.vocabulary import EVENT_TYPES
from ..query.coop_records import RecordTold
from ..query.field_records import FieldRecord, Part
from . import display
from .language import current_language
from .words import _

_UNIT_SIGNS = {"celsius": "℃", "percent": "%"}
_HIDDEN = ("codes_hash", "closure_hash")
MOST_NAMED = 3


def basis_words(basis: str) -> str:
    """The basis of a certificate of conformity."""
    return _(dict(elements("certificate_issued")["basis"].choices).get(basis, basis))


def hold_words(rule: str) -> str:
    """Why something is held, in a few words."""
    return _(HOLD_RULES[rule].words)


def amount(quantity: str, unit: str) -> str:
    """An amount with its unit, or nothing."""
    if not quantity:
        return ""
    return display.quantity(quantity, _UNIT_SIGNS.get(unit, unit), current_language())


def part_words(part: Part) -> str:
    """A node of a record with its amount."""
    words = part.name(current_language()) or part.node_id
    number = part.lot_number if part.kind == "input_lot" else ""
    return " ".join(one for one in (words, number, amount(part.quantity, part.unit)) if one)


def summary(record: FieldRecord) -> str:
    """What a record is about, in a line: made lots first, else what it names, else its words."""
    language = current_language()
    parts = record.made or record.parts
    if record.event_type in ("shipping", "selling", "returning", "destroying", "loss"):
        parts = record.of_role("removed", "returned")
    shown = [part_words(part) for part in parts[:MOST_NAMED]]
    if len(parts) > MOST_NAMED:
        shown.append("…")
    if not shown and record.plot:
        shown.append(record.plot.in_language("name", language))
    return (", " if language == "en" else "、").join(shown) or record.note


def type_words(event_type: str) -> str:
    """The name of an event type."""
    return _(EVENT_TYPES[event_type].label)


def told_pairs(told: RecordTold) -> list[tuple[str, str]]:
    """Every key data element of a record that was filled in, as name and value."""
    pairs = []
    for element in KEY_DATA[told.record.event_type]:
        if element.name in _HIDDEN or (element.name == "input" and _from_store(told.record)):
            continue
        if element.kind == "nodes":
            words = [
                part_words(part)
                for part in told.record.parts
                if part.role == element.role and part.kind in element.nodes
            ]
        else:
            given = as_list(told.record.what.get(element.name))
            words = [_value(element, one, told) for one in given]
        if any(words):
            pairs.append((_(element.label), " · ".join(words)))
    return pairs


def _from_store(record: FieldRecord) -> bool:
    """Whether a lot of the store was used: which input that is, our list added by itself."""
    return any(part.kind == INPUT_LOT and part.role == INPUT for part in record.parts)


def _value(element: Element, value: Any, told: RecordTold) -> str:
    language = current_language()
    if element.kind == "decimal" and isinstance(value, Mapping):
        return amount(str(value["quantity"]), str(value["unit"]))
    if element.kind == "count":
        return display.number(int(value))
    if element.kind == "date":
        return display.day(str(value), language, year=True)
    if element.kind == "choice":
        return _(dict(element.choices).get(str(value), str(value)))
    if element.kind == "flag":
        return _("passed") if value else _("not passed")
    if element.kind in NOUNS:
        noun = told.nouns.get(str(value))
        return noun.in_language("name", language) if noun else _("(erased)")
    if element.kind == "results" and isinstance(value, Mapping):
        return _result(value)
    if element.kind == "entry":
        return type_words(told.names.event_type) if told.names else ""
    return str(value)


def _result(row: Mapping[str, Any]) -> str:
    """A measured value: what, how much, and the limit where there is one."""
    unit = str(row.get("unit", ""))
    words = f"{row['analyte']} {row['result']}{unit}"
    limit = row.get("limit")
    return words + (" " + _("(limit %(limit)s)", limit=f"{limit}{unit}") if limit else "")
