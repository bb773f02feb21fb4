"""The timeline of a shopper's page: corrections beside what they replace, routine work gathered."""

from decimal import Decimal
from itertools import groupby

from ..domain.vocabulary import EVENT_TYPES
from ..query.public_events import PublicEvent
from ..query.public_record import Record
from . import display
from .language import current_language
from .scan_events import event_words
from .scan_words import (
    ROOM,
    Step,
    correction_words,
    warning_words,
    when_words,
    who_says,
)
from .words import _, ngettext

ROUTINE = ("irrigation", "storage_reading", "selling")
"""Many alike, one after the other: told as one."""


def timeline(record: Record) -> tuple[Step, ...]:
    """Every step, oldest first."""
    events = record.events
    replaced = {event.replaces: event for event in events if event.replaces}
    by_id = {event.entry_id: event for event in events}
    shown = [event for event in events if event.entry_id not in replaced]
    steps = []
    for event_type, run in groupby(shown, key=_run_key):
        alike = list(run)
        if event_type in ROUTINE and len(alike) > 1:
            steps.append(_gathered(record, alike))
        else:
            steps += [_step(record, event, by_id) for event in alike]
    return tuple(steps)


def _run_key(event: PublicEvent) -> str:
    plain = not (event.is_wrong or event.days_late or event.photos or event.breaches)
    return event.event_type if plain and not event.replaces else event.entry_id


def _step(record: Record, event: PublicEvent, by_id: dict[str, PublicEvent]) -> Step:
    title, lines = event_words(record, event)
    who, who_words = who_says(record, event)
    earlier, fixes = list[tuple[str, ...]](), list[str]()
    before = by_id.get(event.replaces or "")
    while before is not None:
        old_title, old_lines = event_words(record, before)
        same = set(lines) | {title}
        earlier.insert(0, tuple(line for line in (old_title, *old_lines) if line not in same))
        fixes.insert(0, correction_words(record, before))
        before = by_id.get(before.replaces or "")
    if event.is_wrong:
        fixes.append(correction_words(record, event))
    kind = EVENT_TYPES[event.event_type]
    return Step(
        kind.picture,
        kind.stage in ROOM or event.event_type == "receiving",
        when_words(event),
        title,
        lines,
        who,
        who_words,
        event.photos[0].sha256 if event.photos else None,
        event.days_late,
        event.is_wrong,
        tuple(earlier),
        tuple(fixes),
        warning_words(event),
        event.entry_id if event.reports else None,
    )


def _gathered(record: Record, alike: list[PublicEvent]) -> Step:
    first, last = alike[0], alike[-1]
    title, lines = event_words(record, first)
    who, who_words = who_says(record, first)
    language = current_language()
    times = ngettext("%(num)s time", "%(num)s times", len(alike))
    kind = EVENT_TYPES[first.event_type]
    when = display.day(first.event_time, language)
    if first.date != last.date:
        when = _("%(first)s to %(last)s", first=when, last=display.day(last.event_time, language))
    if first.event_type == "storage_reading":
        lines = (_range(alike),)
    same = first.event_type == "storage_reading" or all(
        event_words(record, event)[1] == lines for event in alike
    )
    return Step(
        kind.picture,
        kind.stage in ROOM,
        when,
        _("%(what)s, %(times)s", what=title, times=times),
        lines if same else (),
        who,
        who_words,
    )


def _range(alike: list[PublicEvent]) -> str:
    """The lowest and the highest of several temperatures."""
    values = [Decimal(event.what["temperature"]["quantity"]) for event in alike]
    low, high = display.number(min(values)), display.number(max(values))
    return f"{low} ℃" if low == high else f"{low}–{high} ℃"
