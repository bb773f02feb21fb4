"""The events of a node and of what it was made from, as a shopper's page tells them.

An ancestor's work counts up to the moment it was taken; inspections, holds, recalls and corrections
at any time; where goods went afterwards is not told. Struck-out records stay, with corrections.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from typing import Any

from ..domain.event_time import Happened
from ..domain.key_data import INPUT, OUTPUT, REMOVED, RETURNED, SOURCE, SUBJECT
from ..domain.vocabulary import EVENT_TYPES
from ..repository import public_events as stored
from ..repository.database import Connection, Row
from ..repository.growing import first_place

ANY_TIME = ("inspection", "hold", "hold_lifted", "recall", "recall_closed")


@dataclass(frozen=True)
class Share:
    """A node's part in an event: its key and kind, the role, and how much where that is known."""

    node_key: int
    role: str
    quantity: str | None
    unit: str | None


@dataclass(frozen=True)
class File:
    """A photo or paper of an event by its hash."""

    sha256: str
    is_photo: bool
    byte_size: int


@dataclass(frozen=True)
class Correction:
    """Who declared a record wrong, when, and why in whose words."""

    corrected_by: str
    record_time: datetime
    reason: str
    note: str


@dataclass(frozen=True)
class PublicEvent:
    """One event: times are local to where it happened; ids in `what` are looked up apart."""

    entry_id: str
    entry_index: int
    event_type: str
    event_time: datetime
    is_to_the_minute: bool
    record_time: datetime
    days_late: int
    performed_by: str
    recorded_by: str
    what: Mapping[str, Any]
    breaches: tuple[str, ...]
    shares: tuple[Share, ...]
    replaces: str | None
    first_place: int
    note: str = ""
    photos: tuple[File, ...] = ()
    reports: tuple[File, ...] = ()
    correction: Correction | None = None

    @property
    def date(self) -> date:
        """The local date of the event."""
        return self.event_time.date()

    @property
    def happened(self) -> Happened:
        """When it happened, to be put before or after others of the same day."""
        moment = self.event_time if self.is_to_the_minute else None
        return Happened(self.date, moment, self.first_place)

    @property
    def is_wrong(self) -> bool:
        """Whether it was declared wrong: shown struck out, counted nowhere."""
        return self.correction is not None

    def of_role(self, *roles: str) -> tuple[Share, ...]:
        """The shares of these roles."""
        return tuple(share for share in self.shares if share.role in roles)


@dataclass
class _Group:
    row: Row
    shares: list[Row] = field(default_factory=list)


def public_events(
    connection: Connection, key: int, cut_offs: Mapping[int, str | None], zone: tzinfo
) -> tuple[list[PublicEvent], list[PublicEvent]]:
    """The events that tell of node `key`, oldest first, and apart from them all pickings of its
    plantings up to the last of its own, which count flushes."""
    groups: dict[int, _Group] = {}
    for row in stored.events_with_roles(connection, list(cut_offs)):
        groups.setdefault(row["entry_index"], _Group(row)).shares.append(row)
    kept, pickings = [], []
    for group in groups.values():
        if EVENT_TYPES[group.row["event_type"]].is_public and _belongs(group, key, cut_offs):
            kept.append(group)
        elif group.row["event_type"] == "harvesting" and _before_cut_off(group, cut_offs):
            pickings.append(group)
    return _read(connection, kept, zone), _read(connection, pickings, zone)


def _belongs(group: _Group, key: int, cut_offs: Mapping[int, str | None]) -> bool:
    for share in group.shares:
        role, node_key = share["role"], share["node_key"]
        if role == OUTPUT:
            return True
        if node_key == key:
            if role not in (INPUT, SOURCE):
                return True
        elif role in (SUBJECT, RETURNED) and (
            group.row["event_type"] in ANY_TIME
            or group.row["event_utc"] <= (cut_offs[node_key] or "")
        ):
            return True
    return False


def _before_cut_off(group: _Group, cut_offs: Mapping[int, str | None]) -> bool:
    return any(
        group.row["event_utc"] <= (cut_offs[share["node_key"]] or "")
        and share["role"] not in (OUTPUT, REMOVED)
        for share in group.shares
    )


def read_events(connection: Connection, rows: list[Row], zone: tzinfo) -> list[PublicEvent]:
    """These rows of events with notes, files and corrections, their nodes left out."""
    return _read(connection, [_Group(row) for row in rows], zone)


def _read(connection: Connection, groups: list[_Group], zone: tzinfo) -> list[PublicEvent]:
    if not groups:
        return []
    wrong_by = [g.row["declared_wrong_by"] for g in groups if g.row["declared_wrong_by"]]
    declarations = stored.events_by_ids(connection, wrong_by)
    notes = stored.notes_of(connection, [g.row["entry_id"] for g in groups] + wrong_by)
    photos: dict[int, list[File]] = {}
    reports: dict[int, list[File]] = {}
    for one in stored.files_of(connection, [g.row["entry_index"] for g in groups]):
        is_photo = one["media_type"].startswith("image/")
        where = reports if one["purpose"] == "report" else photos
        file = File(one["sha256"], is_photo, one["byte_size"])
        where.setdefault(one["entry_index"], []).append(file)
    return [
        _event(
            group,
            notes,
            tuple(photos.get(group.row["entry_index"], ())),
            tuple(reports.get(group.row["entry_index"], ())),
            _correction(declarations.get(group.row["declared_wrong_by"]), notes, zone),
            first_place(connection, group.row),
            zone,
        )
        for group in groups
    ]


def _correction(
    declaration: Row | None, notes: Mapping[str, str], zone: tzinfo
) -> Correction | None:
    if declaration is None:
        return None
    return Correction(
        declaration["performed_by"],
        datetime.fromisoformat(declaration["record_time"]).astimezone(zone),
        json.loads(declaration["what"])["declaration_reason"],
        notes.get(declaration["entry_id"], ""),
    )


def _event(
    group: _Group,
    notes: Mapping[str, str],
    photos: tuple[File, ...],
    reports: tuple[File, ...],
    correction: Correction | None,
    place: int,
    zone: tzinfo,
) -> PublicEvent:
    row = group.row
    event_time = datetime.fromisoformat(row["event_time"])
    record_time = datetime.fromisoformat(row["record_time"]).astimezone(zone)
    late = (record_time.date() - event_time.date()).days if row["is_late"] else 0
    return PublicEvent(
        row["entry_id"],
        row["entry_index"],
        row["event_type"],
        event_time,
        row["precision"] == "minute",
        record_time,
        late,
        row["performed_by"],
        row["recorded_by"],
        json.loads(row["what"]),
        tuple(json.loads(row["breaches"])),
        tuple(
            Share(share["node_key"], share["role"], share["share"], share["share_unit"])
            for share in group.shares
        ),
        row["replaces"],
        place,
        notes.get(row["entry_id"], ""),
        photos,
        reports,
        correction,
    )
