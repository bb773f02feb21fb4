"""What `example` says of a season: pages to open, people to sign in as, every lot's state."""

import json
from typing import Any

from ...capture import people
from ...capture.recording import Clock, Recorder, system_clock
from ...domain.errors import NotFound
from ...domain.mass_balance import lot_state
from ...query.example_people import PERSONAS, hero_codes
from ...repository import declared, nodes
from ...repository import people as people_rows
from ...repository.database import Connection, Row
from ...repository.instance import Instance
from ...repository.standing import standing_of


def personas(instance: Instance) -> dict[str, str]:
    """The persons of the first page: role to membership id; empty where no season is loaded."""
    said = instance.fact(PERSONAS)
    return {} if said is None else dict(json.loads(said))


def example_summary(
    instance: Instance, base_url: str, clock: Clock = system_clock
) -> dict[str, Any]:
    """The hero's pages, a fresh single-use link for each person, and all lots of both co-ops.

    Raises NotFound where no season is loaded.
    """
    base = base_url.rstrip("/")
    codes = hero_codes(instance)
    if codes is None:
        raise NotFound("no example season is loaded here")
    unit, lot = codes
    return {
        "scan": f"{base}/t/{unit}",
        "lot": f"{base}/t/{lot}",
        "invitations": _invitations(instance, base, clock),
        "lots": _lots(instance),
    }


def _invitations(instance: Instance, base: str, clock: Clock) -> dict[str, str]:
    recorder, links = Recorder(instance, clock), {}
    for role, membership_id in personas(instance).items():
        with instance.database.reading() as connection:
            member = people_rows.membership(connection, membership_id)
        if member is None or member["ended_at"]:
            continue
        token = people.invite_as_operator(
            recorder, member["coop_id"], role, member["party_id"], people.OPERATOR
        )
        links[role] = f"{base}/invitation/{token}"
    return links


def _lots(instance: Instance) -> list[dict[str, Any]]:
    with instance.database.reading() as connection:
        return [
            {
                "lot_number": lot["lot_number"],
                "state": _state(connection, lot),
                "code": lot["node_id"],
                "packed_quantity": lot["packed_quantity"],
            }
            for coop in declared.all_coops(connection)
            for lot in nodes.lots_of_coop(connection, coop.id)
        ]


def _state(connection: Connection, lot: Row) -> str:
    standing = standing_of(connection, lot["node_key"])
    return lot_state(
        is_recalled=bool(standing.recalls),
        is_held=bool(standing.holds),
        lot_balance=nodes.lot_balance(connection, lot["node_key"]),
    )
