"""A recall drill (演练): the steps to tick, and how much of the goods could be accounted for."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from .errors import N_
from .mass_balance import Balance
from .quantity import Quantity, can_convert, convert, format_decimal

STEPS: dict[str, str] = {
    "lots_found": N_("I have seen the list of lots and labels"),
    "goods_set_aside": N_("What is still here was found and set aside"),
    "notice_ready": N_("The notice was read aloud and is ready to be sent"),
    "poster_printed": N_("The poster was looked at or printed"),
    "customers_called": N_("One customer was called and picked up"),
    "phone_numbers": N_("Customers without a phone number were looked up"),
}
"""What a drill goes through, in its order; the keys are kept with the drill."""


@dataclass(frozen=True)
class LotAccount:
    """Of one lot in its own unit: what had to be found again, and what was found.

    What went into other lots of the closure is counted there. What was sold to nobody we know
    cannot be called back, so it is not found.
    """

    to_find: Decimal
    found: Decimal
    unit: str
    unit_mass_kg: Decimal | None = None


def account_of(
    balance: Balance, unit_mass_kg: Decimal | None, sold_without_name: Decimal
) -> LotAccount:
    """What of a lot is known to be here, with a customer we know, or destroyed."""
    to_find = max(balance.made + balance.returned - balance.used, Decimal(0))
    gone = sum(balance.gone.values(), Decimal(0))
    here = max(balance.remaining, Decimal(0))
    found = max(min(here + gone - sold_without_name, to_find), Decimal(0))
    return LotAccount(to_find, found, balance.unit, unit_mass_kg)


def share_found(accounts: Iterable[LotAccount]) -> str | None:
    """The share of the mass that was found, in per cent with one decimal; None for nothing.

    Lots whose units have no mass are added by count among themselves only where no lot has one.
    """
    every = [one for one in accounts if one.to_find > 0]
    weighed = [pair for one in every if (pair := _in_kg(one)) is not None]
    pairs = weighed or [(one.to_find, one.found) for one in every]
    total = sum((to_find for to_find, _ in pairs), Decimal(0))
    if not total:
        return None
    share = sum((found for _, found in pairs), Decimal(0)) / total * 100
    return format_decimal(share.quantize(Decimal("0.1")))


def _in_kg(one: LotAccount) -> tuple[Decimal, Decimal] | None:
    if not can_convert(one.unit, "kg", one.unit_mass_kg):
        return None
    mass = convert(Quantity(Decimal(1), one.unit), "kg", one.unit_mass_kg)
    return one.to_find * mass, one.found * mass


def minutes_of(seconds: int) -> str:
    """A stopwatch's reading: minutes and seconds.

    >>> minutes_of(400)
    '6:40'
    """
    return f"{seconds // 60}:{seconds % 60:02}"
