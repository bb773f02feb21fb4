"""One relative of a node in its lineage, and the ends that goods of ours came to."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from ..domain.lineage import Link, Share
from ..domain.quantity import Quantity
from ..repository import declared, links
from ..repository.database import Connection
from ..repository.declared import Declared

END = "end"


@dataclass(frozen=True)
class Relative:
    """One node of the family, or an end: a customer, a way of selling, destroying, loss.

    `share` is its part in the node in question where it stands before it, and the part of the node
    in question in it where it stands behind. `coop` is set for another co-op's. `returned` is what
    came back from an end.
    """

    id: str
    kind: str
    made_by: str
    is_before: bool
    is_focus: bool = False
    name: Declared | None = None
    plot: Declared | None = None
    grower: Declared | None = None
    called: str = ""
    lot_number: str = ""
    on: date | None = None
    amounts: tuple[Quantity, ...] = ()
    returned: tuple[Quantity, ...] = ()
    state: str = ""
    share: Share = None
    has_share: bool = False
    coop: Declared | None = None
    input_kind: str = ""

    @property
    def is_ours(self) -> bool:
        """Whether its page may be opened."""
        return self.coop is None and self.kind != END


def ends_of(
    connection: Connection, coop_id: str, ids: Mapping[int, str]
) -> tuple[dict[str, Relative], list[Link]]:
    """Where goods of ours ended: one end for each customer, way of selling, destroying and loss.

    `ids` are the goods by their keys.
    """
    found = [
        (row, json.loads(row["what"])) for row in links.endings_of(connection, coop_id, list(ids))
    ]
    parties = declared.by_ids(
        connection, "party", [str(what.get("customer", "")) for _, what in found]
    )
    given: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    back: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    ends: dict[str, Relative] = {}
    ways = []
    for row, what in found:
        party = parties.get(str(what.get("customer", "")))
        end = f"to:{party.id}" if party else f"by:{what.get('channel') or row['event_type']}"
        amount = Quantity(Decimal(row["quantity"] or 0), row["unit"] or "kg")
        is_return = row["event_type"] == "returning"
        (back if is_return else given)[end][amount.unit] += amount.amount
        if is_return:
            continue
        called = str(what.get("channel") or "")
        on = date.fromisoformat(row["event_date"])
        ends[end] = Relative(end, END, row["event_type"], False, name=party, called=called, on=on)
        ways.append(Link(ids[row["node_key"]], end, row["entry_id"], amount))
    return {
        end: replace(one, amounts=_quantities(given[end]), returned=_quantities(back[end]))
        for end, one in ends.items()
    }, ways


def _quantities(by_unit: Mapping[str, Decimal]) -> tuple[Quantity, ...]:
    return tuple(Quantity(amount, unit) for unit, amount in by_unit.items() if amount)


def by_way_of_ends(
    drawn: Iterable[Link],
    ways: Iterable[Link],
    relatives: Mapping[str, Relative],
    ends: Mapping[str, Relative],
) -> list[Link]:
    """Goods that another co-op took over went to it as our customer: drawn behind that end."""
    customers = {
        (way.parent, party.text("coop_id")): way.child
        for way in ways
        if (party := ends[way.child].name) and party.text("coop_id")
    }
    found = []
    for link in drawn:
        child = relatives[link.child]
        through = customers.get((link.parent, child.coop.id)) if child.coop else None
        found.append(replace(link, parent=through) if through else link)
    return found
