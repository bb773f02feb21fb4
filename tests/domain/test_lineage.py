"""Shares of what was made from what: exact, through all steps, unknown where they must be."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from trace.domain.lineage import (
    Link,
    origins,
    parent_shares,
    parents_first,
    shares_in,
    shares_of,
    without_cycles,
)
from trace.domain.quantity import Quantity


def link(parent: str, child: str, much: str = "", unit: str = "kg", mass: str = "") -> Link:
    quantity = Quantity(Decimal(much), unit) if much else None
    return Link(parent, child, "event", quantity, Decimal(mass) if mass else None)


THREE_GROWERS = [
    link("wang", "lot", "60"),
    link("li", "lot", "80", "jin"),
    link("zhao", "lot", "20"),
]


@st.composite
def trees(draw: st.DrawFn) -> list[Link]:
    """A graph without circles: every node is made from some of the earlier ones, by mass."""
    size = draw(st.integers(2, 14))
    made = []
    for child in range(1, size):
        parents = draw(st.sets(st.integers(0, child - 1), max_size=4))
        for parent in sorted(parents):
            kilos = draw(st.decimals("0.001", "9999", places=3))
            made.append(Link(f"n{parent:02}", f"n{child:02}", f"e{child}", Quantity(kilos, "kg")))
    return made


@st.composite
def graphs(draw: st.DrawFn) -> list[Link]:
    """Any links at all, circles and links of a node to itself included."""
    ends = st.integers(0, 9)
    pairs = draw(st.lists(st.tuples(ends, ends), max_size=30))
    return [Link(f"n{parent}", f"n{child}", f"e{at}") for at, (parent, child) in enumerate(pairs)]


def test_three_growers_have_a_half_a_third_and_a_sixth_of_their_lot() -> None:
    assert origins(THREE_GROWERS, "lot") == {
        "wang": Fraction(1, 2), "li": Fraction(1, 3), "zhao": Fraction(1, 6)
    }  # fmt: skip


def test_shares_go_through_several_steps() -> None:
    later = [*THREE_GROWERS, link("lot", "mix", "30"), link("other", "mix", "60")]
    assert shares_in(later, "mix")["wang"] == Fraction(1, 6)
    assert shares_of(later, "wang")["mix"] == Fraction(1, 6)


def test_what_was_split_and_merged_again_is_whole_again() -> None:
    split = [link("lot", "a", "100"), link("lot", "b", "100"), link("a", "m", "60"),
             link("b", "m", "40")]  # fmt: skip
    assert shares_in(split, "m") == {
        "m": 1, "a": Fraction(3, 5), "b": Fraction(2, 5), "lot": Fraction(1)
    }  # fmt: skip


def test_counted_goods_are_weighed_by_the_mass_of_one() -> None:
    box = [link("bundles", "box", "2", "bundle", "0.5"), link("grapes", "box", "3", "kg")]
    assert parent_shares(box)["bundles", "box"] == Fraction(1, 4)


def test_a_share_is_unknown_where_a_unit_cannot_be_weighed() -> None:
    mixed = [
        link("pots", "box", "2", "pot"),
        link("grapes", "box", "3"),
        link("field", "grapes", "9"),
    ]
    assert parent_shares(mixed)["grapes", "box"] is None
    assert origins(mixed, "box") == {"pots": None, "field": None}


def test_an_only_parent_is_the_whole_whatever_its_unit() -> None:
    assert parent_shares([link("pots", "lot", "2", "pot")])["pots", "lot"] == 1


def test_two_takings_from_one_parent_count_together() -> None:
    twice = [link("a", "lot", "1"), link("b", "lot", "2"),
             Link("a", "lot", "again", Quantity(Decimal(1), "kg"))]  # fmt: skip
    assert parent_shares(twice)["a", "lot"] == Fraction(1, 2)


@given(trees())
def test_the_shares_of_all_origins_add_up_to_one(links: list[Link]) -> None:
    for node in {link.child for link in links}:
        shares = origins(links, node)
        assert sum(share for share in shares.values() if share is not None) == 1


@given(trees())
def test_a_share_is_the_same_seen_from_either_end(links: list[Link]) -> None:
    for node in {link.parent for link in links}:
        for descendant, share in shares_of(links, node).items():
            assert shares_in(links, descendant)[node] == share


@given(graphs())
def test_circles_are_cut_and_nothing_else(links: list[Link]) -> None:
    kept, closing = without_cycles(links)
    assert {*kept, *closing} == set(links)
    order = {node: place for place, node in enumerate(parents_first(kept))}
    assert all(order[one.parent] < order[one.child] for one in kept)
    for one in closing:  # each cut link did close a circle of those kept
        assert one.parent in shares_of(kept, one.child)


@given(graphs())
def test_the_same_links_are_cut_in_the_same_place_in_any_order(links: list[Link]) -> None:
    assert without_cycles(links) == without_cycles(reversed(links))
