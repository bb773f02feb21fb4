"""A record as the report that would make it again: what a correction begins from."""

import json
from typing import Any

from ..domain.events import Photo
from ..domain.key_data import KEY_DATA
from ..repository import events, field_work
from ..repository.database import Connection, Row
from .events import Report


def report_of(connection: Connection, event: Row) -> Report:
    """The report of a stored event, word for word; what our lists added to it is left out."""
    what = json.loads(event["what"])
    shares = events.shares_of(connection, event["entry_index"])
    sent: dict[str, Any] = {}
    for element in KEY_DATA[event["event_type"]]:
        if element.kind == "nodes":
            sent[element.name] = [
                _share(one)
                for one in shares
                if one["role"] == element.role and one["kind"] in element.nodes
            ]
        elif element.name in what:
            sent[element.name] = what[element.name]
    notes = field_work.notes_of(connection, [event["entry_id"]])
    return Report(
        event["event_type"],
        sent,
        _when(event),
        event["performed_by"],
        notes.get(event["entry_id"], ""),
        tuple(
            Photo(one["sha256"], one["purpose"])
            for one in field_work.files_of(connection, [event["entry_index"]])
        ),
        bool(event["already_happened"]),
    )


def _share(one: Row) -> dict[str, str]:
    share = {"node": one["node_id"]}
    return share | ({"quantity": one["quantity"], "unit": one["unit"]} if one["quantity"] else {})


def _when(event: Row) -> str:
    """The day, or the minute at the co-op: what was written with its offset, without it."""
    length = len("2026-11-23") if event["precision"] == "day" else len("2026-11-23T06:30")
    return str(event["event_time"])[:length]
