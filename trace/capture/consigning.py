"""Goods between co-ops of this server: what a shipping says of its receiver, and taking it over."""

from collections.abc import Mapping
from typing import Any

from ..domain import standing
from ..domain.declared import fields
from ..domain.errors import N_, Problem
from ..domain.event_check import UNKNOWN, Reading, as_list
from ..domain.key_data import SOURCE
from ..repository import consignments, declared
from .recording import Actor, Recording

TAKEN_OVER = N_("%(lot)s of this delivery was taken in already.")
NO_SUCH_COOP = N_("No co-op on this server has the name or credit code “%(given)s”.")
OUR_OWN = N_("This is your own co-op.")


def named_receiver(
    recording: Recording, event_type: str, what: Mapping[str, Any]
) -> dict[str, str]:
    """What a shipping keeps of its customer's being another co-op here, as it is that day."""
    if event_type != "shipping":
        return {}
    parties = declared.by_ids(recording.connection, "party", [str(what.get("customer", ""))])
    coop_id = next((party.text("coop_id") for party in parties.values()), "")
    return {"to_coop": coop_id} if coop_id else {}


def consigned_to(
    recording: Recording, actor: Actor, sent: Mapping[str, Any]
) -> tuple[dict[str, str], frozenset[str]]:
    """The goods of the shipping that an arrival names, with their kinds, and that shipping.

    Nothing of another co-op may be named but what it sent to us, and that only as a source.
    """
    if as_list(sent.get("lots")):
        return {}, frozenset()
    shipping = str(sent.get("shipping") or "")
    found = consignments.to_coop(recording.connection, actor.coop_id, shipping)
    return {one["node_id"]: one["kind"] for one in found}, frozenset(
        one["entry_id"] for one in found
    )


def arrival_problems(
    recording: Recording,
    actor: Actor,
    reading: Reading,
    facts: Mapping[str, standing.NodeFacts],
    *,
    has_happened: bool,
) -> list[Problem]:
    """Why goods of another co-op may not be taken in, or that they were before."""
    problems = []
    shipping = str(reading.what.get("shipping", ""))
    for share in reading.shares:
        if share.role != SOURCE:
            continue
        sent = consignments.to_coop(recording.connection, actor.coop_id, shipping)
        to_us = [one for one in sent if one["node_id"] == share.node_id]
        source = facts[share.node_id]
        if not to_us:
            problems.append(Problem("source", UNKNOWN, {"given": share.node_id}))
            continue
        if to_us[0]["received_by"]:
            problems.append(Problem("source", TAKEN_OVER, {"lot": source.name}))
        if not has_happened:
            problems += standing.may_be_taken_in(source)
    return problems


def with_coop(
    recording: Recording, own_coop_id: str, sent: Mapping[str, Any]
) -> tuple[dict[str, Any], list[Problem]]:
    """What is sent of a party, with the id of the co-op of this server that it is said to be.

    It is named by exactly its name or credit code: no co-op is listed, none found by a part of it.
    """
    given, rest = str(sent.get("coop_id") or "").strip(), dict(sent)
    if not given:
        return rest, []
    del rest["coop_id"]
    coop_id, label = _coop_called(recording, given), fields("party")["coop_id"].label
    if not coop_id:
        return rest, [Problem("coop_id", NO_SUCH_COOP, {"given": given[:60]}, label)]
    if coop_id == own_coop_id:
        return rest, [Problem("coop_id", OUR_OWN, {}, label)]
    return rest | {"coop_id": coop_id}, []


def _coop_called(recording: Recording, given: str) -> str:
    """The co-op of this id, name or credit code; empty where there is none or several."""
    wanted = _plain(given)
    found = {
        coop.id
        for coop in declared.all_coops(recording.connection)
        if wanted in {_plain(coop.text(name)) for name in ("name", "name_en", "credit_code")}
        or coop.id == given
    }
    return found.pop() if wanted and len(found) == 1 else ""


def _plain(name: str) -> str:
    return "".join(name.casefold().split())
