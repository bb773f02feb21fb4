"""Who looked at a co-op's records, and the days an inspector is limited to."""

from dataclasses import dataclass
from datetime import date, datetime

from ..domain.reading_span import UNLIMITED, Span
from ..repository import declared, field_work, inspecting, nodes
from ..repository.database import Connection, Row
from ..repository.declared import Declared
from ..repository.instance import Instance
from .coop_nodes import NodeLine, node_lines
from .field_records import FieldRecord, records_told

PAGE = 50


@dataclass(frozen=True)
class Read:
    """One page an inspector read, with what it showed where that can still be named."""

    key: int
    reader: Declared | None
    page: str
    at: datetime
    days: tuple[date, date] | None
    record: FieldRecord | None
    node: NodeLine | None
    noun: Declared | None


@dataclass(frozen=True)
class ReadPage:
    """One page of the list, and the key to go on from where there is more."""

    reads: tuple[Read, ...]
    older: int | None


def reads_page(
    instance: Instance, coop_id: str, account_id: str = "", before: int | None = None
) -> ReadPage:
    """What was read of this co-op, the last first; of one account alone where it is named."""
    with instance.database.reading() as connection:
        rows = inspecting.reads_of(connection, coop_id, account_id, before, PAGE + 1)
        reads = _told(connection, coop_id, rows[:PAGE])
    return ReadPage(reads, rows[PAGE - 1]["read_key"] if len(rows) > PAGE else None)


def _told(connection: Connection, coop_id: str, rows: list[Row]) -> tuple[Read, ...]:
    if not rows:
        return ()
    subjects = sorted({row["subject"] for row in rows if row["subject"]})
    named = declared.by_any_ids(connection, {row["party_id"] for row in rows} | set(subjects))
    events = field_work.events_by_ids(connection, coop_id, subjects or [""])
    told = {one.entry_id: one for one in records_told(connection, coop_id, list(events.values()))}
    keys = [
        one["node_key"]
        for one in nodes.node_keys(connection, subjects or [""]).values()
        if one["coop_id"] == coop_id
    ]
    lines = {one.id: one for one in (node_lines(connection, keys) if keys else ())}
    return tuple(
        Read(
            row["read_key"],
            named.get(row["party_id"]),
            row["page"],
            datetime.fromisoformat(row["read_at"]),
            _days(row),
            told.get(row["subject"]),
            lines.get(row["subject"]),
            named.get(row["subject"]),
        )
        for row in rows
    )


def _days(row: Row) -> tuple[date, date] | None:
    first, last = row["first_day"], row["last_day"]
    return (date.fromisoformat(first), date.fromisoformat(last)) if first and last else None


def spans_of(instance: Instance, membership_ids: list[str]) -> dict[str, Span]:
    """The days these memberships are limited to; those without a limit are left out."""
    with instance.database.reading() as connection:
        found = inspecting.spans_of(connection, membership_ids)
    return {one: span_of_row(row) for one, row in found.items()}


def span_of_row(row: Row | None) -> Span:
    """The span a row of days says; unlimited without one."""
    if row is None:
        return UNLIMITED
    first, last = row["first_day"], row["last_day"]
    return Span(
        date.fromisoformat(first) if first else None, date.fromisoformat(last) if last else None
    )


def may_read_file(instance: Instance, coop_id: str, span: Span, sha256: str) -> bool:
    """Whether a file belongs to a record of the span, or to a certificate of the co-op."""
    if not span.is_limited:
        return True
    with instance.database.reading() as connection:
        days = inspecting.days_of_file(connection, coop_id, sha256)
        certificates = declared.all_current(connection, coop_id, "certificate", with_retired=True)
    return any(span.holds(date.fromisoformat(day)) for day in days) or any(
        one.text("file") == sha256 for one in certificates
    )
