"""What a hold or recall refuses, and what is recorded all the same."""

from decimal import Decimal

import pytest

from trace.domain.errors import Refused
from trace.domain.events import NodeShare
from trace.domain.key_data import INPUT, REMOVED, RETURNED, SUBJECT
from trace.domain.quantity import Quantity
from trace.domain.standing import (
    BREACHES,
    GOING_OUT,
    HELD_LEFT,
    MORE_THAN_THERE,
    RECALLED_LEFT,
    NodeFacts,
    breaches,
    breaches_kept,
    may_be_labelled,
    may_go_out,
    may_issue,
)

FREE = NodeFacts(
    "L", "lot", "HG-1", unit="bundle", unit_mass_kg=Decimal("0.5"), remaining=Decimal(9)
)
HELD = NodeFacts("H", "lot", "HG-2", is_held=True)
RECALLED = NodeFacts("R", "lot", "HG-3", is_held=True, is_recalled=True)
FACTS = {one.node_id: one for one in (FREE, HELD, RECALLED)}


def share(node: str, role: str = REMOVED, amount: str = "1", unit: str = "bundle") -> NodeShare:
    return NodeShare(node, role, Quantity(Decimal(amount), unit))


@pytest.mark.parametrize("event_type", GOING_OUT)
def test_what_is_held_or_recalled_may_not_go_out_and_all_of_it_is_named(event_type: str) -> None:
    said = [str(problem) for problem in may_go_out(event_type, FACTS.values())]
    assert said == [
        "lots: HG-2 is on hold. It may not go out.", "lots: HG-3 is recalled. It may not go out.",
    ]  # fmt: skip


@pytest.mark.parametrize("event_type", ["packing", "destroying", "returning", "storing"])
def test_a_hold_refuses_nothing_that_stays(event_type: str) -> None:
    assert may_go_out(event_type, FACTS.values()) == []


def test_no_labels_for_what_is_held_or_recalled() -> None:
    assert may_be_labelled(FREE) == []
    assert "on hold" in str(may_be_labelled(HELD)[0])
    assert "is recalled" in str(may_be_labelled(RECALLED)[0])


def test_what_left_all_the_same_is_a_breach_each_once() -> None:
    shares = [share("H"), share("R"), share("R"), share("L", amount="10")]
    assert breaches("shipping", shares, FACTS) == [HELD_LEFT, RECALLED_LEFT, MORE_THAN_THERE]


def test_destroying_what_is_held_is_no_breach() -> None:
    assert breaches("destroying", [share("H"), share("R")], FACTS) == []


@pytest.mark.parametrize(
    ("moved", "found"),
    [
        (share("L", amount="9"), []),
        (share("L", amount="9.000001"), [MORE_THAN_THERE]),
        (share("L", amount="4.5", unit="kg"), []),
        (share("L", amount="10", unit="jin"), [MORE_THAN_THERE]),
        (share("L", INPUT, "10"), [MORE_THAN_THERE]),
        (share("L", RETURNED, "10"), []),
        (share("L", SUBJECT, "10", "l"), []),
        (NodeShare("L", REMOVED), []),
        (share("H", amount="10"), [HELD_LEFT]),
    ],
)
def test_more_than_is_there_is_a_breach(moved: NodeShare, found: list[str]) -> None:
    assert breaches("selling", [moved], FACTS) == found


@pytest.mark.parametrize("role", [INPUT, REMOVED, RETURNED])
def test_an_amount_in_a_foreign_unit_is_refused(role: str) -> None:
    with pytest.raises(Refused, match="3 box cannot be turned into bundle"):
        breaches("returning", [share("L", role, "3", "box")], FACTS)


def test_a_correction_judges_amounts_anew_and_keeps_that_it_left_while_held() -> None:
    assert breaches_kept([MORE_THAN_THERE, RECALLED_LEFT], [HELD_LEFT]) == (
        HELD_LEFT, MORE_THAN_THERE,
    )  # fmt: skip
    assert breaches_kept([], [MORE_THAN_THERE]) == ()


def test_every_breach_has_its_words() -> None:
    assert all(BREACHES[name] for name in (HELD_LEFT, RECALLED_LEFT, MORE_THAN_THERE))


@pytest.mark.parametrize(
    ("issued", "wanted", "allowed"),
    [
        (0, 240, True),
        (0, 241, False),
        (239, 1, True),
        (240, 1, False),
        (0, 0, False),
        (5, -1, False),
    ],
)
def test_labels_never_exceed_what_was_packed(issued: int, wanted: int, allowed: bool) -> None:
    assert (may_issue(240, issued, wanted) == []) == allowed


def test_too_many_labels_say_how_many_were_packed_and_labelled() -> None:
    (problem,) = may_issue(240, 200, 41)
    assert problem.values == {"wanted": "41", "packed": "240", "issued": "200"}
