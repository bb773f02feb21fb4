"""A PDF of labels: one page a sheet, one page a label on a roll."""

import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from reportlab.pdfbase.pdfdoc import PDFName, PDFStream, xObjectName
from reportlab.pdfgen.canvas import Canvas

from labels.drawing import (
    CODE_ALPHABET,
    CodeWriter,
    draw_constant,
    number,
    points,
    symbol_operators,
)
from labels.errors import CellOutOfRange, CodeMalformed, LabelCountWrong
from labels.fonts import FONT_NAME, label_font
from labels.placement import place
from labels.stock import Stock, dot_mm
from labels.symbol import encode
from labels.text import LabelText

CODE_LENGTH = 16
MOST_LABELS = 30_000  # reportlab keeps a file's pages in memory until it is saved
MOST_ROLL_LABELS = 5_000
_ALPHABET = frozenset(CODE_ALPHABET)
_FORM = "label"


@dataclass(frozen=True, slots=True)
class UnitLabel:
    """One unit: the code people read and the address its symbol says."""

    code: str
    address: str


@dataclass(frozen=True, slots=True)
class SheetSummary:
    """What was written. `next_cell` is the first free cell of the last sheet; 1 when it is full."""

    labels: int
    pages: int
    next_cell: int
    size_bytes: int


def most_labels(stock: Stock) -> int:
    """How many labels one file of a stock may hold."""
    return MOST_LABELS if stock.cells > 1 else MOST_ROLL_LABELS


def in_files(
    units: Sequence[UnitLabel], stock: Stock, first_cell: int = 1
) -> Iterator[Sequence[UnitLabel]]:
    """Cut a job into the labels of each file, whole sheets but for the last."""
    start, room = 0, most_labels(stock) // stock.cells * stock.cells - (first_cell - 1)
    while start < len(units):
        yield units[start : start + room]
        start, room = start + room, most_labels(stock) // stock.cells * stock.cells


def write_labels(
    target: BinaryIO | Path,
    stock: Stock,
    text: LabelText,
    units: Sequence[UnitLabel],
    *,
    first_cell: int = 1,
    title: str = "",
    printer_dpi: int = 203,
    level: str = "M",
    progress: Callable[[int], None] | None = None,
) -> SheetSummary:
    """Write the labels of one lot as a PDF, the same bytes for the same arguments.

    `first_cell` is the first free cell of the first sheet; `progress` is told the labels done after
    every page. Nothing is written to the target unless every label is right: raises the LabelError
    that names what is wrong.
    """
    dot_mm(printer_dpi)
    check_units(units, stock, first_cell)
    placement = place(stock, text)
    label_font()
    memory = _Memory()
    canvas = Canvas(
        memory,
        pagesize=(points(stock.page_width_mm), points(stock.page_height_mm)),
        pageCompression=1,
        invariant=1,
        initialFontName=FONT_NAME,  # or reportlab adds Helvetica, which is not embedded
        lang=text.language,
    )
    canvas.setTitle(title or text.product_name)
    canvas.setAuthor("")
    canvas.setSubject("")
    canvas.setCreator("Qijimu")
    canvas.setViewerPreference("PrintScaling", "None")
    canvas.beginForm(_FORM, 0, 0, points(stock.label_width_mm), points(stock.label_height_mm))
    draw_constant(canvas, stock, placement)
    _end_form(canvas)
    codes = CodeWriter(canvas, stock, placement.code)
    origins = [_origin(stock, cell) for cell in range(1, stock.cells + 1)]

    left = iter(units)
    cell, done, pages = first_cell, 0, 0
    while page := list(islice(left, stock.cells - cell + 1)):
        form = canvas._doc.getXObjectName(_FORM)
        canvas._formsinuse.append(_FORM)
        operators = [codes.page_start]
        for unit in page:
            operators.append(
                f"q 1 0 0 1 {origins[cell - 1]} cm /{form} Do "
                f"{symbol_operators(stock, cell, encode(unit.address, level), printer_dpi)} "
                f"{codes.operators(unit.code)} Q"
            )
            cell += 1
        canvas.addLiteral("\n".join(operators))
        _end_page(canvas)
        done, pages, cell = done + len(page), pages + 1, 1
        if progress is not None:
            progress(done)
    canvas.save()
    if isinstance(target, Path):
        target.write_bytes(memory.data)
    else:
        target.write(memory.data)
    used = (first_cell - 1 + len(units)) % stock.cells
    return SheetSummary(len(units), pages, used + 1, len(memory.data))


def check_units(units: Sequence[UnitLabel], stock: Stock, first_cell: int) -> None:
    """Refuse a job that cannot be right: CellOutOfRange, LabelCountWrong or CodeMalformed."""
    if not 1 <= first_cell <= stock.cells:
        raise CellOutOfRange(first_cell, stock.cells)
    if not 1 <= len(units) <= most_labels(stock):
        raise LabelCountWrong(len(units), most_labels(stock))
    for unit in units:
        if len(unit.code) != CODE_LENGTH or not _ALPHABET.issuperset(unit.code):
            raise CodeMalformed(unit.code, "16 characters of Crockford's base32")
        if unit.code not in unit.address:
            raise CodeMalformed(unit.code, f"the code that its address {unit.address!r} ends with")


class _Memory:
    """Takes the finished file from reportlab, which hands it over in one piece."""

    data = b""

    def write(self, data: bytes) -> int:
        self.data += data
        return len(data)


def _origin(stock: Stock, cell: int) -> str:
    left, top = stock.cell_place_mm(cell)
    bottom = stock.page_height_mm - top - stock.label_height_mm
    return f"{number(points(left))} {number(points(bottom))}"


def _compressed(operators: bytes) -> PDFStream:
    """A finished stream. FILTERED because short matches in random digits cost space."""
    squeeze = zlib.compressobj(6, strategy=zlib.Z_FILTERED)
    stream = PDFStream(content=squeeze.compress(operators) + squeeze.flush())
    stream.dictionary["Filter"] = PDFName("FlateDecode")
    return stream


def _end_form(canvas: Canvas) -> None:
    """End the form and compress it here: reportlab would write it in ASCII85."""
    canvas.endForm()
    form = canvas._doc.idToObject[xObjectName(_FORM)]
    form.Contents, form.compression = _compressed(form.stream), 0


def _end_page(canvas: Canvas) -> None:
    """End the page and compress it now: reportlab would keep it whole until saved, in ASCII85."""
    canvas.showPage()
    page = canvas._doc.Pages.pages[-1]
    page.Contents, page.stream = _compressed(page.stream.encode("latin-1")), None
