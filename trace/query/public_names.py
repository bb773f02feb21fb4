"""Every declared noun that a record names, in two reads: what it names, then what those name."""

from collections.abc import Iterable, Mapping

from ..domain.declared import NOUNS
from ..domain.key_data import KEY_DATA
from ..repository import declared
from ..repository.database import Connection, Row
from ..repository.declared import Declared
from .public_events import PublicEvent

_NAMING = {
    event_type: tuple(element.name for element in elements if element.kind in NOUNS)
    for event_type, elements in KEY_DATA.items()
}


def names_of(
    connection: Connection, rows: Mapping[int, Row], events: Iterable[PublicEvent], own: Row
) -> dict[str, Declared]:
    """By id: products, plots with their sites and growers, inputs, parties and the co-op."""
    wanted: set[str] = {own["coop_id"]}
    for row in rows.values():
        wanted |= {row["product_id"], row["plot_id"], row["input_id"], row["supplier_id"]} - {None}
        wanted.add(row["coop_id"])
    for event in events:
        wanted |= {event.performed_by, event.recorded_by, event.what.get("input", "")}
        if event.correction:
            wanted.add(event.correction.corrected_by)
        for name in _NAMING[event.event_type]:
            value = event.what.get(name, "")
            wanted |= set(value) if isinstance(value, list) else {value}
    found = declared.by_any_ids(connection, wanted)
    further = {
        one.text(name)
        for one in found.values()
        if one.noun == "plot"
        for name in ("site_id", "grower_id")
    }
    return found | declared.by_any_ids(connection, further - set(found))
