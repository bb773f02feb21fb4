"""One plot of a co-op for whoever inspects it: its plantings, and what was done on it."""

from dataclasses import dataclass
from datetime import date

from ..domain.reading_span import Span
from ..repository import declared, inspecting
from ..repository.declared import Declared
from ..repository.instance import Instance
from .coop_nodes import NodeLine, node_lines
from .field_records import FieldRecord, records_told

MOST_RECORDS = 100


@dataclass(frozen=True)
class PlotPage:
    """A plot with its base and grower, its plantings, and the records of some days."""

    plot: Declared
    site: Declared | None
    grower: Declared | None
    plantings: tuple[NodeLine, ...]
    records: tuple[FieldRecord, ...]
    is_cut: bool

    @property
    def inspections(self) -> tuple[FieldRecord, ...]:
        """The inspections among the records."""
        return tuple(one for one in self.records if one.event_type == "inspection")

    @property
    def others(self) -> tuple[FieldRecord, ...]:
        """The records that are no inspection."""
        return tuple(one for one in self.records if one.event_type != "inspection")


def plot_page(
    instance: Instance, coop_id: str, plot_id: str, days: tuple[date, date], span: Span
) -> PlotPage | None:
    """One plot of this co-op, or None; `span` limits its plantings to those begun in time."""
    with instance.database.reading() as connection:
        plot = declared.one_of(connection, coop_id, "plot", plot_id)
        if plot is None:
            return None
        named = declared.by_any_ids(connection, {plot.text("site_id"), plot.text("grower_id")})
        keys = inspecting.plantings_on(connection, coop_id, plot_id)
        lines = node_lines(connection, keys) if keys else ()
        rows = inspecting.events_on_plot(
            connection,
            coop_id,
            plot_id,
            days[0].isoformat(),
            days[1].isoformat(),
            MOST_RECORDS + 1,
        )
        return PlotPage(
            plot,
            named.get(plot.text("site_id")),
            named.get(plot.text("grower_id")),
            tuple(one for one in lines if span.last is None or one.made_on <= span.last),
            records_told(connection, coop_id, rows[:MOST_RECORDS]),
            len(rows) > MOST_RECORDS,
        )
