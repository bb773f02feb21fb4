"""Sending one form: files are taken first, then the record is written; nothing typed is lost.

A refused form comes back with all problems at once, and with the photos that did arrive: their
hashes travel as ticked boxes, so that nothing has to be shot again.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import uuid4

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage, MultiDict

from ...capture.events import UNKNOWN_FILE, Report, record_event
from ...capture.files import keep_paper, keep_photo
from ...capture.submissions import Receipt
from ...domain.errors import N_, ClockRanBack, Problem, Refused
from ...domain.events import Photo
from ...domain.roles import own_plots_only
from ...query.kept_files import DiskFull
from ..access import actor, house, signed_in
from ..asked_once import asked, is_answered
from .routes import page
from .twice import recorded_just_now

DISK_FULL = N_("The server has no room for this photo just now. Everything typed is still here.")
CLOCK_WRONG = N_("The server's clock is wrong, so nothing can be saved just now. Try again later.")
MOST_PHOTOS = 9
TOO_MANY_PHOTOS = N_("At most %(most)s photos with one record.")

_SUBMISSION = re.compile(r"[0-9A-Za-z-]{8,64}")
_NOT_ARRIVED = Photo("a photo that did not arrive")
"""Named in a report that has a problem of its own: it is then refused with all the others."""

_SAID_ELSEWHERE = {"event_time": "when", "event_date": "when"}


@dataclass(frozen=True)
class Sent:
    """What a form says happened, what is wrong with it already, and where problems belong.

    `places` maps fields of the domain's problems to fields of the page. `more` are further reports
    of the same form, each recorded on its own. `questions` are asked once before it is recorded.
    """

    what: Mapping[str, Any]
    problems: Sequence[Problem] = ()
    places: Mapping[str, str] = field(default_factory=dict)
    already_happened: bool = False
    warnings: Sequence[Any] = ()
    more: Sequence["Sent"] = ()
    questions: Sequence[Problem] = ()


@dataclass
class Files:
    """The files of a form: those that arrived, now or before, and what was wrong with the rest."""

    photos: list[str]
    papers: list[str]
    problems: list[Problem]
    status: int = 422

    def named(self) -> tuple[Photo, ...]:
        """The files as a report names them."""
        photos = tuple(Photo(one, "photo") for one in dict.fromkeys(self.photos))
        return photos + tuple(Photo(one, "report") for one in dict.fromkeys(self.papers))


Show = Callable[..., dict[str, Any]]
Read = Callable[[MultiDict[str, str]], Sent]


def new_form(**typed: Any) -> MultiDict[str, str]:
    """An empty form with its submission id: a double click makes one record."""
    values: MultiDict[str, str] = MultiDict({"submission_id": str(uuid4())})
    for name, value in typed.items():
        values.setlist(name, list(value) if isinstance(value, list | tuple) else [value])
    return values


def take_files() -> Files:
    """Clean and keep what was uploaded; each broken file is a problem of its field."""
    kept = Files(request.form.getlist("kept_photo"), request.form.getlist("kept_report"), [])
    _take(kept, "photos", N_("Photo"), keep_photo, kept.photos)
    _take(kept, "report", N_("Report"), keep_paper, kept.papers)
    if len(set(kept.photos)) > MOST_PHOTOS:
        said = {"most": str(MOST_PHOTOS)}
        kept.problems.append(Problem("photos", TOO_MANY_PHOTOS, said, N_("Photo")))
    return kept


def _take(kept: Files, name: str, label: str, keep: Callable[..., str], arrived: list[str]) -> None:
    for file in request.files.getlist(name)[: MOST_PHOTOS + 1]:
        content = _content(file)
        if content is None:
            continue
        try:
            arrived.append(keep(house().recorder, actor(), content))
        except Refused as refused:
            kept.problems += [replace(one, field=name, label=label) for one in refused.problems]
        except DiskFull:
            kept.status = 507
            kept.problems.append(Problem(name, DISK_FULL, {}, label))


def _content(file: FileStorage) -> bytes | None:
    """The bytes of a file field; None where nobody chose one."""
    content = file.read()
    return content if content or file.filename else None


def save(event_type: str, read: Read, show: Show) -> ResponseReturnValue:
    """Record what the form says and go to its saved page, or show the form again with problems."""
    typed = MultiDict(request.form)
    if not _SUBMISSION.fullmatch(typed.get("submission_id", "")):
        typed["submission_id"] = str(uuid4())
    files = take_files()
    sent = read(typed)
    if "more" in typed:
        return page(event_type, typed=typed, files=files, problems=(), **show(typed))
    problems = [*files.problems, *sent.problems]
    wrong = bool(problems or sent.warnings)
    asks = () if wrong or is_answered(sent.questions) else tuple(sent.questions)
    twice = None
    reports = [_report(event_type, typed, files, one) for one in (sent, *sent.more)]
    try:
        if sent.more:
            found = [_refusals(*one) for one in zip(reports, (sent, *sent.more), strict=True)]
            problems += _each_once(one for some in found for one in some)
            wrong = bool(problems or sent.warnings)
        elif wrong:
            reports[0] = _never_recorded(reports[0])
        if not wrong and not asks and "again" not in typed:
            twice = recorded_just_now(reports, typed["submission_id"])
        receipts = (
            []
            if twice or asks or (wrong and sent.more)
            else _record_all(reports, typed["submission_id"])
        )
    except Refused as refused:
        others = refused.problems
        if wrong:
            others = tuple(one for one in others if one.message != UNKNOWN_FILE)
        problems += [_placed(one, sent.places) for one in others]
    except ClockRanBack:
        files.status = 503
        problems.append(Problem("", CLOCK_WRONG))
    else:
        if any(receipt.in_inbox for receipt in receipts):
            return page("waiting", event_type=event_type), 202
        if receipts:
            first, *also = (receipt.entry_ids[0] for receipt in receipts)
            return redirect(url_for("farm.saved", entry_id=first, also=also), 303)
    shown = show(typed) | {"warnings": sent.warnings, "twice": twice, "asks": asks}
    shown["sure"] = asked(sent.questions)
    code = 409 if (twice or asks) and not problems else files.status
    return page(event_type, typed=typed, files=files, problems=problems, **shown), code


def _report(event_type: str, typed: MultiDict[str, str], files: Files, sent: Sent) -> Report:
    return Report(
        event_type,
        sent.what,
        typed.get("when_other", "").strip() or typed.get("when", ""),
        _performed_by(typed),
        typed.get("note", ""),
        files.named(),
        sent.already_happened,
    )


def _never_recorded(report: Report) -> Report:
    return replace(report, photos=(*report.photos, _NOT_ARRIVED))


def _refusals(report: Report, sent: Sent) -> list[Problem]:
    """What recording this would refuse; nothing is recorded."""
    try:
        record_event(house().recorder, actor(), _never_recorded(report), str(uuid4()))
    except Refused as refused:
        return [
            _placed(one, sent.places) for one in refused.problems if one.message != UNKNOWN_FILE
        ]
    raise AssertionError("a report with a photo that did not arrive was recorded")


def _each_once(problems: Iterable[Problem]) -> list[Problem]:
    """The problems of several reports; a wrong day is wrong in all of them and said once."""
    found = list[Problem]()
    found.extend(one for one in problems if one not in found)
    return found


def _record_all(reports: Sequence[Report], submission_id: str) -> list[Receipt]:
    """Record one after the other, each under an id that follows from the form's.

    Where the first was sent before with other words in it, the others wait beside it.
    """
    receipts = list[Receipt]()
    for number, report in enumerate(reports, 1):
        waits = bool(receipts) and receipts[0].in_inbox
        own_id = submission_id if number == 1 or waits else f"{submission_id}-{number}"
        receipts.append(record_event(house().recorder, actor(), report, own_id))
    return receipts


def _performed_by(typed: MultiDict[str, str]) -> str:
    """Who did it: a grower always the grower; others may write for somebody."""
    return "" if own_plots_only(signed_in().role) else typed.get("performed_by", "")


def _placed(problem: Problem, places: Mapping[str, str]) -> Problem:
    """The problem at the field of the page: `plantings-0` belongs to the choice of plantings."""
    name = _SAID_ELSEWHERE.get(problem.field, problem.field)
    if name not in places and not name.startswith("results-"):
        name = re.sub(r"-\d+$", "", name)
    return replace(problem, field=places.get(name, name))
