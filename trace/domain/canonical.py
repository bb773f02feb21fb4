"""Canonical JSON (RFC 8785): one value, one spelling, so that a hash of the bytes means the value.

Floats are refused, quantities are decimals in strings: 0.1 kg must never become 0.1000000001.
"""

import json
import re
from collections.abc import Mapping
from typing import Any, NoReturn

import rfc8785

from .merkle import LedgerError

_MAX_INTEGER = 2**53 - 1  # RFC 8785 section 3.2.2.3, by way of RFC 7493 section 2.2
_ASTRAL = re.compile(rb"[\xf0-\xf4]")  # first bytes, in UTF-8, of characters past U+FFFF


def format_canonical(value: Mapping[str, object]) -> bytes:
    """`{"kind":"event","quantity":"12.5","v":1}` in UTF-8; LedgerError names the path refused."""
    members: dict[str, Any] = dict(value)
    _check(members, "$")
    return rfc8785.dumps(members)


def parse_canonical(body: bytes) -> dict[str, object]:
    """Read one JSON object in its canonical spelling; LedgerError for any other bytes."""
    try:
        value = json.loads(
            body.decode(),
            parse_int=_parse_integer,
            parse_float=_refuse_number,
            parse_constant=_refuse_number,
        )
        spelling = _SPELLING.encode(value).encode()
        if _ASTRAL.search(body):
            spelling = rfc8785.dumps(value)
    except LedgerError:
        raise
    except (ValueError, RecursionError) as error:
        raise LedgerError(f"not JSON: {error}") from error
    if not isinstance(value, dict):
        raise LedgerError("expected a JSON object")
    if spelling != body:
        raise LedgerError("not the canonical spelling of its JSON (RFC 8785)")
    return value


# Python's own encoder writes RFC 8785 six times as fast as rfc8785 where there are no floats and
# names sort alike by code point and by UTF-16 unit: always, without characters past U+FFFF.
_SPELLING = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _parse_integer(text: str) -> int:
    number = int(text)
    if abs(number) > _MAX_INTEGER:
        raise LedgerError(f"the integer {text[:40]} is past 2**53 - 1: write it as a string")
    return number


def _refuse_number(text: str) -> NoReturn:
    raise LedgerError(f"the number {text[:40]} is not an integer: write it as a string")


def _check(value: object, path: str) -> None:
    """Raise LedgerError for what the ledger does not write, naming where it stands."""
    match value:
        case None | bool():
            return
        case str():
            _check_text(value, path)
        case int():
            if abs(value) > _MAX_INTEGER:
                raise LedgerError(f"{path}: the integer {value} is past 2**53 - 1, use a string")
        case float():
            raise LedgerError(f"{path}: the float {value!r} is refused, use a string")
        case list() | tuple():
            for position, member in enumerate(value):
                _check(member, f"{path}[{position}]")
        case dict():
            for name, member in value.items():
                if not isinstance(name, str):
                    raise LedgerError(f"{path}: the name {name!r} is not text")
                _check_text(name, path)
                _check(member, f"{path}.{name}")
        case _:
            raise LedgerError(f"{path}: {type(value).__name__} is not a JSON value")


def _check_text(text: str, path: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise LedgerError(f"{path}: half a surrogate pair cannot be written") from error
