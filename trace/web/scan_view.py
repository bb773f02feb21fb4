"""What a shopper's page says, in the reader's language: facts first, then the story."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ..domain.errors import N_, Problem
from ..query.lot_certificates import Certificate
from ..query.public_facts import Test
from ..query.public_record import Record
from ..query.public_standing import HoldNotice
from . import display
from .language import current_language
from .pictures import PICTURES
from .scan_drawing import Temperatures, Way, temperatures, way
from .scan_facts import Fact, facts_of
from .scan_sources import Streams, streams_of
from .scan_timeline import timeline
from .scan_words import Step, name_of
from .words import _, ngettext

YEARS_AFTER = 400
"""Days after which a plant is told by the year it was planted, not by days of growing."""


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
    streams: Streams | None
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
        tuple(facts_of(record, today)),
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
        streams_of(record),
        way(record),
        temperatures(record),
        tuple(_notices(record)),
    )


def name_of_goods(record: Record) -> str:
    """The product's or package's name in the reader's language."""
    if record.package_name:
        in_english = record.package_name_en if current_language() == "en" else ""
        return in_english or record.package_name
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
    if record.taken_from:
        return _("Grown by %(coop)s", coop=record.taken_from.in_language("name", language))
    if len(growers) > 1:
        who = ngettext("%(num)s grower", "%(num)s growers", len(growers))
    elif growers and growers[0].text("name"):
        who = _("%(name)s, grower", name=growers[0].in_language("name", language))
    else:
        who = _("Grower's name not shown") if growers else ""
    where = _and([plot.in_language("name", language) for plot in plots[:2]])
    return " · ".join(part for part in (who, where if len(plots) < 3 else "") if part)


def _place(record: Record) -> str:
    """Origin and villages, each part once: an origin may name its village already."""
    language = current_language()
    if record.is_bought_in:
        return _("Grown elsewhere")
    origin = (record.taken_from or record.coop).in_language("origin_name", language)
    parts = [part for part in re.split(r"\s*[·•]\s*", origin) if part]
    villages = dict.fromkeys(site.in_language("village", language) for site in record.growing.sites)
    parts += [one for one in list(villages)[:2] if one and not _names(origin, one)]
    return " · ".join(dict.fromkeys(parts)) or _("Place: not filled in")


def _names(origin: str, village: str) -> bool:
    """Whether the origin holds the village as a part of its own, or ends with it."""
    return origin.endswith(village) or village in re.split(r"\s*[·•,，、]\s*", origin)


def _grew(record: Record) -> str:
    days = record.growing.days
    if days is None or record.growing.started_on is None or record.kind == "package":
        return ""
    if days > YEARS_AFTER:
        return _("Planted in %(year)s", year=record.growing.started_on.year)
    return ngettext("Grew %(num)s day", "Grew %(num)s days", days)


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
    if record.amounts.destroyed and not record.amounts.is_all_destroyed:
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


def missing_lines(missing: Sequence[tuple[Record, Problem]], several: bool) -> list[str]:
    """What is missing, each thing once with how often; of `several` products with their names."""
    said = Counter(
        (f"{name_of_goods(record)} – " if several else "") + missing_words(problem)
        for record, problem in missing
    )
    return [
        words if count == 1 else words + ngettext(" (%(num)s time)", " (%(num)s times)", count)
        for words, count in said.items()
    ]


HOLD_WORDS = {
    "failed_inspection": N_("An inspection was not passed."),
    "suspicion": N_("Something may be wrong with these goods."),
    "early_harvest": N_("Picking had not waited long enough after a spraying."),
    "banned_input": N_("A banned substance was used on these plants."),
    "unlisted_input": N_(
        "Something was used on these plants, and nobody has said yet what it was."
    ),
}


def hold_words(hold: HoldNotice) -> str:
    """Why sale is stopped: a person's own reason, else the rule's words."""
    in_english = hold.reason_en if current_language() == "en" else ""
    return in_english or hold.reason or _(HOLD_WORDS[hold.rule])


def laboratory_name(record: Record, test: Test) -> str:
    """Who made a laboratory report, as far as it is on record."""
    return name_of(record, test.laboratory_id) or _("Not filled in")
