"""Issuing labels: codes are minted once, against the packed quantity; their PDF is asked for."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from ..domain.errors import N_, NotFound, Problem, Refused
from ..domain.event_check import read_key_data
from ..domain.event_time import at_minute
from ..domain.events import Event, NodeShare
from ..domain.key_data import LOT, PACKAGE, SUBJECT
from ..domain.roles import require
from ..domain.standing import NodeFacts, may_be_labelled, may_issue
from ..repository import nodes, units
from ..repository.database import Connection
from ..repository.instance import Instance
from ..repository.standing import facts_of
from .events import append_event
from .gathering import gather
from .label_needs import label_needs_problems
from .recording import Actor, Recorder, Recording, new_code, new_id
from .submissions import Receipt, answer_once

NO_SUCH_LABELS = N_("Labels %(first)s to %(last)s were not all issued.")
NOT_PACKED = N_("%(lot)s is not packed yet, so it has no labels.")


@dataclass(frozen=True)
class LabelOrder:
    """How many labels of which lot on what stock; `label_text` is what is written on each."""

    lot: str
    stock: str
    quantity: int
    base_url: str
    label_text: dict[str, Any]
    first_cell: int = 1


def issue_labels(
    recorder: Recorder, actor: Actor, order: LabelOrder, submission_id: str
) -> Receipt:
    """Mint the codes and ask for the PDF; the receipt's last entry id is the issue's.

    Raises Refused: held, recalled, not packed, more than packed, or what the product needs first is
    missing. The print job's id is the submission id.
    """
    require(actor.role, "print_labels")
    with recorder.recording() as recording:
        return answer_once(
            recording,
            actor,
            submission_id,
            order,
            lambda: _issue(recording, actor, order, submission_id),
        )


def may_print(connection: Connection, facts: NodeFacts, quantity: int) -> list[Problem]:
    """Every reason why these labels may not be printed."""
    key = nodes.node_key(connection, facts.node_id)
    packed = nodes.packed_quantity(connection, key)
    problems = may_be_labelled(facts)
    if packed is None:
        return [*problems, Problem("lot", NOT_PACKED, {"lot": facts.name})]
    problems += label_needs_problems(connection, key)
    return problems + may_issue(packed, units.alive_count(connection, key), quantity)


def printing_problems(instance: Instance, coop_id: str, lot: str, quantity: int) -> list[Problem]:
    """Why `issue_labels` would refuse this order, before anything is asked. Raises NotFound."""
    with instance.database.reading() as connection:
        return may_print(connection, _labelled(connection, coop_id, lot), quantity)


def _labelled(connection: Connection, coop_id: str, lot: str) -> NodeFacts:
    found = facts_of(connection, [lot]).get(lot)
    if not found or found.kind not in (LOT, PACKAGE):
        raise NotFound(lot)
    if nodes.node_keys(connection, [lot])[lot]["coop_id"] != coop_id:
        raise NotFound(lot)
    return found


def _issue(recording: Recording, actor: Actor, order: LabelOrder, submission_id: str) -> Receipt:
    connection = recording.connection
    facts = _labelled(connection, actor.coop_id, order.lot)
    problems = may_print(connection, facts, order.quantity)
    if problems:
        raise Refused(problems)
    key = nodes.node_key(connection, order.lot)
    first = units.issued_count(connection, key) + 1
    codes = [new_code() for _ in range(order.quantity)]
    job_id = submission_id or new_id()
    units.add_units(connection, key, first, codes, job_id)
    event = Event(
        "labels_issued",
        at_minute(recording.now, recording.zone(actor.coop_id)),
        actor.party_id,
        actor.party_id,
        (NodeShare(order.lot, SUBJECT),),
        what={
            "count": order.quantity,
            "first_sequence": first,
            "codes_hash": sha256("\n".join(codes).encode()).hexdigest(),
            "stock": order.stock,
        },
    )
    entry_id = append_event(recording, actor, event, "", submission_id)
    units.add_print_job(
        connection,
        job_id=job_id,
        coop_id=actor.coop_id,
        asked_by=actor.party_id,
        asked_at=recording.record_time,
        node_key=key,
        stock=order.stock,
        first_cell=order.first_cell,
        first_sequence=first,
        quantity=order.quantity,
        base_url=order.base_url,
        label_text=order.label_text,
        entry_id=entry_id,
    )
    return Receipt(submission_id, (entry_id,), record_time=recording.record_time)


@dataclass(frozen=True)
class VoidOrder:
    """Which labels of a lot are void, by their sequence numbers, and why.

    `more` are further runs of numbers, each its first and how many: scanned labels need not follow
    one another.
    """

    lot: str
    first_sequence: int
    count: int
    reason: str
    more: tuple[tuple[int, int], ...] = ()

    @property
    def runs(self) -> tuple[tuple[int, int], ...]:
        """Every run of numbers."""
        return ((self.first_sequence, self.count), *self.more)


def void_labels(recorder: Recorder, actor: Actor, order: VoidOrder, submission_id: str) -> Receipt:
    """Void labels: their pages say so from now on. Raises Refused where they were never issued."""
    require(actor.role, "print_labels")
    with recorder.recording() as recording:
        return answer_once(
            recording,
            actor,
            submission_id,
            order,
            lambda: _void(recording, actor, order, submission_id),
        )


def _void(recording: Recording, actor: Actor, order: VoidOrder, submission_id: str) -> Receipt:
    _labelled(recording.connection, actor.coop_id, order.lot)
    entries = tuple(_void_run(recording, actor, order, run, submission_id) for run in order.runs)
    return Receipt(submission_id, entries, record_time=recording.record_time)


def _void_run(
    recording: Recording, actor: Actor, order: VoidOrder, run: tuple[int, int], submission_id: str
) -> str:
    """Void labels that follow one another: an entry of their own. Raises Refused."""
    connection, (first, count) = recording.connection, run
    key = nodes.node_key(connection, order.lot)
    sent = {
        "lot": order.lot,
        "first_sequence": first,
        "count": count,
        "reason": order.reason,
    }
    reading = read_key_data("labels_voided", sent, gather(recording, actor, "labels_voided", sent))
    problems = list(reading.problems)
    last = first + count - 1
    if not problems and last > units.issued_count(connection, key):
        said = {"first": str(first), "last": str(last)}
        problems.append(Problem("count", NO_SUCH_LABELS, said))
    if problems:
        raise Refused(problems)
    event = Event(
        "labels_voided",
        at_minute(recording.now, recording.zone(actor.coop_id)),
        actor.party_id,
        actor.party_id,
        tuple(reading.shares),
        what=reading.what,
    )
    entry_id = append_event(recording, actor, event, "", submission_id)
    units.void_units(connection, key, first, count, entry_id)
    return entry_id
