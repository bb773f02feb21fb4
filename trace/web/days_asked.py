"""A span of days out of the address: `?from=…&to=…`, what cannot be read left to the default."""

from datetime import date, timedelta

from flask import request

USUAL_DAYS = 30


def days_asked(today: date, usual: int = USUAL_DAYS) -> tuple[date, date]:
    """First and last day, in order; without them the last `usual` days."""
    last = _day("to") or today
    first = _day("from") or max(last, date.min + timedelta(days=usual)) - timedelta(days=usual)
    return (first, last) if first <= last else (last, first)


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
