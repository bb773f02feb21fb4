"""The record drawn as a PDF by `labels`, and written as a spreadsheet by `query`."""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from zoneinfo import ZoneInfo

from labels.record_sheet import Column, RecordPaper, Row, Section, write_record

from ...query.production_record import ProductionRecord
from ...query.record_workbook import BookColumn, BookRow, BookSheet, Cell, write_workbook
from .. import display
from ..language import current_language
from ..words import _
from .notes import about, missing_table, production_tables, spray_tables
from .tables import Table


@dataclass(frozen=True)
class Source:
    """What a file is made from: the record, whose, when, and whether it is an example's."""

    record: ProductionRecord
    coop: str
    made_at: datetime
    zone: ZoneInfo
    is_example: bool


def production_pdf(source: Source) -> bytes:
    """The production record (农产品质量安全法 Art. 27) on paper."""
    tables = (*production_tables(source.record, source.zone), missing_table(source.record))
    return _pdf(source, _("Production record"), tables)


def spray_pdf(source: Source) -> bytes:
    """The spray record (农药管理条例 Art. 36) on paper."""
    missing = missing_table(source.record, "spraying")
    tables = (*spray_tables(source.record, source.zone), missing)
    return _pdf(source, _("Spray record"), tables, "spraying")


def _pdf(source: Source, title: str, tables: tuple[Table, ...], only: str = "") -> bytes:
    facts = about(source.record, source.coop, source.made_at, source.is_example, only)
    made = display.moment(source.made_at, current_language(), year=True)
    paper = RecordPaper(
        title,
        facts,
        tuple(_section(table) for table in tables),
        _("%(coop)s · made %(when)s", coop=source.coop, when=made),
        _("Page %(page)s of %(pages)s", page="%(page)s", pages="%(pages)s"),
        _("Example data") if source.is_example else "",
        "zh-CN" if current_language() == "zh" else "en",
    )
    target = BytesIO()
    write_record(target, paper)
    return target.getvalue()


def _section(table: Table) -> Section:
    return Section(
        table.title,
        tuple(Column(column.title, column.share) for column in table.columns),
        tuple(
            Row(tuple(_printed(cell) for cell in row.cells), bool(row.remark), row.remark)
            for row in table.rows
        ),
        table.note,
        table.nothing or _("Nothing to write here for these days."),
    )


def _printed(value: Cell) -> str:
    """A value as it stands on paper: days as 2026-11-21, which sorts and fits in one line."""
    if value is None:
        return ""
    if isinstance(value, time):
        return f"{value.hour}:{value.minute:02}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | int):
        return display.number(value)
    return value


def workbook(source: Source) -> bytes:
    """Both records as a spreadsheet, a sheet each, one for what is missing, one about the file."""
    record, zone = source.record, source.zone
    tables = (*production_tables(record, zone), *spray_tables(record, zone))
    sheets = [_sheet(table, has_remark=table is not tables[0]) for table in tables]
    sheets.append(_sheet(missing_table(record), has_remark=False))
    facts = about(record, source.coop, source.made_at, source.is_example)
    columns = (BookColumn(_("What"), 24), BookColumn(_("Value"), 60))
    rows = tuple(BookRow(pair) for pair in facts)
    sheets.append(BookSheet(_("About this file"), columns, rows, has_filter=False))
    target = BytesIO()
    write_workbook(target, tuple(sheets), f"{_('Production and spray record')} {source.coop}")
    return target.getvalue()


def _sheet(table: Table, *, has_remark: bool) -> BookSheet:
    columns = [BookColumn(column.title, column.width) for column in table.columns]
    if has_remark:
        columns.append(BookColumn(_("Struck out"), 50))
    rows = tuple(
        BookRow(
            (*row.cells, row.remark) if has_remark else row.cells,
            bool(row.remark),
            remarks=1 if has_remark else 0,
        )
        for row in table.rows
    )
    return BookSheet(table.title, tuple(columns), rows)
