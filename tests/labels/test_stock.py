"""Geometry: what the table of stocks says and what follows from it."""

from dataclasses import replace

import pytest

from labels.drawing import symbol_place
from labels.errors import ModuleTooSmall, UnknownPrinter, UnknownStock
from labels.stock import DOT_MM, STOCKS, Stock, dot_mm, module_dots, stock_named
from labels.symbol import QUIET_ZONE

every_stock = pytest.mark.parametrize("stock", STOCKS.values(), ids=STOCKS.keys())


@every_stock
def test_every_label_lies_on_its_page(stock: Stock) -> None:
    for cell in range(1, stock.cells + 1):
        left, top = stock.cell_place_mm(cell)
        assert left >= 0 and left + stock.label_width_mm <= stock.page_width_mm + 1e-6
        assert top >= 0 and top + stock.label_height_mm <= stock.page_height_mm + 1e-6


@every_stock
def test_labels_do_not_overlap(stock: Stock) -> None:
    assert stock.pitch_x_mm >= stock.label_width_mm
    assert stock.pitch_y_mm >= stock.label_height_mm


@every_stock
def test_sheets_have_the_same_margin_on_both_sides(stock: Stock) -> None:
    left, top = stock.cell_place_mm(stock.cells)
    right = stock.page_width_mm - left - stock.label_width_mm
    bottom = stock.page_height_mm - top - stock.label_height_mm
    assert right == pytest.approx(stock.margin_left_mm, abs=0.1)
    assert bottom == pytest.approx(stock.margin_top_mm, abs=0.1)


@every_stock
def test_the_symbols_square_with_its_quiet_zone_lies_on_its_label(stock: Stock) -> None:
    assert stock.symbol_left_mm >= 0 and stock.symbol_top_mm >= 0
    assert stock.symbol_left_mm + stock.symbol_box_mm <= stock.label_width_mm
    assert stock.symbol_top_mm + stock.symbol_box_mm <= stock.label_height_mm


def test_cells_are_numbered_along_the_rows() -> None:
    stock = stock_named("a4-24")
    assert stock.cell_place_mm(1) == (0.0, 0.5)
    assert stock.cell_place_mm(3) == (140.0, 0.5)
    assert stock.cell_place_mm(4) == (0.0, 37.5)
    assert stock.cell_place_mm(24) == (140.0, 259.5)


def test_a_unit_address_has_modules_of_three_quarters_of_a_millimetre() -> None:
    for stock in STOCKS.values():
        assert module_dots(stock, 29, 203) * dot_mm(203) == 0.75


def test_a_module_is_as_many_whole_dots_as_the_square_has_room_for() -> None:
    stock = stock_named("roll-60x40")
    for dpi, dot in DOT_MM.items():
        for version in range(1, 10):
            side = version * 4 + 17
            dots = module_dots(stock, side, dpi)
            room = stock.symbol_box_mm
            assert dots * dot * (side + 2 * QUIET_ZONE) <= room + 1e-6
            wider = (dots + 1) * dot
            assert wider > 0.99 or wider * (side + 2 * QUIET_ZONE) > room


def test_a_module_is_never_wider_than_tills_read() -> None:
    stock = replace(stock_named("roll-60x40"), symbol_box_mm=39.0)
    assert module_dots(stock, 21, 203) * dot_mm(203) <= 0.99


def test_a_module_of_two_dots_is_the_smallest() -> None:
    assert module_dots(replace(stock_named("a4-24"), symbol_box_mm=9.25), 29, 203) == 2


def test_a_module_under_two_dots_is_refused() -> None:
    small = replace(stock_named("a4-24"), symbol_box_mm=9.2)
    with pytest.raises(ModuleTooSmall, match=r"need 9\.25 mm.*a4-24 has 9\.20 mm"):
        module_dots(small, 29, 203)


@pytest.mark.parametrize("dpi", DOT_MM)
@every_stock
def test_a_symbol_begins_on_a_whole_dot(stock: Stock, dpi: int) -> None:
    for cell in range(1, stock.cells + 1):
        place = symbol_place(stock, cell, 29, dpi)
        for edge in (place.left_mm, place.top_mm, place.module_mm):
            assert edge / dot_mm(dpi) == pytest.approx(round(edge / dot_mm(dpi)), abs=1e-6)


@every_stock
def test_a_symbol_keeps_its_quiet_zone_within_its_square(stock: Stock) -> None:
    for cell in range(1, stock.cells + 1):
        left, top = stock.cell_place_mm(cell)
        place = symbol_place(stock, cell, 29, 203)
        assert place.left_mm - QUIET_ZONE * place.module_mm >= left + stock.symbol_left_mm - 0.0626
        assert place.top_mm - QUIET_ZONE * place.module_mm >= top + stock.symbol_top_mm - 0.0626


def test_the_stocks_are_those_that_are_offered() -> None:
    assert list(STOCKS) == ["a4-24", "roll-60x40"]


def test_an_unknown_stock_is_refused() -> None:
    with pytest.raises(UnknownStock, match="expected one of a4-24"):
        stock_named("a4-7")


def test_an_unknown_printer_is_refused() -> None:
    with pytest.raises(UnknownPrinter, match="expected 203 or 300"):
        dot_mm(600)
