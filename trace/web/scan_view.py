"""What a shopper's page says, in the reader's language: facts first, then the story."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from ..domain.errors import N_, Problem
from ..domain.inspection import LABORATORY, OFFICE
from ..query.public_facts import Certificate, Test
from ..query.public_record import Record
from ..query.public_standing import HoldNotice
from . import display
from .language import current_language
from .pictures import PICTURES
from .scan_drawing import Temperatures, Way, temperatures, way
from .scan_timeline import timeline
from .scan_words import NOT_DETECTED, Step, name_of, result_parts
from .words import _, ngettext

YEARS_AFTER = 400
"""Days after which a plant is told by the year it was planted, not by days of growing."""


@dataclass(frozen=True)
class Fact:
    """One line of the tag: what, who vouches, and its parts, broken over lines between them only.

    `tone` is `no` where it should alarm, `wait` where something is missing.
    """

    icon: str
    label: str
    parts: tuple[str, ...]
    who: str | None = None
    who_words: str | None = None
    tone: str = ""

    @property
    def words(self) -> str:
        """All parts in one line."""
        text = self.parts[0]
        for part in self.parts[1:]:
            text += part if part[0] in "（(" and current_language() == "zh" else f" {part}"
        return text


@dataclass(frozen=True)
class Words:
    """What a grower says in his or her own words."""

    name: str
    words: str
    picture: str
    photo: str | None


@dataclass(frozen=True)
class View:
    """One record as the templates show it."""

    record: Record
    name: str
    picture: str
    photo: str | None
    grown_by: str
    facts: tuple[Fact, ...]
    place: str
    grew: str
    words: tuple[Words, ...]
    intro: str
    steps: tuple[Step, ...]
    reports: tuple[Test, ...]
    certificates: tuple[Certificate, ...]
    way: Way | None
    temperatures: Temperatures | None
    notices: tuple[str, ...]


def view_of(record: Record, today: date) -> View:
    """The whole of one record."""
    return View(
        record,
        name_of_goods(record),
        _picture(record),
        _lead_photo(record),
        _grown_by(record),
        tuple(_facts(record, today)),
        _place(record),
        _grew(record),
        tuple(_words(record)),
        _intro(record),
        timeline(record),
        tuple(
            test
            for test in record.tests
            if not test.examined.is_wrong
            and (test.files or test.examined.inspection_kind == "laboratory_report")
        ),
        record.certificates,
        way(record),
        temperatures(record),
        tuple(_notices(record)),
    )


def name_of_goods(record: Record) -> str:
    """The product's or package's name in the reader's language."""
    if record.package_name:
        return record.package_name
    if record.product is None:
        return _("Not filled in")
    return record.product.in_language("name", current_language())


def _picture(record: Record) -> str:
    if record.kind == "package":
        return "gift"
    named = record.product.text("picture") if record.product else ""
    return named if named in PICTURES else "leafy-green"


def _lead_photo(record: Record) -> str | None:
    """The newest photo of the picking, else of packing, else of the field: what is in the hand."""
    order = ("harvesting", "packing", "repacking", "package_made", "field_work", "planting")
    for event_type in order:
        for event in reversed(record.events):
            if event.event_type == event_type and event.photos and not event.is_wrong:
                return event.photos[0].sha256
    return None


def _and(words: Sequence[str]) -> str:
    return ("、" if current_language() == "zh" else ", ").join(word for word in words if word)


def _grown_by(record: Record) -> str:
    language = current_language()
    growers, plots = record.growing.growers, record.growing.plots
    if record.kind == "package":
        return ""
    if record.is_bought_in and record.supplier:
        name = record.supplier.in_language("name", language) or _("name not shown")
        return _("Bought in from %(supplier)s", supplier=name)
    if len(growers) > 1:
        who = ngettext("%(num)s grower", "%(num)s growers", len(growers))
    elif growers and growers[0].text("name"):
        who = _("%(name)s, grower", name=growers[0].in_language("name", language))
    else:
        who = _("Grower's name not shown") if growers else ""
    where = _and([plot.in_language("name", language) for plot in plots[:2]])
    return " · ".join(part for part in (who, where if len(plots) < 3 else "") if part)


def _place(record: Record) -> str:
    language = current_language()
    villages = dict.fromkeys(site.in_language("village", language) for site in record.growing.sites)
    parts = [record.coop.in_language("origin_name", language), *list(villages)[:2]]
    if record.is_bought_in:
        parts = [_("Grown elsewhere")]
    return " · ".join(part for part in parts if part) or _("Place: not filled in")


def _grew(record: Record) -> str:
    days = record.growing.days
    if days is None or record.growing.started_on is None or record.kind == "package":
        return ""
    if days > YEARS_AFTER:
        return _("Planted in %(year)s", year=record.growing.started_on.year)
    return ngettext("Grew for %(num)s day", "Grew for %(num)s days", days)


def _intro(record: Record) -> str:
    grown = record.growing
    if grown.started_on is None or grown.picked_from is None or grown.days is None:
        return ""
    language = current_language()
    return ngettext(
        "Begun on %(start)s, picked on %(end)s: %(num)s day in all.",
        "Begun on %(start)s, picked on %(end)s: %(num)s days in all.",
        grown.days,
        start=display.day(grown.started_on, language, year=grown.days > YEARS_AFTER),
        end=display.day(grown.picked_from, language),
    )


def _words(record: Record) -> list[Words]:
    language = current_language()
    found = []
    for grower in record.growing.growers[:3]:
        words = grower.in_language("words", language)
        picture = grower.text("picture")
        if words and grower.text("name"):
            found.append(
                Words(
                    grower.in_language("name", language),
                    words,
                    picture if picture in PICTURES else "farmer",
                    picture if len(picture) == 64 else None,
                )
            )
    return found


def _notices(record: Record) -> list[str]:
    found = []
    if record.is_bought_in:
        found.append(_("Bought in: the co-op did not grow it, so there is no growing record."))
    if record.amounts.is_all_destroyed:
        found.append(_("All of this lot was destroyed. It should not be on sale."))
    elif record.amounts.destroyed:
        gone = display.quantity(record.amounts.destroyed, record.amounts.unit, current_language())
        found.append(_("%(amount)s of this lot was destroyed.", amount=gone))
    return found


def missing_words(problem: Problem) -> str:
    """What is missing, as a few words."""
    values = dict(problem.values)
    if "day" in values:
        values["day"] = display.day(values["day"], current_language())
    words = _(problem.message, **values)
    if problem.label:
        return _(
            "%(step)s on %(day)s: %(what)s", step=_(problem.label), day=values["day"], what=words
        )
    return words


def _facts(record: Record, today: date) -> list[Fact]:
    if record.kind == "package":
        return []
    grown_here = None if record.is_bought_in else "grower"
    return [
        _picked(record, today, grown_here),
        _sprayed(record, grown_here),
        _tested(record),
        _standard(record),
    ]


def _short_day(day: date) -> str:
    """A date with its year, short enough for one line of a telephone."""
    if current_language() == "zh":
        return display.day(day, "zh", year=True)
    number, month, year = display.day(day, "en", year=True).split()
    return f"{number} {month[:3]} {year}"


def _picked(record: Record, today: date, who: str | None) -> Fact:
    grown, language = record.growing, current_language()
    label = _("Picking date") if grown.is_harvested else _("Taken from the nursery")
    if grown.picked_from is None:
        return Fact("day", _("Picking date"), (_("Not filled in"),), tone="wait")
    on = _short_day(grown.picked_from)
    if grown.picked_to != grown.picked_from:
        on = _("from %(day)s on", day=on)
    return Fact("day", label, (on, display.days_ago(grown.picked_from, today, language)), who)


def _sprayed(record: Record, who: str | None) -> Fact:
    label = _("Pesticides")
    grown = record.growing
    if not grown.plot_ids:
        return Fact("spray", label, (_("Not filled in"),), tone="wait")
    if not grown.intervals:
        return Fact("spray", label, (_("No spraying on record"),), who)
    tightest = grown.intervals[0]
    days, needed = tightest.days, tightest.needed
    if tightest.is_kept is False:
        first = ngettext(
            "Only %(num)s day after spraying", "Only %(num)s days after spraying", days
        )
    else:
        first = ngettext(
            "%(num)s day after spraying",
            "%(num)s days after spraying",
            days,
        )
    if needed is None:
        second = _("(days needed: not filled in)")
    elif needed == 0:
        second = _("(no wait needed)")
    else:
        second = ngettext("(%(num)s needed)", "(%(num)s needed)", needed)
    return Fact(
        "spray",
        label,
        (first, second),
        who,
        tone={True: "", False: "no", None: "wait"}[tightest.is_kept],
    )


def _worst_result(record: Record, test: Test) -> tuple[str, ...]:
    """The result nearest to its limit; of none that was found, how many were looked for."""

    def share(row: Mapping[str, Any]) -> Decimal:
        try:
            return Decimal(row["result"]) / Decimal(row["limit"])
        except (ArithmeticError, KeyError, ValueError):
            return Decimal(-1)

    found = [row for row in test.results if row["result"] not in NOT_DETECTED]
    if found:
        return result_parts(record, max(found, key=share))
    if not test.results:
        return ()
    return (
        ngettext(
            "%(num)s substance looked for, not found",
            "%(num)s substances looked for, none found",
            len(test.results),
        ),
    )


def _tested(record: Record) -> Fact:
    test = record.telling_test
    if test is None:
        return Fact("tube", _("Test result"), (_("Not filled in"),))
    word = _("Passed") if test.examined.passed else _("Not passed")
    parts = (word, *_worst_result(record, test))
    voucher = test.examined.vouched_by
    who = {"coop": "tester", "laboratory": "lab"}.get(voucher, voucher)
    return Fact("tube", _("Test result"), parts, who, tone="" if test.examined.passed else "no")


def _standard(record: Record) -> Fact:
    standard = record.product.in_language("standard", current_language()) if record.product else ""
    outside = any(
        test.examined.vouched_by in (LABORATORY, OFFICE)
        and test.examined.counts(record.growing.picked_from)
        for test in record.tests
    )
    if not standard:
        return Fact("book", _("Safety standard"), (_("Not filled in"),), tone="wait")
    who_words = _("Lab tested") if outside else None
    return Fact("book", _("Safety standard"), (standard,), "lab" if outside else None, who_words)


HOLD_WORDS = {
    "failed_inspection": N_("An inspection was not passed."),
    "suspicion": N_("Something may be wrong with these goods."),
}


def hold_words(hold: HoldNotice) -> str:
    """Why sale is stopped: a person's own reason, else the rule's words."""
    return hold.reason or _(HOLD_WORDS.get(hold.rule, "Something may be wrong with these goods."))


def laboratory_name(record: Record, test: Test) -> str:
    """Who made a laboratory report, as far as it is on record."""
    return name_of(record, test.laboratory_id) or _("Not filled in")
