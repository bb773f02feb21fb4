"""What a record named and broke before it was corrected: the one that replaces it may keep that."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..repository import events
from .recording import Actor, Recording


@dataclass(frozen=True)
class Named:
    """The ids that a record named, its goods and plantings among them apart, and its breaches."""

    ids: frozenset[str] = frozenset()
    nodes: frozenset[str] = frozenset()
    breaches: tuple[str, ...] = ()


def named_by(recording: Recording, actor: Actor, entry_id: str) -> Named:
    """What a record of this co-op named; nothing where it is not theirs."""
    told = events.event_by_id(recording.connection, actor.coop_id, entry_id)
    if told is None:
        return Named()
    shares = events.shares_of(recording.connection, told["entry_index"])
    said = {told["performed_by"], *_words(json.loads(told["what"]))}
    moved = frozenset(one["node_id"] for one in shares)
    return Named(frozenset(said), moved, tuple(json.loads(told["breaches"])))


def _words(value: Any) -> Iterator[str]:
    """Every text in what a record says, in lists as well."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _words(one)
    elif isinstance(value, list):
        for one in value:
            yield from _words(one)
