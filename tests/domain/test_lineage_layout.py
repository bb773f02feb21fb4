"""Where nodes stand: parents left of children, few crossings, nothing too long, nothing lost."""

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given

from tests.domain.test_lineage import graphs, trees
from trace.domain.lineage import Link, shares_in, shares_of, without_cycles
from trace.domain.lineage_layout import Drawing, columns_of, drawing_of


def draw(links: Sequence[Link], focus: str, most: int = 7) -> Drawing:
    return drawing_of(links, focus, lambda node: node[0], lambda node: (0.0,), most)


def around(links: Sequence[Link], focus: str) -> set[str]:
    return {*shares_in(links, focus), *shares_of(links, focus)}


def picked(count: int) -> list[Link]:
    plants = [Link(f"p{at % 40}", f"h{at}", f"e{at}") for at in range(count)]
    return [*plants, *(Link(f"h{at}", "lot", "merge") for at in range(count))]


@given(graphs())
def test_every_parent_stands_left_of_its_child_but_in_a_circle(links: list[Link]) -> None:
    for focus in sorted({link.child for link in links}):
        found = draw(links, focus, most=3)
        for line in found.lines:
            if not line.closes_circle:
                assert found.stands[line.parent].column < found.stands[line.child].column


@given(graphs())
def test_every_node_around_the_focus_is_drawn_or_folded(links: list[Link]) -> None:
    kept, _ = without_cycles(links)
    for focus in sorted({link.child for link in links} | {link.parent for link in links}):
        found = draw(links, focus, most=2)
        folded = [node for fold in found.folds.values() for node in fold.members]
        single = [node for node in found.stands if node not in found.folds]
        assert sorted([*folded, *single]) == sorted(around(kept, focus))


@given(trees())
def test_no_two_things_stand_on_one_place(links: list[Link]) -> None:
    for focus in sorted({link.child for link in links}):
        found = draw(links, focus)
        places = [*found.stands.values(), *(stand for line in found.lines for stand in line.via)]
        for column in found.columns:
            rows = sorted(place.row for place in places if place.column == column)
            gaps = [low - high for high, low in pairwise(rows)]
            assert all(gap > 0.999 for gap in gaps)


def test_the_focus_is_column_nought_and_the_longest_way_counts() -> None:
    links = [Link("seed", "plant"), Link("plant", "pick"), Link("pick", "lot"),
             Link("plant", "lot"), Link("lot", "box"), Link("lot", "shop"),
             Link("box", "shop")]  # fmt: skip
    assert columns_of(links, "lot") == {
        "seed": -3, "plant": -2, "pick": -1, "lot": 0, "box": 1, "shop": 2
    }  # fmt: skip


def test_a_lot_merged_from_five_hundred_has_few_boxes_and_says_how_many_more() -> None:
    found = draw(picked(500), "lot")
    assert len(found.stands) <= 15
    assert sorted(len(fold.members) for fold in found.folds.values()) == [34, 494]
    assert found.rows <= 8


def test_lines_of_folded_nodes_are_carried_together() -> None:
    found = draw(picked(500), "lot")
    into = [line for line in found.lines if line.child == "lot"]
    assert sum(len(line.links) for line in into) == 500
    assert len(into) == 7


def test_what_ranks_first_is_never_folded() -> None:
    found = drawing_of(
        picked(500), "lot", lambda node: node[0], lambda node: (0.0 if node == "h433" else 1.0,)
    )
    assert "h433" in found.stands


def test_crossing_lines_are_untangled() -> None:
    links = [Link("a1", "b2"), Link("a2", "b1"), Link("b1", "z"), Link("b2", "z")]
    found = draw(links, "z")
    assert (found.stands["a1"].row < found.stands["a2"].row) == (
        found.stands["b2"].row < found.stands["b1"].row
    )


def test_a_line_past_other_columns_has_a_way_of_its_own() -> None:
    links = [Link("a", "b"), Link("b", "c"), Link("a", "c")]
    found = draw(links, "c")
    long = next(line for line in found.lines if (line.parent, line.child) == ("a", "c"))
    assert [stand.column for stand in long.via] == [-1]
    assert long.via[0].row != found.stands["b"].row
