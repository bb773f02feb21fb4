"""GS1 Digital Link URIs for trade items: GTIN, variant, lot and serial in the path.

GS1 Digital Link Standard: URI Syntax, section 4. Other primary keys are refused.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote, unquote_plus, urlsplit

from stdnum import ean

from .errors import QijimuError

_HOST = re.compile(r"[A-Za-z0-9._~\-\[\]:%]+")
_FORBIDDEN = re.compile(r"[^\x21-\x7e]|[{}<>\"\\^`|]")
_SET_82 = re.compile(r"[!\"%&'()*+,\-./0-9:;<=>?A-Z_a-z]+")
"""The 82 characters of GS1 General Specifications, figure 7.11-1."""

_ENDINGS = ("22", "10", "21")
"""Qualifiers of a GTIN in their order (table F.1): consumer variant, lot, serial; or 235 alone."""

_PATTERNS: tuple[tuple[str, str], ...] = (
    # application identifier, value: GS1 General Specifications, section 3
    ("1[1-35-7]", r"\d{6}"),  # dates: production, due, packaging, best before, sell by, expiry
    ("10|21|22", r"X{1,20}"),
    ("235", r"X{1,28}"),
    ("240|241|250|251|400|403", r"X{1,30}"),
    ("30|37", r"\d{1,8}"),
    (r"31\d\d|32\d\d|33[0-6]\d|34\d\d|35\d\d|36\d\d", r"\d{6}"),
    (r"390\d|392\d", r"\d{1,15}"),
    (r"391\d|393\d", r"\d{4,18}"),
    ("41[0-7]", r"\d{13}"),
    ("422|424|426", r"\d{3}"),
    ("7003", r"\d{10}"),
    ("9[0-9]", r"X{1,90}"),
)
_FIXED = ("01", "02", "03", "04", *map(str, range(11, 21)), *map(str, range(31, 37)), "41")
"""Beginnings of identifiers whose values need no separator (General Specifications, 7.8.5)."""


class DigitalLinkError(QijimuError, ValueError):
    """Not a Digital Link of a trade item, with the place where it stops being one."""


@dataclass(frozen=True)
class DigitalLink:
    """A GTIN of 14 digits, its qualifiers and further attributes, each (identifier, value)."""

    gtin: str
    qualifiers: tuple[tuple[str, str], ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()

    @property
    def lot(self) -> str | None:
        """The lot number, AI 10."""
        return dict(self.qualifiers).get("10")

    @property
    def serial(self) -> str | None:
        """The serial, AI 21: on our labels the code."""
        return dict(self.qualifiers).get("21")


def parse_gtin(text: str, zeros_left_out: bool = True) -> str:
    """A GTIN as 14 digits, its check digit right; GTIN-8, -12 and -13 where `zeros_left_out`.

    >>> parse_gtin('9520123456788')
    '09520123456788'
    """
    lengths = (8, 12, 13, 14) if zeros_left_out else (14,)
    if not (text.isascii() and text.isdigit() and len(text) in lengths):
        raise DigitalLinkError(f"a GTIN of 14 digits is expected, not {text[:40]!r}")
    gtin = text.zfill(14)
    if ean.calc_check_digit(gtin[:-1]) != gtin[-1]:
        raise DigitalLinkError(f"the check digit of {text} is wrong")
    return gtin


def format_digital_link(base_url: str, gtin: str, lot: str = "", serial: str = "") -> str:
    """The address on a label; what is given must read back.

    >>> format_digital_link('https://qijimu.example', '09520123456788', 'HG-1', '7K3M9QX2D4HT8VRB')
    'https://qijimu.example/01/09520123456788/10/HG-1/21/7K3M9QX2D4HT8VRB'
    """
    parts = [(name, value) for name, value in (("10", lot), ("21", serial)) if value]
    for name, value in parts:
        if not re.fullmatch(r"[A-Za-z0-9._-]{1,20}", value):
            raise DigitalLinkError(f"AI {name} cannot be written as {value[:40]!r}")
    path = "".join(f"/{name}/{value}" for name, value in parts)
    return f"{base_url}/01/{parse_gtin(gtin)}{path}"


def parse_digital_link(uri: str, zeros_left_out: bool = True) -> DigitalLink:
    """Read a Digital Link of a trade item. Raises DigitalLinkError."""
    if not uri or _FORBIDDEN.search(uri):
        raise DigitalLinkError("characters that no URI may have")
    try:
        url = urlsplit(uri)
        wrong = url.scheme not in ("http", "https") or not _HOST.fullmatch(url.netloc)
    except ValueError as error:
        raise DigitalLinkError(str(error)) from error
    if wrong:
        raise DigitalLinkError("http:// or https:// and a host are expected")
    segments = url.path.split("/")[1:]
    if "01" not in segments or len(segments[segments.index("01") :]) % 2:
        raise DigitalLinkError("/01/ and a GTIN are expected in the path")
    pairs = segments[segments.index("01") :]
    names, values = pairs[::2], [_decoded(value) for value in pairs[1::2]]
    gtin = parse_gtin(values[0], zeros_left_out)
    if not (_is_in_order(names[1:]) or names[1:] == ["235"]):
        raise DigitalLinkError(f"{'/'.join(names[1:])} are not qualifiers of a GTIN in their order")
    qualifiers = tuple(zip(names[1:], values[1:], strict=True))
    attributes = tuple(_attributes(url.query, names))
    for name, value in (*qualifiers, *attributes):
        _check(name, value)
    return DigitalLink(gtin, qualifiers, attributes)


def element_string(link: DigitalLink) -> str:
    """The link as an unbracketed element string, `^` standing for FNC1.

    >>> element_string(DigitalLink('09520123456788', (('22', '2A'),)))
    '^0109520123456788222A'
    """
    text = f"^01{link.gtin}"
    elements = (*link.qualifiers, *link.attributes)
    for number, (name, value) in enumerate(elements, 1):
        text += name + value
        if not name.startswith(_FIXED) and number < len(elements):
            text += "^"
    return text


def _decoded(text: str) -> str:
    value = unquote(text, errors="strict") if "%" in text else text
    if "\0" in value:
        raise DigitalLinkError("a value with a NUL")
    return value


def _is_in_order(names: list[str]) -> bool:
    return [name for name in _ENDINGS if name in names] == names


def _attributes(query: str, names: list[str]) -> Iterable[tuple[str, str]]:
    """Numeric names of the query; others are not GS1's and are passed over."""
    for part in re.split("[&;]", query):
        name, equals, value = part.partition("=")
        if not equals or not name.isdigit():
            continue
        if name in names or _is_in_order_with(names, name):
            raise DigitalLinkError(f"AI {name} belongs into the path")
        yield name, unquote_plus(value)


def _is_in_order_with(names: list[str], name: str) -> bool:
    """Whether an attribute is really a qualifier that the path could have held."""
    return name in _ENDINGS and "235" not in names


def _check(name: str, value: str) -> None:
    for pattern, form in _PATTERNS:
        if re.fullmatch(pattern, name):
            longest = form.replace("X", ".")
            is_text = form.startswith("X")
            if re.fullmatch(longest, value) and (not is_text or _SET_82.fullmatch(value)):
                return
            raise DigitalLinkError(f"AI {name} cannot hold {value[:40]!r}")
    raise DigitalLinkError(f"AI {name} is not one that goes with a GTIN")
