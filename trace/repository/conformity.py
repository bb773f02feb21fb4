"""Certificates of conformity that a co-op has issued: numbers, lots and bases."""

import json
from dataclasses import dataclass

from .database import Connection, rows


@dataclass(frozen=True)
class Issued:
    """One issue; a struck-out one keeps its number, since the paper was given away."""

    entry_id: str
    number: str
    basis: str
    node_key: int
    event_date: str
    is_struck: bool


def issued_by(connection: Connection, coop_id: str) -> list[Issued]:
    """Every certificate of conformity of a co-op, oldest first."""
    found = rows(
        connection,
        "SELECT e.entry_id, e.what, e.event_date, e.declared_wrong_by, s.node_key FROM event e"
        " JOIN event_node s ON s.entry_index = e.entry_index"
        " WHERE e.coop_id = ? AND e.event_type = 'certificate_issued' ORDER BY e.entry_index",
        (coop_id,),
    )
    issued = list[Issued]()
    for one in found:
        what = json.loads(one["what"])
        issued.append(
            Issued(
                one["entry_id"],
                str(what.get("number", "")),
                str(what.get("basis", "")),
                one["node_key"],
                one["event_date"],
                bool(one["declared_wrong_by"]),
            )
        )
    return issued
