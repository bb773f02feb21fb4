"""The bar of 100 mm on sheets with white paper below their labels: is the print true to size?"""

from reportlab.pdfgen.canvas import Canvas

from labels.drawing import draw_run, points
from labels.name_block import TextRun
from labels.stock import Stock

BAR_MM = 100.0
_WORDS = "实际大小 / 100 %"
_TICK_MM = 1.5


def draw_scale_bar(canvas: Canvas, stock: Stock) -> None:
    """Draw the bar in the middle below the last row; nothing where the labels leave no room."""
    strip = stock.bar_strip_mm()
    if strip is None:
        return
    top, _ = strip
    left = (stock.page_width_mm - BAR_MM) / 2
    height = points(stock.page_height_mm - top - 3.5)
    start, end, tick = points(left), points(left + BAR_MM), points(_TICK_MM)
    canvas.setLineWidth(points(0.2))
    canvas.line(start, height, end, height)
    canvas.line(start, height - tick, start, height + tick)
    canvas.line(end, height - tick, end, height + tick)
    draw_run(canvas, TextRun(_WORDS, left + 2.0, top + 6.8, 2.6), stock.page_height_mm)
    words = TextRun("100 mm", left + BAR_MM - 12.0, top + 6.8, 2.6)
    draw_run(canvas, words, stock.page_height_mm)
