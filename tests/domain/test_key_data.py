"""The table of key data elements agrees with itself."""

import pytest

from trace.domain.declared import NOUNS
from trace.domain.key_data import (
    INPUT,
    INPUT_LOT,
    INSPECTION_KINDS,
    KEY_DATA,
    LOT,
    PACKAGE,
    PLANTING,
    REMOVED,
    RETURNED,
    SOURCE,
    SUBJECT,
    Element,
    elements,
)
from trace.domain.quantity import UNITS

KINDS = {"text", "decimal", "count", "date", "choice", "flag", "entry", "results", "nodes", *NOUNS}
SENSED = {"celsius", "percent"}
EVERY = pytest.mark.parametrize(
    ("event_type", "element"), [(name, one) for name, row in KEY_DATA.items() for one in row]
)


@EVERY
def test_an_element_has_a_known_kind_and_a_label(event_type: str, element: Element) -> None:
    assert element.kind in KINDS
    assert element.label


@EVERY
def test_units_are_units_and_stand_where_something_is_measured(
    event_type: str, element: Element
) -> None:
    assert set(element.units) <= set(UNITS) | SENSED
    assert element.kind in ("decimal", "nodes") or not element.units
    assert element.units or element.kind != "decimal"


@EVERY
def test_choices_stand_with_a_choice_and_nodes_with_nodes(
    event_type: str, element: Element
) -> None:
    assert bool(element.choices) == (element.kind == "choice")
    assert bool(element.nodes) == (element.kind == "nodes")
    assert set(element.nodes) <= {PLANTING, LOT, INPUT_LOT, PACKAGE}
    assert element.role in (SUBJECT, INPUT, REMOVED, RETURNED, SOURCE)


@pytest.mark.parametrize("event_type", KEY_DATA)
def test_no_element_is_named_twice(event_type: str) -> None:
    assert list(elements(event_type)) == [element.name for element in KEY_DATA[event_type]]


@pytest.mark.parametrize("event_type", KEY_DATA)
def test_what_leaves_or_comes_back_is_measured(event_type: str) -> None:
    moved = [one for one in KEY_DATA[event_type] if one.role in (REMOVED, RETURNED)]
    assert all(element.units for element in moved if element.nodes != (PLANTING,))


def test_the_kinds_of_inspection_are_the_choices_offered() -> None:
    offered = elements("inspection")["inspection_kind"].choices
    assert sorted(INSPECTION_KINDS) == sorted(name for name, _ in offered)


def test_the_law_stands_beside_what_it_asks_for() -> None:
    assert "Art. 27" in elements("spraying")["plantings"].clause
    assert "1.1340" in elements("shipping")["lots"].clause
