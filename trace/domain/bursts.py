"""Bursts: many records typed in at one sitting about different days.

A week written down on a Sunday evening is not wrong, but it is memory and not a note of the day
(农产品质量安全法 Art. 27 asks for records as the work is done): it is marked, never refused.
Computed whenever records are read; nothing of it is stored.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

BURST_RECORDS = 5
"""As many records of one person make a burst …"""

BURST_WITHIN = timedelta(minutes=10)
"""… when the last was written at most this long after the first …"""

BURST_DAYS = 3
"""… and the earliest and the latest day they tell of lie at least this many days apart."""


@dataclass(frozen=True)
class Written:
    """When a record was typed in, by whom, and of which day it tells."""

    entry_id: str
    recorded_by: str
    record_time: datetime
    on: date


def bursts(written: Iterable[Written]) -> frozenset[str]:
    """The entry ids of all records that belong to a burst."""
    by_person: dict[str, list[Written]] = {}
    for one in sorted(written, key=lambda one: (one.record_time, one.entry_id)):
        by_person.setdefault(one.recorded_by, []).append(one)
    return frozenset(one.entry_id for records in by_person.values() for one in _in_bursts(records))


def _in_bursts(records: list[Written]) -> list[Written]:
    """Of one person's records in the order of writing: those of every sitting that is a burst."""
    found: list[Written] = []
    first = marked = 0
    for last, newest in enumerate(records, 1):
        while newest.record_time - records[first].record_time > BURST_WITHIN:
            first += 1
        if is_burst(records[first:last]):
            found += records[max(first, marked) : last]
            marked = last
    return found


def is_burst(sitting: list[Written]) -> bool:
    """Whether these, typed in at one sitting, are many and tell of days far apart."""
    if len(sitting) < BURST_RECORDS:
        return False
    days = [one.on for one in sitting]
    return (max(days) - min(days)).days >= BURST_DAYS
