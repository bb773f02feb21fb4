"""What came in covers what went out."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trace.domain.imbalance import made_and_taken
from trace.domain.key_data import INPUT, REMOVED, RETURNED, SUBJECT
from trace.domain.mass_balance import Balance, Movement, balance, lot_state
from trace.domain.quantity import COUNT, MASS, Quantity

HALF = Decimal("0.5")


def movement(event_type: str, role: str, amount: str, unit: str = "kg") -> Movement:
    return Movement(event_type, role, Quantity(Decimal(amount), unit))


def of(*movements: Movement, made: str = "120") -> Balance:
    return balance(Quantity(Decimal(made), "kg"), HALF, movements)


movements = st.lists(
    st.builds(
        Movement,
        st.sampled_from(["shipping", "selling", "destroying", "packing", "returning"]),
        st.sampled_from([INPUT, REMOVED, RETURNED, SUBJECT]),
        st.builds(
            Quantity,
            st.decimals(min_value=Decimal("0.001"), max_value=Decimal(10_000), places=3),
            st.sampled_from([*MASS, "bundle"]),
        ),
    ),
    max_size=12,
)


@given(movements, st.randoms(use_true_random=False))
def test_the_order_of_movements_changes_nothing(moved: list[Movement], random: object) -> None:
    shuffled = list(moved)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random of hypothesis
    assert of(*moved) == of(*shuffled)


@given(movements, movements)
def test_movements_add_up(first: list[Movement], second: list[Movement]) -> None:
    both, one, other = of(*first, *second), of(*first), of(*second)
    assert both.remaining - both.made == one.remaining - one.made + other.remaining - other.made


def test_what_is_used_shipped_and_destroyed_is_gone_and_what_returns_is_there() -> None:
    left = of(
        movement("packing", INPUT, "100"),
        movement("shipping", REMOVED, "10", "bundle"),
        movement("shipping", REMOVED, "4", "jin"),
        movement("destroying", REMOVED, "1"),
        movement("returning", RETURNED, "500", "g"),
        movement("storing", SUBJECT, "3"),
    )
    assert left.gone == {"shipping": Decimal(7), "destroying": Decimal(1)}
    assert (left.used, left.returned) == (Decimal(100), HALF)
    assert left.remaining == Decimal("12.5")


def test_more_gone_than_came_in_is_below_zero() -> None:
    assert of(movement("shipping", REMOVED, "121")).remaining == -1


def test_three_thirds_of_a_unit_leave_nothing() -> None:
    third = movement("shipping", REMOVED, "0.1")
    left = balance(Quantity(Decimal(1), "bundle"), Decimal("0.3"), [third, third, third])
    assert left.remaining == 0


@pytest.mark.parametrize("unit", [*COUNT, "l"])
def test_an_amount_without_conversion_is_kept_apart(unit: str) -> None:
    odd = movement("shipping", REMOVED, "5", unit)
    left = balance(Quantity(Decimal(120), "kg"), None, [odd])
    assert left.uncounted == (odd,)
    assert left.remaining == 120


@pytest.mark.parametrize(
    ("moved", "state"),
    [
        ((), "open"),
        ((movement("packing", INPUT, "120"),), "used_up"),
        ((movement("shipping", REMOVED, "120"),), "sold_out"),
        ((movement("destroying", REMOVED, "120"),), "destroyed"),
        ((movement("shipping", REMOVED, "119"),), "open"),
        ((movement("shipping", REMOVED, "121"),), "sold_out"),
    ],
)
def test_the_state_of_a_lot_follows_its_amounts(moved: tuple[Movement, ...], state: str) -> None:
    assert lot_state(is_recalled=False, is_held=False, lot_balance=of(*moved)) == state


def test_recalled_comes_before_held_and_held_before_everything_else() -> None:
    gone = of(movement("destroying", REMOVED, "120"))
    assert lot_state(is_recalled=True, is_held=True, lot_balance=gone) == "recalled"
    assert lot_state(is_recalled=False, is_held=True, lot_balance=gone) == "held"


def boxes(count: int, mass_kg: str) -> tuple[Quantity, Decimal]:
    """So many boxes with what one of them weighs."""
    return Quantity(Decimal(count), "box"), Decimal(mass_kg)


def test_boxes_filled_into_smaller_boxes_are_weighed_not_counted() -> None:
    assert made_and_taken([boxes(80, "0.5")], [boxes(40, "1")]) == (Decimal(40), Decimal(40), "kg")


def test_boxes_filled_into_boxes_alike_are_counted() -> None:
    assert made_and_taken([boxes(41, "1")], [boxes(40, "1")]) == (Decimal(41), Decimal(40), "box")
