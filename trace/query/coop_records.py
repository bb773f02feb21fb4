"""A co-op's records for its desk and its inspectors: the list, one record, and what it says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ..domain.bursts import bursts
from ..domain.declared import NOUNS
from ..domain.event_check import as_list
from ..domain.key_data import KEY_DATA
from ..repository import coop_records, declared, events, field_work, written
from ..repository.declared import Declared
from ..repository.instance import Instance
from .field_records import FieldRecord, Part, records_told

PAGE = 50
BURSTS = "bursts"
LOOKS = ("late", BURSTS, "flagged", "corrected")
"""What a list of records may be asked for, beside everything."""

MOST_OF_BURSTS = 5000
_DAY = timedelta(days=1)
"""A local day begins at most this much before the same day of UTC."""


@dataclass(frozen=True)
class RecordPage:
    """One page of the list, and the entry index to go on from where there is more.

    `bursts` are the entry ids of those that were typed in with many others at one sitting.
    """

    records: tuple[FieldRecord, ...]
    older: int | None
    bursts: frozenset[str] = frozenset()


@dataclass(frozen=True)
class RecordTold:
    """One record, the nouns and the record it names, who wrote it down, and when exactly it was.

    `event_time` has its offset; `precision` is day or minute.
    """

    record: FieldRecord
    recorded_by: Declared | None
    nouns: Mapping[str, Declared]
    names: FieldRecord | None
    event_time: str
    precision: str


def record_page(
    instance: Instance,
    coop_id: str,
    days: tuple[date, date],
    event_type: str = "",
    before: int | None = None,
    look: str = "",
) -> RecordPage:
    """A co-op's records of these days, the last written first, wrong ones struck out.

    `look` may ask for those that are late, flagged, corrected, or of a burst.
    """
    with instance.database.reading() as connection:
        only = None
        if look == BURSTS:
            since = written.written_since(connection, coop_id, (days[0] - _DAY).isoformat())
            marked = bursts(since)
            only = [one.entry_id for one in since if one.entry_id in marked][-MOST_OF_BURSTS:]
        rows = coop_records.records_between(
            connection,
            coop_id,
            days[0].isoformat(),
            days[1].isoformat(),
            event_type,
            before,
            PAGE + 1,
            look="" if look == BURSTS else look,
            only=only,
        )
        told = records_told(connection, coop_id, rows[:PAGE])
        found = bursts(written.written_around(connection, coop_id, rows[:PAGE]))
    return RecordPage(told, rows[PAGE - 1]["entry_index"] if len(rows) > PAGE else None, found)


def record_told(instance: Instance, coop_id: str, entry_id: str) -> RecordTold | None:
    """One record of this co-op, or None."""
    with instance.database.reading() as connection:
        row = events.event_by_id(connection, coop_id, entry_id)
        if row is None:
            return None
        record = records_told(connection, coop_id, [row])[0]
        named = {
            str(one)
            for element in KEY_DATA[record.event_type]
            if element.kind in NOUNS
            for one in as_list(record.what.get(element.name))
        }
        nouns = declared.by_any_ids(connection, named | {record.recorded_by_id})
        pointed = [
            str(record.what[element.name])
            for element in KEY_DATA[record.event_type]
            if element.kind == "entry" and record.what.get(element.name)
        ]
        others = field_work.events_by_ids(connection, coop_id, pointed)
        names = records_told(connection, coop_id, list(others.values())[:1])
    return RecordTold(
        record,
        nouns.get(record.recorded_by_id),
        nouns,
        next(iter(names), None),
        row["event_time"],
        row["precision"],
    )


def sent_again(record: FieldRecord) -> dict[str, Any]:
    """What a report would have to say to be recorded as this record was."""
    sent: dict[str, Any] = {}
    for element in KEY_DATA[record.event_type]:
        if element.kind == "nodes":
            named = [_share(one, bool(element.units)) for one in _parts_of(record, element.name)]
            if named:
                sent[element.name] = named
        elif element.name in record.what:
            sent[element.name] = record.what[element.name]
    return sent


def _parts_of(record: FieldRecord, name: str) -> list[Part]:
    element = next(one for one in KEY_DATA[record.event_type] if one.name == name)
    return [
        part for part in record.parts if part.role == element.role and part.kind in element.nodes
    ]


def _share(part: Part, has_amount: bool) -> dict[str, str]:
    amount = {"quantity": part.quantity, "unit": part.unit} if has_amount else {}
    return {"node": part.node_id} | amount
