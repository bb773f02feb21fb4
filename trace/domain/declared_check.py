"""Checking a declared noun's fields, with all problems at once. Unsent fields are not filled in."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from stdnum import ean

from .declared import LOT_PREFIX_LONGEST, NOUNS, Field
from .errors import N_, Problem
from .event_check import (
    NOT_A_CHOICE,
    NOT_A_DATE,
    NOT_A_NUMBER,
    NOT_POSITIVE,
    NOT_WHOLE,
    REQUIRED,
    TOO_LONG,
    UNKNOWN,
    Known,
    as_list,
    parse_date,
)
from .plain_text import one_line
from .quantity import format_decimal, parse_decimal

GTIN_WRONG = N_(
    "%(given)s is no GTIN: its check digit is wrong, or it is not of 8, 12, 13 or 14 digits."
)
PREFIX_WRONG = N_("At most %(longest)s letters A to Z or digits.")
ENDS_BEFORE = N_("It ends before it begins.")
TOO_MANY_DAYS = N_("At most %(most)s days, not %(given)s.")

MOST_INTERVAL_DAYS = 366
"""No registration asks for more than a year; more is a slip, and no calendar reaches that far."""


def _problem(field: Field, message: str, **values: object) -> Problem:
    return Problem(field.name, message, {k: str(v) for k, v in values.items()}, field.label)


def _read(field: Field, given: Any, known: Known) -> tuple[Any, list[Problem]]:
    text = one_line(str(given))
    if field.kind == "list":
        parts = (
            as_list(given)
            if isinstance(given, list | tuple)
            else text.replace("，", ",").split(",")
        )
        kept = [plain for part in parts if (plain := one_line(str(part)))]
        long = [len(part) for part in kept if len(part) > field.longest]
        strange = [part for part in kept if field.lists and not known.has(field.lists, part)]
        return kept, [
            *(_problem(field, TOO_LONG, longest=field.longest, length=length) for length in long),
            *(_problem(field, UNKNOWN, given=part[:60]) for part in strange),
        ]
    if field.kind in ("decimal", "count"):
        return _read_number(field, text)
    if field.kind == "date":
        day = parse_date(text)
        return (
            (day.isoformat(), []) if day else (None, [_problem(field, NOT_A_DATE, given=text[:40])])
        )
    if field.kind == "choice":
        wrong = text not in dict(field.choices)
        return text, [_problem(field, NOT_A_CHOICE, given=text[:40])] if wrong else []
    if field.kind in NOUNS:
        wrong = not known.has(field.kind, text)
        return text, [_problem(field, UNKNOWN, given=text[:60])] if wrong else []
    if len(text) > field.longest:
        return None, [_problem(field, TOO_LONG, longest=field.longest, length=len(text))]
    return text, []


def _read_number(field: Field, text: str) -> tuple[Any, list[Problem]]:
    try:
        amount = parse_decimal(text)
    except ValueError:
        return None, [_problem(field, NOT_A_NUMBER, given=text[:40])]
    may_be_negative = field.name in (
        "latitude",
        "longitude",
        "store_from_celsius",
        "store_to_celsius",
    )
    may_be_zero = (
        field.name in ("pre_harvest_interval_days", "tolerance_percent") or may_be_negative
    )
    if (amount < 0 and not may_be_negative) or (amount == 0 and not may_be_zero):
        return None, [_problem(field, NOT_POSITIVE, given=format_decimal(amount))]
    if field.kind == "count":
        if amount != amount.to_integral_value():
            return None, [_problem(field, NOT_WHOLE, given=format_decimal(amount))]
        if field.name == "pre_harvest_interval_days" and amount > MOST_INTERVAL_DAYS:
            given = format_decimal(amount)
            return None, [_problem(field, TOO_MANY_DAYS, given=given, most=MOST_INTERVAL_DAYS)]
        return int(amount), []
    return format_decimal(amount), []


def check_declared(
    noun: str, sent: Mapping[str, Any], known: Known
) -> tuple[dict[str, Any], dict[str, str], list[Problem]]:
    """Read a noun's fields: the public ones, the private ones, and every problem."""
    public: dict[str, Any] = {}
    private: dict[str, str] = {}
    problems: list[Problem] = []
    for field in NOUNS[noun]:
        if not as_list(sent.get(field.name)):
            if field.required:
                problems.append(_problem(field, REQUIRED))
            continue
        value, wrong = _read(field, sent[field.name], known)
        problems += wrong
        if wrong:
            continue
        if field.private:
            private[field.name] = value
        else:
            public[field.name] = value
    return public, private, problems + _together(noun, public)


def _together(noun: str, public: Mapping[str, Any]) -> list[Problem]:
    named = {field.name: field for field in NOUNS[noun]}
    problems = []
    gtin = public.get("gtin")
    if gtin and not (re.fullmatch(r"[0-9]+", str(gtin)) and ean.is_valid(str(gtin))):
        problems.append(_problem(named["gtin"], GTIN_WRONG, given=gtin))
    prefix = str(public.get("lot_prefix", ""))
    if prefix and not re.fullmatch(rf"[A-Z0-9]{{1,{LOT_PREFIX_LONGEST}}}", prefix):
        problems.append(_problem(named["lot_prefix"], PREFIX_WRONG, longest=LOT_PREFIX_LONGEST))
    first, last = public.get("valid_from"), public.get("valid_until")
    if first and last and date.fromisoformat(last) < date.fromisoformat(first):
        problems.append(_problem(named["valid_until"], ENDS_BEFORE))
    low, high = public.get("store_from_celsius"), public.get("store_to_celsius")
    if low and high and Decimal(high) < Decimal(low):
        problems.append(_problem(named["store_to_celsius"], ENDS_BEFORE))
    return problems
