"""Ink: runs of text through reportlab, symbols and codes as ready-made page operators.

A symbol is a one-bit image mask in the page's own stream: printers and renderers keep a mask's
modules in proportion, where a path's edges grow by a dot and a picture is dithered.
"""

from dataclasses import dataclass
from functools import cache

from reportlab.pdfgen.canvas import Canvas

from labels.fonts import FONT_NAME, label_font
from labels.name_block import TextRun
from labels.placement import CODE_MM, CodePlace, Placement
from labels.stock import Stock, dot_mm, module_dots
from labels.symbol import QUIET_ZONE, Symbol

POINTS_PER_MM = 72 / 25.4
CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base32
_BOLD_STROKE = 0.03  # of the font size: the only weight embedded is the regular one
_CODE_LETTER_SPACE = 0.05  # of the font size, after every character of a code
_CODE_GROUP_SPACE = 0.20  # of the font size, more between groups of four
_RULE_WIDTH_MM = 0.25
_RULE_DASH_MM = 0.8


def points(mm: float) -> float:
    return mm * POINTS_PER_MM


def number(value: float) -> str:
    """A number as page operators want it: four decimals are 0.00004 mm, and no exponent."""
    return f"{value:.4f}".rstrip("0").rstrip(".")


def draw_run(canvas: Canvas, run: TextRun, height_mm: float) -> None:
    """Write one text on a canvas whose origin is the label's lower left corner."""
    pen = canvas.beginText(points(run.left_mm), points(height_mm - run.baseline_mm))
    size = points(run.size_mm)
    pen.setFont(FONT_NAME, size)
    if run.is_bold:
        canvas.setLineWidth(size * _BOLD_STROKE)
        pen.setTextRenderMode(2)
    pen.textOut(run.text)
    if run.is_bold:
        pen.setTextRenderMode(0)
    canvas.drawText(pen)


def draw_constant(canvas: Canvas, stock: Stock, placement: Placement) -> None:
    """Draw what all labels of a job share."""
    height = stock.label_height_mm
    canvas.addLiteral("0 Tc 0 Tw")  # a form inherits the spacing the page has set for its codes
    for run in placement.runs:
        draw_run(canvas, run, height)
    dash = points(_RULE_DASH_MM)
    canvas.setLineWidth(points(_RULE_WIDTH_MM))
    canvas.setDash(dash, dash)
    top = points(height - placement.rule_top_mm)
    left = points(placement.rule_left_mm)
    canvas.line(left, top, left + points(placement.rule_length_mm), top)


@dataclass(frozen=True, slots=True)
class SymbolPlace:
    """The square of a symbol without its quiet zone, from the page's top left corner, in mm."""

    left_mm: float
    top_mm: float
    side_mm: float
    module_mm: float


@cache
def symbol_place(stock: Stock, cell: int, side: int, printer_dpi: int) -> SymbolPlace:
    """The symbol in the middle of its square, moved to whole printer dots.

    Raises ModuleTooSmall where `side` modules do not fit the stock.
    """
    dot = dot_mm(printer_dpi)
    module = module_dots(stock, side, printer_dpi) * dot
    left, top = stock.cell_place_mm(cell)
    spare = (stock.symbol_box_mm - module * (side + 2 * QUIET_ZONE)) / 2
    inner = spare + QUIET_ZONE * module
    return SymbolPlace(
        round((left + stock.symbol_left_mm + inner) / dot) * dot,
        round((top + stock.symbol_top_mm + inner) / dot) * dot,
        side * module,
        module,
    )


@cache
def _symbol_start(stock: Stock, cell: int, side: int, printer_dpi: int) -> str:
    """The operators before a mask's bits, from the label's lower left corner."""
    place = symbol_place(stock, cell, side, printer_dpi)
    cell_left, cell_top = stock.cell_place_mm(cell)
    edge = number(points(place.side_mm))
    left = number(points(place.left_mm - cell_left))
    bottom = number(points(cell_top + stock.label_height_mm - place.top_mm - place.side_mm))
    return (
        f"q {edge} 0 0 {edge} {left} {bottom} cm "
        f"BI /W {side} /H {side} /IM true /BPC 1 /D [1 0] /F /AHx ID "
    )


def symbol_operators(stock: Stock, cell: int, symbol: Symbol, printer_dpi: int) -> str:
    """The operators that print a symbol, from the label's lower left corner."""
    start = _symbol_start(stock, cell, symbol.side, printer_dpi)
    return f"{start}{symbol.packed.hex()}> EI Q"


class CodeWriter:
    """Writes codes in letters, in groups of four; one too wide for its place is set narrower."""

    def __init__(self, canvas: Canvas, stock: Stock, place: CodePlace) -> None:
        font = label_font()
        size = points(CODE_MM)
        letter, group = _CODE_LETTER_SPACE * size, _CODE_GROUP_SPACE * size
        # The font keeps ASCII in its first subset under ASCII's own codes; asking for the alphabet
        # puts it there for this document.
        font.splitString(CODE_ALPHABET + " ", canvas._doc)
        name = font.getSubsetInternalName(0, canvas._doc)
        self.page_start = f"BT {name} {number(size)} Tf {number(letter)} Tc {number(group)} Tw ET"
        self._widths = {c: font.stringWidth(c, size) + letter for c in CODE_ALPHABET}
        self._spaces = 3 * (font.stringWidth(" ", size) + letter + group) - letter
        self._room = points(place.room_mm)
        self._is_right = place.is_right
        self._edge = points(place.edge_mm)
        self._bottom = number(points(stock.label_height_mm - place.baseline_mm))

    def operators(self, code: str) -> str:
        """The operators that write a code of 16 characters, from the label's lower left corner.

        They need `page_start` once before them on every page.
        """
        width = sum([self._widths[c] for c in code]) + self._spaces
        narrower = after = ""
        if width > self._room:
            narrower, after = f"{100 * self._room / width:.1f} Tz ", "100 Tz "
            width = self._room
        left = self._edge - (width if self._is_right else 0.0)
        grouped = f"{code[:4]} {code[4:8]} {code[8:12]} {code[12:]}"
        return f"BT {narrower}{left:.2f} {self._bottom} Td ({grouped}) Tj {after}ET"
