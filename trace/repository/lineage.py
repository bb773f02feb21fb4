"""Lineage: what was made from what, forward from causes and backward from a lot, one relation.

A planting collects inputs and gives pickings over its life, so it alone is cut by date: what was
taken off it has what came in on that local day or before, never by the hour, since a day is often
all that is known. What it was sown from is in all of it. Lots are never cut: a packing with a wrong
date must not fall out of a recall.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .database import Connection, marks, parts, rows

FIRST_DAY, LAST_DAY = 0, 99991231
"""What lineage.enters_on and leaves_on hold where no day cuts."""

NO_CUT = "9999-12-31"
"""The last day of a node of which everything counts."""

# Both walk the same links under the same condition, enters_on <= leaves_on at every planting on the
# way: `since` is the day from which the cause is in a planting, `until` the day of the taking.
_FORWARD = (
    "WITH RECURSIVE reached(node_key, since) AS ({starts}"
    " UNION SELECT l.child_key, l.enters_on FROM reached r"
    " JOIN lineage l ON l.parent_key = r.node_key AND l.leaves_on >= r.since) "
)
_BACKWARD = (
    "WITH RECURSIVE reached(node_key, until) AS ({starts}"
    " UNION SELECT l.parent_key, l.leaves_on FROM reached r"
    " JOIN lineage l ON l.child_key = r.node_key AND l.enters_on <= r.until) "
)


IN_TIME = "a.until >= CAST(REPLACE(e.event_date, '-', '') AS INTEGER)"
"""That event e was on or before the last day that counts of ancestor a."""


def day_number(day: str) -> int:
    """A date written 2026-11-21 as the number 20261121."""
    return int(day[:10].replace("-", ""))


def date_of(number: int) -> str:
    """A day's number as a date: 20261121 as 2026-11-21."""
    return f"{number // 10000:04}-{number // 100 % 100:02}-{number % 100:02}"


@dataclass(frozen=True)
class Closure:
    """These causes and everything made from them: ids by node key."""

    causes: frozenset[int]
    ids: Mapping[int, str]


def ancestors(count: int = 1, until: int = LAST_DAY) -> str:
    """The beginning of a statement whose first values are so many node keys.

    Its table `ancestor` has these nodes, up to a day, and all they were made from: what came into
    one up to `until`, a day as `day_number` writes it, is in them.
    """
    return (
        f"{_BACKWARD.format(starts=_starts(count, until))}, ancestor(node_key, until) AS"
        " (SELECT node_key, MAX(until) FROM reached GROUP BY node_key) "
    )


def link(
    connection: Connection,
    entry_index: int,
    moment: tuple[str, str],
    parents: Sequence[tuple[int, Mapping[str, Any]]],
    children: Sequence[int],
    *,
    are_made: bool,
) -> None:
    """Write that these children have these parents in them, from an event on.

    `moment` is its local date and its time in UTC; the parents come with their shares; the children
    are made by the event, or are what it happens to.
    """
    if not parents or not children:
        return
    day, taken_at = day_number(moment[0]), moment[1]
    plantings = _plantings(connection, {*children, *(key for key, _ in parents)})
    connection.executemany(
        "INSERT INTO lineage(child_key, parent_key, entry_index, taken_at, quantity, unit,"
        " enters_on, leaves_on) VALUES(?,?,?,?,?,?,?,?)",
        [
            (
                child,
                parent,
                entry_index,
                taken_at,
                share.get("quantity"),
                share.get("unit"),
                day if child in plantings and not are_made else FIRST_DAY,
                day if parent in plantings else LAST_DAY,
            )
            for parent, share in parents
            for child in children
        ],
    )


def _plantings(connection: Connection, keys: Iterable[int]) -> set[int]:
    found: set[int] = set()
    for part in parts(keys):
        sql = f"SELECT node_key FROM planting WHERE node_key IN ({marks(len(part))})"
        found |= {one["node_key"] for one in rows(connection, sql, part)}
    return found


def _starts(count: int, day: int) -> str:
    """The rows that a walk begins with: so many nodes, from or until a day."""
    return f"SELECT node_key, {day} FROM node WHERE node_key IN ({marks(count)})"


def forward_closure(
    connection: Connection, keys: Iterable[int], since: Mapping[int, str] | None = None
) -> list[int]:
    """These nodes and everything made from them, over co-ops and packages, each once, in order.

    `since` gives for a planting the date before which what was picked does not count.
    """
    days: dict[int, list[int]] = {}
    for key in set(keys):
        day = day_number(since[key]) if since and key in since else FIRST_DAY
        days.setdefault(day, []).append(key)
    found: set[int] = set()
    for day, some in days.items():
        for part in parts(some):
            walk = _FORWARD.format(starts=_starts(len(part), day))
            found |= {
                key for (key,) in rows(connection, f"{walk} SELECT node_key FROM reached", part)
            }
    return sorted(found)


def closure_of(connection: Connection, causes: Iterable[int]) -> Closure:
    """The forward closure with its ids, for a deed that names and changes all of it."""
    wanted, ids = frozenset(causes), dict[int, str]()
    for part in parts(wanted):
        sql = (
            f"{_FORWARD.format(starts=_starts(len(part), FIRST_DAY))} SELECT node_key, node_id"
            " FROM node WHERE node_key IN (SELECT node_key FROM reached)"
        )
        ids |= {key: node_id for key, node_id in rows(connection, sql, part)}  # noqa: C416 - rows
    return Closure(wanted, ids)


def backward_closure(connection: Connection, key: int) -> dict[int, str | None]:
    """This node and all it was made from: key to the last moment of taking (UTC), or None.

    An ancestor's field work counts up to the moment it was taken: a planting sprayed again after
    the picking has not sprayed this lot.
    """
    found = rows(
        connection,
        f"{ancestors()} SELECT l.parent_key AS node_key, MAX(l.taken_at) AS taken_at"
        " FROM ancestor a JOIN lineage l ON l.child_key = a.node_key AND l.enters_on <= a.until"
        " GROUP BY l.parent_key ORDER BY l.parent_key",
        (key,),
    )
    return {key: None} | {one["node_key"]: one["taken_at"] for one in found}


def last_days(connection: Connection, key: int) -> dict[int, str]:
    """This node and all it was made from: key to the last local date that counts of each.

    For a planting the date of the last taking, NO_CUT for everything else.
    """
    found = rows(connection, f"{ancestors()} SELECT node_key, until FROM ancestor", (key,))
    return {one["node_key"]: date_of(one["until"]) for one in found}


def raise_revisions(
    connection: Connection, keys: Iterable[int], known: Closure | None = None
) -> None:
    """Pages of these nodes and of everything made from them have changed.

    `known` is a closure that this deed has just walked, and that is not walked again.
    """
    wanted, closure = frozenset(keys), list[int]()
    if known and known.causes <= wanted:
        wanted, closure = wanted - known.causes, list(known.ids)
    closure += forward_closure(connection, wanted)
    for part in parts(closure):
        connection.execute(
            f"UPDATE node SET revision = revision + 1 WHERE node_key IN ({marks(len(part))})", part
        )


def lots_of_plots(connection: Connection, coop_id: str, plot_ids: list[str]) -> frozenset[str]:
    """The ids of all lots made, directly or later, from plantings on these plots."""
    if not plot_ids:
        return frozenset()
    plantings = rows(
        connection,
        f"SELECT node_key FROM planting WHERE coop_id = ? AND plot_id IN ({marks(len(plot_ids))})",
        (coop_id, *plot_ids),
    )
    ids: set[str] = set()
    for part in parts(forward_closure(connection, [one["node_key"] for one in plantings])):
        found = rows(
            connection,
            f"SELECT node_id FROM node WHERE node_key IN ({marks(len(part))})"
            " AND kind <> 'planting'",
            part,
        )
        ids |= {one["node_id"] for one in found}
    return frozenset(ids)
