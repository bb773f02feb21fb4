"""What is left of a lot: what came in covers what went out, in decimals of the lot's own unit."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from .errors import Refused
from .key_data import INPUT, REMOVED, RETURNED
from .quantity import Quantity, convert, without_dust


@dataclass(frozen=True)
class Movement:
    """One amount of a lot that an event moved, in the event's role and of its type."""

    event_type: str
    role: str
    quantity: Quantity


@dataclass(frozen=True)
class Balance:
    """A lot's amounts in its own unit: made or received, returned, used, gone by type of event.

    `uncounted` are movements in units that a later correction of the lot left without a conversion.
    """

    unit: str
    made: Decimal
    returned: Decimal
    used: Decimal
    gone: dict[str, Decimal]
    uncounted: tuple[Movement, ...] = ()

    @property
    def remaining(self) -> Decimal:
        """What should still be there; below zero where more went out than came in."""
        gone = sum(self.gone.values(), Decimal(0))
        return without_dust(self.made + self.returned - self.used - gone)


def balance(made: Quantity, unit_mass_kg: Decimal | None, movements: Iterable[Movement]) -> Balance:
    """Add up a lot's movements; amounts in other units are converted by the mass of one.

    Never refuses: what is recorded must stay readable, whatever was corrected since.
    """
    uncounted: list[Movement] = []
    returned, used = Decimal(0), Decimal(0)
    gone: dict[str, Decimal] = {}
    for movement in movements:
        try:
            amount = convert(movement.quantity, made.unit, unit_mass_kg)
        except Refused:
            uncounted.append(movement)
            continue
        if movement.role == RETURNED:
            returned += amount
        elif movement.role == INPUT:
            used += amount
        elif movement.role == REMOVED:
            gone[movement.event_type] = gone.get(movement.event_type, Decimal(0)) + amount
    return Balance(made.unit, made.amount, returned, used, gone, tuple(uncounted))


def lot_state(*, is_recalled: bool, is_held: bool, lot_balance: Balance) -> str:
    """The first that is true of recalled, held, destroyed, sold_out, used_up, open."""
    if is_recalled:
        return "recalled"
    if is_held:
        return "held"
    if lot_balance.remaining > 0:
        return "open"
    if set(lot_balance.gone) == {"destroying"}:
        return "destroyed"
    if lot_balance.gone:
        return "sold_out"
    return "used_up"
