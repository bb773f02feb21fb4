"""What a co-op has declared, as its manager lists and changes it."""

from dataclasses import dataclass

from ..repository import declared, field_work, file_rows
from ..repository.declared import Declared
from ..repository.instance import Instance
from .coop_nodes import NodeLine, node_lines

__all__ = ["Bought", "Declared", "bought_inputs", "has_file", "named", "nouns_of", "versions_of",
           "who_declared"]  # fmt: skip


@dataclass(frozen=True)
class Bought:
    """One lot of an input that was bought, from whom, and what may be left of it."""

    line: NodeLine
    supplier: Declared | None
    expires_on: str


def nouns_of(
    instance: Instance, coop_id: str, noun: str, *, with_retired: bool = False
) -> tuple[Declared, ...]:
    """The current versions of one noun, the last declared first."""
    with instance.database.reading() as connection:
        found = declared.all_current(connection, coop_id, noun, with_retired=with_retired)
    return tuple(reversed(found))


def versions_of(instance: Instance, coop_id: str, noun: str, noun_id: str) -> tuple[Declared, ...]:
    """Every version of one noun of this co-op, newest first; none where it is not ours."""
    with instance.database.reading() as connection:
        return tuple(reversed(declared.history(connection, coop_id, noun, noun_id)))


def who_declared(instance: Instance, versions: tuple[Declared, ...]) -> dict[str, Declared]:
    """Who declared each of these versions, by its entry; the operator is left out."""
    with instance.database.reading() as connection:
        by_entry = declared.declared_by(connection, [one.entry_id for one in versions])
        people = declared.by_ids(connection, "party", list(by_entry.values()))
    return {entry: people[party] for entry, party in by_entry.items() if party in people}


def named(instance: Instance, ids: set[str]) -> dict[str, Declared]:
    """Current versions by id, to show names."""
    with instance.database.reading() as connection:
        return declared.by_any_ids(connection, ids)


def has_file(instance: Instance, coop_id: str, sha256: str) -> bool:
    """Whether this co-op keeps this file."""
    with instance.database.reading() as connection:
        return sha256 in file_rows.existing_files(connection, coop_id, [sha256])


def bought_inputs(instance: Instance, coop_id: str) -> tuple[Bought, ...]:
    """The input lots of a co-op, newest first."""
    with instance.database.reading() as connection:
        rows = field_work.input_lots_of(connection, coop_id)
        lines = {one.key: one for one in node_lines(connection, [r["node_key"] for r in rows])}
        suppliers = declared.by_ids(connection, "party", [r["supplier_id"] or "" for r in rows])
    return tuple(
        Bought(lines[row["node_key"]], suppliers.get(row["supplier_id"]), row["expires_on"] or "")
        for row in rows
    )
