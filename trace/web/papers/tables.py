"""The production record and the spray record as tables of plain values, in the reader's words.

Each table numbers its own records; what was struck out keeps its place and says what replaces it.
"""

from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from zoneinfo import ZoneInfo

from ...domain.event_time import MINUTE
from ...domain.quantity import Quantity, convert
from ...query.field_records import Part
from ...query.production_record import Line, ProductionRecord
from ...query.record_workbook import Cell
from ..record_words import type_words
from ..words import _
from .cells import (
    absent,
    amount_cells,
    choice_words,
    crop_words,
    input_words,
    names,
    numbers_and_remarks,
    source_words,
    use_words,
    who_words,
)


@dataclass(frozen=True)
class TableColumn:
    """A column: its heading, its share of the paper's width, its width in a spreadsheet."""

    title: str
    share: float
    width: float = 14


@dataclass(frozen=True)
class TableRow:
    """A row of values; where it was struck out, `remark` says by whom, when, why, and what now."""

    cells: tuple[Cell, ...]
    remark: str = ""


@dataclass(frozen=True)
class Table:
    """One table; `note` is the article that asks for it, `nothing` stands where it has no rows."""

    title: str
    note: str
    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...]
    nothing: str = ""


def _columns(*titled: tuple[str, float, float]) -> tuple[TableColumn, ...]:
    return tuple(TableColumn(*one) for one in titled)


def _first_columns() -> tuple[TableColumn, ...]:
    return _columns(
        (_("No."), 0.5, 6), (_("Day"), 1.1, 12), (_("Plot"), 1.3, 18), (_("Crop"), 1.3, 18)
    )  # fmt: skip


def _amount_columns() -> tuple[TableColumn, ...]:
    return _columns((_("Amount"), 0.8, 10), (_("Unit"), 0.6, 8))


def _last_columns(remarks_share: float) -> tuple[TableColumn, ...]:
    return _columns((_("By whom"), 1, 12), (_("Remarks"), remarks_share, 30))


def _used(record: ProductionRecord) -> tuple[Line, ...]:
    """Fertilising, spraying, and sowing of seed that came from the store."""
    return tuple(
        one
        for one in record.of("planting", "fertilising", "spraying")
        if one.record.event_type != "planting" or one.record.used
    )


def inputs_table(record: ProductionRecord, note: str) -> Table:
    """Art. 27 (1): each input on each plot: source, use, amount, first and last day."""
    groups: dict[tuple[str, ...], list[Line]] = {}
    for line in _used(record):
        if line.record.struck is None:
            said = (input_words(line), source_words(line), use_words(line), names(line.plots))
            more = (names(line.crops), _dimension(line.amount))
            groups.setdefault((*said, *more), []).append(line)
    rows = []
    for key, lines in groups.items():
        days = [one.record.on for one in lines]
        amounts = amount_cells(_total(lines))
        rows.append(TableRow((*key[:5], *amounts, min(days), max(days), len(lines))))
    columns = (
        *_columns((_("Input"), 2, 24), (_("Where from"), 2, 26), (_("How used"), 2, 24)),
        *_first_columns()[2:],
        *_amount_columns(),
        *_columns((_("First day"), 1.1, 12), (_("Last day"), 1.1, 12), (_("Times"), 0.6, 8)),
    )
    return Table(_("Inputs used"), note, columns, tuple(rows))


def _dimension(amount: Quantity | None) -> str:
    """Amounts that can be added up: of one dimension, or counted in one unit."""
    if amount is None:
        return ""
    for unit in ("kg", "l"):
        try:
            convert(amount, unit)
        except ValueError:
            continue
        return unit
    return amount.unit


def _total(lines: list[Line]) -> Quantity | None:
    """All amounts together in the unit of the first."""
    amounts = [one.amount for one in lines if one.amount]
    if not amounts:
        return None
    unit = amounts[0].unit
    return Quantity(sum((convert(one, unit) for one in amounts), Decimal(0)), unit)


def uses_table(record: ProductionRecord, note: str, zone: ZoneInfo) -> Table:
    """Each use of an input on its day."""
    lines, rows = _used(record), []
    told = numbers_and_remarks(lines, zone)
    for line in lines:
        number, remark = told[line.record.entry_id]
        cells: tuple[Cell, ...] = (
            number, line.record.on, names(line.plots), crop_words(line),
            type_words(line.record.event_type), input_words(line), source_words(line),
            use_words(line), *amount_cells(line.amount), who_words(line), line.record.note,
        )  # fmt: skip
        rows.append(TableRow(cells, remark))
    columns = (
        *_first_columns(),
        *_columns((_("What was done"), 1, 12), (_("Input"), 1.8, 24)),
        *_columns((_("Where from"), 1.8, 26), (_("How used"), 1.6, 24)),
        *_amount_columns(),
        *_last_columns(1.8),
    )
    return Table(_("Each use of an input"), note, columns, tuple(rows))


def pests_table(record: ProductionRecord, note: str, zone: ZoneInfo) -> Table:
    """Art. 27 (2): pests and diseases, and what was done against them."""
    lines, rows = record.of("spraying", "field_work"), []
    told = numbers_and_remarks(lines, zone)
    for line in lines:
        is_spray = line.record.event_type == "spraying"
        number, remark = told[line.record.entry_id]
        cells: tuple[Cell, ...] = (
            number, line.record.on, names(line.plots), crop_words(line),
            str(line.record.what.get("target", "")) or (absent() if is_spray else ""),
            input_words(line) if is_spray else choice_words("field_work", "work", "traps"),
            *(amount_cells(line.amount) if is_spray else ("", "")),
            who_words(line), line.record.note,
        )  # fmt: skip
        rows.append(TableRow(cells, remark))
    columns = (
        *_first_columns(),
        *_columns((_("Against what"), 1.6, 20), (_("Control"), 2, 24)),
        *_amount_columns(),
        *_last_columns(2),
    )
    return Table(_("Pests and diseases"), note, columns, tuple(rows))


def harvests_table(record: ProductionRecord, note: str, zone: ZoneInfo) -> Table:
    """Art. 27 (3): the days of picking, a row for each planting picked from."""
    lines, rows = record.of("harvesting", "packing"), []
    told = numbers_and_remarks(lines, zone)
    for line in lines:
        number, remark = told[line.record.entry_id]
        lots = "、".join(part.lot_number for part in line.record.made if part.lot_number)
        for part in line.taken:
            if record.plot and (part.plot is None or part.plot.id != record.plot.id):
                continue
            cells: tuple[Cell, ...] = (
                number, line.record.on, names([part.plot] if part.plot else []),
                names([part.product] if part.product else []), *_part_amount(part), lots,
                who_words(line), line.record.note,
            )  # fmt: skip
            rows.append(TableRow(cells, remark))
    columns = (
        *_first_columns(),
        *_amount_columns(),
        *_columns((_("Lot number"), 1.6, 20)),
        *_last_columns(2.4),
    )
    return Table(_("Picking"), note, columns, tuple(rows))


def _part_amount(part: Part) -> tuple[Cell, Cell]:
    if not part.quantity:
        return absent(), ""
    return amount_cells(Quantity(Decimal(part.quantity), part.unit))


def spray_table(record: ProductionRecord, note: str, zone: ZoneInfo) -> Table:
    """Art. 36: each spraying, with what stands on the label of the pesticide."""
    lines, rows = record.of("spraying"), []
    told = numbers_and_remarks(lines, zone)
    for line in lines:
        number, remark = told[line.record.entry_id]
        cells: tuple[Cell, ...] = (
            number, line.record.on, _clock(line), names(line.plots) or absent(),
            crop_words(line), input_words(line), line.registration_number or absent(),
            (line.input.text("manufacturer") if line.input else "") or absent(),
            *amount_cells(line.amount), str(line.record.what.get("target", "")) or absent(),
            who_words(line), absent() if line.interval_days is None else line.interval_days,
            line.first_day or absent(), line.record.note,
        )  # fmt: skip
        rows.append(TableRow(cells, remark))
    first = _first_columns()
    columns = (
        *first[:2],
        *_columns((_("Time"), 0.6, 8)),
        *first[2:],
        *_columns((_("Pesticide"), 1.6, 24), (_("Registration number"), 1.2, 16)),
        *_columns((_("Manufacturer"), 1.6, 26)),
        *_amount_columns(),
        *_columns((_("Against what"), 1.1, 16), (_("By whom"), 0.9, 12)),
        *_columns((_("Interval, in days"), 0.8, 10), (_("Picking from"), 1.1, 12)),
        *_columns((_("Remarks"), 1.5, 30)),
    )
    return Table(_("Spray record"), note, columns, tuple(rows))


def _clock(line: Line) -> time | str:
    """The time of day at the place, where it is known more exactly than the day."""
    return line.event_time.time().replace(tzinfo=None) if line.precision == MINUTE else ""
