"""Gathering what a report names: which nodes, nouns and entries exist and are this co-op's."""

from collections.abc import Mapping
from typing import Any

from ..domain.declared import NOUNS
from ..domain.errors import N_, Problem
from ..domain.event_check import WRONG_KIND, Known, Reading, as_list
from ..domain.identifiers import LOT_NUMBER
from ..domain.key_data import GOODS, INPUT, INPUT_LOT, KEY_DATA, PLANTING, SOURCE
from ..domain.making import Name
from ..domain.roles import own_plots_only
from ..repository import declared, events, lineage, nodes
from .consigning import consigned_to
from .recording import Actor, Recording, new_code

NUMBER_TAKEN = N_("Lot number %(given)s is already in use.")
NUMBER_WRONG = N_("A lot number has 1 to 20 letters A to Z, digits or hyphens, not “%(given)s”.")

ENTRY_TYPES = {"hold": "hold", "recall": "recall", "shipping": "shipping"}
"""The event type that an element of kind entry names; the wrong record may be of any."""

AS_MANY = N_("The corrected record must make as many lots as before: %(before)s.")


def gather(
    recording: Recording,
    actor: Actor,
    event_type: str,
    sent: Mapping[str, Any],
    named_before: frozenset[str] = frozenset(),
) -> Known:
    """What exists and is ours of all that was sent; for growers, of their own plots only.

    What a corrected record named before (`named_before`) it may go on naming, retired since or not.
    """
    connection = recording.connection
    node_ids: list[str] = []
    ids: dict[str, list[str]] = {}
    for element in KEY_DATA[event_type]:
        given = as_list(sent.get(element.name))
        if element.kind == "nodes":
            node_ids += [
                str(one.get("node", "")) if isinstance(one, Mapping) else str(one) for one in given
            ]
        elif element.kind in NOUNS or element.kind == "entry":
            ids.setdefault(element.kind, []).extend(str(one) for one in given)
    found = nodes.node_keys(connection, node_ids)
    own = {
        node_id: node["kind"] for node_id, node in found.items() if node["coop_id"] == actor.coop_id
    }
    existing = {
        kind: declared.existing_ids(connection, actor.coop_id, kind, given, named_before)
        for kind, given in ids.items()
        if kind in NOUNS
    }
    for element in KEY_DATA[event_type]:
        if element.kind == "entry":
            existing["entry"] = events.existing_entries(
                connection, actor.coop_id, ids.get("entry", []), ENTRY_TYPES.get(element.name)
            )
    if event_type == "receiving":
        sent_to_us, shipping = consigned_to(recording, actor, sent)
        own |= sent_to_us
        existing["entry"] |= shipping
    if own_plots_only(actor.role):
        own = _on_own_plots(recording, actor, own)
        existing["plot"] = _own_plots(recording, actor, existing.get("plot", frozenset()))
    return Known(own, existing)


def _own_plots(recording: Recording, actor: Actor, plot_ids: frozenset[str]) -> frozenset[str]:
    plots = declared.by_ids(recording.connection, "plot", list(plot_ids))
    return frozenset(
        plot_id for plot_id, plot in plots.items() if plot.text("grower_id") == actor.party_id
    )


def _on_own_plots(recording: Recording, actor: Actor, own: dict[str, str]) -> dict[str, str]:
    """A grower's nodes: plantings on own plots, lots made from them, the store's inputs."""
    connection = recording.connection
    plots = nodes.plots_of(connection, [one for one, kind in own.items() if kind == PLANTING])
    mine = _own_plots(recording, actor, frozenset(plots.values()))
    made = frozenset[str]()
    if any(kind in GOODS for kind in own.values()):
        all_own = sorted(_all_own(recording, actor))
        made = lineage.lots_of_plots(connection, actor.coop_id, all_own)
    return {
        node_id: kind
        for node_id, kind in own.items()
        if plots.get(node_id) in mine or kind == INPUT_LOT or node_id in made
    }


def _all_own(recording: Recording, actor: Actor) -> frozenset[str]:
    plots = declared.all_current(recording.connection, actor.coop_id, "plot")
    return frozenset(plot.id for plot in plots if plot.text("grower_id") == actor.party_id)


def mint_names(
    recording: Recording,
    actor: Actor,
    how_many: int,
    wanted: str,
    prefix: str,
    day: str,
) -> tuple[list[Name], list[Problem]]:
    """Codes, and lot numbers: the one wanted, or the next free ones such as HG-261121-01."""
    label = N_("Lot number")
    wanted = wanted.strip().upper()
    if wanted and how_many == 1:
        if not LOT_NUMBER.fullmatch(wanted):
            return [], [Problem("lot_number", NUMBER_WRONG, {"given": wanted[:40]}, label)]
        if events.has_lot_number(recording.connection, actor.coop_id, wanted):
            return [], [Problem("lot_number", NUMBER_TAKEN, {"given": wanted}, label)]
        return [Name(new_code(), wanted)], []
    stem = f"{prefix}-{day[2:4]}{day[5:7]}{day[8:10]}"
    names: list[Name] = []
    for _ in range(how_many):
        taken = frozenset(name.lot_number for name in names)
        number = events.free_lot_number(recording.connection, actor.coop_id, stem, taken)
        names.append(Name(new_code(), number))
    return names, []


def as_before(
    recording: Recording, reading: Reading, names: tuple[Name, ...], how_many: int
) -> list[Problem]:
    """What a corrected record may not change: how much it makes, and out of what came of it."""
    if how_many != len(names):
        return [Problem("parts", AS_MANY, {"before": str(len(names))}, N_("Parts"))]
    connection = recording.connection
    keys = [nodes.node_key(connection, name.code) for name in names]
    made = set(nodes.node_ids(connection, lineage.forward_closure(connection, keys)))
    return [
        Problem("takes", WRONG_KIND, {"given": share.node_id}, N_("What goes in"))
        for share in reading.shares
        if share.role in (INPUT, SOURCE) and share.node_id in made
    ]
