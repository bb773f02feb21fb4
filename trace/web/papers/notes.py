"""What a paper says beside its records: what is missing by article, and whose it is."""

from datetime import datetime
from zoneinfo import ZoneInfo

from ...domain.key_data import ART27, PESTICIDE36
from ...domain.production_record import Missing
from ...query.production_record import ProductionRecord
from ...query.record_workbook import Cell
from .. import display
from ..clause_words import clause_words
from ..language import current_language
from ..record_words import type_words
from ..words import _
from .cells import input_words, names
from .tables import (
    Table,
    TableColumn,
    TableRow,
    harvests_table,
    inputs_table,
    pests_table,
    spray_table,
    uses_table,
)


def clause(text: str) -> str:
    """An article in the reader's words."""
    return clause_words(text, current_language())


def production_tables(record: ProductionRecord, zone: ZoneInfo) -> tuple[Table, ...]:
    """The production record: inputs, each use of one, pests and diseases, picking."""
    note = clause(ART27)
    return (
        inputs_table(record, note),
        uses_table(record, note, zone),
        pests_table(record, note, zone),
        harvests_table(record, note, zone),
    )


def spray_tables(record: ProductionRecord, zone: ZoneInfo) -> tuple[Table, ...]:
    """The spray record."""
    return (spray_table(record, clause(PESTICIDE36), zone),)


def missing_of(record: ProductionRecord, only: str = "") -> tuple[Missing, ...]:
    """What is missing; of sprayings alone where the paper is the spray record."""
    return tuple(one for one in record.missing if not only or one.event_type == only)


def missing_table(record: ProductionRecord, only: str = "") -> Table:
    """What the articles ask for and is not there, record by record."""
    lines = {one.record.entry_id: one for one in record.lines}
    rows = []
    for one in missing_of(record, only):
        line = lines[one.entry_id]
        cells: tuple[Cell, ...] = (
            _(one.duty.label), clause(one.duty.clause), type_words(one.event_type), one.on,
            names(line.plots), input_words(line), one.times, _(one.mend),
            display.code_groups(one.entry_id),
        )  # fmt: skip
        rows.append(TableRow(cells))
    columns = (
        TableColumn(_("What is missing"), 1.5, 22), TableColumn(_("Article"), 1.8, 26),
        TableColumn(_("Record"), 0.9, 12),
        TableColumn(_("Day"), 1.1, 12), TableColumn(_("Plot"), 1.3, 18),
        TableColumn(_("Input"), 1.6, 24), TableColumn(_("Times"), 0.6, 8),
        TableColumn(_("What would mend it"), 3, 50), TableColumn(_("Code of the record"), 1.6, 22),
    )  # fmt: skip
    nothing = _("Everything these articles ask for is filled in.")
    return Table(_("Missing facts"), "", columns, tuple(rows), nothing)


def about(
    record: ProductionRecord, coop: str, made_at: datetime, is_example: bool, only: str = ""
) -> tuple[tuple[str, str], ...]:
    """What the file says of itself: whose, which days, which plot, made when, how many records."""
    lines = record.of(only) if only else record.lines
    language = current_language()
    first, last = (display.day(day, language, year=True) for day in record.days)
    struck = sum(1 for one in lines if one.record.struck)
    told = [
        (_("Co-op"), coop),
        (_("Days"), _("%(first)s to %(last)s", first=first, last=last)),
        (_("Plot"), record.plot.in_language("name", language) if record.plot else _("all plots")),
        (_("Made at"), display.moment(made_at, language, year=True)),
        (_("Records"), str(len(lines))),
        (_("Struck out"), str(struck)),
        (_("Missing facts"), str(len(missing_of(record, only)))),
    ]
    if is_example:
        told.append((_("Example data"), _("Invented people and records.")))
    return tuple(told)
