"""Holds: how they are put on a node, and the ways they end.

One from a suspicion is lifted by a person, one from a failed test by a later passed test of a
named laboratory, any by destroying everything (DESIGN part 3). Each is undone by a correction.
One from an early harvest follows from the record: it stands while sprayings and pickings say so.
"""

from decimal import Decimal
from typing import Any

from ..domain.holds import EARLY_HARVEST, HOLD_RULES, SUSPICION
from . import growing, lineage, nodes
from .database import Connection, Row, marks, parts, rows

DESTROYING = "destroying"


def put(
    connection: Connection, entry_index: int, body: dict[str, Any], keys: list[int], rule: str
) -> None:
    """Hold these nodes, and with them everything made from them."""
    connection.executemany(
        "INSERT INTO hold(entry_index, node_key, coop_id, rule) VALUES(?,?,?,?)",
        [(entry_index, node_key, body["coop_id"], rule) for node_key in keys],
    )


def lift_said(connection: Connection, entry_id: str, hold_id: str) -> list[int]:
    """End a suspicion; gives the nodes it held. A failed test is no suspicion."""
    held = rows(
        connection,
        "SELECT h.entry_index, h.node_key FROM hold h JOIN event e ON e.entry_index = h.entry_index"
        " WHERE e.entry_id = ? AND h.rule = ? AND h.lifted_by IS NULL",
        (hold_id, SUSPICION),
    )
    connection.executemany(
        "UPDATE hold SET lifted_by = ? WHERE entry_index = ? AND node_key = ?",
        [(entry_id, one["entry_index"], one["node_key"]) for one in held],
    )
    return [one["node_key"] for one in held]


def lifted_already(connection: Connection, coop_id: str, hold_id: str) -> str | None:
    """The entry by which a suspicion of this co-op has ended, or None."""
    found = rows(
        connection,
        "SELECT h.lifted_by FROM hold h JOIN event e ON e.entry_index = h.entry_index"
        " WHERE e.entry_id = ? AND e.coop_id = ? AND h.rule = ? AND h.lifted_by IS NOT NULL",
        (hold_id, coop_id, SUSPICION),
    )
    return str(found[0]["lifted_by"]) if found else None


def settle_early_harvests(
    connection: Connection, body: dict[str, Any], keys: list[int]
) -> list[int]:
    """Hold what was picked too early of these lots, and of all that was taken off these plantings.

    The hold's entry is the spraying that picking did not wait for. Gives the lots whose holds
    changed; what was destroyed stays ended.
    """
    lots = sorted({*keys, *(one.lot_key for one in growing.takings_from(connection, keys))})
    if not lots:
        return []
    standing = {
        (one["node_key"], one["entry_index"]): one
        for one in rows(
            connection,
            "SELECT h.node_key, h.entry_index, h.lifted_by, e.event_type AS lifted_in FROM hold h"
            " LEFT JOIN event e ON e.entry_id = h.lifted_by"
            f" WHERE h.rule = ? AND h.node_key IN ({marks(len(lots))})",
            (EARLY_HARVEST, *lots),
        )
    }
    broken = _early_harvests(connection, lots)
    ended = [at for at, one in standing.items() if at not in broken and one["lifted_by"] is None]
    again = [at for at in broken if at in standing and _is_ended(standing[at])]
    begun = [at for at in broken if at not in standing]
    where = "WHERE node_key = ? AND entry_index = ?"
    connection.executemany(
        f"UPDATE hold SET lifted_by = ? {where}", [(body["entry_id"], *at) for at in ended]
    )
    connection.executemany(f"UPDATE hold SET lifted_by = NULL {where}", again)
    connection.executemany(
        "INSERT INTO hold(node_key, entry_index, coop_id, rule) VALUES(?,?,?,?)",
        [(*at, body["coop_id"], EARLY_HARVEST) for at in begun],
    )
    return sorted({lot for lot, _ in (*ended, *again, *begun)})


def _is_ended(held: Row) -> bool:
    """Whether a correction had ended this hold, not a destroying."""
    return held["lifted_by"] is not None and held["lifted_in"] != DESTROYING


def _early_harvests(connection: Connection, lots: list[int]) -> list[tuple[int, int]]:
    """Each lot with each spraying that its picking did not wait for, by the spraying's place."""
    taken = growing.takings_into(connection, lots)
    sprayed = growing.sprayings_of(connection, sorted({one.planting_key for one in taken}))
    return sorted(
        {
            (picking.lot_key, one.entry_index)
            for picking in taken
            for one in sprayed
            if one.planting_key == picking.planting_key and growing.did_not_wait(one, picking)
        }
    )


def lift_destroyed(connection: Connection, entry_id: str, keys: list[int]) -> list[int]:
    """End the holds of which all is destroyed, also in what was made from it."""
    held = _held(connection, keys, "h.lifted_by IS NULL")
    gone = [one for one in held if _is_all_destroyed(connection, one)]
    connection.executemany(
        "UPDATE hold SET lifted_by = ? WHERE node_key = ? AND entry_index = ?",
        [(entry_id, one["node_key"], one["entry_index"]) for one in gone],
    )
    return _nodes_of(gone)


def restore_undestroyed(connection: Connection, keys: list[int]) -> list[int]:
    """Hold again what a destroying had freed and of which something has turned up since."""
    freed = (
        "h.lifted_by IN (SELECT d.entry_id FROM event d"
        f" WHERE d.entry_id = h.lifted_by AND d.event_type = '{DESTROYING}')"
    )
    held = _held(connection, keys, freed)
    again = [one for one in held if not _is_all_destroyed(connection, one)]
    connection.executemany(
        "UPDATE hold SET lifted_by = NULL WHERE node_key = ? AND entry_index = ?",
        [(one["node_key"], one["entry_index"]) for one in again],
    )
    return _nodes_of(again)


def lift_long_destroyed(connection: Connection, keys: list[int]) -> list[int]:
    """End the holds of which all had been destroyed before anybody knew, or as it turns out now.

    What ends them is the last destroying. A suspicion about destroyed goods is lifted by hand.
    """
    freed = list[Row]()
    for one in _held(connection, keys, f"h.lifted_by IS NULL AND h.rule <> '{SUSPICION}'"):
        last = _last_destroying(connection, _reached(connection, one))
        if last and _is_all_destroyed(connection, one):
            freed.append(one)
            connection.execute(
                "UPDATE hold SET lifted_by = ? WHERE node_key = ? AND entry_index = ?",
                (last, one["node_key"], one["entry_index"]),
            )
    return _nodes_of(freed)


def _last_destroying(connection: Connection, keys: list[int]) -> str | None:
    """The last destroying that was written down of any of these and stands."""
    found: list[tuple[int, str]] = []
    for part in parts(keys):
        found += [
            (one["entry_index"], one["entry_id"])
            for one in rows(
                connection,
                "SELECT e.entry_index, e.entry_id FROM event_node s"
                " JOIN event e ON e.entry_index = s.entry_index"
                f" WHERE s.node_key IN ({marks(len(part))}) AND e.event_type = ?"
                " AND e.declared_wrong_by IS NULL ORDER BY e.entry_index DESC LIMIT 1",
                (*part, DESTROYING),
            )
        ]
    return max(found)[1] if found else None


def _nodes_of(held: list[Row]) -> list[int]:
    return sorted({one["node_key"] for one in held})


def strike_out(
    connection: Connection, declared_by: str, wrong_id: str, wrong_index: int
) -> list[int]:
    """A wrong record's holds end, and what it had lifted is held again; gives the latter."""
    connection.execute(
        "UPDATE hold SET lifted_by = ? WHERE entry_index = ?", (declared_by, wrong_index)
    )
    again = rows(
        connection,
        "SELECT DISTINCT node_key FROM hold WHERE lifted_by = ? ORDER BY node_key",
        (wrong_id,),
    )
    connection.execute("UPDATE hold SET lifted_by = NULL WHERE lifted_by = ?", (wrong_id,))
    return [one["node_key"] for one in again]


def _held(connection: Connection, keys: list[int], condition: str) -> list[Row]:
    """The holds on these nodes and on all they were made from, each with the day of its fact."""
    found: dict[tuple[int, int], Row] = {}
    for part in parts(keys):
        held = rows(
            connection,
            f"{lineage.ancestors(len(part))} SELECT h.node_key, h.entry_index, h.rule, e.event_date"
            " FROM ancestor a JOIN hold h ON h.node_key = a.node_key"
            f" JOIN event e ON e.entry_index = h.entry_index WHERE {condition}",
            part,
        )
        found |= {(one["node_key"], one["entry_index"]): one for one in held}
    return [found[at] for at in sorted(found)]


def _is_all_destroyed(connection: Connection, held: Row) -> bool:
    """Whether nothing is left of what this hold reaches, and nothing is with buyers.

    A planting grows on until it is ploughed under.
    """
    for node_key in _reached(connection, held):
        amounts = nodes.balance_or_none(connection, node_key)
        if amounts is None:
            if not growing.is_ploughed_under(connection, node_key):
                return False
            continue
        if amounts.remaining > 0:
            return False
        left = sum(amounts.gone.values(), Decimal(0)) - amounts.gone.get(DESTROYING, Decimal(0))
        if left > amounts.returned:
            return False
    return True


def _reached(connection: Connection, held: Row) -> list[int]:
    """The held node and what was made from it; of a planting, by some rules, from that day on."""
    key = held["node_key"]
    since = {key: held["event_date"]} if HOLD_RULES[held["rule"]].from_day else {}
    return lineage.forward_closure(connection, [key], since)
