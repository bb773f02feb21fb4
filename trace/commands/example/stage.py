"""Playing a season: every step through `trace.capture`, in the order of record time.

The recorder's clock stands where the step was written down, so the ledger reads as if the year had
passed. Rules refuse here what they refuse anywhere.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any, Final

from ...capture import (
    correcting,
    declaring,
    events,
    files,
    identifying,
    labelling,
    lifting,
    people,
    reading_log,
    recall_answers,
    recalling,
    together,
)
from ...capture.recording import Actor, Recorder, new_id
from ...capture.submissions import Receipt
from ...domain.events import Photo
from ...query.label_text import label_words
from ...repository import people as people_rows
from ...repository.instance import Instance
from .pictures import draw
from .rehearsing import play_drill
from .season_time import Calendar
from .steps import (
    Answer,
    Called,
    Closing,
    Correction,
    Drill,
    Labels,
    Lifting,
    Naming,
    PagesRead,
    Recall,
    Report,
    Step,
    TakingBack,
    Together,
)

DRAWING_THREADS: Final = 2


class Stage:
    """One loading: the people on it, what they made so far, and the clock."""

    def __init__(self, instance: Instance, calendar: Calendar, base_url: str) -> None:
        self.instance, self.calendar = instance, calendar
        self.now = calendar.loaded
        self.recorder = Recorder(instance, lambda: self.now)
        self.actors: dict[str, Actor] = {}
        self.memberships: dict[str, str] = {}
        self.papers: dict[str, Callable[[Calendar], bytes]] = {}
        self._base_url = base_url
        self._named: dict[str, str] = {}
        self._lot_numbers: dict[str, str] = {}
        self._records: dict[str, str] = {}
        self._photos: dict[tuple[str, str], str] = {}

    def __getitem__(self, name: str) -> str:
        """The id of what was called so."""
        return self._named[name]

    def set_clock(self, day: int, clock: str) -> None:
        """Let it be this day and local time."""
        self.now = self.calendar.moment(day, clock)

    def found_coop(self, name: str, fields: Mapping[str, Any], manager: Mapping[str, Any]) -> None:
        """Found a co-op; its manager may act from now on as `name manager`."""
        coop_id, party_id = people.found_coop(self.recorder, fields, manager)
        self._named[name], self._named[f"{name} manager"] = coop_id, party_id
        self.actors[f"{name} manager"] = Actor(new_id(), coop_id, "manager", party_id)
        self.join(name, f"{name} manager", "manager")

    def join(self, coop: str, name: str, role: str) -> None:
        """Somebody is invited, accepts on a phone, and signs out again."""
        coop_id, party_id = self._named[coop], self._named[name]
        token = people.invite_as_operator(self.recorder, coop_id, role, party_id)
        session = people.accept_invitation(self.recorder, token, "示例 example")
        people.sign_out(self.recorder, session.token)
        with self.instance.database.reading() as connection:
            member = people_rows.membership(connection, session.membership_id)
        if member is None:
            raise LookupError(session.membership_id)
        self.actors[name] = Actor(member["account_id"], coop_id, role, party_id)
        self.memberships[name] = session.membership_id

    def declare(self, who: str, noun: str, name: str, fields: Mapping[str, Any]) -> None:
        """The manager declares something of the co-op; a `file` names a paper."""
        actor = self.actors[who]
        sent = self._resolved(fields)
        if "file" in sent:
            sent["file"] = self._paper(actor, sent["file"])
        self._named[name] = declaring.declare(self.recorder, actor, noun, sent)

    def play(self, steps: Sequence[Step]) -> None:
        """Every step in the order of record time."""
        _draw_ahead(steps)
        moments = {id(step): self.calendar.moment(*step.written) for step in steps}
        for step in sorted(steps, key=lambda step: moments[id(step)]):
            self.now = moments[id(step)]
            self._do(step, self.actors[step.who])

    def _do(self, step: Step, actor: Actor) -> None:
        recorder = self.recorder
        match step:
            case Report():
                self._keep(step.called, self._report(step))
            case Together(reports=reports):
                form = [self._as_reported(one, actor) for one in reports]
                together.record_together(recorder, actor, form, new_id())
            case Labels():
                self._print(step)
            case Correction():
                self._correct(step)
            case TakingBack(wrong=wrong, note=note):
                correcting.take_back(recorder, actor, self._records[wrong], note, new_id())
            case Naming():
                self._name(step)
            case Lifting(hold=hold, reason=reason):
                lifting.lift_hold(recorder, actor, self._records[hold], reason, new_id())
            case Recall():
                self._keep(step.called, self._recall(step))
            case Answer():
                self._answer(step)
            case Closing(recall=recall, reason=reason):
                recalling.close_recall(recorder, actor, self._records[recall], reason, new_id())
            case Called(recall=recall, customer=customer, outcome=outcome):
                told = recall_answers.Contact(self._records[recall], self._named[customer], outcome)
                recall_answers.note_contact(recorder, actor, told, new_id())
            case Drill(lot=lot):
                play_drill(self.instance, actor, self._named[lot], self.now)
            case PagesRead():
                for page, subject in step.pages:
                    read = reading_log.PageRead(page, self._resolved(subject))
                    reading_log.record_read(recorder, actor, read)

    def _report(self, step: Report) -> Receipt:
        actor = self.actors[step.who]
        report = self._as_reported(step, actor)
        return events.record_event(self.recorder, actor, report, new_id())

    def _as_reported(self, step: Report, actor: Actor) -> events.Report:
        when = self.calendar.date_of(step.day).isoformat()
        if step.at:
            happened = self.calendar.moment(step.day, step.at)
            when = happened.replace(tzinfo=None).isoformat(timespec="minutes")
        return events.Report(
            step.event_type,
            self._resolved(step.sent),
            when,
            self._named[step.done_by] if step.done_by else "",
            step.note,
            self._files(step, actor),
        )

    def _files(self, step: Report, actor: Actor) -> tuple[Photo, ...]:
        kept = [Photo(self._photo(actor, scene)) for scene in step.photos]
        if step.paper:
            kept.append(Photo(self._paper(actor, step.paper), "report"))
        return tuple(kept)

    def _photo(self, actor: Actor, scene: str) -> str:
        """A co-op's photo of a scene, cleaned and kept once."""
        kept = (actor.coop_id, scene)
        if kept not in self._photos:
            self._photos[kept] = files.keep_photo(self.recorder, actor, _drawn(scene))
        return self._photos[kept]

    def _paper(self, actor: Actor, name: str) -> str:
        return files.keep_paper(self.recorder, actor, self.papers[name](self.calendar))

    def _print(self, step: Labels) -> None:
        lot = self._named[step.lot]
        text = label_words(self.instance, lot)
        order = labelling.LabelOrder(lot, step.stock, step.quantity, self._base_url, text)
        labelling.issue_labels(self.recorder, self.actors[step.who], order, new_id())

    def _correct(self, step: Correction) -> None:
        actor = self.actors[step.who]
        replacement = self._as_reported(step.replacement, actor)
        correction = correcting.Correction(
            self._records[step.wrong], "incorrect_data", step.note, replacement
        )
        receipt = correcting.correct_event(self.recorder, actor, correction, new_id())
        self._keep(step.wrong, receipt)

    def _name(self, step: Naming) -> None:
        said = identifying.Identification(
            self._records[step.record], self._named[step.input], step.note
        )
        actor = self.actors[step.who]
        self._keep(step.record, identifying.identify_input(self.recorder, actor, said, new_id()))

    def _answer(self, step: Answer) -> None:
        answer = recall_answers.Answer(
            self._records[step.recall],
            self._named[step.customer],
            step.answered_by,
            step.means,
            {name: {step.unit: amount} for name, amount in step.amounts.items()},
            step.note,
        )
        recall_answers.acknowledge(self.recorder, self.actors[step.who], answer, new_id())

    def _recall(self, step: Recall) -> Receipt:
        order = recalling.RecallOrder(
            (self._named[step.cause],),
            step.reason,
            step.advice,
            step.note,
            step.reason_en,
            step.advice_en,
        )
        return recalling.recall(self.recorder, self.actors[step.who], order, new_id())

    def _keep(self, name: str, receipt: Receipt) -> None:
        if not name:
            return
        self._records[name] = receipt.entry_ids[-1]
        for place, made in enumerate(receipt.made, 1):
            called = name if len(receipt.made) == 1 else f"{name} {place}"
            self._named[called], self._lot_numbers[called] = made.node_id, made.lot_number

    def _resolved(self, value: Any) -> Any:
        """The value with every name replaced by what it stands for."""
        if isinstance(value, Mapping):
            return {key: self._resolved(one) for key, one in value.items()}
        if isinstance(value, list | tuple):
            return [self._resolved(one) for one in value]
        if isinstance(value, str) and value[:1] in self._tables:
            return self._tables[value[0]][value[1:]]
        return value

    @property
    def _tables(self) -> dict[str, dict[str, str]]:
        return {"@": self._named, "#": self._lot_numbers, "~": self._records}


@cache
def _drawn(scene: str) -> bytes:
    return draw(scene)


def _draw_ahead(steps: Sequence[Step]) -> None:
    """Draw every scene that a step shows; Pillow lets two threads draw at once."""
    scenes = sorted({scene for step in steps if isinstance(step, Report) for scene in step.photos})
    with ThreadPoolExecutor(DRAWING_THREADS) as threads:
        list(threads.map(_drawn, scenes))
