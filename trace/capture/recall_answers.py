"""After a recall: trying to reach each customer, and the customer's answer.

A customer's answer is an event of the co-op that delivered to it; the recall may be another's. The
customer answers with a link of its own, or a manager writes down what was said on the telephone.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ..domain.errors import N_, NotFound, Problem, Refused, refuse
from ..domain.event_check import Known, read_key_data
from ..domain.event_time import at_minute
from ..domain.events import Event, event_body
from ..domain.plain_text import one_line, without_unseen
from ..domain.roles import require
from ..repository import declared, recalls
from ..repository.database import Row
from .people import token_hash
from .recording import Actor, Recorder, Recording, new_id
from .submissions import Receipt, answer_once

CALLED, WRITTEN_TO, NOBODY_REACHED = "called", "written_to", "nobody_reached"
OUTCOMES = (CALLED, WRITTEN_TO, NOBODY_REACHED)
CUSTOMER_ROLE = "customer"
AMOUNTS = ("taken_off", "still_there", "sold")
NAME_LONGEST = 80
NOTE_LONGEST = 1000
MOST_ANSWERS = 20

NO_SUCH_OUTCOME = N_("Say whether you called, wrote, or reached nobody.")
BELOW_ZERO = N_("This cannot be less than zero: %(given)s.")
NAME_MISSING = N_("Write who is answering.")
TOO_LONG = N_("At most %(longest)s characters; these are %(length)s.")
ENOUGH = N_("This link was answered many times already. Please call the co-op instead.")
YOUR_NAME = N_("Your name")


@dataclass(frozen=True)
class Contact:
    """Somebody tried to reach a customer."""

    recall_id: str
    customer_id: str
    outcome: str


@dataclass(frozen=True)
class Answer:
    """What a customer says: `amounts` gives what was typed of each amount, by unit.

    {"taken_off": {"bundle": "60"}, "still_there": {"bundle": "0"}, "sold": {"bundle": ""}}
    """

    recall_id: str
    customer_id: str
    answered_by: str
    means: str = "telephone"
    amounts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    note: str = ""


def note_contact(recorder: Recorder, actor: Actor, contact: Contact, submission_id: str) -> None:
    """Note a try to reach one of the co-op's own customers; a double click notes one."""
    require(actor.role, "recall")
    if contact.outcome not in OUTCOMES:
        raise refuse("outcome", NO_SUCH_OUTCOME)
    with recorder.recording() as recording:
        _own_customer(recording, actor.coop_id, contact.recall_id, contact.customer_id)

        def note() -> Receipt:
            recalls.add_contact(
                recording.connection,
                contact_id=new_id(),
                recall_id=contact.recall_id,
                coop_id=actor.coop_id,
                customer_id=contact.customer_id,
                outcome=contact.outcome,
                happened_at=recording.record_time,
                party_id=actor.party_id,
            )
            return Receipt(submission_id, record_time=recording.record_time)

        answer_once(recording, actor, submission_id, contact, note)


def make_links(
    recorder: Recorder, actor: Actor, recall_id: str, customer_ids: Sequence[str]
) -> dict[str, str]:
    """A link for each customer, its token by id; given this once, only the hashes are kept."""
    require(actor.role, "recall")
    tokens = {customer_id: secrets.token_urlsafe(32) for customer_id in customer_ids}
    with recorder.recording() as recording:
        for customer_id, token in tokens.items():
            _own_customer(recording, actor.coop_id, recall_id, customer_id)
            recalls.add_link(
                recording.connection,
                token_hash=token_hash(token),
                recall_id=recall_id,
                coop_id=actor.coop_id,
                customer_id=customer_id,
                created_at=recording.record_time,
                created_by=actor.party_id,
            )
    return tokens


def acknowledge(recorder: Recorder, actor: Actor, answer: Answer, submission_id: str) -> Receipt:
    """A manager writes down what a customer answered. Raises Refused with all problems."""
    require(actor.role, "recall")
    with recorder.recording() as recording:
        return _answer(recording, actor, answer, submission_id)


def acknowledge_by_link(
    recorder: Recorder, token: str, answer: Answer, submission_id: str
) -> Receipt:
    """The customer answers with its own link, which alone says who it is and to which recall.

    Raises NotFound for a link nobody made. The same answer sent again makes no second entry.
    """
    with recorder.recording() as recording:
        link = recalls.link_by_hash(recording.connection, token_hash(token))
        if link is None:
            raise NotFound("a link")
        said = Answer(
            link["recall_id"],
            link["customer_id"],
            answer.answered_by,
            "own_link",
            answer.amounts,
            answer.note,
        )
        who = Actor("", link["coop_id"], CUSTOMER_ROLE, link["customer_id"])
        return _answer(recording, who, said, submission_id)


def _own_customer(recording: Recording, coop_id: str, recall_id: str, customer_id: str) -> Row:
    connection = recording.connection
    found = recalls.recall_by_id(connection, recall_id)
    if found is None or declared.one_of(connection, coop_id, "party", customer_id) is None:
        raise NotFound(customer_id)
    return found


def _answer(recording: Recording, actor: Actor, answer: Answer, submission_id: str) -> Receipt:
    _own_customer(recording, actor.coop_id, answer.recall_id, answer.customer_id)
    return answer_once(
        recording,
        actor,
        submission_id,
        answer,
        lambda: _record(recording, actor, answer, submission_id),
    )


def _record(recording: Recording, actor: Actor, answer: Answer, submission_id: str) -> Receipt:
    connection = recording.connection
    sent: dict[str, Any] = {
        "recall": answer.recall_id,
        "customer": answer.customer_id,
        "means": answer.means,
    }
    sent |= {
        name: [{"quantity": typed, "unit": unit} for unit, typed in _typed(answer, name).items()]
        for name in AMOUNTS
    }
    known = Known(
        ids={
            "entry": frozenset({answer.recall_id}),
            "party": frozenset({answer.customer_id}),
        }
    )
    reading = read_key_data("recall_acknowledged", sent, known)
    problems = [_placed(one, answer) for one in reading.problems]
    problems += _said_problems(answer, reading.what)
    before = [
        one
        for one in recalls.answers_to(connection, actor.coop_id, answer.recall_id)
        if one["customer_id"] == answer.customer_id
    ]
    if actor.role == CUSTOMER_ROLE and len(before) >= MOST_ANSWERS:
        problems.append(Problem("", ENOUGH))
    if problems:
        raise Refused(problems)
    event = Event(
        "recall_acknowledged",
        at_minute(recording.now, recording.zone(actor.coop_id)),
        answer.customer_id,
        actor.party_id,
        what=reading.what,
    )
    body = event_body(event) | {"recorded_role": actor.role, "submission_id": submission_id}
    private = {
        "answered_by": one_line(answer.answered_by),
        "note": without_unseen(answer.note).strip(),
    }
    entry_id = recording.append(actor.coop_id, body, private)
    return Receipt(submission_id, (entry_id,), record_time=recording.record_time)


def _said_problems(answer: Answer, what: Mapping[str, Any]) -> list[Problem]:
    found = []
    name = one_line(answer.answered_by)
    if not name:
        found.append(Problem("answered_by", NAME_MISSING, {}, YOUR_NAME))
    for field_name, text, longest, label in (
        ("answered_by", name, NAME_LONGEST, YOUR_NAME),
        ("note", answer.note.strip(), NOTE_LONGEST, N_("Note")),
    ):
        if len(text) > longest:
            values = {"longest": str(longest), "length": str(len(text))}
            found.append(Problem(field_name, TOO_LONG, values, label))
    for name in AMOUNTS:
        for one in what.get(name, ()):
            if one["quantity"].startswith("-"):
                given = {"given": str(one["quantity"])}
                found.append(Problem(f"{name}-{one['unit']}", BELOW_ZERO, given))
    return found


def _typed(answer: Answer, name: str) -> dict[str, str]:
    """What was typed of one amount, by unit; fields left empty are left out."""
    given = answer.amounts.get(name, {})
    return {unit: text.strip() for unit, text in given.items() if text.strip()}


def _placed(problem: Problem, answer: Answer) -> Problem:
    """A problem of the second unit stands at the field of that unit."""
    name, _, number = problem.field.partition("-")
    if name not in AMOUNTS or not number:
        return problem
    return replace(problem, field=f"{name}-{list(_typed(answer, name))[int(number)]}")
