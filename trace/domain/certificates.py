"""Certificates: whether a declared one holds for goods, judged by the day they were picked.

One that had run out, had not begun, or is for other products, other bases or a smaller quantity
holds for nothing: no page shows it as valid and no label prints it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from .errors import N_, Problem
from .quantity import format_decimal

VALID, EXPIRED, NOT_YET, OUT_OF_SCOPE = "valid", "expired", "not_yet", "out_of_scope"

NOT_BEGUN = N_("It is valid from %(from)s only; picked on %(picked)s.")
RAN_OUT = N_("It was valid until %(until)s; picked on %(picked)s.")
OTHER_PRODUCT = N_("It is for other products.")
OTHER_SITE = N_("It is for other bases than those it grew on.")
NOT_GROWN = N_("It is for what the co-op grows, and this was bought in.")
MORE_THAN_STATED = N_("It is for %(stated)s kg, and %(picked)s kg were picked under it so far.")

NUMBER_PREFIX = "HGZ"
"""The first letters of the numbers that are given to certificates of conformity: 合格证."""

NUMBER = re.compile(r"[0-9A-Za-z\u4e00-\u9fff/()（）-]{1,40}")
NUMBER_WRONG = N_(
    "A certificate's number has 1 to 40 letters, digits, brackets or hyphens, not “%(given)s”."
)
ALREADY = N_(
    "Certificate %(given)s is already issued for this lot. Give copies of it, or correct it first."
)
NUMBER_TAKEN = N_("Number %(given)s stands on another certificate of the co-op.")


@dataclass(frozen=True)
class Goods:
    """What a certificate is held against: products, every base it grew on, every day of picking.

    `picked_kg` is what was picked so far in the certificate's time and scope, these goods included;
    None where nobody asks. `is_grown` is false for what was bought in, also in part.
    """

    product_ids: frozenset[str]
    site_ids: frozenset[str]
    days: frozenset[date]
    is_grown: bool = True
    picked_kg: Decimal | None = None


@dataclass(frozen=True)
class Judged:
    """What a certificate is worth for goods: its state, and every reason against it."""

    state: str
    problems: tuple[Problem, ...] = ()

    @property
    def is_valid(self) -> bool:
        """Whether it may be shown as valid and printed."""
        return self.state == VALID


def judge(fields: Mapping[str, Any], goods: Goods) -> Judged:
    """Whether a certificate with these fields holds for these goods; no list means all."""
    scope = _scope_problems(fields, goods)
    begins, ends = str(fields.get("valid_from", "")), str(fields.get("valid_until", ""))
    early = [day.isoformat() for day in sorted(goods.days) if day.isoformat() < begins]
    late = [day.isoformat() for day in sorted(goods.days) if day.isoformat() > ends]
    time = [Problem("valid_from", NOT_BEGUN, {"from": begins, "picked": early[0]})] if early else []
    if late:
        time.append(Problem("valid_until", RAN_OUT, {"until": ends, "picked": late[-1]}))
    if scope:
        return Judged(OUT_OF_SCOPE, (*scope, *time))
    return Judged(NOT_YET if early else EXPIRED if late else VALID, tuple(time))


def _scope_problems(fields: Mapping[str, Any], goods: Goods) -> list[Problem]:
    products, sites = fields.get("product_ids") or (), fields.get("site_ids") or ()
    problems = []
    if not goods.is_grown:
        problems.append(Problem("scope", NOT_GROWN))
    if products and not goods.product_ids <= set(products):
        problems.append(Problem("product_ids", OTHER_PRODUCT))
    if sites and goods.is_grown and not goods.site_ids <= set(sites):
        problems.append(Problem("site_ids", OTHER_SITE))
    stated = fields.get("quantity_kg")
    if stated and goods.picked_kg is not None and goods.picked_kg > Decimal(str(stated)):
        said = {"stated": str(stated), "picked": format_decimal(goods.picked_kg)}
        problems.append(Problem("quantity_kg", MORE_THAN_STATED, said))
    return problems


def state_on(fields: Mapping[str, Any], day: date) -> str:
    """Whether a certificate is valid on a day, whatever it is for."""
    return judge(fields, Goods(frozenset(), frozenset(), frozenset({day}))).state


def number_problems(number: str, taken: Iterable[str]) -> list[Problem]:
    """What is wrong with the number of a certificate of conformity."""
    label = N_("Number")
    if not NUMBER.fullmatch(number):
        return [Problem("number", NUMBER_WRONG, {"given": number[:40]}, label)]
    if number.casefold() in {one.casefold() for one in taken}:
        return [Problem("number", NUMBER_TAKEN, {"given": number}, label)]
    return []


def one_per_lot(numbers: Iterable[str]) -> list[Problem]:
    """A lot has one certificate of conformity: the buyers of its parts get copies of it."""
    return [Problem("lot", ALREADY, {"given": number}, N_("Lot")) for number in numbers]


def free_number(day: date, taken: Iterable[str]) -> str:
    """The next number of the day that stands on no certificate yet.

    >>> free_number(date(2026, 11, 23), ["HGZ-261123-01"])
    'HGZ-261123-02'
    """
    used = {one.casefold() for one in taken}
    stem = f"{NUMBER_PREFIX}-{day:%y%m%d}"
    at = 1
    while f"{stem}-{at:02}".casefold() in used:
        at += 1
    return f"{stem}-{at:02}"
