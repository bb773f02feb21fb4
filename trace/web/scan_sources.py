"""The shopper's picture of what ran together in a lot: one stream for each grower, to scale."""

from dataclasses import dataclass
from fractions import Fraction

from ..query.public_record import Record
from ..query.public_sources import Source
from .language import current_language
from .lineage_words import share_words
from .scan_drawing import fit_to
from .words import _, ngettext

MOST_SHOWN = 5
ROW, RIGHT, WIDEST, THINNEST = 60, 316, 60, 2
TEXT_ROOM, BEND = 212, 22
LIGHTER = 1.15
"""By how much more of a note in Latin letters fits than of a bold name."""


@dataclass(frozen=True)
class Stream:
    """One source: its words at a height, and its stream as a path of a width, in px."""

    y: int
    name: str
    note: str
    path: str
    width: str


@dataclass(frozen=True)
class Streams:
    """All sources of a lot; `end` is the middle of the river below them, `words` say the same."""

    title: str
    streams: tuple[Stream, ...]
    height: int
    words: str


def streams_of(record: Record) -> Streams | None:
    """What ran together in this lot or package; None where it has one source only."""
    if not record.sources:
        return None
    told = [(_name(one), _note(one), one.share) for one in record.sources]
    if len(told) > MOST_SHOWN:
        rest = record.sources[MOST_SHOWN - 1 :]
        more = ngettext("%(num)s more", "%(num)s more", len(rest))
        together = _sum(rest)
        told = [*told[: MOST_SHOWN - 1], (more, share_words(together), together)]
    height = ROW * len(told) + 26
    room = (TEXT_ROOM - 8) * (LIGHTER if current_language() == "en" else 1)
    streams, edge = [], Fraction(RIGHT)
    for number, (name, note, share) in enumerate(told):
        width = max(Fraction(THINNEST), WIDEST * share) if share is not None else Fraction(4)
        x, y = float(edge - width / 2), ROW * number + 24
        edge -= width
        bend = min(BEND + float(width) / 2, x - TEXT_ROOM)
        path = f"M{TEXT_ROOM} {y}H{x - bend:.0f}q{bend:.0f} 0 {bend:.0f} {bend:.0f}V{height}"
        called = fit_to(name, 18, TEXT_ROOM - 8)
        streams.append(Stream(y, called, fit_to(note, 16, room), path, f"{float(width):.1f}"))
    words = "; ".join(f"{name} {note}" for name, note, _share in told)
    return Streams(_title(record), tuple(streams), height, words)


def _title(record: Record) -> str:
    count = len(record.sources)
    if record.kind == "package":
        return ngettext("%(num)s product in one box", "%(num)s products in one box", count)
    growers = [one for one in record.sources if one.who and one.who.noun == "party" and one.plots]
    if len(growers) == count:
        return ngettext("%(num)s grower in one lot", "%(num)s growers in one lot", count)
    return _("Run together in one lot")


def _name(one: Source) -> str:
    return (one.who.in_language("name", current_language()) if one.who else "") or _(
        "name not shown"
    )


def _note(one: Source) -> str:
    language = current_language()
    plots = [plot.in_language("name", language) for plot in one.plots]
    where = plots[0] if len(plots) == 1 else (
        ngettext("%(num)s plot", "%(num)s plots", len(plots)) if plots else ""
    )  # fmt: skip
    return " · ".join(part for part in (share_words(one.share), where) if part)


def _sum(sources: "tuple[Source, ...]") -> Fraction | None:
    shares = [one.share for one in sources if one.share is not None]
    return sum(shares, Fraction(0)) if len(shares) == len(sources) else None
