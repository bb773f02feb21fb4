"""A product's season: in any order of records, what came in is what went out and what is left."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from trace.domain.key_data import INPUT, OUTPUT, REMOVED, RETURNED, SUBJECT
from trace.domain.quantity import Quantity
from trace.domain.season_balance import (
    PACKAGES,
    Moved,
    ProductBalance,
    Stock,
    by_entry,
    product_balances,
)

D = Decimal
HALF = D("0.5")
BED = Stock(1, "cucumber", "kg", HALF, is_planting=True)
BULK, BUNDLES = Stock(2, "cucumber", "kg"), Stock(3, "cucumber", "bundle", HALF)
TOMATO, BOX = Stock(4, "tomato", "kg"), Stock(5, PACKAGES, "box")
CRATES = Stock(6, "cucumber", "case")
MAY = "2026-05-01"


def move(
    entry: int, event_type: str, role: str, stock: Stock, amount: str, day: str = MAY
) -> Moved:
    return Moved(entry, day, event_type, role, stock, Quantity(D(amount), stock.unit))


PICKED = [
    move(1, "harvesting", INPUT, BED, "126"), move(1, "harvesting", OUTPUT, BULK, "126"),
]  # fmt: skip
PACKED = [
    move(2, "packing", INPUT, BULK, "126"), move(2, "packing", OUTPUT, BUNDLES, "240"),
]  # fmt: skip


def of(*moves: Moved, first_day: str = "2026-01-01") -> dict[str, ProductBalance]:
    return product_balances(by_entry(moves), first_day)


def test_picked_packed_sent_lost_and_left() -> None:
    found = of(
        *PICKED, *PACKED, move(3, "shipping", REMOVED, BUNDLES, "200"),
        move(4, "returning", RETURNED, BUNDLES, "10"), move(5, "loss", REMOVED, BUNDLES, "2"),
        move(6, "destroying", REMOVED, BUNDLES, "4"),
    )["cucumber"]  # fmt: skip
    assert dict(found.came_in) == {"picked": D(126), "returned": D(5)}
    assert dict(found.went_out) == {
        "trimmed": D(6), "shipping": D(100), "loss": D(1), "destroying": D(2),
    }  # fmt: skip
    assert found.left == D(22)


def test_what_happened_before_the_first_day_is_what_was_there_then() -> None:
    later = move(3, "shipping", REMOVED, BUNDLES, "200", "2026-06-01")
    found = of(*PICKED, *PACKED, later, first_day="2026-05-02")["cucumber"]
    assert (found.before, dict(found.came_in)) == (D(120), {})
    assert (found.gone, found.left) == (D(100), D(20))


def test_more_packed_than_taken_is_a_part_of_its_own() -> None:
    found = of(*PICKED, PACKED[0], move(2, "packing", OUTPUT, BUNDLES, "260"))["cucumber"]
    assert found.came_in["gained"] == D(4)
    assert found.left == D(130)


def test_a_gift_box_takes_from_each_product_and_weighs_what_went_in() -> None:
    found = of(
        *PICKED, move(3, "receiving", OUTPUT, TOMATO, "50"),
        move(4, "package_made", INPUT, BULK, "20"), move(4, "package_made", INPUT, TOMATO, "10"),
        move(4, "package_made", OUTPUT, BOX, "20"), move(5, "selling", REMOVED, BOX, "4"),
    )  # fmt: skip
    assert found["cucumber"].went_out["into_boxes"] == D(20)
    assert (found["tomato"].came_in["received"], found["tomato"].left) == (D(50), D(40))
    boxes = found[PACKAGES]
    assert (boxes.came_in["from_other"], boxes.went_out["selling"], boxes.left) == (
        D(30), D(6), D(24),
    )  # fmt: skip


def test_a_box_filled_with_what_nobody_weighed_has_no_weight_either() -> None:
    found = of(
        move(1, "receiving", OUTPUT, CRATES, "9"), move(2, "package_made", INPUT, CRATES, "1"),
        move(2, "package_made", OUTPUT, BOX, "4"), move(3, "shipping", REMOVED, BOX, "4"),
    )  # fmt: skip
    assert [one.entry for one in found[PACKAGES].uncounted] == [2, 3]
    assert not found[PACKAGES].is_empty
    assert ProductBalance().is_empty


def test_what_only_happens_to_a_lot_moves_nothing() -> None:
    stored = move(2, "storing", SUBJECT, BULK, "126")
    assert of(*PICKED, stored)["cucumber"].left == D(126)


def test_a_lot_packed_as_another_product_crosses_over() -> None:
    baby = Stock(7, "baby cucumber", "bundle", HALF)
    found = of(
        *PICKED, move(2, "packing", INPUT, BULK, "100"), move(2, "packing", OUTPUT, baby, "190")
    )
    assert (found["cucumber"].went_out["into_other"], found["cucumber"].left) == (D(100), D(26))
    assert (found["baby cucumber"].went_out["trimmed"], found["baby cucumber"].left) == (
        D(5),
        D(95),
    )


def test_what_has_no_weight_is_named_and_neither_lost_nor_gained() -> None:
    found = of(
        *PICKED, move(2, "packing", INPUT, BULK, "100"), move(2, "packing", OUTPUT, CRATES, "9"),
        move(3, "shipping", REMOVED, CRATES, "9"),
    )["cucumber"]  # fmt: skip
    assert dict(found.went_out) == {"unweighed_out": D(100)}
    assert [one.entry for one in found.uncounted] == [2, 3]
    packed = of(
        move(1, "receiving", OUTPUT, CRATES, "9"), move(2, "packing", INPUT, CRATES, "9"),
        move(2, "packing", OUTPUT, BUNDLES, "100"),
    )["cucumber"]  # fmt: skip
    assert (dict(packed.came_in), packed.left) == ({"unweighed_in": D(50)}, D(50))


stocks = st.sampled_from([BULK, BUNDLES, TOMATO, CRATES])
tenths = st.integers(1, 10**7).map(lambda whole: D(whole) / 1000)
removals = st.builds(
    lambda name, stock, amount, day: [
        Moved(0, day, name, REMOVED, stock, Quantity(amount, stock.unit))
    ],
    st.sampled_from(["shipping", "selling", "loss", "destroying"]),
    stocks, tenths, st.sampled_from([MAY, "2025-05-01"]),
)  # fmt: skip
makings = st.builds(
    lambda source, result, taken, made, day: [
        Moved(0, day, "repacking", INPUT, source, Quantity(taken, source.unit)),
        Moved(0, day, "repacking", OUTPUT, result, Quantity(made, result.unit)),
    ],
    stocks, stocks, tenths, tenths, st.sampled_from([MAY, "2025-05-01"]),
)  # fmt: skip
arrivals = st.builds(
    lambda stock, amount, day: [
        Moved(0, day, "receiving", OUTPUT, stock, Quantity(amount, stock.unit))
    ],
    stocks, tenths, st.sampled_from([MAY, "2025-05-01"]),
)  # fmt: skip
histories = st.lists(st.one_of(removals, makings, arrivals), max_size=12)


def numbered(history: list[list[Moved]], order: list[int]) -> dict[str, ProductBalance]:
    moves = [
        Moved(number, one.day, one.event_type, one.role, one.stock, one.quantity)
        for number, at in enumerate(order)
        for one in history[at]
    ]
    return product_balances(by_entry(moves), "2026-01-01")


@given(histories, st.randoms(use_true_random=False))
def test_the_order_of_records_changes_nothing(history: list[list[Moved]], chance: object) -> None:
    order = list(range(len(history)))
    shuffled = list(order)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random of hypothesis
    one, other = numbered(history, order), numbered(history, shuffled)
    assert one.keys() == other.keys()
    for name, season in one.items():
        assert dict(season.came_in) == dict(other[name].came_in)
        assert dict(season.went_out) == dict(other[name].went_out)
        assert (season.before, season.left) == (other[name].before, other[name].left)
        assert len(season.uncounted) == len(other[name].uncounted)


@given(histories)
def test_what_is_left_of_all_products_is_what_arrived_less_what_went(
    history: list[list[Moved]],
) -> None:
    """Making one thing out of another moves mass, and creates or loses none without naming it."""
    found = numbered(history, list(range(len(history)))).values()
    left = sum((one.left for one in found), D(0))
    stocked = D(0)
    for one in (move for moves in history for move in moves):
        if one.stock is CRATES:
            continue
        kilos = one.quantity.amount * (HALF if one.stock is BUNDLES else 1)
        stocked += kilos if one.role == OUTPUT else -kilos
    assert left == stocked


@given(st.lists(tenths, min_size=1, max_size=8), st.sampled_from([BULK, BUNDLES]))
def test_what_is_split_and_merged_again_weighs_the_same(parts: list[Decimal], whole: Stock) -> None:
    total = sum(parts, D(0))
    pieces = [
        Stock(10 + at, "cucumber", whole.unit, whole.unit_mass_kg) for at in range(len(parts))
    ]
    unit = whole.unit
    moves = [
        Moved(1, MAY, "receiving", OUTPUT, whole, Quantity(total, unit)),
        Moved(2, MAY, "splitting", INPUT, whole, Quantity(total, unit)),
        *(
            Moved(2, MAY, "splitting", OUTPUT, one, Quantity(much, unit))
            for one, much in zip(pieces, parts, strict=True)
        ),
        *(
            Moved(3, MAY, "merging", INPUT, one, Quantity(much, unit))
            for one, much in zip(pieces, parts, strict=True)
        ),
        Moved(3, MAY, "merging", OUTPUT, BULK, Quantity(total * (whole.unit_mass_kg or 1), "kg")),
    ]
    season = product_balances(by_entry(moves), "2026-01-01")["cucumber"]
    assert set(season.came_in) == {"received"}
    assert season.left == season.came_in["received"] == total * (whole.unit_mass_kg or 1)
    assert not season.went_out
