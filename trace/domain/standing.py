"""Whether goods may go out: what a hold or a recall refuses, and what is recorded all the same.

Facts are always recorded, permissions are refused (DESIGN part 3): shipping what is held is
refused, next to "it has already left", which is recorded and flagged.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from .errors import N_, Problem
from .events import NodeShare
from .key_data import INPUT, REMOVED, RETURNED, SOURCE
from .quantity import convert, without_dust

HELD = N_("%(lot)s is on hold. It may not go out.")
RECALLED = N_("%(lot)s is recalled. It may not go out.")
HELD_ARRIVES = N_("%(lot)s is on hold. It may not be taken in.")
RECALLED_ARRIVES = N_("%(lot)s is recalled. It may not be taken in.")
NO_LABELS_HELD = N_("%(lot)s is on hold. No labels may be printed for it.")
NO_LABELS_RECALLED = N_("%(lot)s is recalled. No labels may be printed for it.")

GOING_OUT = ("shipping", "selling")
MOVED = (INPUT, REMOVED, RETURNED)
HELD_LEFT, RECALLED_LEFT, MORE_THAN_THERE = "held_lot_left", "recalled_lot_left", "more_than_there"
PICKED_TOO_EARLY = "picked_too_early"
BANNED_INPUT_USED, UNLISTED_INPUT_USED = "banned_input_used", "unlisted_input_used"

HELD_TAKEN, RECALLED_TAKEN = "held_lot_taken_in", "recalled_lot_taken_in"
MORE_THAN_GROWS, PACKED_MORE = "more_than_grows", "packed_more_than_taken"
MORE_ARRIVED = "more_arrived_than_sent"

BREACHES = {
    HELD_LEFT: N_("it left although it was on hold"),
    RECALLED_LEFT: N_("it left although it was recalled"),
    HELD_TAKEN: N_("it was taken in although it was on hold"),
    RECALLED_TAKEN: N_("it was taken in although it was recalled"),
    MORE_THAN_THERE: N_("more went out than came in"),
    PACKED_MORE: N_("more came out than went in"),
    MORE_THAN_GROWS: N_("more was picked than can grow there"),
    MORE_ARRIVED: N_("more arrived than was sent"),
    PICKED_TOO_EARLY: N_("it was picked before the waiting time was over"),
    BANNED_INPUT_USED: N_("a banned substance was used"),
    UNLISTED_INPUT_USED: N_("something was used that is not in the list"),
}


@dataclass(frozen=True)
class NodeFacts:
    """What the co-op knows of a node that an event names."""

    node_id: str
    kind: str
    name: str
    product_id: str | None = None
    input_id: str | None = None
    unit: str = "kg"
    unit_mass_kg: Decimal | None = None
    traceability_lot_code: str | None = None
    plot_id: str | None = None
    grower_id: str | None = None
    remaining: Decimal | None = None
    is_held: bool = False
    is_recalled: bool = False


def may_go_out(event_type: str, facts: Iterable[NodeFacts]) -> list[Problem]:
    """Why these goods may not be shipped or sold."""
    if event_type not in GOING_OUT:
        return []
    return [problem for one in facts for problem in _against(one, "lots", RECALLED, HELD)]


def may_be_taken_in(source: NodeFacts) -> list[Problem]:
    """Why what another co-op sent may not be taken in."""
    return _against(source, "source", RECALLED_ARRIVES, HELD_ARRIVES)


def _against(one: NodeFacts, field: str, recalled: str, held: str) -> list[Problem]:
    if one.is_recalled:
        return [Problem(field, recalled, {"lot": one.name})]
    return [Problem(field, held, {"lot": one.name})] if one.is_held else []


def may_be_labelled(facts: NodeFacts) -> list[Problem]:
    """Why no labels or certificate may be issued; nobody can say it has already happened."""
    if facts.is_recalled:
        return [Problem("lot", NO_LABELS_RECALLED, {"lot": facts.name})]
    if facts.is_held:
        return [Problem("lot", NO_LABELS_HELD, {"lot": facts.name})]
    return []


def breaches(
    event_type: str,
    shares: Iterable[NodeShare],
    facts: Mapping[str, NodeFacts],
    slack: Mapping[str, Decimal] | None = None,
) -> list[str]:
    """What is recorded although it should not have been: each once, in a fixed order.

    `slack` is how far below zero a lot may fall, by its id, where its scales are not exact. Units
    have been checked before (imbalance.unit_problems).
    """
    found, spare = set(), slack or {}
    for share in shares:
        one = facts[share.node_id]
        if event_type in GOING_OUT and share.role == REMOVED:
            found |= {RECALLED_LEFT} if one.is_recalled else set()
            found |= {HELD_LEFT} if one.is_held and not one.is_recalled else set()
        if share.role == SOURCE:
            found |= {RECALLED_TAKEN} if one.is_recalled else set()
            found |= {HELD_TAKEN} if one.is_held and not one.is_recalled else set()
        if share.role in MOVED and share.quantity and one.remaining is not None:
            moved = without_dust(convert(share.quantity, one.unit, one.unit_mass_kg))
            there = one.remaining + spare.get(share.node_id, Decimal(0))
            is_more = share.role != RETURNED and moved > there
            found |= {MORE_THAN_THERE} if is_more else set()
    return [name for name in BREACHES if name in found]


def breaches_kept(found: Iterable[str], before: Iterable[str]) -> tuple[str, ...]:
    """Of a corrected record: everything is judged anew, but that it left while held stays."""
    left = {HELD_LEFT, RECALLED_LEFT, HELD_TAKEN, RECALLED_TAKEN}
    kept = {name for name in found if name not in left} | {name for name in before if name in left}
    return tuple(name for name in BREACHES if name in kept)


TOO_MANY_LABELS = N_(
    "%(wanted)s labels are too many: %(packed)s were packed and %(issued)s already have one."
)


def may_issue(packed_quantity: int, issued: int, wanted: int) -> list[Problem]:
    """Labels never exceed the packed quantity."""
    if wanted < 1:
        message = N_("At least one label.")
        return [Problem("quantity", message, {}, N_("How many labels"))]
    if issued + wanted > packed_quantity:
        values = {"wanted": str(wanted), "packed": str(packed_quantity), "issued": str(issued)}
        return [Problem("quantity", TOO_MANY_LABELS, values, N_("How many labels"))]
    return []
