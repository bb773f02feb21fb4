"""Which records may be corrected, what hangs on a record, and when a slip may be taken back.

Nothing is edited: a correction strikes a record out, for ever readable, and may put another beside
it. What was made of a record's goods since did happen, so the record did happen too: it may only be
given other values, or the later records are corrected first.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from .errors import N_, Problem
from .key_data import INPUT, OUTPUT, REMOVED, RETURNED, SOURCE
from .vocabulary import CHECK, EVENT_TYPES, STATE

NEVER_CORRECTED = (
    *("error_declaration", "labels_issued", "labels_voided"),
    *("recall", "recall_updated", "recall_closed"),
)
"""A recall is never undone by a correction (TRUST promise 5); printed labels are voided instead."""

DID_NOT_OCCUR, INCORRECT_DATA = "did_not_occur", "incorrect_data"

CHOOSE = N_("Choose what is wrong.")
SAY_WHY = N_("Say in a few words what was wrong.")
MAY_NOT = N_("A record of this kind cannot be corrected.")
OFFICE = N_("An office's inspection is corrected by the office alone.")
OTHER_OFFICE = N_("Only the office that signed an inspection corrects it.")
ALREADY = N_("This record was already corrected.")
OTHER_KIND = N_("A record is replaced by one of the same kind.")
USED_SINCE = N_(
    "Something was recorded with %(lot)s since. Correct that first, or give new values here."
)

SLIP_WITHIN = timedelta(minutes=15)
"""As long as this after writing, one's own record may be taken back as a slip of the finger."""

NOT_OWN = N_("Only whoever wrote a record takes it back as a slip.")
TOO_LATE = N_("It is too late to call this a slip: it was written more than 15 minutes ago.")
HANGS = N_("Something was recorded with it since; correct that first.")
FLAGGED = N_("It broke a rule: only a manager corrects it, with the reason.")


@dataclass(frozen=True)
class Wrong:
    """A record that is said to be wrong, and what the rules ask of it.

    `put_hold` says whether it held something or made what is held; `breaches` which rules it broke.
    """

    entry_id: str
    event_type: str
    recorded_by: str
    record_time: datetime
    is_struck: bool = False
    by_office: bool = False
    put_hold: bool = False
    breaches: tuple[str, ...] = ()


@dataclass(frozen=True)
class Later:
    """A later record that names what a record made or moved: in which role, and which lot.

    `is_ours` is false for another co-op's, which nobody here can correct.
    """

    entry_id: str
    event_type: str
    role: str
    name: str
    is_ours: bool = True


def hangs(later: Later) -> bool:
    """Whether a later record could not have happened without the earlier one.

    What was taken, moved, labelled or worked on was there. A test, hold or recall says something
    about the goods and falls with them.
    """
    if later.role in (INPUT, REMOVED, RETURNED, SOURCE) or later.event_type == "labels_issued":
        return True
    stage = EVENT_TYPES[later.event_type].stage
    return later.role != OUTPUT and stage not in (CHECK, STATE)


def reason_problems(reason: str, note: str) -> list[Problem]:
    """A correction says which kind it is and why, in words that stand beside it for ever."""
    problems = []
    if reason not in (DID_NOT_OCCUR, INCORRECT_DATA):
        problems.append(Problem("reason", CHOOSE, {}, N_("What is wrong")))
    if not note.strip():
        problems.append(Problem("note", SAY_WHY, {}, N_("In your words")))
    return problems


def may_correct(wrong: Wrong, replaced_by: str, later: Iterable[Later]) -> list[Problem]:
    """Everything that stands against a correction; `replaced_by` is an event type, empty for none.

    Records that hang on it stand against saying that it never happened, not against other values;
    another co-op's do not: its arrival stays, and both are told that they contradict each other.
    """
    problems = []
    if wrong.event_type in NEVER_CORRECTED:
        problems.append(Problem("wrong", MAY_NOT))
    if wrong.by_office:
        problems.append(Problem("wrong", OFFICE))
    if wrong.is_struck:
        problems.append(Problem("wrong", ALREADY))
    if replaced_by and replaced_by != wrong.event_type:
        problems.append(Problem("wrong", OTHER_KIND))
    if replaced_by:
        return problems
    names = sorted({one.name for one in later if one.is_ours and hangs(one)})
    if names:
        problems.append(Problem("wrong", USED_SINCE, {"lot": ", ".join(names)}))
    return problems


def may_office_correct(
    wrong: Wrong, party_id: str, replaced_by: str, later: Iterable[Later]
) -> list[Problem]:
    """Everything that stands against an office's correcting an inspection: it signed it itself."""
    if not wrong.by_office or wrong.recorded_by != party_id:
        return [Problem("wrong", OTHER_OFFICE)]
    return may_correct(replace(wrong, by_office=False), replaced_by, later)


def may_take_back(
    wrong: Wrong, party_id: str, now: datetime, later: Iterable[Later]
) -> list[Problem]:
    """Everything that stands against taking a record back as a slip, with one tap.

    What broke a rule or held something is corrected by a manager with the reason in words, never
    by the tap of whoever did it.
    """
    later = list(later)
    problems = may_correct(wrong, "", [])
    if wrong.recorded_by != party_id:
        problems.append(Problem("wrong", NOT_OWN))
    if now - wrong.record_time > SLIP_WITHIN:
        problems.append(Problem("wrong", TOO_LATE))
    if later:
        problems.append(Problem("wrong", HANGS))
    if wrong.breaches or wrong.put_hold:
        problems.append(Problem("wrong", FLAGGED))
    return problems
