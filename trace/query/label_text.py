"""What is written on the labels of a lot, from the record; always in Chinese, as the law asks.

The only module here that knows of `labels`, and of it the text alone.
"""

from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from labels.text import LabelRow, LabelText

from ..domain.errors import NotFound
from ..domain.key_data import PACKAGE
from ..domain.quantity import Quantity, convert, format_decimal
from ..repository import declared, lots
from ..repository.database import Connection, Row
from ..repository.declared import Declared
from ..repository.instance import EXAMPLE, Instance, read_fact
from .lot_origin import LotOrigin, origin_of

EXAMPLE_MARK = "示例数据"
CONTENTS_LONGEST = 20  # Chinese characters, or twice as many Latin ones, that two lines hold
_WORDS = {
    "bundle": "捆",
    "box": "盒",
    "case": "箱",
    "bag": "袋",
    "pot": "盆",
    "piece": "个",
    "bottle": "瓶",
    "packet": "包",
}


def address(base_url: str, code: str) -> str:
    """What a label's symbol says: upper case, so that it stays small; both cases open its page.

    >>> address("https://qijimu.example", "7K3M9QX2D4HT8VRB")
    'HTTPS://QIJIMU.EXAMPLE/T/7K3M9QX2D4HT8VRB'
    """
    return f"{base_url.rstrip('/').upper()}/T/{code}"


def label_text_of(connection: Connection, lot_code: str) -> LabelText:
    """The text all labels of this lot or package share. Raises NotFound."""
    lot = lots.lot_by_code(connection, lot_code)
    if lot is None:
        raise NotFound(lot_code)
    coop = declared.by_ids(connection, "coop", [lot["coop_id"]])[lot["coop_id"]]
    origin = origin_of(connection, lot["node_key"])
    mark = EXAMPLE_MARK if read_fact(connection, EXAMPLE) is not None else ""
    if lot["kind"] == PACKAGE:
        contents = _Contents(connection, lot)
        rows = [LabelRow("内装", contents.words), *_origin_rows(origin, coop)]
        call = "扫码看每一样的来历"
        # the contents take the room that a product's English name has
        return LabelText(lot["name"], contents.net, tuple(rows), call, example_mark=mark)
    products = declared.by_ids(connection, "product", [lot["product_id"] or ""])
    product = products.get(lot["product_id"] or "")
    return LabelText(
        product.text("name") if product else lot["lot_number"],
        net_quantity(lot["unit"], lot["unit_mass_kg"]),
        tuple(_origin_rows(origin, coop)),
        _call(origin),
        second_name=product.text("name_en") if product else "",
        example_mark=mark,
    )


def label_words(instance: Instance, lot_code: str) -> dict[str, Any]:
    """The label's text as JSON, to be kept with an order of labels. Raises NotFound."""
    with instance.database.reading() as connection:
        return write_text(label_text_of(connection, lot_code))


def write_text(text: LabelText) -> dict[str, Any]:
    """A text as JSON values; `read_text` reads them."""
    return asdict(text)


def read_text(kept: Mapping[str, Any]) -> LabelText:
    """The text that `write_text` wrote."""
    rows = tuple(LabelRow(**row) for row in kept["rows"])
    return LabelText(**{**kept, "rows": rows})


def net_quantity(unit: str, unit_mass_kg: str | None) -> str:
    """What one holds: its mass, or for a plant in its pot and what has no mass, that it is one.

    >>> net_quantity("bundle", "0.5"), net_quantity("bag", "1.25"), net_quantity("pot", "0.6")
    ('净重 500 克', '净重 1.25 千克', '净含量 1 盆')
    """
    if unit_mass_kg is None or unit == "pot":
        return f"净含量 1 {_WORDS.get(unit, '份')}"
    return f"净重 {_mass_words(Decimal(unit_mass_kg))}"


def _mass_words(kg: Decimal) -> str:
    if kg < 1:
        return f"{format_decimal((kg * 1000).quantize(Decimal('0.1')))} 克"
    return f"{format_decimal(kg.quantize(Decimal('0.001')))} 千克"


def _origin_rows(origin: LotOrigin, coop: Declared) -> list[LabelRow]:
    found = []
    if origin.picked_from:
        caption = "采摘" if origin.is_picked else "装盆"
        found.append(LabelRow(caption, origin.picked_from.isoformat(), is_strong=True))
    elif origin.arrived_on:
        found.append(LabelRow("到货", origin.arrived_on.isoformat(), is_strong=True))
    if origin.is_grown:
        found.append(LabelRow("种植", _grown_by(origin)))
    if origin.has_bought_in:
        found.append(LabelRow("供应", _supplied_by(origin)))
    place = coop.text("origin_name")
    if place and origin.is_grown and not origin.has_bought_in:
        found.append(LabelRow("产地", place))
    found.append(LabelRow("生产" if origin.is_grown else "分装", coop.text("name")))
    return [row for row in found if row.value]


def _grown_by(origin: LotOrigin) -> str:
    """王长财 17号大棚, 王长财 2 块地 or 3 位农户; an erased name leaves the plot's."""
    growers = {plot.text("grower_id") for plot in origin.plots}
    if len(growers) > 1:
        return f"{len(growers)} 位农户"
    name = origin.growers[0].text("name") if origin.growers else ""
    place = origin.plots[0].text("name") if len(origin.plots) == 1 else f"{len(origin.plots)} 块地"
    return f"{name} {place}".strip()


def _supplied_by(origin: LotOrigin) -> str:
    named = [one.text("name") for one in origin.suppliers if one.text("name")]
    return named[0] if len(named) == 1 else f"{len(origin.suppliers)} 家供应商"


def _call(origin: LotOrigin) -> str:
    if origin.has_bought_in:
        return "扫码看来历"
    if origin.days is None or origin.days < 1:
        return "扫码看全过程"
    return f"扫码看这 {origin.days} 天"


class _Contents:
    """What is in one package of a lot of them: in words, and its net quantity."""

    def __init__(self, connection: Connection, package: Row) -> None:
        inside = lots.contents_of(connection, package["node_key"])
        products = declared.by_ids(connection, "product", [one["product_id"] for one in inside])
        count = Decimal(package["packed_quantity"] or 1)
        kg: Decimal | None = Decimal(0)
        short, long = list[str](), list[str]()
        for one in inside:
            product = products.get(one["product_id"] or "")
            name = product.text("name") if product else one["lot_number"]
            amount = Quantity(Decimal(one["taken"]), one["taken_unit"])
            each = Quantity(amount.amount / count, amount.unit)
            short.append(name)
            long.append(f"{name} {_each_words(each)}")
            kg = _added(kg, each, one["unit_mass_kg"])
        self.words = _fitting(("、".join(long), "、".join(short), f"{len(inside)} 样"))
        self.net = f"净重 {_mass_words(kg)}" if kg else "净含量 1 盒"


def _each_words(each: Quantity) -> str:
    amount = format_decimal(each.amount.quantize(Decimal("0.01")))
    word = _WORDS.get(each.unit)
    if word:
        return f"{amount} {word}"
    return _mass_words(convert(each, "kg"))


def _added(kg: Decimal | None, each: Quantity, unit_mass_kg: str | None) -> Decimal | None:
    """The mass so far and this one's; None as soon as one is not known."""
    if kg is None:
        return None
    if each.unit in _WORDS and unit_mass_kg is None:
        return None
    return kg + convert(each, "kg", Decimal(unit_mass_kg) if unit_mass_kg else None)


def _fitting(choices: tuple[str, ...]) -> str:
    """The first of these that two lines of a label hold."""
    for words in choices:
        if sum(0.55 if letter.isascii() else 1.0 for letter in words) <= CONTENTS_LONGEST:
            return words
    return choices[-1]
