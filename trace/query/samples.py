"""Samples for the testing room: what waits, and what a lot number, code or plot stands for."""

import unicodedata
from dataclasses import dataclass
from datetime import date

from ..domain.identifiers import parse_code
from ..domain.key_data import PLANTING
from ..domain.typed_code import code_in
from ..repository import declared
from ..repository import samples as stored
from ..repository.database import Connection, Row
from ..repository.declared import Declared
from ..repository.instance import Instance
from .farm import FieldPlanting
from .field_records import FieldRecord, records_told


@dataclass(frozen=True)
class Sample:
    """A lot, package, input lot or planting as a row of the tester's grid names it."""

    id: str
    kind: str
    lot_number: str
    product: Declared | None
    plot: Declared | None
    input: Declared | None
    called: str
    since: date

    def name(self, language: str) -> str:
        """As people call it: 黄瓜 HG-261121-01, or 17号大棚 黄瓜."""
        named = [one.in_language("name", language) for one in (self.plot, self.product) if one]
        if self.input:
            named.append(self.input.in_language("name", language))
        return " ".join([*(named or [self.called]), self.lot_number]).strip()

    @property
    def picture(self) -> str:
        """The name of its picture."""
        return (self.product.text("picture") if self.product else "") or "box"


def samples_of(instance: Instance, coop_id: str, node_ids: list[str]) -> dict[str, Sample]:
    """These nodes of the co-op, by code."""
    with instance.database.reading() as connection:
        found = stored.by_ids(connection, coop_id, node_ids)
        return {one.id: one for one in _read(connection, list(found.values()))}


def samples_named(
    instance: Instance, coop_id: str, typed: str, plantings: tuple[FieldPlanting, ...]
) -> list[Sample]:
    """What was meant: a lot number, a code of a lot or label, or a plot with what grows there."""
    text = unicodedata.normalize("NFKC", typed).strip()
    if not text:
        return []
    try:
        code = parse_code(code_in(text))
    except ValueError:
        code = ""
    with instance.database.reading() as connection:
        found = stored.by_number(connection, coop_id, "".join(text.upper().split()))
        if code and not found:
            found = list(stored.by_ids(connection, coop_id, [code]).values())
            found = found or stored.by_label(connection, coop_id, code)
        if not found:
            on_plot = [one.id for one in plantings if _bare(text) in _names(one)]
            found = list(stored.by_ids(connection, coop_id, on_plot).values())
        return _read(connection, found)


def _names(planting: FieldPlanting) -> set[str]:
    names = {planting.plot.text("name"), planting.plot.text("name_en")}
    names |= {planting.name("zh"), planting.name("en")}
    return {_bare(one) for one in names if one}


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _read(connection: Connection, found: list[Row]) -> list[Sample]:
    products = declared.by_ids(connection, "product", [one["product_id"] or "" for one in found])
    plots = declared.by_ids(connection, "plot", [one["plot_id"] or "" for one in found])
    inputs = declared.by_ids(connection, "input", [one["input_id"] or "" for one in found])
    return [
        Sample(
            one["node_id"],
            one["kind"],
            one["lot_number"] or "",
            products.get(one["product_id"] or ""),
            plots.get(one["plot_id"] or ""),
            inputs.get(one["input_id"] or ""),
            one["name"] or "",
            date.fromisoformat(one["started_on"] if one["kind"] == PLANTING else one["made_on"]),
        )
        for one in found
    ]


def tested_together(instance: Instance, coop_id: str, entry_id: str) -> tuple[FieldRecord, ...]:
    """The inspections of one form, in its order; empty where there is no such entry of ours."""
    with instance.database.reading() as connection:
        found = stored.of_submission(connection, coop_id, entry_id)
        told = records_told(connection, coop_id, found)
    places = {one["entry_id"]: at for at, one in enumerate(found)}
    return tuple(sorted(told, key=lambda one: places[one.entry_id]))
