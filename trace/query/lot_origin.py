"""What a lot came from, in the few words a label or a list has room for."""

from dataclasses import dataclass
from datetime import date

from ..domain.key_data import LOT
from ..repository import declared, lineage, lots
from ..repository.database import Connection, Row
from ..repository.declared import Declared


@dataclass(frozen=True)
class LotOrigin:
    """Plots and growers in the order of planting, first picking, suppliers of what was bought in.

    A supplier is a party of ours, or another co-op of this server.

    `is_picked` is false for what is sold with its roots: `picked_from` is then the day of packing.
    """

    plots: tuple[Declared, ...]
    growers: tuple[Declared, ...]
    suppliers: tuple[Declared, ...]
    planted_on: date | None
    picked_from: date | None
    arrived_on: date | None
    is_picked: bool
    has_bought_in: bool

    @property
    def is_grown(self) -> bool:
        """Whether any of it grew on plots of ours."""
        return self.planted_on is not None

    @property
    def days(self) -> int | None:
        """Days from the earliest sowing to the first picking."""
        if self.planted_on is None or self.picked_from is None:
            return None
        return (self.picked_from - self.planted_on).days


def origin_of(connection: Connection, key: int) -> LotOrigin:
    """The origin of one lot or package, of everything in it.

    What grew at another co-op was supplied by it: its plots and growers are its own to name.
    """
    keys = list(lineage.backward_closure(connection, key))
    itself = (*lots.lots_by_keys(connection, [key]), *lots.plantings_by_keys(connection, [key]))
    own = next((one["coop_id"] for one in itself), "")
    everywhere = lots.plantings_by_keys(connection, keys)
    plantings = [one for one in everywhere if one["coop_id"] == own]
    ancestors = [one for one in lots.lots_by_keys(connection, keys) if one["kind"] == LOT]
    named = declared.by_ids(connection, "plot", [one["plot_id"] for one in plantings])
    plots = [
        named[plot_id]
        for plot_id in dict.fromkeys(one["plot_id"] for one in plantings)
        if plot_id in named
    ]
    bought = [one for one in ancestors if one["made_by"] == "receiving" and one["coop_id"] == own]
    others = dict.fromkeys(one["coop_id"] for one in ancestors if one["coop_id"] != own)
    grower_ids = list(dict.fromkeys(plot.text("grower_id") for plot in plots))
    supplier_ids = list(dict.fromkeys(one["supplier_id"] or "" for one in bought))
    parties = declared.by_ids(connection, "party", [*grower_ids, *supplier_ids])
    suppliers = parties | declared.by_ids(connection, "coop", list(others))
    harvested = [one["made_on"] for one in ancestors if one["made_by"] == "harvesting"]
    return LotOrigin(
        tuple(plots),
        tuple(parties[one] for one in grower_ids if one in parties),
        tuple(suppliers[one] for one in (*supplier_ids, *others) if one in suppliers),
        _earliest([one["started_on"] for one in plantings]),
        _earliest(harvested or _potted(connection, everywhere)),
        _earliest([one["made_on"] for one in bought]),
        bool(harvested),
        bool(bought),
    )


def _potted(connection: Connection, plantings: list[Row]) -> list[str]:
    """The first day on which plants were packed as they stood."""
    if not plantings:
        return []
    day = lots.first_taking(connection, [one["node_key"] for one in plantings])
    return [day] if day else []


def _earliest(days: list[str]) -> date | None:
    return date.fromisoformat(min(days)) if days else None
