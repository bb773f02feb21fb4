"""Amounts: exact decimals with a unit, never floats; conversion within mass, within volume."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Context, Decimal, InvalidOperation

from .errors import N_, refuse


@dataclass(frozen=True)
class Unit:
    """One unit: its dimension, its size in the dimension's base unit, its UN/ECE Rec 20 code."""

    name: str
    label: str
    dimension: str
    in_base: Decimal
    uom: str


def _unit(name: str, label: str, dimension: str, in_base: str, uom: str) -> Unit:
    return Unit(name, label, dimension, Decimal(in_base), uom)


UNITS = {
    unit.name: unit
    for unit in (
        _unit("kg", N_("kg"), "mass", "1", "KGM"),
        _unit("g", N_("g"), "mass", "0.001", "GRM"),
        _unit("jin", N_("jin"), "mass", "0.5", "KGM"),
        _unit("t", N_("t"), "mass", "1000", "TNE"),
        _unit("l", N_("l"), "volume", "1", "LTR"),
        _unit("ml", N_("ml"), "volume", "0.001", "MLT"),
        _unit("m3", N_("m³"), "volume", "1000", "MTQ"),
        _unit("mu", N_("mu"), "area", "1", "MTK"),
        _unit("bundle", N_("bundle"), "count", "1", "BE"),
        _unit("box", N_("box"), "count", "1", "BX"),
        _unit("case", N_("case"), "count", "1", "CS"),
        _unit("bag", N_("bag"), "count", "1", "BG"),
        _unit("bottle", N_("bottle"), "count", "1", "BO"),
        _unit("pot", N_("pot"), "count", "1", "H87"),
        _unit("piece", N_("piece"), "count", "1", "H87"),
        _unit("packet", N_("packet"), "count", "1", "PK"),
    )
}

MASS = ("kg", "jin", "g", "t")
VOLUME = ("ml", "l", "m3")
COUNT = ("bundle", "box", "case", "bag", "bottle", "pot", "piece", "packet")
PACKED = ("bundle", "box", "case", "bag", "pot", "piece")
INPUT = ("ml", "g", "l", "kg", "bag", "bottle", "packet")


@dataclass(frozen=True)
class Quantity:
    """An exact amount of one unit."""

    amount: Decimal
    unit: str

    def __str__(self) -> str:
        return f"{format_decimal(self.amount)} {self.unit}"


_PLAIN = re.compile(r"-?(\d{1,12}(\.\d{0,6})?|\.\d{1,6})")


def parse_decimal(typed: str) -> Decimal:
    """Read a number as typed on a phone: full-width digits, a Chinese dot, commas for thousands.

    At most 12 digits before the point and 6 behind it. Raises ValueError.

    >>> parse_decimal('１２．５'), parse_decimal('1,200')
    (Decimal('12.5'), Decimal('1200'))
    """
    text = unicodedata.normalize("NFKC", typed).replace("。", ".").strip()
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", text):
        text = text.replace(",", "")
    if not _PLAIN.fullmatch(text):
        raise ValueError(f"{typed!r} is not a decimal number")
    try:
        return Decimal(text)
    except InvalidOperation as error:  # pragma: no cover - the pattern admits only decimals
        raise ValueError(f"{typed!r} is not a decimal number") from error


_SPOKEN = {word: Decimal(number) for number, word in enumerate("一二三四五六七八九十", 1)}
_SPOKEN |= {"两": Decimal(2), "半": Decimal("0.5")}


def parse_spoken_amount(typed: str, unit_words: Iterable[str] = ()) -> Decimal:
    """Read an amount as it is said: a number, 半 or one of 一 to 十, and the field's own unit.

    `unit_words` are the names of the one unit the field is in; any other unit is refused, and so
    is what can be read in two ways, such as 一二. Raises ValueError.

    >>> parse_spoken_amount('一亩半', ['亩']), parse_spoken_amount('80盒', ['盒'])
    (Decimal('1.5'), Decimal('80'))
    """
    text = "".join(unicodedata.normalize("NFKC", typed).casefold().split())
    for word in sorted((one.casefold() for one in unit_words), key=len, reverse=True):
        if word and (said := re.fullmatch(rf"(.+?){re.escape(word)}(半?)", text)):
            amount = _spoken_number(said[1], typed)
            if not said[2]:
                return amount
            if amount <= 0 or amount != amount.to_integral_value():
                raise ValueError(f"{typed!r} is not a decimal number")
            return amount + _SPOKEN["半"]
    return _spoken_number(typed.strip(), typed)


def _spoken_number(text: str, typed: str) -> Decimal:
    try:
        return _SPOKEN[text] if text in _SPOKEN else parse_decimal(text)
    except ValueError as error:
        raise ValueError(f"{typed!r} is not a decimal number") from error


def format_decimal(amount: Decimal) -> str:
    """The shortest plain text of an amount, never with an exponent.

    >>> format_decimal(Decimal('126.50')), format_decimal(Decimal('1E+3'))
    ('126.5', '1000')
    """
    text = format(amount, "f") if amount else "0"
    return text.rstrip("0").rstrip(".") if "." in text else text


_SIX_PLACES, _WIDE = Decimal("0.000001"), Context(prec=60)


def without_dust(amount: Decimal) -> Decimal:
    """An amount to the six places that can be typed: thirds of a unit leave nothing behind.

    >>> without_dust(Decimal(1) - 3 * (Decimal(1) / 3)), without_dust(Decimal('12.5'))
    (Decimal('0.000000'), Decimal('12.5'))
    """
    rounded = amount.quantize(_SIX_PLACES, context=_WIDE)
    return amount if rounded == amount else rounded


def can_convert(given: str, unit: str, unit_mass_kg: Decimal | None = None) -> bool:
    """Whether amounts of one unit can be told in another.

    >>> can_convert('jin', 'kg'), can_convert('bundle', 'kg'), can_convert('l', 'kg')
    (True, False, False)
    """
    source, target = UNITS[given], UNITS[unit]
    if source.name == target.name or source.dimension == target.dimension != "count":
        return True
    return bool(unit_mass_kg) and {source.dimension, target.dimension} == {"count", "mass"}


def convert(quantity: Quantity, unit: str, unit_mass_kg: Decimal | None = None) -> Decimal:
    """The amount in another unit; between counted units and mass by `unit_mass_kg`.

    Raises Refused where the units have nothing in common.

    >>> convert(Quantity(Decimal(3), 'jin'), 'kg')
    Decimal('1.5')
    >>> convert(Quantity(Decimal(240), 'bundle'), 'kg', Decimal('0.5'))
    Decimal('120.0')
    """
    message = N_("%(given)s cannot be turned into %(unit)s.")
    if quantity.unit not in UNITS or unit not in UNITS:
        raise refuse("unit", message, given=quantity, unit=unit)
    source, target = UNITS[quantity.unit], UNITS[unit]
    if source.name == target.name:
        return quantity.amount
    if source.dimension == target.dimension != "count":
        return quantity.amount * source.in_base / target.in_base
    if unit_mass_kg:
        if source.dimension == "count" and target.dimension == "mass":
            return quantity.amount * unit_mass_kg / target.in_base
        if source.dimension == "mass" and target.dimension == "count":
            return quantity.amount * source.in_base / unit_mass_kg
    raise refuse("unit", message, given=quantity, unit=unit)
