"""Recording what happened: one report, one transaction, safe to repeat.

The edge gathers what the report names, `trace.domain` decides, and this writes. The same submission
id sent again gives the first answer; with another body it is kept in the inbox for the manager.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..domain import event_check, making, standing
from ..domain.errors import N_, NotAllowed, Problem, Refused, refuse
from ..domain.event_time import EventTime, at_minute, on_day
from ..domain.events import Event, MadeNode, Photo, event_body
from ..domain.imbalance import unit_problems
from ..domain.inspection import inspection_problems, vouched_by
from ..domain.plain_text import without_unseen
from ..domain.roles import EVENT_DEED, INSPECTION_DEED, require
from ..repository import declared, file_rows
from ..repository.lineage import Closure
from ..repository.standing import facts_of
from .amounts import amount_breaches, slack_of
from .certificate_basis import certificate_problems
from .consigning import arrival_problems, named_receiver
from .field_rules import field_breaches, input_problems, stated
from .gathering import as_before, gather, mint_names
from .named_before import Named, named_by
from .recording import Actor, Recorder, Recording, new_id
from .submissions import Made, Receipt, answer_once

UNKNOWN_FILE = N_("This file did not arrive; please choose it again.")
NOTE_LONGEST = 2000
MADE_BY_SERVER = (
    *("labels_issued", "labels_voided", "error_declaration"),
    *("recall", "recall_acknowledged"),
)
"""Event types that have deeds of their own, never reported as they stand."""


@dataclass(frozen=True)
class Report:
    """What a person says happened.

    `sent` maps the names of the event type's key data elements to what was typed or chosen. `when`
    is a date (2026-11-21), a minute (2026-11-21T06:30), or empty for now.
    """

    event_type: str
    sent: Mapping[str, Any]
    when: str = ""
    performed_by: str = ""
    note: str = ""
    photos: tuple[Photo, ...] = ()
    already_happened: bool = False


def record_event(recorder: Recorder, actor: Actor, report: Report, submission_id: str) -> Receipt:
    """Record one report. Raises Refused with every problem, NotAllowed where the role may not."""
    if report.event_type in MADE_BY_SERVER:
        raise NotAllowed(f"{report.event_type} is not reported but done")
    require(actor.role, deed_of(report))
    submission_id = submission_id or new_id()
    with recorder.recording() as recording:
        return answer_once(
            recording,
            actor,
            submission_id,
            report,
            lambda: record_within(recording, actor, report, submission_id),
        )


def deed_of(report: Report) -> str:
    """The deed of the role table that this report is; an inspection's follows its kind."""
    if report.event_type == "inspection":
        return INSPECTION_DEED.get(str(report.sent.get("inspection_kind")), "record_inspection")
    if report.event_type not in EVENT_DEED:
        raise refuse("event_type", event_check.UNKNOWN, given=report.event_type[:60])
    return EVENT_DEED[report.event_type]


def record_within(
    recording: Recording,
    actor: Actor,
    report: Report,
    submission_id: str,
    *,
    replaces: str | None = None,
    names: tuple[making.Name, ...] = (),
) -> Receipt:
    """Check and write one report inside an open transaction."""
    problems = list[Problem]()
    before = named_by(recording, actor, replaces) if replaces else Named()
    known = gather(recording, actor, report.event_type, report.sent, before.ids)
    event_time = _event_time(recording, actor, report, problems)
    reading = event_check.read_key_data(report.event_type, report.sent, known)
    problems += reading.problems
    problems += _common_problems(recording, actor, report, reading.what, event_time, before.ids)
    if problems:
        raise Refused(problems)
    facts = facts_of(recording.connection, [share.node_id for share in reading.shares])
    misfits = unit_problems(report.event_type, reading.shares, facts)
    problems += input_problems(recording, report.event_type, reading.what, facts)
    problems += misfits + _not_permitted(recording, actor, report, reading.what, facts, replaces)
    happened = report.already_happened or replaces is not None
    problems += arrival_problems(recording, actor, reading, facts, has_happened=happened)
    makes: tuple[MadeNode, ...] = ()
    if not misfits:
        makes, unmakeable = _make(recording, actor, report, reading, facts, event_time, names)
        problems += unmakeable
    if problems:
        raise Refused(problems)
    event = Event(
        report.event_type,
        event_time,
        report.performed_by or actor.party_id,
        actor.party_id,
        tuple(reading.shares),
        makes,
        stated(recording, report.event_type, reading.what, facts, event_time.date)
        | named_receiver(recording, report.event_type, reading.what),
        report.photos,
        report.already_happened,
        replaces,
    )
    slack = slack_of(recording, event.shares, facts)
    broken = {*standing.breaches(report.event_type, event.shares, facts, slack)}
    broken |= amount_breaches(recording, event, facts)
    broken |= field_breaches(recording, actor.coop_id, event)
    found = tuple(name for name in standing.BREACHES if name in broken)
    if replaces:
        others = [one for one in event.shares if one.node_id not in before.nodes]
        left = standing.breaches(report.event_type, others, facts)
        found = standing.breaches_kept(found, [*before.breaches, *left])
    entry_id = _append(recording, actor, event, report.note, submission_id, found)
    made = tuple(Made(one.node_id, one.kind, one.facts.get("lot_number", "")) for one in makes)
    return Receipt(submission_id, (entry_id,), made, found, recording.record_time)


def _not_permitted(
    recording: Recording,
    actor: Actor,
    report: Report,
    what: Mapping[str, Any],
    facts: Mapping[str, standing.NodeFacts],
    replaces: str | None,
) -> list[Problem]:
    """What a hold or recall refuses; a corrected record tells of what has happened long ago."""
    if report.event_type == "certificate_issued":
        stopped = [one for fact in facts.values() for one in standing.may_be_labelled(fact)]
        asked = (actor.coop_id, next(iter(facts)), what["basis"], what["number"], replaces)
        return stopped + certificate_problems(recording.connection, *asked)
    if report.already_happened or replaces:
        return []
    return standing.may_go_out(report.event_type, facts.values())


def _append(
    recording: Recording,
    actor: Actor,
    event: Event,
    note: str,
    submission_id: str,
    breaches: tuple[str, ...],
    known: Closure | None = None,
) -> str:
    body = event_body(event) | {"recorded_role": actor.role, "submission_id": submission_id}
    if breaches:
        body["breaches"] = list(breaches)
    if event.event_type == "inspection":
        body["vouched_by"] = vouched_by(event.what, actor.role)
    return recording.append(actor.coop_id, body, {"note": without_unseen(note).strip()}, known)


def append_event(
    recording: Recording,
    actor: Actor,
    event: Event,
    note: str,
    submission_id: str,
    known: Closure | None = None,
) -> str:
    """Write an event that a deed of ours has already decided on, its closure walked or not."""
    return _append(recording, actor, event, note, submission_id, (), known)


def _event_time(
    recording: Recording, actor: Actor, report: Report, problems: list[Problem]
) -> EventTime:
    zone = recording.zone(actor.coop_id)
    now = at_minute(recording.now, zone)
    when = report.when.strip()
    if not when:
        return now
    try:
        if "T" in when or " " in when:
            event_time = at_minute(datetime.fromisoformat(when), zone)
        else:
            event_time = on_day(datetime.fromisoformat(when).date(), zone, recording.now)
    except (ValueError, OverflowError):  # the year 1 or 9999, turned into another zone
        problems.append(Problem("when", event_check.NOT_A_DATE, {"given": when[:40]}, N_("When")))
        return now
    problems += event_check.check_time(event_time, recording.now, zone)
    return event_time


def _common_problems(
    recording: Recording,
    actor: Actor,
    report: Report,
    what: Mapping[str, Any],
    event_time: EventTime,
    named_before: frozenset[str],
) -> list[Problem]:
    """What every report has: who did it, files, a note; and what an inspection needs."""
    problems = []
    connection = recording.connection
    who = report.performed_by
    people = declared.existing_ids(connection, actor.coop_id, "party", [who], named_before)
    if who and who not in people:
        problems.append(
            Problem("performed_by", event_check.UNKNOWN, {"given": who[:60]}, N_("Done by"))
        )
    hashes = [photo.sha256 for photo in report.photos]
    if set(hashes) - file_rows.existing_files(connection, actor.coop_id, hashes):
        problems.append(Problem("photos", UNKNOWN_FILE, {}, N_("Photo")))
    if len(report.note) > NOTE_LONGEST:
        said = {"longest": str(NOTE_LONGEST), "length": str(len(report.note))}
        problems.append(Problem("note", event_check.TOO_LONG, said, N_("Note")))
    if report.event_type == "inspection":
        has_file = any(photo.purpose == "report" for photo in report.photos)
        problems += inspection_problems(what, has_file, event_time.date)
    return problems


def _make(
    recording: Recording,
    actor: Actor,
    report: Report,
    reading: event_check.Reading,
    facts: Mapping[str, standing.NodeFacts],
    event_time: EventTime,
    names: tuple[making.Name, ...],
) -> tuple[tuple[Any, ...], list[Problem]]:
    how_many = making.makes_how_many(report.event_type, reading)
    wanted = str(reading.what.pop("lot_number", ""))
    if names:
        problems = as_before(recording, reading, names, how_many)
        if problems:
            return (), problems
    if not how_many:
        return (), []
    product_id, problems = making.product_of(report.event_type, reading, facts)
    if problems:
        return (), problems
    products = declared.by_ids(recording.connection, "product", [product_id or ""])
    product = products.get(product_id or "")
    prefix = (product.text("lot_prefix") if product else "") or _PREFIX.get(report.event_type, "L")
    minted: list[making.Name] = list(names)
    if not minted:
        minted, problems = mint_names(
            recording, actor, how_many, wanted, prefix, event_time.date.isoformat()
        )
        if problems:
            return (), problems
    mass = making.mass_of_one(product.fields, reading) if product else None
    return making.make_nodes(report.event_type, reading, facts, minted, product_id, mass)


_PREFIX = {"input_purchase": "IN", "package_made": "PK"}
