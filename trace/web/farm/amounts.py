"""Amounts as a grower types or dictates them: 半, 两, 一亩半, or the unit written behind."""

from decimal import Decimal

from ...domain.quantity import format_decimal, parse_spoken_amount
from ..display import UNIT_WORDS

CRATE_WORDS = ("筐", "crate", "crates")
_ALSO_CALLED = {"kg": ("千克",), "m3": ("立方", "立方米", "m3"), "jin": ("市斤",)}


def amount_of(typed: str, unit: str) -> Decimal:
    """The amount in this unit. Raises ValueError."""
    return parse_spoken_amount(typed, (*UNIT_WORDS.get(unit, ()), *_ALSO_CALLED.get(unit, ())))


def plain_amount(typed: str, unit: str) -> str:
    """The amount as a plain number where it can be read, else as it was typed."""
    try:
        return format_decimal(amount_of(typed, unit)) if typed.strip() else typed
    except ValueError:
        return typed
