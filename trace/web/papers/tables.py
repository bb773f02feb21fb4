"""The production record and the spray record as tables of plain values, in the reader's words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from ...domain.event_time import MINUTE
from ...domain.key_data import KEY_DATA
from ...domain.quantity import Quantity, convert
from ...query.field_records import Part
from ...query.production_record import Line, ProductionRecord
from ...query.record_workbook import Cell
from .. import display
from ..language import current_language
from ..record_words import type_words
from ..words import _


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
    """One table; `note` is the article that asks for it."""

    title: str
    note: str
    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...]


def absent() -> str:
    """What stands where the law asks for something that nobody filled in."""
    return _("not filled in")


def names(nouns: Iterable[object]) -> str:
    """Names of nouns in the reader's language, one after the other."""
    language = current_language()
    found = [one.in_language("name", language) for one in nouns]  # type: ignore[attr-defined]  # Declared
    return (", " if language == "en" else "、").join(one for one in found if one)


def choice_words(event_type: str, element_name: str, value: object) -> str:
    """The words of a choice of a record, empty where none was made."""
    element = next(one for one in KEY_DATA[event_type] if one.name == element_name)
    words = dict(element.choices).get(str(value))
    return _(words) if words else ""


def amount_cells(amount: Quantity | None) -> tuple[Cell, Cell]:
    """A number and its unit."""
    if amount is None:
        return absent(), ""
    return amount.amount, display.unit_word(amount.unit, current_language(), amount.amount)


def input_words(line: Line) -> str:
    """The name of what was used; one that is not in the list says so."""
    if line.input:
        return line.input.in_language("name", current_language())
    if line.input_name:
        return _("%(name)s (not in the list)", name=line.input_name)
    return absent()


def source_words(line: Line) -> str:
    """From whom an input was bought, and the number of its lot."""
    if line.supplier is None:
        return absent()
    name = line.supplier.in_language("name", current_language()) or _("(erased)")
    return f"{name} {line.input_lot}".strip()


def use_words(line: Line) -> str:
    """How it was used: sprayed against what, given how, or sown."""
    record = line.record
    if record.event_type == "spraying":
        target = str(record.what.get("target", ""))
        return _("sprayed against %(target)s", target=target) if target else _("sprayed")
    if record.event_type == "planting":
        return choice_words("planting", "method", record.what.get("method")) or _("sown")
    return choice_words("fertilising", "method", record.what.get("method")) or absent()


def who_words(line: Line) -> str:
    """Who did it."""
    by = line.record.performed_by
    return (by.in_language("name", current_language()) if by else "") or _("(erased)")


def _column(title: str, share: float, width: float = 14) -> TableColumn:
    return TableColumn(title, share, width)


def _common(line: Line) -> tuple[Cell, ...]:
    return (line.number, line.record.on, names(line.plots), crop_words(line))


def crop_words(line: Line) -> str:
    """The crops, with their varieties."""
    varieties = (", " if current_language() == "en" else "、").join(line.varieties)
    return f"{names(line.crops)} {varieties}".strip() or absent()


def _first_columns() -> tuple[TableColumn, ...]:
    return (
        _column(_("No."), 0.5, 6),
        _column(_("Day"), 1.1, 12),
        _column(_("Plot"), 1.3, 18),
        _column(_("Crop"), 1.3, 18),
    )


def _row(line: Line, cells: tuple[Cell, ...], remark: str) -> TableRow:
    return TableRow(cells, remark)


Remarks = dict[str, str]
"""What is said below a struck-out record, by its entry id."""


def _used(record: ProductionRecord) -> tuple[Line, ...]:
    """Fertilising, spraying, and sowing of seed that came from the store."""
    return tuple(
        one
        for one in record.of("planting", "fertilising", "spraying")
        if one.record.event_type != "planting" or one.record.used
    )


def inputs_table(record: ProductionRecord, note: str) -> Table:
    """Art. 27 (1): each input on each plot: source, use, amount, first and last day."""
    groups: dict[tuple[object, ...], list[Line]] = {}
    for line in _used(record):
        if line.record.struck is None:
            said = (input_words(line), source_words(line), use_words(line))
            key = (*said, names(line.plots), names(line.crops), _dimension(line.amount))
            groups.setdefault(key, []).append(line)
    rows = []
    for (name, source, use, plots, crops, _unit), lines in groups.items():
        days = [one.record.on for one in lines]
        cells = (name, source, use, plots, crops, *amount_cells(_total(lines)))
        rows.append(TableRow((*cells, min(days), max(days), len(lines))))  # type: ignore[arg-type]  # keys are texts
    columns = (
        _column(_("Input"), 2, 24), _column(_("Where from"), 2, 26), _column(_("How used"), 2, 24),
        _column(_("Plot"), 1.3, 18), _column(_("Crop"), 1.3, 18), _column(_("Amount"), 0.9, 10),
        _column(_("Unit"), 0.7, 8), _column(_("First day"), 1.1, 12),
        _column(_("Last day"), 1.1, 12), _column(_("Times"), 0.6, 8),
    )  # fmt: skip
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


def uses_table(record: ProductionRecord, note: str, remarks: Remarks) -> Table:
    """Each use of an input on its day."""
    rows = [
        _row(
            line,
            (
                *_common(line), type_words(line.record.event_type), input_words(line),
                source_words(line), use_words(line), *amount_cells(line.amount),
                who_words(line), line.record.note,
            ),
            remarks.get(line.record.entry_id, ""),
        )
        for line in _used(record)
    ]  # fmt: skip
    columns = (
        *_first_columns(), _column(_("What was done"), 1, 12), _column(_("Input"), 1.8, 24),
        _column(_("Where from"), 1.8, 26), _column(_("How used"), 1.6, 24),
        _column(_("Amount"), 0.8, 10), _column(_("Unit"), 0.6, 8), _column(_("By whom"), 1, 12),
        _column(_("Remarks"), 1.8, 30),
    )  # fmt: skip
    return Table(_("Each use of an input"), note, columns, tuple(rows))


def pests_table(record: ProductionRecord, note: str, remarks: Remarks) -> Table:
    """Art. 27 (2): pests and diseases, and what was done against them."""
    rows = []
    for line in record.of("spraying", "field_work"):
        is_spray = line.record.event_type == "spraying"
        target = str(line.record.what.get("target", "")) or (absent() if is_spray else "")
        control = input_words(line) if is_spray else choice_words("field_work", "work", "traps")
        amounts = amount_cells(line.amount) if is_spray else ("", "")
        cells = (
            *_common(line), target, control, *amounts, who_words(line), line.record.note,
        )  # fmt: skip
        rows.append(TableRow(cells, remarks.get(line.record.entry_id, "")))
    columns = (
        *_first_columns(), _column(_("Against what"), 1.6, 20), _column(_("Control"), 2, 24),
        _column(_("Amount"), 0.8, 10), _column(_("Unit"), 0.6, 8), _column(_("By whom"), 1, 12),
        _column(_("Remarks"), 2, 30),
    )  # fmt: skip
    return Table(_("Pests and diseases"), note, columns, tuple(rows))


def harvests_table(record: ProductionRecord, note: str, remarks: Remarks) -> Table:
    """Art. 27 (3): the days of picking, from each planting."""
    rows = []
    for line in record.of("harvesting", "packing"):
        lots = "、".join(part.lot_number for part in line.record.made if part.lot_number)
        for part in line.taken:
            if record.plot and (part.plot is None or part.plot.id != record.plot.id):
                continue
            cells = (
                line.number, line.record.on, names([part.plot] if part.plot else []),
                names([part.product] if part.product else []), *_part_amount(part), lots,
                who_words(line), line.record.note,
            )  # fmt: skip
            rows.append(TableRow(cells, remarks.get(line.record.entry_id, "")))
    columns = (
        *_first_columns(), _column(_("Amount"), 1, 10), _column(_("Unit"), 0.7, 8),
        _column(_("Lot number"), 1.6, 20), _column(_("By whom"), 1.2, 12),
        _column(_("Remarks"), 2.4, 30),
    )  # fmt: skip
    return Table(_("Picking"), note, columns, tuple(rows))


def _part_amount(part: Part) -> tuple[Cell, Cell]:
    if not part.quantity:
        return absent(), ""
    return amount_cells(Quantity(Decimal(part.quantity), part.unit))


def spray_table(record: ProductionRecord, note: str, remarks: Remarks) -> Table:
    """Art. 36: each spraying, with what stands on the label of the pesticide."""
    rows = []
    for line in record.of("spraying"):
        listed = line.input
        cells: tuple[Cell, ...] = (
            line.number, line.record.on, _clock(line), names(line.plots) or absent(),
            crop_words(line), input_words(line), line.registration_number or absent(),
            (listed.text("manufacturer") if listed else "") or absent(),
            *amount_cells(line.amount), str(line.record.what.get("target", "")) or absent(),
            who_words(line), absent() if line.interval_days is None else line.interval_days,
            _first_day(line), line.record.note,
        )  # fmt: skip
        rows.append(TableRow(cells, remarks.get(line.record.entry_id, "")))
    columns = (
        _column(_("No."), 0.5, 6), _column(_("Day"), 1.1, 12), _column(_("Time"), 0.6, 8),
        _column(_("Plot"), 1.2, 18), _column(_("Crop"), 1.2, 18),
        _column(_("Pesticide"), 1.6, 24), _column(_("Registration number"), 1.2, 14),
        _column(_("Manufacturer"), 1.6, 26), _column(_("Amount"), 0.7, 10),
        _column(_("Unit"), 0.6, 8), _column(_("Against what"), 1.1, 16),
        _column(_("By whom"), 0.9, 12), _column(_("Interval, in days"), 0.8, 10),
        _column(_("Picking from"), 1.1, 12), _column(_("Remarks"), 1.5, 30),
    )  # fmt: skip
    return Table(_("Spray record"), note, columns, tuple(rows))


def _clock(line: Line) -> time | str:
    """The time of day at the place, where it is known more exactly than the day."""
    return line.event_time.time().replace(tzinfo=None) if line.precision == MINUTE else ""


def _first_day(line: Line) -> date | str:
    return line.first_day or absent()
