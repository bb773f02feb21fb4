"""What follows from an entry, written beside it in the same transaction.

`project` depends on the entry and earlier projections alone, so replaying the ledger into an empty
scratch database gives the same rows: `verify` compares them.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from ..domain.event_time import EventTime, is_late
from ..domain.holds import BANNED_INPUT, SUSPICION, UNLISTED_INPUT
from ..domain.key_data import INPUT, OUTPUT, SOURCE, SUBJECT
from ..domain.standing import BANNED_INPUT_USED, UNLISTED_INPUT_USED
from . import consignments, failed_tests, holds, lineage, nodes, recall_closure, recalls
from .database import Connection, row, rows
from .lineage import Closure

Body = dict[str, Any]


def project(
    connection: Connection, entry_index: int, body: Body, known: Closure | None = None
) -> None:
    """Fill every projection that this entry changes; `known` is its closure, walked just now."""
    if body["kind"] == "declared":
        _declared(connection, entry_index, body)
    elif body["kind"] == "event":
        _event(connection, entry_index, body, known)


def _declared(connection: Connection, entry_index: int, body: Body) -> None:
    noun, noun_id = body["noun"], body["id"]
    connection.execute(
        "UPDATE declared SET is_current = 0 WHERE noun = ? AND id = ? AND is_current = 1",
        (noun, noun_id),
    )
    connection.execute(
        "INSERT INTO declared(entry_index, entry_id, coop_id, noun, id, version, record_time,"
        " is_retired, fields) VALUES(?,?,?,?,?,?,?,?,?)",
        (
            entry_index,
            body["entry_id"],
            body["coop_id"],
            noun,
            noun_id,
            body["version"],
            body["record_time"],
            int(body.get("retired", False)),
            json.dumps(body["fields"], ensure_ascii=False, sort_keys=True),
        ),
    )


def _event(connection: Connection, entry_index: int, body: Body, known: Closure | None) -> None:
    moment = datetime.fromisoformat(body["event_time"])
    event_utc = moment.astimezone(UTC).isoformat(timespec="milliseconds")
    happened = EventTime(moment, body["event_time_precision"])
    recorded = datetime.fromisoformat(body["record_time"])
    late = is_late(happened, recorded, moment.tzinfo or UTC)
    connection.execute(
        "INSERT INTO event(entry_index, entry_id, coop_id, event_type, event_time, event_utc,"
        " event_date, precision, record_time, is_late, performed_by, recorded_by, submission_id,"
        " what, already_happened, breaches, replaces) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            entry_index,
            body["entry_id"],
            body["coop_id"],
            body["event_type"],
            body["event_time"],
            event_utc,
            body["event_time"][:10],
            body["event_time_precision"],
            body["record_time"],
            int(late),
            body["performed_by"],
            body["recorded_by"],
            body.get("submission_id"),
            json.dumps(body["what"], ensure_ascii=False, sort_keys=True),
            int(body.get("already_happened", False)),
            json.dumps(body.get("breaches", [])),
            body.get("replaces"),
        ),
    )
    keys = _link_nodes(connection, entry_index, body, event_utc)
    for position, file in enumerate(body["files"]):
        connection.execute(
            "INSERT INTO event_file(entry_index, position, sha256, purpose) VALUES(?,?,?,?)",
            (entry_index, position, file["sha256"], file["purpose"]),
        )
    consequence = _CONSEQUENCES.get(body["event_type"])
    if consequence:
        keys += consequence(connection, entry_index, body)
    if body["event_type"] != holds.DESTROYING:
        keys += _settle_destroyed(connection, body, keys)
    lineage.raise_revisions(connection, keys, known)


def _settle_destroyed(connection: Connection, body: Body, keys: list[int]) -> list[int]:
    """What was destroyed needs no hold; what turned up again has those that still follow."""
    back = holds.restore_undestroyed(connection, keys)
    back += holds.settle_early_harvests(connection, body, back)
    back += failed_tests.settle_failed_tests(connection, body["entry_id"], back)
    return back + holds.lift_long_destroyed(connection, keys + back)


def _link_nodes(connection: Connection, entry_index: int, body: Body, event_utc: str) -> list[int]:
    """Write who takes part in which role, what is made, and the lineage between them."""
    keys: dict[str, list[tuple[int, Body]]] = {}
    for share in body["nodes"]:
        if share["role"] == OUTPUT:
            node_key = nodes.make_node(connection, entry_index, body, share)
        else:
            node_key = nodes.node_key(connection, share["node"])
        keys.setdefault(share["role"], []).append((node_key, share))
        connection.execute(
            "INSERT INTO event_node(node_key, entry_index, role, quantity, unit) VALUES(?,?,?,?,?)",
            (node_key, entry_index, share["role"], share.get("quantity"), share.get("unit")),
        )
    lineage.link(
        connection,
        entry_index,
        (body["event_time"], event_utc),
        [*keys.get(INPUT, []), *keys.get(SOURCE, [])],
        [node_key for node_key, _ in keys.get(OUTPUT) or keys.get(SUBJECT, [])],
        are_made=OUTPUT in keys,
    )
    return [node_key for linked in keys.values() for node_key, _ in linked]


def _subject_keys(connection: Connection, body: Body) -> list[int]:
    return [
        nodes.node_key(connection, share["node"])
        for share in body["nodes"]
        if share["role"] == SUBJECT
    ]


def _inspection(connection: Connection, entry_index: int, body: Body) -> list[int]:
    what = body["what"]
    connection.execute(
        "INSERT INTO inspection(entry_index, coop_id, inspection_kind, passed, vouched_by,"
        " report_number, laboratory_id, sampled_on, valid_until) VALUES(?,?,?,?,?,?,?,?,?)",
        (
            entry_index,
            body["coop_id"],
            what["inspection_kind"],
            int(what["passed"]),
            body["vouched_by"],
            what.get("report_number"),
            what.get("laboratory"),
            what.get("sampled_on"),
            what.get("valid_until"),
        ),
    )
    for plot_id in what.get("plots", []):
        connection.execute(
            "INSERT INTO inspection_plot(plot_id, entry_index, coop_id) VALUES(?,?,?)",
            (plot_id, entry_index, body["coop_id"]),
        )
    on_plots = failed_tests.plantings_on(connection, entry_index)
    concerned = [*_subject_keys(connection, body), *on_plots]
    failed_tests.settle_failed_tests(connection, body["entry_id"], concerned)
    return on_plots


def _planting(connection: Connection, entry_index: int, body: Body) -> list[int]:
    """A planting written down late may stand on a plot that has failed since it began."""
    made = [share["node"] for share in body["nodes"] if share["role"] == OUTPUT]
    keys = [nodes.node_key(connection, one) for one in made]
    return failed_tests.settle_failed_tests(connection, body["entry_id"], keys)


def _field_input(connection: Connection, entry_index: int, body: Body) -> list[int]:
    """What was used may hold the plantings, and may show that lots were picked too early."""
    plantings, broken = _subject_keys(connection, body), body.get("breaches", ())
    if BANNED_INPUT_USED in broken:
        holds.put(connection, entry_index, body, plantings, BANNED_INPUT)
    elif UNLISTED_INPUT_USED in broken:
        holds.put(connection, entry_index, body, plantings, UNLISTED_INPUT)
    return holds.settle_early_harvests(connection, body, plantings)


def _taken(connection: Connection, entry_index: int, body: Body) -> list[int]:
    made = [share["node"] for share in body["nodes"] if share["role"] == OUTPUT]
    lots = [nodes.node_key(connection, one) for one in made]
    taken = [share["node"] for share in body["nodes"] if share["role"] == INPUT]
    keys = [nodes.node_key(connection, one) for one in taken]
    failed = failed_tests.settle_failed_tests(connection, body["entry_id"], keys)
    joined = recall_closure.join_recalls_of_plots(connection, body, keys, lots)
    return failed + joined + holds.settle_early_harvests(connection, body, lots)


def _suspicion(connection: Connection, entry_index: int, body: Body) -> list[int]:
    holds.put(connection, entry_index, body, _subject_keys(connection, body), SUSPICION)
    return []


def _hold_lifted(connection: Connection, entry_index: int, body: Body) -> list[int]:
    return holds.lift_said(connection, body["entry_id"], body["what"]["hold"])


def _destroying(connection: Connection, entry_index: int, body: Body) -> list[int]:
    gone = [nodes.node_key(connection, share["node"]) for share in body["nodes"]]
    return holds.lift_destroyed(connection, body["entry_id"], gone)


def _recall(connection: Connection, entry_index: int, body: Body) -> list[int]:
    for node_key in _subject_keys(connection, body):
        connection.execute(
            "INSERT INTO recall(entry_index, node_key, coop_id) VALUES(?,?,?)",
            (entry_index, node_key, body["coop_id"]),
        )
    return []


def _recall_closed(connection: Connection, entry_index: int, body: Body) -> list[int]:
    connection.execute(
        "UPDATE recall SET closed_by = ? WHERE entry_index ="
        " (SELECT entry_index FROM event WHERE entry_id = ?)",
        (body["entry_id"], body["what"]["recall"]),
    )
    return [
        found["node_key"]
        for found in rows(
            connection, "SELECT node_key FROM recall WHERE closed_by = ?", (body["entry_id"],)
        )
    ]


def _error_declaration(connection: Connection, entry_index: int, body: Body) -> list[int]:
    """The wrong event stays, struck out; its links and holds no longer count. A recall stays."""
    wrong = row(
        connection,
        "SELECT entry_index, event_type FROM event WHERE entry_id = ?",
        (body["what"]["wrong"],),
    )
    if wrong is None:
        return []
    wrong_index = wrong["entry_index"]
    keys = [
        found["node_key"]
        for found in rows(
            connection, "SELECT node_key FROM event_node WHERE entry_index = ?", (wrong_index,)
        )
    ]
    lineage.raise_revisions(connection, keys)
    connection.execute(
        "UPDATE event SET declared_wrong_by = ? WHERE entry_index = ?",
        (body["entry_id"], wrong_index),
    )
    recall_closure.keep_recalled(connection, body["entry_id"], wrong_index)
    connection.execute("DELETE FROM lineage WHERE entry_index = ?", (wrong_index,))
    nodes.unmake(connection, wrong_index)
    consignments.undo_receiving(connection, body["what"]["wrong"])
    again = holds.strike_out(connection, body["entry_id"], body["what"]["wrong"], wrong_index)
    again += holds.settle_early_harvests(connection, body, keys + again)
    on_plots = failed_tests.plantings_on(connection, wrong_index)
    concerned = keys + again + on_plots
    again += failed_tests.settle_failed_tests(connection, body["entry_id"], concerned)
    return keys + again + on_plots


_CONSEQUENCES: dict[str, Callable[[Connection, int, Body], list[int]]] = {
    "planting": _planting,
    "spraying": _field_input,
    "fertilising": _field_input,
    "harvesting": _taken,
    "packing": _taken,
    "inspection": _inspection,
    "hold": _suspicion,
    "hold_lifted": _hold_lifted,
    "shipping": consignments.send,
    "receiving": consignments.receive,
    "destroying": _destroying,
    "recall": _recall,
    "recall_updated": recalls.note_follow_up,
    "recall_acknowledged": recalls.note_follow_up,
    "recall_closed": _recall_closed,
    "error_declaration": _error_declaration,
}
