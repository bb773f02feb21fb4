"""An event: something that happened, checked against its key data elements, and its ledger entry.

`event_body` is the JSON object that the ledger keeps; `Event.what` never holds floats.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .event_time import EventTime
from .key_data import OUTPUT
from .quantity import Quantity

VERSION = 1

JSON = Any
"""Any JSON value without floats."""


@dataclass(frozen=True)
class NodeShare:
    """A node in an event, in one role, and how much of it where that is known."""

    node_id: str
    role: str
    quantity: Quantity | None = None


@dataclass(frozen=True)
class MadeNode:
    """A planting, lot, input lot or package that an event makes, with what is fixed then."""

    node_id: str
    kind: str
    quantity: Quantity | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Photo:
    """A file of an event by the SHA-256 of its cleaned bytes; purpose is photo or report."""

    sha256: str
    purpose: str = "photo"


@dataclass(frozen=True)
class Event:
    """What happened, by whom, where and to what; `what` holds the other key data elements."""

    event_type: str
    event_time: EventTime
    performed_by: str
    recorded_by: str
    shares: tuple[NodeShare, ...] = ()
    makes: tuple[MadeNode, ...] = ()
    what: Mapping[str, JSON] = field(default_factory=dict)
    photos: tuple[Photo, ...] = ()
    already_happened: bool = False
    replaces: str | None = None

    def of_role(self, role: str) -> tuple[NodeShare, ...]:
        """The shares of one role, in the order given."""
        return tuple(share for share in self.shares if share.role == role)


def _share_object(share: NodeShare) -> dict[str, JSON]:
    value: dict[str, JSON] = {"node": share.node_id, "role": share.role}
    if share.quantity:
        value |= {"quantity": format(share.quantity.amount, "f"), "unit": share.quantity.unit}
    return value


def _made_object(made: MadeNode) -> dict[str, JSON]:
    value: dict[str, JSON] = {"node": made.node_id, "role": OUTPUT, "kind": made.kind}
    if made.quantity:
        value |= {"quantity": format(made.quantity.amount, "f"), "unit": made.quantity.unit}
    return value | {"facts": dict(made.facts)}


def event_body(event: Event) -> dict[str, JSON]:
    """The part of a ledger entry that tells this event; ids, time and nonce come around it."""
    body: dict[str, JSON] = {
        "v": VERSION,
        "kind": "event",
        "event_type": event.event_type,
        "event_time": event.event_time.moment.isoformat(),
        "event_time_zone_offset": event.event_time.offset,
        "event_time_precision": event.event_time.precision,
        "performed_by": event.performed_by,
        "recorded_by": event.recorded_by,
        "nodes": [_share_object(share) for share in event.shares]
        + [_made_object(made) for made in event.makes],
        "what": dict(event.what),
        "files": [{"sha256": photo.sha256, "purpose": photo.purpose} for photo in event.photos],
    }
    if event.already_happened:
        body["already_happened"] = True
    if event.replaces:
        body["replaces"] = event.replaces
    return body
