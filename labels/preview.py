"""A picture of one label, drawn from the very PDF that would be printed."""

from io import BytesIO

import pypdfium2

from labels.sheet import UnitLabel, write_labels
from labels.stock import MM_PER_INCH, Stock
from labels.text import LabelText


def preview_png(
    stock: Stock, text: LabelText, unit: UnitLabel, *, dpi: int = 203, printer_dpi: int = 203
) -> bytes:
    """The first label of a job as a grey PNG. Raises what `write_labels` raises."""
    pdf = BytesIO()
    write_labels(pdf, stock, text, [unit], printer_dpi=printer_dpi)
    document = pypdfium2.PdfDocument(pdf.getvalue())
    try:
        picture = document[0].render(scale=dpi / 72, grayscale=True).to_pil()
    finally:
        document.close()
    left, top = stock.cell_place_mm(1)
    edges = (left, top, left + stock.label_width_mm, top + stock.label_height_mm)
    label = picture.crop(tuple(round(edge * dpi / MM_PER_INCH) for edge in edges))
    png = BytesIO()
    label.save(png, "PNG", optimize=True)
    return png.getvalue()
