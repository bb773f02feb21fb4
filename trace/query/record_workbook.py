"""A record as a spreadsheet (XLSX): real dates and numbers, a frozen heading, filters.

Takes plain rows: words are chosen and translated by whoever calls. Text stays text whatever it
begins with: = + - @ never become a formula here, nor when somebody edits the cell.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from ..domain.plain_text import without_unseen

Cell = str | int | Decimal | date | time | None

LONGEST_TEXT, LONGEST_TITLE = 32_767, 31
"""What a cell and the name of a sheet may hold."""

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NOT_IN_TITLE = re.compile(r"[\\/*?:\[\]]")
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_STRUCK = Font(strike=True, color="808080")
SHORT = 8
"""A text this short needs no wrapping; a style for each cell takes as long as the cell."""

A4 = 9
"""The number of this paper in a spreadsheet."""

_HEADING, _HEADING_FILL = Font(bold=True), PatternFill("solid", fgColor="E8E4D8")


@dataclass(frozen=True)
class BookColumn:
    """One column: its heading, and its width in characters."""

    title: str
    width: float = 14


@dataclass(frozen=True)
class BookRow:
    """One row of values; a struck one is crossed out but for its last `remarks` cells."""

    cells: tuple[Cell, ...]
    is_struck: bool = False
    remarks: int = 0


@dataclass(frozen=True)
class BookSheet:
    """One sheet. Without a filter it is a plain list, such as the one about the file."""

    title: str
    columns: tuple[BookColumn, ...]
    rows: tuple[BookRow, ...]
    has_filter: bool = True


def write_workbook(target: BinaryIO, sheets: tuple[BookSheet, ...], title: str) -> None:
    """Write the sheets, row by row: a year of records takes little memory."""
    book = Workbook(write_only=True)
    book.properties.title = without_unseen(title)
    book.properties.creator = "Qijimu"
    taken: set[str] = set()
    for sheet in sheets:
        _write_sheet(book, sheet, _sheet_title(sheet.title, taken))
    book.save(target)


def _sheet_title(title: str, taken: set[str]) -> str:
    """A name that a sheet may have, and no other sheet has."""
    name = _NOT_IN_TITLE.sub(" ", without_unseen(title)).strip("' ")[:LONGEST_TITLE] or "1"
    number = 2
    while name.lower() in taken:
        name = f"{name[: LONGEST_TITLE - 3]} {number}"
        number += 1
    taken.add(name.lower())
    return name


def _write_sheet(book: Any, sheet: BookSheet, title: str) -> None:
    page = book.create_sheet(title)
    page.freeze_panes = "A2"
    last = get_column_letter(len(sheet.columns))
    for number, column in enumerate(sheet.columns, 1):
        page.column_dimensions[get_column_letter(number)].width = column.width
    if sheet.has_filter:
        page.auto_filter.ref = f"A1:{last}{len(sheet.rows) + 1}"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = "1:1"
    page.append(list(_heading(page, sheet)))
    for row in sheet.rows:
        uncrossed = len(row.cells) - row.remarks
        page.append(
            [_cell(page, value, row.is_struck and at < uncrossed)
             for at, value in enumerate(row.cells)]
        )  # fmt: skip


def _heading(page: Any, sheet: BookSheet) -> Iterator[Any]:
    for column in sheet.columns:
        cell = _cell(page, column.title, is_struck=False)
        cell.font, cell.fill = _HEADING, _HEADING_FILL
        yield cell


def _cell(page: Any, value: Cell, is_struck: bool) -> Any:
    """One cell: text as text, dates and numbers as what they are."""
    if value is None:
        return None
    cell = WriteOnlyCell(page)
    if isinstance(value, str):
        text = without_unseen(value)[:LONGEST_TEXT]
        cell.value = text
        cell.data_type = "s"  # or openpyxl takes what begins with = for a formula
        if text.startswith(_STARTS_FORMULA):
            cell.quotePrefix = True
        if len(text) > SHORT:
            cell.alignment = _WRAPPED
    else:
        cell.value = value
        if isinstance(value, time):
            cell.number_format = "hh:mm"
        elif isinstance(value, datetime):
            cell.number_format = "yyyy-mm-dd hh:mm"
        elif isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"
    if is_struck:
        cell.font = _STRUCK
    return cell
