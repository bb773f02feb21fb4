"""Writing down that an inspector read a page: who, of which co-op, what, which days, when."""

from dataclasses import dataclass
from datetime import date

from ..repository import inspecting
from .recording import Actor, Recorder


@dataclass(frozen=True)
class PageRead:
    """One page: its name, the record, lot, plot or file it shows, the days it covers if any."""

    page: str
    subject: str = ""
    days: tuple[date, date] | None = None


def record_read(recorder: Recorder, actor: Actor, read: PageRead) -> None:
    """Write one read down, before the page is shown: what cannot be written is not shown."""
    first, last = read.days or (None, None)
    with recorder.recording() as recording:
        inspecting.add_read(
            recording.connection,
            coop_id=actor.coop_id,
            account_id=actor.account_id,
            party_id=actor.party_id,
            page=read.page,
            subject=read.subject[:200],
            first_day=first.isoformat() if first else None,
            last_day=last.isoformat() if last else None,
            read_at=recording.record_time,
        )
