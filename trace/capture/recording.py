"""One writing transaction: the clock is read inside it, entries and projections are written,
and the checkpoint is signed before it ends. What is committed is durable and carries its proof.
"""

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from ..domain.canonical import format_canonical
from ..domain.commitment import SALT_BYTES, commitment_of
from ..domain.errors import ClockRanBack
from ..domain.identifiers import CODE_BITS, format_code
from ..repository import declared, ledger
from ..repository.database import Connection
from ..repository.instance import Instance
from ..repository.ledger import PrivateValue
from ..repository.lineage import Closure
from ..repository.projection import project

CLAMPED = timedelta(seconds=2)
"""A clock this far back is taken as standing still; further back is refused (TRUST promise 10)."""

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


def new_id() -> str:
    """A random, globally unique id of 16 characters, for entries and declared nouns."""
    return new_code()


def new_code() -> str:
    """A code that nobody can guess: 80 random bits."""
    return format_code(secrets.randbits(CODE_BITS))


def format_time(moment: datetime) -> str:
    """A moment as record times are written: UTC, milliseconds, Z."""
    utc = moment.astimezone(UTC).replace(tzinfo=None)
    return utc.isoformat(timespec="milliseconds") + "Z"


@dataclass(frozen=True)
class Actor:
    """Who is at work: the account, the co-op chosen in the session, the role and the party."""

    account_id: str
    coop_id: str
    role: str
    party_id: str


@dataclass
class Recording:
    """The open transaction: its connection, one reading of the clock, and its entries so far."""

    connection: Connection
    now: datetime
    instance: Instance
    entries: int = 0

    @property
    def record_time(self) -> str:
        """The record time of everything in this transaction."""
        return format_time(self.now)

    def zone(self, coop_id: str) -> tzinfo:
        """The time zone of a co-op."""
        return ZoneInfo(declared.time_zone(self.connection, coop_id))

    def append(
        self,
        coop_id: str,
        body: Mapping[str, Any],
        private: Mapping[str, str] | None = None,
        known: Closure | None = None,
    ) -> str:
        """Write one entry with its private values and projections; returns its entry id.

        `known` is the closure of the nodes it names, where the deed has walked it already.
        """
        entry_id = new_id()
        held = {
            path: PrivateValue(secrets.token_bytes(SALT_BYTES), value)
            for path, value in (private or {}).items()
            if value
        }
        whole: dict[str, Any] = dict(body) | {
            "entry_id": entry_id,
            "coop_id": coop_id,
            "record_time": self.record_time,
            "nonce": secrets.token_hex(16),
        }
        if held:
            whole["commitments"] = {
                path: commitment_of(value.value, value.salt) for path, value in held.items()
            }
        entry_index = ledger.append_entry(
            self.connection,
            entry_id=entry_id,
            coop_id=coop_id,
            record_time=self.record_time,
            body=format_canonical(whole),
        )
        ledger.store_private_values(self.connection, entry_id, held)
        project(self.connection, entry_index, whole, known)
        self.entries += 1
        return entry_id


@dataclass(frozen=True)
class Recorder:
    """What writing needs: the instance and a clock that is read inside the transaction."""

    instance: Instance
    clock: Clock = system_clock

    @contextmanager
    def recording(self) -> Iterator[Recording]:
        """Begin to write. Raises ClockRanBack where the clock stands before the newest entry."""
        instance = self.instance
        with instance.database.writing() as connection:
            now = _not_before_newest(connection, self.clock())
            recording = Recording(connection, now, instance)
            yield recording
            if recording.entries:
                ledger.sign_checkpoint(
                    connection, instance.origin, instance.key, recording.record_time
                )


def _not_before_newest(connection: Connection, now: datetime) -> datetime:
    now = now.replace(microsecond=now.microsecond // 1000 * 1000)
    newest = ledger.newest_record_time(connection)
    if newest is None:
        return now
    last = datetime.fromisoformat(newest)
    if now >= last:
        return now
    if last - now <= CLAMPED:
        return last
    raise ClockRanBack(f"the clock says {format_time(now)}, the newest record is of {newest}")
