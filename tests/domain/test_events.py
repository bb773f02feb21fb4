"""An event as the ledger writes it."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from trace.domain.canonical import format_canonical, parse_canonical
from trace.domain.event_time import EventTime
from trace.domain.events import Event, MadeNode, NodeShare, Photo, event_body
from trace.domain.key_data import INPUT, REMOVED
from trace.domain.quantity import Quantity

AT = EventTime(datetime(2026, 11, 9, 6, 30, tzinfo=ZoneInfo("Asia/Shanghai")))
PICKING = Event(
    "harvesting",
    AT,
    "grower",
    "clerk",
    (NodeShare("P", INPUT, Quantity(Decimal("1E+2"), "kg")), NodeShare("Q", INPUT)),
    (MadeNode("L", "lot", Quantity(Decimal("100"), "kg"), {"lot_number": "HG-1"}),),
    {"crates": 5},
    (Photo("ab" * 32),),
)


def test_a_body_tells_who_when_what_and_with_which_files() -> None:
    assert event_body(PICKING) == {
        "v": 1,
        "kind": "event",
        "event_type": "harvesting",
        "event_time": "2026-11-09T06:30:00+08:00",
        "event_time_zone_offset": "+08:00",
        "event_time_precision": "minute",
        "performed_by": "grower",
        "recorded_by": "clerk",
        "nodes": [
            {"node": "P", "role": "input", "quantity": "100", "unit": "kg"},
            {"node": "Q", "role": "input"},
            {"node": "L", "role": "output", "kind": "lot", "quantity": "100", "unit": "kg",
             "facts": {"lot_number": "HG-1"}},
        ],
        "what": {"crates": 5},
        "files": [{"sha256": "ab" * 32, "purpose": "photo"}],
    }  # fmt: skip


def test_a_body_is_canonical_and_reads_back() -> None:
    body = event_body(PICKING)
    assert parse_canonical(format_canonical(body)) == body


def test_what_is_not_so_is_not_written() -> None:
    plain = event_body(Event("planting", AT, "g", "g", makes=(MadeNode("P", "planting"),)))
    assert "already_happened" not in plain
    assert "replaces" not in plain
    assert plain["nodes"] == [{"node": "P", "role": "output", "kind": "planting", "facts": {}}]


def test_a_correction_names_what_it_replaces() -> None:
    body = event_body(Event("shipping", AT, "g", "g", already_happened=True, replaces="E"))
    assert (body["already_happened"], body["replaces"]) == (True, "E")


def test_shares_are_found_by_their_role() -> None:
    assert [share.node_id for share in PICKING.of_role(INPUT)] == ["P", "Q"]
    assert PICKING.of_role(REMOVED) == ()
