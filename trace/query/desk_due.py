"""What is missing or due in a co-op, beside what already stands against its goods."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from ..domain.bursts import bursts
from ..domain.holds import UNLISTED_INPUT
from ..domain.key_data import LOT
from ..repository import coop_records, declared, written
from ..repository.database import Connection
from ..repository.declared import Declared
from ..repository.instance import Instance
from .coop_nodes import NodeLine, node_lines
from .farm import FieldPlanting, plantings_between, plots
from .field_records import FieldRecord, records_told
from .input_store import StoredInput, inputs_in_store
from .production_record import production_record
from .season_uses import UsedTooOften, too_often

SOON = timedelta(days=30)
LATELY = timedelta(days=30)
LOOKED_BACK = timedelta(days=7)
LONG_PAST = timedelta(days=60)
"""A certificate that ran out longer ago is history, not something to renew."""

_SCAN = 400
_STORED = "%Y-%m-%dT%H:%M:%S.000Z"


@dataclass(frozen=True)
class Due:
    """What is due, each list with what is most pressing first.

    `unlisted` are records that used something our list does not know, not yet said what it was;
    `closed` plantings whose interval runs, the longest first; `expiring` lots of the store that
    have expired or will within 30 days; `used_up` inputs of which nothing is left by the books;
    `unlabelled` packed lots in stock without a label; `incomplete` counts facts that the law asks
    for and no record has; `late` and `in_bursts` count the records of the last seven days.
    """

    unlisted: tuple[FieldRecord, ...]
    too_often: tuple[UsedTooOften, ...]
    closed: tuple[FieldPlanting, ...]
    ready: tuple[FieldPlanting, ...]
    expiring: tuple[StoredInput, ...]
    used_up: tuple[StoredInput, ...]
    certificates: tuple[Declared, ...]
    bare_plots: tuple[Declared, ...]
    unlabelled: tuple[NodeLine, ...]
    incomplete: int
    late: int
    in_bursts: int

    @property
    def pressing(self) -> int:
        """How many of these wait for somebody today."""
        return sum(
            len(one) for one in (self.unlisted, self.too_often, self.expiring, self.certificates)
        )


def due(instance: Instance, coop_id: str, now: datetime, today: date) -> Due:
    """What is missing or due in one co-op today."""
    grown = plantings_between(instance, coop_id, None, (today, today), today)
    growing = [one for one in grown if one.cleared_on is None]
    stored = [
        one
        for kind in ("pesticide", "fertiliser", "seed")
        for one in inputs_in_store(instance, coop_id, kind, today)
    ]
    kept = production_record(instance, coop_id, (today - LATELY, today))
    planted = {one.plot.id for one in growing}
    with instance.database.reading() as connection:
        since = (now.astimezone(UTC) - LOOKED_BACK).strftime(_STORED)
        late = coop_records.late_since(connection, coop_id, since)
        return Due(
            _unlisted(connection, coop_id),
            too_often(connection, coop_id, {one.id for one in growing}),
            tuple(sorted((one for one in growing if not one.gate.is_open), key=_longest_first)),
            tuple(one for one in growing if one.gate.is_open and not one.is_just_planted),
            tuple(_expiring(stored, today)),
            tuple(one for one in stored if _is_wanted(one) and not _expires_by(one, today)),
            tuple(_ending(connection, coop_id, today)),
            tuple(one for one in plots(instance, coop_id, None) if one.id not in planted),
            _unlabelled(connection, coop_id, today),
            len(kept.missing) if kept else 0,
            late,
            len(bursts(written.written_since(connection, coop_id, since))),
        )


def _longest_first(one: FieldPlanting) -> tuple[bool, int]:
    return (one.gate.unknown is None, -one.gate.days_until)


def _unlisted(connection: Connection, coop_id: str) -> tuple[FieldRecord, ...]:
    held = [
        one["entry_id"]
        for one in coop_records.open_holds_of(connection, coop_id)
        if one["rule"] == UNLISTED_INPUT
    ]
    rows = coop_records.events_named(connection, coop_id, list(dict.fromkeys(held)))
    return records_told(connection, coop_id, rows)


def _is_wanted(one: StoredInput) -> bool:
    """Whether it is used up and will be used again: seed is used up when it is sown."""
    return one.is_used_up and one.input.text("kind") != "seed"


def _expires_by(one: StoredInput, day: date) -> bool:
    return bool(one.expires_on) and one.expires_on <= day.isoformat()


def _expiring(stored: Iterable[StoredInput], today: date) -> list[StoredInput]:
    found = [one for one in stored if not one.is_used_up and _expires_by(one, today + SOON)]
    return sorted(found, key=lambda one: one.expires_on)


def _ending(connection: Connection, coop_id: str, today: date) -> list[Declared]:
    first, last = (today - LONG_PAST).isoformat(), (today + SOON).isoformat()
    found = declared.all_current(connection, coop_id, "certificate")
    return sorted(
        (one for one in found if first <= one.text("valid_until") <= last),
        key=lambda one: one.text("valid_until"),
    )


def _unlabelled(connection: Connection, coop_id: str, today: date) -> tuple[NodeLine, ...]:
    since = (today - LATELY).isoformat()
    rows = coop_records.goods_before(connection, coop_id, None, _SCAN)
    keys = [row["node_key"] for row in rows if row["made_on"] >= since and row["packed_quantity"]]
    return tuple(
        one
        for one in node_lines(connection, keys)
        if one.kind == LOT and one.state == "open" and not one.labels
    )
