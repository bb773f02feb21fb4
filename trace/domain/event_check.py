"""Checking what a person sent against the table of key data elements, with all problems at once.

`sent` maps element names to text, to lists of text, or for nodes to lists of
{"node": id, "quantity": text, "unit": name}. `known` says what exists and is ours.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from typing import Any

from .errors import N_, Problem
from .event_time import EventTime, is_future
from .events import NodeShare
from .key_data import ART27, KEY_DATA, Element
from .plain_text import one_line
from .quantity import Quantity, format_decimal, parse_decimal

REQUIRED = N_("This is missing.")
UNKNOWN = N_("%(given)s is not known here.")
NOT_A_NUMBER = N_("“%(given)s” is not a number.")
NOT_POSITIVE = N_("This must be more than zero, not %(given)s.")
NOT_WHOLE = N_("This must be a whole number, not %(given)s.")
NOT_A_DATE = N_("“%(given)s” is not a date.")
NOT_A_CHOICE = N_("“%(given)s” is not one of the choices.")
NO_SUCH_UNIT = N_("%(given)s is not a unit used here.")
TOO_LONG = N_("At most %(longest)s characters; these are %(length)s.")
IN_FUTURE = N_("This lies in the future: %(given)s.")
ONE_ONLY = N_("Choose one only.")
WRONG_KIND = N_("%(given)s cannot be used here.")
NAMED_TWICE = N_("%(given)s is named twice.")

EARLIEST_YEAR = 1970
"""A year before this is a slip of the finger; its local time had odd seconds in its offset."""

Sent = Mapping[str, Any]


@dataclass(frozen=True)
class Known:
    """What exists and is this co-op's: node id to kind, and ids of declared nouns and entries."""

    nodes: Mapping[str, str] = field(default_factory=dict)
    ids: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def has(self, noun: str, given: str) -> bool:
        return given in self.ids.get(noun, frozenset())


@dataclass
class Reading:
    """What was read so far: values, node shares, problems."""

    what: dict[str, Any] = field(default_factory=dict)
    shares: list[NodeShare] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def problem(self, element: Element, message: str, place: str = "", **values: object) -> None:
        said = {name: str(value) for name, value in values.items()}
        self.problems.append(
            Problem(place or element.name, message, said, element.label, element.clause)
        )


def as_list(value: Any) -> list[Any]:
    """One or many, as a list without empty places; only spaces or unseen signs are empty too."""
    many = value if isinstance(value, list | tuple) else [value]
    return [
        one
        for one in many
        if one not in (None, "", {}) and not (isinstance(one, str) and not one_line(one))
    ]


def _amount(
    reading: Reading, element: Element, typed: Any, unit: Any, place: str
) -> Quantity | None:
    text = str(typed).strip()
    try:
        amount = parse_decimal(text)
    except ValueError:
        reading.problem(element, NOT_A_NUMBER, place, given=text[:40])
        return None
    if amount <= 0 and not element.signed:
        reading.problem(element, NOT_POSITIVE, place, given=format_decimal(amount))
        return None
    name = str(unit or (element.units[0] if element.units else ""))
    if element.units and name not in element.units:
        reading.problem(element, NO_SUCH_UNIT, place, given=name[:40])
        return None
    return Quantity(amount, name)


def _decimal(reading: Reading, element: Element, sent: Sent, known: Known) -> None:
    values = []
    for number, value in enumerate(as_list(sent.get(element.name))):
        given = value if isinstance(value, Mapping) else {"quantity": value}
        unit = given.get("unit") or sent.get(f"{element.name}_unit")
        place = f"{element.name}-{number}" if element.many else element.name
        amount = _amount(reading, element, given.get("quantity", ""), unit, place)
        if amount:
            values.append({"quantity": format_decimal(amount.amount), "unit": amount.unit})
    if len(values) > 1 and not element.many:
        reading.problem(element, ONE_ONLY)
    if values:
        reading.what[element.name] = values if element.many else values[0]


def _count(reading: Reading, element: Element, sent: Sent, known: Known) -> None:
    amount = _amount(reading, element, sent[element.name], None, element.name)
    if amount and amount.amount != amount.amount.to_integral_value():
        reading.problem(element, NOT_WHOLE, given=format_decimal(amount.amount))
    elif amount:
        reading.what[element.name] = int(amount.amount)


def _text(reading: Reading, element: Element, sent: Sent, known: Known) -> None:
    text = one_line(str(sent[element.name]))
    if len(text) > element.longest:
        reading.problem(element, TOO_LONG, longest=element.longest, length=len(text))
    else:
        reading.what[element.name] = text


def parse_date(typed: str) -> date | None:
    """A date written 2026-11-21, or None."""
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        return None


def _date(reading: Reading, element: Element, sent: Sent, known: Known) -> None:
    day = parse_date(str(sent[element.name]))
    if day is None:
        reading.problem(element, NOT_A_DATE, given=str(sent[element.name])[:40])
    else:
        reading.what[element.name] = day.isoformat()


def _choice(reading: Reading, element: Element, sent: Sent, known: Known) -> None:
    given = str(sent[element.name])
    if given in dict(element.choices):
        reading.what[element.name] = given
    else:
        reading.problem(element, NOT_A_CHOICE, given=given[:40])


def _flag(reading: Reading, element: Element, sent: Sent, known: Known) -> None:
    given = str(sent[element.name]).lower()
    if given in ("true", "yes", "1", "false", "no", "0"):
        reading.what[element.name] = given in ("true", "yes", "1")
    else:
        reading.problem(element, NOT_A_CHOICE, given=given[:40])


def _declared(reading: Reading, element: Element, sent: Sent, known: Known) -> None:
    """Parties, plots, sites, products, inputs and entries: they exist and are ours."""
    given = [str(one) for one in as_list(sent[element.name])]
    for one in given:
        if not known.has(element.kind, one):
            reading.problem(element, UNKNOWN, given=one[:60])
    if len(given) > 1 and not element.many:
        reading.problem(element, ONE_ONLY)
    reading.what[element.name] = given if element.many else given[0]


def _nodes(reading: Reading, element: Element, sent: Sent, known: Known) -> None:
    given = as_list(sent[element.name])
    if len(given) > 1 and not element.many:
        reading.problem(element, ONE_ONLY)
    seen: set[str] = set()
    for number, one in enumerate(given):
        value = one if isinstance(one, Mapping) else {"node": one}
        place = f"{element.name}-{number}"
        node_id = str(value.get("node", ""))
        kind = known.nodes.get(node_id)
        if kind is None:
            reading.problem(element, UNKNOWN, place, given=node_id[:60])
        elif kind not in element.nodes:
            reading.problem(element, WRONG_KIND, place, given=node_id)
        if node_id in seen:
            reading.problem(element, NAMED_TWICE, place, given=node_id[:60])
        seen.add(node_id)
        amount = None
        if element.units:
            typed = value.get("quantity")
            if typed in (None, ""):
                reading.problem(element, REQUIRED, place)
            else:
                amount = _amount(reading, element, typed, value.get("unit"), place)
        reading.shares.append(NodeShare(node_id, element.role, amount))


RESULT_FIELDS = ("analyte", "result", "unit", "limit")


def _results(reading: Reading, element: Element, sent: Sent, known: Known) -> None:
    """Measured values: analyte, result, unit and limit; a result may be a word such as 未检出."""
    rows = []
    for number, row in enumerate(as_list(sent[element.name])):
        if not isinstance(row, Mapping):
            reading.problem(element, UNKNOWN, f"{element.name}-{number}", given=str(row)[:60])
            continue
        said = {name: "" if row.get(name) is None else str(row[name]) for name in RESULT_FIELDS}
        values = {name: one_line(text) for name, text in said.items()}
        if not any(values.values()):
            continue
        for name in ("analyte", "result"):
            if not values[name]:
                reading.problem(element, REQUIRED, f"{element.name}-{number}-{name}")
        for name, value in values.items():
            if len(value) > element.longest:
                place = f"{element.name}-{number}-{name}"
                reading.problem(
                    element, TOO_LONG, place, longest=element.longest, length=len(value)
                )
        rows.append({name: value for name, value in values.items() if value})
    if rows:
        reading.what[element.name] = rows


_READERS: dict[str, Callable[[Reading, Element, Sent, Known], None]] = {
    "text": _text,
    "decimal": _decimal,
    "count": _count,
    "date": _date,
    "choice": _choice,
    "flag": _flag,
    "nodes": _nodes,
    "results": _results,
}


def read_key_data(event_type: str, sent: Sent, known: Known) -> Reading:
    """Read and check every element of the event type; what is not in its table is left unread."""
    reading = Reading()
    for element in KEY_DATA[event_type]:
        if as_list(sent.get(element.name)):
            _READERS.get(element.kind, _declared)(reading, element, sent, known)
        elif element.required:
            reading.problem(element, REQUIRED)
    reading.problems += _together(event_type, reading)
    return reading


def _together(event_type: str, reading: Reading) -> list[Problem]:
    """What no single element can tell."""
    problems = []
    what, roles = reading.what, {share.role for share in reading.shares}
    if (
        event_type in ("spraying", "fertilising")
        and "input" not in roles
        and not what.get("input_name")
        and not what.get("input")
    ):
        message = N_("Choose what was used, or write its name.")
        problems.append(Problem("input_lot", message, {}, N_("What was used"), ART27))
    if event_type == "destroying" and not reading.shares:
        message = N_("Choose what was destroyed.")
        problems.append(Problem("lots", message, {}, N_("What was destroyed")))
    if event_type == "inspection" and not reading.shares and not what.get("plots"):
        message = N_("Choose what was inspected.")
        problems.append(Problem("subjects", message, {}, N_("What was inspected")))
    if event_type == "receiving" and "source" in roles:
        for name in (one for one in ("shipping", "product") if one not in what):
            label = next(row.label for row in KEY_DATA["receiving"] if row.name == name)
            problems.append(Problem(name, REQUIRED, {}, label))
    if event_type == "receiving" and not reading.shares:
        missing = [name for name in ("supplier", "product", "quantity") if name not in what]
        for name in missing:
            label = next(row.label for row in KEY_DATA["receiving"] if row.name == name)
            problems.append(Problem(name, REQUIRED, {}, label))
    return problems


def check_time(event_time: EventTime, now: datetime, zone: tzinfo) -> tuple[Problem, ...]:
    """Nothing that is recorded lies in the future, or before there were time zones as now."""
    if event_time.date.year < EARLIEST_YEAR:
        given = event_time.date.isoformat()
        return (Problem("when", NOT_A_DATE, {"given": given}, N_("When")),)
    if is_future(event_time, now, zone):
        given = event_time.moment.isoformat(" ", "minutes")
        return (Problem("when", IN_FUTURE, {"given": given}, N_("When")),)
    return ()
