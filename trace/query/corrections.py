"""Around a record that may be wrong: what hangs on it, its chain of corrections, and its slip."""

from dataclasses import dataclass
from datetime import datetime

from ..domain.correcting import NEVER_CORRECTED, hangs, may_correct, may_take_back
from ..repository import field_work
from ..repository.database import Connection
from ..repository.hanging import later_records, wrong_record
from ..repository.instance import Instance
from .field_records import FieldRecord, records_told

MOST_SHOWN = 200
LONGEST_CHAIN = 50


@dataclass(frozen=True)
class Hanging:
    """A later record that hangs on one that may be wrong.

    `blocks` says that the earlier one cannot be struck out before it; `is_correctable` whether it
    may be corrected itself.
    """

    record: FieldRecord
    blocks: bool
    is_correctable: bool


@dataclass(frozen=True)
class WhatHangs:
    """All that hangs on a record, newest first: the order in which to correct.

    `elsewhere` counts other co-ops' records of its arrival, which nobody here can correct.
    """

    records: tuple[Hanging, ...] = ()
    elsewhere: int = 0

    @property
    def blocking(self) -> tuple[Hanging, ...]:
        """Those that stand against saying that it did not happen."""
        return tuple(one for one in self.records if one.blocks)

    @property
    def may_be_struck(self) -> bool:
        """Whether nothing stands against saying that it did not happen."""
        return not self.blocking


def what_hangs_on(instance: Instance, coop_id: str, entry_id: str) -> WhatHangs:
    """Everything recorded with what this record made, and with what was made of that."""
    blocks: dict[str, bool] = {}
    elsewhere: set[str] = set()
    with instance.database.reading() as connection:
        to_see = [entry_id]
        while to_see and len(blocks) < MOST_SHOWN:
            for one in later_records(connection, coop_id, to_see.pop()):
                if not one.is_ours:
                    elsewhere.add(one.entry_id)
                elif one.entry_id not in blocks:
                    blocks[one.entry_id] = hangs(one)
                    to_see.append(one.entry_id)
        records = _told(connection, coop_id, list(blocks))
    newest_first = sorted(records, key=lambda one: one.entry_index, reverse=True)
    return WhatHangs(
        tuple(
            Hanging(one, blocks[one.entry_id], one.event_type not in NEVER_CORRECTED)
            for one in newest_first
        ),
        len(elsewhere),
    )


def chain_of(instance: Instance, coop_id: str, entry_id: str) -> tuple[FieldRecord, ...]:
    """A record with what it replaced and what replaced it, the first written first."""
    chain = [entry_id]
    with instance.database.reading() as connection:
        while len(chain) < LONGEST_CHAIN:
            found = field_work.events_by_ids(connection, coop_id, chain[:1])
            before = found[chain[0]]["replaces"] if found else None
            if before is None or before in chain:
                break
            chain.insert(0, before)
        while len(chain) < LONGEST_CHAIN:
            after = field_work.replacements_of(connection, coop_id, chain[-1:]).get(chain[-1])
            if after is None or after in chain:
                break
            chain.append(after)
        told = {one.entry_id: one for one in _told(connection, coop_id, chain)}
    return tuple(told[one] for one in chain if one in told)


def may_be_corrected(instance: Instance, coop_id: str, entry_id: str) -> bool:
    """Whether this record may be given other values by a manager."""
    with instance.database.reading() as connection:
        wrong = wrong_record(connection, coop_id, entry_id)
    return wrong is not None and not may_correct(wrong, wrong.event_type, ())


def may_be_taken_back(
    instance: Instance, coop_id: str, entry_id: str, party_id: str, now: datetime
) -> bool:
    """Whether this person may still call this record a slip."""
    with instance.database.reading() as connection:
        wrong = wrong_record(connection, coop_id, entry_id)
        later = later_records(connection, coop_id, entry_id)
    return wrong is not None and not may_take_back(wrong, party_id, now, later)


def _told(connection: Connection, coop_id: str, entry_ids: list[str]) -> tuple[FieldRecord, ...]:
    found = field_work.events_by_ids(connection, coop_id, entry_ids) if entry_ids else {}
    return records_told(connection, coop_id, list(found.values()))
