"""Reading a finished PDF back before it is offered: does every symbol say its own address?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import zxingcpp
from PIL import Image

from labels.errors import CellOutOfRange, LabelsUnreadable, PagesMissing
from labels.stock import MM_PER_INCH, Stock

_QR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])


@dataclass(frozen=True, slots=True)
class UnreadLabel:
    """A label whose symbol says something else than its address, or nothing (`found` is empty)."""

    page: int
    cell: int
    address: str
    found: str


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What reading back found."""

    labels: int
    pages: int
    unread: tuple[UnreadLabel, ...]

    def refuse_unread(self) -> None:
        """Raise LabelsUnreadable, naming page and cell of each, unless every label read."""
        if self.unread:
            raise LabelsUnreadable(tuple((label.page, label.cell) for label in self.unread))


def decoded(picture: Image.Image) -> str:
    """The text of the one QR symbol in a picture; empty where there is none or it does not read."""
    found = zxingcpp.read_barcode(picture, formats=_QR, try_rotate=False, try_invert=False)
    return found.text if found is not None else ""


def symbol_box(stock: Stock, cell: int, dpi: float) -> tuple[int, int, int, int]:
    """The square kept for a cell's symbol, in pixels of its rendered page."""
    left, top = stock.cell_place_mm(cell)
    left, top = left + stock.symbol_left_mm, top + stock.symbol_top_mm
    edges = (left, top, left + stock.symbol_box_mm, top + stock.symbol_box_mm)
    x0, y0, x1, y1 = (round(edge * dpi / MM_PER_INCH) for edge in edges)
    return x0, y0, x1, y1


def read_back(
    pdf: Path | bytes,
    addresses: Sequence[str],
    stock: Stock,
    *,
    first_cell: int = 1,
    dpi: int = 203,
    progress: Callable[[int], None] | None = None,
) -> ReadBack:
    """Render every page in grey at `dpi` and compare each symbol with its own address.

    `progress` is told the labels done after every page. Raises PagesMissing and CellOutOfRange.
    """
    if not 1 <= first_cell <= stock.cells:
        raise CellOutOfRange(first_cell, stock.cells)
    boxes = [symbol_box(stock, cell, dpi) for cell in range(1, stock.cells + 1)]
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = len(document)
        expected = -(-(first_cell - 1 + len(addresses)) // stock.cells)
        if pages != expected:
            raise PagesMissing(pages, expected)
        unread = []
        cell, done = first_cell, 0
        for page in range(1, pages + 1):
            picture = _rendered(document, page - 1, dpi)
            for address in addresses[done : done + stock.cells - cell + 1]:
                found = decoded(picture.crop(boxes[cell - 1]))
                if found != address:
                    unread.append(UnreadLabel(page, cell, address, found))
                cell, done = cell + 1, done + 1
            cell = 1
            if progress is not None:
                progress(done)
    finally:
        document.close()
    return ReadBack(done, pages, tuple(unread))


def _rendered(document: pypdfium2.PdfDocument, index: int, dpi: int) -> Image.Image:
    page = document[index]
    try:
        bitmap = page.render(scale=dpi / 72, grayscale=True)
        picture: Image.Image = bitmap.to_pil()
        return picture
    finally:
        page.close()
