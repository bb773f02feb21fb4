"""The rails of the outline: a row for every node, parents first, every rail begun is ended."""

from collections.abc import Sequence

from hypothesis import given

from tests.domain.test_lineage import graphs
from trace.domain.lineage import Link
from trace.domain.lineage_layout import Drawing, drawing_of
from trace.web.lineage_outline import Rails, rails_of


def drawn(links: Sequence[Link], focus: str) -> Drawing:
    return drawing_of(links, focus, lambda node: node[0], lambda node: (0.0,))


def rails(links: Sequence[Link], focus: str) -> tuple[tuple[Rails, ...], int]:
    return rails_of(drawn(links, focus))


@given(graphs())
def test_every_node_has_a_row_and_every_rail_ends(links: list[Link]) -> None:
    for focus in sorted({link.child for link in links}):
        drawing = drawn(links, focus)
        rows, abreast = rails_of(drawing)
        assert sorted(row.node for row in rows) == sorted(drawing.stands)
        assert all(0 <= row.dot < abreast for row in rows)
        assert rows[-1].below == ()


@given(graphs())
def test_what_leads_to_a_node_stands_above_it(links: list[Link]) -> None:
    for focus in sorted({link.child for link in links}):
        rows, _ = rails(links, focus)
        place = {row.node: number for number, row in enumerate(rows)}
        assert all(place[row.node] < place[child] for row in rows for child in row.leads_to)


def test_three_that_run_together_share_one_rail() -> None:
    links = [Link(name, "lot") for name in ("a", "b", "c")]
    rows, abreast = rails(links, "lot")
    assert abreast == 2
    assert [row.dot for row in rows] == [0, 1, 1, 0]
    assert [row.below for row in rows] == [(0,), (0,), (0,), ()]


def test_what_parts_behind_the_node_leaves_its_rail_one_after_the_other() -> None:
    links = [Link("lot", name) for name in ("a", "b", "c")]
    rows, _ = rails(links, "lot")
    assert [row.dot for row in rows] == [0, 1, 1, 0]
    assert rows[0].below == (0,)
    assert rows[-1].below == ()
