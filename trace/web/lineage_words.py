"""What a node of a lineage is called in a drawing: name, lot number, day, amount, share, state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ..domain.errors import N_
from ..domain.key_data import elements
from ..domain.lineage import Share
from ..domain.lineage_layout import Folded
from ..domain.quantity import Quantity
from ..query.lineage_ends import END, Relative
from . import display
from .language import current_language
from .record_words import type_words
from .words import _, ngettext

MADE_ON = {
    "planting": N_("planted %(day)s"),
    "harvesting": N_("picked %(day)s"),
    "packing": N_("packed %(day)s"),
    "repacking": N_("repacked %(day)s"),
    "splitting": N_("split %(day)s"),
    "merging": N_("merged %(day)s"),
    "package_made": N_("put together %(day)s"),
    "receiving": N_("arrived %(day)s"),
    "input_purchase": N_("bought %(day)s"),
}
ICONS = {
    "planting": "sprout",
    "harvesting": "leaf",
    "receiving": "down",
    "input_purchase": "flask",
    "shipping": "lorry",
    "selling": "shop",
    "destroying": "close",
    "loss": "minus",
}
STATES = {
    "recalled": ("no", "stop", N_("recalled")),
    "held": ("no", "stop", N_("on hold")),
    "destroyed": ("soft", "close", N_("destroyed")),
}
SMALLEST = Fraction(1, 1000)


@dataclass(frozen=True)
class Label:
    """The words of one box: a title, at most three lines, a state as (kind, icon, words).

    `kind` says how it is drawn: planting, input, lot, end, fold; `is_other` marks another co-op's.
    """

    icon: str
    kind: str
    title: str
    lines: tuple[str, ...]
    href: str = ""
    state: tuple[str, str, str] | None = None
    is_other: bool = False


def label_of(one: Relative, href: str) -> Label:
    """The words of a node or an end."""
    state = STATES.get(one.state)
    return Label(
        _icon(one),
        _kind(one),
        _title(one),
        tuple(line for line in _lines(one) if line),
        href,
        (state[0], state[1], _(state[2])) if state else None,
        one.coop is not None,
    )


def _kind(one: Relative) -> str:
    return (
        "input"
        if one.kind == "input_lot"
        else one.kind
        if one.kind == "planting"
        else (END if one.kind == END else "lot")
    )


def _icon(one: Relative) -> str:
    return ICONS.get(one.made_by, "box")


def _title(one: Relative) -> str:
    language = current_language()
    if one.kind == END:
        if one.name:
            return one.name.in_language("name", language) or _("(erased)")
        choices = dict(elements("selling")["channel"].choices)
        return _(choices[one.called]) if one.called in choices else type_words(one.made_by)
    if one.plot:
        return one.plot.in_language("name", language)
    return (one.name.in_language("name", language) if one.name else "") or one.called


def _lines(one: Relative) -> Sequence[str]:
    language = current_language()
    amount = amounts_words(one.amounts)
    share = share_words(one.share) if _has_share(one) else ""
    if one.kind == END:
        back = amounts_words(one.returned)
        return (amount, _("%(amount)s back", amount=back) if back else "")
    day = _short_day(one.on) if one.on else ""
    made = _(MADE_ON.get(one.made_by, "%(day)s"), day=day)
    last = "\N{EN SPACE}".join(part for part in (amount, share) if part)
    if one.kind == "planting":
        product = one.name.in_language("name", language) if one.name else ""
        grower = one.grower.in_language("name", language) if one.grower else ""
        who = one.coop.in_language("name", language) if one.coop else grower
        return (who or product, made, last)
    if one.coop:
        return (one.coop.in_language("name", language), one.lot_number, _joined(made, share))
    return (one.lot_number, made, last)


def _short_day(on: date) -> str:
    """The day as a narrow box has room for it."""
    words = display.day(on, current_language())
    return words if current_language() == "zh" else words[: words.index(" ") + 4]


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _has_share(one: Relative) -> bool:
    """Only goods have one; where it is all of it, nothing is said."""
    is_told = one.has_share and not one.is_focus and one.share != 1
    return is_told and (one.is_before or one.coop is None)


def amounts_words(amounts: Sequence[Quantity]) -> str:
    """Amounts of different units, one after the other."""
    language = current_language()
    return " + ".join(display.quantity(one.amount, one.unit, language) for one in amounts)


def share_words(share: Share) -> str:
    """A share as a percentage; unknown where units do not convert.

    >>> from fractions import Fraction
    >>> share_words(Fraction(1, 2)), share_words(Fraction(1, 3)), share_words(Fraction(1, 9000))
    ('50%', '33.3%', '<0.1%')
    """
    if share is None:
        return _("share not known")
    if 0 < share < SMALLEST:
        return "<0.1%"
    tenths = round(share * 1000)
    return f"{tenths // 10}%" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}%"


def fold_label(fold: Folded, relatives: Mapping[str, Relative]) -> Label:
    """The words of nodes that are drawn as one."""
    members = [relatives[one] for one in fold.members]
    first, count = members[0], len(members)
    held = [one for one in members if one.state in ("recalled", "held")]
    shares = [one.share for one in members]
    known = [one for one in shares if one is not None]
    lines = [_of_what(first, count)]
    if _has_share(first) and len(known) == len(shares):
        lines.append(share_words(sum(known, Fraction(0))))
    state = None
    if held:
        worst = "recalled" if any(one.state == "recalled" for one in held) else "held"
        kind, icon, word = STATES[worst]
        state = (kind, icon, f"{_(word)}: {display.number(len(held))}")
    return Label(
        _icon(first),
        "fold",
        ngettext("%(num)s more", "%(num)s more", count),
        tuple(lines),
        "",
        state,
        first.coop is not None,
    )


def _of_what(one: Relative, count: int) -> str:
    if one.kind == "input_lot":
        return ngettext("further input lot", "further input lots", count)
    if one.kind == "planting":
        return ngettext("further planting", "further plantings", count)
    if one.kind == END:
        return ngettext("further customer", "further customers", count)
    if one.made_by == "harvesting":
        return ngettext("further picking", "further pickings", count)
    return ngettext("further lot", "further lots", count)


def rank_of(one: Relative) -> tuple[float, ...]:
    """What is drawn before other nodes of its kind: recalled, held, the largest share, the newest.

    An end ranks by how much went there.
    """
    state = {"recalled": 0.0, "held": 1.0}.get(one.state, 2.0)
    much = float(sum(amount.amount for amount in one.amounts)) if one.kind == END else 0.0
    return state, -float(one.share or 0), -much, -float(one.on.toordinal() if one.on else 0)
