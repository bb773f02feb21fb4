"""Label stocks: a table of millimetres, and what follows from a row of it.

Places on a page are millimetres from its top left corner; cells count from 1, left to right and
then down, as on the packet. A roll is a sheet of one label.
"""

from dataclasses import dataclass
from math import floor

from labels.errors import ModuleTooSmall, UnknownPrinter, UnknownStock
from labels.symbol import QUIET_ZONE

MM_PER_INCH = 25.4
# Whole dots per module or nothing: 203 dpi thermal printers have 8 dots to the millimetre.
DOT_MM = {203: 0.125, 300: MM_PER_INCH / 300}
LEAST_DOTS = 2  # measured: one dot does not read, two read close up, four always
WIDEST_MODULE_MM = (
    0.990  # GS1 General Specifications, symbols scanned at the till: 0.396 to 0.990 mm
)


@dataclass(frozen=True, slots=True)
class Stock:
    """One kind of label sheet or roll, in mm; `inset_*` keep ink off edges that cut or drift."""

    key: str
    page_width_mm: float
    page_height_mm: float
    columns: int
    rows: int
    label_width_mm: float
    label_height_mm: float
    margin_left_mm: float
    margin_top_mm: float
    pitch_x_mm: float  # from one label's left edge to the next one's
    pitch_y_mm: float
    inset_x_mm: float
    inset_top_mm: float
    inset_bottom_mm: float
    symbol_left_mm: float  # the square kept for the symbol with its quiet zone, within the label
    symbol_top_mm: float
    symbol_box_mm: float
    is_code_left: bool  # the code in letters at the left, where the call and it would crowd

    @property
    def cells(self) -> int:
        """Labels on one page."""
        return self.columns * self.rows

    def cell_place_mm(self, cell: int) -> tuple[float, float]:
        """Left and top of a cell on its page."""
        row, column = divmod(cell - 1, self.columns)
        return (
            self.margin_left_mm + column * self.pitch_x_mm,
            self.margin_top_mm + row * self.pitch_y_mm,
        )


_TABLE = (
    # 24 labels of 70 x 37 mm cover an A4 sheet but for half a millimetre above and below, so the
    # insets are the 4.2 mm that office printers leave white.
    Stock(
        key="a4-24",
        page_width_mm=210.0,
        page_height_mm=297.0,
        columns=3,
        rows=8,
        label_width_mm=70.0,
        label_height_mm=37.0,
        margin_left_mm=0.0,
        margin_top_mm=0.5,
        pitch_x_mm=70.0,
        pitch_y_mm=37.0,
        inset_x_mm=4.5,
        inset_top_mm=3.75,
        inset_bottom_mm=3.75,
        symbol_left_mm=40.75,
        symbol_top_mm=0.75,
        symbol_box_mm=27.75,
        is_code_left=True,
    ),
    Stock(
        key="roll-60x40",
        page_width_mm=60.0,
        page_height_mm=40.0,
        columns=1,
        rows=1,
        label_width_mm=60.0,
        label_height_mm=40.0,
        margin_left_mm=0.0,
        margin_top_mm=0.0,
        pitch_x_mm=60.0,
        pitch_y_mm=40.0,
        inset_x_mm=3.0,
        inset_top_mm=3.25,
        inset_bottom_mm=3.0,
        symbol_left_mm=32.25,
        symbol_top_mm=0.25,
        symbol_box_mm=27.75,
        is_code_left=False,
    ),
)

STOCKS = {stock.key: stock for stock in _TABLE}


def stock_named(key: str) -> Stock:
    """The stock of a key such as `a4-24`. Raises UnknownStock."""
    try:
        return STOCKS[key]
    except KeyError:
        raise UnknownStock(key, tuple(STOCKS)) from None


def dot_mm(printer_dpi: int) -> float:
    """The size of a printer's dot. Raises UnknownPrinter."""
    try:
        return DOT_MM[printer_dpi]
    except KeyError:
        raise UnknownPrinter(printer_dpi, tuple(DOT_MM)) from None


def module_dots(stock: Stock, side: int, printer_dpi: int) -> int:
    """Printer dots to a module: as many whole ones as the symbol's square has room for.

    `side` is the symbol's modules on a side. Raises ModuleTooSmall under two dots.
    """
    dot = dot_mm(printer_dpi)
    modules = side + 2 * QUIET_ZONE
    slack = 1e-9  # 37 modules of 6 dots of 0.125 mm are 27.75 mm but for binary rounding
    fitting = floor(stock.symbol_box_mm / (modules * dot) + slack)
    if fitting < LEAST_DOTS:
        raise ModuleTooSmall(stock.key, side, stock.symbol_box_mm, modules * dot * LEAST_DOTS)
    return min(fitting, floor(WIDEST_MODULE_MM / dot + slack))
