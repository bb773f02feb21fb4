"""What a correction may choose instead: plantings, lots, inputs and declared nouns of ours."""

from collections.abc import Sequence

from ...domain.key_data import GOODS, INPUT_LOT, PLANTING, Element
from ...query.coop_nodes import lot_page
from ...query.coop_records import RecordTold
from ...query.declared_nouns import bought_inputs, nouns_of
from ...query.farm import live_plantings
from .. import display
from ..access import house, signed_in
from ..language import current_language
from .options import option_pairs
from .routes import today

Pairs = Sequence[tuple[str, str]]


def options_of(told: RecordTold, element: Element) -> Pairs:
    """Values and words; what the record names is always among them, retired or used up as well."""
    instance, coop_id = house().instance, signed_in().coop_id
    if element.kind != "nodes":
        found = option_pairs(nouns_of(instance, coop_id, element.kind))
        named = [one for one in told.nouns.values() if one.noun == element.kind]
        return _with(found, option_pairs(named))
    found = []
    if PLANTING in element.nodes:
        found += _plantings(coop_id)
    if set(GOODS) & set(element.nodes):
        found += [
            (one.id, f"{one.name(current_language())} {one.lot_number}")
            for one in lot_page(instance, coop_id).lines
            if one.kind in element.nodes
        ]
    if INPUT_LOT in element.nodes:
        found += [
            (one.line.id, f"{one.line.name(current_language())} {one.line.lot_number}")
            for one in bought_inputs(instance, coop_id)
        ]
    mine = [
        (part.node_id, part.name(current_language()) or part.node_id)
        for part in told.record.parts
        if part.role == element.role and part.kind in element.nodes
    ]
    made = {part.node_id for part in told.record.made}
    return [one for one in _with(found, mine) if one[0] not in made]


def _plantings(coop_id: str) -> list[tuple[str, str]]:
    language = current_language()
    return [
        (one.id, f"{one.name(language)} · {display.day(one.started_on, language)}")
        for one in live_plantings(house().instance, coop_id, None, today())
    ]


def _with(found: list[tuple[str, str]], named: list[tuple[str, str]]) -> list[tuple[str, str]]:
    known = {value for value, _ in found}
    return found + [one for one in named if one[0] not in known]
