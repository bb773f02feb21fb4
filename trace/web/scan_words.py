"""Words that the steps and facts of a shopper's page share: amounts, names, who says so, when."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ..domain.errors import N_
from ..domain.key_data import elements
from ..domain.standing import BREACHES
from ..domain.vocabulary import EVENT_TYPES, FIELD
from ..query.public_events import PublicEvent, Share
from ..query.public_record import Record
from . import display
from .language import current_language
from .scan_tongue import known
from .words import _

UNIT_SIGNS = {"celsius": "℃", "percent": "%"}
ROOM = ("check", "packhouse", "store_room")


@dataclass(frozen=True)
class Step:
    """One entry of the timeline in words; `earlier` are struck-out versions of it."""

    picture: str
    is_room: bool
    when: str
    title: str
    lines: tuple[str, ...]
    who: str
    who_words: str | None = None
    photo: str | None = None
    days_late: int = 0
    is_struck: bool = False
    earlier: tuple[tuple[str, ...], ...] = ()
    fixes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    anchor: str | None = None


BY = {
    "grower": ("farm", "person", N_("The grower says")),
    "coop": ("coop", "home", N_("The co-op")),
    "tester": ("coop", "home", N_("The co-op's testing room")),
    "lab": ("lab", "lab", N_("Outside laboratory")),
    "office": ("lab", "lab", N_("Public office")),
    "shop": ("lab", "shop", N_("The shop")),
}
"""Who vouches: class, icon and words; `pieces.by` would translate all for each one shown."""


def amount(value: Mapping[str, Any] | None) -> str:
    """A measured value of an event, such as 30 millilitres; empty where there is none."""
    if not value:
        return ""
    unit = UNIT_SIGNS.get(value["unit"], value["unit"])
    return display.quantity(value["quantity"], unit, current_language())


def shares_amount(shares: tuple[Share, ...]) -> str:
    """The shares' amounts, added up for each unit."""
    totals: dict[str, Decimal] = {}
    for share in shares:
        if share.quantity and share.unit:
            totals[share.unit] = totals.get(share.unit, Decimal(0)) + Decimal(share.quantity)
    parts = [display.quantity(total, unit, current_language()) for unit, total in totals.items()]
    return " + ".join(parts)


def name_of(record: Record, noun_id: str, field: str = "name") -> str:
    """The name of a declared noun in the reader's language; empty where it is gone or erased."""
    found = record.names.get(noun_id)
    return found.in_language(field, current_language()) if found else ""


def choice_words(event: PublicEvent, name: str) -> str:
    """The words of a chosen element, in the reader's language."""
    value = event.what.get(name)
    label = dict(elements(event.event_type)[name].choices).get(str(value))
    return _(label) if label else ""


ANALYTES = {"抑制率": N_("inhibition"), "酶抑制率": N_("inhibition")}
NOT_DETECTED = ("未检出", "ND", "nd")


def analyte_words(record: Record, typed: str) -> str:
    """What was looked for, in the reader's language where a name of ours or the record's has it."""
    if current_language() == "zh":
        return typed
    if typed in ANALYTES:
        return _(ANALYTES[typed])
    inputs = (one for one in record.names.values() if one.noun == "input")
    found = next((one for one in inputs if one.text("name") == typed), None)
    return (found.text("name_en") if found else "") or known(typed)


def value_words(typed: str) -> str:
    """A measured value: a number as it stands, or that nothing was detected."""
    return _("not detected") if typed in NOT_DETECTED else typed


def result_parts(record: Record, row: Mapping[str, Any]) -> tuple[str, ...]:
    """One measured value, and apart from it its limit in brackets."""
    unit = str(row.get("unit", ""))
    value = value_words(str(row["result"]))
    if value[:1].isdigit():
        value += unit if unit == "%" else f" {unit}"
    words = f"{analyte_words(record, row['analyte'])} {value}".strip()
    if not row.get("limit"):
        return (words,)
    limit = str(row["limit"]) + (unit if unit == "%" else "")
    return words, _("(limit %(limit)s)", limit=limit)


def result_words(record: Record, row: Mapping[str, Any]) -> str:
    """One measured value with its limit."""
    return ("" if current_language() == "zh" else " ").join(result_parts(record, row))


def shop_of(record: Record, event: PublicEvent) -> str:
    """The shop that an arrival was signed for at; empty where it was no business customer."""
    shipping = event.what.get("shipping")
    sent = next((one for one in record.events if one.entry_id == shipping), None)
    party = record.names.get(sent.what.get("customer", "")) if sent else None
    return party.in_language("name", current_language()) if party else ""


def who_says(record: Record, event: PublicEvent) -> tuple[str, str | None]:
    """Who vouches for an event: a kind of `pieces.by`, and a name of its own where it has one."""
    if event.event_type == "inspection":
        test = next(one for one in record.tests if one.event.entry_id == event.entry_id)
        voucher = test.examined.vouched_by
        return {"coop": "tester", "laboratory": "lab"}.get(voucher, voucher), None
    performed_by = record.names.get(event.performed_by)
    if EVENT_TYPES[event.event_type].stage == FIELD:
        is_grower = any(event.performed_by == one.id for one in record.growing.growers)
        return ("grower" if is_grower else "coop"), None
    if event.event_type == "receiving" and performed_by and performed_by.text("kind") == "customer":
        return "shop", _("Signed for by the shop")
    return "coop", None


def when_words(event: PublicEvent) -> str:
    """The day, and the time of day where it was noted to the minute and matters."""
    language = current_language()
    if event.is_to_the_minute and event.event_type in ("harvesting", "shipping", "receiving"):
        return display.moment(event.event_time, language)
    return display.day(event.event_time, language)


def correction_words(record: Record, event: PublicEvent) -> str:
    """Who struck a record out, when, and why."""
    correction = event.correction
    if correction is None:
        return ""
    when = display.moment(correction.record_time, current_language())
    who = name_of(record, correction.corrected_by) or _("The co-op")
    reason = correction.note or (
        _("it did not happen")
        if correction.reason == "did_not_occur"
        else _("something in it was wrong")
    )
    return _(
        "%(when)s, corrected by %(who)s: %(reason)s. The first record stays to be seen.",
        when=when,
        who=who,
        reason=reason.rstrip("。."),
    )


def warning_words(event: PublicEvent) -> tuple[str, ...]:
    """What was recorded although it should not have been."""
    return tuple(_(BREACHES[name]) for name in event.breaches if name in BREACHES)
