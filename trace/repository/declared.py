"""Declared nouns (co-ops, parties, sites, plots, products, inputs, certificates) and their history.

`fields` come from the ledger's entry; personal values are joined from `private_value`, so what was
erased is simply not there any more.
"""

import json
from dataclasses import dataclass
from typing import Any

from .database import Connection, Row, marks, row, rows


@dataclass(frozen=True)
class Declared:
    """One version of a declared noun with its fields, personal ones included where not erased."""

    noun: str
    id: str
    coop_id: str
    version: int
    entry_id: str
    record_time: str
    is_retired: bool
    fields: dict[str, Any]

    def text(self, name: str) -> str:
        """A field as text, empty where it is not filled in."""
        value = self.fields.get(name)
        return "" if value is None else str(value)

    def in_language(self, name: str, language: str) -> str:
        """A field in English where there is one and English is asked for."""
        return (self.text(f"{name}_en") if language == "en" else "") or self.text(name)


def _declared(connection: Connection, found: list[Row]) -> list[Declared]:
    private: dict[str, dict[str, str]] = {}
    ids = [one["entry_id"] for one in found]
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        for value in rows(
            connection,
            "SELECT entry_id, path, value FROM private_value"
            f" WHERE entry_id IN ({marks(len(part))})",
            part,
        ):
            private.setdefault(value["entry_id"], {})[value["path"]] = value["value"]
    return [
        Declared(
            one["noun"],
            one["id"],
            one["coop_id"],
            one["version"],
            one["entry_id"],
            one["record_time"],
            bool(one["is_retired"]),
            json.loads(one["fields"]) | private.get(one["entry_id"], {}),
        )
        for one in found
    ]


def all_current(
    connection: Connection, coop_id: str, noun: str, *, with_retired: bool = False
) -> list[Declared]:
    """Every current version of one noun of a co-op, in the order of declaring."""
    found = rows(
        connection,
        "SELECT * FROM declared WHERE coop_id = ? AND noun = ? AND is_current = 1"
        " AND (is_retired = 0 OR ?) ORDER BY entry_index",
        (coop_id, noun, int(with_retired)),
    )
    return _declared(connection, found)


def by_ids(connection: Connection, noun: str, ids: list[str]) -> dict[str, Declared]:
    """Current versions by id, whichever co-op's; retired ones too."""
    wanted = sorted({one for one in ids if one})
    found = rows(
        connection,
        f"SELECT * FROM declared WHERE noun = ? AND id IN ({marks(len(wanted))})"
        " AND is_current = 1",
        (noun, *wanted),
    )
    return {one.id: one for one in _declared(connection, found)}


def one_of(connection: Connection, coop_id: str, noun: str, noun_id: str) -> Declared | None:
    """The current version of one noun of this co-op."""
    found = by_ids(connection, noun, [noun_id]).get(noun_id)
    return found if found and found.coop_id == coop_id else None


def history(connection: Connection, coop_id: str, noun: str, noun_id: str) -> list[Declared]:
    """Every version of one noun, oldest first."""
    found = rows(
        connection,
        "SELECT * FROM declared WHERE coop_id = ? AND noun = ? AND id = ? ORDER BY version",
        (coop_id, noun, noun_id),
    )
    return _declared(connection, found)


def declared_by(connection: Connection, entry_ids: list[str]) -> dict[str, str]:
    """Which party declared each of these versions; the operator's and older ones name none."""
    if not entry_ids:
        return {}
    found = rows(
        connection,
        f"SELECT entry_id, body FROM entry WHERE entry_id IN ({marks(len(entry_ids))})",
        entry_ids,
    )
    named = {one["entry_id"]: json.loads(one["body"]).get("declared_by", "") for one in found}
    return {entry_id: party for entry_id, party in named.items() if party}


def existing_ids(
    connection: Connection,
    coop_id: str,
    noun: str,
    ids: list[str],
    even_retired: frozenset[str] = frozenset(),
) -> frozenset[str]:
    """Which of these ids are this co-op's and not retired, or are named in `even_retired`."""
    if not ids:
        return frozenset()
    found = rows(
        connection,
        "SELECT id, is_retired FROM declared WHERE coop_id = ? AND noun = ?"
        f" AND id IN ({marks(len(ids))}) AND is_current = 1",
        (coop_id, noun, *ids),
    )
    return frozenset(
        one["id"] for one in found if not one["is_retired"] or one["id"] in even_retired
    )


def time_zone(connection: Connection, coop_id: str) -> str:
    """The co-op's time zone, an IANA name."""
    coop = row(
        connection,
        "SELECT fields FROM declared WHERE noun = 'coop' AND id = ? AND is_current = 1",
        (coop_id,),
    )
    return str(json.loads(coop["fields"])["time_zone"]) if coop else "Asia/Shanghai"


def all_coops(connection: Connection) -> list[Declared]:
    """Every co-op of the instance."""
    found = rows(
        connection,
        "SELECT * FROM declared WHERE noun = 'coop' AND is_current = 1 ORDER BY entry_index",
    )
    return _declared(connection, found)


def by_any_ids(connection: Connection, ids: set[str]) -> dict[str, Declared]:
    """Current versions by id, of whatever noun and co-op; ids are unique over all nouns."""
    wanted = sorted(one for one in ids if one)
    found = rows(
        connection,
        "SELECT * FROM declared WHERE noun IN"
        " ('coop', 'party', 'site', 'plot', 'product', 'input', 'certificate')"
        f" AND id IN ({marks(len(wanted))}) AND is_current = 1",
        wanted,
    )
    return {one.id: one for one in _declared(connection, found)}
