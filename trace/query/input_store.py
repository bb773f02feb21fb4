"""The co-op's store of pesticides, fertilisers and seed: what may be left of each lot."""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..domain.banned import BannedSubstance, banned_among, names_of_input
from ..domain.errors import Refused
from ..domain.quantity import Quantity, convert
from ..repository import declared, field_work, nodes
from ..repository.banned import banned_list
from ..repository.database import Connection, Row
from ..repository.declared import Declared
from ..repository.instance import Instance
from ..repository.standing import standing_of

USES = ("spraying", "fertilising")


@dataclass(frozen=True)
class StoredInput:
    """One bought lot of an input; `remaining` is None where its uses were told in other units."""

    id: str
    lot_number: str
    input: Declared
    remaining: Quantity | None
    expires_on: str
    is_stopped: bool

    @property
    def interval_days(self) -> int | None:
        """How many days after spraying picking has to wait, None where nobody has said."""
        days = self.input.fields.get("pre_harvest_interval_days")
        return None if days is None else int(days)

    @property
    def is_used_up(self) -> bool:
        """Whether by the books nothing is left."""
        return self.remaining is not None and self.remaining.amount <= 0


def inputs_in_store(
    instance: Instance, coop_id: str, kind: str, today: date
) -> tuple[StoredInput, ...]:
    """The lots of one kind of input: seed, fertiliser or pesticide; what is banned is stopped.

    Of an input that is used up by the books its newest lot stays: the books may lag behind.
    """
    with instance.database.reading() as connection:
        lots = field_work.input_lots_of(connection, coop_id)
        listed = declared.by_ids(connection, "input", [lot["input_id"] for lot in lots])
        banned = banned_list(connection)
        found = [
            _stored(connection, lot, listed[lot["input_id"]], banned, today)
            for lot in lots
            if lot["input_id"] in listed and listed[lot["input_id"]].text("kind") == kind
        ]
    left = {one.input.id for one in found if not one.is_used_up}
    shown: list[StoredInput] = []
    for one in found:
        known = {other.input.id for other in shown}
        if not one.is_used_up or one.input.id not in left | known:
            shown.append(one)
    return tuple(sorted(shown, key=lambda one: (one.is_stopped, one.is_used_up)))


def unit_of(instance: Instance, coop_id: str, lot_id: str) -> str | None:
    """The unit one input lot was bought in, used up or not; None where there is no such lot."""
    with instance.database.reading() as connection:
        lots = field_work.input_lots_of(connection, coop_id)
    return next((str(lot["unit"]) for lot in lots if lot["node_id"] == lot_id), None)


def _stored(
    connection: Connection,
    lot: Row,
    listed: Declared,
    banned: tuple[BannedSubstance, ...],
    today: date,
) -> StoredInput:
    standing = standing_of(connection, lot["node_key"])
    return StoredInput(
        lot["node_id"],
        lot["lot_number"],
        listed,
        remaining_of(connection, lot),
        lot["expires_on"] or "",
        bool(standing.holds or standing.recalls)
        or bool(banned_among(names_of_input(listed.fields), banned, today)),
    )


def remaining_of(connection: Connection, lot: Row) -> Quantity | None:
    """What the books say is left; what was used on the field is told in the event, not moved."""
    left: Decimal = nodes.remaining(connection, lot["node_key"])
    for event in field_work.events_on(connection, [lot["node_key"]], [*USES, "planting"]):
        if event["role"] != "input":
            continue
        is_sown = event["event_type"] == "planting"
        used = json.loads(event["what"]).get("seed_amount" if is_sown else "amount")
        if not used and is_sown:
            continue  # how much seed was taken may stay unsaid
        if not used:
            return None
        try:
            left -= convert(Quantity(Decimal(used["quantity"]), used["unit"]), lot["unit"])
        except Refused:
            return None
    return Quantity(left, lot["unit"])
