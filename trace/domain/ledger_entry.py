"""What an entry's body and the columns beside it must agree on, and the form of its record time."""

import re
from collections.abc import Mapping

from .merkle import LedgerError

# RFC 3339 in UTC with milliseconds: text that sorts as time does.
_RECORD_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)


def check_record_time(record_time: str) -> None:
    """Raise LedgerError unless it is written like `2026-05-12T01:30:00.000Z`."""
    if not _RECORD_TIME.fullmatch(record_time):
        raise LedgerError(f"record_time {record_time!r} is not UTC with milliseconds")


def check_columns(body: Mapping[str, object], columns: Mapping[str, str | None]) -> None:
    """Raise LedgerError unless the columns repeat what the body says under the same names."""
    for name, value in columns.items():
        if body.get(name) != value:
            raise LedgerError(f"column {name} is {value!r}, the body says {body.get(name)!r}")


def commitments_in(body: Mapping[str, object]) -> Mapping[str, object]:
    """The commitments to personal values, by path; empty where the entry has none."""
    commitments = body.get("commitments", {})
    if not isinstance(commitments, dict):
        raise LedgerError("commitments in the body are not an object")
    return commitments
