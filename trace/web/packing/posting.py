"""Sending one form of the packing room: files are taken first, then the record is written.

A refused form comes back with all problems at once and everything typed, photos that did arrive
included: their hashes travel along, so that nothing has to be chosen again.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from ...capture.events import UNKNOWN_FILE, Report, record_event
from ...capture.files import keep_paper, keep_photo
from ...domain.errors import N_, Problem, Refused
from ...domain.event_check import REQUIRED
from ...domain.events import Photo
from ...domain.quantity import format_decimal
from ...domain.standing import HELD, HELD_ARRIVES, RECALLED, RECALLED_ARRIVES
from ...query.kept_files import DiskFull
from ...query.packing import PackingLot, is_recorded, packing_lots
from ..access import actor, house, signed_in
from ..asked_once import asked, is_answered
from ..form_once import placed, submission_id
from .asking import AMOUNTS
from .routes import page, today

DISK_FULL = N_("The server has no room for this file just now. Everything typed is still here.")
MOST_PHOTOS = 9
_NOT_ARRIVED = Photo("a file that did not arrive")
"""Named in a report that has a problem already: it is then refused with all the others."""

STOPPED = (HELD, RECALLED, HELD_ARRIVES, RECALLED_ARRIVES)
"""What is refused beside "it has already happened"."""

_PLACES = {"event_time": "when", "event_date": "when"}

Typed = MultiDict[str, str]


@dataclass(frozen=True)
class Sent:
    """What a form says happened, what is wrong with it already, and where problems belong.

    `questions` are likely slips, asked about once before anything is recorded.
    """

    what: Mapping[str, Any]
    problems: Sequence[Problem] = ()
    places: Mapping[str, str] = field(default_factory=dict)
    questions: Sequence[Problem] = ()


def amounts(
    typed: Typed,
    lots: Sequence[PackingLot],
    name: str,
    others: Mapping[str, str] | None = None,
) -> Sent:
    """What was typed beside lots: `amount-CODE` in `amount-CODE_unit`, or ticked: all of it.

    `others` are the units of what is no lot, by code. A problem of the n-th amount that was given
    goes back to its own field.
    """
    given = [one for lot in lots if (one := amount_of(typed, lot))]
    for code, unit in (others or {}).items():
        if much := typed.get(f"amount-{code}", "").strip():
            given.append({"node": code, "quantity": much, "unit": unit})
    places = {f"{name}-{at}": f"amount-{one['node']}" for at, one in enumerate(given)}
    return Sent({name: given}, (), places)


def amount_of(typed: Typed, lot: PackingLot) -> dict[str, str] | None:
    """The amount given of one lot: all that is left where that is ticked, else as typed."""
    if f"all-{lot.code}" in typed:
        left = format_decimal(lot.remaining)
        return {"node": lot.code, "quantity": left, "unit": lot.unit}
    much = typed.get(f"amount-{lot.code}", "").strip()
    unit = typed.get(f"amount-{lot.code}_unit") or lot.unit
    return {"node": lot.code, "quantity": much, "unit": unit} if much else None


def amounts_typed(typed: Typed) -> set[str]:
    """The codes of the co-op's lots beside which an amount was typed."""
    lots = packing_lots(house().instance, signed_in().coop_id, today())
    return {lot.code for lot in lots if amount_of(typed, lot)}


def take_files(name: str, label: str, purpose: str) -> tuple[list[Photo], list[Problem]]:
    """Keep what was uploaded in a field; what arrived before is named by the form itself."""
    keep: Callable[..., str] = keep_photo if purpose == "photo" else keep_paper
    kept, problems = request.form.getlist(f"kept_{name}"), list[Problem]()
    for file in request.files.getlist(name)[:MOST_PHOTOS]:
        if not file.filename:
            continue
        try:
            kept.append(keep(house().recorder, actor(), file.read()))
        except Refused as refused:
            problems += [replace(one, field=name, label=label) for one in refused.problems]
        except DiskFull:
            problems.append(Problem(name, DISK_FULL, {}, label))
    return [Photo(one, purpose) for one in dict.fromkeys(kept)], problems


def save(
    event_type: str,
    template: str,
    sent: Sent,
    show: Callable[[], Mapping[str, Any]],
    *,
    purpose: str = "photo",
) -> ResponseReturnValue:
    """Record what the form says and go to its saved page, or show it again with every problem."""
    typed: Typed = MultiDict(request.form)
    name, label = ("report", N_("File")) if purpose == "report" else ("photos", N_("Photo"))
    files, problems = take_files(name, label, purpose)
    problems += sent.problems
    uploaded = [one.sha256 for one in files]
    is_new = not is_recorded(house().instance, signed_in().coop_id, submission_id(*uploaded))
    if is_new and not problems and not is_answered(sent.questions):
        return _ask(template, sent.questions, uploaded, show), 422
    report = Report(
        event_type,
        sent.what,
        typed.get("when_other", "").strip() or typed.get("when", ""),
        note=typed.get("note", ""),
        photos=(*files, _NOT_ARRIVED) if problems else tuple(files),
        already_happened="already" in typed,
    )
    try:
        receipt = record_event(house().recorder, actor(), report, submission_id(*uploaded))
    except Refused as refused:
        others = [one for one in refused.problems if not problems or one.message != UNKNOWN_FILE]
        problems += placed(others, {**_PLACES, **sent.places})
    else:
        if receipt.entry_ids:
            return redirect(url_for("packing.saved", entry_id=receipt.entry_ids[0]), 303)
        return redirect(url_for("packing.home"), 303)
    problems = _without_echo(problems)
    stopped = any(one.message in STOPPED for one in problems)
    return (
        page(
            template,
            typed=typed,
            problems=problems,
            kept=uploaded,
            has_left=stopped or "already" in typed,
            **show(),
        ),
        422,
    )


def _ask(
    template: str,
    questions: Sequence[Problem],
    uploaded: Sequence[str],
    show: Callable[[], Mapping[str, Any]],
) -> str:
    """The form as it was typed, with what is asked and a button that says: it is so."""
    return page(
        template,
        typed=MultiDict(request.form),
        problems=questions,
        asks=asked(questions),
        asks_amounts=all(one.message in AMOUNTS for one in questions),
        kept=uploaded,
        has_left="already" in request.form,
        **show(),
    )


def _without_echo(problems: Sequence[Problem]) -> list[Problem]:
    """Without "still empty" where something else is wrong with what was typed in the field."""
    wrong = {one.field for one in problems if one.message != REQUIRED}
    return [one for one in problems if one.message != REQUIRED or one.field not in wrong]
